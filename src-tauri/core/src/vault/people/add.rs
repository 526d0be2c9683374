//! Adding a profile.

use super::super::error::VaultError;
use super::super::machine::Machine;
use super::super::passphrase::Passphrase;
use super::super::rows;
use super::super::unlocked::Unlocked;
use super::form::ProfileForm;
use super::phrase::{Handed, one_time, put};
use super::rules::acting_owner;
use crate::foundation::id::ProfileId;
use crate::store::Label;

/// Adds a profile and makes the phrase its person comes in with for the first time. `passphrase` is the owner's own.
///
/// # Errors
/// [`VaultError::OwnersOnly`], [`VaultError::WrongPassphrase`], [`VaultError::Invalid`], those of the file and the disk.
/// If only `vault.json` can't be written, the profile is there without a way in: hand out a new phrase.
pub fn add_profile(
    machine: &Machine,
    unlocked: &Unlocked,
    passphrase: &Passphrase,
    form: &ProfileForm,
) -> Result<Handed, VaultError> {
    let (vault, master) = acting_owner(unlocked, passphrase)?;
    let practice = unlocked.practice();
    let today = practice.today();
    form.checked(&practice.read(rows::people)?, None, today)?;
    let id = ProfileId::new();
    let (mut handed, slot) = one_time(machine, unlocked, &master, vault, (id, &form.name))?;
    machine.reached("profile sealed");
    let written = practice.write(Label::hand("profile_add", ""), |tx| {
        let form = form.checked(&rows::people(tx)?, None, today)?;
        rows::insert_profile(tx, id, &form)?;
        tx.subject(form.name.as_str());
        Ok::<_, VaultError>(form.name)
    })?;
    machine.reached("profile written");
    handed.name = written.value;
    put(unlocked, slot)?;
    unlocked.mirror()?;
    machine.reached("profile added");
    Ok(handed)
}
