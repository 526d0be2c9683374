//! Which records are no data: repeated headers, sums, footers and the headings of groups.

use super::layout::Head;
use super::row_kind_words::{announces_report, announces_totals, names_a_period};
use super::table::{Row, clean, is_blank};
use crate::exchange::import::row::AsideKind;
use crate::foundation::date_text::DateText;
use std::collections::BTreeSet;

/// What a record is, if it is no data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Apart {
    RepeatedHeader,
    Totals,
    Footer,
    /// Somebody decided so.
    Decided,
}

impl Apart {
    pub fn kind(self) -> AsideKind {
        match self {
            Self::RepeatedHeader => AsideKind::RepeatedHeader,
            Self::Totals => AsideKind::Totals,
            Self::Footer => AsideKind::Footer,
            Self::Decided => AsideKind::Decided,
        }
    }
}

/// Tells data from what programs print between and below it.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    header: Vec<String>,
    /// What stands above the header, which reports print again on every page.
    title: BTreeSet<String>,
    /// How many cells a row usually fills.
    typical: usize,
    /// Columns of which at least one is filled in every real row: names and days.
    pub anchors: Vec<usize>,
    /// The column of the day.
    pub day: Option<usize>,
    /// Headings of groups that name whoever refers.
    pub groups: BTreeSet<u32>,
    /// Records somebody decided to be data.
    pub data: BTreeSet<u32>,
    /// Records somebody decided to be none.
    pub not_data: BTreeSet<u32>,
}

impl Sieve {
    pub fn new(head: &Head, typical: usize) -> Self {
        let header = head.cells.clone();
        Self {
            header,
            title: head.preamble_text.iter().cloned().collect(),
            typical,
            anchors: Vec::new(),
            day: None,
            groups: BTreeSet::new(),
            data: BTreeSet::new(),
            not_data: BTreeSet::new(),
        }
    }

    /// What a record in the middle of the table is, judged by itself.
    pub fn apart(&self, row: &Row<'_>) -> Option<Apart> {
        if self.not_data.contains(&row.record) {
            return Some(Apart::Decided);
        }
        if self.data.contains(&row.record) {
            return None;
        }
        if self.groups.contains(&row.record) {
            return Some(Apart::Footer);
        }
        let first = (0..row.len()).find(|column| !is_blank(row.cell(*column)))?;
        if self.repeats_header(row, first) {
            return Some(Apart::RepeatedHeader);
        }
        let text = clean(row.cell(first));
        let filled = row.filled();
        let sparse = self.is_sparse(filled);
        let full = filled * 4 >= self.typical * 3 && self.day != Some(first);
        if !sparse && (full || text.starts_with(|letter: char| letter.is_ascii_digit())) {
            return None;
        }
        let dated = self.day.is_some_and(|day| reads_as_day(row.cell(day)));
        if announces_totals(&text) && !dated {
            return Some(Apart::Totals);
        }
        let says_no_more = self.typical >= 3
            && (announces_report(&text) || names_a_period(&text) && self.day != Some(first));
        if filled == 1 && says_no_more || filled <= 2 && self.typical >= 4 && self.title.contains(&*text) {
            return Some(Apart::Footer);
        }
        // The name of a group above its rows.
        if filled == 1 && self.typical >= 4 && self.day.is_some() && !dated && !self.anchors.contains(&first)
        {
            return Some(Apart::Footer);
        }
        None
    }

    /// Whether a record at the end of the table is a sum or a footer although no word says so.
    pub fn closes_table(&self, row: &Row<'_>) -> Option<Apart> {
        if self.data.contains(&row.record) {
            return None;
        }
        let first = (0..row.len()).find(|column| !is_blank(row.cell(*column)))?;
        let filled = row.filled();
        let day = self.day?;
        let is_day = reads_as_day(row.cell(day));
        let is_count = !is_day && matches!(DateText::of(row.cell(day)), DateText::Serial(_));
        let dated = is_day || (!is_blank(row.cell(day)) && day != first && !is_count);
        let anchored =
            self.anchors.iter().filter(|column| **column != first && !is_blank(row.cell(**column))).count();
        if !self.is_sparse(filled) || dated || anchored > 1 || self.typical < 4 {
            return None;
        }
        if filled == 1
            && (announces_report(&clean(row.cell(first)))
                || row.cell(first).contains(':')
                || !self.anchors.contains(&first))
        {
            return Some(Apart::Footer);
        }
        let numbers_only = (first + 1..row.len()).all(|column| {
            let cell = clean(row.cell(column));
            !cell.chars().any(char::is_alphabetic)
        });
        (filled > 1 && numbers_only).then_some(Apart::Totals)
    }

    fn is_sparse(&self, filled: usize) -> bool {
        filled <= 2 && self.typical >= 4 || filled * 5 <= self.typical * 2
    }

    fn repeats_header(&self, row: &Row<'_>, first: usize) -> bool {
        let same = |column: usize| {
            self.header.get(column).is_some_and(|name| name.eq_ignore_ascii_case(&clean(row.cell(column))))
        };
        same(first)
            && (0..row.len().max(self.header.len())).all(|column| {
                same(column)
                    || is_blank(row.cell(column)) && self.header.get(column).is_none_or(String::is_empty)
            })
            && self.header.iter().filter(|name| !name.is_empty()).count() > 1
    }
}

/// Whether a cell is a day and not merely a small number, which under a column of days is a count.
fn reads_as_day(cell: &str) -> bool {
    match DateText::of(cell) {
        DateText::Empty | DateText::Unreadable => false,
        DateText::Serial(serial) => serial >= 20_000.0,
        _ => true,
    }
}
