//! Everything the page of one partner shows.

use std::cmp::Reverse;

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::affiliations::Influence;
use super::completeness::completeness;
use super::contacts::{Address, ContactPoint};
use super::error::NetworkError;
use super::list::Owner;
use super::months::last_months;
use super::patients::{is_patient, seen};
use super::rows::partner::{self as partners, PartnerRecord};
use super::rows::standing::{self as standings, Past};
use super::rows::{contact, page as rows, tag};
use super::standing::{Standing, standing, year_before};
use super::tags::Tag;
use super::types::{ContactKind, HowMet, PartnerClass, PartnerType, Party, PersonRole, Status};
use crate::foundation::id::{AffiliationId, PartnerId, PersonId};
use crate::practice::Practice;
use crate::store::StoreError;
use crate::vault::{Area, Need};

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

/// The page of one partner; one in the trash too. That a patient's was opened goes to the log.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn partner(practice: &Practice, id: PartnerId) -> Result<PartnerPage, NetworkError> {
    practice.may(Need::Read(Area::Network))?;
    let (today, hidden) = (practice.today(), practice.hidden());
    let page = practice.read(|conn| {
        let record = partners::read(conn, id)?.ok_or(NetworkError::Missing)?;
        seen(practice, conn, id)?;
        let past = standings::past(conn, id, today)?;
        let mut people = people(conn, id, &record, today)?;
        let mut introducer = found(conn, record.introducer, rows::named_person)?;
        if hidden.patients {
            let mut known = Vec::with_capacity(people.len());
            for person in people {
                if !is_patient(conn, person.id)? {
                    known.push(person);
                }
            }
            people = known;
            if let Some(person) = &introducer
                && is_patient(conn, person.id)?
            {
                introducer = None;
            }
        }
        let contact_points = contact::contact_points(conn, Party::Partner(id))?;
        let addresses = contact::addresses(conn, Party::Partner(id))?;
        Ok::<_, NetworkError>(PartnerPage {
            completeness: told(&record, &people, &contact_points, &addresses),
            header: header(
                conn,
                id,
                &record,
                &addresses,
                standing(&past.recent, record.ended_on.is_some(), past.last_two_way_on, today),
            )?,
            people,
            contact_points,
            addresses,
            notes: record.notes.unwrap_or_default(),
            beginning: BeginningShown {
                how: record.how_met,
                on: record.how_met_on,
                place: record.how_met_place,
                note: record.how_met_note,
                introducer,
            },
            sites: rows::sites(conn, id)?,
            counts: numbers(conn, id, &past, today)?,
            months: rows::by_month(conn, id, &last_months(today, 24))?,
        })
    })?;
    if page.header.class == PartnerClass::Patient {
        practice.viewed("partner", id.0);
    }
    Ok(page)
}

fn header(
    conn: &Connection,
    id: PartnerId,
    record: &PartnerRecord,
    addresses: &[Address],
    standing: Standing,
) -> Result<PartnerHeader, NetworkError> {
    Ok(PartnerHeader {
        id,
        name: record.name.clone(),
        class: record.class,
        partner_type: record.partner_type,
        specialty: record.specialty.clone(),
        npi: record.npi.clone(),
        individual: record.individual,
        parent: found(conn, record.parent, rows::named_partner)?,
        city: addresses.first().map(|address| address.city.clone()).unwrap_or_default(),
        status: standing.status,
        window_days: standing.window_days,
        owner: found(conn, record.owner, rows::owner)?,
        tags: tag::of(conn, id)?,
        ended_on: record.ended_on,
        ended_reason: record.ended_reason.clone(),
        trashed_at: record.trashed_at,
        changed_at: record.changed_at,
    })
}

/// What an id leads to, if there is one.
fn found<Id, T>(
    conn: &Connection,
    id: Option<Id>,
    read: fn(&Connection, Id) -> Result<Option<T>, StoreError>,
) -> Result<Option<T>, StoreError> {
    id.map_or(Ok(None), |id| read(conn, id))
}

/// Who works here: those who do now first, the main ones on top. A partner that is a person begins with that person.
fn people(
    conn: &Connection,
    id: PartnerId,
    record: &PartnerRecord,
    today: NaiveDate,
) -> Result<Vec<PersonHere>, NetworkError> {
    let mut people = rows::people_at(conn, id, today)?;
    if let Some(individual) = record.individual.filter(|one| people.iter().all(|person| person.id != *one))
        && let Some(person) = super::rows::person::read(conn, individual)?
    {
        people.push(PersonHere {
            affiliation: None,
            id: individual,
            name: person.name,
            role: person.role,
            influence: Influence::default(),
            is_primary: true,
            from_on: None,
            to_on: None,
            current: true,
            npi: person.npi,
            connection_note: person.connection_note,
            contact_points: Vec::new(),
            received_year: 0,
        });
    }
    for person in &mut people {
        person.contact_points = contact::contact_points(conn, Party::Person(person.id))?;
        person.received_year = rows::received_year_of(conn, person.id, year_before(today), today)?;
    }
    people.sort_by_key(|person| {
        let chooses = person.influence.decides || person.influence.usually_picks;
        (
            !person.current,
            person.affiliation.is_some(),
            !chooses,
            Reverse(person.received_year),
            person.name.clone(),
        )
    });
    Ok(people)
}

fn numbers(
    conn: &Connection,
    id: PartnerId,
    past: &Past,
    today: NaiveDate,
) -> Result<PartnerNumbers, NetworkError> {
    let (received, sent, seen) = rows::ever(conn, id)?;
    Ok(PartnerNumbers {
        received_year: past.received_year,
        sent_year: past.sent_year,
        received,
        sent,
        seen,
        first_on: past.first_on,
        last_on: past.last_on,
        days_silent: days_silent(past.last_on, today),
    })
}

pub(super) fn days_silent(last_on: Option<NaiveDate>, today: NaiveDate) -> Option<u32> {
    last_on.and_then(|last| u32::try_from((today - last).num_days()).ok())
}

/// The measure `completeness` of what was read.
fn told(
    record: &PartnerRecord,
    people: &[PersonHere],
    points: &[ContactPoint],
    addresses: &[Address],
) -> Completeness {
    let individual = people.iter().find(|person| Some(person.id) == record.individual);
    let has_kind = |kinds: &[ContactKind]| {
        let own = individual.map(|person| person.contact_points.as_slice()).unwrap_or_default();
        points.iter().chain(own).any(|point| kinds.contains(&point.kind))
    };
    completeness(record.partner_type, record.individual.is_some(), |item| match item {
        RequiredItem::Npi => record.npi.is_some() || people.iter().any(|person| person.npi.is_some()),
        RequiredItem::Specialty => record.specialty.is_some(),
        RequiredItem::Phone => has_kind(&[ContactKind::Phone, ContactKind::Mobile]),
        RequiredItem::FaxOrEmail => has_kind(&[ContactKind::Fax, ContactKind::Email]),
        RequiredItem::Address => addresses.iter().any(|address| !address.city.is_empty()),
        RequiredItem::Person => people.iter().any(|person| person.current),
        RequiredItem::Owner => record.owner.is_some(),
        RequiredItem::HowMet => record.how_met.is_some(),
    })
}
