//! How the sample's newer referrals went their way: steps, hands, and why some were lost. With chance of its own, so that
//! who came and when stays as it is.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use rusqlite::params;

use super::dice::Dice;
use super::rows;
use crate::foundation::day::Day;
use crate::foundation::id::RecordId;
use crate::store::{StoreError, Tx};

/// A referral whose way is told.
pub(super) struct Told {
    pub(super) id: RecordId,
    pub(super) outbound: bool,
    /// A partner sent it who can be thanked.
    pub(super) has_sender: bool,
    pub(super) received: NaiveDate,
    pub(super) scheduled: Option<NaiveDate>,
    pub(super) seen: Option<NaiveDate>,
    pub(super) closed: Option<NaiveDate>,
    pub(super) outcome: Option<&'static str>,
}

pub(super) struct Ways<'a, 'conn> {
    tx: &'a Tx<'conn>,
    dice: Dice,
    today: NaiveDate,
    /// Who takes batons: the desk and the owner.
    staff: [RecordId; 2],
    number: u32,
}

/// Monday for a Saturday or Sunday: nobody is there.
fn weekday(day: NaiveDate) -> NaiveDate {
    match day.weekday() {
        Weekday::Sat => day + Days::new(2),
        Weekday::Sun => day + Days::new(1),
        _ => day,
    }
}

impl<'a, 'conn> Ways<'a, 'conn> {
    pub(super) fn new(tx: &'a Tx<'conn>, staff: [RecordId; 2], today: NaiveDate, count: usize) -> Self {
        Self { tx, dice: Dice::new(SEED ^ count as u64), today, staff, number: 0 }
    }

    /// Which kind of referral.
    pub(super) fn kind(&mut self) -> Option<&'static str> {
        Some(match self.dice.below(100) {
            0..=37 => "consult",
            38..=57 => "transfer",
            58..=72 => "second_opinion",
            73..=84 => "co_management",
            85..=86 => "travel",
            _ => return None,
        })
    }

    /// Puts down who holds it and what was done.
    pub(super) fn tell(&mut self, told: &Told) -> Result<(), StoreError> {
        let desk = self.dice.chance(62);
        let holder = self.staff[usize::from(!desk)];
        let handed = self.dice.chance(14).then(|| self.later(told.received, 1, 4)).flatten();
        let handed = handed.filter(|on| told.closed.is_none_or(|closed| *on <= closed));
        let held_on = handed.unwrap_or(told.received);
        self.tx.prepare_cached(rows::BATON)?.execute(params![
            told.id,
            Day(told.received),
            holder,
            Day(held_on),
            self.tx.now
        ])?;
        if let Some(on) = handed {
            let (id, giver) = (self.id(), self.staff[usize::from(desk)]);
            self.tx.prepare_cached(rows::HAND_OFF)?.execute(params![
                id,
                told.id,
                giver,
                holder,
                Day(on),
                self.tx.now
            ])?;
        }
        if told.outbound { self.outbound(told) } else { self.inbound(told) }
    }

    fn inbound(&mut self, told: &Told) -> Result<(), StoreError> {
        let mut at = told.received;
        let end = told.scheduled.or(told.closed).unwrap_or(self.today).min(self.today);
        if self.dice.chance(90) {
            let late = if self.dice.chance(12) { 7 } else { 2 };
            at = self.step(told, "acknowledged", at, late, end)?;
        }
        if told.has_sender && self.dice.chance(72) {
            self.step(told, "thanked", at, 3, told.closed.unwrap_or(self.today))?;
        }
        if told.outcome == Some("lost") {
            return self.lost(told, at);
        }
        if told.scheduled.is_none() {
            if self.dice.chance(80) {
                self.step(told, "contacted", at, 2, end)?;
            }
            return Ok(());
        }
        if self.dice.chance(94) {
            let late = if self.dice.chance(10) { 8 } else { 2 };
            at = self.step(told, "contacted", at, late, end)?;
        }
        at = self.step(told, "scheduled", at, 3, end)?;
        if told.outcome == Some("no_show") {
            self.put(told, "no_show", end.max(at))?;
        }
        let Some(seen) = told.seen else { return Ok(()) };
        if self.dice.chance(86) {
            let late = if self.dice.chance(15) { 20 } else { 6 };
            let last = told.closed.unwrap_or(self.today);
            let reported = self.step(told, "report_sent", seen, late, last)?;
            if self.dice.chance(78) {
                self.step(told, "returned", reported, 5, last)?;
            }
        }
        Ok(())
    }

    fn outbound(&mut self, told: &Told) -> Result<(), StoreError> {
        let end = told.scheduled.or(told.closed).unwrap_or(self.today).min(self.today);
        let mut at = self.step(told, "packet_sent", told.received, 3, end)?;
        if told.scheduled.is_none() {
            return Ok(());
        }
        if self.dice.chance(85) {
            at = self.step(told, "confirmed", at, 4, end)?;
        }
        at = self.step(told, "scheduled", at, 4, end)?;
        if told.outcome == Some("no_show") {
            self.put(told, "no_show", end.max(at))?;
        }
        let Some(seen) = told.seen else { return Ok(()) };
        let last = told.closed.unwrap_or(self.today);
        if self.dice.chance(70) {
            let reported = self.step(told, "report_received", seen, 18, last)?;
            if self.dice.chance(60) {
                self.step(told, "patient_asked", reported, 12, last)?;
            }
        }
        Ok(())
    }

    /// Tried in vain, and mostly it was written down why.
    fn lost(&mut self, told: &Told, at: NaiveDate) -> Result<(), StoreError> {
        let last = told.closed.unwrap_or(self.today);
        let mut at = at;
        for _ in 0..self.dice.below(4) {
            at = self.step(told, "attempt", at, 4, last)?;
        }
        if self.dice.chance(80) {
            let reason = *self.dice.pick(&[
                "wait",
                "wait",
                "wait",
                "not_reached",
                "not_reached",
                "insurance",
                "elsewhere",
                "elsewhere",
                "distance",
                "better",
                "cost",
                "ours",
            ]);
            let id = self.id();
            self.tx.prepare_cached(rows::LEAK)?.execute(params![
                id,
                told.id,
                reason,
                self.tx.now,
                self.staff[0]
            ])?;
        }
        Ok(())
    }

    /// A step up to so many days after the one before, by `last` at the latest; one that would lie ahead was not done yet.
    fn step(
        &mut self,
        told: &Told,
        step: &str,
        after: NaiveDate,
        days: i64,
        last: NaiveDate,
    ) -> Result<NaiveDate, StoreError> {
        match self.later(after, 0, days) {
            Some(on) if on <= last => {
                self.put(told, step, on)?;
                Ok(on)
            }
            // The visit came first, so it was done by then.
            _ if last < self.today && after <= last => {
                self.put(told, step, last)?;
                Ok(last)
            }
            _ => Ok(after),
        }
    }

    fn later(&mut self, after: NaiveDate, from: i64, to: i64) -> Option<NaiveDate> {
        let days = u64::try_from(self.dice.between(from, to)).unwrap_or(0);
        let on = if days == 0 { after } else { weekday(after + Days::new(days)) };
        (on <= self.today).then_some(on)
    }

    fn put(&mut self, told: &Told, step: &str, on: NaiveDate) -> Result<(), StoreError> {
        let (id, by) = (self.id(), self.staff[0]);
        self.tx.prepare_cached(rows::STEP)?.execute(params![id, told.id, step, Day(on), self.tx.now, by])?;
        Ok(())
    }

    fn id(&mut self) -> RecordId {
        self.number += 1;
        self.dice.id(self.tx.now, self.number)
    }
}

/// Where this chance begins.
const SEED: u64 = 0x4241_544f_4e00_0001;
