//! One action on many partners: one history entry, one undo.

use serde::{Deserialize, Serialize};

use super::error::NetworkError;
use crate::foundation::id::{PartnerId, ProfileId};
use crate::practice::Practice;
use crate::store::Written;

/// What a bulk action did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BulkDone {
    /// Partners that changed.
    pub changed: u32,
    /// Partners where it was so already.
    pub unchanged: u32,
    /// Partners left alone, by name.
    pub refused: Vec<Refused>,
}

/// A partner a bulk action left alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Refused {
    /// Which.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
    /// Why, in plain words.
    pub why: String,
}

/// Gives partners to one of us, or to nobody.
///
/// # Errors
/// [`NetworkError::Invalid`] if there is no such profile; those of the file.
pub fn set_owner(_practice: &Practice, _partners: &[PartnerId], _owner: Option<ProfileId>) -> Result<Written<BulkDone>, NetworkError> {
    todo!()
}
