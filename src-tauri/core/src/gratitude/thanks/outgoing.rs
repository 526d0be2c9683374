//! Letters on their way out: what keeps each of them here, before a file is made or a sheet printed.

use serde::{Deserialize, Serialize};

use super::settle::{LineTrouble, MOST, line_trouble, record};
use super::words::{Letter, letter_by};
use crate::gratitude::error::{GratitudeError, invalid};
use crate::gratitude::rows::{notes, thanks as rows};
use crate::network::{Party, is_patient};
use crate::practice::Practice;
use crate::vault::{Area, Need};

/// A letter that is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LetterWanted {
    /// To whom.
    pub of: Party,
    /// The code of its text.
    pub template: String,
    /// The personal line.
    pub line: String,
}

/// What keeps a letter here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum LetterTrouble {
    /// The personal line is missing or too short.
    LineShort,
    /// They were sent the same line lately.
    LineAgain,
    /// Nothing is known for these fields.
    Unfilled {
        /// Which, as templates name them.
        fields: Vec<String>,
    },
    /// Its words name a patient who did not agree to that.
    NamesPatient,
    /// A patient of theirs rated a visit low and nobody followed that up: that comes first.
    NotFollowedUp,
}

/// A letter, and whether it may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterOut {
    /// To whom.
    pub of: Party,
    /// Their name.
    pub name: String,
    /// Where an e-mail reaches them.
    pub email: Option<String>,
    /// What it says.
    pub letter: Letter,
    /// What keeps it here, as far as this room knows.
    pub trouble: Option<LetterTrouble>,
}

/// The letters, in the order they are wanted.
///
/// # Errors
/// [`GratitudeError::Invalid`] for none, for too many, or for a template that is gone; [`GratitudeError::Missing`]; those of
/// the file.
pub fn letters_out(practice: &Practice, wanted: &[LetterWanted]) -> Result<Vec<LetterOut>, GratitudeError> {
    practice.may(Need::Write(Area::Gratitude))?;
    if wanted.is_empty() || wanted.len() > MOST {
        return invalid("letters", "Choose between 1 and 1,000 people.");
    }
    for one in wanted {
        practice.must_see(record(one.of))?;
    }
    let (today, hidden, our_name) = (practice.today(), practice.hidden(), practice.actor().name.clone());
    practice.read(|conn| {
        let mut all = Vec::with_capacity(wanted.len());
        for one in wanted {
            if hidden.patients && is_patient(conn, record(one.of))? {
                practice.may(Need::Patients)?;
            }
            let name = notes::name(conn, record(one.of))?.ok_or(GratitudeError::Missing)?;
            let letter = letter_by(conn, one.of, &one.template, one.line.trim(), today, (&our_name, hidden))?;
            let trouble = match line_trouble(conn, one.of, &one.line)? {
                Some(LineTrouble::Short) => Some(LetterTrouble::LineShort),
                Some(LineTrouble::Again) => Some(LetterTrouble::LineAgain),
                None if letter.missing.is_empty() => None,
                None => Some(LetterTrouble::Unfilled { fields: letter.missing.clone() }),
            };
            all.push(LetterOut { of: one.of, name, email: rows::email(conn, one.of)?, letter, trouble });
        }
        Ok(all)
    })
}
