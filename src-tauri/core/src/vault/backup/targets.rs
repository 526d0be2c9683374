//! Where backups go beside the practice's own folder, how often they are made and how many stay.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::device::{Device, Memory, Target};
use super::thin::Keep;
use crate::vault::error::VaultError;
use crate::vault::files;
use crate::vault::machine::Machine;
use crate::vault::unlocked::Unlocked;

/// The folder Baton makes in the one that was chosen. A stick that was taken out has no such folder, even where the
/// system leaves an empty one in its place.
const OWN_FOLDER: &str = "Baton backups";
/// A rhythm is at least this and at most this many hours.
const RHYTHM: std::ops::RangeInclusive<u32> = 1..=24 * 7;
/// More than this many of a kind are not kept.
const MOST_KEPT: u32 = 366;

/// What can be set about backups on this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BackupSettings {
    /// Hours between two backups while somebody works, 1 to 168.
    pub rhythm_hours: u32,
    /// How many stay.
    pub keep: Keep,
}

/// Adds a folder backups go to from now on; what it is called.
///
/// # Errors
/// [`VaultError::NoAccess`] if nothing can be written there, [`VaultError::UnreadableFolderName`], [`VaultError::Invalid`]
/// if it is the practice's own folder.
pub fn add_target(machine: &Machine, unlocked: &Unlocked, chosen: &Path) -> Result<String, VaultError> {
    let chosen = std::path::absolute(chosen).map_err(VaultError::disk("the folder"))?;
    let is_own = chosen.file_name().is_some_and(|name| name == OWN_FOLDER);
    let folder: PathBuf = if is_own { chosen.clone() } else { chosen.join(OWN_FOLDER) };
    let text = folder.to_str().ok_or(VaultError::UnreadableFolderName)?.to_owned();
    if chosen.starts_with(unlocked.folder()) {
        let problem =
            "this folder belongs to the practice itself; choose one on a stick or another drive".into();
        return Err(VaultError::Invalid { field: "target", problem });
    }
    if !folder.is_dir() {
        std::fs::create_dir(&folder).map_err(VaultError::disk(&chosen.to_string_lossy()))?;
    }
    files::try_writing(&folder)?;
    let vault = unlocked.with_open(|open| Ok(open.document.vault_id))?;
    Device::change(machine, vault, |device| {
        if device.targets.iter().all(|target| target.folder != text) {
            device.targets.push(Target { folder: text.clone(), memory: Memory::default() });
        }
    })?;
    Ok(text)
}

/// Makes no more backups there. Those that are there stay.
///
/// # Errors
/// Those of the disk.
pub fn remove_target(machine: &Machine, unlocked: &Unlocked, folder: &str) -> Result<(), VaultError> {
    let vault = unlocked.with_open(|open| Ok(open.document.vault_id))?;
    Device::change(machine, vault, |device| device.targets.retain(|target| target.folder != folder))
}

/// What is set.
///
/// # Errors
/// [`crate::store::StoreError::Locked`].
pub fn backup_settings(machine: &Machine, unlocked: &Unlocked) -> Result<BackupSettings, VaultError> {
    let vault = unlocked.with_open(|open| Ok(open.document.vault_id))?;
    let device = Device::read(machine, vault);
    Ok(BackupSettings { rhythm_hours: device.rhythm_hours, keep: device.keep })
}

/// Sets it.
///
/// # Errors
/// [`VaultError::Invalid`] with the field, those of the disk.
pub fn save_backup_settings(
    machine: &Machine,
    unlocked: &Unlocked,
    settings: BackupSettings,
) -> Result<(), VaultError> {
    if !RHYTHM.contains(&settings.rhythm_hours) {
        return Err(VaultError::Invalid { field: "rhythmHours", problem: "give hours from 1 to 168".into() });
    }
    let Keep { daily, weekly, monthly } = settings.keep;
    for (field, number) in [("daily", daily), ("weekly", weekly), ("monthly", monthly)] {
        if number > MOST_KEPT {
            return Err(VaultError::Invalid { field, problem: "give a number from 0 to 366".into() });
        }
    }
    let vault = unlocked.with_open(|open| Ok(open.document.vault_id))?;
    Device::change(machine, vault, |device| {
        device.rhythm_hours = settings.rhythm_hours;
        device.keep = settings.keep;
    })
}
