//! Backups: whole encrypted copies that count only after they were read back and compared.
//!
//! A backup is a folder with `practice.db`, `vault.json` and `recovery.age`, like the practice's own. It is made
//! under another name and renamed when it is verified: what carries a backup's name is one.

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::document::KnownHead;
use super::error::VaultError;
use super::files;
use super::unlocked::Unlocked;
use crate::store::{Event, Store, StoreError};

/// How the name of a backup's folder begins, and how the moment it was made (UTC) follows.
const PREFIX: &str = "baton-";
const MOMENT: &str = "%Y-%m-%d-%H%M%S";
/// How the name of one that is not verified begins and ends.
const PARTIAL: (&str, &str) = (".baton-", ".partial");

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
pub fn back_up(unlocked: &Unlocked, target: Option<&Path>) -> Result<Backup, VaultError> {
    let own = unlocked.place().backups();
    let below = target.unwrap_or(&own);
    if below.to_str().is_none() {
        return Err(VaultError::UnreadableFolderName);
    }
    if !below.is_dir() {
        files::make_private_folder(below)?;
    }
    clear_partial(below);
    let name = free_name(unlocked, below);
    let partial = below.join(format!("{}{name}{}", PARTIAL.0, PARTIAL.1));
    let finished = below.join(format!("{PREFIX}{name}"));
    let result = fill(unlocked, &partial).and_then(|()| files::rename(&partial, &finished));
    if result.is_err() {
        // The failure is what counts; what is left has a name that no list shows and goes with the next backup.
        let _ = std::fs::remove_dir_all(&partial);
    }
    result?;
    let practice = unlocked.practice();
    // The copy is good whether or not the log can be written at this moment; what is to be written waits.
    let _ = practice.store().log(practice.actor(), Event::new("backup").detail(format!("{PREFIX}{name}")));
    describe(&finished).ok_or(VaultError::BackupUnverified)
}

/// The verified copies in `folder`, the newest first.
pub fn backups_in(folder: &Path) -> Vec<Backup> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<Backup> = entries.flatten().filter_map(|entry| describe(&entry.path())).collect();
    found.sort_by(|a, b| b.made_at.total_cmp(&a.made_at).then_with(|| b.folder.cmp(&a.folder)));
    found
}

/// The newest verified copy in the practice's own folder.
pub fn newest_backup(unlocked: &Unlocked) -> Option<Backup> {
    backups_in(&unlocked.place().backups()).into_iter().next()
}

/// Removes copies that were not finished.
pub(super) fn clear_partial(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(PARTIAL.0) && name.ends_with(PARTIAL.1) {
            // One that can't be removed is still none that counts.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// The moment, and a number if there is a backup of this second already.
fn free_name(unlocked: &Unlocked, below: &Path) -> String {
    let moment = unlocked.practice().store().clock().now().format(MOMENT).to_string();
    let taken = |name: &str| below.join(format!("{PREFIX}{name}")).exists();
    let numbered = (2..).map(|number: u32| format!("{moment}-{number}"));
    std::iter::once(moment.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(moment)
}

/// Copies, reads back, compares, makes durable.
fn fill(unlocked: &Unlocked, partial: &Path) -> Result<(), VaultError> {
    files::make_private_folder(partial)?;
    let database = partial.join("practice.db");
    let expected = unlocked.practice().store().copy_to(&database)?;
    files::make_private(&database)?;
    let (document, recovery, key) = unlocked.with_open(|open| {
        let mut document = open.document.clone();
        // A backup opens to what it holds, not to what came after.
        document.db_head = KnownHead::from(&expected.head);
        Ok((document.to_bytes(&open.document_key)?, document.recovery.sealed.0, open.db_key.clone()))
    })?;
    files::replace(&partial.join("vault.json"), &document)?;
    files::replace(&partial.join("recovery.age"), &recovery)?;
    files::sync_file(&database)?;
    match Store::contents_of(&database, &key) {
        Ok(found) if found == expected => {}
        Ok(_) | Err(StoreError::Damaged | StoreError::Database(_) | StoreError::Missing) => {
            return Err(VaultError::BackupUnverified);
        }
        Err(other) => return Err(other.into()),
    }
    // Whoever locked meanwhile stopped this too.
    unlocked.with_open(|_| Ok(()))?;
    files::sync_folder(partial)
}

fn describe(folder: &Path) -> Option<Backup> {
    let name = folder.file_name()?.to_str()?.strip_prefix(PREFIX)?;
    let moment = name.get(..17).unwrap_or(name);
    let made = NaiveDateTime::parse_from_str(moment, MOMENT).ok()?.and_utc();
    let sizes = ["practice.db", "vault.json", "recovery.age"].map(|file| size_of(&folder.join(file)));
    if sizes.contains(&None) {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "milliseconds and bytes stay far below 2^53")]
    let (made_at, bytes) = (made.timestamp_millis() as f64, sizes.iter().flatten().sum::<u64>() as f64);
    Some(Backup { folder: folder.to_string_lossy().into_owned(), made_at, bytes })
}

fn size_of(file: &PathBuf) -> Option<u64> {
    std::fs::metadata(file).ok().map(|meta| meta.len()).filter(|bytes| *bytes > 0)
}
