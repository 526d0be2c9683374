//! Changing a person field by field.

use serde::{Deserialize, Serialize};

use super::error::NetworkError;
use super::types::PersonRole;
use crate::foundation::id::PersonId;
use crate::practice::Practice;
use crate::store::Written;

/// One field of a person and what it becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "field", content = "value", rename_all = "snake_case")]
pub enum PersonChange {
    /// The whole name in one line, read into parts.
    Name(String),
    /// Given name.
    Given(String),
    /// Middle name.
    Middle(String),
    /// Family name.
    Family(String),
    /// Letters behind the name.
    Credentials(String),
    /// National Provider Identifier.
    Npi(Option<String>),
    /// Specialty.
    Specialty(Option<String>),
    /// What the person is.
    Role(Option<PersonRole>),
    /// Whether we are on first-name terms.
    FirstNameTerms(Option<bool>),
    /// What we have in common.
    ConnectionNote(Option<String>),
    /// Notes.
    Notes(Option<String>),
}

/// Changes fields of a person. `expected_changed_at` is the stamp the fields were read with; without it the change overwrites.
///
/// # Errors
/// As [`edit_partner`](super::edit_partner).
pub fn edit_person(
    _practice: &Practice,
    _id: PersonId,
    _changes: &[PersonChange],
    _expected_changed_at: Option<i64>,
) -> Result<Written<()>, NetworkError> {
    todo!()
}
