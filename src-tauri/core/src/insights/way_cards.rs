//! What leaked and whether loops closed, partner by partner: the numbers of [`super::leak_report`] and
//! [`super::loop_report`] beside each other, for the scorecards.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::Serialize;

use super::closing::{
    Looping, ack_on_time, loop_complete, loop_seen, loop_thanked, report_on_time, return_rate,
};
use super::error::InsightsError;
use super::frame::Frame;
use super::leaks::{Leaking, Recovering, leak_rate, recovered_rate, within};
use super::period::Period;
use super::ratio::Ratio;
use super::way_reports::{looped, thanked_classes, turns_of};
use crate::foundation::id::PartnerId;
use crate::foundation::working_days::WorkingDays;
use crate::practice::Practice;
use crate::referrals::process::{self, walk};
use crate::vault::{Area, Need, calendar_in};

/// How the referrals of a partner, sent or received, went their way over a period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct WayFigures {
    /// The measure `leak_rate`.
    pub leak_rate: Ratio,
    /// The measure `recovered_rate`.
    pub recovered: Ratio,
    /// The measure `loop_complete`.
    pub loop_complete: Ratio,
    /// The measure `loop_seen`.
    pub loop_seen: Ratio,
    /// The measure `loop_thanked`.
    pub loop_thanked: Ratio,
    /// The measure `ack_on_time`.
    pub ack_on_time: Ratio,
    /// The measure `report_on_time`.
    pub report_on_time: Ratio,
    /// The measure `return_rate`.
    pub return_rate: Ratio,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    leaking: Leaking,
    recovering: Recovering,
    looping: Looping,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.leaking.add(other.leaking);
        self.recovering.add(other.recovering);
        self.looping.add(other.looping);
    }

    fn figures(&self) -> WayFigures {
        WayFigures {
            leak_rate: leak_rate(self.leaking),
            recovered: recovered_rate(self.recovering),
            loop_complete: loop_complete(&self.looping),
            loop_seen: loop_seen(&self.looping),
            loop_thanked: loop_thanked(&self.looping),
            ack_on_time: ack_on_time(&self.looping),
            report_on_time: report_on_time(&self.looping),
            return_rate: return_rate(&self.looping),
        }
    }
}

/// The same of every partner.
#[derive(Clone, Debug, Default)]
pub struct WayCards {
    of: HashMap<PartnerId, Counts>,
    without: Counts,
    all: Counts,
}

impl WayCards {
    /// Of one partner.
    pub fn of(&self, partner: PartnerId) -> WayFigures {
        self.of.get(&partner).copied().unwrap_or_default().figures()
    }

    /// Of all that belong to none of these partners; restricted referrals are among them.
    pub fn without(&self, partners: &HashSet<PartnerId>) -> WayFigures {
        let mut rest = self.without;
        let others = self.of.iter().filter(|(partner, _)| !partners.contains(partner));
        others.for_each(|(_, counts)| rest.add(*counts));
        rest.figures()
    }

    /// Of the practice.
    pub fn totals(&self) -> WayFigures {
        self.all.figures()
    }
}

/// How referrals went their way, partner by partner.
///
/// # Errors
/// [`InsightsError::Store`].
pub fn way_cards(practice: &Practice, period: &Period) -> Result<WayCards, InsightsError> {
    practice.may(Need::Read(Area::Insights))?;
    process::ready(practice)?;
    practice.read(|conn| {
        let _snapshot = conn.unchecked_transaction()?;
        way_cards_in(conn, period, practice.today())
    })
}

/// The same within a snapshot somebody holds, once [`process::ready`] was asked.
pub(crate) fn way_cards_in(
    conn: &Connection,
    period: &Period,
    today: NaiveDate,
) -> Result<WayCards, InsightsError> {
    let frame = Frame::new(*period, today);
    let days = WorkingDays::new(&calendar_in(conn)?);
    let thanked = thanked_classes(conn)?;
    let mut cards = WayCards::default();
    process::each_way(conn, frame.period.from, |way| {
        let mut counts = Counts::default();
        let turns = turns_of(way, &days, today);
        counts.leaking.count(within(&turns, frame.period));
        counts.recovering.count(within(&turns, frame.period), frame.as_of);
        if way.facts.tracked_on.is_some() {
            let walk = walk(way.process, way.facts, &days);
            counts.looping.count(&looped(conn, way, &walk, &thanked)?, frame.period, today);
        }
        match way.partner {
            Some(partner) => cards.of.entry(partner).or_default().add(counts),
            None => cards.without.add(counts),
        }
        cards.all.add(counts);
        Ok(())
    })?;
    Ok(cards)
}
