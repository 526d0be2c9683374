//! Which backups may go. Days, weeks and months are counted where there are backups, not from today: a computer that
//! stood still for a year loses nothing.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// How many backups stay: the newest, and the newest of so many days, weeks and months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", rename = "BackupsKept")]
pub struct Keep {
    /// One for each of so many days.
    pub daily: u32,
    /// One for each of so many weeks.
    pub weekly: u32,
    /// One for each of so many months.
    pub monthly: u32,
}

/// These stay whatever the numbers say.
const NEWEST: usize = 3;

impl Default for Keep {
    fn default() -> Self {
        Self { daily: 7, weekly: 4, monthly: 12 }
    }
}

/// A backup as far as thinning looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copy {
    /// When it was made, UTC milliseconds.
    pub made_at: i64,
    /// The day of it where the practice is.
    pub day: NaiveDate,
    /// Whether it counts: one that does not is no reason to remove another, and stays itself to be looked at.
    pub good: bool,
}

/// The places in `copies` of those that may go, at `now`. Nothing goes while the clock stands before the newest copy
/// or before `known`, the newest instant the practice knows of: then it is the clock that is wrong.
pub fn thin(copies: &[Copy], now: i64, known: Option<i64>, keep: Keep) -> Vec<usize> {
    if copies.iter().map(|copy| copy.made_at).chain(known).any(|at| at > now) {
        return Vec::new();
    }
    let mut good: Vec<usize> = (0..copies.len()).filter(|at| copies[*at].good).collect();
    good.sort_by_key(|at| std::cmp::Reverse((copies[*at].made_at, *at)));
    let mut stay: BTreeSet<usize> = good.iter().take(NEWEST).copied().collect();
    stay.extend(newest_of_each(&good, keep.daily, |at| copies[at].day));
    stay.extend(newest_of_each(&good, keep.weekly, |at| copies[at].day.iso_week()));
    stay.extend(newest_of_each(&good, keep.monthly, |at| (copies[at].day.year(), copies[at].day.month())));
    good.retain(|at| !stay.contains(at));
    good.sort_unstable();
    good
}

/// The newest of each of the `most` newest spans.
fn newest_of_each<S: PartialEq>(good: &[usize], most: u32, span: impl Fn(usize) -> S) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for at in good {
        if found.len() as u64 == u64::from(most) {
            break;
        }
        if found.last().is_none_or(|last| span(*last) != span(*at)) {
            found.push(*at);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, TimeDelta};
    use chrono_tz::America::New_York;
    use proptest::prelude::*;

    const DAY: i64 = 24 * 3_600_000;
    /// 2025-01-01 00:00 UTC.
    const START: i64 = 1_735_689_600_000;

    fn copy(made_at: i64, good: bool) -> Copy {
        let day = DateTime::from_timestamp_millis(made_at).expect("an instant").with_timezone(&New_York);
        Copy { made_at, day: day.date_naive(), good }
    }

    fn left(copies: &[Copy], now: i64, keep: Keep) -> Vec<Copy> {
        let gone = thin(copies, now, None, keep);
        (0..copies.len()).filter(|at| !gone.contains(at)).map(|at| copies[at]).collect()
    }

    /// Copies at hours since the start, as a practice would have them.
    fn copies() -> impl Strategy<Value = Vec<Copy>> {
        prop::collection::vec((0_i64..24 * 900, prop::bool::weighted(0.9)), 0..200).prop_map(|made| {
            made.into_iter().map(|(hour, good)| copy(START + hour * 3_600_000, good)).collect()
        })
    }

    fn keeps() -> impl Strategy<Value = Keep> {
        (0_u32..15, 0_u32..10, 0_u32..20).prop_map(|(daily, weekly, monthly)| Keep { daily, weekly, monthly })
    }

    proptest! {
        #[test]
        fn the_newest_three_good_ones_stay_and_bad_ones_are_not_touched(copies in copies(), keep in keeps()) {
            let gone = thin(&copies, START + 901 * DAY, None, keep);
            prop_assert!(gone.iter().all(|at| copies[*at].good));
            let mut good: Vec<i64> = copies.iter().filter(|c| c.good).map(|c| c.made_at).collect();
            good.sort_unstable();
            let third = good.iter().rev().nth(2).or(good.first()).copied().unwrap_or(0);
            prop_assert!(gone.iter().all(|at| copies[*at].made_at <= third), "one of the newest three went");
            prop_assert!(copies.iter().filter(|c| c.good).count() - gone.len() >= good.len().min(3));
        }

        #[test]
        fn thinning_twice_is_thinning_once(copies in copies(), keep in keeps()) {
            let now = START + 901 * DAY;
            let once = left(&copies, now, keep);
            prop_assert_eq!(left(&once, now, keep), once);
        }

        #[test]
        fn no_more_stay_than_the_numbers_say(copies in copies(), keep in keeps()) {
            let good = left(&copies, START + 901 * DAY, keep).iter().filter(|c| c.good).count() as u64;
            prop_assert!(good <= 3 + u64::from(keep.daily) + u64::from(keep.weekly) + u64::from(keep.monthly));
        }

        #[test]
        fn a_clock_that_stands_before_what_is_known_removes_nothing(copies in copies(), keep in keeps(), back in 1_i64..5000) {
            let newest = copies.iter().map(|c| c.made_at).max().unwrap_or(START);
            prop_assert!(thin(&copies, newest - back * 3_600_000, None, keep).is_empty() || copies.is_empty());
            prop_assert!(thin(&copies, newest, Some(newest + back), keep).is_empty());
        }

        #[test]
        fn how_far_today_is_changes_nothing(copies in copies(), keep in keeps(), years in 1_i64..20) {
            let now = START + 901 * DAY;
            prop_assert_eq!(thin(&copies, now, None, keep), thin(&copies, now + years * 365 * DAY, None, keep));
        }
    }

    /// A backup every six hours for two years, thinned after each: what a practice lives through.
    #[test]
    fn two_years_of_backups_leave_days_weeks_and_months_over_both_changes_of_the_clock() {
        let mut kept: Vec<Copy> = Vec::new();
        for quarter in 0..4 * 730 {
            let now = START + quarter * DAY / 4;
            kept.push(copy(now, true));
            kept = left(&kept, now, Keep::default());
            assert!(kept.len() <= 3 + 7 + 4 + 12);
        }
        let newest = kept.iter().map(|c| c.made_at).max().expect("some");
        let today = copy(newest, true).day;
        let has = |day: NaiveDate| kept.iter().any(|c| c.day == day);
        assert!((0..7).all(|back| has(today - TimeDelta::days(back))), "each of the last seven days");
        let months: BTreeSet<_> = kept.iter().map(|c| (c.day.year(), c.day.month())).collect();
        assert_eq!(months.len(), 12, "each of the last twelve months");
    }

    #[test]
    fn the_only_good_one_stays_however_old() {
        let copies = [copy(START, true), copy(START + 400 * DAY, false)];
        let none = Keep { daily: 0, weekly: 0, monthly: 0 };
        assert!(thin(&copies, START + 2000 * DAY, None, none).is_empty());
    }
}
