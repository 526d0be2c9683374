//! What the lock screen may show before anybody unlocked.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::document::{Document, Profile};
use super::error::VaultError;
use super::folder::Folder;
use crate::foundation::id::{PracticeId, ProfileId};

/// A member of staff as the lock screen lists them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LockedProfile {
    /// Whose.
    pub id: ProfileId,
    /// e.g. "Maren Okafor".
    pub name: String,
    /// e.g. "MO".
    pub initials: String,
    /// Whether this computer's keyring may open the practice for them.
    pub keyring: bool,
    /// Whether they were handed a phrase and choose their own passphrase at the next unlock.
    pub first: bool,
    /// Whether they can come in at all; if not, an owner hands out a new phrase.
    pub way_in: bool,
}

/// A practice that is closed, as far as anybody may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LockedPractice {
    /// Its folder.
    pub folder: String,
    /// Its number, as printed on the recovery sheet.
    pub vault_id: PracticeId,
    /// e.g. "Harborview Orthopedics".
    pub name: String,
    /// When it was created, yyyy-mm-dd.
    pub created_on: String,
    /// Who can unlock it.
    pub profiles: Vec<LockedProfile>,
    /// Copies a synchronising program left beside the files, by name: never opened, to be looked at.
    pub conflicted_copies: Vec<String>,
}

/// Looks at a folder without opening the practice.
///
/// # Errors
/// [`VaultError::NoPractice`], [`VaultError::Unfinished`], [`VaultError::VaultFileMissing`],
/// [`VaultError::VaultFileDamaged`], [`VaultError::Newer`], [`VaultError::UnsafePlace`].
pub fn describe(folder: &Path) -> Result<LockedPractice, VaultError> {
    let folder = Folder::at(folder)?;
    folder.must_hold_practice()?;
    super::swap::settle_if_free(&folder)?;
    let newest = Document::read_all(&folder)?.into_iter().next().ok_or(VaultError::VaultFileMissing)?;
    Ok(LockedPractice::from_document(&folder, &newest.body))
}

impl LockedPractice {
    pub(super) fn from_document(folder: &Folder, document: &Document) -> Self {
        let profile = |profile: &Profile| LockedProfile {
            id: profile.id,
            name: profile.name.clone(),
            initials: profile.initials.clone(),
            keyring: document.keyring_slot(profile.id).is_ok(),
            first: document.passphrase_slot(profile.id).is_ok_and(|slot| slot.lock.is_one_time()),
            way_in: document.passphrase_slot(profile.id).is_ok(),
        };
        Self {
            folder: folder.text(),
            vault_id: PracticeId(document.vault_id),
            name: document.name.clone(),
            created_on: document.created.clone(),
            profiles: document.profiles.iter().map(profile).collect(),
            conflicted_copies: folder.conflicted_copies(),
        }
    }
}
