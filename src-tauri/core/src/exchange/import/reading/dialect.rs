//! Which separator and which quoting a text file uses.

use super::limits::Limits;
use super::separated::{Dialect, Records};
use super::table::Row;

const DELIMITERS: [u8; 4] = *b",;\t|";

/// Finds the dialect of a text; the delimiter may be given.
pub(super) fn detect(text: &str, start: usize, delimiter: Option<u8>, limits: &Limits) -> Dialect {
    let delimiter =
        delimiter.or_else(|| announced(&text[start..])).unwrap_or_else(|| most_regular(text, start, limits));
    Dialect { delimiter, backslash: escapes_by_backslash(text, start, delimiter, limits) }
}

/// The first line `sep=;` that Excel writes and obeys.
fn announced(text: &str) -> Option<u8> {
    let line = text.lines().next()?.trim_end().trim_matches('"');
    let rest = line.get(..4).filter(|mark| mark.eq_ignore_ascii_case("sep=")).map(|_| &line[4..])?;
    match (rest.as_bytes(), rest) {
        ([byte], _) if DELIMITERS.contains(byte) => Some(*byte),
        ([], _) | (_, "\\t") => Some(b'\t'),
        _ => None,
    }
}

fn most_regular(text: &str, start: usize, limits: &Limits) -> u8 {
    let mut best = (0.0, b',');
    for delimiter in DELIMITERS {
        let backslash = escapes_by_backslash(text, start, delimiter, limits);
        let shape = measure(text, start, Dialect { delimiter, backslash }, limits, 400);
        let score = shape.regularity() * f64::from(shape.width).ln();
        if score > best.0 + 1e-9 {
            best = (score, delimiter);
        }
    }
    best.1
}

/// How regular a text looks in some dialect.
struct Shape {
    /// The most frequent number of cells.
    width: u32,
    /// Records with that number.
    regular: u32,
    /// Records that are not blank.
    records: u32,
    /// The parser could not go on.
    broken: bool,
}

impl Shape {
    fn regularity(&self) -> f64 {
        if self.records == 0 {
            return 0.0;
        }
        let share = f64::from(self.regular) / f64::from(self.records);
        if self.broken { share * 0.1 } else { share }
    }
}

fn measure(text: &str, start: usize, dialect: Dialect, limits: &Limits, at_most: u32) -> Shape {
    let mut counts = std::collections::BTreeMap::<u32, u32>::new();
    let mut records = Records::new(text, start, dialect, *limits);
    let mut row = Row::over(text);
    let mut shape = Shape { width: 1, regular: 0, records: 0, broken: false };
    while shape.records < at_most {
        match records.next_into(&mut row) {
            Ok(true) if row.is_blank() => {}
            Ok(true) => {
                shape.records += 1;
                // Separators at the end of a line are often left out or added.
                let width = (0..row.len())
                    .rev()
                    .find(|column| !row.cell(*column).is_empty())
                    .map_or(1, |last| last + 1);
                let width = if row.len() > 1 && width == 1 { 1 } else { row.len() };
                *counts.entry(u32::try_from(width).unwrap_or(u32::MAX)).or_default() += 1;
            }
            Ok(false) => break,
            Err(_) => {
                shape.broken = true;
                break;
            }
        }
    }
    if let Some((width, regular)) =
        counts.iter().filter(|(width, _)| **width > 1).max_by_key(|(_, count)| **count)
    {
        shape.width = *width;
        shape.regular = *regular;
    }
    shape
}

/// Whether backslashes escape: only when the text has such sequences and reads at least as regularly with them.
fn escapes_by_backslash(text: &str, start: usize, delimiter: u8, limits: &Limits) -> bool {
    if !text[start..].contains('\\') {
        return false;
    }
    let bytes = &text.as_bytes()[start..];
    let mut apostrophes = 0u32;
    let mut inner_quotes = 0u32;
    let mut last_quotes = 0u32;
    let mut doubled = 0u32;
    for (at, pair) in bytes.windows(2).enumerate() {
        match pair {
            b"\\'" => apostrophes += 1,
            b"\\\"" => match bytes.get(at + 2) {
                None | Some(b'\n' | b'\r') => last_quotes += 1,
                Some(byte) if *byte == delimiter => last_quotes += 1,
                Some(_) => inner_quotes += 1,
            },
            b"\"\"" if at > 0 && bytes[at - 1] != delimiter && bytes[at - 1] != b'\n' => doubled += 1,
            _ => {}
        }
    }
    if apostrophes + inner_quotes + last_quotes == 0 {
        return false;
    }
    let with = measure(text, start, Dialect { delimiter, backslash: true }, limits, u32::MAX);
    let without = measure(text, start, Dialect { delimiter, backslash: false }, limits, u32::MAX);
    let (with, without) = (with.regularity(), without.regularity());
    if (with - without).abs() > 1e-9 {
        with > without
    } else {
        inner_quotes > doubled || (apostrophes > 0 && doubled == 0)
    }
}
