//! What a person asks of the register.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::types::{Direction, ReferralState};
use crate::foundation::id::{PartnerId, PersonId};
use crate::network::PartnerClass;

/// A stretch of days people ask for by name. Weeks begin on Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum RegisterPreset {
    /// Today.
    Today,
    /// Since Monday.
    ThisWeek,
    /// The 30 days ending today.
    Last30Days,
    /// The 90 days ending today.
    Last90Days,
    /// The 365 days ending today.
    Last365Days,
    /// Since the first of the month.
    ThisMonth,
    /// The calendar month before.
    LastMonth,
    /// Since the first of the quarter.
    ThisQuarter,
    /// The calendar quarter before.
    LastQuarter,
    /// Since January 1.
    ThisYear,
    /// The calendar year before.
    LastYear,
}

impl RegisterPreset {
    /// Both end dates.
    pub fn range(self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let back = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN);
        let month = today.with_day(1).unwrap_or(today);
        let quarter = month.checked_sub_months(Months::new(month.month0() % 3)).unwrap_or(month);
        let year = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
        let before = |start: NaiveDate, months: u32| {
            (
                start.checked_sub_months(Months::new(months)).unwrap_or(start),
                start.pred_opt().unwrap_or(start),
            )
        };
        match self {
            Self::Today => (today, today),
            Self::ThisWeek => (back(u64::from(today.weekday().num_days_from_monday())), today),
            Self::Last30Days => (back(29), today),
            Self::Last90Days => (back(89), today),
            Self::Last365Days => (back(364), today),
            Self::ThisMonth => (month, today),
            Self::LastMonth => before(month, 1),
            Self::ThisQuarter => (quarter, today),
            Self::LastQuarter => before(quarter, 3),
            Self::ThisYear => (year, today),
            Self::LastYear => before(year, 12),
        }
    }
}

/// The order of the register.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ReferralSort {
    /// By the day received.
    #[default]
    Received,
    /// By the patient's name.
    Patient,
    /// By the sending partner's name; those without one come last.
    Partner,
    /// By how it ended, the newest first within.
    Outcome,
}

/// What to show of the register. Empty lists and `None` leave everything in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct ReferralQuery {
    /// A named period; stands before `from` and `to`.
    pub period: Option<RegisterPreset>,
    /// Received on or after.
    pub from: Option<NaiveDate>,
    /// Received on or before.
    pub to: Option<NaiveDate>,
    /// Which way.
    pub direction: Option<Direction>,
    /// Sent or received by this partner.
    pub partner: Option<PartnerId>,
    /// Sent or received by this person.
    pub person: Option<PersonId>,
    /// Any of these states.
    pub states: Vec<ReferralState>,
    /// Sent by partners of any of these classes.
    pub classes: Vec<PartnerClass>,
    /// Words of the patient's name, the chart number or the reason.
    pub text: Option<String>,
    /// This service.
    pub service_line: Option<String>,
    /// This group of diagnoses.
    pub diagnosis_group: Option<String>,
    /// Patients from this country: two letters.
    pub country: Option<String>,
    /// The order.
    pub sort: ReferralSort,
    /// The other way round: received is newest first and names are A to Z unless this is set.
    pub reversed: bool,
    /// Where to go on: `next` of the page before.
    pub cursor: Option<String>,
    /// How many rows, at most 500; 0 means 100.
    pub limit: u32,
}
