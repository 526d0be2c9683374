//! The system's keyring, where a random key that unlocks for one profile may be kept (opt-in).

use std::sync::Arc;

use keyring_core::CredentialStore;

use super::error::VaultError;

/// The keyring of this system.
pub(super) fn system_store() -> Result<Arc<CredentialStore>, VaultError> {
    #[cfg(target_os = "linux")]
    let store = zbus_secret_service_keyring_store::Store::new();
    #[cfg(target_os = "macos")]
    let store = apple_native_keyring_store::keychain::Store::new();
    #[cfg(windows)]
    let store = windows_native_keyring_store::Store::new();
    store.map(|store| store as Arc<CredentialStore>).map_err(|_| VaultError::KeyringUnavailable)
}
