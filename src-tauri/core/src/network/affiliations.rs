//! Who works where, since when, and who there really chooses.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::error::NetworkError;
use super::types::PersonRole;
use crate::foundation::id::{AffiliationId, PartnerId, PersonId};
use crate::practice::Practice;
use crate::store::Written;

/// The part somebody has when a consultant is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct Influence {
    /// Decides.
    pub decides: bool,
    /// Has influence on the decision.
    pub influences: bool,
    /// Carries it out.
    pub executes: bool,
    /// Usually picks the name.
    pub usually_picks: bool,
}

/// A place of work as it is typed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NewAffiliation {
    /// Where.
    pub partner: PartnerId,
    /// As what.
    #[serde(default)]
    pub role: Option<PersonRole>,
    /// The part in choosing.
    #[serde(default)]
    pub influence: Influence,
    /// The person's main place. The first one always is.
    #[serde(default)]
    pub is_primary: bool,
    /// Since.
    #[serde(default)]
    pub from_on: Option<NaiveDate>,
    /// Until.
    #[serde(default)]
    pub to_on: Option<NaiveDate>,
}

impl NewAffiliation {
    /// Works there; no more is known.
    pub fn at(partner: PartnerId) -> Self {
        Self { partner, role: None, influence: Influence::default(), is_primary: false, from_on: None, to_on: None }
    }
}

/// One field of an affiliation and what it becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "field", content = "value", rename_all = "snake_case")]
pub enum AffiliationChange {
    /// As what.
    Role(Option<PersonRole>),
    /// The part in choosing.
    Influence(Influence),
    /// Makes it the person's main place; the one before is no longer.
    Primary(bool),
    /// Since.
    FromOn(Option<NaiveDate>),
    /// Until.
    ToOn(Option<NaiveDate>),
}

/// Says that a person works at a partner.
///
/// # Errors
/// [`NetworkError::Invalid`], [`NetworkError::Missing`]; those of the file.
pub fn affiliate(_practice: &Practice, _person: PersonId, _new: &NewAffiliation) -> Result<Written<AffiliationId>, NetworkError> {
    todo!()
}

/// Changes it.
///
/// # Errors
/// [`NetworkError::Invalid`], [`NetworkError::Missing`]; those of the file.
pub fn edit_affiliation(_practice: &Practice, _id: AffiliationId, _changes: &[AffiliationChange]) -> Result<Written<()>, NetworkError> {
    todo!()
}

/// The person no longer works there. Nothing is lost: it stays with its dates.
///
/// # Errors
/// [`NetworkError::Invalid`], [`NetworkError::Missing`]; those of the file.
pub fn end_affiliation(_practice: &Practice, _id: AffiliationId, _on: Option<NaiveDate>) -> Result<Written<()>, NetworkError> {
    todo!()
}

/// Takes away an affiliation that never was.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn remove_affiliation(_practice: &Practice, _id: AffiliationId) -> Result<Written<()>, NetworkError> {
    todo!()
}
