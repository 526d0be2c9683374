//! One partner's scorecard.

use serde::Serialize;

use super::error::InsightsError;
use super::period::{Period, PeriodShown};
use super::ratio::Ratio;
use super::scorecards::Scorecard;
use super::spread::Spread;
use super::summary::MonthCount;
use crate::foundation::id::{PartnerId, PersonId};
use crate::practice::Practice;

/// A step on the way from referral to visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum StepCode {
    /// The referral arrived.
    Received,
    /// The patient has or had an appointment.
    Scheduled,
    /// The patient came.
    Seen,
}

/// How many got so far, and how long it took.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Which step.
    pub code: StepCode,
    /// Of all received in the period.
    pub ratio: Ratio,
    /// Days since received, where both dates are known.
    pub days: Spread,
}

/// What one person at the partner sent.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PersonFigures {
    /// Who; none where no person was named.
    pub person: Option<PersonId>,
    /// The name.
    pub name: Option<String>,
    /// Received in the period.
    pub received: u32,
    /// Of these, with a kept visit.
    pub seen: u32,
}

/// One partner over a period, as its page shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PartnerScorecard {
    /// The dates.
    pub period: PeriodShown,
    /// The numbers.
    pub card: Scorecard,
    /// The months of the period.
    pub months: Vec<MonthCount>,
    /// The months of the period before.
    pub months_before: Vec<MonthCount>,
    /// From referral to visit.
    pub steps: Vec<Step>,
    /// Who sent them, most first.
    pub people: Vec<PersonFigures>,
}

/// One partner's scorecard.
///
/// # Errors
/// [`InsightsError::NoPartner`], [`InsightsError::Store`].
pub fn scorecard(practice: &Practice, partner: PartnerId, period: &Period) -> Result<PartnerScorecard, InsightsError> {
    let _ = (practice, partner, period);
    Err(InsightsError::NoPartner)
}
