//! Everything the page of one person shows, and the list of people.

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::add_person::NameParts;
use super::affiliations::Influence;
use super::contacts::{Address, ContactPoint};
use super::edit_person::parts_of;
use super::error::{NetworkError, invalid};
use super::list::{cursor, page_size};
use super::partner_page::{NamedPartner, PartnerNumbers, days_silent};
use super::patients::{is_patient, seen};
use super::rows::{contact, page as rows};
use super::search::matching;
use super::standing::year_before;
use super::types::{Party, PersonRole};
use crate::foundation::id::{AffiliationId, PersonId};
use crate::practice::Practice;
use crate::vault::{Area, Hidden, Need};

/// The page of one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PersonPage {
    /// Its id.
    pub id: PersonId,
    /// As shown: "Keiko Ito, MD".
    pub name: String,
    /// The name in parts.
    pub parts: NameParts,
    /// National Provider Identifier.
    pub npi: Option<String>,
    /// Specialty.
    pub specialty: Option<String>,
    /// What the person is.
    pub role: Option<PersonRole>,
    /// Whether we are on first-name terms.
    pub first_name_terms: Option<bool>,
    /// What we have in common.
    pub connection_note: Option<String>,
    /// Notes.
    pub notes: String,
    /// Where the person works and worked; the main place first.
    pub places: Vec<PlaceOfWork>,
    /// The partner that is this person.
    pub as_partner: Option<NamedPartner>,
    /// How the person is reached.
    pub contact_points: Vec<ContactPoint>,
    /// Where mail goes.
    pub addresses: Vec<Address>,
    /// Referrals in numbers.
    pub counts: PartnerNumbers,
    /// When it went to the trash, UTC milliseconds.
    #[cfg_attr(feature = "specta", specta(type = Option<f64>))]
    pub trashed_at: Option<i64>,
    /// The stamp to give back when a field is saved.
    #[cfg_attr(feature = "specta", specta(type = f64))]
    pub changed_at: i64,
}

/// Where a person works or worked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PlaceOfWork {
    /// The link.
    pub affiliation: AffiliationId,
    /// Where.
    pub partner: NamedPartner,
    /// As what.
    pub role: Option<PersonRole>,
    /// The part in choosing.
    pub influence: Influence,
    /// The main place.
    pub is_primary: bool,
    /// Since.
    pub from_on: Option<NaiveDate>,
    /// Until.
    pub to_on: Option<NaiveDate>,
    /// Whether today.
    pub current: bool,
}

/// A page of people, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct PeopleQuery {
    /// Words of the name, a telephone number or NPI.
    pub text: String,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// How many rows, at most 500; 0 = 100.
    pub limit: u32,
}

/// A row of the list of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PersonRow {
    /// Its id.
    pub id: PersonId,
    /// As shown.
    pub name: String,
    /// What the person is.
    pub role: Option<PersonRole>,
    /// Specialty.
    pub specialty: Option<String>,
    /// The main place of work, or the partner that is this person.
    pub partner: Option<NamedPartner>,
    /// The first telephone number.
    pub phone: Option<String>,
}

/// A page of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PeopleList {
    /// The rows.
    pub rows: Vec<PersonRow>,
    /// Give this as `cursor` for the next page; nothing = this was the last.
    pub next: Option<String>,
    /// How many people there are.
    pub total: u32,
}

/// A page of people.
///
/// # Errors
/// [`NetworkError::Invalid`] for a cursor that is none; those of the file.
pub fn people(practice: &Practice, query: &PeopleQuery) -> Result<PeopleList, NetworkError> {
    let after: Option<(String, PersonId)> = match &query.cursor {
        Some(cursor) => match serde_json::from_str(cursor) {
            Ok(place) => Some(place),
            Err(_) => return invalid("cursor", "this is no place in the list; read it from the start"),
        },
        None => None,
    };
    practice.may(Need::Read(Area::Network))?;
    let (limit, hidden) = (page_size(query.limit), practice.hidden());
    practice.read(|conn| {
        let words = words_for(conn, &query.text, hidden)?;
        let mut places = match words.as_deref() {
            Some(words) => rows::people_matching(conn, words, after.as_ref(), limit + 1, hidden)?,
            None => rows::people_after(conn, after.as_ref(), limit + 1, hidden)?,
        };
        let more = places.len() > usize::try_from(limit).unwrap_or(usize::MAX);
        if more {
            places.pop();
        }
        let next = places.last().filter(|_| more).map(cursor).transpose()?;
        let mut list =
            PeopleList { rows: Vec::new(), next, total: rows::people_total(conn, words.as_deref(), hidden)? };
        for (_, id) in places {
            let mut row = rows::person_row(conn, id)?;
            row.partner = match rows::main_place(conn, id)? {
                Some(place) => Some(place),
                None => rows::as_partner(conn, id)?,
            };
            if hidden.patients
                && let Some(place) = &row.partner
                && is_patient(conn, place.id)?
            {
                row.partner = None;
            }
            row.phone = contact::phone(conn, Party::Person(id))?;
            list.rows.push(row);
        }
        Ok(list)
    })
}

/// What the words ask of the index: beginnings, or sounds if nothing begins so.
fn words_for(conn: &Connection, text: &str, hidden: Hidden) -> Result<Option<String>, NetworkError> {
    let beginnings = matching(text, false);
    match &beginnings {
        Some(words) if rows::people_total(conn, Some(words), hidden)? == 0 => Ok(matching(text, true)),
        _ => Ok(beginnings),
    }
}

/// The page of one person; one in the trash too. That a patient's was opened goes to the log.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn person(practice: &Practice, id: PersonId) -> Result<PersonPage, NetworkError> {
    practice.may(Need::Read(Area::Network))?;
    let today = practice.today();
    let (page, is_patient) = practice.read(|conn| {
        let record = super::rows::person::read(conn, id)?.ok_or(NetworkError::Missing)?;
        seen(practice, conn, id)?;
        let mut places = rows::places_of(conn, id, today)?;
        if practice.hidden().patients {
            // A patient may be where somebody helps.
            for at in (0..places.len()).rev() {
                if is_patient(conn, places[at].partner.id)? {
                    places.remove(at);
                }
            }
        }
        let year = year_before(today);
        let (received_year, received, seen, first_in, last_in) = rows::sent_by_person(conn, id, year, today)?;
        let (sent_year, sent, first_out, last_out) = rows::received_by_person(conn, id, year, today)?;
        let last_on = last_in.into_iter().chain(last_out).max();
        let page = PersonPage {
            id,
            parts: parts_of(&record),
            name: record.name,
            npi: record.npi,
            specialty: record.specialty,
            role: record.role,
            first_name_terms: record.first_name_terms,
            connection_note: record.connection_note,
            notes: record.notes.unwrap_or_default(),
            places,
            as_partner: rows::as_partner(conn, id)?,
            contact_points: contact::contact_points(conn, Party::Person(id))?,
            addresses: contact::addresses(conn, Party::Person(id))?,
            counts: PartnerNumbers {
                received_year,
                sent_year,
                received,
                sent,
                seen,
                first_on: first_in.into_iter().chain(first_out).min(),
                last_on,
                days_silent: days_silent(last_on, today),
            },
            trashed_at: record.trashed_at,
            changed_at: record.changed_at,
        };
        Ok::<_, NetworkError>((page, rows::is_patient(conn, id)?))
    })?;
    if is_patient {
        practice.viewed("person", id.0);
    }
    Ok(page)
}
