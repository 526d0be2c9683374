//! The computer Baton runs on: its clock, its keyring, its own folder and how costly a passphrase is made here.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use keyring_core::CredentialStore;

use super::error::VaultError;
use super::files;
use super::kdf::Cost;
use super::keyring;
use crate::foundation::clock::Clock;
use crate::foundation::id::RecordId;

type OpenKeyring = dyn Fn() -> Result<Arc<CredentialStore>, VaultError> + Send + Sync;

/// What the vault needs from outside the practice folder.
#[derive(Clone)]
pub struct Machine {
    folder: PathBuf,
    clock: Clock,
    /// `None`: measured when a passphrase is set.
    cost: Option<Cost>,
    keyring: Arc<OpenKeyring>,
    /// Told what was reached, so that a test can kill right there.
    #[cfg(any(test, feature = "testing"))]
    watcher: Arc<dyn Fn(&str) + Send + Sync>,
}

impl Machine {
    /// This computer, with Baton's own folder (device id and recent practices, no data of a practice) in the user's
    /// local configuration.
    ///
    /// # Errors
    /// [`VaultError::NoAccess`] if this user has no such folder.
    pub fn here() -> Result<Self, VaultError> {
        let folder = dirs::config_local_dir()
            .ok_or_else(|| VaultError::NoAccess { what: "your configuration folder".into() })?;
        Ok(Self::with_folder(folder.join("baton")))
    }

    /// This computer, with Baton's own folder somewhere else.
    pub fn with_folder(folder: PathBuf) -> Self {
        Self {
            folder,
            clock: Clock::system(),
            cost: None,
            keyring: Arc::new(keyring::system_store),
            #[cfg(any(test, feature = "testing"))]
            watcher: Arc::new(|_| {}),
        }
    }

    /// A machine for tests: the clock stands, a passphrase costs the least that is allowed, the keyring is `keyring`
    /// or not there.
    #[cfg(any(test, feature = "testing"))]
    pub fn for_tests(folder: &Path, clock: Clock, keyring: Option<Arc<CredentialStore>>) -> Self {
        Self {
            folder: folder.to_owned(),
            clock,
            cost: Some(Cost::FLOOR),
            keyring: Arc::new(move || keyring.clone().ok_or(VaultError::KeyringUnavailable)),
            watcher: Arc::new(|_| {}),
        }
    }

    /// The same machine, telling `watcher` of each point of no return as it is reached.
    #[cfg(any(test, feature = "testing"))]
    pub fn watched(self, watcher: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self { watcher: Arc::new(watcher), ..self }
    }

    /// A point around which a kill must leave the practice whole.
    #[cfg(any(test, feature = "testing"))]
    pub(super) fn reached(&self, point: &str) {
        (self.watcher)(point);
    }

    /// A point around which a kill must leave the practice whole; only tests look.
    #[cfg(not(any(test, feature = "testing")))]
    #[allow(clippy::unused_self, reason = "under test the machine tells who watches")]
    pub(super) fn reached(&self, _point: &str) {}

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Baton's own folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What a new passphrase costs here.
    pub(super) fn cost(&self) -> Result<Cost, VaultError> {
        self.cost.map_or_else(Cost::calibrate, Ok)
    }

    /// The system's keyring.
    pub(super) fn keyring(&self) -> Result<Arc<CredentialStore>, VaultError> {
        (self.keyring)()
    }

    /// The number of this computer in history: random, made once.
    pub(super) fn device(&self) -> Result<RecordId, VaultError> {
        const NAME: &str = "device-id";
        let path = self.folder.join(NAME);
        let known = std::fs::read_to_string(&path).ok().and_then(|text| text.trim().parse().ok());
        if let Some(device) = known {
            return Ok(device);
        }
        let device = RecordId::new();
        files::make_private_folder(&self.folder)?;
        files::replace(&path, device.to_string().as_bytes())?;
        Ok(device)
    }
}

impl std::fmt::Debug for Machine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Machine")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_computer_keeps_its_number() {
        let folder = tempfile::tempdir().expect("a folder");
        let machine = Machine::for_tests(&folder.path().join("config"), Clock::system(), None);
        assert_eq!(machine.device().expect("made"), machine.device().expect("kept"));
    }
}
