//! What the morning begins with, as far as the register knows it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::error::ReferralError;
use super::types::{CountUpTo, RegisterRow};
use crate::foundation::id::PartnerId;
use crate::practice::Practice;

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

/// What waits today.
///
/// # Errors
/// Those of the file.
pub fn today(practice: &Practice) -> Result<TodayOverview, ReferralError> {
    let _ = practice;
    Err(ReferralError::Missing)
}
