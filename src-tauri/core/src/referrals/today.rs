//! What the morning begins with, as far as the register knows it.

use chrono::{Days, NaiveDate};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::error::ReferralError;
use super::query::{ReferralQuery, RegisterPreset};
use super::register::{count, merged};
use super::rows::register::{self as sql, Plan};
use super::rows::{row, today as rows};
use super::types::{CountUpTo, RegisterRow};
use crate::foundation::id::PartnerId;
use crate::network::PartnerClass;
use crate::practice::Practice;
use crate::vault::{Area, Hidden, Need};

/// A group of referrals on the Today screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TodayReferrals {
    /// How many.
    pub total: CountUpTo,
    /// The first of them.
    pub rows: Vec<RegisterRow>,
}

/// A partner whose referrals fell off lately.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct QuietPartner {
    /// The partner.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
    /// `cooling` or `dormant`, by the measure `status`.
    pub status: String,
    /// The last referral.
    pub last_on: NaiveDate,
    /// Days since.
    pub quiet_days: u32,
    /// The days of silence after which a partner like this one counts as cooling (W of `status`).
    pub window_days: u32,
    /// Inbound in the trailing year.
    pub received_year: u32,
}

/// The Today screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TodayOverview {
    /// Today in the practice's time zone.
    pub date: NaiveDate,
    /// Received today or yesterday.
    pub new_since_yesterday: TodayReferrals,
    /// Received since Monday.
    pub new_this_week: CountUpTo,
    /// Inbound of the last 30 days where nobody asked who sent the patient.
    pub not_asked: TodayReferrals,
    /// The agreed day has passed and nothing says whether the patient came.
    pub visits_to_confirm: TodayReferrals,
    /// Open for more than 60 days without an agreed day.
    pub open_long: TodayReferrals,
    /// Partners who became cooling or dormant within the last month, the strongest first.
    pub gone_quiet: Vec<QuietPartner>,
}

/// How many rows each group shows.
const SHOWN: usize = 5;
/// How far a group is counted.
const COUNTED: usize = 1_000;
/// After how many days an open referral without an agreed day is listed.
const LONG: Days = Days::new(60);
/// What is older than this is history, not work.
const YEAR: Days = Days::new(365);
/// How many quiet partners are shown.
const QUIET: usize = 8;
/// For how many days after becoming cooling or dormant a partner is shown.
const LATELY: f64 = 30.0;

/// What waits today.
///
/// # Errors
/// Those of the file.
pub fn today(practice: &Practice) -> Result<TodayOverview, ReferralError> {
    let rights = practice.rights();
    rights.may(Need::Read(Area::Referrals))?;
    let (date, hidden) = (practice.today(), rights.hidden);
    let back = |days: Days| date.checked_sub_days(days).unwrap_or(NaiveDate::MIN);
    let yesterday =
        ReferralQuery { from: Some(back(Days::new(1))), to: Some(date), ..ReferralQuery::default() };
    let week = ReferralQuery { period: Some(RegisterPreset::ThisWeek), ..ReferralQuery::default() };
    practice.read(|conn| {
        let (not_asked, asked_rest) = sql::not_asked(back(Days::new(30)));
        let (passed, passed_rest) = sql::passed(date, back(YEAR));
        let (open, open_rest) = sql::open_between(back(YEAR), back(LONG));
        let (mut asked_rest, mut passed_rest, mut open_rest) = (asked_rest, passed_rest, open_rest);
        for rest in [&mut asked_rest, &mut passed_rest, &mut open_rest] {
            sql::in_sight(conn, rest)?;
        }
        let plan = |streams, rest| Plan { streams, rest, overlapping: false, selective: false };
        Ok(TodayOverview {
            date,
            new_since_yesterday: group(conn, &sql::plan(conn, &yesterday, date, hidden)?, false, hidden)?,
            new_this_week: count(conn, &sql::plan(conn, &week, date, hidden)?, COUNTED)?,
            not_asked: group(conn, &plan(vec![not_asked], asked_rest), false, hidden)?,
            visits_to_confirm: group(conn, &plan(passed, passed_rest), true, hidden)?,
            open_long: group(conn, &plan(open, open_rest), true, hidden)?,
            gone_quiet: if rights.reads(Area::Network) {
                gone_quiet(conn, date, hidden)?
            } else {
                Vec::new()
            },
        })
    })
}

fn group(
    conn: &Connection,
    plan: &Plan,
    oldest_first: bool,
    hidden: Hidden,
) -> Result<TodayReferrals, ReferralError> {
    let total = count(conn, plan, COUNTED)?;
    let first = merged(conn, &plan.streams, &plan.rest, None, oldest_first, SHOWN)?;
    let ids: Vec<_> = first.into_iter().map(|(_, id)| id).collect();
    Ok(TodayReferrals { total, rows: row::rows(conn, &ids, hidden)? })
}

/// Partners whose silence passed W (cooling) or 2W (dormant) of the measure `status` within the last 30 days.
fn gone_quiet(
    conn: &Connection,
    today: NaiveDate,
    hidden: Hidden,
) -> Result<Vec<QuietPartner>, ReferralError> {
    let mut found = Vec::new();
    rows::quiet(conn, |partner| {
        if hidden.patients && partner.class == PartnerClass::Patient {
            return false;
        }
        let quiet_days = (today - partner.last_on).num_days();
        let limit = if partner.status == "dormant" { 2.0 * partner.window_days } else { partner.window_days };
        let over = quiet_days as f64 - limit;
        if over > 0.0 && over <= LATELY {
            found.push(QuietPartner {
                id: partner.id,
                name: partner.name,
                status: partner.status,
                last_on: partner.last_on,
                quiet_days: u32::try_from(quiet_days).unwrap_or(0),
                window_days: partner.window_days.round() as u32,
                received_year: partner.received_year,
            });
        }
        found.len() == QUIET
    })?;
    Ok(found)
}
