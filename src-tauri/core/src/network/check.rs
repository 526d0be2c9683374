//! What fields may hold (requirements, section 0), with a sentence beside the field when they can't.

use chrono::NaiveDate;

use super::error::{NetworkError, invalid};
use crate::foundation::npi::Npi;
use crate::foundation::text;

/// The longest name kept.
const NAME: usize = 200;
/// The longest note kept.
const NOTE: usize = 20_000;

/// A name: one line, not empty.
pub(super) fn name(field: &'static str, typed: &str) -> Result<String, NetworkError> {
    let name = one_line(typed);
    if name.is_empty() {
        return invalid(field, "enter a name");
    }
    within(field, &name, NAME)?;
    Ok(name)
}

/// A short text that may be missing.
pub(super) fn short(field: &'static str, typed: Option<&str>) -> Result<Option<String>, NetworkError> {
    let text = one_line(typed.unwrap_or_default());
    within(field, &text, NAME)?;
    Ok((!text.is_empty()).then_some(text))
}

/// A text of any length and several lines that may be missing.
pub(super) fn note(field: &'static str, typed: Option<&str>) -> Result<Option<String>, NetworkError> {
    let text = typed.unwrap_or_default().trim();
    within(field, text, NOTE)?;
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// An NPI that may be missing, but not wrong.
pub(super) fn npi(field: &'static str, typed: Option<&str>) -> Result<Option<String>, NetworkError> {
    let typed = typed.unwrap_or_default().trim();
    if typed.is_empty() {
        return Ok(None);
    }
    match Npi::parse(typed) {
        Ok(npi) => Ok(Some(npi.to_string())),
        Err(problem) => invalid(field, format!("{problem}; leave the field empty and keep the number in the notes if you are not sure")),
    }
}

/// A date of something that has happened.
pub(super) fn happened(field: &'static str, on: Option<NaiveDate>, today: NaiveDate) -> Result<Option<NaiveDate>, NetworkError> {
    match on {
        Some(date) if date > today => invalid(field, "this has happened already, so the date can't lie in the future"),
        _ => Ok(on),
    }
}

/// A span that does not end before it begins.
pub(super) fn span(field: &'static str, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<(), NetworkError> {
    match (from, to) {
        (Some(from), Some(to)) if to < from => invalid(field, "the end lies before the beginning"),
        _ => Ok(()),
    }
}

/// The folded words of a name, for order and comparison.
pub(super) fn name_key(name: &str) -> String {
    text::words(name).join(" ")
}

fn one_line(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn within(field: &'static str, text: &str, most: usize) -> Result<(), NetworkError> {
    if text.chars().count() > most {
        return invalid(field, format!("this is too long: at most {most} letters are kept here"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    #[test]
    fn names_are_one_line_and_not_empty() {
        assert_eq!(name("name", "  Pine \n Hollow ").unwrap(), "Pine Hollow");
        assert!(matches!(name("name", " \t"), Err(NetworkError::Invalid { field: "name", .. })));
        assert!(name("name", &"x".repeat(201)).is_err());
    }

    #[test]
    fn a_wrong_npi_is_refused_and_a_missing_one_is_not() {
        assert_eq!(npi("npi", Some(" 1234567893 ")).unwrap().as_deref(), Some("1234567893"));
        assert_eq!(npi("npi", Some("")).unwrap(), None);
        let refused = npi("npi", Some("1234567890")).unwrap_err().to_string();
        assert!(refused.contains("check digit") && refused.contains("notes"), "{refused}");
    }

    #[test]
    fn what_happened_does_not_lie_in_the_future() {
        assert!(happened("endedOn", Some(day("2026-11-03")), day("2026-11-02")).is_err());
        assert!(happened("endedOn", Some(day("2026-11-02")), day("2026-11-02")).is_ok());
        assert!(span("toOn", Some(day("2026-02-01")), Some(day("2026-01-31"))).is_err());
    }
}
