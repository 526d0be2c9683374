//! The practice as a whole over a period.

use std::collections::HashMap;

use serde::Serialize;

use super::concentration::{Concentration, concentration};
use super::conversion::{Conversion, Converting, conversion, mature};
use super::figures::{Figures, Frame};
use super::flow::{Flow, flow};
use super::ratio::Ratio;
use super::scorecards::Scorecard;
use super::shares::{Share, asked_rate, capture_rate, source_share, unknown_share};
use crate::foundation::id::PartnerId;

/// One month of a trend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct MonthCount {
    /// yyyy-mm.
    pub month: String,
    /// Inbound referrals received in it, within the period.
    pub received: u32,
    /// Of these, with a kept visit.
    pub seen: u32,
}

/// A source among the strongest.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TopSource {
    /// The partner.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// Its class, as a code.
    pub class: String,
    /// Received from it ÷ all inbound received.
    pub share: Ratio,
}

/// The practice over a period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// The practice's name.
    pub practice: String,
    /// Inbound referrals received.
    pub received: u32,
    /// Outbound referrals.
    pub sent: u32,
    /// Referrals within the house.
    pub internal: u32,
    /// Partners who sent at least one.
    pub partners_sending: u32,
    /// Partners in the network.
    pub partners: u32,
    /// Patients whose first inbound referral lies in the period.
    pub new_patients: u32,
    /// The measure `capture_rate`.
    pub capture_rate: Ratio,
    /// The measure `asked_rate`.
    pub asked_rate: Ratio,
    /// The measure `unknown_share`.
    pub unknown_share: Ratio,
    /// The measure `source_share` by class.
    pub by_class: Vec<Share>,
    /// The measure `source_share` by type.
    pub by_type: Vec<Share>,
    /// The measure `conversion`.
    pub conversion: Conversion,
    /// `conversion` of the part of the period that is old enough to compare; none if nothing is.
    pub conversion_mature: Option<Conversion>,
    /// `conversion` of the period before, seen from the same day, its mature part; none if nothing is.
    pub conversion_before: Option<Conversion>,
    /// The trend.
    pub months: Vec<MonthCount>,
    /// The strongest sources, at most ten.
    pub top: Vec<TopSource>,
    /// The measure `flow`, as of the last day.
    pub flow: Flow,
    /// The measure `concentration`, trailing year; none below 20 referrals.
    pub concentration: Option<Concentration>,
}
