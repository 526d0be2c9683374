//! The master key and what is derived from it, one key for each purpose.

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::error::VaultError;
use super::hex;
use crate::foundation::id::RecordId;
use crate::store::{ChainKey, DbKey};

/// What stands before the master key in the recovery text.
const MASTER: &str = "master ";

/// 32 random bytes from which every key of a practice follows. Never stored unwrapped, never copied, never shown.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(super) struct MasterKey([u8; 32]);

impl MasterKey {
    /// A new one.
    pub(super) fn make() -> Result<Self, VaultError> {
        let mut key = Self([0; 32]);
        getrandom::fill(&mut key.0)?;
        Ok(key)
    }

    /// Takes an unwrapped key over.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut key = Self([0; 32]);
        if bytes.len() != key.0.len() {
            return None;
        }
        key.0.copy_from_slice(bytes);
        Some(key)
    }

    pub(super) fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// HKDF-SHA256 (RFC 5869), info "baton/v1/<use>/<vault id>".
    fn derive(&self, purpose: &str, vault: RecordId) -> Zeroizing<[u8; 32]> {
        let mut out = Zeroizing::new([0; 32]);
        let info = format!("baton/v1/{purpose}/{vault}");
        Hkdf::<Sha256>::new(None, &self.0)
            .expand(info.as_bytes(), out.as_mut_slice())
            .unwrap_or_else(|_| unreachable!("32 bytes are a valid length for SHA-256"));
        out
    }

    /// The key of the database.
    pub(super) fn derive_db_key(&self, vault: RecordId) -> DbKey {
        DbKey::new(*self.derive("database", vault))
    }

    /// The key of the history chain.
    pub(super) fn derive_chain_key(&self, vault: RecordId) -> ChainKey {
        ChainKey::new(*self.derive("history", vault))
    }

    /// The key under which the root of the history's key is sealed once the practice's key was changed.
    pub(super) fn derive_root_key(&self, vault: RecordId) -> Zeroizing<[u8; 32]> {
        self.derive("root", vault)
    }

    /// What the recovery key opens: enough to read the practice without Baton, by the stock `age` and `sqlcipher` tools.
    pub(super) fn recovery_text(&self, vault: RecordId) -> Zeroizing<String> {
        let (master, database) =
            (hex::encode(&self.0), hex::encode(self.derive("database", vault).as_slice()));
        let parts = [
            "Baton recovery 1\nvault ",
            &vault.to_string(),
            "\n",
            MASTER,
            &master,
            "\ndatabase x'",
            &database,
            "'\n",
        ];
        let mut text = Zeroizing::new(String::with_capacity(300));
        parts.iter().for_each(|part| text.push_str(part));
        text
    }

    /// Reads [`Self::recovery_text`].
    pub(super) fn from_recovery_text(text: &str) -> Option<Self> {
        let digits = text.lines().find_map(|line| line.strip_prefix(MASTER))?;
        Self::from_bytes(&hex::decode(digits)?)
    }

    /// The key that authenticates `vault.json`.
    pub(super) fn derive_document_key(&self, vault: RecordId) -> DocumentKey {
        DocumentKey(*self.derive("document", vault))
    }
}

/// Authenticates `vault.json`.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(super) struct DocumentKey(pub(super) [u8; 32]);

/// `N` random bytes that need no secrecy: salts, nonces, ids.
pub(super) fn random<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sub_keys_are_frozen_and_differ_by_purpose_and_vault() {
        let master = MasterKey::from_bytes(&[7; 32]).expect("32 bytes");
        let vault = RecordId::from_bytes([1; 16]);
        let other = RecordId::from_bytes([2; 16]);
        let database = master.derive("database", vault);
        assert_eq!(
            hex::encode(database.as_slice()).as_str(),
            include_str!("vectors/database_key.txt").trim()
        );
        assert_ne!(database, master.derive("history", vault));
        assert_ne!(database, master.derive("database", other));
    }

    #[test]
    fn a_master_key_has_exactly_32_bytes_and_is_never_twice_the_same() {
        assert!(MasterKey::from_bytes(&[0; 31]).is_none());
        assert_ne!(MasterKey::make().expect("random").0, MasterKey::make().expect("random").0);
    }
}
