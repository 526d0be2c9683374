//! Everything the page of one person shows, and the list of people.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::add_person::NameParts;
use super::affiliations::Influence;
use super::contacts::{Address, ContactPoint};
use super::error::NetworkError;
use super::partner_page::{NamedPartner, PartnerNumbers};
use super::types::PersonRole;
use crate::foundation::id::{AffiliationId, PersonId};
use crate::practice::Practice;

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
pub fn people(_practice: &Practice, _query: &PeopleQuery) -> Result<PeopleList, NetworkError> {
    todo!()
}

/// The page of one person; one in the trash too.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn person(_practice: &Practice, _id: PersonId) -> Result<PersonPage, NetworkError> {
    todo!()
}
