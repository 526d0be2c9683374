//! The root of the key history is chained with, carried over when the practice's key is changed.
//!
//! The first master key of a practice is the root. Changing the practice's key must not rewrite history, so the root
//! stays: sealed under the new master key, in `vault.json`. Whoever left and knew it can still not write: that takes
//! the new key of the database.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::error::VaultError;
use super::hex::Hex;
use super::secrets::{MasterKey, random};
use crate::foundation::id::RecordId;

/// The sealed root.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Root {
    nonce: Hex,
    ct: Hex,
}

impl Root {
    /// Seals the root under a master key.
    pub(super) fn seal(root: &MasterKey, under: &MasterKey, vault: RecordId) -> Result<Self, VaultError> {
        let nonce = random::<24>()?;
        let sealed = cipher(under, vault)
            .encrypt(&XNonce::from(nonce), Payload { msg: root.expose(), aad: &authenticated(vault) })
            .map_err(|_| VaultError::NotEnoughMemory)?;
        Ok(Self { nonce: Hex(nonce.to_vec()), ct: Hex(sealed) })
    }

    /// Opens it with the master key it was sealed under.
    pub(super) fn open(&self, under: &MasterKey, vault: RecordId) -> Result<MasterKey, VaultError> {
        let nonce = self.nonce.exact::<24>().ok_or(VaultError::VaultFileChanged)?;
        let opened = cipher(under, vault)
            .decrypt(&XNonce::from(nonce), Payload { msg: &self.ct.0, aad: &authenticated(vault) })
            .map(Zeroizing::new)
            .map_err(|_| VaultError::VaultFileChanged)?;
        MasterKey::from_bytes(&opened).ok_or(VaultError::VaultFileChanged)
    }
}

fn cipher(under: &MasterKey, vault: RecordId) -> XChaCha20Poly1305 {
    let key = under.derive_root_key(vault);
    XChaCha20Poly1305::new((&*key).into())
}

fn authenticated(vault: RecordId) -> Vec<u8> {
    [b"baton root".as_slice(), vault.bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_opens_under_the_key_it_was_sealed_with_and_for_its_practice_only() {
        let (root, master, other) = (
            MasterKey::make().expect("random"),
            MasterKey::make().expect("random"),
            MasterKey::make().expect("random"),
        );
        let vault = RecordId::new();
        let sealed = Root::seal(&root, &master, vault).expect("sealed");
        assert_eq!(sealed.open(&master, vault).expect("opens").expose(), root.expose());
        assert!(matches!(sealed.open(&other, vault), Err(VaultError::VaultFileChanged)));
        assert!(matches!(sealed.open(&master, RecordId::new()), Err(VaultError::VaultFileChanged)));
    }
}
