//! The ways in: a passphrase, a phrase that was handed over, the keyring, the printed key.

use std::path::Path;
use std::time::Instant;

use baton_core::foundation::id::ProfileId;
use baton_core::vault::{self, OnDoubt, Passphrase, VaultError};
use tauri::{AppHandle, Runtime};

use super::{Door, Unlocking, lock, sit_down};
use crate::error::Answer;

impl Door {
    /// Unlocks with a passphrase, at most as often as the tries allow.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn unlock<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        folder: &Path,
        profile: ProfileId,
        passphrase: &str,
        store_again: bool,
    ) -> Answer<Unlocking> {
        self.unlock_as(app, folder, profile, passphrase, (OnDoubt::Watch, store_again))
    }

    /// Unlocks a practice whose history is in doubt, for looking.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn look_only<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        folder: &Path,
        profile: ProfileId,
        passphrase: &str,
    ) -> Answer<Unlocking> {
        self.unlock_as(app, folder, profile, passphrase, (OnDoubt::Look, false))
    }

    fn unlock_as<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        folder: &Path,
        profile: ProfileId,
        passphrase: &str,
        (on_doubt, store_again): (OnDoubt, bool),
    ) -> Answer<Unlocking> {
        lock(&self.attempts).check(Instant::now())?;
        let tried = Passphrase::new(passphrase).and_then(|own| {
            let unlocked = vault::unlock(&self.machine, folder, profile, &own, on_doubt)?;
            if store_again {
                // The practice is open; what the keyring does not take now is offered again under Settings.
                let _ = vault::enable_keyring(&self.machine, &unlocked, &own);
            }
            Ok(unlocked)
        });
        lock(&self.attempts).learn(&tried, Instant::now());
        match tried {
            Err(VaultError::FirstUnlock) => Ok(Unlocking::ChooseOwn),
            tried => {
                sit_down(app, tried?, vault::describe(folder)?, false);
                Ok(Unlocking::Open)
            }
        }
    }

    /// Unlocks with a phrase that was handed over and sets a passphrase of one's own.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn unlock_first<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        folder: &Path,
        profile: ProfileId,
        phrase: &str,
        own: &str,
    ) -> Answer<()> {
        let unlocked = self.limited(|| {
            let phrase = Passphrase::new(phrase)?;
            let own = Passphrase::new(own)?;
            vault::unlock_first(&self.machine, folder, profile, &phrase, &own, OnDoubt::Refuse)
        })?;
        sit_down(app, unlocked, vault::describe(folder)?, false);
        Ok(())
    }

    /// Tries a passphrase, at most as often as the tries allow.
    ///
    /// # Errors
    /// [`VaultError::TooSoon`], and what `attempt` says.
    pub fn limited<T>(&self, attempt: impl FnOnce() -> Result<T, VaultError>) -> Answer<T> {
        lock(&self.attempts).check(Instant::now())?;
        let tried = attempt();
        lock(&self.attempts).learn(&tried, Instant::now());
        Ok(tried?)
    }

    /// Unlocks with what this computer's keyring holds, or says why the passphrase is needed.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn unlock_from_keyring<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        folder: &Path,
        profile: ProfileId,
    ) -> Answer<Unlocking> {
        match vault::unlock_from_keyring(&self.machine, folder, profile, OnDoubt::Watch) {
            Err(VaultError::KeyringUnavailable) => Ok(Unlocking::KeyringAway),
            Err(VaultError::KeyringEntryMissing) => Ok(Unlocking::KeyringStale),
            Err(VaultError::KeyringForbidden) => Ok(Unlocking::KeyringForbidden),
            tried => {
                sit_down(app, tried?, vault::describe(folder)?, false);
                Ok(Unlocking::Open)
            }
        }
    }

    /// Unlocks with the recovery key and sets a new passphrase.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn recover<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        folder: &Path,
        profile: ProfileId,
        key: &str,
        passphrase: &str,
    ) -> Answer<()> {
        let unlocked = vault::unlock_by_recovery(
            &self.machine,
            folder,
            profile,
            key,
            &Passphrase::new(passphrase)?,
            // Whoever has nothing but the printed key has nobody to ask: what is in doubt is told once it is open.
            OnDoubt::Look,
        )?;
        sit_down(app, unlocked, vault::describe(folder)?, false);
        Ok(())
    }
}
