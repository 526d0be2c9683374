//! The one-time phrase an owner hands over: shown once, replaced by a passphrase of one's own at the first unlock.

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::super::error::VaultError;
use super::super::machine::Machine;
use super::super::passphrase::{Passphrase, suggest_phrase};
use super::super::rows;
use super::super::secrets::MasterKey;
use super::super::slot::Slot;
use super::super::unlocked::Unlocked;
use super::form::must_be_free;
use super::rules::{acting_owner, find};
use crate::foundation::id::{ProfileId, RecordId};
use crate::store::Label;

/// A card to hand over. It holds the phrase: show it, print it, then let it go.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Handed {
    /// Whose, e.g. "Tess Lindqvist".
    pub name: String,
    /// e.g. "Harborview Orthopedics".
    pub practice: String,
    /// Five words.
    pub phrase: String,
    /// yyyy-mm-dd.
    pub made_on: String,
}

impl std::fmt::Debug for Handed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Handed(…)")
    }
}

/// Hands a new phrase to somebody who forgot the passphrase, or to somebody who comes back: a retired profile is
/// active again. Whatever opened for them before does not any more.
///
/// # Errors
/// [`VaultError::OwnersOnly`], [`VaultError::WrongPassphrase`], [`VaultError::YourOwn`] (change your own passphrase
/// instead), [`VaultError::Invalid`] if somebody else has the name by now, those of the file and the disk.
pub fn hand_phrase(
    machine: &Machine,
    unlocked: &Unlocked,
    passphrase: &Passphrase,
    id: ProfileId,
) -> Result<Handed, VaultError> {
    let (vault, master) = acting_owner(unlocked, passphrase)?;
    let practice = unlocked.practice();
    if practice.actor().id == id {
        return Err(VaultError::YourOwn);
    }
    let people = practice.read(rows::people)?;
    let person = find(&people, id)?;
    must_be_free(&person.name, &people, Some(person), practice.today())?;
    let (handed, slot) = one_time(machine, unlocked, &master, vault, (id, &person.name))?;
    if person.has_ended(practice.today()) {
        practice
            .write(Label::hand("profile_reactivate", person.name.as_str()), |tx| rows::reactivate(tx, id))?;
        put(unlocked, slot)?;
    } else {
        put(unlocked, slot)?;
        practice.store().note(practice.actor(), "profile_reset", person.name.as_str())?;
    }
    unlocked.mirror()?;
    Ok(handed)
}

/// A fresh phrase for somebody, and the slot it opens.
pub(in super::super) fn one_time(
    machine: &Machine,
    unlocked: &Unlocked,
    master: &MasterKey,
    vault: RecordId,
    (id, name): (ProfileId, &str),
) -> Result<(Handed, Slot), VaultError> {
    let phrase = suggest_phrase()?;
    let slot = Slot::seal_one_time(master, vault, id, &Passphrase::new(&phrase)?, machine.cost()?)?
        .made(machine.clock().now_ms());
    let handed = Handed {
        name: name.to_owned(),
        practice: unlocked.with_open(|open| Ok(open.document.name.clone()))?,
        phrase: phrase.to_string(),
        made_on: unlocked.practice().today().to_string(),
    };
    Ok((handed, slot))
}

/// Puts the slot in the place of every other way in of its profile.
pub(super) fn put(unlocked: &Unlocked, slot: Slot) -> Result<(), VaultError> {
    unlocked.with_open(|open| {
        open.document.drop_slots(slot.user_id);
        open.document.put_slot(slot);
        open.document.save_both(unlocked.place(), &open.document_key)
    })
}
