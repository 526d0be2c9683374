//! What the cells of a column look like, whatever its heading says.

use super::error::ReadError;
use super::layout::Head;
use super::table::{CellKind, Row, Table, clean, is_blank};
use crate::foundation::date_text::DateText;
use crate::foundation::npi::Npi;
use crate::foundation::phone::PhoneDigits;
use crate::foundation::zip::looks_like_zip;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// From how many rows the look of the columns is taken.
const SAMPLE: u32 = 2_000;
/// How many different values are counted before a column counts as free text.
const DISTINCT: usize = 400;

/// The look of one column, taken from the first rows of the table.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    pub rows: u32,
    pub filled: u32,
    pub dates: u32,
    pub serials: u32,
    pub zero_dates: u32,
    pub npis: u32,
    pub phones: u32,
    pub zips: u32,
    pub emails: u32,
    pub numbers: u32,
    pub decimals: u32,
    pub uuids: u32,
    pub names: u32,
    pub ssn: u32,
    pub rising: u32,
    pub values: HashMap<String, u32>,
    pub samples: Vec<String>,
    last_number: Option<f64>,
}

impl Shape {
    /// Takes one cell into account.
    pub fn see(&mut self, row: &Row<'_>, column: usize) {
        self.rows += 1;
        let cell = clean(row.cell(column));
        let cell = cell.as_ref();
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        if self.samples.len() < 3 && !self.samples.iter().any(|sample| sample == cell) {
            self.samples.push(cell.chars().take(120).collect());
        }
        if self.values.len() < DISTINCT || self.values.contains_key(cell) {
            *self.values.entry(cell.to_owned()).or_default() += 1;
        }
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        match DateText::of(cell) {
            DateText::Empty => self.zero_dates += 1,
            DateText::Serial(serial) if row.kind(column) == CellKind::Number || cell.len() == 5 => {
                self.serials += u32::from((20_000.0..60_000.0).contains(&serial));
            }
            DateText::Serial(_) | DateText::Unreadable => {}
            _ => self.dates += 1,
        }
        if digits == cell.len() && digits == 10 {
            self.npis += u32::from(Npi::parse(cell).is_ok());
        }
        self.phones += u32::from(digits >= 7 && PhoneDigits::parse(cell).is_some());
        self.zips += u32::from(looks_like_zip(cell));
        self.emails += u32::from(cell.contains('@') && cell.contains('.') && !cell.contains(' '));
        let bytes = cell.as_bytes();
        self.uuids += u32::from(cell.len() == 36 && bytes[8] == b'-' && bytes[13] == b'-');
        self.ssn += u32::from(cell.len() == 11 && digits == 9 && bytes[3] == b'-' && bytes[6] == b'-');
        if let Ok(number) = cell.trim_start_matches('$').replace(',', ".").parse::<f64>() {
            self.numbers += 1;
            self.decimals += u32::from(cell.len() >= 3 && matches!(bytes[bytes.len() - 3], b'.' | b','));
            if self.last_number.is_some_and(|last| (number - last - 1.0).abs() < 0.01) {
                self.rising += 1;
            }
            self.last_number = Some(number);
        }
        self.names += u32::from(looks_like_person(cell));
    }

    pub fn share(&self, count: u32) -> f32 {
        if self.filled == 0 { 0.0 } else { count as f32 / self.filled as f32 }
    }

    /// The share of filled cells that can be days.
    pub fn date_share(&self) -> f32 {
        self.share(self.dates + self.serials + self.zero_dates)
    }

    pub fn has_real_dates(&self) -> bool {
        self.dates + self.serials > 0
    }

    pub fn fill(&self) -> f32 {
        if self.rows == 0 { 0.0 } else { self.filled as f32 / self.rows as f32 }
    }

    /// Few different values, each of them often: a column of words.
    pub fn is_vocabulary(&self) -> bool {
        self.filled > 0
            && self.values.len() <= 40
            && (self.values.len() * 4 <= self.filled as usize || self.values.len() <= 3)
    }

    /// Counts up by one from row to row: the number of the row.
    pub fn is_counter(&self) -> bool {
        self.filled >= 3 && self.rising + 1 >= self.filled
    }
}

/// `Last, First`, `First Last`, `Dr. First Last`, `F. Last MD`: two to six words, capital letters, no digits.
fn looks_like_person(cell: &str) -> bool {
    let mut words = 0;
    for word in cell.split([' ', ',']).filter(|word| !word.is_empty()) {
        words += 1;
        if words > 6
            || !word.chars().next().is_some_and(char::is_uppercase)
            || word.bytes().any(|byte| byte.is_ascii_digit())
        {
            return false;
        }
    }
    words >= 2
}

/// The look of every column and how many cells a row usually fills.
pub(super) fn look(table: &Table, head: &Head) -> Result<(Vec<Shape>, usize), ReadError> {
    let mut filled = Vec::new();
    let mut used = Vec::new();
    sample(table, head, &mut |row| {
        filled.push(row.filled());
        used.push((0..row.len()).rposition(|column| !is_blank(row.cell(column))).map_or(0, |last| last + 1));
    })?;
    filled.sort_unstable();
    used.sort_unstable();
    let typical = filled.get(filled.len() * 3 / 4).copied().unwrap_or(0);
    // A column without heading counts when a third of the rows use it; a single longer row is a broken row.
    let usual = if head.record == 0 { used.last() } else { used.get((used.len() * 2 / 3).max(1) - 1) }
        .copied()
        .unwrap_or(0);
    let named = head.names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
    let mut shapes = vec![Shape::default(); named.max(usual)];
    sample(table, head, &mut |row| {
        for (column, shape) in shapes.iter_mut().enumerate() {
            shape.see(row, column);
        }
    })?;
    Ok((shapes, typical))
}

/// Visits the first data rows.
fn sample(table: &Table, head: &Head, visit: &mut dyn FnMut(&Row<'_>)) -> Result<(), ReadError> {
    let mut rows = 0;
    table.each(&mut |row| {
        if row.record > head.record && !row.is_blank() {
            rows += 1;
            visit(row);
        }
        Ok(if rows >= SAMPLE { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })
}
