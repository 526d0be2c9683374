//! Backups: whole encrypted copies that count only after they were read back and compared.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::VaultError;
use super::unlocked::Unlocked;

/// A verified copy of the practice: a folder that can be opened like the practice itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Backup {
    /// Its folder.
    pub folder: String,
    /// When it was made, UTC milliseconds.
    pub made_at: f64,
    /// Bytes on the disk.
    pub bytes: f64,
}

/// Makes a verified copy below `target`, or in the practice's own `backups` folder.
///
/// # Errors
/// [`VaultError::BackupUnverified`] (it was removed), those of the disk. Backups made before are untouched.
pub fn back_up(_unlocked: &Unlocked, _target: Option<&Path>) -> Result<Backup, VaultError> {
    todo!()
}

/// The verified copies in `folder`, the newest first.
pub fn backups_in(_folder: &Path) -> Vec<Backup> {
    todo!()
}
