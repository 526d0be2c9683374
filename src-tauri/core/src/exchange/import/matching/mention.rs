//! One way in which a file names somebody: the name with everything that stands beside it. Equal ones are read once.

use std::collections::HashMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::super::row::{NpiCell, PartyCell};
use super::guess;
use crate::foundation::names::{NameParts, PersonalName, looks_like_organisation, same_organisation};
use crate::foundation::phone::PhoneDigits;
use crate::foundation::text::fold;

/// What kind of name it is.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "nearly every name is a person's")]
pub(in super::super) enum Named {
    /// A person.
    Person {
        /// As written well.
        name: PersonalName,
        /// Folded.
        parts: NameParts,
    },
    /// An organisation under its own name.
    Organisation,
    /// Nobody.
    Nobody,
}

/// A name of the file with what stands beside it.
#[derive(Clone, Debug)]
pub(in super::super) struct Mention {
    /// The cell it was first read from.
    pub(in super::super) cell: PartyCell,
    /// Whom it names.
    pub(in super::super) named: Named,
    /// The organisation it names, or where its person works.
    pub(in super::super) organisation: Option<String>,
    /// A patient who refers others.
    pub(in super::super) is_patient: bool,
    /// Somebody at the desk, or at a business: known only together with the place.
    pub(in super::super) needs_place: bool,
    /// A business and no medical practice.
    pub(in super::super) is_business: bool,
    /// A valid NPI.
    pub(in super::super) npi: Option<String>,
    /// Telephone numbers by their digits.
    pub(in super::super) phones: Vec<String>,
    /// Five digits.
    pub(in super::super) zip: Option<String>,
    /// Lower case.
    pub(in super::super) email: Option<String>,
    /// The first row with it.
    pub(in super::super) record: u32,
    /// How many rows have it.
    pub(in super::super) rows: u32,
    /// A short fingerprint of the spelling, kept beside the referral.
    pub(in super::super) fingerprint: String,
}

/// All ways in which a file names people and places.
#[derive(Default)]
pub(in super::super) struct Mentions {
    pub(in super::super) all: Vec<Mention>,
    by_cell: HashMap<String, usize>,
    /// Cells the file shares, by where they stand.
    by_place: HashMap<*const PartyCell, usize>,
    buffer: String,
}

impl Mentions {
    /// The mention of a cell that rows share. It must stand where it stands as long as mentions are asked for.
    pub(in super::super) fn of_shared(&mut self, cell: &Arc<PartyCell>, record: u32) -> usize {
        let place = Arc::as_ptr(cell);
        if let Some(at) = self.by_place.get(&place).copied() {
            self.all[at].rows += 1;
            return at;
        }
        let at = self.of(cell, record);
        self.by_place.insert(place, at);
        at
    }

    /// The mention of a cell; reads it if it was not read yet.
    pub(in super::super) fn of(&mut self, cell: &PartyCell, record: u32) -> usize {
        self.buffer.clear();
        write_key(&mut self.buffer, cell);
        if let Some(at) = self.by_cell.get(&self.buffer) {
            let mention = &mut self.all[*at];
            mention.rows += 1;
            return *at;
        }
        self.all.push(Mention::read(cell, record, &self.buffer));
        self.by_cell.insert(self.buffer.clone(), self.all.len() - 1);
        self.all.len() - 1
    }
}

fn write_key(key: &mut String, cell: &PartyCell) {
    let mut add = |part: Option<&str>| {
        key.push_str(part.unwrap_or_default().trim());
        key.push('\u{1f}');
    };
    add(Some(&cell.text));
    for part in [
        &cell.given,
        &cell.middle,
        &cell.family,
        &cell.credentials,
        &cell.organisation,
        &cell.fax,
        &cell.email,
        &cell.street,
        &cell.city,
        &cell.state,
        &cell.zip,
        &cell.specialty,
        &cell.category,
        &cell.job_title,
        &cell.notes,
        &cell.source_class,
    ] {
        add(part.as_deref());
    }
    for phone in &cell.phones {
        add(Some(phone));
    }
    match &cell.npi {
        NpiCell::Missing => {}
        NpiCell::Valid(npi) => add(Some(&npi.to_string())),
        NpiCell::Refused(text) => add(Some(text)),
    }
}

impl Mention {
    fn read(cell: &PartyCell, record: u32, key: &str) -> Self {
        let filled = |part: &Option<String>| {
            part.as_deref().map(str::trim).filter(|p| !p.is_empty()).map(str::to_owned)
        };
        let columns = cell.given.is_some() || cell.family.is_some();
        let mut organisation = filled(&cell.organisation);
        let mut text = cell.text.trim();
        if !columns
            && organisation.is_none()
            && let Some((person, place)) = guess::person_and_place(text)
        {
            text = person;
            organisation = Some(place.to_owned());
        }
        let kind = guess::kind_of_source(cell);
        let person = if columns {
            PersonalName::from_parts(
                cell.given.as_deref().unwrap_or_default(),
                cell.middle.as_deref().unwrap_or_default(),
                cell.family.as_deref().unwrap_or_default(),
                cell.credentials.as_deref().unwrap_or_default(),
            )
        } else {
            PersonalName::parse(text).map(|mut name| {
                name.add_credentials(cell.credentials.as_deref().unwrap_or_default());
                name
            })
        };
        let has_profession = person.as_ref().is_some_and(|p| !p.professions.is_empty() || p.is_doctor);
        let house = !columns
            && !text.is_empty()
            && !has_profession
            && (looks_like_organisation(text)
                || kind.is_business
                // A name without a first name, written from two columns.
                || (cell.text.starts_with(' ') && text.contains(' ') && !text.contains(','))
                || organisation.as_deref().is_some_and(|o| same_organisation(o, text)));
        let patient = kind.is_patient
            || person.as_ref().and_then(|p| p.remark.as_deref()).is_some_and(guess::says_patient);
        let named = match person {
            _ if house => {
                organisation = Some(text.to_owned());
                Named::Organisation
            }
            Some(name) => {
                let parts = name.parts();
                Named::Person { name, parts }
            }
            None if organisation.is_some() => Named::Organisation,
            None => Named::Nobody,
        };
        let is_person = matches!(named, Named::Person { .. });
        let business_place = organisation.as_deref().is_some_and(guess::is_business_name) && !has_profession;
        let is_business = kind.is_business || business_place;
        Self {
            is_patient: patient && is_person && !has_profession,
            needs_place: is_person
                && organisation.is_some()
                && !has_profession
                && (is_business || guess::is_staff(cell)),
            is_business,
            npi: match &cell.npi {
                NpiCell::Valid(npi) => Some(npi.to_string()),
                _ => None,
            },
            phones: cell.phones.iter().filter_map(|p| PhoneDigits::parse(p)).map(|p| p.digits).collect(),
            zip: cell.zip.as_deref().map(|z| z.chars().take(5).collect::<String>()).filter(|z| z.len() == 5),
            email: filled(&cell.email).map(|e| fold(&e)).filter(|e| e.contains('@')),
            cell: cell.clone(),
            named,
            organisation,
            record,
            rows: 1,
            fingerprint: fingerprint(key),
        }
    }

    /// The name as the file writes it.
    pub(in super::super) fn text(&self) -> String {
        let text = self.cell.text.trim();
        if !text.is_empty() {
            return text.to_owned();
        }
        match &self.named {
            Named::Person { name, .. } => name.display(),
            Named::Organisation | Named::Nobody => self.organisation.clone().unwrap_or_default(),
        }
    }
}

/// Sixteen hexadecimal digits that stand for a text.
pub(in super::super) fn fingerprint(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    digest.iter().take(8).flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
