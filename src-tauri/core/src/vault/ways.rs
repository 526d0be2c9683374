//! The ways into the practice: which there are, when they were used, and the practice's rule about keyrings.

use serde::{Deserialize, Serialize};

use super::error::VaultError;
use super::keyring;
use super::machine::Machine;
use super::passphrase::Passphrase;
use super::people::{acting_owner, must_be_owner};
use super::rekey::unwrap;
use super::rows;
use super::slot::{Lock, Slot};
use super::unlocked::Unlocked;
use crate::foundation::id::{ProfileId, RecordId};
use crate::store::{Label, StoreError};

/// How somebody came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// By something typed.
    Passphrase,
    /// By this computer's keyring.
    Keyring,
    /// By the printed key.
    Recovery,
}

impl Way {
    /// As the file keeps it.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Passphrase => "passphrase",
            Self::Keyring => "keyring",
            Self::Recovery => "recovery",
        }
    }

    /// The way with this code.
    pub(super) fn from_code(code: &str) -> Self {
        match code {
            "keyring" => Self::Keyring,
            "recovery" => Self::Recovery,
            _ => Self::Passphrase,
        }
    }
}

/// When a profile last came in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct KeyUse {
    pub(super) profile: ProfileId,
    pub(super) way: Way,
    pub(super) at: i64,
}

/// What opens the practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum KeyKind {
    /// A passphrase somebody chose.
    Passphrase,
    /// A phrase that was handed over and not used yet.
    OneTime,
    /// A computer's keyring.
    Keyring,
    /// The printed recovery key.
    Recovery,
}

/// One way into the practice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Key {
    /// Which; none for the recovery key, of which there is one.
    pub id: Option<RecordId>,
    /// What it is.
    pub kind: KeyKind,
    /// Whose, by name; none for the recovery key.
    pub name: Option<String>,
    /// Whether it is of whoever is at the desk.
    pub yours: bool,
    /// When it was made, UTC milliseconds, if that is known.
    pub made_at: Option<f64>,
    /// When it last opened the practice, UTC milliseconds.
    pub used_at: Option<f64>,
}

/// The ways in, and the practice's rule about keyrings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct WaysIn {
    /// Everybody's for an owner, one's own otherwise.
    pub keys: Vec<Key>,
    /// Whether a computer's keyring may open the practice.
    pub keyring_allowed: bool,
    /// Whether it does for whoever is at the desk.
    pub keyring_on: bool,
    /// Whether whoever is at the desk may change other people's ways in.
    pub owner: bool,
}

/// What opens the practice.
///
/// # Errors
/// [`StoreError::Locked`]; those of the file.
pub fn ways_in(unlocked: &Unlocked) -> Result<WaysIn, VaultError> {
    let practice = unlocked.practice();
    let you = practice.actor().id;
    let owner = match must_be_owner(practice) {
        Ok(()) => true,
        Err(VaultError::OwnersOnly) => false,
        Err(other) => return Err(other),
    };
    let (slots, recovery_made) =
        unlocked.with_open(|open| Ok((open.document.slots.clone(), open.document.recovery.made_at)))?;
    let (people, uses, keyring_allowed) = practice.read(|conn| {
        Ok::<_, StoreError>((rows::people(conn)?, rows::key_uses(conn)?, rows::keyring_allowed(conn)?))
    })?;
    let used = |fits: &dyn Fn(&&KeyUse) -> bool| {
        uses.iter().filter(fits).map(|used| used.at).max().map(milliseconds)
    };
    let of_slot = |slot: &Slot| {
        let way = if slot.lock.is_typed() { Way::Passphrase } else { Way::Keyring };
        let last = used(&|used| used.profile == slot.user_id && used.way == way);
        let made_at = slot.made_at.map(milliseconds);
        Key {
            id: Some(slot.id),
            kind: match &slot.lock {
                Lock::Argon2id { .. } => KeyKind::Passphrase,
                Lock::OneTime { .. } => KeyKind::OneTime,
                Lock::Keyring => KeyKind::Keyring,
            },
            name: people.iter().find(|person| person.id == slot.user_id).map(|person| person.name.clone()),
            yours: slot.user_id == you,
            made_at,
            // A use before the key was made was one of the key before it.
            used_at: last.filter(|last| made_at.is_none_or(|made| made <= *last)),
        }
    };
    let mut keys: Vec<Key> = slots.iter().filter(|slot| owner || slot.user_id == you).map(of_slot).collect();
    keys.sort_by_key(|key| (!key.yours, key.name.clone()));
    if owner {
        keys.push(Key {
            id: None,
            kind: KeyKind::Recovery,
            name: None,
            yours: false,
            made_at: recovery_made.map(milliseconds),
            used_at: used(&|used| used.way == Way::Recovery),
        });
    }
    let keyring_on = slots.iter().any(|slot| slot.user_id == you && slot.lock == Lock::Keyring);
    Ok(WaysIn { keys, keyring_allowed, keyring_on, owner })
}

/// Takes a keyring's way in away, one's own or, for an owner, anybody's. A passphrase goes with its profile only.
///
/// # Errors
/// [`VaultError::OwnersOnly`], [`VaultError::WrongPassphrase`], [`VaultError::PassphraseStays`],
/// [`StoreError::Missing`]; those of the disk.
pub fn remove_key(
    machine: &Machine,
    unlocked: &Unlocked,
    passphrase: &Passphrase,
    id: RecordId,
) -> Result<(), VaultError> {
    let (vault, _) = unwrap(unlocked, passphrase)?;
    let practice = unlocked.practice();
    let slots = unlocked.with_open(|open| Ok(open.document.slots.clone()))?;
    let slot = slots.iter().find(|slot| slot.id == id).ok_or(StoreError::Missing)?;
    if slot.user_id != practice.actor().id {
        must_be_owner(practice)?;
    }
    if slot.lock.is_typed() {
        return Err(VaultError::PassphraseStays);
    }
    unlocked.with_open(|open| {
        open.change(unlocked.place(), |document| document.slots.retain(|other| other.id != id))
    })?;
    let people = practice.read(rows::people)?;
    let whose = people.iter().find(|person| person.id == slot.user_id);
    practice.store().note(practice.actor(), "key_remove", whose.map_or("", |person| person.name.as_str()))?;
    // Without its slot the keyring's entry opens nothing; a keyring that is away may keep it.
    let _ = machine.keyring().and_then(|store| keyring::forget(&*store, vault, slot.user_id));
    Ok(())
}

/// Lets keyrings unlock or forbids it for the whole practice; forbidding takes away those that do. `passphrase` is the
/// owner's own.
///
/// # Errors
/// [`VaultError::OwnersOnly`], [`VaultError::WrongPassphrase`]; those of the file and the disk.
pub fn allow_keyring(unlocked: &Unlocked, passphrase: &Passphrase, allowed: bool) -> Result<(), VaultError> {
    acting_owner(unlocked, passphrase)?;
    let action = if allowed { "key_keyring_allow" } else { "key_keyring_forbid" };
    unlocked.practice().write(Label::hand(action, ""), |tx| rows::allow_keyring(tx, allowed))?;
    unlocked.mirror()
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds stay far below 2^53")]
fn milliseconds(at: i64) -> f64 {
    at as f64
}
