//! `vault.json`: what is known about a practice before it is unlocked, and the wrapped keys. No secrets.
//!
//! Two generations stand on the disk. A checksum tells damage from a wrong passphrase before anything is derived; a
//! MAC under a key of the practice, checked once unlocked, tells a change by anybody else.

use std::path::Path;

use chrono::NaiveDate;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::error::VaultError;
use super::files;
use super::folder::Folder;
use super::hex::Hex;
use super::kdf::Cost;
use super::people::PersonRow;
use super::root::Root;
use super::secrets::{DocumentKey, MasterKey};
use super::slot::{Lock, Slot};
use crate::foundation::id::{ProfileId, RecordId};
use crate::store::{ChainKey, Head};

/// The format this Baton writes and the newest it reads.
pub(super) const FORMAT: u32 = 1;
/// More bytes than this are not read.
const LARGEST: u64 = 1024 * 1024;
/// More slots than this are not looked at.
const MOST_SLOTS: usize = 1000;

/// The body, in the order it is authenticated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Document {
    pub(super) format: u32,
    pub(super) vault_id: RecordId,
    pub(super) generation: u32,
    /// yyyy-mm-dd, in the practice's time zone.
    pub(super) created: String,
    pub(super) schema_min_app: String,
    pub(super) cipher: Cipher,
    /// What the lock screen calls the practice.
    pub(super) name: String,
    pub(super) profiles: Vec<Profile>,
    pub(super) slots: Vec<Slot>,
    pub(super) recovery: Recovery,
    pub(super) db_head: KnownHead,
    /// An entry that was acknowledged not to verify before the log kept such things.
    pub(super) known_break: Option<u32>,
    /// The root of the history's key, once the practice's key was changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) root: Option<Root>,
}

/// How the database is encrypted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cipher {
    pub(super) version: u32,
    pub(super) page_size: u32,
}

/// A member of staff as the lock screen lists them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Profile {
    pub(super) id: ProfileId,
    pub(super) name: String,
    pub(super) initials: String,
}

/// The way in by the printed key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Recovery {
    /// The public key, `age1…`.
    pub(super) public: String,
    /// The master key encrypted to it, an age file.
    pub(super) sealed: Hex,
    /// When it was made, UTC milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) made_at: Option<i64>,
}

/// The newest history entry known outside the database.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KnownHead {
    pub(super) seq: u32,
    pub(super) hmac: Hex,
}

impl From<&Head> for KnownHead {
    fn from(head: &Head) -> Self {
        Self { seq: u32::try_from(head.seq).unwrap_or(u32::MAX), hmac: Hex(head.hash.clone()) }
    }
}

impl From<&KnownHead> for Head {
    fn from(known: &KnownHead) -> Self {
        Self { seq: i64::from(known.seq), hash: known.hmac.0.clone() }
    }
}

/// Reads what may be a `vault.json`, for tests.
///
/// # Errors
/// What is wrong with it.
#[cfg(any(test, feature = "testing"))]
pub fn reads(bytes: &[u8]) -> Result<(), VaultError> {
    Document::from_bytes(bytes).map(drop)
}

/// As it stands on the disk.
#[derive(Serialize, Deserialize)]
struct Written {
    #[serde(flatten)]
    body: Document,
    checksum: Hex,
    mac: Hex,
}

/// Only what tells whether the rest can be understood.
#[derive(Deserialize)]
struct Versioned {
    format: u32,
}

/// A document as read, with the MAC still to be checked.
#[derive(Debug)]
pub(super) struct Unchecked {
    pub(super) body: Document,
    mac: Hex,
    /// Whether it is the copy that was read.
    pub(super) is_copy: bool,
}

impl Document {
    /// The bytes the checksum and the MAC cover.
    fn canonical(&self) -> Result<Vec<u8>, VaultError> {
        serde_json::to_vec(self).map_err(|_| VaultError::VaultFileDamaged)
    }

    fn mac(&self, key: &DocumentKey) -> Result<Hmac<Sha256>, VaultError> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&key.0)
            .unwrap_or_else(|_| unreachable!("HMAC takes any key length"));
        mac.update(&self.canonical()?);
        Ok(mac)
    }

    pub(super) fn to_bytes(&self, key: &DocumentKey) -> Result<Vec<u8>, VaultError> {
        let written = Written {
            checksum: Hex(Sha256::digest(self.canonical()?).to_vec()),
            mac: Hex(self.mac(key)?.finalize().into_bytes().to_vec()),
            body: self.clone(),
        };
        let mut bytes = serde_json::to_vec_pretty(&written).map_err(|_| VaultError::VaultFileDamaged)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    fn from_bytes(bytes: &[u8]) -> Result<Unchecked, VaultError> {
        let versioned: Versioned = serde_json::from_slice(bytes).map_err(|_| VaultError::VaultFileDamaged)?;
        if versioned.format > FORMAT {
            return Err(VaultError::Newer);
        }
        let Written { body, checksum, mac } =
            serde_json::from_slice(bytes).map_err(|_| VaultError::VaultFileDamaged)?;
        if body.format != FORMAT
            || body.slots.len() > MOST_SLOTS
            || checksum.0 != Sha256::digest(body.canonical()?).as_slice()
        {
            return Err(VaultError::VaultFileDamaged);
        }
        let sane = body.slots.iter().all(|slot| slot.lock.cost().is_none_or(Cost::is_sane));
        if sane { Ok(Unchecked { body, mac, is_copy: false }) } else { Err(VaultError::VaultFileChanged) }
    }

    /// The generations that can be read, the newest first.
    ///
    /// # Errors
    /// What is wrong with the newest if none can be read; [`VaultError::Newer`] always.
    pub(super) fn read_all(folder: &Folder) -> Result<Vec<Unchecked>, VaultError> {
        let mut readable = Vec::new();
        let mut first_failure = None;
        for (path, is_copy) in [(folder.vault_file(), false), (folder.vault_copy(), true)] {
            let read = match files::read_capped(&path, LARGEST) {
                Ok(Some(bytes)) => Self::from_bytes(&bytes),
                Ok(None) => Err(VaultError::VaultFileDamaged),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    Err(VaultError::VaultFileMissing)
                }
                Err(error) => Err(VaultError::disk("vault.json")(error)),
            };
            match read {
                Ok(document) => readable.push(Unchecked { is_copy, ..document }),
                Err(VaultError::Newer) => return Err(VaultError::Newer),
                Err(failure) => first_failure = first_failure.or(Some(failure)),
            }
        }
        match first_failure {
            Some(failure) if readable.is_empty() => Err(failure),
            _ => Ok(readable),
        }
    }

    /// The `vault.json` in a folder nobody works in: a backup.
    ///
    /// # Errors
    /// [`VaultError::NotABackup`], [`VaultError::VaultFileDamaged`], [`VaultError::VaultFileChanged`], [`VaultError::Newer`].
    pub(super) fn read_one(path: &Path) -> Result<Unchecked, VaultError> {
        match files::read_capped(path, LARGEST) {
            Ok(Some(bytes)) => Self::from_bytes(&bytes),
            Ok(None) => Err(VaultError::VaultFileDamaged),
            Err(_) => Err(VaultError::NotABackup),
        }
    }

    /// Writes the next generation and keeps the one before.
    pub(super) fn save(&mut self, folder: &Folder, key: &DocumentKey) -> Result<(), VaultError> {
        self.generation += 1;
        let path = folder.vault_file();
        match files::read_capped(&path, LARGEST) {
            Ok(Some(before)) if Self::from_bytes(&before).is_ok() => {
                files::replace(&folder.vault_copy(), &before)?
            }
            _ => {}
        }
        files::replace(&path, &self.to_bytes(key)?)
    }

    /// Writes the next generation as both: what the one before could open must not open the practice any more.
    pub(super) fn save_both(&mut self, folder: &Folder, key: &DocumentKey) -> Result<(), VaultError> {
        self.save(folder, key)?;
        files::replace(&folder.vault_copy(), &self.to_bytes(key)?)?;
        files::replace(&folder.recovery_file(), &self.recovery.sealed.0)
    }

    /// The slot a profile opens with its passphrase.
    pub(super) fn passphrase_slot(&self, user: ProfileId) -> Result<&Slot, VaultError> {
        let found = self.slots.iter().find(|slot| slot.user_id == user && slot.lock.is_typed());
        found.ok_or(VaultError::NoSuchProfile)
    }

    /// The slot this computer's keyring opens for a profile.
    pub(super) fn keyring_slot(&self, user: ProfileId) -> Result<&Slot, VaultError> {
        let found = self.slots.iter().find(|slot| slot.user_id == user && slot.lock == Lock::Keyring);
        found.ok_or(VaultError::KeyringEntryMissing)
    }

    /// Puts a slot in the place of the profile's slot of the same kind.
    pub(super) fn put_slot(&mut self, slot: Slot) {
        let typed = slot.lock.is_typed();
        self.slots.retain(|other| other.user_id != slot.user_id || other.lock.is_typed() != typed);
        self.slots.push(slot);
    }

    /// Takes every way in of a profile away.
    pub(super) fn drop_slots(&mut self, user: ProfileId) {
        self.slots.retain(|slot| slot.user_id != user);
    }

    /// The key history is chained with: it stays when the practice's key is changed.
    pub(super) fn chain_key(&self, master: &MasterKey) -> Result<ChainKey, VaultError> {
        Ok(match &self.root {
            None => master.derive_chain_key(self.vault_id),
            Some(root) => root.open(master, self.vault_id)?.derive_chain_key(self.vault_id),
        })
    }

    /// Says what the database says: whom the lock screen lists, and no way in for anybody who is not among them.
    /// Returns whether a way in was taken away.
    pub(super) fn reconcile(
        &mut self,
        name: String,
        people: &[PersonRow],
        keyring_allowed: bool,
        today: NaiveDate,
    ) -> bool {
        let inside: Vec<&PersonRow> = people.iter().filter(|person| !person.has_ended(today)).collect();
        self.name = name;
        self.profiles = inside
            .iter()
            .map(|p| Profile { id: p.id, name: p.name.clone(), initials: p.initials.clone() })
            .collect();
        let before = self.slots.len();
        self.slots.retain(|slot| {
            inside.iter().any(|person| person.id == slot.user_id)
                && (keyring_allowed || slot.lock != Lock::Keyring)
        });
        self.slots.len() < before
    }

    /// Whether the copy and the recovery file open by the same keys. They may not after a kill between two files.
    pub(super) fn fits_beside(&self, folder: &Folder) -> bool {
        let read = |path: std::path::PathBuf| files::read_capped(&path, LARGEST).ok().flatten();
        let copy = read(folder.vault_copy()).and_then(|bytes| Self::from_bytes(&bytes).ok());
        copy.is_some_and(|copy| {
            copy.body.slots == self.slots
                && copy.body.recovery == self.recovery
                && copy.body.root == self.root
        }) && read(folder.recovery_file()).is_some_and(|sealed| sealed == self.recovery.sealed.0)
    }
}

impl Unchecked {
    /// The document, once the key of the practice says it is as Baton wrote it.
    pub(super) fn checked(self, key: &DocumentKey) -> Result<Document, VaultError> {
        self.body.mac(key)?.verify_slice(&self.mac.0).map_err(|_| VaultError::VaultFileChanged)?;
        Ok(self.body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        Document {
            format: FORMAT,
            vault_id: RecordId::from_bytes([1; 16]),
            generation: 0,
            created: "2026-11-02".into(),
            schema_min_app: "0.1.0".into(),
            cipher: Cipher { version: 4, page_size: 4096 },
            name: "Harborview Orthopedics".into(),
            profiles: vec![Profile {
                id: ProfileId(RecordId::from_bytes([4; 16])),
                name: "Maren Okafor".into(),
                initials: "MO".into(),
            }],
            slots: Vec::new(),
            recovery: Recovery { public: "age1…".into(), sealed: Hex(vec![1, 2]), made_at: None },
            db_head: KnownHead { seq: 3, hmac: Hex(vec![9; 32]) },
            known_break: None,
            root: None,
        }
    }

    fn key() -> DocumentKey {
        DocumentKey([5; 32])
    }

    #[test]
    fn the_written_form_is_frozen() {
        let written = String::from_utf8(document().to_bytes(&key()).expect("written")).expect("text");
        assert_eq!(written, include_str!("vectors/vault.json"));
    }

    #[test]
    fn a_changed_document_is_told_from_a_damaged_one() {
        let bytes = document().to_bytes(&key()).expect("written");
        let text = String::from_utf8(bytes.clone()).expect("text");
        assert!(Document::from_bytes(&bytes).expect("read").checked(&key()).is_ok());
        let damaged = text.replace("Harborview", "Harborwiew");
        assert!(matches!(Document::from_bytes(damaged.as_bytes()), Err(VaultError::VaultFileDamaged)));
        let forged = document().to_bytes(&DocumentKey([6; 32])).expect("written");
        assert!(matches!(
            Document::from_bytes(&forged).expect("read").checked(&key()),
            Err(VaultError::VaultFileChanged)
        ));
    }

    #[test]
    fn every_truncation_is_a_named_error() {
        let bytes = document().to_bytes(&key()).expect("written");
        for length in 0..bytes.len() - 2 {
            assert!(
                matches!(Document::from_bytes(&bytes[..length]), Err(VaultError::VaultFileDamaged)),
                "{length} bytes"
            );
        }
    }

    #[test]
    fn a_newer_format_is_refused_whatever_else_it_says() {
        assert!(matches!(Document::from_bytes(br#"{"format": 2, "wrapped": {}}"#), Err(VaultError::Newer)));
        assert!(matches!(Document::from_bytes(br#"{"format": 0}"#), Err(VaultError::VaultFileDamaged)));
    }
}
