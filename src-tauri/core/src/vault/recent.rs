//! The practices opened on this computer lately: names and folders only, outside the practices.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::VaultError;
use super::machine::Machine;

/// A practice opened lately.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RecentPractice {
    /// Its name.
    pub name: String,
    /// Its folder.
    pub folder: String,
    /// When it was opened, UTC milliseconds.
    pub opened_at: f64,
    /// Whether the folder is there now.
    #[serde(default)]
    pub there: bool,
}

/// The newest first, at most ten.
pub fn recent_practices(_machine: &Machine) -> Vec<RecentPractice> {
    todo!()
}

/// Takes a practice off the list. The practice itself stays.
///
/// # Errors
/// [`VaultError::NoAccess`], [`VaultError::DiskFull`].
pub fn forget_recent(_machine: &Machine, _folder: &Path) -> Result<(), VaultError> {
    todo!()
}
