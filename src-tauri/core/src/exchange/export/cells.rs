//! Writing one value to a worksheet so that Excel neither runs, rounds nor cuts it.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use rust_xlsxwriter::{ColNum, Format, RowNum, Worksheet};

use super::columns::{Cell, Kind, id_text};
use super::error::ExportError;
use super::styles;
use super::text::{could_run, fitted};

/// Writes values and remembers how many had to be shortened.
pub(super) struct Pen {
    quoted: Format,
    text: Format,
    pub(super) shortened: u32,
}

impl Pen {
    pub(super) fn new() -> Self {
        Self { quoted: styles::quoted(), text: styles::text(), shortened: 0 }
    }

    /// Text, in the format of its column.
    pub(super) fn text(
        &mut self,
        sheet: &mut Worksheet,
        row: RowNum,
        col: ColNum,
        text: &str,
    ) -> Result<(), ExportError> {
        let (text, shortened) = fitted(text);
        self.shortened += u32::from(shortened);
        if could_run(&text) {
            sheet.write_string_with_format(row, col, text, &self.quoted)?;
        } else {
            sheet.write_string(row, col, text)?;
        }
        Ok(())
    }

    /// Text with a look of its own.
    pub(super) fn styled(
        &mut self,
        sheet: &mut Worksheet,
        row: RowNum,
        col: ColNum,
        text: &str,
        format: &Format,
    ) -> Result<(), ExportError> {
        let (text, shortened) = fitted(text);
        self.shortened += u32::from(shortened);
        if could_run(&text) {
            sheet.write_string_with_format(row, col, text, &format.clone().set_quote_prefix())?;
        } else {
            sheet.write_string_with_format(row, col, text, format)?;
        }
        Ok(())
    }

    /// A value of the register, in the format of its column. Days Excel has no number for are written as text.
    pub(super) fn cell(
        &mut self,
        sheet: &mut Worksheet,
        row: RowNum,
        col: ColNum,
        cell: Cell<'_>,
    ) -> Result<(), ExportError> {
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => self.text(sheet, row, col, text)?,
            Cell::Id(id) => {
                sheet.write_string(row, col, id_text(&id, &mut [0; 36]))?;
            }
            Cell::Day(day) => self.day(sheet, row, col, day)?,
            Cell::Instant(at) => {
                sheet.write_number(
                    row,
                    col,
                    serial(at.date()).unwrap_or(0.0)
                        + f64::from(at.time().num_seconds_from_midnight()) / 86_400.0,
                )?;
            }
            Cell::Number(number) => {
                sheet.write_number(row, col, number as f64)?;
            }
            Cell::Cents(cents) => {
                sheet.write_number(row, col, cents as f64 / 100.0)?;
            }
        }
        Ok(())
    }

    /// A day as a date; as ISO text if it lies before 1900.
    pub(super) fn day(
        &mut self,
        sheet: &mut Worksheet,
        row: RowNum,
        col: ColNum,
        day: NaiveDate,
    ) -> Result<(), ExportError> {
        match serial(day) {
            Some(number) => sheet.write_number(row, col, number)?,
            None => sheet.write_string_with_format(row, col, iso(day), &self.text)?,
        };
        Ok(())
    }
}

/// The format of a column's values.
pub(super) fn format_of(kind: Kind) -> Format {
    match kind {
        Kind::Text => styles::text(),
        Kind::Day => styles::day(),
        Kind::Instant => styles::instant(),
        Kind::Number => styles::count(),
        Kind::Money => styles::money(),
    }
}

/// The number by which Excel knows a day; none before 1900. Excel counts a 29 February 1900 that never was.
pub(super) fn serial(day: NaiveDate) -> Option<f64> {
    let from = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    if day.year() < 1900 || day.year() > 9999 {
        return None;
    }
    let zero = if day < from(1900, 3, 1) { from(1899, 12, 31) } else { from(1899, 12, 30) };
    Some((day - zero).num_days() as f64)
}

/// yyyy-mm-dd.
pub(super) fn iso(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// yyyy-mm-dd hh:mm:ss.
pub(super) fn iso_instant(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%d %H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    #[test]
    fn days_have_the_numbers_excel_gives_them() {
        assert_eq!(serial(day("1900-01-01")), Some(1.0));
        assert_eq!(serial(day("1900-02-28")), Some(59.0));
        assert_eq!(serial(day("1900-03-01")), Some(61.0));
        assert_eq!(serial(day("2026-11-21")), Some(46_347.0));
        assert_eq!(serial(day("1899-12-31")), None);
    }
}
