//! iCalendar (RFC 5545): what other calendars read.

use std::fmt::Write;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};

use crate::outreach::tasks::Repeat;

/// An event of a calendar that leaves the practice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IcsEvent {
    /// The same each time it is exported, so that a calendar replaces it.
    pub uid: String,
    /// The day.
    pub on: NaiveDate,
    /// When, in minutes since midnight at the practice; none: the whole day.
    pub at: Option<u16>,
    /// How many minutes it lasts; read only where it has a time.
    pub lasts: u16,
    /// What it is called.
    pub summary: String,
    /// How it comes again, and the first day of the series.
    pub repeat: Option<(Repeat, NaiveDate)>,
    /// How many minutes before it is due one is reminded.
    pub remind_minutes: Option<u16>,
}

/// A line holds no more octets than this before its end (section 3.1).
const OCTETS: usize = 75;
/// How many minutes a task with a time of day lasts.
pub(super) const LASTS: u16 = 30;
/// What has no time of day is reminded of as if it were due at 9 in the morning.
const MORNING: i32 = 9 * 60;

/// The events as a calendar. Times are those of the clock on the wall of the practice ("floating", section 3.3.5), days have
/// no time at all; `stamp` is when the file is made.
pub fn ics(events: &[IcsEvent], name: &str, stamp: DateTime<Utc>) -> String {
    let mut out = String::new();
    let mut line = |text: &str| fold(&mut out, text);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Baton//Tasks//EN");
    line("CALSCALE:GREGORIAN");
    line("METHOD:PUBLISH");
    line(&format!("X-WR-CALNAME:{}", escaped(name)));
    for event in events {
        line("BEGIN:VEVENT");
        line(&format!("UID:{}@baton", event.uid));
        line(&format!("DTSTAMP:{}", stamp.format("%Y%m%dT%H%M%SZ")));
        let day = event.on.format("%Y%m%d");
        if let Some(at) = event.at {
            line(&format!("DTSTART:{day}T{:02}{:02}00", at / 60, at % 60));
            line(&format!("DURATION:PT{}M", event.lasts));
        } else {
            line(&format!("DTSTART;VALUE=DATE:{day}"));
            line(&format!("DTEND;VALUE=DATE:{}", (event.on + Days::new(1)).format("%Y%m%d")));
        }
        line(&format!("SUMMARY:{}", escaped(&event.summary)));
        if let Some((repeat, first)) = event.repeat {
            line(&format!("RRULE:{}", rule(repeat, first)));
        }
        line("TRANSP:TRANSPARENT");
        if let Some(before) = event.remind_minutes {
            let from_start = if event.at.is_some() { 0 } else { MORNING } - i32::from(before);
            let sign = if from_start < 0 { "-" } else { "" };
            line("BEGIN:VALARM");
            line("ACTION:DISPLAY");
            line(&format!("DESCRIPTION:{}", escaped(&event.summary)));
            line(&format!("TRIGGER:{sign}PT{}M", from_start.abs()));
            line("END:VALARM");
        }
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    out
}

/// The rule of a series. A day that not every month has is the last one of those that come near it, as in Baton.
fn rule(repeat: Repeat, first: NaiveDate) -> String {
    let near = |months: &str| {
        let day = first.day();
        if day <= 28 {
            return months.to_owned();
        }
        let days = (28..=day).map(|day| day.to_string()).collect::<Vec<_>>().join(",");
        format!("{months};BYMONTHDAY={days};BYSETPOS=-1")
    };
    match repeat {
        Repeat::Daily => "FREQ=DAILY".to_owned(),
        Repeat::Weekly => "FREQ=WEEKLY".to_owned(),
        Repeat::Monthly => near("FREQ=MONTHLY"),
        Repeat::Quarterly => near("FREQ=MONTHLY;INTERVAL=3"),
        Repeat::Yearly if (first.month(), first.day()) == (2, 29) => near("FREQ=YEARLY;BYMONTH=2"),
        Repeat::Yearly => "FREQ=YEARLY".to_owned(),
    }
}

/// A text as a value (section 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\\\"),
            ';' => out.push_str("\\;"),
            ',' => out.push_str("\\,"),
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// Writes a line, folded between letters, never inside one.
fn fold(out: &mut String, text: &str) {
    let mut width = 0;
    for letter in text.chars() {
        if width + letter.len_utf8() > OCTETS {
            out.push_str("\r\n ");
            width = 1;
        }
        let _ = out.write_char(letter);
        width += letter.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    fn event(summary: &str) -> IcsEvent {
        IcsEvent {
            uid: "01".into(),
            on: day("2026-11-30"),
            at: None,
            lasts: LASTS,
            summary: summary.into(),
            repeat: None,
            remind_minutes: None,
        }
    }

    fn written(event: IcsEvent) -> String {
        ics(&[event], "Tasks", DateTime::from_timestamp(1_700_000_000, 0).expect("an instant"))
    }

    #[test]
    fn lines_end_as_they_must_and_are_never_longer_than_75_octets() {
        let text = written(event(&"Überweisung, „Knie“; ".repeat(12)));
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        for line in text.split("\r\n") {
            assert!(line.len() <= OCTETS, "{} octets: {line}", line.len());
        }
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains("SUMMARY:Überweisung\\, „Knie“\\; Überweisung"));
    }

    #[test]
    fn a_text_can_t_become_a_line_of_its_own() {
        let text = written(event("Call\r\nATTENDEE:mailto:a@b.example\u{7}\\"));
        assert!(text.contains("SUMMARY:Call\\nATTENDEE:mailto:a@b.example\\\\\r\n"));
        assert!(!text.contains("\r\nATTENDEE"));
    }

    #[test]
    fn a_day_has_no_time_and_a_time_is_that_of_the_practice() {
        let text = written(event("A"));
        assert!(text.contains("DTSTART;VALUE=DATE:20261130\r\nDTEND;VALUE=DATE:20261201\r\n"));
        assert!(text.contains("DTSTAMP:20231114T221320Z\r\n"));
        let text = written(IcsEvent { at: Some(9 * 60 + 5), remind_minutes: Some(15), ..event("A") });
        assert!(text.contains("DTSTART:20261130T090500\r\nDURATION:PT30M\r\n"));
        assert!(text.contains("TRIGGER:-PT15M"));
        let text = written(IcsEvent { remind_minutes: Some(60), ..event("A") });
        assert!(text.contains("TRIGGER:PT480M"), "an hour before nine");
    }

    #[test]
    fn the_31st_is_the_last_day_of_a_shorter_month() {
        assert_eq!(
            rule(Repeat::Monthly, day("2026-01-31")),
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"
        );
        assert_eq!(
            rule(Repeat::Quarterly, day("2026-11-30")),
            "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28,29,30;BYSETPOS=-1"
        );
        assert_eq!(
            rule(Repeat::Yearly, day("2028-02-29")),
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"
        );
        assert_eq!(rule(Repeat::Monthly, day("2026-01-12")), "FREQ=MONTHLY");
    }
}
