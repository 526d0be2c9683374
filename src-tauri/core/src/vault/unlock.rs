//! Unlocking with a passphrase or from the system's keyring.

use std::path::Path;

use super::error::VaultError;
use super::machine::Machine;
use super::passphrase::Passphrase;
use super::unlocked::Unlocked;
use crate::foundation::id::ProfileId;

/// What to do if history is shorter than known or does not verify.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnDoubt {
    /// Refuse with [`VaultError::HeadAhead`] or [`VaultError::HistoryBroken`].
    #[default]
    Refuse,
    /// Open, and put on record who did so knowingly.
    OpenKnowingly,
}

/// Unlocks with a passphrase.
///
/// # Errors
/// [`VaultError::WrongPassphrase`] before the database is touched; after that every failure names the damage.
pub fn unlock(
    _machine: &Machine,
    _folder: &Path,
    _profile: ProfileId,
    _passphrase: &Passphrase,
    _on_doubt: OnDoubt,
) -> Result<Unlocked, VaultError> {
    todo!()
}

/// Unlocks with what the system's keyring holds for this profile.
///
/// # Errors
/// [`VaultError::KeyringUnavailable`], [`VaultError::KeyringEntryMissing`] (use the passphrase then), and as [`unlock`].
pub fn unlock_from_keyring(
    _machine: &Machine,
    _folder: &Path,
    _profile: ProfileId,
    _on_doubt: OnDoubt,
) -> Result<Unlocked, VaultError> {
    todo!()
}
