//! Dates as people and programs write them. The order of day and month belongs to a column, never to a single cell:
//! this module says what a text *is*, the caller says how its column is to be read.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// The order of the three numbers in dates such as `03/04/2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// Month, day, year: the custom of the United States.
    Mdy,
    /// Day, month, year.
    Dmy,
    /// Year, month, day.
    Ymd,
}

/// What a text is, before anyone decided about the order of day and month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DateText {
    /// No date at all: blank, a dash, `0000-00-00`, `0/0/00`.
    Empty,
    /// A date that can be read in one way only.
    Plain(NaiveDate),
    /// A date with a month name and two digits for the year: day, month, year of the century.
    ShortYear(u32, u32, u32),
    /// Three numbers, the last one the year (two or four digits).
    Numbers {
        /// The first number.
        a: u32,
        /// The second number.
        b: u32,
        /// The last number.
        year: u32,
        /// The last number has two digits.
        short: bool,
    },
    /// The number of a day as spreadsheets count them.
    Serial(f64),
    /// Something else.
    Unreadable,
}

/// How a spreadsheet counts its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum SerialEpoch {
    /// Day 1 is 1 January 1900, and the 29 February 1900 that never was counts as a day.
    #[default]
    Excel1900,
    /// Day 0 is 1 January 1904 (old Macintosh workbooks).
    Excel1904,
}

impl DateText {
    /// Recognises a text.
    pub fn of(text: &str) -> Self {
        let text = text.trim();
        if is_blank(text) {
            return Self::Empty;
        }
        let text = without_weekday(text);
        leading_numbers(text).unwrap_or_else(|| with_month_name(text))
    }

    /// Reads the date, given the order of its column. A two-digit year lies in the hundred years up to `latest_year`.
    pub fn read(self, order: DateOrder, latest_year: i32, epoch: SerialEpoch) -> Option<NaiveDate> {
        match self {
            Self::Plain(date) => Some(date),
            Self::ShortYear(day, month, year) => {
                NaiveDate::from_ymd_opt(full_year(year, latest_year), month, day)
            }
            Self::Numbers { a, b, year, short } => {
                let (year, month, day) = match order {
                    DateOrder::Mdy => (year, a, b),
                    DateOrder::Dmy => (year, b, a),
                    DateOrder::Ymd if short => (a, b, year),
                    DateOrder::Ymd => return None,
                };
                let year = if short { full_year(year, latest_year) } else { i32::try_from(year).ok()? };
                NaiveDate::from_ymd_opt(year, month, day)
            }
            Self::Serial(serial) => from_serial(serial, epoch),
            Self::Empty | Self::Unreadable => None,
        }
    }
}

/// The date of a spreadsheet's day number; day 60 of 1900 never existed and is refused.
pub fn from_serial(serial: f64, epoch: SerialEpoch) -> Option<NaiveDate> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let day = serial as u64;
    match epoch {
        SerialEpoch::Excel1904 => NaiveDate::from_ymd_opt(1904, 1, 1)?.checked_add_days(Days::new(day)),
        SerialEpoch::Excel1900 if day == 60 => None,
        SerialEpoch::Excel1900 if day < 60 => {
            NaiveDate::from_ymd_opt(1899, 12, 31)?.checked_add_days(Days::new(day))
        }
        SerialEpoch::Excel1900 => NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(day)),
    }
}

fn full_year(year: u32, latest_year: i32) -> i32 {
    let year = i32::try_from(year).unwrap_or(0) + latest_year - latest_year.rem_euclid(100);
    if year > latest_year { year - 100 } else { year }
}

fn is_blank(text: &str) -> bool {
    if text.bytes().all(|byte| matches!(byte, b'-' | b'/' | b'.' | b'0' | b' ' | b':' | b'_' | b'T' | b'Z')) {
        return true;
    }
    if text.eq_ignore_ascii_case("null")
        || text.eq_ignore_ascii_case("none")
        || text == "\\N"
        || text == "\u{2013}"
        || text == "\u{2014}"
    {
        return true;
    }
    // A zero date with a time behind it, as in `0000-00-00 12:00 am`.
    text.starts_with("0000-00-00") || text.starts_with("00/00/00")
}

/// The text behind the name of a weekday, if a number follows: `Wed 9/3/2025`.
fn without_weekday(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_alphabetic()).unwrap_or(text.len());
    let rest = text[end..].trim_start_matches(['.', ',', ' ', '\u{a0}']);
    // In `Mar 5, 2026` the same letters are a month.
    let date = rest.split(' ').next().unwrap_or_default();
    let leads = date.starts_with(|letter: char| letter.is_ascii_digit())
        && date.matches(['/', '-', '.']).count() == 2;
    let is_weekday = || WEEKDAYS.split(' ').any(|known| known.eq_ignore_ascii_case(&text[..end]));
    if leads && is_weekday() { rest } else { text }
}

/// Dates that begin with a number and consist of numbers only, a time of day behind them allowed.
fn leading_numbers(text: &str) -> Option<DateText> {
    let bytes = text.as_bytes();
    let (first, first_len, at) = number(bytes, 0)?;
    // `9 / 3 / 2025`: spaces around the separator say nothing.
    let at = if bytes.get(at) == Some(&b' ')
        && matches!(bytes.get(skip_spaces(bytes, at)), Some(b'/' | b'-' | b'.'))
    {
        skip_spaces(bytes, at)
    } else {
        at
    };
    let separator = bytes.get(at).copied();
    match separator {
        None => Some(bare_number(text, first, first_len)),
        Some(separator @ (b'/' | b'-' | b'.' | b' ')) => {
            let start = skip_spaces(bytes, at + 1);
            let Some((second, second_len, at)) = number(bytes, start) else {
                return (separator != b' ' || text.as_bytes()[0].is_ascii_digit())
                    .then(|| with_month_name(text));
            };
            let at = if separator == b' ' { at } else { skip_separator_space(bytes, at, separator) };
            if bytes.get(at) != Some(&separator) {
                if separator == b'.' && at == bytes.len() && text.len() <= 20 {
                    return Some(text.parse().map_or(DateText::Unreadable, DateText::Serial));
                }
                return Some(with_month_name(text));
            }
            let start = skip_spaces(bytes, at + 1);
            let (third, third_len, at) = number(bytes, start)?;
            if !is_time(&text[at..]) {
                return Some(DateText::Unreadable);
            }
            Some(three_numbers((first, first_len), (second, second_len), (third, third_len)))
        }
        Some(_) => None,
    }
}

fn three_numbers(first: (u32, usize), second: (u32, usize), third: (u32, usize)) -> DateText {
    if second.1 > 2 {
        return DateText::Unreadable;
    }
    match (first.1, third.1) {
        (4, 1 | 2) => i32::try_from(first.0)
            .ok()
            .and_then(|year| NaiveDate::from_ymd_opt(year, second.0, third.0))
            .map_or(DateText::Unreadable, DateText::Plain),
        (1 | 2, 4) => DateText::Numbers { a: first.0, b: second.0, year: third.0, short: false },
        (1 | 2, 2) => DateText::Numbers { a: first.0, b: second.0, year: third.0, short: true },
        _ => DateText::Unreadable,
    }
}

/// `20250903`, `09032025` or a spreadsheet's day number.
fn bare_number(text: &str, value: u32, digits: usize) -> DateText {
    if digits == 8 {
        let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
        if (1900..2100).contains(&year) {
            return i32::try_from(year)
                .ok()
                .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
                .map_or(DateText::Unreadable, DateText::Plain);
        }
        let year = value % 10_000;
        if (1900..2100).contains(&year) {
            return DateText::Numbers { a: value / 1_000_000, b: value / 10_000 % 100, year, short: false };
        }
        return DateText::Unreadable;
    }
    if digits <= 7 {
        text.parse().map_or(DateText::Unreadable, DateText::Serial)
    } else {
        DateText::Unreadable
    }
}

/// Dates with the name of a month, in any order: `Sep 3, 2025`, `03-Sep-25`, `Wed 3. September 2025 14:15`.
fn with_month_name(text: &str) -> DateText {
    let bytes = text.as_bytes();
    let (mut month, mut day, mut year) = (None, None, None);
    let mut at = 0;
    while at < bytes.len() && !(month.is_some() && day.is_some() && year.is_some()) {
        if let Some((value, digits, next)) = number(bytes, at) {
            match (day, year, digits) {
                (_, None, 4) => year = Some((value, false)),
                (None, _, 1 | 2) => day = Some(value),
                (Some(_), None, 2) => year = Some((value, true)),
                _ => return DateText::Unreadable,
            }
            at = next;
            continue;
        }
        let end =
            text[at..].find(|letter: char| !letter.is_alphabetic()).map_or(text.len(), |length| at + length);
        if end == at {
            let Some(letter) = text[at..].chars().next() else {
                break;
            };
            if !matches!(letter, ' ' | ',' | '-' | '/' | '.' | '\'' | '\u{a0}') {
                return DateText::Unreadable;
            }
            at += letter.len_utf8();
            continue;
        }
        let word = &text[at..end];
        match (month_number(word), is_date_word(word)) {
            (Some(number), _) if month.is_none() => month = Some(number),
            (None, true) => {}
            _ => return DateText::Unreadable,
        }
        at = end;
    }
    let (Some(month), Some(day), Some((year, short))) = (month, day, year) else {
        return DateText::Unreadable;
    };
    if !is_time(&text[at..]) {
        return DateText::Unreadable;
    }
    if short {
        return DateText::ShortYear(day, month, year);
    }
    i32::try_from(year)
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
        .map_or(DateText::Unreadable, DateText::Plain)
}

fn number(bytes: &[u8], at: usize) -> Option<(u32, usize, usize)> {
    let digits = bytes[at.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 || digits > 9 {
        return None;
    }
    let value = bytes[at..at + digits].iter().fold(0u32, |value, byte| value * 10 + u32::from(byte - b'0'));
    Some((value, digits, at + digits))
}

fn skip_spaces(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at) == Some(&b' ') {
        at += 1;
    }
    at
}

fn skip_separator_space(bytes: &[u8], at: usize, separator: u8) -> usize {
    let next = skip_spaces(bytes, at);
    if bytes.get(next) == Some(&separator) { next } else { at }
}

/// What may stand behind a date: nothing, or a time of day with its zone.
fn is_time(rest: &str) -> bool {
    let rest = rest.trim_matches([' ', ',', '\u{a0}', '\u{202f}']);
    if rest.is_empty() {
        return true;
    }
    let body = rest.trim_start_matches(['T', 't', 'a']).trim_start_matches("t ").trim_start();
    if !body.starts_with(|letter: char| letter.is_ascii_digit()) || rest.len() > 40 {
        return false;
    }
    let hour = body.bytes().take_while(u8::is_ascii_digit).count();
    hour <= 2
        && body.chars().all(|letter| {
            letter.is_ascii_alphanumeric()
                || matches!(letter, ':' | '.' | ' ' | '+' | '-' | '\u{202f}' | '\u{a0}' | '(' | ')' | '/')
        })
        && (body.contains(':') || body.to_ascii_lowercase().ends_with('m'))
}

const WEEKDAYS: &str = "mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun \
    sunday mo di mi do fr sa so lun mar jue vie sam";

fn is_date_word(word: &str) -> bool {
    const WORDS: &str = "st nd rd th of the de del le den";
    WORDS.split(' ').chain(WEEKDAYS.split(' ')).any(|known| known.eq_ignore_ascii_case(word))
}

fn month_number(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "jan january januar jän jänner enero ene janvier janv",
        "feb february februar febrero février fevrier févr fév",
        "mar march märz maerz mär mrz marzo mars",
        "apr april abril abr avril avr",
        "may mai mayo",
        "jun june juni junio juin",
        "jul july juli julio juillet juil",
        "aug august agosto ago août aout",
        "sep sept september septiembre septembre",
        "oct october okt oktober octubre octobre",
        "nov november noviembre novembre",
        "dec december dez dezember diciembre dic décembre decembre déc",
    ];
    let lower = word.to_lowercase();
    MONTHS
        .iter()
        .position(|names| names.split(' ').any(|name| name == lower))
        .and_then(|index| u32::try_from(index + 1).ok())
}

/// The year a two-digit year may reach at most when the newest possible date is `as_of`.
pub fn latest_year(as_of: NaiveDate, years_ahead: i32) -> i32 {
    as_of.year() + years_ahead
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, order: DateOrder) -> Option<String> {
        DateText::of(text).read(order, 2027, SerialEpoch::Excel1900).map(|date| date.to_string())
    }

    #[test]
    fn dates_are_read_in_the_spellings_people_and_programs_use() {
        for text in [
            "9/3/2025",
            "09/03/2025",
            "09-03-2025",
            "09.03.2025",
            "9/3/25",
            "09/03/2025 02:15 pm",
            "9/3/2025 2:15:00 PM",
            "2025-09-03",
            "2025-09-03T14:15:00Z",
            "2025-09-03 14:15:00.000 +00:00",
            "2025/9/3",
            "Sep 3, 2025",
            "Sept. 3rd, 2025",
            "3 Sep 2025",
            "03-Sep-25",
            "03-SEP-2025 14:15",
            "September 3 2025",
            "Wednesday, September 3, 2025",
            "Wed Sep 3 2025",
            "3. September 2025",
            "3 de septiembre de 2025",
            "3 septembre 2025",
            "20250903",
            "09032025",
            "45903",
            "45903.604",
            "2025-Sep-03",
            " 9/3/2025 ",
            "Sep 3, 2025, 2:15 PM",
            "9 / 3 / 2025",
            "Wed 9/3/2025",
            "Wednesday, 09/03/2025 2:15 PM",
            "wed. 2025-09-03",
        ] {
            assert_eq!(read(text, DateOrder::Mdy).as_deref(), Some("2025-09-03"), "{text:?}");
        }
        assert_eq!(read("03.09.2025", DateOrder::Dmy).as_deref(), Some("2025-09-03"));
        assert_eq!(read("25-09-03", DateOrder::Ymd).as_deref(), Some("2025-09-03"));
        assert_eq!(read("Mar 5, 2026 10:30 AM", DateOrder::Mdy).as_deref(), Some("2026-03-05"));
        assert_eq!(read("Mar 5, 2026 10:30 AM", DateOrder::Mdy).as_deref(), Some("2026-03-05"));
    }

    #[test]
    fn what_is_no_date_is_empty_or_unreadable_never_guessed() {
        for text in [
            "",
            "  ",
            "0000-00-00",
            "0/0/00",
            "00/00/0000",
            "-",
            "--",
            "0",
            "0000-00-00 00:00:00",
            "  /  /    ",
            "NULL",
        ] {
            assert_eq!(DateText::of(text), DateText::Empty, "{text:?}");
        }
        for text in [
            "TBD",
            "n/a",
            "2/30/2026",
            "31 Feb 2026",
            "13/13/2025",
            "Sep 2025",
            "2025-13-01",
            "3/4",
            "next week",
            "9/3/2025 or later",
            "60",
            "-5",
            "9/3/202",
            "0025-01-01x",
            "12345678901234567890",
            "9/3/2025 call",
            "may",
            "seen 9/3/2025",
            "Wed",
            "Wed 12",
        ] {
            assert_eq!(read(text, DateOrder::Mdy), None, "{text:?}");
            assert_ne!(DateText::of(text), DateText::Empty, "{text:?}");
        }
    }

    #[test]
    fn two_digit_years_belong_to_the_hundred_years_before() {
        let born = |text| {
            DateText::of(text).read(DateOrder::Mdy, 2026, SerialEpoch::Excel1900).map(|date| date.year())
        };
        assert_eq!(born("6/1/26"), Some(2026));
        assert_eq!(born("6/1/27"), Some(1927));
        assert_eq!(born("01-Jun-54"), Some(1954));
    }

    #[test]
    fn the_day_numbers_of_both_calendars_are_known() {
        assert_eq!(from_serial(59.0, SerialEpoch::Excel1900), NaiveDate::from_ymd_opt(1900, 2, 28));
        assert_eq!(from_serial(60.0, SerialEpoch::Excel1900), None);
        assert_eq!(from_serial(61.0, SerialEpoch::Excel1900), NaiveDate::from_ymd_opt(1900, 3, 1));
        assert_eq!(from_serial(45839.0, SerialEpoch::Excel1900), NaiveDate::from_ymd_opt(2025, 7, 1));
        assert_eq!(from_serial(44377.0, SerialEpoch::Excel1904), NaiveDate::from_ymd_opt(2025, 7, 1));
        assert_eq!(from_serial(f64::NAN, SerialEpoch::Excel1900), None);
    }
}
