//! What the lock screen may show before anybody unlocked.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::VaultError;
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
/// [`VaultError::VaultFileDamaged`], [`VaultError::Newer`], [`VaultError::UnreadableFolderName`].
pub fn describe(_folder: &Path) -> Result<LockedPractice, VaultError> {
    todo!()
}
