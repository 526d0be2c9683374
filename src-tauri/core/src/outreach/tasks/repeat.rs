//! When a task comes again.

use chrono::{Days, Months, NaiveDate};

use super::types::Repeat;

impl Repeat {
    /// The `n`-th day of a series that began on `first`; none past the end of the calendar. A month that has no such day
    /// gives its last one, and the next month has the right one again.
    pub fn nth(self, first: NaiveDate, n: u32) -> Option<NaiveDate> {
        let months = |each: u32| first.checked_add_months(Months::new(each.checked_mul(n)?));
        match self {
            Self::Daily => first.checked_add_days(Days::new(n.into())),
            Self::Weekly => first.checked_add_days(Days::new(u64::from(n) * 7)),
            Self::Monthly => months(1),
            Self::Quarterly => months(3),
            Self::Yearly => months(12),
        }
    }
}

/// The next day of a series that began on `first`: the first one after `on`, the day of the series that was due, and after
/// `done`, the day it was done. What was missed in between is not made up for.
///
/// # Examples
/// Monthly from January 31: due and done on February 28, it comes on March 31.
pub fn next_day(repeat: Repeat, first: NaiveDate, on: NaiveDate, done: NaiveDate) -> Option<NaiveDate> {
    let after = on.max(done);
    (0..).map_while(|n| repeat.nth(first, n)).find(|day| *day > after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    fn next(repeat: Repeat, first: &str, on: &str, done: &str) -> String {
        next_day(repeat, day(first), day(on), day(done)).expect("a day").to_string()
    }

    #[test]
    fn the_last_of_a_month_stays_the_last_and_the_31st_comes_back() {
        assert_eq!(next(Repeat::Monthly, "2026-01-31", "2026-01-31", "2026-01-31"), "2026-02-28");
        assert_eq!(next(Repeat::Monthly, "2026-01-31", "2026-02-28", "2026-02-28"), "2026-03-31");
        assert_eq!(next(Repeat::Monthly, "2027-12-30", "2028-01-30", "2028-01-30"), "2028-02-29");
        assert_eq!(next(Repeat::Quarterly, "2026-11-30", "2026-11-30", "2026-11-30"), "2027-02-28");
        assert_eq!(next(Repeat::Quarterly, "2026-11-30", "2027-02-28", "2027-02-28"), "2027-05-30");
        assert_eq!(next(Repeat::Yearly, "2028-02-29", "2028-02-29", "2028-02-29"), "2029-02-28");
        assert_eq!(next(Repeat::Yearly, "2028-02-29", "2031-02-28", "2031-02-28"), "2032-02-29");
    }

    #[test]
    fn done_early_it_keeps_its_day_and_done_late_it_skips_what_was_missed() {
        assert_eq!(next(Repeat::Weekly, "2026-11-02", "2026-11-09", "2026-11-05"), "2026-11-16");
        assert_eq!(next(Repeat::Weekly, "2026-11-02", "2026-11-09", "2026-11-26"), "2026-11-30");
        assert_eq!(next(Repeat::Daily, "2026-11-02", "2026-11-02", "2026-11-06"), "2026-11-07");
        assert_eq!(next(Repeat::Daily, "2026-12-31", "2026-12-31", "2026-12-31"), "2027-01-01");
    }

    #[test]
    fn a_series_always_goes_forward() {
        for repeat in Repeat::ALL {
            let first = day("2024-01-31");
            let mut on = first;
            for _ in 0..60 {
                let then = next_day(*repeat, first, on, on).expect("a day");
                assert!(then > on, "{repeat:?} after {on}");
                on = then;
            }
        }
    }
}
