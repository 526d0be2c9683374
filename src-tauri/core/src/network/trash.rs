//! Moving partners and people to the trash and bringing them back. Links are never cut, so they all come back too.

use serde::{Deserialize, Serialize};

use super::bulk::BulkDone;
use super::error::NetworkError;
use super::types::Party;
use crate::foundation::id::{PartnerId, PersonId};
use crate::practice::Practice;
use crate::store::Written;

/// What hangs on records that somebody is about to move to the trash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TrashPreview {
    /// How many records would go.
    pub records: u32,
    /// How many of them have referrals.
    pub with_referrals: u32,
    /// How many referrals these are. More than none: a reason is asked.
    pub referrals: u32,
}

/// A partner or person in the trash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Trashed {
    /// Which.
    pub record: Party,
    /// Its name.
    pub name: String,
    /// When, UTC milliseconds.
    #[cfg_attr(feature = "specta", specta(type = f64))]
    pub at: i64,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: Option<String>,
    /// Referrals that belong to it.
    pub referrals: u32,
}

/// What would go to the trash.
///
/// # Errors
/// Those of the file.
pub fn preview_trash(_practice: &Practice, _records: &[Party]) -> Result<TrashPreview, NetworkError> {
    todo!()
}

/// Moves partners to the trash as one action.
///
/// # Errors
/// [`NetworkError::NeedsReason`] if any has referrals and no reason is given; those of the file.
pub fn trash_partners(_practice: &Practice, _partners: &[PartnerId], _reason: Option<&str>) -> Result<Written<BulkDone>, NetworkError> {
    todo!()
}

/// Moves a person to the trash.
///
/// # Errors
/// As [`trash_partners`].
pub fn trash_person(_practice: &Practice, _person: PersonId, _reason: Option<&str>) -> Result<Written<()>, NetworkError> {
    todo!()
}

/// Brings a partner or person back, with all links.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn restore(_practice: &Practice, _record: Party) -> Result<Written<()>, NetworkError> {
    todo!()
}

/// What is in the trash, newest first.
///
/// # Errors
/// Those of the file.
pub fn trash(_practice: &Practice) -> Result<Vec<Trashed>, NetworkError> {
    todo!()
}
