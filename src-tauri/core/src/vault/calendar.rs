//! When the practice works: the week, the holidays it keeps, and days that are otherwise.

use rusqlite::Connection;

use super::error::VaultError;
use super::rights::{Area, Need};
use super::rows;
use crate::foundation::working_days::{Calendar, OpenHours};
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
