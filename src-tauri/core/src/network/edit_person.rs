//! Changing a person field by field.

use serde::{Deserialize, Serialize};

use super::add_person::NameParts;
use super::check;
use super::error::{Meanwhile, NetworkError};
use super::patients::seen;
use super::rows::person::{self as rows, PersonRecord};
use super::types::PersonRole;
use crate::foundation::id::PersonId;
use crate::practice::Practice;
use crate::store::{Label, Tx, Written};

/// One field of a person and what it becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "field", content = "value", rename_all = "snake_case")]
pub enum PersonChange {
    /// The whole name in one line, read into parts.
    Name(String),
    /// Given name.
    Given(String),
    /// Middle name.
    Middle(String),
    /// Family name.
    Family(String),
    /// Letters behind the name.
    Credentials(String),
    /// National Provider Identifier.
    Npi(Option<String>),
    /// Specialty.
    Specialty(Option<String>),
    /// What the person is.
    Role(Option<PersonRole>),
    /// Whether we are on first-name terms.
    FirstNameTerms(Option<bool>),
    /// What we have in common.
    ConnectionNote(Option<String>),
    /// Notes.
    Notes(Option<String>),
}

/// Changes fields of a person. `expected_changed_at` is the stamp the fields were read with; without it the change overwrites.
///
/// # Errors
/// As [`edit_partner`](super::edit_partner).
pub fn edit_person(
    practice: &Practice,
    id: PersonId,
    changes: &[PersonChange],
    expected_changed_at: Option<i64>,
) -> Result<Written<()>, NetworkError> {
    practice.must_see(id)?;
    practice.write(Label::hand("person_edit", ""), |tx| {
        let before =
            rows::read(tx, id)?.filter(|person| person.trashed_at.is_none()).ok_or(NetworkError::Missing)?;
        seen(practice, tx, id)?;
        let mut after = before.clone();
        let mut meanwhile = Vec::new();
        let stale = expected_changed_at.is_some_and(|stamp| stamp != before.changed_at);
        for change in changes {
            let theirs = after.clone();
            apply(&mut after, change)?;
            if stale && theirs != after {
                meanwhile.push(Meanwhile {
                    field: change.field().to_owned(),
                    yours: shown(&after, change),
                    theirs: shown(&theirs, change),
                });
            }
        }
        if !meanwhile.is_empty() {
            return Err(NetworkError::ChangedMeanwhile(meanwhile));
        }
        tx.subject(after.name.clone());
        if after != before {
            rows::update(tx, id, &after)?;
            follow_partners(tx, id, &before, &after)?;
        }
        Ok(())
    })
}

impl PersonChange {
    /// The field, as the wire names it.
    fn field(&self) -> &'static str {
        match self {
            Self::Name(_) => "name",
            Self::Given(_) => "given",
            Self::Middle(_) => "middle",
            Self::Family(_) => "family",
            Self::Credentials(_) => "credentials",
            Self::Npi(_) => "npi",
            Self::Specialty(_) => "specialty",
            Self::Role(_) => "role",
            Self::FirstNameTerms(_) => "first_name_terms",
            Self::ConnectionNote(_) => "connection_note",
            Self::Notes(_) => "notes",
        }
    }
}

fn apply(person: &mut PersonRecord, change: &PersonChange) -> Result<(), NetworkError> {
    let field = change.field();
    let mut parts = parts_of(person);
    let part = |text: &str| Ok::<_, NetworkError>(check::short(field, Some(text))?.unwrap_or_default());
    match change {
        PersonChange::Name(line) => parts = NameParts::read(&check::name(field, line)?),
        PersonChange::Given(text) => parts.given = part(text)?,
        PersonChange::Middle(text) => parts.middle = part(text)?,
        PersonChange::Family(text) => parts.family = part(text)?,
        PersonChange::Credentials(text) => parts.credentials = part(text)?,
        PersonChange::Npi(npi) => person.npi = check::npi(field, npi.as_deref())?,
        PersonChange::Specialty(text) => person.specialty = check::short(field, text.as_deref())?,
        PersonChange::Role(role) => person.role = *role,
        PersonChange::FirstNameTerms(terms) => person.first_name_terms = *terms,
        PersonChange::ConnectionNote(text) => person.connection_note = check::note(field, text.as_deref())?,
        PersonChange::Notes(text) => person.notes = check::note(field, text.as_deref())?,
    }
    if parts != parts_of(person) {
        set_name(person, parts.checked()?);
    }
    Ok(())
}

/// The name of a person in parts.
pub(super) fn parts_of(person: &PersonRecord) -> NameParts {
    NameParts {
        given: person.given.clone(),
        middle: person.middle.clone(),
        family: person.family.clone(),
        credentials: person.credentials.clone(),
    }
}

/// Gives a person another name, in every form the file keeps.
pub(super) fn set_name(person: &mut PersonRecord, parts: NameParts) {
    person.name = parts.shown();
    person.name_key = parts.key();
    person.given = parts.given;
    person.middle = parts.middle;
    person.family = parts.family;
    person.credentials = parts.credentials;
}

/// The value of the field a change speaks of, in words.
fn shown(person: &PersonRecord, change: &PersonChange) -> String {
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    match change {
        PersonChange::Name(_) => person.name.clone(),
        PersonChange::Given(_) => person.given.clone(),
        PersonChange::Middle(_) => person.middle.clone(),
        PersonChange::Family(_) => person.family.clone(),
        PersonChange::Credentials(_) => person.credentials.clone(),
        PersonChange::Npi(_) => optional(&person.npi),
        PersonChange::Specialty(_) => optional(&person.specialty),
        PersonChange::Role(_) => person.role.map(PersonRole::label).unwrap_or_default().to_owned(),
        PersonChange::FirstNameTerms(_) => match person.first_name_terms {
            Some(true) => "yes".into(),
            Some(false) => "no".into(),
            None => String::new(),
        },
        PersonChange::ConnectionNote(_) => optional(&person.connection_note),
        PersonChange::Notes(_) => optional(&person.notes),
    }
}

/// A partner that is this one person shares name, NPI and specialty with it.
fn follow_partners(
    tx: &Tx<'_>,
    id: PersonId,
    before: &PersonRecord,
    after: &PersonRecord,
) -> Result<(), NetworkError> {
    for partner in super::rows::partner::of_individual(tx, id)? {
        let Some(mut record) = super::rows::partner::read(tx, partner)? else { continue };
        let was = record.clone();
        if record.name == before.name {
            record.name.clone_from(&after.name);
            record.name_key = check::name_key(&record.name);
        }
        if record.npi == before.npi {
            record.npi.clone_from(&after.npi);
        }
        if record.specialty == before.specialty {
            record.specialty.clone_from(&after.specialty);
        }
        if record != was {
            super::rows::partner::update(tx, partner, &record)?;
        }
    }
    Ok(())
}
