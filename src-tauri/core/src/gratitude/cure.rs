//! How a meter that ran over is put right.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Serialize;

/// Half of the limit, in cents: the most an excess may be.
const fn half(limit_cents: i64) -> i64 {
    limit_cents / 2
}

/// What can be done about an excess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case", tag = "kind", content = "on")]
pub enum Cure {
    /// The physician returns the excess by this day, itself included.
    ReturnBy(NaiveDate),
    /// That day has passed.
    TooLate(NaiveDate),
    /// More than half of the limit: it can't be put right by returning it.
    TooMuch,
    /// This physician's meter was put right before; it can be again from this day on.
    UsedBefore(NaiveDate),
}

/// 42 CFR 411.357(k)(3), as told by Horty Springer and Becker's: an excess of no more than 50 % of the limit is put
/// right if it is returned by the earlier of the end of the calendar year and 180 days after it was received, once in
/// three years for the same physician.
///
/// `received_on` is the day on which the gift that ran over was received, `last` that of the one put right before.
pub fn cure(
    excess_cents: i64,
    limit_cents: i64,
    received_on: NaiveDate,
    last: Option<NaiveDate>,
    today: NaiveDate,
) -> Cure {
    if excess_cents > half(limit_cents) {
        return Cure::TooMuch;
    }
    let again = last.map(|last| last + Months::new(36));
    if let Some(again) = again.filter(|again| received_on < *again) {
        return Cure::UsedBefore(again);
    }
    let by = deadline(received_on);
    if today <= by { Cure::ReturnBy(by) } else { Cure::TooLate(by) }
}

/// The earlier of 31 December and 180 days after receipt.
pub fn deadline(received_on: NaiveDate) -> NaiveDate {
    let days = received_on + Days::new(180);
    NaiveDate::from_ymd_opt(received_on.year(), 12, 31).map_or(days, |end| end.min(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: i64 = 53_500;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn day_180_is_in_time_and_day_181_is_not() {
        let received = day("2026-03-01");
        let last = day("2026-08-28");
        assert_eq!((last - received).num_days(), 180);
        assert_eq!(cure(100, LIMIT, received, None, last), Cure::ReturnBy(last));
        assert_eq!(cure(100, LIMIT, received, None, day("2026-08-29")), Cure::TooLate(last));
    }

    #[test]
    fn the_end_of_the_year_comes_first_for_what_came_late_in_it() {
        assert_eq!(deadline(day("2026-12-01")), day("2026-12-31"));
        assert_eq!(deadline(day("2026-12-31")), day("2026-12-31"));
    }

    #[test]
    fn half_of_the_limit_can_be_returned_and_a_cent_more_cannot() {
        let (received, today) = (day("2026-03-01"), day("2026-03-02"));
        assert!(matches!(cure(26_750, LIMIT, received, None, today), Cure::ReturnBy(_)));
        assert_eq!(cure(26_751, LIMIT, received, None, today), Cure::TooMuch);
    }

    #[test]
    fn once_in_three_years() {
        let (last, today) = (day("2023-05-10"), day("2026-05-11"));
        assert_eq!(
            cure(100, LIMIT, day("2026-05-09"), Some(last), today),
            Cure::UsedBefore(day("2026-05-10"))
        );
        assert!(matches!(cure(100, LIMIT, day("2026-05-10"), Some(last), today), Cure::ReturnBy(_)));
    }
}
