//! Changing a partner field by field, ending the relationship and taking it up again.

use serde::{Deserialize, Serialize};

use super::error::NetworkError;
use super::types::{HowMet, PartnerClass, PartnerType};
use crate::foundation::id::{PartnerId, PersonId, ProfileId};
use crate::practice::Practice;
use crate::store::Written;
use chrono::NaiveDate;

/// One field of a partner and what it becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "field", content = "value", rename_all = "snake_case")]
pub enum PartnerChange {
    /// Its name.
    Name(String),
    /// Its class; the type becomes the class's plain one unless it is changed too.
    Class(PartnerClass),
    /// Its type; the class follows.
    Type(PartnerType),
    /// National Provider Identifier.
    Npi(Option<String>),
    /// Specialty.
    Specialty(Option<String>),
    /// The organisation it belongs to.
    Parent(Option<PartnerId>),
    /// Who of us looks after it.
    Owner(Option<ProfileId>),
    /// Notes.
    Notes(Option<String>),
    /// How we met.
    HowMet(Option<HowMet>),
    /// When we met.
    HowMetOn(Option<NaiveDate>),
    /// Where we met.
    HowMetPlace(Option<String>),
    /// One sentence about it.
    HowMetNote(Option<String>),
    /// Who introduced us.
    Introducer(Option<PersonId>),
}

/// Changes fields of a partner. `expected_changed_at` is the stamp the fields were read with; without it the change overwrites.
///
/// # Errors
/// [`NetworkError::Invalid`] beside the field, [`NetworkError::ChangedMeanwhile`], [`NetworkError::Missing`]; those of the file.
pub fn edit_partner(
    _practice: &Practice,
    _id: PartnerId,
    _changes: &[PartnerChange],
    _expected_changed_at: Option<i64>,
) -> Result<Written<()>, NetworkError> {
    todo!()
}

/// Ends the relationship.
///
/// # Errors
/// [`NetworkError::Invalid`] without a reason or with a date in the future; [`NetworkError::Missing`]; those of the file.
pub fn end_partner(_practice: &Practice, _id: PartnerId, _on: Option<NaiveDate>, _reason: &str) -> Result<Written<()>, NetworkError> {
    todo!()
}

/// Takes the relationship up again.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn reopen_partner(_practice: &Practice, _id: PartnerId) -> Result<Written<()>, NetworkError> {
    todo!()
}
