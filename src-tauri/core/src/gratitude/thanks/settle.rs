//! Writing thanks, marking them sent, and saying why none is due. Baton drafts; a person sends.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::words::letter_in;
use super::{ThanksForm, ThanksStatus};
use crate::foundation::id::{RecordId, ThanksId};
use crate::foundation::text::words;
use crate::gratitude::error::{GratitudeError, invalid, text};
use crate::gratitude::rows::{notes, thanks as rows};
use crate::network::{Party, is_patient};
use crate::practice::Practice;
use crate::store::{Label, StoreError, Tx, Written};
use crate::vault::{Area, Hidden, Need};

/// How long a personal line is at least, in characters (E1).
const LINE: usize = 20;
/// From how many of the last lines to somebody the next has to differ.
const LAST: u32 = 3;
/// How many are marked, or written to, at once.
pub(super) const MOST: usize = 1_000;

/// Thanks as they are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NewThanks {
    /// To whom.
    pub of: Party,
    /// How.
    pub form: ThanksForm,
    /// The personal line.
    pub line: String,
    /// The code of the template; of a letter.
    pub template: Option<String>,
}

/// Why a personal line is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineTrouble {
    /// Fewer than [`LINE`] characters.
    Short,
    /// One of the last they were sent.
    Again,
}

/// Whether a line is one's own: long enough, and none of the last that were sent to them (E1).
pub(super) fn line_trouble(
    conn: &Connection,
    of: Party,
    line: &str,
) -> Result<Option<LineTrouble>, StoreError> {
    if line.trim().chars().count() < LINE {
        return Ok(Some(LineTrouble::Short));
    }
    let same = |last: &String| words(last) == words(line);
    Ok(rows::last_lines(conn, of, LAST)?.iter().any(same).then_some(LineTrouble::Again))
}

pub(super) fn record(of: Party) -> RecordId {
    match of {
        Party::Partner(id) => id.0,
        Party::Person(id) => id.0,
    }
}

fn begin(practice: &Practice, of: Party) -> Result<(), GratitudeError> {
    practice.may(Need::Write(Area::Gratitude))?;
    practice.must_see(record(of))?;
    if practice.hidden().patients && practice.read(|conn| is_patient(conn, record(of)))? {
        practice.may(Need::Patients)?;
    }
    Ok(())
}

fn named(tx: &Tx<'_>, of: Party) -> Result<(), GratitudeError> {
    tx.subject(notes::name(tx, record(of))?.ok_or(GratitudeError::Missing)?);
    Ok(())
}

/// Keeps what is being written, as far as it is.
///
/// # Errors
/// [`GratitudeError::Invalid`], [`GratitudeError::Missing`]; those of the file.
pub fn save_draft(practice: &Practice, new: &NewThanks) -> Result<Written<()>, GratitudeError> {
    begin(practice, new.of)?;
    let line = text("line", Some(&new.line), 1_000)?.unwrap_or_default();
    practice.write(Label::hand("thanks_draft", ""), |tx| {
        named(tx, new.of)?;
        Ok(rows::put_draft(tx, new.of, new.form, &line, new.template.as_deref())?)
    })
}

/// Marks thanks as sent or said. They answer whatever had come by today.
///
/// # Errors
/// [`GratitudeError::Invalid`] for a personal line that is too short, or one of the last three again, or for a letter with a
/// field nobody filled; [`GratitudeError::Missing`]; those of the file.
pub fn send_thanks(practice: &Practice, new: &NewThanks) -> Result<Written<ThanksId>, GratitudeError> {
    begin(practice, new.of)?;
    let hidden = practice.hidden();
    practice.write(Label::hand("thanks_send", ""), |tx| {
        named(tx, new.of)?;
        send_in(tx, new, hidden)
    })
}

/// The same for many at once, as one action. Returns how many.
///
/// # Errors
/// As [`send_thanks`], of the first that can't be marked; none is marked then.
pub fn send_all_thanks(practice: &Practice, all: &[NewThanks]) -> Result<Written<u32>, GratitudeError> {
    if all.is_empty() || all.len() > MOST {
        return invalid("letters", "Choose between 1 and 1,000 people.");
    }
    for new in all {
        begin(practice, new.of)?;
    }
    let hidden = practice.hidden();
    let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let people = if count == 1 { "1 person".to_owned() } else { format!("{count} people") };
    practice.write(Label::hand("thanks_send_all", people), |tx| {
        for new in all {
            notes::name(tx, record(new.of))?.ok_or(GratitudeError::Missing)?;
            send_in(tx, new, hidden)?;
        }
        Ok(count)
    })
}

fn send_in(tx: &Tx<'_>, new: &NewThanks, hidden: Hidden) -> Result<ThanksId, GratitudeError> {
    let line = text("line", Some(&new.line), 1_000)?.unwrap_or_default();
    match line_trouble(tx, new.of, &line)? {
        Some(LineTrouble::Short) => {
            return invalid("line", "Write a line of your own, at least 20 characters long.");
        }
        Some(LineTrouble::Again) => {
            return invalid("line", "You wrote the same to them lately. Write another line.");
        }
        None => {}
    }
    let (body, template) = match &new.template {
        Some(template) if new.form == ThanksForm::Letter => {
            let letter = letter_in(tx, new.of, template, &line, tx.today, hidden)?;
            if !letter.missing.is_empty() {
                return invalid(
                    "template",
                    "A field of this letter has nothing to say. The preview names it.",
                );
            }
            (letter.text, letter.version)
        }
        _ => (String::new(), None),
    };
    rows::drop_draft(tx, new.of)?;
    let done = rows::Done {
        form: new.form,
        status: ThanksStatus::Sent,
        line: &line,
        body: &body,
        template,
        reason: None,
    };
    Ok(rows::put_done(tx, new.of, &done)?)
}

/// Says why none is due.
///
/// # Errors
/// [`GratitudeError::Invalid`] without a reason; [`GratitudeError::Missing`]; those of the file.
pub fn waive_thanks(
    practice: &Practice,
    of: Party,
    reason: &str,
) -> Result<Written<ThanksId>, GratitudeError> {
    begin(practice, of)?;
    let Some(reason) = text("reason", Some(reason), 300)? else {
        return invalid("reason", "Say why no thanks are due.");
    };
    practice.write(Label::hand("thanks_waive", ""), |tx| {
        named(tx, of)?;
        rows::drop_draft(tx, of)?;
        let done = rows::Done {
            form: ThanksForm::Letter,
            status: ThanksStatus::Waived,
            line: "",
            body: "",
            template: None,
            reason: Some(&reason),
        };
        Ok(rows::put_done(tx, of, &done)?)
    })
}
