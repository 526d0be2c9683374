//! Reports grouped by referrer: the name stands in a row of its own, and the rows below it belong to it.

use super::error::ReadError;
use super::field::Field;
use super::layout::Head;
use super::mapping::names_a_source;
use super::referral_headings::in_referrals;
use super::row_kind_words::{announces_report, announces_totals};
use super::table::{Row, Span, Table, clean, is_blank};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

/// The groups of a report: the heading's record and the name it gives to the rows below.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    /// What the column of the names is called.
    pub label: String,
    /// The column that is added for them.
    pub column: usize,
    /// The names by the record of their heading.
    pub names: BTreeMap<u32, String>,
}

/// Finds the groups of a table that has no column for whoever refers.
pub(super) fn find_groups(table: &Table, head: &Head, width: usize) -> Result<Option<Groups>, ReadError> {
    let mut labelled = Groups { column: width, ..Groups::default() };
    let mut bare = Groups { label: "Referring provider".to_owned(), column: width, ..Groups::default() };
    let mut first_row = None;
    table.each(&mut |row| {
        if row.is_blank() || row.record == head.record {
            return Ok(ControlFlow::Continue(()));
        }
        let filled = row.filled();
        if filled <= 2
            && let Some((label, name)) = labelled_name(row)
        {
            if labelled.label.is_empty() {
                labelled.label = label;
            }
            labelled.names.insert(row.record, name);
        } else if row.record > head.record && filled == 1 {
            if let Some(name) = bare_name(row) {
                bare.names.insert(row.record, name);
            }
        } else if row.record > head.record && first_row.is_none() {
            first_row = Some(row.record);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let before_rows = |groups: &Groups| {
        groups.names.keys().next().zip(first_row).is_some_and(|(heading, row)| *heading < row)
    };
    if before_rows(&labelled) {
        return Ok(Some(labelled));
    }
    let sources = bare.names.values().filter(|name| names_a_source(name)).count();
    Ok((before_rows(&bare) && bare.names.len() > 1 && sources * 10 >= bare.names.len() * 6).then_some(bare))
}

/// `Referring Provider: Smith, John MD`, in one cell or in two.
fn labelled_name(row: &Row<'_>) -> Option<(String, String)> {
    let cells: Vec<_> = row.cells().filter(|cell| !is_blank(cell)).map(clean).collect();
    let (label, name) = match &cells[..] {
        [only] => only.split_once(':').map(|(label, name)| (label.trim(), name.trim()))?,
        [label, name] => (label.strip_suffix(':')?.trim(), name.trim()),
        _ => return None,
    };
    let means = in_referrals(label).filter(|(_, weight)| *weight >= 0.6).map(|(field, _)| field);
    let speaks_of_referrers =
        matches!(means, Some(Field::Referrer | Field::ReferrerFamily | Field::ReferrerPractice));
    (speaks_of_referrers && !announces_totals(label)).then(|| (label.to_owned(), without_count(name)))
}

fn bare_name(row: &Row<'_>) -> Option<String> {
    let cell = row.cells().find(|cell| !is_blank(cell)).map(clean)?;
    let speaks = cell.chars().any(char::is_alphabetic)
        && !cell.contains(':')
        && !announces_totals(&cell)
        && !announces_report(&cell);
    speaks.then(|| without_count(&cell))
}

/// The name without the number of its rows, as in `Smith, John MD (12)`.
fn without_count(name: &str) -> String {
    let name = name.trim();
    let counted = name.strip_suffix(')').and_then(|open| open.rsplit_once('(')).filter(|(_, count)| {
        let count = count.trim();
        count.starts_with(|first: char| first.is_ascii_digit())
    });
    counted.map_or(name, |(name, _)| name.trim_end()).to_owned()
}

/// A table with the name of its group in every row.
#[derive(Clone, Debug)]
pub(super) struct Grouped {
    pub inner: Box<Table>,
    pub groups: Arc<Groups>,
    /// The names of the columns, to know them when they come again.
    pub header: Arc<Vec<String>>,
}

impl Grouped {
    /// Visits every record; rows of data carry the name of their group in a further cell.
    pub fn each(
        &self,
        visit: &mut dyn FnMut(&Row<'_>) -> Result<ControlFlow<()>, ReadError>,
    ) -> Result<(), ReadError> {
        let mut name = "";
        self.inner.each(&mut |row| {
            if let Some(next) = self.groups.names.get(&row.record) {
                name = next;
                return visit(row);
            }
            let first = row.cells().find(|cell| !is_blank(cell)).map(clean).unwrap_or_default();
            if row.filled() < 2 || announces_totals(&first) {
                return visit(row);
            }
            let repeats = (0..self.groups.column).all(|column| {
                self.header
                    .get(column)
                    .map_or("", String::as_str)
                    .eq_ignore_ascii_case(&clean(row.cell(column)))
            });
            let mut own = Row {
                record: row.record,
                line: row.line,
                text: row.text,
                scratch: row.scratch.clone(),
                spans: row.spans.clone(),
            };
            if own.len() <= self.groups.column {
                own.spans.resize(self.groups.column, Span::default());
                let start = u32::try_from(own.scratch.len()).unwrap_or(u32::MAX);
                own.scratch.push_str(if repeats { &self.groups.label } else { name });
                let end = u32::try_from(own.scratch.len()).unwrap_or(u32::MAX);
                own.spans.push(Span { start, end, scratch: true, ..Span::default() });
            }
            visit(&own)
        })
    }
}
