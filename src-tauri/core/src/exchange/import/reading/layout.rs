//! Which record is the header, and which records are no data: titles above, repeated headers, sums and footers.

use super::error::ReadError;
use super::headings::{in_contacts, in_referrals, normal_heading};
use super::row_kind_words::{announces_report, announces_totals};
use super::shape::heading_score;
use super::table::{Row, Table, clean, is_blank};
use std::collections::HashMap;
use std::ops::ControlFlow;

/// How far down a header may begin.
const HEAD: usize = 80;

/// What a record is, if it is no data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Apart {
    RepeatedHeader,
    Totals,
    Footer,
}

/// Where the header stands and what it says.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    /// The record of the header; 0 when the table has none.
    pub record: u32,
    /// The cells of the header.
    pub names: Vec<String>,
    /// Records above the header that are not blank.
    pub preamble: Vec<u32>,
    /// Their text, for dates that show the custom of the file.
    pub preamble_text: Vec<String>,
}

struct Candidate {
    record: u32,
    filled: usize,
    texts: usize,
    familiar: usize,
    cells: Vec<String>,
}

fn is_familiar(cell: &str) -> bool {
    let sure = |guess: Option<(super::field::Field, f32)>| guess.is_some_and(|(_, weight)| weight >= 0.4);
    sure(in_referrals(cell)) || sure(in_contacts(cell))
}

/// Finds the header, or takes the record asked for (0 says that there is none).
pub(super) fn find_head(table: &Table, wanted: Option<u32>) -> Result<Head, ReadError> {
    let mut candidates = Vec::new();
    table.each(&mut |row| {
        if !row.is_blank() {
            let (filled, texts, familiar) = heading_score(row, &is_familiar);
            candidates.push(Candidate { record: row.record, filled, texts, familiar, cells: row.cells().map(|cell| clean(cell).into_owned()).collect() });
        }
        let enough = candidates.len() >= HEAD && wanted.is_none_or(|record| row.record >= record);
        Ok(if enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    if candidates.is_empty() {
        return Err(ReadError::Empty);
    }
    let chosen = match wanted {
        Some(0) => None,
        Some(record) => Some(candidates.iter().position(|candidate| candidate.record == record).ok_or(ReadError::NoSuchHeader { record })?),
        None => most_like_a_header(&candidates),
    };
    let mut head = Head::default();
    if let Some(index) = chosen {
        head.record = candidates[index].record;
        head.names = candidates[index].cells.clone();
        head.preamble = candidates[..index].iter().map(|candidate| candidate.record).collect();
        head.preamble_text = candidates[..index].iter().flat_map(|candidate| candidate.cells.iter().filter(|cell| !cell.is_empty()).cloned()).collect();
    }
    Ok(head)
}

fn most_like_a_header(candidates: &[Candidate]) -> Option<usize> {
    let mut widths: Vec<usize> = candidates.iter().map(|candidate| candidate.filled).collect();
    widths.sort_unstable();
    let typical = widths[widths.len() / 2];
    let mostly_text = |candidate: &Candidate| candidate.texts * 10 >= candidate.filled * 8;
    let score = |candidate: &Candidate| 3 * candidate.familiar + candidate.texts;
    let familiar = candidates
        .iter()
        .enumerate()
        .filter(|(_, candidate)| candidate.familiar > 0 && mostly_text(candidate) && (candidate.filled > 1 || typical <= 1))
        .max_by_key(|(index, candidate)| (score(candidate), std::cmp::Reverse(*index)));
    if let Some((index, candidate)) = familiar
        && (candidate.familiar * 3 >= candidate.filled || candidate.familiar >= 3 || candidate.texts == candidate.filled)
    {
        return Some(index);
    }
    // Nothing known: a first line of texts only, above lines that hold more than texts.
    let first = candidates.iter().position(|candidate| candidate.filled * 10 >= typical * 6 && candidate.filled > 1)?;
    let below = candidates[first + 1..].iter().any(|candidate| candidate.texts < candidate.filled);
    (candidates[first].texts == candidates[first].filled && below).then_some(first)
}

/// Names every column: blank headings get the letter of their column, repeated ones a number.
pub(super) fn column_names(head: &Head, width: usize) -> Vec<String> {
    let mut seen = HashMap::<String, u32>::new();
    (0..width)
        .map(|column| {
            let name = head.names.get(column).map_or("", String::as_str).trim_end_matches([':', '*']).trim();
            if name.is_empty() {
                return format!("Column {}", letters(column));
            }
            let count = seen.entry(normal_heading(name)).or_default();
            *count += 1;
            if *count == 1 { name.to_owned() } else { format!("{name} ({count})") }
        })
        .collect()
}

fn letters(mut column: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        if column < 26 {
            return name;
        }
        column = column / 26 - 1;
    }
}

/// Tells data from what programs print between and below it.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    header: Vec<String>,
    /// How many cells a row usually fills.
    typical: usize,
    /// Columns of which at least one is filled in every real row: names and days.
    pub anchors: Vec<usize>,
    /// The column of the day.
    pub day: Option<usize>,
}

impl Sieve {
    pub fn new(head: &Head, typical: usize) -> Self {
        let header = head.names.clone();
        Self { header, typical, anchors: Vec::new(), day: None }
    }

    /// What a record in the middle of the table is, judged by itself.
    pub fn apart(&self, row: &Row<'_>) -> Option<Apart> {
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
        let dated = self.day.is_some_and(|day| {
            use crate::foundation::date_text::DateText;
            !matches!(DateText::of(row.cell(day)), DateText::Empty | DateText::Unreadable)
        });
        if announces_totals(&text) && !dated {
            return Some(Apart::Totals);
        }
        if filled == 1 && self.typical >= 3 && announces_report(&text) {
            return Some(Apart::Footer);
        }
        // The name of a group above its rows.
        if filled == 1 && self.typical >= 4 && self.day.is_some() && !dated && !self.anchors.contains(&first) {
            return Some(Apart::Footer);
        }
        None
    }

    /// Whether a record at the end of the table is a sum or a footer although no word says so.
    pub fn closes_table(&self, row: &Row<'_>) -> Option<Apart> {
        let first = (0..row.len()).find(|column| !is_blank(row.cell(*column)))?;
        let filled = row.filled();
        let day = self.day?;
        let dated = !is_blank(row.cell(day)) && day != first;
        let reads_as_day = {
            use crate::foundation::date_text::DateText;
            !matches!(DateText::of(row.cell(day)), DateText::Empty | DateText::Unreadable)
        };
        let anchored = self.anchors.iter().filter(|column| **column != first && !is_blank(row.cell(**column))).count();
        if !self.is_sparse(filled) || dated || reads_as_day || anchored > 1 || self.typical < 4 {
            return None;
        }
        if filled == 1 && (announces_report(&clean(row.cell(first))) || !self.anchors.contains(&first)) {
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
        let same = |column: usize| self.header.get(column).is_some_and(|name| name.eq_ignore_ascii_case(&clean(row.cell(column))));
        same(first) && (0..row.len().max(self.header.len())).all(|column| same(column) || is_blank(row.cell(column)) && self.header.get(column).is_none_or(String::is_empty)) && self.header.iter().filter(|name| !name.is_empty()).count() > 1
    }
}
