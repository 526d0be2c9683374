//! What every contact and task keeps to: its words and its days.

use chrono::{Datelike, NaiveDate};

use super::error::{OutreachError, invalid};

/// A line as it is kept: trimmed, inner spaces single; never more than `most` letters.
pub(super) fn line(field: &'static str, text: &str, most: usize) -> Result<String, OutreachError> {
    within(field, text.split_whitespace().collect::<Vec<_>>().join(" "), most)
}

/// A text of several lines as it is kept.
pub(super) fn text(field: &'static str, text: &str, most: usize) -> Result<String, OutreachError> {
    within(field, text.trim().to_owned(), most)
}

fn within(field: &'static str, text: String, most: usize) -> Result<String, OutreachError> {
    if text.chars().count() > most {
        return invalid(field, "This is too long. Keep it shorter.");
    }
    Ok(text)
}

/// Something that has happened: not ahead, not before 2000.
pub(super) fn happened(field: &'static str, on: NaiveDate, today: NaiveDate) -> Result<(), OutreachError> {
    if on > today {
        return invalid(field, "This day is in the future. Give a day up to today.");
    }
    not_ancient(field, on)
}

/// A day to come, within ten years; a day that is past is a slip of the finger, unless it stood there already.
pub(super) fn ahead(
    field: &'static str,
    on: NaiveDate,
    today: NaiveDate,
    before: Option<NaiveDate>,
) -> Result<(), OutreachError> {
    if on < today && before != Some(on) {
        return invalid(field, "This day is past. Give today or a later day.");
    }
    if on.year() > today.year() + 10 {
        return invalid(field, "This day is more than ten years ahead. Check the year.");
    }
    Ok(())
}

fn not_ancient(field: &'static str, on: NaiveDate) -> Result<(), OutreachError> {
    if on.year() < 2000 { invalid(field, "This day is before 2000. Check the year.") } else { Ok(()) }
}

/// A time of day, in minutes since midnight.
pub(super) fn minute(field: &'static str, at: Option<u16>) -> Result<(), OutreachError> {
    if at.is_some_and(|minute| minute >= 24 * 60) {
        return invalid(field, "Give a time between 12:00 am and 11:59 pm.");
    }
    Ok(())
}
