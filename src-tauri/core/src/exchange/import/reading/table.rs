//! A table as records of cells, whichever kind of file it came from. Nothing is copied that need not be: a cell is a
//! place in the file's text.

use super::error::ReadError;
use super::groups::Grouped;
use super::limits::Limits;
use super::separated::{Dialect, Records};
use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::Arc;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// What a cell of a workbook was before it became text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum CellKind {
    /// Text, and every cell of a text file.
    #[default]
    Text,
    /// A number without a date format.
    Number,
    /// A date, now written `yyyy-mm-dd`.
    Date,
}

/// The place of one cell.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Span {
    pub start: u32,
    pub end: u32,
    /// The text lies in the row's own scratch space, because something had to be unescaped.
    pub scratch: bool,
    pub kind: CellKind,
}

/// One record; reused from record to record.
#[derive(Debug, Default)]
pub(super) struct Row<'t> {
    /// The number of the record, from 1.
    pub record: u32,
    /// The line of the file where it begins, from 1.
    pub line: u32,
    pub text: &'t str,
    pub scratch: String,
    pub spans: Vec<Span>,
}

impl<'t> Row<'t> {
    pub fn over(text: &'t str) -> Self {
        Self { text, ..Self::default() }
    }

    /// The number of cells, trailing empty ones included.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// The cell as it stands in the file; empty when the record is shorter.
    pub fn cell(&self, column: usize) -> &str {
        match self.spans.get(column) {
            Some(span) if span.scratch => &self.scratch[span.start as usize..span.end as usize],
            Some(span) => &self.text[span.start as usize..span.end as usize],
            None => "",
        }
    }

    pub fn kind(&self, column: usize) -> CellKind {
        self.spans.get(column).map_or(CellKind::Text, |span| span.kind)
    }

    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|column| self.cell(column))
    }

    /// Whether nothing but separators and white space is there.
    pub fn is_blank(&self) -> bool {
        self.cells().all(is_blank)
    }

    /// The number of cells that hold something.
    pub fn filled(&self) -> usize {
        self.cells().filter(|cell| !is_blank(cell)).count()
    }
}

/// Whether a cell holds nothing one could see.
pub(super) fn is_blank(cell: &str) -> bool {
    cell.chars().all(|letter| letter.is_whitespace() || is_invisible(letter))
}

fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{0}'..='\u{1f}' | '\u{7f}' | '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{2060}' | '\u{ad}')
}

/// A cell for use: trimmed, on one line, in composed form, without invisible letters.
pub(super) fn clean(cell: &str) -> Cow<'_, str> {
    cleaned(cell, false)
}

/// A cell for use as a note: as [`clean`], its line breaks kept.
pub(super) fn clean_lines(cell: &str) -> Cow<'_, str> {
    cleaned(cell, true)
}

fn cleaned(cell: &str, keep_lines: bool) -> Cow<'_, str> {
    let cell = cell.trim_matches(|letter: char| letter.is_whitespace() || is_invisible(letter));
    if cell.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return Cow::Borrowed(cell);
    }
    let wanted = |letter: char| !is_invisible(letter) && letter != '\u{a0}' && letter != '\u{202f}';
    if cell.chars().all(wanted) && is_nfc_quick(cell.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(cell);
    }
    let mut out = String::with_capacity(cell.len());
    for letter in cell.nfc() {
        match letter {
            '\n' if keep_lines => out.push('\n'),
            '\r' if keep_lines => {}
            '\n' | '\r' | '\t' | '\u{a0}' | '\u{202f}' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            letter if is_invisible(letter) => {}
            letter => out.push(letter),
        }
    }
    Cow::Owned(out)
}

/// A worksheet: only cells that hold something, however far away they lie.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub text: String,
    pub cells: Vec<GridCell>,
    pub rows: Vec<GridRow>,
    /// Cells right of the last column that is read.
    pub out_of_reach: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct GridCell {
    pub column: u16,
    pub kind: CellKind,
    pub start: u32,
    pub end: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct GridRow {
    pub record: u32,
    pub first_cell: u32,
    pub cell_count: u32,
}

/// Where the records come from.
#[derive(Clone, Debug)]
pub(super) enum Table {
    /// A text file with separators.
    Separated { text: Arc<String>, start: usize, dialect: Dialect, limits: Limits },
    /// A sheet of a workbook.
    Sheet(Arc<Grid>),
    /// A report whose rows stand below the name of whoever refers.
    Grouped(Grouped),
}

impl Table {
    /// Visits every record that is there, in order, until told to stop. Worksheet rows without any cell are skipped;
    /// their number shows in the gap between the record numbers.
    pub fn each(
        &self,
        visit: &mut dyn FnMut(&Row<'_>) -> Result<ControlFlow<()>, ReadError>,
    ) -> Result<(), ReadError> {
        match self {
            Self::Separated { text, start, dialect, limits } => {
                let mut records = Records::new(text, *start, *dialect, *limits);
                let mut row = Row::over(text);
                while records.next_into(&mut row)? {
                    if visit(&row)?.is_break() {
                        break;
                    }
                }
            }
            Self::Grouped(grouped) => grouped.each(visit)?,
            Self::Sheet(grid) => {
                let mut row = Row::over(&grid.text);
                for place in &grid.rows {
                    row.record = place.record;
                    row.line = place.record;
                    row.spans.clear();
                    let first = place.first_cell as usize;
                    for cell in &grid.cells[first..first + place.cell_count as usize] {
                        row.spans.resize(usize::from(cell.column), Span::default());
                        row.spans.push(Span {
                            start: cell.start,
                            end: cell.end,
                            scratch: false,
                            kind: cell.kind,
                        });
                    }
                    if visit(&row)?.is_break() {
                        break;
                    }
                }
            }
        }
        Ok(())
    }
}
