//! A date as the file keeps it: `yyyy-mm-dd`.

use chrono::{Datelike, NaiveDate};
use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};

/// Carries a date into and out of SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub NaiveDate);

impl ToSql for Day {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(written(self.0)))
    }
}

impl FromSql for Day {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Text(text) => read(text).map(Day).ok_or(FromSqlError::InvalidType),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

/// Writes `yyyy-mm-dd`.
fn written(day: NaiveDate) -> String {
    let (year, month, of_month) = (day.year(), day.month(), day.day());
    let Ok(year @ 0..10_000) = u32::try_from(year) else { return day.to_string() };
    let digit = |number: u32| char::from(b'0' + u8::try_from(number % 10).unwrap_or(0));
    let mut text = String::with_capacity(10);
    text.extend([1000, 100, 10, 1].map(|place| digit(year / place)));
    for number in [month, of_month] {
        text.extend(['-', digit(number / 10), digit(number)]);
    }
    text
}

/// Reads `yyyy-mm-dd` and nothing else.
fn read(text: &[u8]) -> Option<NaiveDate> {
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = *text else { return None };
    let number = |digits: &[u8]| {
        digits
            .iter()
            .try_fold(0u32, |n, digit| digit.is_ascii_digit().then(|| n * 10 + u32::from(digit - b'0')))
    };
    NaiveDate::from_ymd_opt(
        i32::try_from(number(&[y0, y1, y2, y3])?).ok()?,
        number(&[m0, m1])?,
        number(&[d0, d1])?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_chrono_writes_them() {
        for (y, m, d) in [(2026, 2, 28), (1, 1, 1), (999, 12, 31), (9999, 10, 10), (-1, 3, 4), (12026, 1, 9)]
        {
            let day = NaiveDate::from_ymd_opt(y, m, d).expect("a day");
            assert_eq!(written(day), day.format("%Y-%m-%d").to_string());
        }
    }

    #[test]
    fn only_whole_dates_are_read() {
        assert_eq!(read(b"2026-02-28"), NaiveDate::from_ymd_opt(2026, 2, 28));
        for bad in ["2026-02-29", "2026-2-28", "2026-02-28 ", "", "2026/02/28", "x026-02-28"] {
            assert_eq!(read(bad.as_bytes()), None, "{bad}");
        }
    }
}
