//! A new person, with a place of work if it is known.

use serde::{Deserialize, Serialize};

use super::affiliations::NewAffiliation;
use super::contacts::{NewAddress, NewContactPoint};
use super::error::NetworkError;
use super::types::PersonRole;
use crate::foundation::id::PersonId;
use crate::practice::Practice;
use crate::store::{Tx, Written};

/// The parts of a person's name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct NameParts {
    /// Given name.
    pub given: String,
    /// Middle name or initial.
    pub middle: String,
    /// Family name.
    pub family: String,
    /// Letters behind the name: "MD".
    pub credentials: String,
}

/// A person as it is typed in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct NewPerson {
    /// The name in one line, "Keiko Ito, MD"; read into parts when `parts` is empty.
    pub name: String,
    /// The name in parts; these win.
    pub parts: NameParts,
    /// National Provider Identifier.
    pub npi: Option<String>,
    /// Specialty.
    pub specialty: Option<String>,
    /// What the person is.
    pub role: Option<PersonRole>,
    /// Whether we are on first-name terms; nothing = not known.
    pub first_name_terms: Option<bool>,
    /// What we have in common.
    pub connection_note: Option<String>,
    /// Notes.
    pub notes: Option<String>,
    /// Telephones, e-mail addresses.
    pub contact_points: Vec<NewContactPoint>,
    /// Postal addresses.
    pub addresses: Vec<NewAddress>,
    /// Where the person works.
    pub works_at: Option<NewAffiliation>,
}

/// Adds a person.
///
/// # Errors
/// [`NetworkError::Invalid`] beside the field; those of the file.
pub fn add_person(_practice: &Practice, _new: NewPerson) -> Result<Written<PersonId>, NetworkError> {
    todo!()
}

/// Adds a person within a change that does more.
///
/// # Errors
/// As [`add_person`].
pub fn add_person_in(_tx: &Tx<'_>, _new: &NewPerson) -> Result<PersonId, NetworkError> {
    todo!()
}
