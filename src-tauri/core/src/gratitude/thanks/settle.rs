//! Writing thanks, marking them sent, and saying why none is due. Baton drafts; a person sends.

use serde::{Deserialize, Serialize};

use super::words::letter_in;
use super::{ThanksForm, ThanksStatus};
use crate::foundation::id::{RecordId, ThanksId};
use crate::foundation::text::words;
use crate::gratitude::error::{GratitudeError, invalid, text};
use crate::gratitude::rows::{notes, thanks as rows};
use crate::network::{Party, is_patient};
use crate::practice::Practice;
use crate::store::{Label, Tx, Written};
use crate::vault::{Area, Need};

/// How long a personal line is at least, in characters (E1).
const LINE: usize = 20;
/// From how many of the last lines to somebody the next has to differ.
const LAST: u32 = 3;

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

fn record(of: Party) -> RecordId {
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
        Ok(rows::put_draft(tx, new.of, new.form, &line)?)
    })
}

/// Marks thanks as sent or said. They answer whatever had come by today.
///
/// # Errors
/// [`GratitudeError::Invalid`] for a personal line that is too short, or one of the last three again, or for a letter with a
/// field nobody filled; [`GratitudeError::Missing`]; those of the file.
pub fn send_thanks(practice: &Practice, new: &NewThanks) -> Result<Written<ThanksId>, GratitudeError> {
    begin(practice, new.of)?;
    let line = text("line", Some(&new.line), 1_000)?.unwrap_or_default();
    if line.chars().count() < LINE {
        return invalid("line", "Write a line of your own, at least 20 characters long.");
    }
    let hidden = practice.hidden();
    practice.write(Label::hand("thanks_send", ""), |tx| {
        named(tx, new.of)?;
        if rows::last_lines(tx, new.of, LAST)?.iter().any(|last| words(last) == words(&line)) {
            return invalid("line", "You wrote the same to them lately. Write another line.");
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
    })
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
