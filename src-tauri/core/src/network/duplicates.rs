//! Whether somebody typed in is there already.

use serde::{Deserialize, Serialize};

use super::error::NetworkError;
use super::types::Party;
use crate::practice::Practice;
use crate::store::Written;

/// What is being typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum CandidateKind {
    /// A partner; compared with partners.
    #[default]
    Partner,
    /// A person; compared with people.
    Person,
}

/// What is known so far of somebody being typed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct Candidate {
    /// Partner or person.
    pub kind: CandidateKind,
    /// Name.
    pub name: String,
    /// National Provider Identifier.
    pub npi: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// ZIP.
    pub zip: String,
    /// Specialty.
    pub specialty: String,
    /// The record itself, when an existing one is being edited.
    pub exclude: Option<Party>,
}

/// Why two records look like one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The same NPI.
    SameNpi,
    /// The same telephone number.
    SamePhone,
    /// The same e-mail address.
    SameEmail,
    /// The same name.
    SameName,
    /// A name much alike.
    SimilarName,
    /// The same ZIP.
    SameZip,
    /// The same specialty.
    SameSpecialty,
}

/// A record that may be the one being typed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PossibleDuplicate {
    /// Which.
    pub record: Party,
    /// Its name.
    pub name: String,
    /// What tells it apart: practice, city, telephone.
    pub detail: String,
    /// Why it looks like one.
    pub why: Vec<Why>,
    /// Certain, not only likely.
    pub certain: bool,
}

/// Records that may be the one being typed in; certain ones first, at most five.
///
/// # Errors
/// Those of the file.
pub fn possible_duplicates(_practice: &Practice, _candidate: &Candidate) -> Result<Vec<PossibleDuplicate>, NetworkError> {
    todo!()
}

/// Two records are different, whatever the likeness. They are not offered as duplicates again.
///
/// # Errors
/// [`NetworkError::Invalid`] if both are the same; those of the file.
pub fn mark_different(_practice: &Practice, _one: Party, _other: Party) -> Result<Written<()>, NetworkError> {
    todo!()
}
