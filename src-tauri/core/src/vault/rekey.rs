//! Changing how the practice is unlocked. The database is not touched: only the wrapped keys are written anew, by
//! replacing `vault.json`, so that at any moment the old or the new way opens the practice.

use std::path::Path;

use zeroize::Zeroizing;

use super::document::Recovery;
use super::error::VaultError;
use super::keyring;
use super::machine::Machine;
use super::passphrase::Passphrase;
use super::people::acting_owner;
use super::recovery::{self, RecoveryKey};
use super::rows;
use super::secrets::MasterKey;
use super::slot::{Lock, Slot};
use super::unlock::{Closed, OnDoubt};
use super::unlocked::Unlocked;
use super::ways::Way;
use crate::foundation::id::{ProfileId, RecordId};
use crate::store::{Event, Outcome, StoreError};

/// Unlocks with the recovery key and gives `profile` a new passphrase.
///
/// # Errors
/// [`VaultError::RecoveryKeyTypo`], [`VaultError::RecoveryKeyUnreadable`], [`VaultError::RecoveryKeyOfAnother`],
/// [`VaultError::WeakPassphrase`], and as [`super::unlock`].
pub fn unlock_by_recovery(
    machine: &Machine,
    folder: &Path,
    profile: ProfileId,
    recovery_key: &str,
    new_passphrase: &Passphrase,
    on_doubt: OnDoubt,
) -> Result<Unlocked, VaultError> {
    new_passphrase.acceptable()?;
    let open = |document: &super::document::Document| recovery::open(&document.recovery, recovery_key);
    let unlocked = Closed::at(folder)?.unlock(machine, profile, Way::Recovery, on_doubt, open)?;
    let (vault, recovery) =
        unlocked.with_open(|open| Ok((open.document.vault_id, open.document.recovery.clone())))?;
    let master = recovery::open(&recovery, recovery_key)?;
    put_passphrase(machine, &unlocked, &master, vault, new_passphrase)?;
    let (store, actor) = (unlocked.practice().store(), unlocked.practice().actor());
    match store.note(actor, "unlock_by_recovery", actor.name.as_str()) {
        Ok(_) => {}
        // The log goes on where nothing else may be written.
        Err(StoreError::Doubtful) => store.log(actor, Event::new("key_change").detail("recovery"))?,
        Err(other) => return Err(other.into()),
    }
    Ok(unlocked)
}

/// Changes the passphrase of whoever is at the desk.
///
/// # Errors
/// [`VaultError::WrongPassphrase`] for the old one, [`VaultError::WeakPassphrase`] for the new one, those of the disk.
pub fn change_passphrase(
    machine: &Machine,
    unlocked: &Unlocked,
    old: &Passphrase,
    new: &Passphrase,
) -> Result<(), VaultError> {
    let (vault, master) = unwrap(unlocked, old)?;
    new.acceptable()?;
    put_passphrase(machine, unlocked, &master, vault, new)?;
    let practice = unlocked.practice();
    practice.store().note(practice.actor(), "passphrase_change", practice.actor().name.as_str())?;
    Ok(())
}

/// A recovery key that counts once it was printed and typed back.
#[derive(Debug)]
pub struct Renewal {
    key: RecoveryKey,
    recovery: Recovery,
}

impl Renewal {
    /// The key to print.
    pub fn recovery_key(&self) -> &RecoveryKey {
        &self.key
    }

    /// Lets it count; the sheet printed before opens nothing from now on (but older backups).
    ///
    /// # Errors
    /// Those of the disk; the sheet printed before still counts then.
    pub fn commit(self, unlocked: &Unlocked) -> Result<RecoveryKey, VaultError> {
        unlocked
            .with_open(|open| open.change(unlocked.place(), |document| document.recovery = self.recovery))?;
        let practice = unlocked.practice();
        practice.store().note(practice.actor(), "recovery_key_renew", practice.actor().name.as_str())?;
        Ok(self.key)
    }
}

/// Makes a new recovery key, which does not count yet. `passphrase` is the owner's own.
///
/// # Errors
/// [`VaultError::OwnersOnly`], [`VaultError::WrongPassphrase`], [`VaultError::NoRandomness`].
pub fn prepare_recovery(
    machine: &Machine,
    unlocked: &Unlocked,
    passphrase: &Passphrase,
) -> Result<Renewal, VaultError> {
    let (vault, master) = acting_owner(unlocked, passphrase)?;
    let (key, mut recovery) = RecoveryKey::make(&master, vault)?;
    recovery.made_at = Some(machine.clock().now_ms());
    Ok(Renewal { key, recovery })
}

/// Lets this computer's keyring unlock for whoever is at the desk.
///
/// # Errors
/// [`VaultError::KeyringForbidden`], [`VaultError::WrongPassphrase`], [`VaultError::KeyringUnavailable`], those of the
/// disk.
pub fn enable_keyring(
    machine: &Machine,
    unlocked: &Unlocked,
    passphrase: &Passphrase,
) -> Result<(), VaultError> {
    if !unlocked.practice().read(rows::keyring_allowed)? {
        return Err(VaultError::KeyringForbidden);
    }
    let (vault, master) = unwrap(unlocked, passphrase)?;
    let profile = unlocked.practice().actor().id;
    let mut key = Zeroizing::new([0; 32]);
    getrandom::fill(key.as_mut_slice())?;
    let slot = Slot::seal_for_keyring(&master, vault, profile, &key)?.made(machine.clock().now_ms());
    keyring::keep(&*machine.keyring()?, vault, profile, &key)?;
    unlocked.with_open(|open| open.change(unlocked.place(), |document| document.put_slot(slot)))?;
    let practice = unlocked.practice();
    Ok(practice.store().log(practice.actor(), Event::new("key_change").detail("keyring_on"))?)
}

/// Ends keyring unlock for whoever is at the desk.
///
/// # Errors
/// Those of the disk.
pub fn disable_keyring(machine: &Machine, unlocked: &Unlocked) -> Result<(), VaultError> {
    let profile = unlocked.practice().actor().id;
    let vault = unlocked.with_open(|open| {
        open.change(unlocked.place(), |document| {
            document.slots.retain(|slot| slot.user_id != profile || slot.lock != Lock::Keyring);
        })?;
        Ok(open.document.vault_id)
    })?;
    let practice = unlocked.practice();
    practice.store().log(practice.actor(), Event::new("key_change").detail("keyring_off"))?;
    // Without its slot the keyring's entry opens nothing; a keyring that is away may keep it.
    match machine.keyring().and_then(|store| keyring::forget(&*store, vault, profile)) {
        Ok(()) | Err(VaultError::KeyringUnavailable) => Ok(()),
        Err(other) => Err(other),
    }
}

/// Whether this is the passphrase of whoever is at the desk: asked again before an export or a backup.
///
/// # Errors
/// [`VaultError::WrongPassphrase`].
pub fn confirm_passphrase(unlocked: &Unlocked, passphrase: &Passphrase) -> Result<(), VaultError> {
    unwrap(unlocked, passphrase).map(drop)
}

/// Unwraps the master key by the passphrase of whoever is at the desk. Locking need not wait for the computation.
/// Keys of a practice that is in doubt stay as they are.
pub(super) fn unwrap(
    unlocked: &Unlocked,
    passphrase: &Passphrase,
) -> Result<(RecordId, MasterKey), VaultError> {
    if unlocked.doubt().is_some() {
        return Err(StoreError::Doubtful.into());
    }
    unlocked.must_be_writable()?;
    let profile = unlocked.practice().actor().id;
    let (vault, slot) = unlocked
        .with_open(|open| Ok((open.document.vault_id, open.document.passphrase_slot(profile)?.clone())))?;
    let opened = slot.open_with_passphrase(vault, passphrase);
    if matches!(opened, Err(VaultError::WrongPassphrase)) {
        let practice = unlocked.practice();
        let event = Event::new("sign_in_failed").detail("passphrase_asked").outcome(Outcome::Failed);
        practice.store().log(practice.actor(), event)?;
    }
    Ok((vault, opened?))
}

pub(super) fn put_passphrase(
    machine: &Machine,
    unlocked: &Unlocked,
    master: &MasterKey,
    vault: RecordId,
    passphrase: &Passphrase,
) -> Result<(), VaultError> {
    let slot = Slot::seal_for_passphrase(
        master,
        vault,
        unlocked.practice().actor().id,
        passphrase,
        machine.cost()?,
    )?
    .made(machine.clock().now_ms());
    unlocked.with_open(|open| open.change(unlocked.place(), |document| document.put_slot(slot)))
}
