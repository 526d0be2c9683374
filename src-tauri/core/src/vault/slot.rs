//! One way to unlock: the master key wrapped by a key from a passphrase or the keyring.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::error::VaultError;
use super::hex::Hex;
use super::kdf::{self, Cost};
use super::passphrase::Passphrase;
use super::secrets::{MasterKey, random};
use crate::foundation::id::{ProfileId, RecordId};

/// Version of what a slot authenticates.
const FORMAT: u32 = 1;

/// A wrapped master key in `vault.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Slot {
    pub(super) id: RecordId,
    pub(super) user_id: ProfileId,
    /// When it was made, UTC milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) made_at: Option<i64>,
    #[serde(flatten)]
    pub(super) lock: Lock,
    nonce: Hex,
    ct: Hex,
}

/// What opens a slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Lock {
    /// A passphrase, by Argon2id.
    Argon2id {
        salt: Hex,
        #[serde(flatten)]
        cost: Cost,
    },
    /// A phrase handed over by an owner: it opens once, and only to be replaced by a passphrase.
    OneTime {
        salt: Hex,
        #[serde(flatten)]
        cost: Cost,
    },
    /// A random key kept by the system's keyring.
    Keyring,
}

impl Lock {
    /// Whether somebody types what opens it.
    pub(super) fn is_typed(&self) -> bool {
        self.cost().is_some()
    }

    /// What a guess costs, if somebody types what opens it.
    pub(super) fn cost(&self) -> Option<Cost> {
        match self {
            Self::Argon2id { cost, .. } | Self::OneTime { cost, .. } => Some(*cost),
            Self::Keyring => None,
        }
    }

    /// Whether it opens once only.
    pub(super) fn is_one_time(&self) -> bool {
        matches!(self, Self::OneTime { .. })
    }
}

impl Slot {
    /// Wraps the master key for a passphrase.
    pub(super) fn seal_for_passphrase(
        master: &MasterKey,
        vault: RecordId,
        user: ProfileId,
        passphrase: &Passphrase,
        cost: Cost,
    ) -> Result<Self, VaultError> {
        let salt = random::<16>()?;
        let wrapping = kdf::derive(passphrase, &salt, cost)?;
        let lock = Lock::Argon2id { salt: Hex(salt.to_vec()), cost };
        Self::seal(master, vault, RecordId::new(), user, lock, random()?, &wrapping)
    }

    /// Wraps the master key for a phrase that must be replaced when it is first used.
    pub(super) fn seal_one_time(
        master: &MasterKey,
        vault: RecordId,
        user: ProfileId,
        phrase: &Passphrase,
        cost: Cost,
    ) -> Result<Self, VaultError> {
        let salt = random::<16>()?;
        let wrapping = kdf::derive(phrase, &salt, cost)?;
        let lock = Lock::OneTime { salt: Hex(salt.to_vec()), cost };
        Self::seal(master, vault, RecordId::new(), user, lock, random()?, &wrapping)
    }

    /// The same, with the moment it was made.
    pub(super) fn made(mut self, at: i64) -> Self {
        self.made_at = Some(at);
        self
    }

    /// Wraps the master key for a random key that the keyring will hold.
    pub(super) fn seal_for_keyring(
        master: &MasterKey,
        vault: RecordId,
        user: ProfileId,
        key: &[u8; 32],
    ) -> Result<Self, VaultError> {
        Self::seal(master, vault, RecordId::new(), user, Lock::Keyring, random()?, key)
    }

    fn seal(
        master: &MasterKey,
        vault: RecordId,
        id: RecordId,
        user_id: ProfileId,
        lock: Lock,
        nonce: [u8; 24],
        wrapping: &[u8; 32],
    ) -> Result<Self, VaultError> {
        let mut slot =
            Self { id, user_id, made_at: None, lock, nonce: Hex(nonce.to_vec()), ct: Hex::default() };
        let aad = slot.authenticated(vault);
        let sealed = XChaCha20Poly1305::new(wrapping.into())
            .encrypt(&XNonce::from(nonce), Payload { msg: master.expose(), aad: &aad })
            .map_err(|_| VaultError::NotEnoughMemory)?;
        slot.ct = Hex(sealed);
        Ok(slot)
    }

    /// Unwraps with a passphrase.
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`]; [`VaultError::VaultFileChanged`] for costs out of bounds.
    pub(super) fn open_with_passphrase(
        &self,
        vault: RecordId,
        passphrase: &Passphrase,
    ) -> Result<MasterKey, VaultError> {
        let (Lock::Argon2id { salt, cost } | Lock::OneTime { salt, cost }) = &self.lock else {
            return Err(VaultError::NoSuchProfile);
        };
        let salt = salt.exact::<16>().ok_or(VaultError::VaultFileChanged)?;
        let wrapping = kdf::derive(passphrase, &salt, *cost)?;
        self.open(vault, &wrapping)?.ok_or(VaultError::WrongPassphrase)
    }

    /// Unwraps with the keyring's key; `None` if it does not fit.
    pub(super) fn open_with_key(
        &self,
        vault: RecordId,
        key: &[u8; 32],
    ) -> Result<Option<MasterKey>, VaultError> {
        self.open(vault, key)
    }

    fn open(&self, vault: RecordId, wrapping: &[u8; 32]) -> Result<Option<MasterKey>, VaultError> {
        let nonce = self.nonce.exact::<24>().ok_or(VaultError::VaultFileChanged)?;
        let aad = self.authenticated(vault);
        let opened = XChaCha20Poly1305::new(wrapping.into())
            .decrypt(&XNonce::from(nonce), Payload { msg: &self.ct.0, aad: &aad });
        match opened.map(Zeroizing::new) {
            Ok(bytes) => MasterKey::from_bytes(&bytes).map(Some).ok_or(VaultError::VaultFileChanged),
            Err(_) => Ok(None),
        }
    }

    /// What the wrap authenticates beside the key: format, vault, slot, user and parameters, so that none can be swapped.
    fn authenticated(&self, vault: RecordId) -> Vec<u8> {
        let mut out = b"baton slot".to_vec();
        out.extend(FORMAT.to_le_bytes());
        out.extend(vault.bytes());
        out.extend(self.id.bytes());
        out.extend(self.user_id.0.bytes());
        match &self.lock {
            Lock::Argon2id { salt, cost } | Lock::OneTime { salt, cost } => {
                out.push(if self.lock.is_one_time() { 3 } else { 1 });
                out.extend((salt.0.len() as u64).to_le_bytes());
                out.extend(&salt.0);
                for value in [cost.m, cost.t, cost.p] {
                    out.extend(value.to_le_bytes());
                }
            }
            Lock::Keyring => out.push(2),
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VAULT: [u8; 16] = [1; 16];

    fn passphrase() -> Passphrase {
        Passphrase::new("lantern orbit velvet canyon maple").expect("fits")
    }

    fn frozen() -> Slot {
        let master = MasterKey::from_bytes(&[7; 32]).expect("32 bytes");
        let lock = Lock::Argon2id { salt: Hex(vec![3; 16]), cost: Cost::FLOOR };
        let wrapping = kdf::derive(&passphrase(), &[3; 16], Cost::FLOOR).expect("derived");
        let user = ProfileId(RecordId::from_bytes([4; 16]));
        Slot::seal(
            &master,
            RecordId::from_bytes(VAULT),
            RecordId::from_bytes([2; 16]),
            user,
            lock,
            [5; 24],
            &wrapping,
        )
        .expect("sealed")
    }

    #[test]
    fn the_written_form_is_frozen() {
        let written = serde_json::to_string_pretty(&frozen()).expect("json");
        assert_eq!(written, include_str!("vectors/slot.json").trim());
        let read: Slot = serde_json::from_str(include_str!("vectors/slot.json")).expect("a slot");
        let master = read.open_with_passphrase(RecordId::from_bytes(VAULT), &passphrase()).expect("opens");
        assert_eq!(master.expose(), &[7; 32]);
    }

    #[test]
    fn nothing_a_slot_says_can_be_swapped() {
        let vault = RecordId::from_bytes(VAULT);
        type Change = fn(&mut Slot);
        let changes: [(&str, Change); 6] = [
            ("slot id", |slot| slot.id = RecordId::from_bytes([9; 16])),
            ("user", |slot| slot.user_id = ProfileId(RecordId::from_bytes([9; 16]))),
            ("passes", |slot| {
                slot.lock = Lock::Argon2id { salt: Hex(vec![3; 16]), cost: Cost { t: 3, ..Cost::FLOOR } }
            }),
            ("salt", |slot| slot.lock = Lock::Argon2id { salt: Hex(vec![4; 16]), cost: Cost::FLOOR }),
            ("nonce", |slot| slot.nonce.0[0] ^= 1),
            ("ciphertext", |slot| slot.ct.0[0] ^= 1),
        ];
        for (what, change) in changes {
            let mut slot = frozen();
            change(&mut slot);
            assert!(
                matches!(slot.open_with_passphrase(vault, &passphrase()), Err(VaultError::WrongPassphrase)),
                "{what}"
            );
        }
        let other = RecordId::from_bytes([8; 16]);
        assert!(
            matches!(frozen().open_with_passphrase(other, &passphrase()), Err(VaultError::WrongPassphrase)),
            "vault"
        );
    }

    #[test]
    fn a_one_time_slot_opens_with_its_phrase_and_never_passes_for_a_passphrase() {
        let master = MasterKey::make().expect("random");
        let vault = RecordId::from_bytes(VAULT);
        let slot = Slot::seal_one_time(&master, vault, ProfileId::new(), &passphrase(), Cost::FLOOR)
            .expect("sealed")
            .made(7);
        assert!(slot.lock.is_one_time());
        assert_eq!(slot.open_with_passphrase(vault, &passphrase()).expect("opens").expose(), master.expose());
        let text = serde_json::to_string(&slot).expect("json");
        assert_eq!(serde_json::from_str::<Slot>(&text).expect("read"), slot);
        let lasting: Slot = serde_json::from_str(&text.replace("onetime", "argon2id")).expect("read");
        assert!(matches!(
            lasting.open_with_passphrase(vault, &passphrase()),
            Err(VaultError::WrongPassphrase)
        ));
    }

    #[test]
    fn a_keyring_slot_opens_with_its_key_only() {
        let master = MasterKey::make().expect("random");
        let vault = RecordId::from_bytes(VAULT);
        let slot = Slot::seal_for_keyring(&master, vault, ProfileId::new(), &[6; 32]).expect("sealed");
        assert!(slot.open_with_key(vault, &[6; 32]).expect("read").is_some());
        assert!(slot.open_with_key(vault, &[5; 32]).expect("read").is_none());
        let text = serde_json::to_string(&slot).expect("json");
        assert_eq!(serde_json::from_str::<Slot>(&text).expect("read"), slot);
    }
}
