//! Everything the page of one partner shows.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::affiliations::Influence;
use super::contacts::{Address, ContactPoint};
use super::error::NetworkError;
use super::list::Owner;
use super::tags::Tag;
use super::types::{HowMet, PartnerClass, PartnerType, PersonRole, Status};
use crate::foundation::id::{AffiliationId, PartnerId, PersonId};
use crate::practice::Practice;

/// The page of one partner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PartnerPage {
    /// Who it is.
    pub header: PartnerHeader,
    /// Who works there; those who do now first, the main ones on top.
    pub people: Vec<PersonHere>,
    /// How it is reached.
    pub contact_points: Vec<ContactPoint>,
    /// Where it is.
    pub addresses: Vec<Address>,
    /// Notes.
    pub notes: String,
    /// How it began.
    pub beginning: BeginningShown,
    /// Places that belong to it.
    pub sites: Vec<NamedPartner>,
    /// Referrals in numbers.
    pub counts: PartnerNumbers,
    /// The last 24 calendar months, oldest first; the last one is running.
    pub months: Vec<PartnerMonth>,
    /// The measure `completeness`.
    pub completeness: Completeness,
}

/// Who a partner is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PartnerHeader {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: PartnerClass,
    /// Its type.
    #[serde(rename = "type")]
    pub partner_type: PartnerType,
    /// Specialty.
    pub specialty: Option<String>,
    /// National Provider Identifier.
    pub npi: Option<String>,
    /// The one person this partner is.
    pub individual: Option<PersonId>,
    /// The organisation it belongs to.
    pub parent: Option<NamedPartner>,
    /// City of the main address; empty = not known.
    pub city: String,
    /// The measure `status`.
    pub status: Status,
    /// W of the measure `status`: silent for longer than this many days is longer than usual.
    pub window_days: f64,
    /// Who of us looks after it.
    pub owner: Option<Owner>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// When the relationship ended.
    pub ended_on: Option<NaiveDate>,
    /// Why it ended.
    pub ended_reason: Option<String>,
    /// When it went to the trash, UTC milliseconds.
    #[cfg_attr(feature = "specta", specta(type = Option<f64>))]
    pub trashed_at: Option<i64>,
    /// The stamp to give back when a field is saved.
    #[cfg_attr(feature = "specta", specta(type = f64))]
    pub changed_at: i64,
}

/// A partner by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NamedPartner {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
}

/// A person by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NamedPerson {
    /// Its id.
    pub id: PersonId,
    /// Its name.
    pub name: String,
}

/// A person at a partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PersonHere {
    /// The link. Nothing when the partner is this person.
    pub affiliation: Option<AffiliationId>,
    /// The person.
    pub id: PersonId,
    /// Its name.
    pub name: String,
    /// As what it works here.
    pub role: Option<PersonRole>,
    /// The part in choosing.
    pub influence: Influence,
    /// The person's main place.
    pub is_primary: bool,
    /// Since.
    pub from_on: Option<NaiveDate>,
    /// Until.
    pub to_on: Option<NaiveDate>,
    /// Whether it works here today.
    pub current: bool,
    /// National Provider Identifier.
    pub npi: Option<String>,
    /// What we have in common.
    pub connection_note: Option<String>,
    /// How the person is reached.
    pub contact_points: Vec<ContactPoint>,
    /// Referrals this person sent in the trailing year.
    pub received_year: u32,
}

/// How a relationship began, with the introducer's name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BeginningShown {
    /// How.
    pub how: Option<HowMet>,
    /// When.
    pub on: Option<NaiveDate>,
    /// Where.
    pub place: Option<String>,
    /// One sentence.
    pub note: Option<String>,
    /// Who introduced us.
    pub introducer: Option<NamedPerson>,
}

/// Referrals of a partner or person in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PartnerNumbers {
    /// Received in the trailing year.
    pub received_year: u32,
    /// Sent in the trailing year.
    pub sent_year: u32,
    /// Received ever.
    pub received: u32,
    /// Sent ever.
    pub sent: u32,
    /// Of those received ever, seen.
    pub seen: u32,
    /// First referral either way.
    pub first_on: Option<NaiveDate>,
    /// Last referral either way.
    pub last_on: Option<NaiveDate>,
    /// Days since then.
    pub days_silent: Option<u32>,
}

/// One month of a partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PartnerMonth {
    /// yyyy-mm.
    pub month: String,
    /// Received.
    pub received: u32,
    /// Sent.
    pub sent: u32,
}

/// The measure `completeness`: present ÷ required items of the type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Completeness {
    /// How many are there.
    pub present: u32,
    /// How many there should be.
    pub required: u32,
    /// Which are missing.
    pub missing: Vec<RequiredItem>,
}

/// Something a partner of a type should have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum RequiredItem {
    /// National Provider Identifier.
    Npi,
    /// Specialty.
    Specialty,
    /// A telephone number.
    Phone,
    /// A fax or e-mail address.
    FaxOrEmail,
    /// A postal address with its city.
    Address,
    /// Somebody we know there.
    Person,
    /// Who of us looks after it.
    Owner,
    /// How we met.
    HowMet,
}

/// The page of one partner; one in the trash too.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn partner(_practice: &Practice, _id: PartnerId) -> Result<PartnerPage, NetworkError> {
    todo!()
}
