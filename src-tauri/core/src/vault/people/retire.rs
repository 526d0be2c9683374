//! Ending a profile. What its person recorded stays, and says who it was.

use super::super::error::VaultError;
use super::super::keyring;
use super::super::machine::Machine;
use super::super::passphrase::Passphrase;
use super::super::rows;
use super::super::unlocked::Unlocked;
use super::rules::{acting_owner, find};
use crate::foundation::id::ProfileId;
use crate::store::Label;

/// Retires a profile: from this moment nothing opens the practice for it. `passphrase` is the owner's own. Nobody
/// retires themselves, so that an owner always remains: the one who did this.
///
/// # Errors
/// [`VaultError::OwnersOnly`], [`VaultError::WrongPassphrase`], [`VaultError::YourOwn`], [`VaultError::LastOwner`],
/// those of the file and the disk.
pub fn retire_profile(
    machine: &Machine,
    unlocked: &Unlocked,
    passphrase: &Passphrase,
    id: ProfileId,
) -> Result<(), VaultError> {
    let (vault, _) = acting_owner(unlocked, passphrase)?;
    let practice = unlocked.practice();
    if practice.actor().id == id {
        return Err(VaultError::YourOwn);
    }
    let today = practice.today();
    let slots = unlocked.with_open(|open| Ok(open.document.slots.clone()))?;
    let can_come_in = |who| slots.iter().any(|slot| slot.user_id == who && slot.lock.is_typed());
    practice.write(Label::hand("profile_retire", ""), |tx| {
        let mut people = rows::people(tx)?;
        tx.subject(find(&people, id)?.name.as_str());
        people.retain(|person| person.id != id);
        if !super::rules::keeps_an_owner(&people, can_come_in, today) {
            return Err(VaultError::LastOwner);
        }
        rows::retire(tx, id)?;
        Ok(())
    })?;
    machine.reached("profile retired");
    // What the copy could open must not open the practice either: both are written.
    unlocked.mirror()?;
    // Without its slot the keyring's entry opens nothing; a keyring that is away may keep it.
    let _ = machine.keyring().and_then(|store| keyring::forget(&*store, vault, id));
    Ok(())
}
