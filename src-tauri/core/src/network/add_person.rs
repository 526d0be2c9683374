//! A new person, with a place of work if it is known.

use serde::{Deserialize, Serialize};

use super::affiliations::{NewAffiliation, affiliate_in};
use super::check;
use super::contacts::{NewAddress, NewContactPoint, add_addresses_in, add_contact_points_in};
use super::error::{NetworkError, invalid};
use super::rows::person::{self as rows, PersonRecord};
use super::types::{Party, PersonRole};
use crate::foundation::id::PersonId;
use crate::foundation::names::PersonalName;
use crate::practice::Practice;
use crate::store::{Label, Tx, Written};

/// The parts of a person's name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct NameParts {
    /// Given name.
    pub given: String,
    /// Middle name or initial.
    pub middle: String,
    /// Family name.
    pub family: String,
    /// Letters behind the name: "MD".
    pub credentials: String,
}

/// A person as it is typed in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct NewPerson {
    /// The name in one line, "Keiko Ito, MD"; read into parts when `parts` is empty.
    pub name: String,
    /// The name in parts; these win.
    pub parts: NameParts,
    /// National Provider Identifier.
    pub npi: Option<String>,
    /// Specialty.
    pub specialty: Option<String>,
    /// What the person is.
    pub role: Option<PersonRole>,
    /// Whether we are on first-name terms; nothing = not known.
    pub first_name_terms: Option<bool>,
    /// What we have in common.
    pub connection_note: Option<String>,
    /// Notes.
    pub notes: Option<String>,
    /// Telephones, e-mail addresses.
    pub contact_points: Vec<NewContactPoint>,
    /// Postal addresses.
    pub addresses: Vec<NewAddress>,
    /// Where the person works.
    pub works_at: Option<NewAffiliation>,
}

/// Adds a person.
///
/// # Errors
/// [`NetworkError::Invalid`] beside the field; those of the file.
pub fn add_person(practice: &Practice, new: NewPerson) -> Result<Written<PersonId>, NetworkError> {
    practice.write(Label::hand("person_add", new.name.trim()), |tx| {
        let id = add_person_in(tx, &new)?;
        tx.subject(rows::name(tx, id)?.unwrap_or_default());
        Ok(id)
    })
}

/// Adds a person within a change that does more.
///
/// # Errors
/// As [`add_person`].
pub fn add_person_in(tx: &Tx<'_>, new: &NewPerson) -> Result<PersonId, NetworkError> {
    let parts = read_name(new)?;
    let record = PersonRecord {
        name: parts.shown(),
        name_key: parts.key(),
        given: parts.given,
        middle: parts.middle,
        family: parts.family,
        credentials: parts.credentials,
        npi: check::npi("npi", new.npi.as_deref())?,
        specialty: check::short("specialty", new.specialty.as_deref())?,
        role: new.role,
        first_name_terms: new.first_name_terms,
        connection_note: check::note("connectionNote", new.connection_note.as_deref())?,
        notes: check::note("notes", new.notes.as_deref())?,
        changed_at: tx.now,
        trashed_at: None,
    };
    let id = PersonId::new();
    rows::insert(tx, id, &record)?;
    add_contact_points_in(tx, Party::Person(id), &new.contact_points)?;
    add_addresses_in(tx, Party::Person(id), &new.addresses)?;
    if let Some(place) = &new.works_at {
        affiliate_in(tx, id, place)?;
    }
    Ok(id)
}

/// The parts of a name as typed, from the parts themselves or the one line.
pub(super) fn read_name(new: &NewPerson) -> Result<NameParts, NetworkError> {
    if new.parts == NameParts::default() {
        return Ok(NameParts::read(&check::name("name", &new.name)?));
    }
    let part = |field, text: &str| Ok::<_, NetworkError>(check::short(field, Some(text))?.unwrap_or_default());
    let parts = NameParts {
        given: part("given", &new.parts.given)?,
        middle: part("middle", &new.parts.middle)?,
        family: part("family", &new.parts.family)?,
        credentials: part("credentials", &new.parts.credentials)?,
    };
    parts.checked()
}

impl NameParts {
    /// Takes a name in one line apart: "Keiko Ito, MD", "Ito, Keiko", "Dr. Keiko Ito".
    pub fn read(line: &str) -> Self {
        let Some(name) = PersonalName::parse(line) else {
            return Self { family: line.trim().to_owned(), ..Self::default() };
        };
        let family = [name.family, name.suffix].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        Self { given: name.given, middle: name.middle, family, credentials: name.credentials }
    }

    /// As shown: "Keiko Ito, MD".
    pub fn shown(&self) -> String {
        let pointed = |part: &str| match part.chars().count() {
            1 => format!("{part}."),
            _ => part.to_owned(),
        };
        let mut shown = [pointed(&self.given), pointed(&self.middle), self.family.clone()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        if !self.credentials.is_empty() {
            shown.push_str(", ");
            shown.push_str(&self.credentials);
        }
        shown
    }

    /// For order and comparison: "ito keiko".
    pub fn key(&self) -> String {
        check::name_key(&format!("{} {}", self.family, self.given))
    }

    pub(super) fn checked(self) -> Result<Self, NetworkError> {
        if self.given.is_empty() && self.family.is_empty() {
            return invalid("family", "enter a given or a family name");
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_one_line_is_taken_apart_and_shown_alike() {
        for (line, shown, key) in [
            ("Keiko Ito, MD", "Keiko Ito, MD", "ito keiko"),
            ("Ito, Keiko", "Keiko Ito", "ito keiko"),
            ("Dr. Keiko A Ito", "Keiko A. Ito", "ito keiko"),
            ("Ito", "Ito", "ito"),
        ] {
            let parts = NameParts::read(line);
            assert_eq!((parts.shown().as_str(), parts.key().as_str()), (shown, key), "{line}");
        }
    }
}
