//! Tags on partners.

use serde::{Deserialize, Serialize};

use super::bulk::BulkDone;
use super::error::NetworkError;
use crate::foundation::id::{PartnerId, TagId};
use crate::practice::Practice;
use crate::store::Written;

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Tag {
    /// Its id.
    pub id: TagId,
    /// Its name.
    pub name: String,
}

/// A tag and how many partners have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TagUse {
    /// Its id.
    pub id: TagId,
    /// Its name.
    pub name: String,
    /// Partners that have it.
    pub partners: u32,
}

/// All tags by name.
///
/// # Errors
/// Those of the file.
pub fn tags(_practice: &Practice) -> Result<Vec<TagUse>, NetworkError> {
    todo!()
}

/// Puts a tag on partners, making it if there is none of that name.
///
/// # Errors
/// [`NetworkError::Invalid`]; those of the file.
pub fn tag_partners(_practice: &Practice, _partners: &[PartnerId], _name: &str) -> Result<Written<BulkDone>, NetworkError> {
    todo!()
}

/// Takes a tag off partners.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn untag_partners(_practice: &Practice, _partners: &[PartnerId], _tag: TagId) -> Result<Written<BulkDone>, NetworkError> {
    todo!()
}

/// Renames a tag. If another has that name already, both become one.
///
/// # Errors
/// [`NetworkError::Invalid`], [`NetworkError::Missing`]; those of the file.
pub fn rename_tag(_practice: &Practice, _tag: TagId, _name: &str) -> Result<Written<()>, NetworkError> {
    todo!()
}

/// Takes a tag off every partner and away.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn delete_tag(_practice: &Practice, _tag: TagId) -> Result<Written<()>, NetworkError> {
    todo!()
}
