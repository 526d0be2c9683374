//! How much of a yearly limit is used: one meter for a physician or a patient, and a calendar year.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

/// One entry of the ledger that counts on a meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The practice's day on which it was given.
    pub on: NaiveDate,
    /// Its retail value; below zero for a counter-entry.
    pub cents: i64,
    /// Waiting for approval or for its day. It counts all the same.
    pub planned: bool,
}

/// A meter before and after something more is given. Cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Meter {
    /// The calendar year, by the practice's day.
    pub year: i32,
    /// Given so far.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub given_cents: i64,
    /// Planned besides.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub planned_cents: i64,
    /// What is asked about now.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub this_cents: i64,
    /// The limit, exactly as much as which is still within it; none when the year has none.
    #[cfg_attr(feature = "specta", specta(type = Option<i32>))]
    pub limit_cents: Option<i64>,
    /// Whether somebody of the practice has verified the limit.
    pub verified: bool,
}

impl Meter {
    /// Given, planned and this together.
    pub const fn total_cents(&self) -> i64 {
        self.given_cents.saturating_add(self.planned_cents).saturating_add(self.this_cents)
    }

    /// By how much it goes over, if it does.
    pub fn excess_cents(&self) -> Option<i64> {
        self.limit_cents.map(|limit| self.total_cents() - limit).filter(|excess| *excess > 0)
    }
}

/// Adds up the calendar year of `on`: compliance always goes by the calendar year, whatever the practice's fiscal year.
pub fn meter(ledger: &[Entry], on: NaiveDate, this_cents: i64, limit: Option<(i64, bool)>) -> Meter {
    let of_the_year = ledger.iter().filter(|entry| entry.on.year() == on.year());
    let (mut given_cents, mut planned_cents) = (0i64, 0i64);
    for entry in of_the_year {
        let sum = if entry.planned { &mut planned_cents } else { &mut given_cents };
        *sum = sum.saturating_add(entry.cents);
    }
    Meter {
        year: on.year(),
        given_cents,
        planned_cents,
        this_cents,
        limit_cents: limit.map(|(cents, _)| cents),
        verified: limit.is_some_and(|(_, verified)| verified),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn given(on: &str, cents: i64) -> Entry {
        Entry { on: day(on), cents, planned: false }
    }

    #[test]
    fn only_the_calendar_year_counts() {
        let ledger = [given("2025-12-31", 40_000), given("2026-01-01", 1_000), given("2026-12-31", 2_000)];
        assert_eq!(meter(&ledger, day("2026-06-15"), 0, None).given_cents, 3_000);
        assert_eq!(meter(&ledger, day("2025-06-15"), 0, None).given_cents, 40_000);
    }

    #[test]
    fn what_is_planned_counts_too_and_is_shown_apart() {
        let ledger = [given("2026-02-01", 1_000), Entry { planned: true, ..given("2026-11-01", 500) }];
        let meter = meter(&ledger, day("2026-03-01"), 250, Some((53_500, true)));
        assert_eq!((meter.given_cents, meter.planned_cents, meter.total_cents()), (1_000, 500, 1_750));
    }

    #[test]
    fn a_counter_entry_takes_away_what_it_corrects() {
        let ledger = [given("2026-02-01", 30_000), given("2026-02-02", -30_000)];
        assert_eq!(meter(&ledger, day("2026-03-01"), 0, None).given_cents, 0);
    }

    proptest! {
        #[test]
        fn the_order_of_entries_within_a_year_does_not_change_its_total(
            cents in proptest::collection::vec(-50_000i64..50_000, 0..20), turn in 0usize..20,
        ) {
            let ledger: Vec<Entry> = cents.iter().map(|cents| given("2026-05-05", *cents)).collect();
            let mut turned = ledger.clone();
            if !turned.is_empty() {
                let by = turn % turned.len();
                turned.rotate_left(by);
                turned.reverse();
            }
            prop_assert_eq!(
                meter(&ledger, day("2026-05-05"), 0, None),
                meter(&turned, day("2026-05-05"), 0, None)
            );
        }
    }
}
