//! The call log of a telephone system: every call that came in becomes an inquiry, shown before anything is written.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::types::{Caller, InquiryChannel, InquiryForm};
use crate::foundation::date_text::{DateOrder, DateText, SerialEpoch, latest_year};
use crate::foundation::id::PatientId;
use crate::foundation::phone::PhoneDigits;
use crate::foundation::text::words;
use crate::practice::Practice;
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::intake::PatientWords;
use crate::referrals::rows::inquiry as rows;
use crate::referrals::types::{PatientLabel, codes};
use crate::store::{Label, StoreError, Written};
use crate::vault::{Area, Need};

codes! {
    /// What becomes of a line of the log.
    CallFate {
        /// It is taken as an inquiry.
        Taken = "taken",
        /// An inquiry of this moment and number is on record: nothing changes.
        Known = "known",
        /// We called: no inquiry.
        Outgoing = "outgoing",
        /// Its day can't be read, or lies ahead.
        NoDay = "no_day",
        /// Neither a name nor a number.
        Nobody = "nobody",
    }
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LoggedCall {
    /// Its number among the records of the file, the heading being 1.
    pub record: u32,
    /// The day.
    pub on: Option<NaiveDate>,
    /// The minute of that day.
    pub minute: Option<u16>,
    /// Who called.
    pub name: Option<String>,
    /// From which number.
    pub phone: Option<String>,
    /// Somebody took the call.
    pub answered: bool,
    /// What becomes of it.
    pub fate: CallFate,
}

/// A log as it was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CallLog {
    /// Every line.
    pub calls: Vec<LoggedCall>,
    /// How many are taken.
    pub taken: u32,
    /// Its days can be read in two ways, and nobody said which: ask.
    pub ambiguous: bool,
    /// In which order its days were read.
    pub order: DateOrder,
}

/// How many lines a log may have.
const MOST: usize = 10_000;

/// Which column holds what.
#[derive(Clone, Copy, Debug, Default)]
struct Columns {
    day: Option<usize>,
    time: Option<usize>,
    name: Option<usize>,
    phone: Option<usize>,
    direction: Option<usize>,
    result: Option<usize>,
}

impl Columns {
    /// From the words of the heading; the first column that fits is taken.
    fn of(heading: &csv::StringRecord) -> Self {
        let mut columns = Self::default();
        for (at, cell) in heading.iter().enumerate() {
            let said = words(cell);
            let has = |any: &[&str]| said.iter().any(|word| any.contains(&word.as_str()));
            let place = if has(&["name"]) {
                &mut columns.name
            } else if has(&["direction", "type", "richtung"]) {
                &mut columns.direction
            } else if has(&["status", "result", "answered", "disposition"]) {
                &mut columns.result
            } else if has(&["date", "day", "start", "datetime", "timestamp"]) {
                &mut columns.day
            } else if has(&["time"]) {
                &mut columns.time
            } else if has(&["number", "phone", "from", "caller", "callerid"]) {
                &mut columns.phone
            } else {
                continue;
            };
            place.get_or_insert(at);
        }
        columns
    }
}

/// The minute of "16:50", "4:50 PM", "16:50:07".
fn minute(text: &str) -> Option<u16> {
    let text = text.trim().to_ascii_lowercase();
    let (clock, later) = match (text.strip_suffix("pm"), text.strip_suffix("am")) {
        (Some(clock), _) => (clock, Some(12)),
        (_, Some(clock)) => (clock, Some(0)),
        _ => (text.as_str(), None),
    };
    let mut parts = clock.trim().split(':').map(|part| part.parse::<u16>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let hour = match later {
        Some(later) if (1..=12).contains(&hour) => hour % 12 + later,
        Some(_) => return None,
        None => hour,
    };
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// Day and time of a cell that may hold both.
fn parts(cell: &str) -> (&str, Option<&str>) {
    let cell = cell.trim();
    match cell.find(['T', ' ']).filter(|at| cell[*at..].contains(':')) {
        Some(at) => (&cell[..at], Some(cell[at + 1..].trim_end_matches('Z'))),
        None => (cell, None),
    }
}

/// What a log says, before it is compared with what is on record. `order`: how its days are read, if somebody said.
fn read(text: &str, order: Option<DateOrder>, today: NaiveDate) -> Result<CallLog, ReferralError> {
    let text = text.trim_start_matches('\u{feff}');
    let heading = text.lines().next().unwrap_or_default();
    let count = |mark: char| heading.matches(mark).count();
    let mark = [',', ';', '\t'].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(u32::from(mark)).unwrap_or(b','))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let columns = match reader.headers() {
        Ok(heading) => Columns::of(heading),
        Err(_) => return invalid("file", Problem::Path("This is no table. Choose a CSV file of calls.")),
    };
    let Some(day) = columns.day else {
        return invalid("file", Problem::Path("No column is called date or day. Name it in the first line."));
    };
    let mut records = Vec::new();
    for record in reader.records() {
        let Ok(record) = record else {
            return invalid("file", Problem::Path("This is no table. Choose a CSV file of calls."));
        };
        if records.len() == MOST {
            return invalid(
                "file",
                Problem::Path("A log has at most 10,000 calls. Part it into several files."),
            );
        }
        records.push(record);
    }
    let cell = |record: &csv::StringRecord, column: Option<usize>| {
        column.and_then(|at| record.get(at)).map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned)
    };
    // 13 can't be a month: one such day decides the whole column; where none does, somebody has to say.
    let dates: Vec<DateText> =
        records.iter().map(|r| DateText::of(parts(r.get(day).unwrap_or_default()).0)).collect();
    let (mut first_large, mut second_large, mut open) = (false, false, false);
    for date in &dates {
        if let DateText::Numbers { a, b, .. } = date {
            first_large |= *a > 12;
            second_large |= *b > 12;
            open |= *a <= 12 && *b <= 12 && a != b;
        }
    }
    let told =
        order.or(if first_large { Some(DateOrder::Dmy) } else { second_large.then_some(DateOrder::Mdy) });
    let order = told.unwrap_or(DateOrder::Mdy);
    let newest = latest_year(today, 0);
    let calls = records.iter().zip(dates).enumerate().map(|(at, (record, date))| {
        let on = date.read(order, newest, SerialEpoch::default()).filter(|on| *on <= today);
        let time = cell(record, columns.time);
        let inside = parts(record.get(day).unwrap_or_default()).1;
        let said = words(&cell(record, columns.direction).unwrap_or_default());
        let outgoing =
            said.iter().any(|word| ["outgoing", "outbound", "out", "dialed"].contains(&word.as_str()));
        let result = [said, words(&cell(record, columns.result).unwrap_or_default())].concat();
        let missed = ["missed", "no", "unanswered", "abandoned", "voicemail", "busy", "failed"];
        let phone = cell(record, columns.phone);
        let name = cell(record, columns.name);
        let fate = match (outgoing, on, &phone, &name) {
            (true, ..) => CallFate::Outgoing,
            (_, None, ..) => CallFate::NoDay,
            (_, _, None, None) => CallFate::Nobody,
            _ => CallFate::Taken,
        };
        LoggedCall {
            record: u32::try_from(at + 2).unwrap_or(u32::MAX),
            on,
            minute: time.as_deref().or(inside).and_then(minute),
            name,
            phone,
            answered: !result.iter().any(|word| missed.contains(&word.as_str())),
            fate,
        }
    });
    let calls: Vec<LoggedCall> = calls.collect();
    Ok(CallLog { taken: 0, calls, ambiguous: told.is_none() && open, order })
}

/// The same number at the same minute is the same call.
fn key(on: NaiveDate, minute: Option<u16>, phone: Option<&str>, name: Option<&str>) -> String {
    let digits =
        phone.map(|phone| PhoneDigits::parse(phone).map_or_else(|| phone.to_owned(), |number| number.digits));
    format!("{on} {minute:?} {}", digits.or_else(|| name.map(str::to_owned)).unwrap_or_default())
}

/// Compares with what is on record, and with the lines before.
fn settle(conn: &Connection, mut log: CallLog) -> Result<CallLog, StoreError> {
    let days = log.calls.iter().filter_map(|call| call.on);
    let Some((first, last)) = days.clone().min().zip(days.max()) else { return Ok(log) };
    let mut known: HashSet<String> = rows::calls(conn, first, last)?
        .iter()
        .map(|(on, minute, phone, name)| key(*on, *minute, phone.as_deref(), name.as_deref()))
        .collect();
    for call in log.calls.iter_mut().filter(|call| call.fate == CallFate::Taken) {
        let Some(on) = call.on else { continue };
        if !known.insert(key(on, call.minute, call.phone.as_deref(), call.name.as_deref())) {
            call.fate = CallFate::Known;
        }
    }
    let taken = log.calls.iter().filter(|call| call.fate == CallFate::Taken).count();
    log.taken = u32::try_from(taken).unwrap_or(u32::MAX);
    Ok(log)
}

/// What a log holds and what would become of each line. Nothing is written.
///
/// # Errors
/// [`ReferralError::Invalid`] for a text that is no table of calls; those of the file.
pub fn read_call_log(
    practice: &Practice,
    text: &str,
    order: Option<DateOrder>,
) -> Result<CallLog, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    practice.may(Need::Patients)?;
    let log = read(text, order, practice.today())?;
    Ok(practice.read(|conn| settle(conn, log))?)
}

/// Takes the calls of a log as inquiries, as one action; how many. What is on record already stays as it is.
///
/// # Errors
/// As [`read_call_log`]; [`ReferralError::Invalid`] while its days can be read in two ways.
pub fn take_call_log(
    practice: &Practice,
    text: &str,
    order: Option<DateOrder>,
) -> Result<Written<u32>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    practice.may(Need::Patients)?;
    let log = read(text, order, practice.today())?;
    if log.ambiguous {
        return invalid("order", Problem::Path("Say whether the month or the day stands first."));
    }
    practice.write(Label::hand("call_log", ""), |tx| {
        let log = settle(tx, log)?;
        tx.subject(log.taken.to_string());
        // Who calls twice from one number is one.
        let mut callers: HashMap<String, PatientId> = HashMap::new();
        for call in log.calls.iter().filter(|call| call.fate == CallFate::Taken) {
            let Some(on) = call.on else { continue };
            let called = call.name.clone().or_else(|| call.phone.clone()).unwrap_or_default();
            let label = PatientLabel { name: called.clone(), chart_number: None, patient: None };
            let number = call.phone.clone().unwrap_or_else(|| called.clone());
            let patient = match callers.get(&number) {
                Some(patient) => *patient,
                None => PatientWords::read(&label)?.find_or_add(tx, None)?,
            };
            callers.insert(number, patient);
            let answered = call.answered && call.minute.is_some();
            let form = InquiryForm {
                patient: label,
                asked_on: Some(on),
                minute: call.minute,
                channel: InquiryChannel::Phone,
                caller: Caller::Patient,
                caller_name: None,
                caller_phone: call.phone.clone().map(|phone| phone.chars().take(50).collect()),
                question: None,
                service_line: None,
                source: None,
                answered_on: answered.then_some(on),
                answered_minute: call.minute.filter(|_| answered),
                callback_on: None,
                callback_minute: None,
                called_back_on: None,
                signed_up_on: None,
                dropped_on: None,
                dropped_reason: None,
            };
            rows::insert(tx, patient, on, None, &form)?;
        }
        Ok(log.taken)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    fn fates(text: &str) -> Vec<(Option<NaiveDate>, Option<u16>, bool, CallFate)> {
        let log = read(text, None, day("2026-11-20")).expect("a log");
        log.calls.iter().map(|call| (call.on, call.minute, call.answered, call.fate)).collect()
    }

    #[test]
    fn a_log_is_read_by_its_heading() {
        let text = "\u{feff}Call Date;Time;Caller Number;Caller Name;Direction;Status\n\
                    11/19/2026;4:50 PM;(207) 555-0101;Ann Ames;Incoming;Answered\n\
                    11/19/2026;16:55:10;207-555-0102;;Incoming;Missed\n\
                    11/19/2026;17:00;207-555-0103;;Outgoing;Answered\n\
                    11/21/2026;09:00;207-555-0104;;Incoming;Answered\n\
                    11/18/2026;09:00;;;Incoming;Answered\n";
        let on = Some(day("2026-11-19"));
        assert_eq!(
            fates(text),
            [
                (on, Some(1010), true, CallFate::Taken),
                (on, Some(1015), false, CallFate::Taken),
                (on, Some(1020), true, CallFate::Outgoing),
                (None, Some(540), true, CallFate::NoDay),
                (Some(day("2026-11-18")), Some(540), true, CallFate::Nobody),
            ]
        );
    }

    #[test]
    fn day_and_time_may_share_a_cell() {
        let text = "Start,From\n2026-11-02T08:05:00,2075550101\n2026-11-02 12:10 PM,2075550102\n";
        let told = fates(text);
        assert_eq!((told[0].1, told[1].1), (Some(485), Some(730)));
    }

    #[test]
    fn days_that_can_be_read_in_two_ways_are_asked_about() {
        let log = |text: &str, order| read(text, order, day("2026-11-20")).expect("a log");
        let both = "Date,Number\n03/04/2026,2075550101\n";
        assert!(log(both, None).ambiguous);
        let told = log(both, Some(DateOrder::Dmy));
        assert_eq!((told.ambiguous, told.calls[0].on), (false, Some(day("2026-04-03"))));
        let decided = log("Date,Number\n03/04/2026,2075550101\n25/04/2026,2075550102\n", None);
        assert_eq!((decided.ambiguous, decided.order), (false, DateOrder::Dmy));
    }

    #[test]
    fn what_is_no_log_is_refused() {
        let refused = read("Name,Number\nAnn,1\n", None, day("2026-11-20"));
        assert!(matches!(refused, Err(ReferralError::Invalid { field: "file", .. })));
    }
}
