//! From the file to a table: letters and separators of a text, the right sheet of a workbook.

use super::dialect;
use super::encoding::decode;
use super::error::ReadError;
use super::layout::{column_names, find_head};
use super::mapping::guess;
use super::shape::look;
use super::source::{Content, Source};
use super::table::Table;
use super::understood::{Overrides, Warning, WarningCode};
use super::workbook::Workbook;
use crate::exchange::import::row::TableKind;
use crate::foundation::date_text::SerialEpoch;
use std::sync::Arc;

/// A table before its columns are understood.
pub(super) struct Opened {
    pub table: Table,
    pub epoch: SerialEpoch,
    pub encoding: String,
    pub delimiter: Option<u8>,
    pub backslash: bool,
    pub sheet: Option<String>,
    pub sheets: Vec<String>,
    pub warnings: Vec<Warning>,
}

/// Opens a file's table.
pub(super) fn open_table(source: &Source, overrides: &Overrides) -> Result<Opened, ReadError> {
    match &source.content {
        Content::Workbook(bytes) => open_workbook(source, bytes, overrides),
        content => open_text(source, content, overrides),
    }
}

fn open_text(source: &Source, content: &Content, overrides: &Overrides) -> Result<Opened, ReadError> {
    let decoded = decode(content, overrides.encoding.as_deref())?;
    let delimiter = overrides.delimiter.and_then(|letter| u8::try_from(letter).ok());
    let dialect = dialect::detect(&decoded.text, decoded.start, delimiter, &source.limits);
    let mut warnings = Vec::new();
    if decoded.undecodable > 0 {
        let text = format!(
            "{} bytes mean nothing in {}, the first in line {}. Choose another encoding, or check those names after the import.",
            decoded.undecodable, decoded.name, decoded.first_undecodable_line
        );
        warnings.push(Warning { code: WarningCode::Undecodable, text });
    }
    Ok(Opened {
        table: Table::Separated { text: decoded.text, start: decoded.start, dialect, limits: source.limits },
        epoch: SerialEpoch::Excel1900,
        encoding: decoded.name,
        delimiter: Some(dialect.delimiter),
        backslash: dialect.backslash,
        sheet: None,
        sheets: Vec::new(),
        warnings,
    })
}

fn open_workbook(source: &Source, bytes: &[u8], overrides: &Overrides) -> Result<Opened, ReadError> {
    let mut workbook = Workbook::open(bytes)?;
    let sheets = workbook.sheets.clone();
    let mut warnings = Vec::new();
    let sheet = match &overrides.sheet {
        Some(name) => sheets
            .iter()
            .find(|sheet| sheet.eq_ignore_ascii_case(name.trim()))
            .cloned()
            .ok_or_else(|| ReadError::NoSuchSheet { name: name.clone() })?,
        None if sheets.len() == 1 => sheets[0].clone(),
        None => {
            let mut scored = Vec::new();
            for name in &sheets {
                let grid = workbook.read_sheet(name, &source.limits, 300)?;
                scored.push((sheet_score(grid)?, name.clone()));
            }
            let others: Vec<&String> =
                scored.iter().filter(|(score, _)| *score > 0).map(|(_, name)| name).collect();
            let best = scored
                .iter()
                .enumerate()
                .max_by_key(|(index, (score, _))| (*score, std::cmp::Reverse(*index)))
                .map(|(_, (_, name))| name.clone())
                .ok_or(ReadError::Empty)?;
            if others.len() > 1 {
                let names: Vec<&str> =
                    others.into_iter().filter(|name| **name != best).map(String::as_str).collect();
                warnings.push(Warning {
                    code: WarningCode::OtherSheets,
                    text: format!(
                        "Only one sheet is read at a time. These sheets hold rows too: {}.",
                        names.join(", ")
                    ),
                });
            }
            best
        }
    };
    let grid = workbook.read_sheet(&sheet, &source.limits, u32::MAX)?;
    if grid.out_of_reach > 0 {
        let text =
            format!("{} cells right of column {} were not read.", grid.out_of_reach, source.limits.columns);
        warnings.push(Warning { code: WarningCode::OutOfReach, text });
    }
    let epoch = workbook.epoch;
    Ok(Opened {
        table: Table::Sheet(Arc::new(grid)),
        epoch,
        encoding: "XLSX".to_owned(),
        delimiter: None,
        backslash: false,
        sheet: Some(sheet),
        sheets,
        warnings,
    })
}

/// How much a sheet looks like data: known headings count most, then rows.
fn sheet_score(grid: super::table::Grid) -> Result<u32, ReadError> {
    let table = Table::Sheet(Arc::new(grid));
    let head = match find_head(&table, None) {
        Ok(head) if head.record > 0 => head,
        Ok(_) | Err(ReadError::Empty) => return Ok(0),
        Err(error) => return Err(error),
    };
    let (shapes, _) = look(&table, &head)?;
    let names = column_names(&head, shapes.len());
    let fits = |kind| {
        names
            .iter()
            .zip(&shapes)
            .filter(|(name, shape)| {
                shape.filled > 0 && guess(name, shape, kind).is_some_and(|(_, weight)| weight >= 0.5)
            })
            .count()
    };
    let known = fits(TableKind::Referrals).max(fits(TableKind::Contacts));
    let rows = shapes.iter().map(|shape| shape.filled).max().unwrap_or(0);
    Ok(if rows == 0 || known < 2 { 0 } else { u32::try_from(known).unwrap_or(0) * 100 + rows.min(99) })
}
