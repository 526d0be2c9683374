//! The partner list: filter, sort, pages. Costs the same however many partners there are.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::error::NetworkError;
use super::tags::Tag;
use super::types::{PartnerClass, PartnerType, Status};
use crate::foundation::id::{PartnerId, ProfileId, TagId};
use crate::practice::Practice;

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
    /// Who of us looks after it.
    pub owner: Option<Owner>,
    /// Last referral either way.
    pub last_on: Option<NaiveDate>,
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
pub fn partners(_practice: &Practice, _query: &PartnerQuery) -> Result<PartnerList, NetworkError> {
    todo!()
}

/// The ids of every partner the filter lets through, in the order of the query: for "select all" and exports.
///
/// # Errors
/// Those of the file.
pub fn partner_ids(_practice: &Practice, _query: &PartnerQuery) -> Result<Vec<PartnerId>, NetworkError> {
    todo!()
}

/// How many partners there are, by status and type.
///
/// # Errors
/// Those of the file.
pub fn partner_counts(_practice: &Practice) -> Result<PartnerCounts, NetworkError> {
    todo!()
}
