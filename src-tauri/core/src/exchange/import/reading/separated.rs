//! Text files with separators: the parser. It forgives what programs and people write (stray quotes, backslash escapes,
//! any line end) and stops with the number of the line where going on would silently swallow rows.

use super::error::ReadError;
use super::limits::Limits;
use super::table::{CellKind, Row, Span};

/// How a text file separates and quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    pub delimiter: u8,
    /// A backslash escapes quotes, apostrophes and itself, as OpenEMR and MySQL write it.
    pub backslash: bool,
}

/// The records of a text, one after the other.
pub(super) struct Records<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    line: u32,
    record: u32,
    dialect: Dialect,
    limits: Limits,
}

impl<'t> Records<'t> {
    pub fn new(text: &'t str, start: usize, dialect: Dialect, limits: Limits) -> Self {
        let end = text.trim_end_matches(['\u{1a}', '\u{0}']).len().max(start);
        Self { text, at: start, end, line: 1, record: 0, dialect, limits }
    }

    /// Reads the next record; `false` at the end.
    pub fn next_into(&mut self, row: &mut Row<'t>) -> Result<bool, ReadError> {
        if self.at >= self.end {
            return Ok(false);
        }
        self.record += 1;
        if self.record > self.limits.rows {
            return Err(ReadError::TooManyRows { limit: self.limits.rows });
        }
        row.record = self.record;
        row.line = self.line;
        row.scratch.clear();
        row.spans.clear();
        let mut filled = 0;
        loop {
            let span = if self.opens_quote() {
                self.quoted(&mut row.scratch)?
            } else {
                self.bare(&mut row.scratch)?
            };
            filled += usize::from(span.end > span.start);
            if filled > self.limits.columns {
                let limit = u32::try_from(self.limits.columns).unwrap_or(u32::MAX);
                return Err(ReadError::TooManyColumns { line: row.line, limit });
            }
            if row.spans.len() < 8 * self.limits.columns {
                row.spans.push(span);
            }
            match self.byte(self.at) {
                Some(byte) if byte == self.dialect.delimiter => self.at += 1,
                Some(b'\r') => {
                    self.at += if self.byte(self.at + 1) == Some(b'\n') { 2 } else { 1 };
                    self.line += 1;
                    return Ok(true);
                }
                Some(_) => {
                    self.at += 1;
                    self.line += 1;
                    return Ok(true);
                }
                None => return Ok(true),
            }
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        if at < self.end { Some(self.text.as_bytes()[at]) } else { None }
    }

    /// Moves onto the opening quote, spaces before it forgiven.
    fn opens_quote(&mut self) -> bool {
        let mut at = self.at;
        while self.byte(at) == Some(b' ') {
            at += 1;
        }
        if self.byte(at) == Some(b'"') && (at == self.at || self.quote_closes_properly(at + 1)) {
            self.at = at;
            return true;
        }
        false
    }

    /// Whether a quote after spaces encloses a whole cell rather than standing in the middle of one.
    fn quote_closes_properly(&self, mut at: usize) -> bool {
        while let Some(byte) = self.byte(at) {
            match byte {
                b'"' => return self.ends_cell(at + 1),
                b'\n' | b'\r' => return false,
                _ => at += 1,
            }
        }
        false
    }

    fn ends_cell(&self, mut at: usize) -> bool {
        loop {
            match self.byte(at) {
                None | Some(b'\n' | b'\r') => return true,
                Some(byte) if byte == self.dialect.delimiter => return true,
                Some(b' ') => at += 1,
                Some(_) => return false,
            }
        }
    }

    fn bare(&mut self, scratch: &mut String) -> Result<Span, ReadError> {
        let start = self.at;
        let bytes = &self.text.as_bytes()[..self.end];
        let delimiter = self.dialect.delimiter;
        let backslash = self.dialect.backslash;
        let mut at = start;
        let mut escaped = false;
        while let Some(&byte) = bytes.get(at) {
            if byte == delimiter || byte == b'\n' || byte == b'\r' {
                break;
            }
            if backslash
                && byte == b'\\'
                && bytes.get(at + 1).is_some_and(|next| *next != b'\n' && *next != b'\r')
            {
                escaped = true;
                at += 1;
            }
            at += 1;
        }
        let at = at.min(self.end);
        self.at = at;
        self.check_length(start, at, self.line)?;
        if !escaped {
            return Ok(span(start, at, false));
        }
        let from = scratch.len();
        let cell = &self.text[start..at];
        if cell != "\\N" {
            unescape_into(cell, scratch, Some(delimiter));
        }
        Ok(span(from, scratch.len(), true))
    }

    /// Reads a quoted cell; `at` stands on its opening quote.
    fn quoted(&mut self, scratch: &mut String) -> Result<Span, ReadError> {
        let bytes = &self.text.as_bytes()[..self.end];
        let opened = self.line;
        let start = self.at + 1;
        let mut at = start;
        let mut copied = start;
        let from = scratch.len();
        let mut owned = false;
        loop {
            let Some(&byte) = bytes.get(at) else {
                return Err(ReadError::UnterminatedQuote { line: opened });
            };
            match byte {
                b'"' if bytes.get(at + 1) == Some(&b'"')
                    && !(self.dialect.backslash && self.ends_cell(at + 2)) =>
                {
                    scratch.push_str(&self.text[copied..=at]);
                    owned = true;
                    at += 2;
                    copied = at;
                }
                b'"' if self.ends_cell(at + 1) => break,
                b'"' => {
                    let looks_opening = at > start
                        && (matches!(bytes[at - 1], b'\n' | b'\r')
                            || bytes[at - 1] == self.dialect.delimiter);
                    if self.line > opened && looks_opening {
                        return Err(ReadError::UnterminatedQuote { line: opened });
                    }
                    at += 1;
                }
                b'\\'
                    if self.dialect.backslash && matches!(bytes.get(at + 1), Some(b'"' | b'\'' | b'\\')) =>
                {
                    scratch.push_str(&self.text[copied..at]);
                    owned = true;
                    copied = at + 1;
                    at += 2;
                }
                b'\n' => {
                    self.line += 1;
                    at += 1;
                }
                b'\r' => {
                    self.line += u32::from(bytes.get(at + 1) != Some(&b'\n'));
                    at += 1;
                }
                _ => at += 1,
            }
            if at - start > 4 * self.limits.cell_chars {
                break;
            }
        }
        if self.line > opened && at - start > 4 * self.limits.cell_chars {
            return Err(ReadError::UnterminatedQuote { line: opened });
        }
        let end = at.min(self.end);
        self.check_length(start, end, opened)?;
        self.at = at + 1;
        while self.byte(self.at) == Some(b' ') && self.dialect.delimiter != b' ' {
            self.at += 1;
        }
        if owned {
            scratch.push_str(&self.text[copied..end]);
            Ok(span(from, scratch.len(), true))
        } else {
            Ok(span(start, end, false))
        }
    }

    fn check_length(&self, start: usize, end: usize, line: u32) -> Result<(), ReadError> {
        let limit = self.limits.cell_chars;
        if end - start <= limit {
            return Ok(());
        }
        // More than four bytes a letter cannot be; below that the letters are counted.
        if end - start > 4 * limit || self.text[start..end].chars().count() > limit {
            return Err(ReadError::CellTooLong { line, limit: u32::try_from(limit).unwrap_or(u32::MAX) });
        }
        Ok(())
    }
}

fn span(start: usize, end: usize, scratch: bool) -> Span {
    // The file is capped far below four gigabytes.
    Span {
        start: u32::try_from(start).unwrap_or(0),
        end: u32::try_from(end).unwrap_or(0),
        scratch,
        kind: CellKind::Text,
    }
}

fn unescape_into(cell: &str, out: &mut String, delimiter: Option<u8>) {
    let mut letters = cell.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\\' {
            match letters.peek() {
                Some('"' | '\'' | '\\') => {}
                Some(next) if delimiter.is_some_and(|delimiter| *next == char::from(delimiter)) => {}
                _ => out.push('\\'),
            }
            if let Some(next) = letters.next() {
                out.push(next);
            }
        } else {
            out.push(letter);
        }
    }
}
