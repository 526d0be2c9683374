//! Miles and expenses of a calendar year as a workbook: every way, what was spent, the rate they were paid by, and what the words
//! mean.

use std::path::Path;

use rust_xlsxwriter::{Format, Worksheet};
use serde::{Deserialize, Serialize};

use super::cells::Pen;
use super::columns::{Cell, Kind};
use super::error::ExportError;
use super::log_file::{heading, statement_sheet};
use super::order::{Exported, SheetRows};
use super::register::{may_export, save, workbook};
use super::staged::{Staged, verify_workbook};
use crate::audit::record_export;
use crate::field::{self, MileageRate, MileageSheet};
use crate::foundation::id::ProfileId;
use crate::practice::Practice;
use crate::vault::{Area, Need};

/// A mileage sheet to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct MileageOrder {
    /// The calendar year.
    pub year: i32,
    /// Whose; none: everybody's.
    pub liaison: Option<ProfileId>,
}

const TRIPS: [(&str, Kind, f64); 8] = [
    ("Date", Kind::Day, 12.0),
    ("Driver", Kind::Text, 22.0),
    ("From", Kind::Text, 32.0),
    ("To", Kind::Text, 32.0),
    ("Purpose", Kind::Text, 44.0),
    ("Miles", Kind::Text, 9.0),
    ("Cents a mile", Kind::Text, 12.0),
    ("Amount", Kind::Money, 12.0),
];

const EXPENSES: [(&str, Kind, f64); 6] = [
    ("Date", Kind::Day, 12.0),
    ("Who", Kind::Text, 22.0),
    ("Partner", Kind::Text, 32.0),
    ("Kind", Kind::Text, 14.0),
    ("Purpose", Kind::Text, 44.0),
    ("Amount", Kind::Money, 12.0),
];

const RATES: [(&str, Kind, f64); 5] = [
    ("Year", Kind::Text, 8.0),
    ("Cents a mile", Kind::Text, 12.0),
    ("Source", Kind::Text, 70.0),
    ("Verified on", Kind::Day, 12.0),
    ("Set by", Kind::Text, 14.0),
];

const DEFINITIONS: &[(&str, &str)] = &[
    (
        "Trip",
        "A way by car on a day of visits: from where the day began, or from the visit before, to a visit that was logged; and the way back once every stop of the day was logged or left out.",
    ),
    (
        "Miles",
        "As entered when the visit was logged; where nothing was entered, the estimate of the plan: the great circle between the two places (earth radius 6,371.0088 km) times 1.3 for the road, in tenths of a mile.",
    ),
    (
        "Amount of a trip",
        "trip_amount: miles times the rate of the calendar year of the trip, rounded to the cent, half a cent up. 8.1 miles at 67.0 cents are $5.43.",
    ),
    (
        "Not set",
        "For this year no rate is on record. No other year's rate is used in its place; set it in the field room, with its source.",
    ),
    (
        "Rate",
        "The standard mileage rate for business use of a car, in cents a mile, as published by the Internal Revenue Service for the year, or as the practice set it. Not tax advice.",
    ),
    (
        "Expense",
        "Money put down when a visit was logged, with what it went to. Gifts and meals with a recipient's meter are judged in the register of gifts, not here.",
    ),
    ("Minutes with partners", "The minutes of the visits that were logged, without the ways."),
];

/// Writes miles and expenses of a year to `target`.
///
/// # Errors
/// See [`ExportError`]; what stood at `target` is unchanged then.
pub fn mileage_workbook(
    practice: &Practice,
    order: &MileageOrder,
    target: &Path,
) -> Result<Exported, ExportError> {
    may_export(practice, &[Area::Outreach], false)?;
    practice.may(Need::Money)?;
    let year = field::mileage_sheet(practice, order.year, order.liaison)?;
    let rates = field::mileage_rates(practice)?;
    let mut staged = Staged::begin(practice, target)?;
    let mut book = workbook(practice, &staged, "Mileage and expenses")?;
    let mut pen = Pen::new();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let sheets: Vec<SheetRows> =
        [("Trips", year.trips.len()), ("Expenses", year.expenses.len()), ("Rates", rates.len())]
            .map(|(sheet, rows)| SheetRows { sheet: sheet.into(), rows: count(rows) })
            .into();
    book.push_worksheet(trips(&year, &mut pen)?);
    book.push_worksheet(expenses(&year, &mut pen)?);
    book.push_worksheet(rate_sheet(&rates, &mut pen)?);
    book.push_worksheet(statement_sheet(&statement(practice, &year), DEFINITIONS, &mut pen)?);
    save(&mut book, &mut staged)?;
    let expected: Vec<(usize, u32)> = (1..).zip(&sheets).map(|(at, sheet)| (at, sheet.rows + 1)).collect();
    verify_workbook(staged.file(), 4, &expected)?;
    let file_name = staged.file_name();
    let rows = sheets.iter().map(|sheet| sheet.rows).sum();
    let entry = record_export(practice, "export_mileage", &file_name, rows, None)?;
    staged.finish()?;
    Ok(Exported { file_name, sheets, shortened: pen.shortened, left_out: 0, unnamed: 0, entry })
}

fn statement(practice: &Practice, year: &MileageSheet) -> String {
    let dollars = |cents: i64| format!("${}.{:02}", cents / 100, cents % 100);
    let paid = year.mileage_cents.map_or_else(
        || format!("the rate of {} is not set, so no amount is given", year.year),
        |cents| format!("{} at the rate of the year", dollars(cents)),
    );
    format!(
        "Calendar year {}: {} trips with {}.{} miles, {paid}; {} expenses of {}; {} minutes with partners. As of {}.",
        year.year,
        year.trips.len(),
        year.tenths / 10,
        year.tenths % 10,
        year.expenses.len(),
        dollars(year.expense_cents),
        year.visit_minutes,
        practice.today()
    )
}

/// A number with one decimal in a cell that Excel adds up.
fn tenths(sheet: &mut Worksheet, row: u32, col: u16, tenths: u32) -> Result<(), ExportError> {
    sheet.write_number_with_format(
        row,
        col,
        f64::from(tenths) / 10.0,
        &Format::new().set_num_format("0.0"),
    )?;
    Ok(())
}

fn trips(year: &MileageSheet, pen: &mut Pen) -> Result<Worksheet, ExportError> {
    let mut sheet = Worksheet::new();
    heading(&mut sheet, "Trips", &TRIPS)?;
    for (row, trip) in (1u32..).zip(&year.trips) {
        let cells = [
            Cell::Day(trip.on),
            Cell::Text(&trip.driver),
            Cell::Text(&trip.from),
            Cell::Text(&trip.to),
            Cell::Text(&trip.purpose),
        ];
        for (col, cell) in (0u16..).zip(cells) {
            pen.cell(&mut sheet, row, col, cell)?;
        }
        tenths(&mut sheet, row, 5, trip.tenths)?;
        match trip.tenth_cents {
            Some(rate) => tenths(&mut sheet, row, 6, rate)?,
            None => pen.cell(&mut sheet, row, 6, Cell::Text("not set"))?,
        }
        pen.cell(&mut sheet, row, 7, trip.cents.map_or(Cell::Text("not set"), Cell::Cents))?;
    }
    if !year.trips.is_empty() {
        sheet.autofilter(0, 0, u32::try_from(year.trips.len()).unwrap_or(u32::MAX), 7)?;
    }
    Ok(sheet)
}

fn expenses(year: &MileageSheet, pen: &mut Pen) -> Result<Worksheet, ExportError> {
    let mut sheet = Worksheet::new();
    heading(&mut sheet, "Expenses", &EXPENSES)?;
    for (row, one) in (1u32..).zip(&year.expenses) {
        let cells = [
            Cell::Day(one.on),
            Cell::Text(&one.spender),
            Cell::Text(&one.partner),
            Cell::Text(one.kind.code()),
            Cell::Text(&one.purpose),
            Cell::Cents(one.cents),
        ];
        for (col, cell) in (0u16..).zip(cells) {
            pen.cell(&mut sheet, row, col, cell)?;
        }
    }
    if !year.expenses.is_empty() {
        sheet.autofilter(0, 0, u32::try_from(year.expenses.len()).unwrap_or(u32::MAX), 5)?;
    }
    Ok(sheet)
}

fn rate_sheet(rates: &[MileageRate], pen: &mut Pen) -> Result<Worksheet, ExportError> {
    let mut sheet = Worksheet::new();
    heading(&mut sheet, "Rates", &RATES)?;
    for (row, rate) in (1u32..).zip(rates) {
        let year = rate.year.to_string();
        pen.cell(&mut sheet, row, 0, Cell::Text(&year))?;
        tenths(&mut sheet, row, 1, rate.tenth_cents)?;
        pen.cell(&mut sheet, row, 2, Cell::Text(&rate.source))?;
        pen.cell(&mut sheet, row, 3, Cell::Day(rate.verified_on))?;
        pen.cell(&mut sheet, row, 4, Cell::Text(if rate.own { "the practice" } else { "Baton" }))?;
    }
    Ok(sheet)
}
