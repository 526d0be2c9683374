//! When the practice works: the week, the holidays it keeps, and days that are otherwise.

use chrono::{Datelike, NaiveDate};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::error::VaultError;
use super::rights::{Area, Need};
use super::rows;
use crate::foundation::working_days::{Calendar, FederalHoliday, OpenHours, WorkingDays};
use crate::practice::Practice;
use crate::store::{Label, StoreError, Written};

/// How many days may be otherwise than the week says.
const SPECIAL_DAYS: usize = 400;
/// How long the name of such a day may be.
const NAME: usize = 100;

/// The calendar as it is set, or the default. Everybody may know when the practice works.
///
/// # Errors
/// Those of the file.
pub fn calendar(practice: &Practice) -> Result<Calendar, VaultError> {
    Ok(practice.read(calendar_in)?)
}

/// The same within a read or write somebody holds.
pub(crate) fn calendar_in(conn: &Connection) -> Result<Calendar, StoreError> {
    let set = rows::text_set(conn, rows::CALENDAR)?;
    // A calendar of a newer Baton that can't be read is no reason to count nothing.
    Ok(set.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Sets it.
///
/// # Errors
/// [`VaultError::Invalid`] for a week that is none, hours that end before they begin, or too many special days; those of
/// the file.
pub fn set_calendar(practice: &Practice, calendar: &Calendar) -> Result<Written<()>, VaultError> {
    practice.may(Need::Write(Area::Vault))?;
    let calendar = checked(calendar)?;
    practice.write(Label::hand("calendar_set", ""), |tx| {
        let text = serde_json::to_string(&calendar).map_err(|e| StoreError::Database(e.to_string()))?;
        Ok(rows::set_text(tx, rows::CALENDAR, Some(&text))?)
    })
}

/// Back to the default: Monday to Friday, 8 to 5, every federal holiday.
///
/// # Errors
/// Those of the file.
pub fn reset_calendar(practice: &Practice) -> Result<Written<()>, VaultError> {
    practice.may(Need::Write(Area::Vault))?;
    practice.write(Label::hand("calendar_reset", ""), |tx| Ok(rows::set_text(tx, rows::CALENDAR, None)?))
}

/// A day as the month view shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CalendarDay {
    /// The day.
    pub on: NaiveDate,
    /// It counts as a working day.
    pub works: bool,
    /// The holiday that is kept on it.
    pub holiday: Option<FederalHoliday>,
    /// The name of the practice's own day; empty where it has none.
    pub special: Option<String>,
}

/// On which day of a year a holiday is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HolidayShown {
    /// Which.
    pub holiday: FederalHoliday,
    /// The day; none: it was no holiday yet.
    pub on: Option<NaiveDate>,
}

/// A year as the practice works it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CalendarYear {
    /// Every day from January 1.
    pub days: Vec<CalendarDay>,
    /// Every federal holiday, kept here or not, in the order of the year.
    pub holidays: Vec<HolidayShown>,
}

/// The years that can be looked at.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// Which days of a year count, and why those that don't are closed. Everybody may know when the practice works.
///
/// # Errors
/// [`VaultError::Invalid`] for a year before 2000 or after 2100; those of the file.
pub fn calendar_year(practice: &Practice, year: i32) -> Result<CalendarYear, VaultError> {
    if !YEARS.contains(&year) {
        let problem = "choose a year from 2000 to 2100".to_owned();
        return Err(VaultError::Invalid { field: "year", problem });
    }
    let calendar = calendar(practice)?;
    let days = WorkingDays::new(&calendar);
    // New Year's Day of the next year can be kept on the last day of this one.
    let kept = |on| {
        let of = |holiday: &&FederalHoliday| (year..=year + 1).any(|year| holiday.observed(year) == Some(on));
        calendar.holidays.iter().find(of).copied()
    };
    let first = NaiveDate::from_ymd_opt(year, 1, 1).into_iter();
    let all = first.flat_map(|first| first.iter_days().take_while(move |on| on.year() == year));
    Ok(CalendarYear {
        days: all
            .map(|on| CalendarDay {
                on,
                works: days.works(on),
                holiday: kept(on),
                special: calendar.special.iter().find(|day| day.on == on).map(|day| day.name.clone()),
            })
            .collect(),
        holidays: FederalHoliday::ALL
            .map(|holiday| HolidayShown { holiday, on: holiday.observed(year) })
            .to_vec(),
    })
}

fn checked(calendar: &Calendar) -> Result<Calendar, VaultError> {
    let invalid = |field, problem: &str| Err(VaultError::Invalid { field, problem: problem.to_owned() });
    if calendar.week.len() != 7 {
        return invalid("week", "say for each day from Monday to Sunday when the practice is open");
    }
    if calendar.week.iter().all(Option::is_none) {
        return invalid("week", "open on at least one day of the week");
    }
    let backwards = |hours: &OpenHours| hours.from >= hours.to || hours.to > 24 * 60;
    if calendar.week.iter().flatten().any(backwards) {
        return invalid("week", "close after opening, on the same day");
    }
    if calendar.special.len() > SPECIAL_DAYS {
        return invalid("special", "keep at most 400 special days; remove those that are long past");
    }
    if calendar.special.iter().any(|day| day.name.chars().count() > NAME) {
        return invalid("special", "keep the name of a day to 100 characters");
    }
    let mut calendar = calendar.clone();
    calendar.holidays.sort_unstable();
    calendar.holidays.dedup();
    calendar.special.sort_by_key(|day| day.on);
    let before = calendar.special.len();
    calendar.special.dedup_by_key(|day| day.on);
    if calendar.special.len() < before {
        return invalid("special", "name each day once");
    }
    Ok(calendar)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::working_days::{FederalHoliday, SpecialDay, WorkingDays};
    use crate::testing::day;

    #[test]
    fn the_calendar_is_kept_and_goes_back_to_the_default() {
        let practice = crate::testing::practice("2026-11-25");
        assert_eq!(calendar(&practice).expect("read"), Calendar::default());
        let closed = SpecialDay { on: day("2026-11-27"), name: "Bridge".into(), works: false };
        let ours = Calendar {
            holidays: vec![FederalHoliday::Christmas, FederalHoliday::NewYear],
            special: vec![closed],
            ..Calendar::default()
        };
        set_calendar(&practice, &ours).expect("set");
        let kept = calendar(&practice).expect("read");
        assert_eq!(kept.holidays, [FederalHoliday::NewYear, FederalHoliday::Christmas], "in order");
        assert!(WorkingDays::new(&kept).works(day("2026-11-26")), "Thanksgiving is worked here");
        reset_calendar(&practice).expect("reset");
        assert_eq!(calendar(&practice).expect("read"), Calendar::default());
    }

    #[test]
    fn a_year_says_which_days_count_and_why_the_others_do_not() {
        let practice = crate::testing::practice("2026-11-25");
        let bridge = SpecialDay { on: day("2026-11-27"), name: "Bridge".into(), works: false };
        let flu = SpecialDay { on: day("2026-11-28"), name: "Flu Saturday".into(), works: true };
        set_calendar(&practice, &Calendar { special: vec![bridge, flu], ..Calendar::default() })
            .expect("set");
        let year = calendar_year(&practice, 2026).expect("a year");
        let of = |on: &str| {
            let found = year.days.iter().find(|shown| shown.on == day(on)).expect("a day of it");
            (found.works, found.holiday, found.special.as_deref())
        };
        assert_eq!(year.days.len(), 365);
        assert_eq!(of("2026-11-26"), (false, Some(FederalHoliday::Thanksgiving), None));
        assert_eq!(of("2026-11-27"), (false, None, Some("Bridge")));
        assert_eq!(of("2026-11-28"), (true, None, Some("Flu Saturday")), "a Saturday that is worked");
        assert_eq!(of("2026-11-29"), (false, None, None), "a Sunday");
        assert_eq!(of("2026-11-30"), (true, None, None));
        let last = calendar_year(&practice, 2021).expect("a year").days.pop().expect("a day");
        assert_eq!((last.works, last.holiday), (false, Some(FederalHoliday::NewYear)), "of the next year");
        assert!(matches!(calendar_year(&practice, 1899), Err(VaultError::Invalid { field: "year", .. })));
    }

    #[test]
    fn a_week_that_is_none_is_refused() {
        let practice = crate::testing::practice("2026-11-25");
        let usual = Calendar::default();
        let twice = SpecialDay { on: day("2026-12-24"), name: String::new(), works: false };
        for (wrong, field) in [
            (Calendar { week: vec![None; 7], ..usual.clone() }, "week"),
            (Calendar { week: vec![None; 6], ..usual.clone() }, "week"),
            (Calendar { week: vec![Some(OpenHours { from: 600, to: 600 }); 7], ..usual.clone() }, "week"),
            (Calendar { special: vec![twice.clone(), twice], ..usual }, "special"),
        ] {
            let refused = set_calendar(&practice, &wrong);
            assert!(
                matches!(refused, Err(VaultError::Invalid { field: f, .. }) if f == field),
                "{refused:?}"
            );
        }
    }
}
