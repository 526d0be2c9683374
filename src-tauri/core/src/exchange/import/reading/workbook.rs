//! Excel workbooks, streamed cell by cell. Nothing is allocated by a declared size, so a cell in the last corner of the
//! sheet costs what a cell costs.

use super::error::ReadError;
use super::limits::Limits;
use super::merged::fill_down;
use super::table::{CellKind, Grid, GridCell, GridRow};
use crate::foundation::date_text::{SerialEpoch, from_serial};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use std::fmt::Write;
use std::io::Cursor;

/// A workbook, opened.
pub(super) struct Workbook<'b> {
    xlsx: Xlsx<Cursor<&'b [u8]>>,
    /// The names of its worksheets, hidden ones last.
    pub sheets: Vec<String>,
    /// How it counts days.
    pub epoch: SerialEpoch,
}

impl<'b> Workbook<'b> {
    /// Opens a workbook that passed the guard.
    pub fn open(bytes: &'b [u8]) -> Result<Self, ReadError> {
        let xlsx = Xlsx::new(Cursor::new(bytes)).map_err(|_| ReadError::DamagedWorkbook)?;
        let mut sheets: Vec<_> =
            xlsx.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).collect();
        sheets.sort_by_key(|sheet| sheet.visible != SheetVisible::Visible);
        let sheets = sheets.into_iter().map(|sheet| sheet.name.clone()).collect();
        let epoch = if xlsx.has_1904_epoch() { SerialEpoch::Excel1904 } else { SerialEpoch::Excel1900 };
        Ok(Self { xlsx, sheets, epoch })
    }

    /// Reads a sheet, at most its first `row_limit` rows.
    pub fn read_sheet(&mut self, name: &str, limits: &Limits, row_limit: u32) -> Result<Grid, ReadError> {
        let epoch = self.epoch;
        let mut cells = self.xlsx.worksheet_cells_reader(name).map_err(|_| ReadError::DamagedWorkbook)?;
        let mut grid = Grid::default();
        let mut beyond = 0usize;
        let mut text = String::new();
        while let Some(cell) = cells.next_cell().map_err(|_| ReadError::DamagedWorkbook)? {
            let (row, column) = cell.get_position();
            if row >= row_limit {
                break;
            }
            if row >= limits.rows {
                return Err(ReadError::TooManyRows { limit: limits.rows });
            }
            text.clear();
            let Some(kind) = cell_text(cell.get_value(), epoch, &mut text) else {
                continue;
            };
            if text.trim().is_empty() {
                continue;
            }
            let record = row + 1;
            if text.len() > limits.cell_chars && text.chars().count() > limits.cell_chars {
                return Err(ReadError::CellTooLong {
                    line: record,
                    limit: u32::try_from(limits.cell_chars).unwrap_or(u32::MAX),
                });
            }
            if grid.rows.last().is_none_or(|last| last.record != record) {
                if grid.rows.last().is_some_and(|last| last.record > record) {
                    return Err(ReadError::DamagedWorkbook);
                }
                grid.rows.push(GridRow {
                    record,
                    first_cell: u32::try_from(grid.cells.len()).unwrap_or(u32::MAX),
                    cell_count: 0,
                });
                beyond = 0;
            }
            let (Ok(narrow), true) = (u16::try_from(column), (column as usize) < limits.columns) else {
                grid.out_of_reach += 1;
                beyond += 1;
                if beyond > limits.columns {
                    return Err(ReadError::TooManyColumns {
                        line: record,
                        limit: u32::try_from(limits.columns).unwrap_or(u32::MAX),
                    });
                }
                continue;
            };
            push_cell(&mut grid, narrow, kind, &text)?;
            if grid.cells.len() > limits.cells as usize {
                return Err(ReadError::TooManyCells { limit: limits.cells });
            }
        }
        grid.rows.retain(|row| row.cell_count > 0);
        drop(cells);
        if row_limit == u32::MAX {
            let regions =
                self.xlsx.merge_cells_by_sheet_name(name).map_err(|_| ReadError::DamagedWorkbook)?;
            fill_down(&mut grid, &regions, limits)?;
        }
        Ok(grid)
    }
}

fn push_cell(grid: &mut Grid, column: u16, kind: CellKind, text: &str) -> Result<(), ReadError> {
    let Some(row) = grid.rows.last_mut() else {
        return Err(ReadError::DamagedWorkbook);
    };
    let out_of_order = row.cell_count > 0 && grid.cells.last().is_some_and(|last| last.column >= column);
    if out_of_order {
        return Err(ReadError::DamagedWorkbook);
    }
    row.cell_count += 1;
    let start = grid.text.len();
    grid.text.push_str(text);
    let place = |at: usize| u32::try_from(at).map_err(|_| ReadError::WorkbookTooLarge);
    grid.cells.push(GridCell { column, kind, start: place(start)?, end: place(grid.text.len())? });
    Ok(())
}

/// Writes a cell as text; `None` when it is empty.
fn cell_text(value: &DataRef<'_>, epoch: SerialEpoch, out: &mut String) -> Option<CellKind> {
    match value {
        DataRef::Empty => return None,
        DataRef::String(text) => out.push_str(text),
        DataRef::SharedString(text) => out.push_str(text),
        DataRef::Int(number) => {
            let _ = write!(out, "{number}");
            return Some(CellKind::Number);
        }
        DataRef::Float(number) => {
            write_number(*number, out);
            return Some(CellKind::Number);
        }
        DataRef::Bool(value) => out.push_str(if *value { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(value) if value.is_datetime() && value.as_f64() >= 1.0 => {
            if let Some(date) = from_serial(value.as_f64(), epoch) {
                let _ = write!(out, "{date}");
                return Some(CellKind::Date);
            }
            write_number(value.as_f64(), out);
            return Some(CellKind::Number);
        }
        DataRef::DateTime(value) => {
            write_number(value.as_f64(), out);
            return Some(CellKind::Number);
        }
        DataRef::DateTimeIso(text) => {
            out.push_str(text);
            return Some(CellKind::Date);
        }
        DataRef::DurationIso(text) => out.push_str(text),
        DataRef::Error(error) => {
            let _ = write!(out, "{error}");
        }
    }
    Some(CellKind::Text)
}

/// Whole numbers without a point: an NPI in a numeric cell is ten digits again. What has too many digits to be exact
/// keeps its scientific form, so that nobody mistakes it for an identifier.
fn write_number(number: f64, out: &mut String) {
    let _ = if number.abs() < 1e15 { write!(out, "{number}") } else { write!(out, "{number:e}") };
}
