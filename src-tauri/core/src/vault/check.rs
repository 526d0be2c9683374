//! Checking that the practice is whole.

use serde::{Deserialize, Serialize};

use super::backup::{Backup, newest_backup};
use super::error::VaultError;
use super::unlocked::Unlocked;
use crate::store::{Head, StoreError};

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
pub fn check(unlocked: &Unlocked) -> Result<CheckReport, VaultError> {
    let store = unlocked.practice().store();
    let file_whole = match store.check() {
        Ok(()) => true,
        Err(StoreError::Damaged) => false,
        Err(other) => return Err(other.into()),
    };
    let (history_entries, history_broken_at) = match store.verify_history() {
        Ok(head) => (number(head.seq), None),
        Err(StoreError::BrokenHistory(entry)) => (number(entry - 1), Some(number(entry))),
        Err(StoreError::Damaged) => (0, Some(1)),
        Err(other) => return Err(other.into()),
    };
    let known = unlocked.with_open(|open| Ok(Head::from(&open.document.db_head)))?;
    let history_complete = store.has_entry(&known)?;
    let newest_backup = newest_backup(unlocked);
    Ok(CheckReport {
        ok: file_whole && history_broken_at.is_none() && history_complete,
        file_whole,
        history_entries,
        history_broken_at,
        history_complete,
        conflicted_copies: unlocked.place().conflicted_copies(),
        newest_backup,
    })
}

fn number(seq: i64) -> u32 {
    u32::try_from(seq).unwrap_or(u32::MAX)
}
