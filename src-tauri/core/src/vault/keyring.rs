//! The system's keyring, where a random key that unlocks for one profile may be kept (opt-in).
//!
//! It holds a wrapping key as hexadecimal text (some keyrings take text only), never the master key or a passphrase.

use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

use super::error::VaultError;
use super::hex;
use crate::foundation::id::{ProfileId, RecordId};

/// What the keyring lists the entry under.
const SERVICE: &str = "Baton";

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

/// Keeps the wrapping key of a profile.
pub(super) fn keep(
    store: &CredentialStore,
    vault: RecordId,
    profile: ProfileId,
    key: &[u8; 32],
) -> Result<(), VaultError> {
    entry(store, vault, profile)?.set_password(&hex::encode(key)).map_err(|_| VaultError::KeyringUnavailable)
}

/// The wrapping key of a profile.
pub(super) fn find(
    store: &CredentialStore,
    vault: RecordId,
    profile: ProfileId,
) -> Result<Zeroizing<[u8; 32]>, VaultError> {
    let text = match entry(store, vault, profile)?.get_password() {
        Ok(text) => Zeroizing::new(text),
        Err(Error::PlatformFailure(_) | Error::NoStorageAccess(_)) => {
            return Err(VaultError::KeyringUnavailable);
        }
        Err(_) => return Err(VaultError::KeyringEntryMissing),
    };
    hex::decode_exact(&text).map(Zeroizing::new).ok_or(VaultError::KeyringEntryMissing)
}

/// Removes the wrapping key of a profile.
pub(super) fn forget(store: &CredentialStore, vault: RecordId, profile: ProfileId) -> Result<(), VaultError> {
    match entry(store, vault, profile)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(_) => Err(VaultError::KeyringUnavailable),
    }
}

fn entry(store: &CredentialStore, vault: RecordId, profile: ProfileId) -> Result<Entry, VaultError> {
    // By default Windows lets an entry travel with the domain profile; this key is for this computer alone.
    let modifiers = cfg!(windows).then(|| HashMap::from([("persistence", "local")]));
    store
        .build(SERVICE, &format!("{vault}/{profile}"), modifiers.as_ref())
        .map_err(|_| VaultError::KeyringUnavailable)
}
