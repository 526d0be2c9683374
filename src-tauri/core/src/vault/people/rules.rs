//! Who may come in on a day, and that somebody always can who may let others in.

use chrono::NaiveDate;

use super::super::error::VaultError;
use super::super::passphrase::Passphrase;
use super::super::rekey::unwrap;
use super::super::role::Role;
use super::super::rows;
use super::super::secrets::MasterKey;
use super::super::unlocked::Unlocked;
use crate::foundation::id::{ProfileId, RecordId};
use crate::practice::Practice;
use crate::store::StoreError;

/// A profile as the file keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct PersonRow {
    pub(in super::super) id: ProfileId,
    pub(in super::super) name: String,
    pub(in super::super) initials: String,
    pub(in super::super) role: Role,
    pub(in super::super) active_from: Option<NaiveDate>,
    pub(in super::super) active_to: Option<NaiveDate>,
    pub(in super::super) retired: bool,
}

/// Whether a profile may come in on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Standing {
    /// Today.
    Active,
    /// From this day on.
    Ahead(NaiveDate),
    /// Not any more.
    Ended,
}

impl PersonRow {
    pub(in super::super) fn standing(&self, today: NaiveDate) -> Standing {
        match self.active_from {
            _ if self.has_ended(today) => Standing::Ended,
            Some(from) if from > today => Standing::Ahead(from),
            _ => Standing::Active,
        }
    }

    /// Whether the profile was retired or its last day is past.
    pub(in super::super) fn has_ended(&self, today: NaiveDate) -> bool {
        self.retired || self.active_to.is_some_and(|to| to < today)
    }

    /// An owner today, without a day on which that ends.
    fn is_lasting_owner(&self, today: NaiveDate) -> bool {
        self.role == Role::Owner && self.active_to.is_none() && self.standing(today) == Standing::Active
    }
}

/// Whether among these somebody runs the practice today and from now on, and can come in.
pub(super) fn keeps_an_owner(
    people: &[PersonRow],
    can_come_in: impl Fn(ProfileId) -> bool,
    today: NaiveDate,
) -> bool {
    people.iter().any(|person| person.is_lasting_owner(today) && can_come_in(person.id))
}

/// Only owners manage profiles and keys.
///
/// # Errors
/// [`VaultError::OwnersOnly`]; those of the file.
pub(in super::super) fn must_be_owner(practice: &Practice) -> Result<(), VaultError> {
    let role = practice.read(|conn| rows::role(conn, practice.actor().id))?;
    if Role::from_code(&role) == Some(Role::Owner) { Ok(()) } else { Err(VaultError::OwnersOnly) }
}

/// The master key, unwrapped by the passphrase of the owner at the desk: asked again before anybody's way in changes.
///
/// # Errors
/// [`VaultError::OwnersOnly`], [`VaultError::WrongPassphrase`]; those of the file.
pub(in super::super) fn acting_owner(
    unlocked: &Unlocked,
    passphrase: &Passphrase,
) -> Result<(RecordId, MasterKey), VaultError> {
    must_be_owner(unlocked.practice())?;
    unwrap(unlocked, passphrase)
}

/// The profile with this id.
pub(super) fn find(people: &[PersonRow], id: ProfileId) -> Result<&PersonRow, VaultError> {
    people.iter().find(|person| person.id == id).ok_or(VaultError::Store(StoreError::Missing))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn person(role: Role) -> PersonRow {
        PersonRow {
            id: ProfileId::new(),
            name: "Maren Okafor".into(),
            initials: "MO".into(),
            role,
            active_from: None,
            active_to: None,
            retired: false,
        }
    }

    #[test]
    fn a_profile_comes_in_from_its_first_to_its_last_day() {
        let between = PersonRow {
            active_from: Some(day("2026-11-02")),
            active_to: Some(day("2026-11-30")),
            ..person(Role::Clinician)
        };
        for (today, standing) in [
            ("2026-11-01", Standing::Ahead(day("2026-11-02"))),
            ("2026-11-02", Standing::Active),
            ("2026-11-30", Standing::Active),
            ("2026-12-01", Standing::Ended),
        ] {
            assert_eq!(between.standing(day(today)), standing, "{today}");
        }
        let retired = PersonRow { retired: true, ..between };
        assert_eq!(retired.standing(day("2026-11-10")), Standing::Ended, "retired counts at once");
    }

    #[test]
    fn an_owner_who_leaves_begins_later_or_has_no_way_in_does_not_keep_the_practice() {
        let today = day("2026-11-02");
        let owner = person(Role::Owner);
        let alone = |person: PersonRow| keeps_an_owner(&[person], |_| true, today);
        assert!(alone(owner.clone()));
        assert!(!alone(PersonRow { role: Role::Clinician, ..owner.clone() }));
        assert!(!alone(PersonRow { retired: true, ..owner.clone() }));
        assert!(!alone(PersonRow { active_to: Some(day("2027-11-02")), ..owner.clone() }));
        assert!(!alone(PersonRow { active_from: Some(day("2026-11-03")), ..owner.clone() }));
        assert!(!keeps_an_owner(&[owner], |_| false, today));
    }
}
