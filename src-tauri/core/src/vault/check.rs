//! Checking that the practice is whole.

use serde::{Deserialize, Serialize};

use super::backup::Backup;
use super::error::VaultError;
use super::unlocked::Unlocked;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CheckReport {
    /// Whether nothing is wrong.
    pub ok: bool,
    /// Whether every page of the file authenticates, every index fits and every reference holds.
    pub file_whole: bool,
    /// How many history entries verify.
    pub history_entries: u32,
    /// The first history entry that does not verify.
    pub history_broken_at: Option<u32>,
    /// Whether the database reaches as far as `vault.json` knows.
    pub history_complete: bool,
    /// Copies a synchronising program left beside the files.
    pub conflicted_copies: Vec<String>,
    /// The newest verified backup in the practice's own folder.
    pub newest_backup: Option<Backup>,
}

/// Reads the whole file and the whole history.
///
/// # Errors
/// Those of the file, other than the damage that is reported.
pub fn check(_unlocked: &Unlocked) -> Result<CheckReport, VaultError> {
    todo!()
}
