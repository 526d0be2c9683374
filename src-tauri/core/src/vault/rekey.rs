//! Changing how the practice is unlocked. The database is not touched: only the wrapped keys are written anew.

use std::path::Path;

use super::error::VaultError;
use super::machine::Machine;
use super::passphrase::Passphrase;
use super::recovery::RecoveryKey;
use super::unlock::OnDoubt;
use super::unlocked::Unlocked;
use crate::foundation::id::ProfileId;

/// Unlocks with the recovery key and gives `profile` a new passphrase.
///
/// # Errors
/// [`VaultError::RecoveryKeyTypo`], [`VaultError::RecoveryKeyUnreadable`], [`VaultError::RecoveryKeyOfAnother`],
/// [`VaultError::WeakPassphrase`], and as [`super::unlock`].
pub fn unlock_by_recovery(
    _machine: &Machine,
    _folder: &Path,
    _profile: ProfileId,
    _recovery_key: &str,
    _new_passphrase: &Passphrase,
    _on_doubt: OnDoubt,
) -> Result<Unlocked, VaultError> {
    todo!()
}

/// Changes the passphrase of whoever is at the desk.
///
/// # Errors
/// [`VaultError::WrongPassphrase`] for the old one, [`VaultError::WeakPassphrase`] for the new one, those of the disk.
pub fn change_passphrase(_machine: &Machine, _unlocked: &Unlocked, _old: &Passphrase, _new: &Passphrase) -> Result<(), VaultError> {
    todo!()
}

/// Makes a new recovery key; the sheet printed before opens nothing from now on (but older backups).
///
/// # Errors
/// [`VaultError::WrongPassphrase`], those of the disk.
pub fn renew_recovery_key(_unlocked: &Unlocked, _passphrase: &Passphrase) -> Result<RecoveryKey, VaultError> {
    todo!()
}

/// Lets this computer's keyring unlock for whoever is at the desk.
///
/// # Errors
/// [`VaultError::WrongPassphrase`], [`VaultError::KeyringUnavailable`], those of the disk.
pub fn enable_keyring(_machine: &Machine, _unlocked: &Unlocked, _passphrase: &Passphrase) -> Result<(), VaultError> {
    todo!()
}

/// Ends keyring unlock for whoever is at the desk.
///
/// # Errors
/// Those of the disk.
pub fn disable_keyring(_machine: &Machine, _unlocked: &Unlocked) -> Result<(), VaultError> {
    todo!()
}

/// Whether this is the passphrase of whoever is at the desk: asked again before an export or a backup.
///
/// # Errors
/// [`VaultError::WrongPassphrase`].
pub fn confirm_passphrase(_unlocked: &Unlocked, _passphrase: &Passphrase) -> Result<(), VaultError> {
    todo!()
}
