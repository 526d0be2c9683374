//! What an owner says about a profile.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::error::VaultError;
use super::super::role::Role;
use super::rules::PersonRow;

/// A profile as it is typed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ProfileForm {
    /// e.g. "Tess Lindqvist".
    pub name: String,
    /// e.g. "TL"; made from the name if empty.
    pub initials: String,
    /// What they do here.
    pub role: Role,
    /// The first day they may come in; `None`: at once.
    pub active_from: Option<NaiveDate>,
    /// The last day they may come in; `None`: until retired.
    pub active_to: Option<NaiveDate>,
}

impl ProfileForm {
    /// Trimmed and complete, or the first field that is not. `before` is what stands there now, if anything.
    pub(super) fn checked(
        &self,
        people: &[PersonRow],
        before: Option<&PersonRow>,
        today: NaiveDate,
    ) -> Result<Self, VaultError> {
        let invalid = |field, problem: &str| VaultError::Invalid { field, problem: problem.into() };
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().count() > 200 {
            return Err(invalid("name", "enter a name, at most 200 characters"));
        }
        if before.is_none_or(|before| !before.has_ended(today)) {
            must_be_free(&name, people, before, today)?;
        }
        let mut initials = self.initials.trim().to_owned();
        if initials.is_empty() {
            initials = initials_of(&name);
        }
        if initials.is_empty() || initials.chars().count() > 4 {
            return Err(invalid("initials", "enter one to four letters"));
        }
        if self.active_to.is_some() && self.active_to < self.active_from {
            return Err(invalid("active_to", "the last day can't be before the first"));
        }
        if self.active_to.is_some_and(|to| to < today)
            && before.is_none_or(|before| before.active_to != self.active_to)
        {
            return Err(invalid("active_to", "give a day from today on; to end a profile now, retire it"));
        }
        Ok(Self { name, initials, ..self.clone() })
    }
}

/// Two people who can come in never have one name: the lock screen and history tell them apart by it.
pub(super) fn must_be_free(
    name: &str,
    people: &[PersonRow],
    own: Option<&PersonRow>,
    today: NaiveDate,
) -> Result<(), VaultError> {
    let taken = people.iter().any(|other| {
        own.is_none_or(|own| own.id != other.id)
            && !other.has_ended(today)
            && other.name.to_lowercase() == name.to_lowercase()
    });
    if taken {
        let problem = "there is a profile of this name; add a middle name, so that the two are told apart";
        return Err(VaultError::Invalid { field: "name", problem: problem.into() });
    }
    Ok(())
}

/// The first letters of the first three words of a name.
pub(in super::super) fn initials_of(name: &str) -> String {
    let letters: String = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphabetic()))
        .take(3)
        .collect();
    letters.to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::id::ProfileId;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn form() -> ProfileForm {
        ProfileForm {
            name: "  Tess   Ann Lindqvist ".into(),
            initials: String::new(),
            role: Role::Liaison,
            active_from: None,
            active_to: None,
        }
    }

    fn tess() -> PersonRow {
        PersonRow {
            id: ProfileId::new(),
            name: "Tess Ann Lindqvist".into(),
            initials: "TL".into(),
            role: Role::Liaison,
            active_from: None,
            active_to: None,
            retired: false,
        }
    }

    #[test]
    fn names_are_tidied_and_initials_made() {
        let checked = form().checked(&[], None, day("2026-11-02")).expect("complete");
        assert_eq!((checked.name.as_str(), checked.initials.as_str()), ("Tess Ann Lindqvist", "TAL"));
    }

    #[test]
    fn a_field_that_is_missing_or_contradicts_is_named() {
        type Spoil = fn(&mut ProfileForm);
        let cases: [(&str, Spoil); 5] = [
            ("name", |form| form.name = " ".into()),
            ("initials", |form| form.initials = "TOOLONG".into()),
            ("initials", |form| form.name = "1234".into()),
            ("active_to", |form| form.active_to = Some(day("2026-11-01"))),
            ("active_to", |form| {
                (form.active_from, form.active_to) = (Some(day("2026-12-02")), Some(day("2026-12-01")));
            }),
        ];
        for (expected, spoil) in cases {
            let mut spoilt = form();
            spoil(&mut spoilt);
            match spoilt.checked(&[], None, day("2026-11-02")) {
                Err(VaultError::Invalid { field, .. }) => assert_eq!(field, expected),
                other => panic!("{expected}: {other:?}"),
            }
        }
    }

    #[test]
    fn two_people_inside_never_have_one_name_but_one_who_left_does_not_count() {
        let today = day("2026-11-02");
        let there = tess();
        let same = ProfileForm { name: "tess ann lindqvist".into(), ..form() };
        assert!(matches!(
            same.checked(std::slice::from_ref(&there), None, today),
            Err(VaultError::Invalid { field: "name", .. })
        ));
        assert!(same.checked(std::slice::from_ref(&there), Some(&there), today).is_ok(), "it is their own");
        assert!(same.checked(&[PersonRow { retired: true, ..there }], None, today).is_ok());
    }
}
