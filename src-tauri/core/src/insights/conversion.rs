//! How many of the patients who were sent came.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::period::Period;
use super::ratio::Ratio;
use super::state::ReferralState;

/// After so many days an open referral no longer counts as pending. A default: callers may pass another.
pub const PENDING_DAYS: u32 = 60;

/// The measure `conversion`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Conversion {
    /// Seen ÷ (received − pending).
    pub ratio: Ratio,
    /// Open, without a kept visit, and too young to judge; in neither number.
    pub pending: u32,
}

/// Counts what `conversion` needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Converting {
    received: u32,
    seen: u32,
    pending: u32,
}

impl Converting {
    /// Takes one inbound referral into account.
    pub fn count(&mut self, received_on: NaiveDate, state: ReferralState, as_of: NaiveDate, limit: u32) {
        self.received += 1;
        match state {
            ReferralState::Seen => self.seen += 1,
            ReferralState::Open if (as_of - received_on).num_days() <= i64::from(limit) => self.pending += 1,
            _ => {}
        }
    }

    /// Takes what was counted elsewhere.
    pub fn add(&mut self, other: Self) {
        self.received += other.received;
        self.seen += other.seen;
        self.pending += other.pending;
    }
}

/// `conversion`: inbound referrals received in P with first kept visit ≤ as-of ÷ (inbound received in P − pending).
/// Pending = open, no kept visit, age ≤ limit (default 60 d); shown separately. Declined, no-show and lost stay in
/// the denominator.
pub fn conversion(counted: Converting) -> Conversion {
    Conversion {
        ratio: Ratio::new(counted.seen, counted.received - counted.pending),
        pending: counted.pending,
    }
}

/// The part of a period whose referrals are all old enough to judge: everything received ≥ limit days before as-of.
/// Trends and comparisons use it alone, because leaving out young open cases flatters recent periods.
pub fn mature(period: Period, as_of: NaiveDate, limit: u32) -> Option<Period> {
    let to = period.to.min(as_of - Days::new(u64::from(limit)));
    (period.from <= to).then_some(Period { from: period.from, to })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    #[test]
    fn young_open_referrals_are_pending_and_everything_else_stays_in_the_denominator() {
        let as_of = day("2026-10-31");
        let mut counted = Converting::default();
        let cases = [
            ("2026-10-01", ReferralState::Open),
            ("2026-09-01", ReferralState::Open),
            ("2026-08-31", ReferralState::Open),
            ("2026-10-01", ReferralState::Seen),
            ("2026-10-01", ReferralState::NoShow),
            ("2026-10-01", ReferralState::Declined),
            ("2026-10-01", ReferralState::Lost),
        ];
        for (received, state) in cases {
            counted.count(day(received), state, as_of, PENDING_DAYS);
        }
        let measure = conversion(counted);
        assert_eq!(
            (measure.ratio.a, measure.ratio.b, measure.pending),
            (1, 5, 2),
            "exactly 60 days old is still pending, 61 is not"
        );
    }

    #[test]
    fn a_trend_leaves_out_what_is_too_young_to_judge() {
        let year = Period { from: day("2026-01-01"), to: day("2026-12-31") };
        assert_eq!(
            mature(year, day("2026-11-21"), 60),
            Some(Period { from: day("2026-01-01"), to: day("2026-09-22") })
        );
        assert_eq!(
            mature(Period { from: day("2026-10-01"), to: day("2026-10-31") }, day("2026-11-21"), 60),
            None
        );
    }
}
