//! The audit log as a file, with what its words mean and how far it can be trusted.

use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;

use chrono::{NaiveDateTime, TimeZone, Utc};
use rusqlite::Connection;
use rust_xlsxwriter::Worksheet;
use serde::{Deserialize, Serialize};

use super::cells::{Pen, format_of, iso_instant};
use super::columns::{Cell, Kind};
use super::error::ExportError;
use super::order::{Exported, Progress, RegisterFormat, SheetRows};
use super::register::{may_export, save, workbook};
use super::register_sheets::RHYTHM;
use super::staged::{Staged, verify_csv, verify_workbook};
use super::styles;
use super::text::neutralised;
use crate::audit::{self, ChainState, LogAction, LogQuery, LogRow, record_export};
use crate::practice::Practice;
use crate::vault::Need;

/// A worksheet holds no more lines than this.
const MOST: u32 = 1_048_575;

/// A part of the log to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LogOrder {
    /// The format.
    pub format: RegisterFormat,
    /// Which lines.
    pub query: LogQuery,
}

/// Heading, kind and width of a column.
const COLUMNS: [(&str, Kind, f64); 10] = [
    ("Entry", Kind::Number, 9.0),
    ("Time", Kind::Instant, 18.0),
    ("Profile", Kind::Text, 24.0),
    ("Device", Kind::Text, 38.0),
    ("Action", Kind::Text, 16.0),
    ("Code", Kind::Text, 30.0),
    ("Record kind", Kind::Text, 12.0),
    ("Record ID", Kind::Text, 38.0),
    ("Detail", Kind::Text, 44.0),
    ("Result", Kind::Text, 10.0),
];

/// What the words of the log mean.
const DEFINITIONS: &[(&str, &str)] = &[
    (
        "Entry",
        "The number in the one chain of changes and events. Numbers without a gap: nothing is missing.",
    ),
    (
        "Time",
        "When it happened, in the practice's time zone. Failed sign-ins carry their own time and the number of the unlock after them.",
    ),
    (
        "View",
        "A page that shows who a patient is was opened: a referral, a patient as partner or person, disclosures, an entry of history. The same page within five minutes is one view. Rows of lists are not views.",
    ),
    (
        "Create, change, delete",
        "A record came into being, was changed or went to the Trash. Before and after stand in Baton's History under the entry's number.",
    ),
    (
        "Export",
        "A file was written. Codes that end with _with_patients: patients can be recognised in it, and each is in the accounting of disclosures.",
    ),
    ("Failed sign-in", "A passphrase, keyring entry or recovery key that did not open the practice."),
    ("Doubt", "The chain, or the file of failed sign-ins, did not look as it should, and what was decided."),
    (
        "Detail",
        "A file with its number of rows, a screen or a code. For created, changed and deleted records it is left out: it may name a patient.",
    ),
];

/// Writes the part of the log `order` asks for to `target`.
///
/// # Errors
/// See [`ExportError`]; what stood at `target` is unchanged then.
pub fn log_file(
    practice: &Practice,
    order: &LogOrder,
    target: &Path,
    progress: Progress<'_>,
) -> Result<Exported, ExportError> {
    may_export(practice, &[], false)?;
    practice.may(Need::Audit)?;
    let mut staged = Staged::begin(practice, target)?;
    let chain = audit::check(practice)?;
    let (rows, shortened) = practice.read(|conn| {
        let _snapshot = conn.unchecked_transaction()?;
        let mut job =
            Job { practice, conn, query: &order.query, chain: &chain, progress, staged: &mut staged };
        match order.format {
            RegisterFormat::Csv => job.csv(),
            RegisterFormat::Xlsx => job.xlsx(),
        }
    })?;
    let file_name = staged.file_name();
    let entry = record_export(practice, "export_audit_log", &file_name, rows, None)?;
    staged.finish()?;
    let sheets = vec![SheetRows { sheet: "Log".into(), rows }];
    Ok(Exported { file_name, sheets, shortened, left_out: 0, unnamed: 0, entry })
}

struct Job<'a> {
    practice: &'a Practice,
    conn: &'a Connection,
    query: &'a LogQuery,
    chain: &'a ChainState,
    progress: Progress<'a>,
    staged: &'a mut Staged,
}

impl Job<'_> {
    fn each(
        &mut self,
        total: u32,
        mut line: impl FnMut(u32, &LogRow) -> Result<(), ExportError>,
    ) -> Result<u32, ExportError> {
        let (mut written, progress) = (0, &mut *self.progress);
        audit::each_row(self.practice, self.conn, self.query, |row| {
            written += 1;
            line(written, row)?;
            if written % RHYTHM == 0 && progress(written, total.max(written)) == ControlFlow::Break(()) {
                return Err(ExportError::Cancelled);
            }
            Ok(())
        })
    }

    fn csv(&mut self) -> Result<(u32, u32), ExportError> {
        let total = audit::period_count(self.practice, self.conn, self.query)?;
        let file = self.staged.file().try_clone()?;
        let mut out = BufWriter::with_capacity(1 << 18, file);
        out.write_all("\u{feff}".as_bytes())?;
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(COLUMNS.map(|(heading, ..)| heading)).map_err(not_written)?;
        let practice = self.practice;
        let rows = self.each(total, |_, row| {
            let texts = cells(practice, row);
            let texts = texts.iter().map(|cell| match cell {
                Value::Number(number) => number.to_string(),
                Value::Instant(at) => iso_instant(*at),
                Value::Text(text) => neutralised(text).into_owned(),
            });
            writer.write_record(texts).map_err(not_written)
        })?;
        // The last record is no entry; it says how far the file can be trusted.
        let statement = statement(self.chain, rows);
        writer
            .write_record(["", "", "", "", "Statement", "", "", "", statement.as_str(), ""])
            .map_err(not_written)?;
        writer.flush()?;
        drop(writer);
        verify_csv(self.staged.file(), rows + 2)?;
        Ok((rows, 0))
    }

    fn xlsx(&mut self) -> Result<(u32, u32), ExportError> {
        let total = audit::period_count(self.practice, self.conn, self.query)?;
        if total > MOST {
            return Err(ExportError::Invalid {
                field: "from",
                problem: "Choose a shorter period: a worksheet holds 1,048,575 lines.",
            });
        }
        let mut book = workbook(self.practice, self.staged, "Audit log")?;
        let mut sheet = book.new_worksheet_with_constant_memory()?;
        heading(&mut sheet, "Log", &COLUMNS)?;
        let (practice, mut pen) = (self.practice, Pen::new());
        let rows = self.each(total, |number, row| {
            for (col, value) in (0u16..).zip(cells(practice, row)) {
                let cell = match &value {
                    Value::Number(number) => Cell::Number(*number),
                    Value::Instant(at) => Cell::Instant(*at),
                    Value::Text(text) => Cell::Text(text),
                };
                pen.cell(&mut sheet, number, col, cell)?;
            }
            Ok(())
        })?;
        sheet.autofilter(0, 0, rows.max(1), 9)?;
        book.push_worksheet(sheet);
        book.push_worksheet(statement_sheet(&statement(self.chain, rows), DEFINITIONS, &mut pen)?);
        save(&mut book, self.staged)?;
        verify_workbook(self.staged.file(), 2, &[(1, rows + 1)])?;
        Ok((rows, pen.shortened))
    }
}

enum Value {
    Number(i64),
    Instant(NaiveDateTime),
    Text(String),
}

fn cells(practice: &Practice, row: &LogRow) -> [Value; 10] {
    let at = Utc.timestamp_millis_opt(row.at).single().unwrap_or_default();
    let text = |text: &str| Value::Text(text.to_owned());
    let record = row.record.as_ref();
    let changed = matches!(row.action, LogAction::Create | LogAction::Change | LogAction::Delete);
    let detail = match (changed, row.number) {
        (true, _) => String::new(),
        (false, Some(number)) => format!("{} {number}", row.detail),
        (false, None) => row.detail.clone(),
    };
    [
        Value::Number(i64::from(row.seq)),
        Value::Instant(at.with_timezone(&practice.store().zone()).naive_local()),
        text(&row.profile_name),
        Value::Text(row.device.to_string()),
        text(row.action.label()),
        text(&row.code),
        text(record.map_or("", |record| &record.kind)),
        Value::Text(record.map(|record| record.id.to_string()).unwrap_or_default()),
        Value::Text(detail.trim().to_owned()),
        text(row.result.code()),
    ]
}

/// How far what is in the file can be trusted.
fn statement(chain: &ChainState, rows: u32) -> String {
    let whole = match chain.broken_at {
        None => format!("The chain of the log verifies from its beginning up to entry {}.", chain.verified),
        Some(entry) => format!(
            "The chain of the log does NOT verify at entry {entry}; up to entry {} it does.",
            chain.verified
        ),
    };
    let accepted = match chain.accepted.as_slice() {
        [] => String::new(),
        entries => {
            let list: Vec<String> = entries.iter().map(u32::to_string).collect();
            format!(
                " Entries that were changed outside Baton, acknowledged by an owner: {}.",
                list.join(", ")
            )
        }
    };
    format!(
        "{whole}{accepted} The file holds {rows} entries. Hash of entry {}: {}.",
        chain.verified, chain.hash
    )
}

/// The heading of a sheet that is written row by row.
pub(super) fn heading(
    sheet: &mut Worksheet,
    name: &str,
    columns: &[(&'static str, Kind, f64)],
) -> Result<(), ExportError> {
    sheet.set_name(name)?;
    let look = styles::table_heading();
    for (col, (heading, kind, width)) in (0u16..).zip(columns) {
        sheet.set_column_format(col, &format_of(*kind))?;
        sheet.set_column_width(col, *width)?;
        sheet.write_string_with_format(0, col, *heading, &look)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_footer("&L&A&RPage &P of &N");
    Ok(())
}

/// A sheet that says how complete the file is and what its words mean.
pub(super) fn statement_sheet(
    statement: &str,
    definitions: &[(&str, &str)],
    pen: &mut Pen,
) -> Result<Worksheet, ExportError> {
    let mut sheet = Worksheet::new();
    sheet.set_name("Statement")?;
    sheet.set_column_width(0, 26.0)?;
    sheet.set_column_width(1, 110.0)?;
    let (label, wrapped) = (styles::heading(), styles::wrapped());
    pen.styled(&mut sheet, 0, 0, "Completeness", &label)?;
    pen.styled(&mut sheet, 0, 1, statement, &wrapped)?;
    for (row, (word, meaning)) in (2u32..).zip(definitions) {
        pen.styled(&mut sheet, row, 0, word, &wrapped)?;
        pen.styled(&mut sheet, row, 1, meaning, &wrapped)?;
    }
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    Ok(sheet)
}

fn not_written(error: csv::Error) -> ExportError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        _ => ExportError::Write("a record could not be put together".into()),
    }
}
