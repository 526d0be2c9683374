//! Where a relationship stands: the measure `status`, and how it is kept beside each partner.

use chrono::{Days, Months, NaiveDate};
use rusqlite::Connection;

use super::error::NetworkError;
use super::rows::standing as rows;
use super::types::Status;
use crate::practice::Practice;
use crate::store::StoreError;

/// The measure `status` and the window it was told by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Where the relationship stands.
    pub status: Status,
    /// W: how many days of silence are usual.
    pub window_days: f64,
}

/// W while there are too few referrals to tell a rhythm.
const USUAL_WINDOW: f64 = 90.0;

/// The measure `status` (section 12): *ended: lifecycle ended. prospect: no referral either way ever. Else W = clamp to
/// 30–180 d of 2 × median gap between referral dates of the last 24 months (≥ 4 referrals), otherwise 90 d. active: last
/// referral ≤ W ago. cooling: ≤ 2W ago, or two-way touch ≤ W ago. dormant: rest.*
///
/// `referred_on` holds one date a referral, both directions, in any order; those after `as_of` do not count. Several
/// referrals of one day are one date: a gap lies between dates.
pub fn standing(
    referred_on: &[NaiveDate],
    ended: bool,
    last_two_way_touch: Option<NaiveDate>,
    as_of: NaiveDate,
) -> Standing {
    let mut dates: Vec<NaiveDate> = referred_on.iter().copied().filter(|date| *date <= as_of).collect();
    dates.sort_unstable();
    let window_days = window(&dates, as_of);
    let within = |date: NaiveDate, windows: f64| days_between(date, as_of) <= windows * window_days;
    let status = match dates.last() {
        _ if ended => Status::Ended,
        None => Status::Prospect,
        Some(last) if within(*last, 1.0) => Status::Active,
        Some(last) if within(*last, 2.0) => Status::Cooling,
        Some(_) if last_two_way_touch.is_some_and(|touch| touch <= as_of && within(touch, 1.0)) => {
            Status::Cooling
        }
        Some(_) => Status::Dormant,
    };
    Standing { status, window_days }
}

/// W, from sorted dates.
fn window(dates: &[NaiveDate], as_of: NaiveDate) -> f64 {
    let since = two_years_before(as_of);
    let recent = &dates[dates.partition_point(|date| *date <= since)..];
    if recent.len() < 4 {
        return USUAL_WINDOW;
    }
    let mut gaps: Vec<f64> =
        recent.windows(2).map(|pair| days_between(pair[0], pair[1])).filter(|gap| *gap > 0.0).collect();
    if gaps.is_empty() {
        return USUAL_WINDOW;
    }
    gaps.sort_unstable_by(f64::total_cmp);
    let middle = gaps.len() / 2;
    let median =
        if gaps.len() % 2 == 1 { gaps[middle] } else { f64::midpoint(gaps[middle - 1], gaps[middle]) };
    (2.0 * median).clamp(30.0, 180.0)
}

fn days_between(earlier: NaiveDate, later: NaiveDate) -> f64 {
    f64::from(i32::try_from((later - earlier).num_days()).unwrap_or(i32::MAX))
}

/// The day before the last 24 months begin.
pub(super) fn two_years_before(as_of: NaiveDate) -> NaiveDate {
    as_of.checked_sub_months(Months::new(24)).unwrap_or(NaiveDate::MIN)
}

/// The day before the trailing year (the 365 d ending on `as_of`) begins.
pub(super) fn year_before(as_of: NaiveDate) -> NaiveDate {
    as_of.checked_sub_days(Days::new(365)).unwrap_or(NaiveDate::MIN)
}

/// Computes the standing of every partner marked stale. Runs inside each write, before it commits.
///
/// # Errors
/// Those of the file.
pub fn settle_standing(conn: &Connection, today: NaiveDate) -> Result<(), StoreError> {
    let stale = rows::stale(conn)?;
    if stale.is_empty() {
        return Ok(());
    }
    rows::begin_day(conn, today)?;
    for id in stale {
        let Some(partner) = rows::partner(conn, id)? else {
            rows::forget(conn, id)?;
            continue;
        };
        let past = rows::past(conn, id, today)?;
        let standing = standing(&past.recent, partner.ended, past.last_two_way_on, today);
        rows::keep(conn, id, &partner, &past, standing)?;
    }
    rows::clear_stale(conn)
}

/// Brings standings up to today, if the day changed since. Call at unlock; lists call it themselves.
///
/// # Errors
/// Those of the file.
pub fn refresh_standing_for_day(practice: &Practice) -> Result<(), NetworkError> {
    let as_of = practice.read(rows::as_of)?;
    if as_of == Some(practice.today()) {
        return Ok(());
    }
    practice.store().settle_day(roll_to)?;
    Ok(())
}

/// So many days later everything is computed again.
const LONG_AWAY: i64 = 62;

/// Only partners whose numbers can have changed are computed again: those with a referral that entered or left the
/// trailing year, the 24 months or the past, and those silent for longer than their window since.
fn roll_to(conn: &Connection, today: NaiveDate) -> Result<(), StoreError> {
    match rows::as_of(conn)? {
        Some(before) if before <= today && (today - before).num_days() <= LONG_AWAY => {
            for edge in [two_years_before, year_before, |day| day] {
                rows::mark_with_referrals(conn, edge(before), edge(today))?;
            }
            rows::mark_silent(conn, today)?;
        }
        _ => rows::mark_all(conn)?,
    }
    settle_standing(conn, today)?;
    rows::set_day(conn, today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;
    use proptest::prelude::*;

    fn of(dates: &[&str], as_of: &str) -> Standing {
        standing(&dates.iter().map(|d| day(d)).collect::<Vec<_>>(), false, None, day(as_of))
    }

    #[test]
    fn status_follows_silence_measured_in_the_partners_own_rhythm() {
        // Gaps 30, 31, 30: median 30, W = 60.
        let monthly = ["2026-01-01", "2026-01-31", "2026-03-03", "2026-04-02"];
        let cases = [
            ("2026-04-02", Status::Active),
            ("2026-06-01", Status::Active),  // 60 days
            ("2026-06-02", Status::Cooling), // 61
            ("2026-07-31", Status::Cooling), // 120
            ("2026-08-01", Status::Dormant), // 121
        ];
        for (as_of, expected) in cases {
            assert_eq!(
                of(&monthly, as_of),
                Standing { status: expected, window_days: 60.0 },
                "as of {as_of}"
            );
        }
    }

    #[test]
    fn fewer_than_four_referrals_in_two_years_give_ninety_days() {
        let rare = ["2023-01-01", "2025-12-01", "2026-01-01", "2026-02-01"];
        assert_eq!(of(&rare, "2026-05-02").status, Status::Active);
        assert_eq!(of(&rare, "2026-05-03"), Standing { status: Status::Cooling, window_days: 90.0 });
        assert_eq!(of(&rare, "2026-08-01").status, Status::Dormant);
    }

    #[test]
    fn the_window_is_held_between_thirty_and_a_hundred_and_eighty_days() {
        assert_eq!(
            of(&["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"], "2026-01-05").window_days,
            30.0
        );
        assert_eq!(
            of(&["2025-01-01", "2025-06-01", "2025-12-01", "2026-05-01"], "2026-05-02").window_days,
            180.0
        );
    }

    #[test]
    fn four_patients_on_one_day_are_no_rhythm() {
        assert_eq!(of(&["2026-01-01"; 4], "2026-01-05").window_days, 90.0);
    }

    #[test]
    fn referrals_older_than_two_years_are_no_rhythm_but_keep_a_partner_from_being_a_prospect() {
        let old = ["2023-01-01", "2023-02-01", "2023-03-01", "2023-04-01"];
        assert_eq!(of(&old, "2026-01-01"), Standing { status: Status::Dormant, window_days: 90.0 });
        assert_eq!(of(&old, "2022-12-31").status, Status::Prospect, "nothing had been referred yet");
    }

    #[test]
    fn a_recent_conversation_keeps_a_silent_partner_from_being_dormant() {
        let dates = [day("2025-01-01")];
        let touched = |touch: &str| standing(&dates, false, Some(day(touch)), day("2026-01-01")).status;
        assert_eq!(touched("2025-10-03"), Status::Cooling);
        assert_eq!(touched("2025-10-02"), Status::Dormant);
        assert_eq!(standing(&[], false, Some(day("2025-12-31")), day("2026-01-01")).status, Status::Prospect);
    }

    #[test]
    fn ended_is_ended_whatever_came() {
        assert_eq!(standing(&[day("2026-01-01")], true, None, day("2026-01-01")).status, Status::Ended);
        assert_eq!(standing(&[], true, None, day("2026-01-01")).status, Status::Ended);
    }

    proptest! {
        #[test]
        fn silence_only_ever_cools(ages in prop::collection::vec(0u64..1200, 1..40), later in 0u64..600) {
            let start = day("2026-01-01");
            let dates: Vec<NaiveDate> = ages.iter().map(|age| start - Days::new(*age)).collect();
            let order = [Status::Active, Status::Cooling, Status::Dormant];
            let rank = |s: Status| order.iter().position(|o| *o == s).expect("one of the three");
            let w = standing(&dates, false, None, start);
            prop_assert!((30.0..=180.0).contains(&w.window_days));
            // The window itself may change when dates leave the 24 months, so compare within the same window only.
            let then = standing(&dates, false, None, start + Days::new(later));
            if then.window_days == w.window_days {
                prop_assert!(rank(then.status) >= rank(w.status));
            }
        }

        #[test]
        fn the_order_of_the_dates_does_not_matter(mut ages in prop::collection::vec(0u64..900, 0..20)) {
            let as_of = day("2026-01-01");
            let dates: Vec<NaiveDate> = ages.iter().map(|age| as_of - Days::new(*age)).collect();
            ages.reverse();
            let reversed: Vec<NaiveDate> = ages.iter().map(|age| as_of - Days::new(*age)).collect();
            prop_assert_eq!(standing(&dates, false, None, as_of), standing(&reversed, false, None, as_of));
        }
    }
}
