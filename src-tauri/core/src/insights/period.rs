//! The stretch of time a number is about.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::error::InsightsError;
use crate::practice::Practice;

/// From one day to another, both included (section 12, rule 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Period {
    /// First day.
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub from: NaiveDate,
    /// Last day.
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub to: NaiveDate,
}

/// The periods one key away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum PeriodPreset {
    /// This calendar month, whole.
    ThisMonth,
    /// The calendar month before this one.
    LastMonth,
    /// This calendar quarter, whole.
    ThisQuarter,
    /// The calendar quarter before this one.
    LastQuarter,
    /// This calendar year, whole.
    ThisYear,
    /// The calendar year before this one.
    LastYear,
    /// The last twelve complete calendar months.
    RollingYear,
    /// 1 January to today.
    YearToDate,
    /// The 365 days ending today.
    TrailingYear,
}

/// A preset with its dates of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NamedPeriod {
    /// Which.
    pub preset: PeriodPreset,
    /// Its dates.
    pub period: Period,
}

/// A period as it stands over numbers: with the day they are true for and what they are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PeriodShown {
    /// First day.
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub from: NaiveDate,
    /// Last day.
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub to: NaiveDate,
    /// Last day of the period or today, whichever is earlier.
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub as_of: NaiveDate,
    /// The period compared with.
    pub before: Period,
}

/// The dates of a preset today.
pub fn period(practice: &Practice, preset: PeriodPreset) -> Period {
    Period::preset(preset, practice.today())
}

/// Every preset with its dates of today, in the order a menu shows them.
pub fn periods(practice: &Practice) -> Vec<NamedPeriod> {
    let today = practice.today();
    PeriodPreset::ALL
        .into_iter()
        .map(|preset| NamedPeriod { preset, period: Period::preset(preset, today) })
        .collect()
}

impl PeriodPreset {
    /// All of them, in the order a menu shows them.
    pub const ALL: [Self; 9] = [
        Self::TrailingYear,
        Self::RollingYear,
        Self::YearToDate,
        Self::ThisMonth,
        Self::LastMonth,
        Self::ThisQuarter,
        Self::LastQuarter,
        Self::ThisYear,
        Self::LastYear,
    ];
}

impl Period {
    /// From one day to another.
    ///
    /// # Errors
    /// [`InsightsError::Invalid`] if it ends before it starts or spans more than 50 years.
    pub fn new(from: NaiveDate, to: NaiveDate) -> Result<Self, InsightsError> {
        if to < from {
            return Err(InsightsError::Invalid {
                field: "to",
                problem: "The last day is before the first day. Choose a later last day.",
            });
        }
        if (to - from).num_days() > 366 * 50 {
            return Err(InsightsError::Invalid {
                field: "from",
                problem: "A period spans at most 50 years. Choose a later first day.",
            });
        }
        Ok(Self { from, to })
    }

    /// The dates of a preset, seen from `today`.
    pub fn preset(preset: PeriodPreset, today: NaiveDate) -> Self {
        let month = first_of_month(today);
        let quarter = months_before(month, today.month0() % 3);
        let year = months_before(month, today.month0());
        let span = |from: NaiveDate, months: u32| Self { from, to: day_before(months_after(from, months)) };
        match preset {
            PeriodPreset::ThisMonth => span(month, 1),
            PeriodPreset::LastMonth => span(months_before(month, 1), 1),
            PeriodPreset::ThisQuarter => span(quarter, 3),
            PeriodPreset::LastQuarter => span(months_before(quarter, 3), 3),
            PeriodPreset::ThisYear => span(year, 12),
            PeriodPreset::LastYear => span(months_before(year, 12), 12),
            PeriodPreset::RollingYear => span(months_before(month, 12), 12),
            PeriodPreset::YearToDate => Self { from: year, to: today },
            PeriodPreset::TrailingYear => Self::trailing_year(today),
        }
    }

    /// The 365 days ending on `as_of` (section 12, rule 2).
    pub fn trailing_year(as_of: NaiveDate) -> Self {
        Self { from: as_of - Days::new(364), to: as_of }
    }

    /// How many days, both ends counted.
    pub fn days(&self) -> u32 {
        u32::try_from((self.to - self.from).num_days() + 1).unwrap_or(0)
    }

    /// Whether the day lies in it.
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// The day its numbers are true for: its last day or today, whichever is earlier (section 12, rule 1).
    pub fn as_of(&self, today: NaiveDate) -> NaiveDate {
        self.to.min(today)
    }

    /// The period it is compared with, as long as what has passed of it. Whole calendar months are compared with
    /// as many months before; a running period with the same stretch of the one before; other days with as many
    /// days before.
    pub fn before(&self, today: NaiveDate) -> Self {
        let as_of = self.as_of(today).max(self.from);
        let starts_month = self.from.day() == 1;
        if starts_month && day_after(self.to).day() == 1 {
            let months = month_index(day_after(self.to)).abs_diff(month_index(self.from));
            let from = months_before(self.from, months);
            let to = if as_of == self.to { day_before(self.from) } else { months_before(as_of, months) };
            return Self { from, to };
        }
        if starts_month && self.from.month() == 1 && self.to.year() == self.from.year() {
            return Self { from: months_before(self.from, 12), to: months_before(as_of, 12) };
        }
        let days = u64::try_from((as_of - self.from).num_days()).unwrap_or(0);
        let to = day_before(self.from);
        Self { from: to - Days::new(days), to }
    }

    /// As it stands over numbers.
    pub fn shown(&self, today: NaiveDate) -> PeriodShown {
        PeriodShown { from: self.from, to: self.to, as_of: self.as_of(today), before: self.before(today) }
    }

    /// The calendar months it touches, from the first to the one of `as_of`, as `yyyy-mm`.
    pub fn months(&self, today: NaiveDate) -> Vec<String> {
        let last = month_index(self.as_of(today).max(self.from));
        (month_index(self.from)..=last)
            .map(|index| format!("{:04}-{:02}", index / 12, index % 12 + 1))
            .collect()
    }
}

/// Months since the year 0, for counting.
pub(super) fn month_index(day: NaiveDate) -> u32 {
    u32::try_from(day.year()).unwrap_or(0) * 12 + day.month0()
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn months_before(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN)
}

fn months_after(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

fn day_before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(day)
}

fn day_after(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;
    use proptest::prelude::*;

    fn span(from: &str, to: &str) -> Period {
        Period { from: day(from), to: day(to) }
    }

    #[test]
    fn presets_have_the_dates_a_calendar_gives_them() {
        let today = day("2026-11-21");
        let of = |preset| Period::preset(preset, today);
        assert_eq!(of(PeriodPreset::ThisMonth), span("2026-11-01", "2026-11-30"));
        assert_eq!(of(PeriodPreset::LastMonth), span("2026-10-01", "2026-10-31"));
        assert_eq!(of(PeriodPreset::ThisQuarter), span("2026-10-01", "2026-12-31"));
        assert_eq!(of(PeriodPreset::LastQuarter), span("2026-07-01", "2026-09-30"));
        assert_eq!(of(PeriodPreset::ThisYear), span("2026-01-01", "2026-12-31"));
        assert_eq!(of(PeriodPreset::LastYear), span("2025-01-01", "2025-12-31"));
        assert_eq!(of(PeriodPreset::RollingYear), span("2025-11-01", "2026-10-31"));
        assert_eq!(of(PeriodPreset::YearToDate), span("2026-01-01", "2026-11-21"));
        assert_eq!(of(PeriodPreset::TrailingYear), span("2025-11-22", "2026-11-21"));
        assert_eq!(of(PeriodPreset::TrailingYear).days(), 365);
    }

    #[test]
    fn a_period_is_compared_with_what_is_comparable() {
        let today = day("2026-11-21");
        assert_eq!(
            span("2026-09-01", "2026-09-30").before(today),
            span("2026-08-01", "2026-08-31"),
            "a whole month"
        );
        assert_eq!(
            span("2026-07-01", "2026-09-30").before(today),
            span("2026-04-01", "2026-06-30"),
            "a whole quarter"
        );
        assert_eq!(
            span("2024-01-01", "2024-12-31").before(today),
            span("2023-01-01", "2023-12-31"),
            "a whole leap year"
        );
        assert_eq!(
            span("2026-11-01", "2026-11-30").before(today),
            span("2026-10-01", "2026-10-21"),
            "a running month"
        );
        assert_eq!(
            span("2026-01-01", "2026-11-21").before(today),
            span("2025-01-01", "2025-11-21"),
            "the year to date"
        );
        assert_eq!(
            span("2025-11-22", "2026-11-21").before(today),
            span("2024-11-22", "2025-11-21"),
            "the trailing year"
        );
        assert_eq!(
            span("2026-09-03", "2026-09-05").before(today),
            span("2026-08-31", "2026-09-02"),
            "some days"
        );
    }

    #[test]
    fn months_are_listed_up_to_the_day_the_numbers_are_true_for() {
        assert_eq!(span("2026-11-01", "2026-12-31").months(day("2026-11-21")), ["2026-11"]);
        assert_eq!(
            span("2025-12-15", "2026-02-01").months(day("2026-11-21")),
            ["2025-12", "2026-01", "2026-02"]
        );
    }

    #[test]
    fn a_period_that_ends_before_it_starts_is_refused() {
        assert!(matches!(
            Period::new(day("2026-02-01"), day("2026-01-31")),
            Err(InsightsError::Invalid { field: "to", .. })
        ));
    }

    proptest! {
        #[test]
        fn the_period_before_never_overlaps_and_is_never_empty(start in 0u64..20_000, length in 0u64..3_000, passed in 0u64..4_000) {
            let from = day("1990-01-01") + Days::new(start);
            let one = Period { from, to: from + Days::new(length) };
            let before = one.before(from + Days::new(passed));
            prop_assert!(before.to < one.from);
            prop_assert!(before.from <= before.to);
        }
    }
}
