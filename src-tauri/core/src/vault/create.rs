//! Creating a practice.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::VaultError;
use super::machine::Machine;
use super::passphrase::Passphrase;
use super::recovery::RecoveryKey;
use super::unlocked::Unlocked;

/// What the first-run screen asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NewPractice {
    /// e.g. "Harborview Orthopedics".
    pub name: String,
    /// Two letters, e.g. "ME".
    pub state: String,
    /// e.g. "America/New_York".
    pub time_zone: String,
    /// The first profile, e.g. "Maren Okafor".
    pub profile_name: String,
    /// e.g. "MO"; made from the name if empty.
    pub profile_initials: String,
}

/// A new practice, open, and its recovery key, which is shown once.
pub struct Created {
    /// The practice.
    pub unlocked: Unlocked,
    /// Show, print or save it, have two groups typed back, drop it.
    pub recovery: RecoveryKey,
}

/// Creates a practice in an empty or new folder and makes its first backup.
///
/// # Errors
/// [`VaultError::Invalid`], [`VaultError::WeakPassphrase`], [`VaultError::UnsafePlace`],
/// [`VaultError::FolderNotEmpty`], [`VaultError::PracticeExists`], and those of the disk.
pub fn create(_machine: &Machine, _folder: &Path, _new: &NewPractice, _passphrase: &Passphrase) -> Result<Created, VaultError> {
    todo!()
}

/// Removes what an interrupted creation left, and nothing else.
///
/// # Errors
/// [`VaultError::PracticeExists`] if the folder holds a finished practice; those of the disk.
pub fn discard_unfinished(_folder: &Path) -> Result<(), VaultError> {
    todo!()
}
