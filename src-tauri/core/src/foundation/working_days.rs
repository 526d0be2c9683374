//! Working days: which days the practice works, and counting them.
//!
//! A calendar is data somebody may edit ([`Calendar`]); for counting it is laid out once ([`WorkingDays`]).

use std::collections::HashSet;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// A federal holiday of the United States (5 U.S.C. 6103(a)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum FederalHoliday {
    /// January 1.
    NewYear,
    /// The third Monday in January.
    MartinLutherKing,
    /// The third Monday in February.
    Washington,
    /// The last Monday in May.
    Memorial,
    /// June 19; a holiday since 2021.
    Juneteenth,
    /// July 4.
    Independence,
    /// The first Monday in September.
    Labor,
    /// The second Monday in October.
    Columbus,
    /// November 11.
    Veterans,
    /// The fourth Thursday in November.
    Thanksgiving,
    /// December 25.
    Christmas,
}

impl FederalHoliday {
    /// All of them, in the order of the year.
    pub const ALL: [Self; 11] = [
        Self::NewYear,
        Self::MartinLutherKing,
        Self::Washington,
        Self::Memorial,
        Self::Juneteenth,
        Self::Independence,
        Self::Labor,
        Self::Columbus,
        Self::Veterans,
        Self::Thanksgiving,
        Self::Christmas,
    ];

    /// The day itself in that year; none before it was a holiday.
    pub fn day(self, year: i32) -> Option<NaiveDate> {
        let on = |month, day| NaiveDate::from_ymd_opt(year, month, day);
        let nth = |month, weekday, n| NaiveDate::from_weekday_of_month_opt(year, month, weekday, n);
        match self {
            Self::NewYear => on(1, 1),
            Self::MartinLutherKing => nth(1, Weekday::Mon, 3),
            Self::Washington => nth(2, Weekday::Mon, 3),
            Self::Memorial => nth(5, Weekday::Mon, 5).or_else(|| nth(5, Weekday::Mon, 4)),
            Self::Juneteenth => on(6, 19).filter(|_| year >= 2021),
            Self::Independence => on(7, 4),
            Self::Labor => nth(9, Weekday::Mon, 1),
            Self::Columbus => nth(10, Weekday::Mon, 2),
            Self::Veterans => on(11, 11),
            Self::Thanksgiving => nth(11, Weekday::Thu, 4),
            Self::Christmas => on(12, 25),
        }
    }

    /// The day it is kept: one that falls on a Saturday on the Friday before, on a Sunday on the Monday after
    /// (5 U.S.C. 6103(b), Executive Order 11582).
    pub fn observed(self, year: i32) -> Option<NaiveDate> {
        let day = self.day(year)?;
        match day.weekday() {
            Weekday::Sat => day.pred_opt(),
            Weekday::Sun => day.succ_opt(),
            _ => Some(day),
        }
    }
}

/// A day the practice is closed although it would work, or works although it would be closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SpecialDay {
    /// The day.
    pub on: NaiveDate,
    /// Why, in a word or two.
    pub name: String,
    /// It works that day.
    pub works: bool,
}

/// When the practice is open on one day of the week, in minutes since midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct OpenHours {
    /// From this minute.
    pub from: u16,
    /// Up to this minute.
    pub to: u16,
}

/// The working week, the holidays, and the exceptions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Calendar {
    /// Monday to Sunday: when the practice is open; none: closed.
    pub week: Vec<Option<OpenHours>>,
    /// The federal holidays it keeps.
    pub holidays: Vec<FederalHoliday>,
    /// Days that are not as the week and the holidays say.
    pub special: Vec<SpecialDay>,
}

impl Default for Calendar {
    /// Monday to Friday, 8 to 5, every federal holiday.
    fn default() -> Self {
        let open = Some(OpenHours { from: 8 * 60, to: 17 * 60 });
        Self {
            week: vec![open, open, open, open, open, None, None],
            holidays: FederalHoliday::ALL.to_vec(),
            special: Vec::new(),
        }
    }
}

/// The years holidays are laid out for; before and after, the week alone counts.
const YEARS: std::ops::RangeInclusive<i32> = 1999..=2101;

/// A calendar laid out for counting.
#[derive(Clone, Debug)]
pub struct WorkingDays {
    week: [Option<OpenHours>; 7],
    closed: HashSet<NaiveDate>,
    open: HashSet<NaiveDate>,
}

impl WorkingDays {
    /// Lays a calendar out.
    pub fn new(calendar: &Calendar) -> Self {
        let mut week = [None; 7];
        for (day, hours) in week.iter_mut().zip(&calendar.week) {
            *day = *hours;
        }
        let kept = |year| calendar.holidays.iter().filter_map(move |holiday| holiday.observed(year));
        let mut closed: HashSet<NaiveDate> = YEARS.flat_map(kept).collect();
        let special = |works: bool| calendar.special.iter().filter(move |day| day.works == works);
        closed.extend(special(false).map(|day| day.on));
        Self { week, closed, open: special(true).map(|day| day.on).collect() }
    }

    /// Whether the practice works that day.
    pub fn works(&self, on: NaiveDate) -> bool {
        self.open.contains(&on) || (self.hours_of_week(on).is_some() && !self.closed.contains(&on))
    }

    /// Working days after `start` up to and including `end`; the same day and an earlier one give 0 (section 12, rule 6).
    pub fn count(&self, start: NaiveDate, end: NaiveDate) -> u32 {
        let days = start.iter_days().skip(1).take_while(|day| *day <= end);
        u32::try_from(days.filter(|day| self.works(*day)).count()).unwrap_or(u32::MAX)
    }

    /// The `n`th working day after `start`; `start` itself for 0. The inverse of [`Self::count`].
    pub fn after(&self, start: NaiveDate, n: u32) -> NaiveDate {
        if n == 0 {
            return start;
        }
        // A practice that never works would be looked through for ever; four years hold any limit there is.
        let days = start.iter_days().skip(1).take(4 * 366).filter(|day| self.works(*day));
        days.take(n as usize).last().unwrap_or_else(|| start + Days::new(u64::from(n)))
    }

    /// When it is open that day, in minutes since midnight. A special day that works has the hours of its weekday, or 8 to 5.
    pub fn hours(&self, on: NaiveDate) -> Option<OpenHours> {
        let usual = OpenHours { from: 8 * 60, to: 17 * 60 };
        self.works(on).then(|| self.hours_of_week(on).unwrap_or(usual))
    }

    /// Minutes from one moment to another within opening hours. Moments are a day and minutes since midnight.
    pub fn open_minutes(&self, start: (NaiveDate, u16), end: (NaiveDate, u16)) -> u32 {
        if end <= start {
            return 0;
        }
        let days = start.0.iter_days().take_while(|day| *day <= end.0);
        days.filter_map(|day| self.hours(day).map(|hours| (day, hours)))
            .map(|(day, hours)| {
                let from = if day == start.0 { hours.from.max(start.1) } else { hours.from };
                let to = if day == end.0 { hours.to.min(end.1) } else { hours.to };
                u32::from(to.saturating_sub(from))
            })
            .sum()
    }

    fn hours_of_week(&self, on: NaiveDate) -> Option<OpenHours> {
        self.week[on.weekday().num_days_from_monday() as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;
    use proptest::prelude::*;

    fn usual() -> WorkingDays {
        WorkingDays::new(&Calendar::default())
    }

    #[test]
    fn federal_holidays_are_those_the_office_of_personnel_management_lists() {
        let of =
            |year| FederalHoliday::ALL.map(|h| h.observed(year).map(|d| d.to_string()).unwrap_or_default());
        // opm.gov, Federal Holidays, 2026 and 2021.
        assert_eq!(
            of(2026),
            [
                "2026-01-01",
                "2026-01-19",
                "2026-02-16",
                "2026-05-25",
                "2026-06-19",
                "2026-07-03",
                "2026-09-07",
                "2026-10-12",
                "2026-11-11",
                "2026-11-26",
                "2026-12-25"
            ]
        );
        assert_eq!(
            of(2021),
            [
                "2021-01-01",
                "2021-01-18",
                "2021-02-15",
                "2021-05-31",
                "2021-06-18",
                "2021-07-05",
                "2021-09-06",
                "2021-10-11",
                "2021-11-11",
                "2021-11-25",
                "2021-12-24"
            ]
        );
        assert_eq!(FederalHoliday::NewYear.observed(2022), Some(day("2021-12-31")), "a Saturday");
        assert_eq!(FederalHoliday::Juneteenth.observed(2020), None);
    }

    #[test]
    fn the_start_day_does_not_count_and_the_end_day_does() {
        let days = usual();
        // Thanksgiving 2026: Wednesday 25, Thursday 26 closed, Friday 27, the weekend, Monday 30.
        assert_eq!(days.count(day("2026-11-25"), day("2026-11-25")), 0, "same day");
        assert_eq!(days.count(day("2026-11-25"), day("2026-11-26")), 0, "a holiday");
        assert_eq!(days.count(day("2026-11-25"), day("2026-11-27")), 1);
        assert_eq!(days.count(day("2026-11-25"), day("2026-11-29")), 1, "a weekend adds nothing");
        assert_eq!(days.count(day("2026-11-25"), day("2026-11-30")), 2);
        assert_eq!(days.count(day("2026-11-28"), day("2026-11-30")), 1, "from a Saturday");
        assert_eq!(days.count(day("2026-11-30"), day("2026-11-25")), 0, "backwards");
        assert_eq!(days.after(day("2026-11-25"), 2), day("2026-11-30"));
        assert_eq!(days.after(day("2026-11-28"), 0), day("2026-11-28"));
        assert_eq!(days.after(day("2026-12-24"), 1), day("2026-12-28"), "over Christmas");
    }

    #[test]
    fn the_practice_says_when_it_works() {
        let mut calendar = Calendar::default();
        calendar.holidays.retain(|holiday| *holiday != FederalHoliday::Columbus);
        calendar.special = vec![
            SpecialDay { on: day("2026-11-27"), name: "Day after Thanksgiving".into(), works: false },
            SpecialDay { on: day("2026-11-28"), name: "Flu Saturday".into(), works: true },
        ];
        let days = WorkingDays::new(&calendar);
        assert!(days.works(day("2026-10-12")), "Columbus Day is worked");
        assert_eq!(days.count(day("2026-11-25"), day("2026-11-30")), 2, "Saturday and Monday");
        calendar.week = vec![None; 7];
        calendar.special.clear();
        assert_eq!(
            WorkingDays::new(&calendar).after(day("2026-11-25"), 2),
            day("2026-11-27"),
            "never open: days"
        );
    }

    #[test]
    fn minutes_count_while_the_practice_is_open() {
        let days = usual();
        let at = |on: &str, hour: u16, minute: u16| (day(on), hour * 60 + minute);
        assert_eq!(days.open_minutes(at("2026-11-23", 9, 0), at("2026-11-23", 9, 25)), 25);
        assert_eq!(days.open_minutes(at("2026-11-23", 16, 50), at("2026-11-24", 8, 5)), 15, "over night");
        assert_eq!(
            days.open_minutes(at("2026-11-25", 16, 0), at("2026-11-27", 9, 0)),
            120,
            "over Thanksgiving"
        );
        assert_eq!(
            days.open_minutes(at("2026-11-28", 10, 0), at("2026-11-30", 8, 10)),
            10,
            "from a Saturday"
        );
        assert_eq!(days.open_minutes(at("2026-11-23", 6, 0), at("2026-11-23", 7, 0)), 0, "before opening");
        assert_eq!(days.open_minutes(at("2026-11-24", 9, 0), at("2026-11-23", 9, 0)), 0, "backwards");
    }

    proptest! {
        #[test]
        fn counting_is_the_inverse_of_going_on(start in 0u64..30_000, n in 0u32..60) {
            let (days, start) = (usual(), day("2001-01-01") + Days::new(start));
            let end = days.after(start, n);
            prop_assert_eq!(days.count(start, end), n);
            prop_assert!(n == 0 || days.works(end));
        }

        #[test]
        fn a_stretch_is_the_sum_of_its_parts(start in 0u64..9_000, a in 0u64..200, b in 0u64..200) {
            let (days, start) = (usual(), day("2015-01-01") + Days::new(start));
            let (middle, end) = (start + Days::new(a), start + Days::new(a + b));
            prop_assert_eq!(days.count(start, middle) + days.count(middle, end), days.count(start, end));
        }
    }
}
