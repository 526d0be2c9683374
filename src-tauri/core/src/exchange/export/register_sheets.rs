//! The register as worksheets, written row by row: memory stays flat however long it is.

use std::ops::ControlFlow;

use rusqlite::Connection;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

use super::cells::{Pen, format_of};
use super::columns::{Column, Context, columns};
use super::error::ExportError;
use super::order::{Progress, SheetRows};
use super::rows;
use super::styles;
use super::text::SheetNames;
use crate::insights::Period;
use crate::vault::Hidden;

/// Rows of data a worksheet holds under its heading.
pub(super) const ROWS_A_SHEET: u32 = 1_048_575;

/// How often progress is told.
pub(super) const RHYTHM: u32 = 1_000;

/// What to write.
pub(super) struct RegisterJob<'a> {
    pub(super) period: Option<Period>,
    pub(super) with_patients: bool,
    pub(super) hidden: Hidden,
    pub(super) context: Context<'a>,
    pub(super) rows_a_sheet: u32,
}

/// The sheets, in order, and what they hold.
pub(super) struct RegisterSheets {
    pub(super) sheets: Vec<Worksheet>,
    pub(super) rows: Vec<SheetRows>,
}

/// Writes the register of a period into as many sheets as it needs, at least one.
///
/// # Errors
/// [`ExportError::Cancelled`] when told to stop, and what writing says.
pub(super) fn write(
    conn: &Connection,
    workbook: &mut Workbook,
    names: &mut SheetNames,
    pen: &mut Pen,
    job: &RegisterJob<'_>,
    progress: Progress<'_>,
) -> Result<RegisterSheets, ExportError> {
    let columns = columns(job.with_patients, job.hidden);
    let total = rows::count(conn, job.period)?;
    let mut done = RegisterSheets { sheets: Vec::new(), rows: Vec::new() };
    let mut statement = rows::register(conn, job.with_patients)?;
    let mut found = rows::in_period(&mut statement, job.period)?;
    let (mut sheet, mut name) = begin(workbook, names, &columns)?;
    let (mut row, mut written) = (0, 0);
    while let Some(referral) = found.next()? {
        if row == job.rows_a_sheet {
            done.close(sheet, name, row, columns.len())?;
            (sheet, name) = begin(workbook, names, &columns)?;
            row = 0;
        }
        row += 1;
        for (col, column) in (0u16..).zip(&columns) {
            pen.cell(&mut sheet, row, col, column.value(referral, &job.context)?)?;
        }
        written += 1;
        if written % RHYTHM == 0 && progress(written, total.max(written)) == ControlFlow::Break(()) {
            return Err(ExportError::Cancelled);
        }
    }
    done.close(sheet, name, row, columns.len())?;
    if progress(written, written) == ControlFlow::Break(()) {
        return Err(ExportError::Cancelled);
    }
    Ok(done)
}

impl RegisterSheets {
    fn close(
        &mut self,
        mut sheet: Worksheet,
        name: String,
        rows: u32,
        columns: usize,
    ) -> Result<(), ExportError> {
        sheet.autofilter(0, 0, rows.max(1), u16::try_from(columns.saturating_sub(1)).unwrap_or(0))?;
        self.sheets.push(sheet);
        self.rows.push(SheetRows { sheet: name, rows });
        Ok(())
    }
}

fn begin(
    workbook: &mut Workbook,
    names: &mut SheetNames,
    columns: &[Column],
) -> Result<(Worksheet, String), ExportError> {
    let mut sheet = workbook.new_worksheet_with_constant_memory()?;
    let name = names.free("Register");
    sheet.set_name(&name)?;
    let heading: Format = styles::table_heading();
    for (col, column) in (0u16..).zip(columns) {
        sheet.set_column_format(col, &format_of(column.kind))?;
        sheet.set_column_width(col, column.width)?;
        sheet.write_string_with_format(0, col, column.heading, &heading)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    Ok((sheet, name))
}
