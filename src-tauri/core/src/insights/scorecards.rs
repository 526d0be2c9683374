//! Who sent how many, and what became of them: one row a partner.

use std::collections::HashMap;

use serde::Serialize;

use super::error::InsightsError;
use super::figures::{Figures, Frame, Tally};
use super::period::{Period, PeriodShown};
use super::summary::Summary;
use crate::foundation::id::PartnerId;
use crate::practice::Practice;

/// One partner over a period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Scorecard {
    /// The partner.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// Its class, as a code.
    pub class: String,
    /// Its type, as a code.
    #[serde(rename = "type")]
    pub kind: String,
    /// Who of us looks after it.
    pub owner: Option<String>,
    /// The measure `status` as it stands today, as a code.
    pub status: String,
    /// Its numbers.
    #[serde(flatten)]
    pub figures: Figures,
}

/// Every partner over a period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Scorecards {
    /// The dates.
    pub period: PeriodShown,
    /// The months of every `months` below, yyyy-mm.
    pub months: Vec<String>,
    /// The practice as a whole.
    pub summary: Summary,
    /// Partners who sent someone in the period or the one before; most received first.
    pub rows: Vec<Scorecard>,
    /// Inbound referrals without a partner: no source named, or the partner is in Trash.
    pub without_partner: Figures,
    /// All inbound referrals: the rows and those without a partner together.
    pub totals: Figures,
}

/// The scorecards of a period.
///
/// # Errors
/// [`InsightsError::Store`].
pub fn scorecards(practice: &Practice, period: &Period) -> Result<Scorecards, InsightsError> {
    let _ = (practice, period);
    Err(InsightsError::NoPartner)
}
