//! The numbers every scorecard shows, whoever it is about.

use chrono::NaiveDate;
use serde::Serialize;

use super::conversion::{Conversion, Converting, conversion};
use super::frame::Frame;
use super::ratio::one_decimal;
use super::rows::Inbound;
use super::spread::Spread;
use super::state::ReferralState;

/// Inbound referrals of a period: how many, what became of them, how fast, and against the period before.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// Received in the period; the sum of the five states below.
    pub received: u32,
    /// Of these, with a kept visit.
    pub seen: u32,
    /// Closed because the patient did not come.
    pub no_show: u32,
    /// Closed because the patient or we said no.
    pub declined: u32,
    /// Closed because contact was lost or the patient went elsewhere.
    pub lost: u32,
    /// Still open.
    pub open: u32,
    /// Received by month, as the list of months beside it names them.
    pub months: Vec<u32>,
    /// The measure `conversion`.
    pub conversion: Conversion,
    /// The measure `time_to_conversion`.
    pub time_to_conversion: Spread,
    /// The last inbound referral in the period or the one before.
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub last_on: Option<NaiveDate>,
    /// Received against the period before.
    pub change: Change,
}

/// A count against the count of the period before.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// The count of the period before.
    pub before: u32,
    /// Now − before.
    pub difference: i32,
    /// (now − before) ÷ before in percent with one decimal; none when before < 5.
    pub percent: Option<f64>,
}

impl Change {
    /// From a count to another.
    pub fn new(before: u32, now: u32) -> Self {
        let difference = i64::from(now) - i64::from(before);
        Self {
            before,
            difference: i32::try_from(difference).unwrap_or(i32::MAX),
            percent: (before >= 5).then(|| one_decimal(difference as f64 / f64::from(before) * 100.0)),
        }
    }
}

/// Counts referrals one by one until they become [`Figures`].
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    received: u32,
    states: [u32; 5],
    months: Vec<u32>,
    converting: Converting,
    days: Vec<u32>,
    last_on: Option<NaiveDate>,
    before: u32,
}

impl Tally {
    /// Takes one inbound referral into account, in the period or the one before.
    pub(super) fn count(&mut self, frame: &Frame, row: &Inbound) {
        let now = frame.period.holds(row.received_on) && row.received_on <= frame.as_of;
        let before = !now && frame.before.holds(row.received_on);
        if !now && !before {
            return;
        }
        self.last_on = self.last_on.max(Some(row.received_on));
        if before {
            self.before += 1;
            return;
        }
        let state = frame.state(row);
        self.received += 1;
        self.states[state as usize] += 1;
        if self.months.is_empty() {
            self.months = vec![0; frame.months];
        }
        if let Some(count) = self.months.get_mut(frame.month_of(row.received_on)) {
            *count += 1;
        }
        self.converting.count(row.received_on, state, frame.as_of, frame.pending_days);
        if state == ReferralState::Seen
            && let Some(days) = days_to_visit(row.received_on, row.seen_on)
        {
            self.days.push(days);
        }
    }

    /// Takes what another tally counted.
    pub(super) fn add(&mut self, other: Self) {
        self.received += other.received;
        self.before += other.before;
        self.states.iter_mut().zip(other.states).for_each(|(mine, theirs)| *mine += theirs);
        if self.months.is_empty() {
            self.months = other.months;
        } else {
            self.months.iter_mut().zip(other.months).for_each(|(mine, theirs)| *mine += theirs);
        }
        self.converting.add(other.converting);
        self.days.extend(other.days);
        self.last_on = self.last_on.max(other.last_on);
    }

    /// Whether there is anything to show.
    pub(super) fn is_empty(&self) -> bool {
        self.received == 0 && self.before == 0
    }

    /// The numbers. `time_to_conversion`: days received → first kept visit, of the converted in P: median, p90, n.
    pub(super) fn figures(mut self, frame: &Frame) -> Figures {
        let [seen, no_show, declined, lost, open] = self.states;
        if self.months.is_empty() {
            self.months = vec![0; frame.months];
        }
        Figures {
            received: self.received,
            seen,
            no_show,
            declined,
            lost,
            open,
            months: self.months,
            conversion: conversion(self.converting),
            time_to_conversion: Spread::of(&mut self.days),
            last_on: self.last_on,
            change: Change::new(self.before, self.received),
        }
    }
}

/// Days from received to the kept visit; none when the visit has no date or lies before.
pub(super) fn days_to_visit(received_on: NaiveDate, seen_on: Option<NaiveDate>) -> Option<u32> {
    u32::try_from((seen_on? - received_on).num_days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_from_few_has_no_percentage() {
        assert_eq!(Change::new(4, 8), Change { before: 4, difference: 4, percent: None });
        assert_eq!(Change::new(8, 6), Change { before: 8, difference: -2, percent: Some(-25.0) });
    }
}
