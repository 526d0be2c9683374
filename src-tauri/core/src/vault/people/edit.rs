//! Changing what is said about a profile.

use super::super::error::VaultError;
use super::super::passphrase::Passphrase;
use super::super::rows;
use super::super::unlocked::Unlocked;
use super::form::ProfileForm;
use super::rules::{PersonRow, acting_owner, find, keeps_an_owner};
use crate::foundation::id::ProfileId;
use crate::store::Label;

/// Changes name, initials, role and days of a profile. `passphrase` is the owner's own.
///
/// # Errors
/// [`VaultError::OwnersOnly`], [`VaultError::WrongPassphrase`], [`VaultError::Invalid`], [`VaultError::LastOwner`],
/// those of the file.
pub fn edit_profile(
    unlocked: &Unlocked,
    passphrase: &Passphrase,
    id: ProfileId,
    form: &ProfileForm,
) -> Result<(), VaultError> {
    acting_owner(unlocked, passphrase)?;
    let practice = unlocked.practice();
    let today = practice.today();
    let slots = unlocked.with_open(|open| Ok(open.document.slots.clone()))?;
    let can_come_in = |who| slots.iter().any(|slot| slot.user_id == who && slot.lock.is_typed());
    practice.write(Label::hand("profile_edit", ""), |tx| {
        let people = rows::people(tx)?;
        let before = find(&people, id)?;
        let form = form.checked(&people, Some(before), today)?;
        let after: Vec<PersonRow> = people
            .iter()
            .map(|person| if person.id == id { with(person, &form) } else { person.clone() })
            .collect();
        if !keeps_an_owner(&after, can_come_in, today) {
            return Err(VaultError::LastOwner);
        }
        rows::update_profile(tx, id, &form)?;
        tx.subject(form.name.as_str());
        Ok(())
    })?;
    unlocked.mirror()
}

fn with(person: &PersonRow, form: &ProfileForm) -> PersonRow {
    PersonRow { role: form.role, active_from: form.active_from, active_to: form.active_to, ..person.clone() }
}
