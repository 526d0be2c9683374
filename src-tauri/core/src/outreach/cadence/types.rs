//! The words of cadence.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::rule::{CadenceKept, DueState};
use crate::foundation::codes;
use crate::foundation::id::{PartnerId, PersonId, TagId};
use crate::network::{NamedPerson, Owner, PartnerClass, PartnerType, Ring, Status};
use crate::outreach::touches::{LastContacts, TouchForm};

codes! {
    /// Where an interval is from.
    CadenceFrom {
        /// The partner's own.
        Preference = "preference",
        /// A tag it has.
        Tag = "tag",
        /// The practice's for prospects.
        Prospect = "prospect",
        /// The practice's for its class.
        Class = "class",
    }
}

codes! {
    /// Whether a partner asks for something today.
    DueLevel {
        /// No.
        Quiet = "quiet",
        /// It is due.
        Soft = "soft",
        /// It is late.
        Hard = "hard",
    }
}

codes! {
    /// Why a partner is due or quiet.
    DueWhy {
        /// Not due yet.
        InTime = "in_time",
        /// The interval has passed.
        Due = "due",
        /// One and a half intervals have passed.
        Late = "late",
        /// Nobody has begun with this partner.
        NotBegun = "not_begun",
        /// Left alone until a day.
        Snoozed = "snoozed",
        /// They are away.
        Away = "away",
        /// Left alone until somebody says otherwise.
        Paused = "paused",
        /// Parked.
        Parked = "parked",
        /// The relationship has ended.
        Ended = "ended",
    }
}

/// Days between two talks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Interval {
    /// How many.
    pub days: u16,
    /// Where that is from.
    pub from: CadenceFrom,
}

/// The interval of partners with a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TagCadence {
    /// The tag.
    pub tag: TagId,
    /// Days between two talks.
    pub days: u16,
}

/// The practice's rules: days between two talks where a partner has no wish of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct CadenceRules {
    /// Of prospects.
    pub prospect: u16,
    /// Of medical partners.
    pub medical: u16,
    /// Of businesses.
    pub business: u16,
    /// Of partners with a tag, whatever else they are.
    pub tags: Vec<TagCadence>,
    /// How many partners the core holds before it warns.
    pub core_limit: u16,
}

impl Default for CadenceRules {
    fn default() -> Self {
        Self { prospect: 45, medical: 60, business: 90, tags: Vec::new(), core_limit: 20 }
    }
}

/// How a partner likes to be looked after.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Nurture {
    /// How they like to hear from us.
    pub channel: Option<TouchForm>,
    /// Whom to ask for.
    pub person: Option<PersonId>,
    /// Days between two talks; nothing = by the practice's rules.
    pub every_days: Option<u16>,
    /// When it suits them, in words.
    pub best_time: String,
    /// What to leave, in words.
    pub do_not: String,
    /// They are away up to and with this day.
    pub away_until: Option<NaiveDate>,
    /// Left alone until somebody says otherwise.
    pub paused: bool,
}

/// A partner that is left alone for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Snooze {
    /// Due again on this day.
    pub until: NaiveDate,
    /// Why.
    pub reason: String,
}

/// The rhythm of one partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CadencePage {
    /// Its wishes.
    pub nurture: Nurture,
    /// Days between two talks.
    pub every: Interval,
    /// When it is due.
    pub due: DueState,
    /// The snooze that holds today.
    pub snooze: Option<Snooze>,
    /// When it last heard from us.
    pub last: LastContacts,
}

codes! {
    /// Which part of the due list.
    DueShow {
        /// What is due or late.
        Due = "due",
        /// What is late.
        Hard = "hard",
        /// What was snoozed.
        Snoozed = "snoozed",
    }
}

/// Which partners of the due list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DueQuery {
    /// Only those one looks after today: one's own, and those of whoever is away and left them to one.
    pub mine: bool,
    /// Which part.
    pub show: DueShow,
    /// Begin at this row, 0 = first.
    pub offset: u32,
    /// How many, at most 500; 0 = 100.
    pub limit: u32,
}

/// A partner of the due list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DueRow {
    /// The partner.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: PartnerClass,
    /// Its type.
    #[serde(rename = "type")]
    pub partner_type: PartnerType,
    /// Whether it is one person.
    pub individual: bool,
    /// City of the main address; empty = not known.
    pub city: String,
    /// The measure `status`.
    pub status: Status,
    /// How close it is.
    pub ring: Ring,
    /// Who looks after it.
    pub owner: Option<Owner>,
    /// The owner is away and whoever looks stands in.
    pub standing_in: bool,
    /// When it is due.
    pub due: DueState,
    /// Days between two talks.
    pub every: Interval,
    /// When it last heard from us.
    pub last: LastContacts,
    /// How they like to hear from us.
    pub channel: Option<TouchForm>,
    /// Whom to ask for.
    pub person: Option<NamedPerson>,
    /// When it suits them.
    pub best_time: String,
    /// What to leave.
    pub do_not: String,
    /// The next open task for them.
    pub next_on: Option<NaiveDate>,
    /// The snooze that holds today.
    pub snooze: Option<Snooze>,
}

/// The due list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DueList {
    /// The latest first.
    pub rows: Vec<DueRow>,
    /// How many there are in this part.
    pub total: u32,
    /// How many are due, and late of them, among those asked for.
    pub due: u32,
    /// How many are late.
    pub late: u32,
    /// How many are snoozed.
    pub snoozed: u32,
    /// How many are due among everybody's.
    pub everybodys: u32,
    /// The measure cadence kept, among those asked for.
    pub kept: CadenceKept,
}
