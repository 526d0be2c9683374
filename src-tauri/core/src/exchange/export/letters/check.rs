//! Whether letters may leave, and marking them as sent only then.

use std::collections::HashSet;

use rusqlite::Connection;
use serde::Serialize;

use super::super::error::ExportError;
use crate::foundation::id::ThanksId;
use crate::gratitude::{
    self, GratitudeError, Letter, LetterOut, LetterTrouble, LetterWanted, NewThanks, ThanksForm,
};
use crate::network::Party;
use crate::practice::Practice;
use crate::referrals::care::{Naming, OpenRating, Purpose, open_ratings};
use crate::store::{StoreError, Written};
use crate::vault::{Area, Need};

/// What is told of a letter or a word in public that names a patient.
const NAMES_PATIENT: &str = "This names a patient who did not agree to be named in thanks. Leave the name out, or put the consent on record.";

/// A letter as it would go out, and whether it may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LetterShown {
    /// What it says.
    pub letter: Letter,
    /// Its words name a patient who did not agree to that: it stays here.
    pub names_patient: bool,
}

/// Whether a letter may go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LetterState {
    /// To whom.
    pub of: Party,
    /// Their name.
    pub name: String,
    /// There is an address for a label.
    pub has_address: bool,
    /// What keeps it here; none: it may go.
    pub trouble: Option<LetterTrouble>,
}

fn naming(practice: &Practice) -> Naming {
    Naming::of(Purpose::ThankYou, practice.today())
}

fn names_patient(
    conn: &Connection,
    naming: &mut Naming,
    words: &str,
    letter: &Letter,
) -> Result<bool, StoreError> {
    let reader = letter.address.first().map(String::as_str).unwrap_or_default();
    naming.found(conn, words, &[reader, &letter.signer])
}

/// What a letter would say, and whether its words name a patient.
///
/// # Errors
/// Those of [`gratitude::preview_letter`].
pub fn show(
    practice: &Practice,
    of: Party,
    template: &str,
    line: &str,
) -> Result<LetterShown, GratitudeError> {
    let letter = gratitude::preview_letter(practice, of, template, line)?;
    // Who may not write to anybody learns nothing of who is a patient.
    let asks = practice.may(Need::Write(Area::Gratitude)).is_ok();
    let found =
        practice.read(|conn| names_patient(conn, &mut naming(practice), &letter.own_words, &letter))?;
    Ok(LetterShown { letter, names_patient: asks && found })
}

/// The letters, each with what keeps it here.
///
/// # Errors
/// Those of [`gratitude::letters_out`].
pub(super) fn judged(practice: &Practice, wanted: &[LetterWanted]) -> Result<Vec<LetterOut>, GratitudeError> {
    let mut all = gratitude::letters_out(practice, wanted)?;
    let mut naming = naming(practice);
    practice.read(|conn| {
        for one in &mut all {
            if one.trouble.is_none() && names_patient(conn, &mut naming, &one.letter.own_words, &one.letter)?
            {
                one.trouble = Some(LetterTrouble::NamesPatient);
            }
        }
        Ok::<_, GratitudeError>(())
    })?;
    Ok(all)
}

/// Who waits for thanks after a low rating is followed up; nothing for whoever may not see referrals.
///
/// # Errors
/// [`StoreError::NotAllowed`]; those of the file.
pub fn held(practice: &Practice) -> Result<Vec<OpenRating>, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    if practice.may(Need::Read(Area::Referrals)).is_err() {
        return Ok(Vec::new());
    }
    Ok(practice.read(open_ratings)?)
}

/// The letters as a batch: a low rating that waits keeps one here, whatever else does. Alone it is somebody's decision.
fn together(practice: &Practice, wanted: &[LetterWanted]) -> Result<Vec<LetterOut>, GratitudeError> {
    let mut all = judged(practice, wanted)?;
    let open: HashSet<Party> = practice.read(open_ratings)?.into_iter().map(|one| one.of).collect();
    for one in all.iter_mut().filter(|one| open.contains(&one.of)) {
        one.trouble = Some(LetterTrouble::NotFollowedUp);
    }
    Ok(all)
}

/// Which letters of a batch may go, and what keeps the others here.
///
/// # Errors
/// Those of [`gratitude::letters_out`].
pub fn check(practice: &Practice, wanted: &[LetterWanted]) -> Result<Vec<LetterState>, GratitudeError> {
    let states = together(practice, wanted)?.into_iter().map(|one| LetterState {
        of: one.of,
        name: one.name,
        has_address: one.letter.posted,
        trouble: one.trouble,
    });
    Ok(states.collect())
}

/// The letters, if every one of them may go.
///
/// # Errors
/// [`ExportError::Unfilled`] naming the fields of the first that lacks some; [`ExportError::Invalid`] for anything else that
/// keeps one here; those of the file.
pub(super) fn ready(practice: &Practice, wanted: &[LetterWanted]) -> Result<Vec<LetterOut>, ExportError> {
    let all = if wanted.len() > 1 { together(practice, wanted)? } else { judged(practice, wanted)? };
    let invalid = |field, problem| Err(ExportError::Invalid { field, problem });
    match all.iter().find_map(|one| one.trouble.as_ref()) {
        None => Ok(all),
        Some(LetterTrouble::LineShort) => {
            invalid("line", "Write a line of your own, at least 20 characters long.")
        }
        Some(LetterTrouble::LineAgain) => {
            invalid("line", "You wrote the same to them lately. Write another line.")
        }
        Some(LetterTrouble::NamesPatient) => invalid("line", NAMES_PATIENT),
        Some(LetterTrouble::NotFollowedUp) => invalid(
            "letters",
            "A low rating of a patient they sent is not followed up yet. Follow it up first, or write to them alone.",
        ),
        Some(LetterTrouble::Unfilled { fields }) => Err(ExportError::Unfilled(told(fields))),
    }
}

/// The fields as people call them.
fn told(fields: &[String]) -> String {
    let told = fields.iter().map(|field| match field.as_str() {
        "today" => "the date",
        "salutation" => "the salutation",
        "recipient" => "the recipient",
        "workplace" => "where they work",
        "personal_line" => "the personal line",
        "our_name" => "your name",
        "practice" => "the practice",
        _ => "a field",
    });
    told.collect::<Vec<_>>().join(", ")
}

/// Marks thanks as sent, unless what is written or said in public names a patient.
///
/// # Errors
/// [`GratitudeError::Invalid`] for that; those of [`gratitude::send_thanks`].
pub fn send(practice: &Practice, thanks: &NewThanks) -> Result<Written<ThanksId>, GratitudeError> {
    unnamed(practice, std::slice::from_ref(thanks))?;
    gratitude::send_thanks(practice, thanks)
}

/// The same for many, as one action.
///
/// # Errors
/// As [`send`]; none is marked then.
pub fn send_all(practice: &Practice, all: &[NewThanks]) -> Result<Written<u32>, GratitudeError> {
    unnamed(practice, all)?;
    gratitude::send_all_thanks(practice, all)
}

fn unnamed(practice: &Practice, all: &[NewThanks]) -> Result<(), GratitudeError> {
    practice.may(Need::Write(Area::Gratitude))?;
    let mut naming = naming(practice);
    for thanks in all.iter().filter(|thanks| thanks.form != ThanksForm::Call) {
        let template = thanks.template.as_deref().filter(|_| thanks.form == ThanksForm::Letter);
        let letter =
            gratitude::preview_letter(practice, thanks.of, template.unwrap_or("thanks"), &thanks.line)?;
        let words = if template.is_some() { &letter.own_words } else { &thanks.line };
        if practice.read(|conn| names_patient(conn, &mut naming, words, &letter))? {
            return Err(GratitudeError::Invalid { field: "line", problem: NAMES_PATIENT });
        }
    }
    Ok(())
}
