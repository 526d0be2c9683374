//! What somebody chose to restore, as far as it can be known without a key.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::vault::backup::{self, Why};
use crate::vault::describe::LockedProfile;
use crate::vault::document::Document;
use crate::vault::error::VaultError;
use crate::vault::files;

/// A backup before it is opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SealedBackup {
    /// What its folder or file is called.
    pub name: String,
    /// Whose it is; not known of a file that only the recovery key opens.
    pub practice: Option<String>,
    /// When it was made, UTC milliseconds, if its name says so.
    pub made_at: Option<f64>,
    /// Why.
    pub why: Why,
    /// Who can open it with the passphrase of that day.
    pub profiles: Vec<LockedProfile>,
    /// Whether nothing but the recovery key opens it.
    pub needs_recovery_key: bool,
}

/// Looks at a backup's folder, or at a file that was saved for outside, without opening it.
///
/// # Errors
/// [`VaultError::NotABackup`], [`VaultError::BackupDamaged`], [`VaultError::BackupForeign`], [`VaultError::Newer`].
pub fn look_at_backup(chosen: &Path) -> Result<SealedBackup, VaultError> {
    let name = files::plain_name(chosen);
    if chosen.is_file() {
        if !backup::is_sealed(chosen) {
            return Err(VaultError::NotABackup);
        }
        return Ok(SealedBackup {
            name,
            practice: None,
            made_at: None,
            why: Why::Unknown,
            profiles: Vec::new(),
            needs_recovery_key: true,
        });
    }
    let document = Document::read_one(&chosen.join("vault.json")).map_err(of_backup)?.body;
    if !chosen.join("practice.db").is_file() {
        return Err(VaultError::NotABackup);
    }
    let listed = backup::describe(chosen);
    let profiles = document
        .profiles
        .iter()
        .map(|profile| LockedProfile {
            id: profile.id,
            name: profile.name.clone(),
            initials: profile.initials.clone(),
            keyring: false,
            first: document.passphrase_slot(profile.id).is_ok_and(|slot| slot.lock.is_one_time()),
            way_in: document.passphrase_slot(profile.id).is_ok(),
        })
        .collect();
    Ok(SealedBackup {
        name,
        practice: Some(document.name),
        made_at: listed.as_ref().map(|backup| backup.made_at),
        why: listed.map_or(Why::Unknown, |backup| backup.why),
        profiles,
        needs_recovery_key: false,
    })
}

/// What is said of a practice's `vault.json`, said of a backup's.
pub(super) fn of_backup(error: VaultError) -> VaultError {
    match error {
        VaultError::VaultFileMissing => VaultError::NotABackup,
        VaultError::VaultFileDamaged => VaultError::BackupDamaged,
        VaultError::VaultFileChanged => VaultError::BackupForeign,
        other => other,
    }
}
