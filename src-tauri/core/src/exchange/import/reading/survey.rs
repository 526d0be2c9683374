//! One walk over the whole table: how many records of which kind, which words, and what the dates and amounts of every
//! column prove about their order and decimal sign.

use super::error::ReadError;
use super::field::Field;
use super::sieve::{Apart, Sieve};
use super::table::{CellKind, Row, Table, clean};
use crate::foundation::date_text::{DateOrder, DateText};
use crate::foundation::money_text::{DecimalSign, decimal_evidence};
use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;

/// How many different words of a column are shown.
const WORDS: usize = 2_000;
/// How many records the end of a table may have that are no data.
const TAIL: usize = 12;

/// What the dates of a column prove about the order of day and month.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OrderEvidence {
    pub month_first: u32,
    pub day_first: u32,
    pub year_first: u32,
    pub either: u32,
    /// Dates with two digits for the year: how many, and between what the first and the last number lie.
    short: u32,
    first: Option<(u32, u32)>,
    last: Option<(u32, u32)>,
}

/// So many short dates show by their range which of their numbers is the year.
const ENOUGH: u32 = 20;

impl OrderEvidence {
    pub fn see(&mut self, cell: &str) {
        if let DateText::Numbers { a, b, year, short } = DateText::of(cell) {
            if short {
                let wider = |range: Option<(u32, u32)>, number: u32| {
                    Some(range.map_or((number, number), |(low, high)| (low.min(number), high.max(number))))
                };
                self.short += 1;
                (self.first, self.last) = (wider(self.first, a), wider(self.last, year));
            }
            if short && a > 31 {
                self.year_first += 1;
            } else if a > 12 && b <= 12 {
                self.day_first += 1;
            } else if b > 12 && a <= 12 {
                self.month_first += 1;
            } else if a != b && a <= 12 && b <= 12 {
                self.either += 1;
            }
        }
    }

    /// The order the column is written in; `None` when nothing or too much of both was seen.
    pub fn order(&self) -> Option<DateOrder> {
        let (month, day, year) = (self.month_first, self.day_first, self.year_first);
        if year > month.max(day) || (month == 0 && self.years_stand_first()) {
            Some(DateOrder::Ymd)
        } else if month > 0 && month >= 10 * day {
            Some(DateOrder::Mdy)
        } else if day > 0 && day >= 10 * month {
            Some(DateOrder::Dmy)
        } else {
            None
        }
    }

    /// In `25/07/01`, `26/10/30` … the first number stays within a few years while the last one is any day of a month.
    fn years_stand_first(&self) -> bool {
        let spread = |range: Option<(u32, u32)>| range.map_or(0, |(low, high)| high - low);
        let days = self.last.is_some_and(|(low, high)| (1..=31).contains(&low) && high <= 31);
        self.short >= ENOUGH && days && spread(self.first) <= 6 && spread(self.last) >= 20
    }

    /// Whether the order matters at all.
    pub fn asks(&self) -> bool {
        self.order().is_none() && (self.either > 0 || self.month_first + self.day_first > 0)
    }
}

/// What the walk found.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub rows: u32,
    pub blank: u32,
    pub last_record: u32,
    pub totals: Vec<u32>,
    pub footers: Vec<u32>,
    pub repeated_headers: Vec<u32>,
    /// Rows above the header that somebody decided to be data.
    pub above: Vec<u32>,
    pub tail: Vec<(u32, Apart)>,
    pub orders: BTreeMap<usize, OrderEvidence>,
    pub point: u32,
    pub comma: u32,
    /// Words by column.
    pub words: BTreeMap<usize, BTreeMap<String, u32>>,
}

impl Survey {
    /// The decimal sign the amounts prove.
    pub fn decimal(&self) -> Option<DecimalSign> {
        match self.point.cmp(&self.comma) {
            std::cmp::Ordering::Greater => Some(DecimalSign::Point),
            std::cmp::Ordering::Less => Some(DecimalSign::Comma),
            std::cmp::Ordering::Equal => None,
        }
    }
}

/// Walks over the table.
pub(super) fn survey(
    table: &Table,
    header_record: u32,
    sieve: &Sieve,
    fields: &[Field],
    date_columns: &[usize],
) -> Result<Survey, ReadError> {
    let mut found = Survey::default();
    let word_columns: Vec<usize> = (0..fields.len())
        .filter(|column| fields[*column].is_word() || fields[*column] == Field::ReferredTo)
        .collect();
    let amounts: Vec<usize> = (0..fields.len()).filter(|column| fields[*column] == Field::Amount).collect();
    let mut tail: VecDeque<(u32, Option<Apart>)> = VecDeque::with_capacity(TAIL);
    let mut present = 0u32;
    table.each(&mut |row| {
        let blank = row.is_blank();
        if !blank || !matches!(table, Table::Sheet(_)) {
            found.last_record = row.record;
        }
        present += u32::from(!blank);
        if row.record <= header_record || blank {
            if !blank && row.record < header_record && sieve.data.contains(&row.record) {
                found.rows += 1;
                found.above.push(row.record);
            }
            return Ok(ControlFlow::Continue(()));
        }
        match sieve.apart(row) {
            Some(apart) => {
                match apart {
                    Apart::Totals => found.totals.push(row.record),
                    Apart::Footer => found.footers.push(row.record),
                    Apart::RepeatedHeader => found.repeated_headers.push(row.record),
                    Apart::Decided => {}
                }
                return Ok(ControlFlow::Continue(()));
            }
            None => found.rows += 1,
        }
        if tail.len() == TAIL {
            tail.pop_front();
        }
        tail.push_back((row.record, sieve.closes_table(row)));
        see_cells(&mut found, row, &word_columns, &amounts, date_columns);
        Ok(ControlFlow::Continue(()))
    })?;
    while let Some((record, Some(apart))) = tail.pop_back() {
        match apart {
            Apart::Totals => found.totals.push(record),
            _ => found.footers.push(record),
        }
        found.tail.push((record, apart));
        found.rows -= 1;
    }
    found.totals.sort_unstable();
    found.footers.sort_unstable();
    found.blank = found.last_record.saturating_sub(present);
    Ok(found)
}

fn see_cells(
    found: &mut Survey,
    row: &Row<'_>,
    word_columns: &[usize],
    amounts: &[usize],
    date_columns: &[usize],
) {
    for column in word_columns {
        let cell = clean(row.cell(*column));
        let words = found.words.entry(*column).or_default();
        if let Some(count) = words.get_mut(cell.as_ref()) {
            *count += 1;
        } else if words.len() < WORDS {
            words.insert(cell.into_owned(), 1);
        }
    }
    for column in amounts {
        if row.kind(*column) == CellKind::Text {
            match decimal_evidence(row.cell(*column).trim()) {
                Some(DecimalSign::Point) => found.point += 1,
                Some(DecimalSign::Comma) => found.comma += 1,
                None => {}
            }
        }
    }
    for column in date_columns {
        if row.kind(*column) == CellKind::Text {
            found.orders.entry(*column).or_default().see(row.cell(*column));
        }
    }
}
