//! The partner list: filter, sort, pages. Costs the same however many partners there are.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::error::{NetworkError, invalid};
use super::months::last_months;
use super::rows::list::{self as rows, Conditions, Place};
use super::search::matching;
use super::standing::refresh_standing_for_day;
use super::tags::Tag;
use super::types::{PartnerClass, PartnerType, Ring, Status};
use crate::foundation::id::{PartnerId, ProfileId, TagId};
use crate::practice::Practice;
use crate::vault::{Area, Hidden, Need};

/// Which partners a list shows. Empty lists mean "any".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct PartnerFilter {
    /// Words of the name, of a person there, a telephone number or NPI.
    pub text: String,
    /// Classes.
    pub class: Vec<PartnerClass>,
    /// Types.
    #[serde(rename = "type")]
    pub partner_type: Vec<PartnerType>,
    /// Statuses.
    pub status: Vec<Status>,
    /// Tags; any of them.
    pub tag: Vec<TagId>,
    /// Owners; any of them.
    pub owner: Vec<ProfileId>,
    /// Only partners nobody looks after.
    pub without_owner: bool,
    /// Rings; any of them.
    pub ring: Vec<Ring>,
}

/// What a partner list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum PartnerSort {
    /// Name.
    #[default]
    Name,
    /// Status: active, cooling, dormant, ended, prospect; then name.
    Status,
    /// Last referral either way.
    LastReferral,
    /// Referrals received in the trailing year.
    ReceivedYear,
    /// Referrals sent in the trailing year.
    SentYear,
    /// Type; then name.
    Type,
    /// City; then name.
    City,
}

/// A page of the partner list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct PartnerQuery {
    /// Which.
    pub filter: PartnerFilter,
    /// Sorted by.
    pub sort: PartnerSort,
    /// Highest first.
    pub descending: bool,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// Or: begin at this row (0 = first), for a jump with the scroll bar.
    pub offset: Option<u32>,
    /// How many rows, at most 500; 0 = 100.
    pub limit: u32,
}

/// A row of the partner list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PartnerRow {
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
    /// Whether this partner is one person.
    pub individual: bool,
    /// City of the main address; empty = not known.
    pub city: String,
    /// The measure `status`.
    pub status: Status,
    /// How close it is.
    pub ring: Ring,
    /// Who of us looks after it.
    pub owner: Option<Owner>,
    /// Last referral either way.
    pub last_on: Option<NaiveDate>,
    /// When it last heard from us; nothing for a role that does not see contacts.
    pub touched_on: Option<NaiveDate>,
    /// Received in the trailing year.
    pub received_year: u32,
    /// Sent in the trailing year.
    pub sent_year: u32,
    /// Received in the last 12 calendar months, oldest first; the last one is running.
    pub months: Vec<u32>,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// One of us who looks after a partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Owner {
    /// The profile.
    pub id: ProfileId,
    /// Its name.
    pub name: String,
    /// Its initials.
    pub initials: String,
}

/// A page of the partner list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PartnerList {
    /// The rows.
    pub rows: Vec<PartnerRow>,
    /// Give this as `cursor` for the next page; nothing = this was the last.
    pub next: Option<String>,
    /// How many partners the filter lets through.
    pub total: u32,
}

/// How many partners there are, for the tabs above the list and the choices of its filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PartnerCounts {
    /// All.
    pub total: u32,
    /// By status; all five.
    pub by_status: Vec<StatusCount>,
    /// By type; those that occur.
    pub by_type: Vec<TypeCount>,
}

/// Partners of a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct StatusCount {
    /// The status.
    pub status: Status,
    /// How many.
    pub partners: u32,
}

/// Partners of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TypeCount {
    /// The type.
    #[serde(rename = "type")]
    pub partner_type: PartnerType,
    /// Its class.
    pub class: PartnerClass,
    /// How many.
    pub partners: u32,
}

/// A page of partners.
///
/// # Errors
/// [`NetworkError::Invalid`] for a cursor that is none; those of the file.
pub fn partners(practice: &Practice, query: &PartnerQuery) -> Result<PartnerList, NetworkError> {
    practice.may(Need::Read(Area::Network))?;
    refresh_standing_for_day(practice)?;
    let (limit, hidden) = (page_size(query.limit), practice.hidden());
    practice.read(|conn| {
        let conditions = conditions(conn, &query.filter, hidden)?;
        let offset = if query.cursor.is_some() { 0 } else { query.offset.unwrap_or(0) };
        let mut places = read_places(conn, &conditions, query, limit + 1, offset)?;
        let more = places.len() > usize::try_from(limit).unwrap_or(usize::MAX);
        if more {
            places.pop();
        }
        let next = places.last().filter(|_| more).map(cursor).transpose()?;
        let ids: Vec<PartnerId> = places.into_iter().map(|(_, _, id)| id).collect();
        let mut rows = rows::rows(conn, &ids, &last_months(practice.today(), 12))?;
        if !practice.rights().reads(Area::Outreach) {
            rows.iter_mut().for_each(|row| row.touched_on = None);
        }
        Ok(PartnerList { rows, next, total: rows::total(conn, &conditions)? })
    })
}

/// The ids of every partner the filter lets through, in the order of the query: for "select all" and exports.
///
/// # Errors
/// Those of the file.
pub fn partner_ids(practice: &Practice, query: &PartnerQuery) -> Result<Vec<PartnerId>, NetworkError> {
    practice.may(Need::Read(Area::Network))?;
    refresh_standing_for_day(practice)?;
    let hidden = practice.hidden();
    practice.read(|conn| {
        let conditions = conditions(conn, &query.filter, hidden)?;
        let all = PartnerQuery { cursor: None, ..query.clone() };
        Ok(read_places(conn, &conditions, &all, u32::MAX, 0)?.into_iter().map(|(_, _, id)| id).collect())
    })
}

/// How many partners there are, by status and type.
///
/// # Errors
/// Those of the file.
pub fn partner_counts(practice: &Practice) -> Result<PartnerCounts, NetworkError> {
    practice.may(Need::Read(Area::Network))?;
    refresh_standing_for_day(practice)?;
    let mut all = practice.read(rows::counts)?;
    if practice.hidden().patients {
        all.retain(|(_, class, _, _)| *class != PartnerClass::Patient);
    }
    let mut counts = PartnerCounts {
        by_status: Status::ALL.iter().map(|status| StatusCount { status: *status, partners: 0 }).collect(),
        ..PartnerCounts::default()
    };
    let mut by_type: BTreeMap<(PartnerType, PartnerClass), u32> = BTreeMap::new();
    for (status, class, partner_type, partners) in all {
        counts.total += partners;
        counts
            .by_status
            .iter_mut()
            .filter(|one| one.status == status)
            .for_each(|one| one.partners += partners);
        *by_type.entry((partner_type, class)).or_default() += partners;
    }
    counts.by_type = by_type
        .into_iter()
        .map(|((partner_type, class), partners)| TypeCount { partner_type, class, partners })
        .collect();
    Ok(counts)
}

/// How many partners a filter lets through.
pub(super) fn count(conn: &Connection, filter: &PartnerFilter, hidden: Hidden) -> Result<u32, NetworkError> {
    Ok(rows::total(conn, &conditions(conn, filter, hidden)?)?)
}

/// The filter as conditions. Words are beginnings; if nothing begins so, they may also only sound so.
fn conditions(conn: &Connection, filter: &PartnerFilter, hidden: Hidden) -> Result<Conditions, NetworkError> {
    let of = |matching: Option<&str>| {
        let all = Conditions::of(filter, matching);
        if hidden.patients { all.without_patients() } else { all }
    };
    let Some(beginnings) = matching(&filter.text, false) else { return Ok(of(None)) };
    let conditions = of(Some(&beginnings));
    if rows::total(conn, &conditions)? > 0 {
        return Ok(conditions);
    }
    Ok(of(matching(&filter.text, true).as_deref()))
}

fn read_places(
    conn: &Connection,
    conditions: &Conditions,
    query: &PartnerQuery,
    limit: u32,
    offset: u32,
) -> Result<Vec<Place>, NetworkError> {
    let after: Option<Place> = match &query.cursor {
        Some(cursor) => Some(serde_json::from_str(cursor).or_else(|_| no_cursor())?),
        None => None,
    };
    let stretches = rows::stretches(conditions, &rows::order(query.sort), query.descending, after.as_ref());
    Ok(rows::places(conn, stretches.or_else(|_| no_cursor())?, limit, offset)?)
}

fn no_cursor<T>() -> Result<T, NetworkError> {
    invalid("cursor", "this is no place in the list; read it from the start")
}

/// A place as the wire carries it.
pub(super) fn cursor<P: Serialize>(place: &P) -> Result<String, NetworkError> {
    serde_json::to_string(place).or_else(|_| no_cursor())
}

/// How many rows a page has.
pub(super) fn page_size(asked: u32) -> u32 {
    match asked {
        0 => 100,
        asked => asked.min(500),
    }
}
