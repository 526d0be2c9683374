//! Changing the practice's key after somebody left who may have kept it.
//!
//! Everything is encrypted under a new master key in a copy, which then takes the place of the file. Only the owner
//! who does it keeps their passphrase; everybody else is handed a one-time phrase, because nobody knows theirs. The
//! recovery key is new; keyrings are dropped. History keeps its chain: its root is carried over. Copies made before
//! stay as they are and open with what opened them then.

use std::path::Path;

use super::document::{Document, KnownHead, Recovery};
use super::error::VaultError;
use super::files;
use super::keyring;
use super::machine::Machine;
use super::passphrase::Passphrase;
use super::people::{Handed, acting_owner, must_be_owner, one_time};
use super::recovery::RecoveryKey;
use super::root::Root;
use super::rows;
use super::secrets::MasterKey;
use super::slot::Slot;
use super::staging::Staging;
use super::swap;
use super::unlocked::{Open, Unlocked};
use crate::foundation::id::RecordId;
use crate::practice::Practice;
use crate::store::{Head, Opening, Store, StoreError, Unwritten};

/// A new key, ready to take over. Nothing is changed yet: its recovery key is printed and typed back first.
pub struct Rotation {
    vault: RecordId,
    /// The owner's way in at that moment.
    replaces: RecordId,
    present: MasterKey,
    next: MasterKey,
    own: Slot,
    key: RecoveryKey,
    recovery: Recovery,
}

impl Rotation {
    /// The recovery key that counts once the practice's key is changed.
    pub fn recovery_key(&self) -> &RecoveryKey {
        &self.key
    }
}

impl std::fmt::Debug for Rotation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rotation")
    }
}

/// The practice under its new key.
#[derive(Debug)]
pub struct Rotated {
    /// The practice, open. The value it was opened with before is locked.
    pub unlocked: Unlocked,
    /// What to hand to everybody else.
    pub handed: Vec<Handed>,
}

/// Makes a new key. `passphrase` is the owner's own and stays theirs.
///
/// # Errors
/// [`VaultError::OwnersOnly`], [`VaultError::WrongPassphrase`], [`VaultError::NoRandomness`].
pub fn prepare_rotation(
    machine: &Machine,
    unlocked: &Unlocked,
    passphrase: &Passphrase,
) -> Result<Rotation, VaultError> {
    let (vault, present) = acting_owner(unlocked, passphrase)?;
    let next = MasterKey::make()?;
    let now = machine.clock().now_ms();
    let actor = unlocked.practice().actor().id;
    let replaces = unlocked.with_open(|open| Ok(open.document.passphrase_slot(actor)?.id))?;
    let own = Slot::seal_for_passphrase(&next, vault, actor, passphrase, machine.cost()?)?.made(now);
    let (key, mut recovery) = RecoveryKey::make(&next, vault)?;
    recovery.made_at = Some(now);
    Ok(Rotation { vault, replaces, present, next, own, key, recovery })
}

/// Encrypts the practice under the new key and opens it again.
///
/// # Errors
/// [`VaultError::OwnersOnly`], those of the file and the disk. Up to the moment that is decided (`swap.rs`) nothing has
/// changed and the practice stays open; after it the practice is locked and opens with the same passphrase.
pub fn rotate(machine: &Machine, unlocked: &Unlocked, rotation: Rotation) -> Result<Rotated, VaultError> {
    let practice = unlocked.practice();
    must_be_owner(practice)?;
    let actor = practice.actor().clone();
    if unlocked.with_open(|open| Ok(open.document.passphrase_slot(actor.id)?.id))? != rotation.replaces {
        return Err(VaultError::Invalid {
            field: "passphrase",
            problem: "your passphrase was changed meanwhile; begin again with the new one".into(),
        });
    }
    let (handed, slots) = new_ways(machine, unlocked, &rotation)?;
    let place = unlocked.place();
    let stage = Staging::at(&place.restoring())?;
    let next = stage.path().join("practice.db");
    let mut document = unlocked.with_open(|open| Ok(open.document.clone()))?;
    let present_root = match &document.root {
        None => None,
        Some(root) => Some(root.open(&rotation.present, rotation.vault)?),
    };
    document.root =
        Some(Root::seal(present_root.as_ref().unwrap_or(&rotation.present), &rotation.next, rotation.vault)?);
    document.slots = slots;
    document.recovery = rotation.recovery.clone();
    let document_key = rotation.next.derive_document_key(rotation.vault);
    let (db_key, next_db_key) =
        (rotation.present.derive_db_key(rotation.vault), rotation.next.derive_db_key(rotation.vault));

    machine.reached("key begun");
    let left = practice.store().leave_for(&next, &db_key, &next_db_key, || {
        files::make_private(&next)?;
        machine.reached("key copied");
        // Whoever looked at something while the copy was made: the copy's log tells of it before the key changes.
        let waiting = practice.store().waiting_events();
        let head = put_on_record(machine, practice, &document, &rotation, &next, &waiting)?;
        files::sync_file(&next)?;
        machine.reached("key ready");
        let open = unlocked.hand_on(|open| {
            document.generation = open.document.generation + 1;
            document.db_head = KnownHead::from(&head);
            let bytes = document.to_bytes(&document_key)?;
            for name in ["vault.json", "vault.json.bak"] {
                files::replace(&stage.path().join(name), &bytes)?;
            }
            files::replace(&stage.path().join("recovery.age"), &document.recovery.sealed.0)?;
            swap::decide(place, None)
        })?;
        Ok::<_, VaultError>((open, waiting))
    });
    let (Open { _process: process, .. }, since) = left?;
    // From here on the staged files are the practice.
    stage.keep();
    machine.reached("key decided");
    swap::settle(place)?;
    machine.reached("key in place");

    let store = Store::open(&place.database(), opening(machine, &document, &rotation)?)?;
    store.take_over(&since);
    let open = Open { document, document_key, db_key: next_db_key.into(), _process: process };
    let renewed = Unlocked::new(Practice::new(store, actor.clone()), place.clone(), open, None);
    // Without its slot the keyring's entry opens nothing; a keyring that is away may keep it.
    let _ = machine.keyring().and_then(|store| keyring::forget(&*store, rotation.vault, actor.id));
    Ok(Rotated { unlocked: renewed, handed })
}

/// A one-time phrase for everybody inside but the owner who changes the key.
fn new_ways(
    machine: &Machine,
    unlocked: &Unlocked,
    rotation: &Rotation,
) -> Result<(Vec<Handed>, Vec<Slot>), VaultError> {
    let practice = unlocked.practice();
    let today = practice.today();
    let mut handed = Vec::new();
    let mut slots = vec![rotation.own.clone()];
    for person in practice.read(rows::people)? {
        if person.id == practice.actor().id || person.has_ended(today) {
            continue;
        }
        let whose = (person.id, person.name.as_str());
        let (card, slot) = one_time(machine, unlocked, &rotation.next, rotation.vault, whose)?;
        handed.push(card);
        slots.push(slot);
    }
    Ok((handed, slots))
}

/// Opens the copy as it will be opened from now on, verifies its history, puts the change on record and closes it.
fn put_on_record(
    machine: &Machine,
    practice: &Practice,
    document: &Document,
    rotation: &Rotation,
    copy: &Path,
    waiting: &Unwritten,
) -> Result<Head, VaultError> {
    let store = Store::open(copy, opening(machine, document, rotation)?)?;
    store.take_over(waiting);
    if let Some(broken) = store.examine_history(document.known_break.map(i64::from))?.broken {
        return Err(StoreError::BrokenHistory(broken.seq).into());
    }
    store.note(practice.actor(), "key_rotate", document.name.as_str())?;
    store.checkpoint()?;
    let head = store.close().ok_or(StoreError::Damaged)?;
    drop(store);
    let key = rotation.next.derive_db_key(rotation.vault);
    if Store::contents_of(copy, &key)?.head == head { Ok(head) } else { Err(StoreError::Damaged.into()) }
}

fn opening(machine: &Machine, document: &Document, rotation: &Rotation) -> Result<Opening, VaultError> {
    Ok(Opening {
        key: rotation.next.derive_db_key(rotation.vault),
        chain_key: document.chain_key(&rotation.next)?,
        device: machine.device()?,
        clock: machine.clock().clone(),
        settle: crate::referrals::process::settle,
        permit: crate::vault::permit,
    })
}
