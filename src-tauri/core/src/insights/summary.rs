//! The practice as a whole over a period.

use std::collections::HashMap;

use rusqlite::Connection;
use serde::Serialize;

use super::concentration::{Concentration, concentration};
use super::conversion::{Conversion, Converting, conversion};
use super::error::InsightsError;
use super::figures::Figures;
use super::flow::{Flow, flow};
use super::frame::Frame;
use super::period::{Period, month_index};
use super::ratio::Ratio;
use super::rows::{self, Hand};
use super::scorecards::Scorecard;
use super::shares::{
    Asking, Share, TakenIn, asked_rate, capture_rate, source_share, taken_in, unknown_share,
};
use crate::foundation::id::PartnerId;
use crate::network::{PartnerClass, PartnerType};

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
    /// Its class.
    pub class: PartnerClass,
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
    /// `capture_rate` and `asked_rate` by who took the referral in, by name; imported ones last. Restricted referrals count
    /// for nobody.
    pub taken_in: Vec<TakenIn>,
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

/// How many of the strongest sources the summary names.
const TOP: usize = 10;

/// What was counted already when the summary is made.
pub(super) struct Look<'a> {
    pub(super) frame: &'a Frame,
    pub(super) cards: &'a [Scorecard],
    pub(super) kinds: &'a HashMap<PartnerId, (PartnerClass, PartnerType)>,
    pub(super) totals: &'a Figures,
    pub(super) partners: u32,
    pub(super) seen_by_month: &'a [u32],
}

impl Summary {
    pub(super) fn look(
        conn: &Connection,
        look: &Look<'_>,
        matured: Converting,
        matured_before: Converting,
        year: HashMap<PartnerId, u32>,
    ) -> Result<Self, InsightsError> {
        let frame = look.frame;
        let new = NewPatients::count(conn, look)?;
        let taken_in = taken_in(new.by_hand, &rows::profile_names(conn)?);
        let (sent, internal) = rows::sent_and_internal(conn, frame.period)?;
        let sending = look.cards.iter().filter(|card| card.figures.received > 0);
        // "Not recorded" is no source.
        let top = sending.clone().filter(|card| card.kind != PartnerType::Unknown).take(TOP).map(|card| {
            TopSource {
                partner: card.partner,
                name: card.name.clone(),
                class: card.class,
                share: Ratio::new(card.figures.received, look.totals.received),
            }
        });
        let months = frame.month_names().into_iter().enumerate().map(|(at, month)| MonthCount {
            month,
            received: look.totals.months.get(at).copied().unwrap_or(0),
            seen: look.seen_by_month.get(at).copied().unwrap_or(0),
        });
        Ok(Self {
            practice: rows::practice_name(conn)?,
            received: look.totals.received,
            sent,
            internal,
            partners_sending: u32::try_from(sending.clone().count()).unwrap_or(u32::MAX),
            partners: look.partners,
            new_patients: new.all,
            capture_rate: capture_rate(new.all - new.without_source, new.all),
            asked_rate: asked_rate(new.asked, new.all),
            unknown_share: unknown_share(new.without_source, new.all),
            taken_in,
            by_class: source_share(
                new.by_class.into_iter().map(|(class, count)| (class.code().to_owned(), count)),
            ),
            by_type: source_share(
                new.by_type.into_iter().map(|(kind, count)| (kind.code().to_owned(), count)),
            ),
            conversion: look.totals.conversion,
            conversion_mature: frame.mature.map(|_| conversion(matured)),
            conversion_before: frame.mature_before.map(|_| conversion(matured_before)),
            months: months.collect(),
            top: top.collect(),
            flow: flow(&new.by_complete_month),
            concentration: concentration(
                year.into_iter()
                    .filter(|(partner, _)| {
                        look.kinds.get(partner).is_some_and(|(_, kind)| *kind != PartnerType::Unknown)
                    })
                    .map(|(_, count)| count)
                    .collect(),
            ),
        })
    }
}

/// Patients registered by their first inbound referral.
#[derive(Default)]
struct NewPatients {
    all: u32,
    asked: u32,
    without_source: u32,
    by_hand: HashMap<Hand, Asking>,
    by_class: HashMap<PartnerClass, u32>,
    by_type: HashMap<PartnerType, u32>,
    by_complete_month: Vec<u32>,
}

impl NewPatients {
    fn count(conn: &Connection, look: &Look<'_>) -> Result<Self, InsightsError> {
        let frame = look.frame;
        let complete = Self::complete_months_on_record(conn, frame)?;
        let first = complete.map_or(0, |months| month_index(months.from));
        let mut count = Self {
            by_complete_month: vec![0; complete.map_or(0, |m| (month_index(m.to) + 1 - first) as usize)],
            ..Self::default()
        };
        let from = complete.map_or(frame.period.from, |months| months.from.min(frame.period.from));
        rows::each_new_patient(conn, Period { from, to: frame.as_of }, |patient| {
            if complete.is_some_and(|months| months.holds(patient.received_on)) {
                count.by_complete_month[(month_index(patient.received_on) - first) as usize] += 1;
            }
            if !frame.period.holds(patient.received_on) {
                return;
            }
            count.all += 1;
            count.asked += u32::from(patient.asked);
            let source = patient
                .partner
                .and_then(|partner| look.kinds.get(&partner))
                .filter(|(_, kind)| *kind != PartnerType::Unknown);
            match source {
                Some((class, kind)) => {
                    *count.by_class.entry(*class).or_default() += 1;
                    *count.by_type.entry(*kind).or_default() += 1;
                }
                None => count.without_source += 1,
            }
            count.by_hand.entry(patient.hand).or_default().count(source.is_some(), patient.asked);
        })?;
        Ok(count)
    }

    /// The complete months there is anything to say about: at most twelve, none before the first referral.
    fn complete_months_on_record(conn: &Connection, frame: &Frame) -> Result<Option<Period>, InsightsError> {
        let months = frame.complete_months();
        let Some(first) = rows::first_day(conn)? else { return Ok(None) };
        let first = first.max(months.from);
        Ok((first <= months.to).then_some(Period { from: first, to: months.to }))
    }
}
