//! The dates all numbers of one look share.

use chrono::{Days, Months, NaiveDate};

use super::conversion::{PENDING_DAYS, mature};
use super::period::{Period, month_index};
use super::rows::{Inbound, Outcome};
use super::state::{ReferralState, state_on};

/// The period, what it is compared with, and the day the numbers are true for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) period: Period,
    pub(super) before: Period,
    pub(super) as_of: NaiveDate,
    /// The trailing year.
    pub(super) year: Period,
    /// The part of the period that is old enough to compare.
    pub(super) mature: Option<Period>,
    /// The same of the period before.
    pub(super) mature_before: Option<Period>,
    pub(super) months: usize,
    pub(super) pending_days: u32,
    today: NaiveDate,
}

impl Frame {
    /// Seen from `today`. A referral received after as-of is not in the period yet.
    pub(super) fn new(period: Period, today: NaiveDate) -> Self {
        let as_of = period.as_of(today);
        let before = period.before(today);
        Self {
            period: Period { from: period.from, to: as_of },
            before,
            as_of,
            year: Period::trailing_year(as_of),
            mature: mature(Period { from: period.from, to: as_of }, as_of, PENDING_DAYS),
            mature_before: mature(before, as_of, PENDING_DAYS),
            months: period.months(today).len(),
            pending_days: PENDING_DAYS,
            today,
        }
    }

    /// From the first day any of its numbers needs to the last.
    pub(super) fn reach(&self) -> Period {
        Period { from: self.period.from.min(self.before.from).min(self.year.from), to: self.as_of }
    }

    /// The last twelve complete calendar months before as-of; the month of as-of too if it is its last day.
    pub(super) fn complete_months(&self) -> Period {
        let after = self.as_of + Days::new(1);
        let end = after - Days::new(u64::from(chrono::Datelike::day0(&after)));
        Period { from: end - Months::new(12), to: end - Days::new(1) }
    }

    /// Where a referral stood on as-of.
    pub(super) fn state(&self, row: &Inbound) -> ReferralState {
        state_on(self.as_of, row.outcome.map(Outcome::code), row.seen_on, row.closed_on)
    }

    /// Which of the period's months a day lies in.
    pub(super) fn month_of(&self, day: NaiveDate) -> usize {
        month_index(day).saturating_sub(month_index(self.period.from)) as usize
    }

    /// The period's months as yyyy-mm.
    pub(super) fn month_names(&self) -> Vec<String> {
        self.period.months(self.today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    #[test]
    fn a_month_is_complete_on_its_last_day() {
        let year = |to: &str| {
            Frame::new(Period { from: day("2026-01-01"), to: day(to) }, day("2026-12-31")).complete_months()
        };
        assert_eq!(year("2026-11-21"), Period { from: day("2025-11-01"), to: day("2026-10-31") });
        assert_eq!(year("2026-10-31"), Period { from: day("2025-11-01"), to: day("2026-10-31") });
    }
}
