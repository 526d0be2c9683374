//! Saved views of the partner list.

use serde::{Deserialize, Serialize};

use super::error::NetworkError;
use super::list::{PartnerFilter, PartnerSort};
use crate::foundation::id::ViewId;
use crate::practice::Practice;
use crate::store::Written;

/// What a view remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct PartnerView {
    /// Which partners.
    pub filter: PartnerFilter,
    /// Sorted by.
    pub sort: PartnerSort,
    /// Highest first.
    pub descending: bool,
    /// The columns shown, in order; empty = as usual.
    pub columns: Vec<String>,
}

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SavedPartnerView {
    /// Its id.
    pub id: ViewId,
    /// Its name.
    pub name: String,
    /// What it remembers.
    pub view: PartnerView,
    /// How many partners it shows now.
    pub partners: u32,
}

/// The saved views, in their order.
///
/// # Errors
/// Those of the file.
pub fn partner_views(_practice: &Practice) -> Result<Vec<SavedPartnerView>, NetworkError> {
    todo!()
}

/// Saves a view; with the id of an existing one it is replaced.
///
/// # Errors
/// [`NetworkError::Invalid`] for a name that is empty or taken; [`NetworkError::Missing`]; those of the file.
pub fn save_partner_view(_practice: &Practice, _id: Option<ViewId>, _name: &str, _view: &PartnerView) -> Result<Written<ViewId>, NetworkError> {
    todo!()
}

/// Renames a view.
///
/// # Errors
/// As [`save_partner_view`].
pub fn rename_view(_practice: &Practice, _id: ViewId, _name: &str) -> Result<Written<()>, NetworkError> {
    todo!()
}

/// Deletes a view. The partners stay.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn delete_view(_practice: &Practice, _id: ViewId) -> Result<Written<()>, NetworkError> {
    todo!()
}
