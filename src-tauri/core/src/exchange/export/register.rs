//! The register as a file: every field, for people and for scripts.

use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;

use rusqlite::Connection;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use super::cells::{Pen, iso, iso_instant};
use super::columns::{Cell, Context, columns, id_text};
use super::error::ExportError;
use super::order::{Exported, Progress, RegisterFormat, RegisterOrder, SheetRows};
use super::register_sheets::{self, RHYTHM, ROWS_A_SHEET, RegisterJob};
use super::rows::{self, Names};
use super::staged::{Staged, verify_csv, verify_workbook};
use super::text::{SheetNames, neutralised};
use super::unbroken::unbroken;
use crate::audit::record_export;
use crate::foundation::id::PatientId;
use crate::insights::Period;
use crate::practice::Practice;
use crate::referrals::care::{Gates, Purpose, gates};
use crate::referrals::process;
use crate::vault::{Area, Need};

/// Writes the register, every field of it, to `target`: identities of referral, people, partners and the record of
/// the file each referral came from included. Patients' names and notes only if `order` says so.
///
/// # Errors
/// See [`ExportError`]; what stood at `target` is unchanged then.
pub fn register(
    practice: &Practice,
    order: &RegisterOrder,
    target: &Path,
    progress: Progress<'_>,
) -> Result<Exported, ExportError> {
    let (recipient, consent) = (order.patients.recipient()?, order.patients.consent()?);
    may_export(practice, &[Area::Referrals], recipient.is_some())?;
    process::ready(practice)?;
    let hidden = practice.hidden();
    let mut staged = Staged::begin(practice, target)?;
    let ((sheets, shortened), about) = unbroken(|| {
        practice.read(|conn| {
            // One snapshot from the first row to the last.
            let _snapshot = conn.unchecked_transaction()?;
            let names = Names::read(conn, hidden)?;
            let gates = gates_of(conn, consent, practice)?;
            let zone = practice.store().zone();
            let context = Context { names: &names, zone, gates: gates.as_ref(), words: false };
            let job = RegisterJob {
                period: order.period,
                with_patients: recipient.is_some(),
                hidden,
                context,
                rows_a_sheet: ROWS_A_SHEET,
            };
            let written = match order.format {
                RegisterFormat::Csv => csv(conn, &mut staged, &job, progress),
                RegisterFormat::Xlsx => xlsx(practice, conn, &mut staged, &job, progress),
            }?;
            let about = About::read(conn, order.period, recipient.is_some(), gates.as_ref())?;
            Ok::<_, ExportError>((written, about))
        })
    })?;
    let action = if recipient.is_some() { "export_register_with_patients" } else { "export_register" };
    let file_name = staged.file_name();
    let count = sheets.iter().map(|sheet| sheet.rows).sum();
    let disclosed = recipient.as_ref().map(|to| (to, about.named.as_slice()));
    let entry = record_export(practice, action, &file_name, count, disclosed)?;
    staged.finish()?;
    Ok(Exported { file_name, sheets, shortened, left_out: about.left_out, unnamed: about.unnamed, entry })
}

/// Whom a register tells of, and who stays unnamed or out of it.
pub(super) struct About {
    /// Patients who are named.
    pub(super) named: Vec<PatientId>,
    /// Patients whose consent does not reach that far.
    pub(super) unnamed: u32,
    /// Restricted referrals of the period.
    pub(super) left_out: u32,
}

impl About {
    /// Reads it in the snapshot the register is of.
    pub(super) fn read(
        conn: &Connection,
        period: Option<Period>,
        with_patients: bool,
        gates: Option<&Gates>,
    ) -> Result<Self, ExportError> {
        let left_out = rows::restricted(conn, period)?;
        let mut named = if with_patients { rows::patients(conn, period)? } else { Vec::new() };
        let all = named.len();
        if let Some(gates) = gates {
            named.retain(|patient| gates.of(*patient).is_open());
        }
        let unnamed = u32::try_from(all - named.len()).unwrap_or(u32::MAX);
        Ok(Self { named, unnamed, left_out })
    }
}

/// What patients allow today, where the ground asks for it.
pub(super) fn gates_of(
    conn: &Connection,
    consent: Option<(Purpose, bool)>,
    practice: &Practice,
) -> Result<Option<Gates>, ExportError> {
    Ok(consent.map(|(purpose, treats)| gates(conn, purpose, treats, practice.today())).transpose()?)
}

/// Only who may export and look at what is exported goes on; patients leave only with somebody who sees them.
pub(super) fn may_export(
    practice: &Practice,
    areas: &[Area],
    with_patients: bool,
) -> Result<(), ExportError> {
    practice.may(Need::Export)?;
    for area in areas {
        practice.may(Need::Read(*area))?;
    }
    if with_patients {
        practice.may(Need::Patients)?;
    }
    Ok(())
}

/// A workbook without a trace of who made it.
pub(super) fn workbook(practice: &Practice, staged: &Staged, title: &str) -> Result<Workbook, ExportError> {
    let mut workbook = Workbook::new();
    // Nearly half of the time of a workbook went into packing it; this packs faster and a little looser.
    workbook.set_zip_compression_level(2);
    // Sheets that are written row by row wait in nameless files beside the target, not in the system's folder.
    workbook.set_tempdir(staged.folder())?;
    let mut properties = DocProperties::new().set_title(title);
    if let Ok(at) = ExcelDateTime::from_timestamp(practice.store().clock().now_ms() / 1000) {
        properties = properties.set_creation_datetime(&at);
    }
    workbook.set_properties(&properties);
    Ok(workbook)
}

fn xlsx(
    practice: &Practice,
    conn: &Connection,
    staged: &mut Staged,
    job: &RegisterJob<'_>,
    progress: Progress<'_>,
) -> Result<(Vec<SheetRows>, u32), ExportError> {
    let mut workbook = workbook(practice, staged, "Referral register")?;
    let mut pen = Pen::new();
    let written =
        register_sheets::write(conn, &mut workbook, &mut SheetNames::default(), &mut pen, job, progress)?;
    let expected: Vec<(usize, u32)> =
        (1..).zip(&written.rows).map(|(sheet, rows)| (sheet, rows.rows + 1)).collect();
    written.sheets.into_iter().for_each(|sheet| workbook.push_worksheet(sheet));
    save(&mut workbook, staged)?;
    verify_workbook(staged.file(), expected.len(), &expected)?;
    Ok((written.rows, pen.shortened))
}

/// Packs the workbook into the staged file.
pub(super) fn save(workbook: &mut Workbook, staged: &mut Staged) -> Result<(), ExportError> {
    let mut out = BufWriter::with_capacity(1 << 18, staged.file());
    workbook.save_to_writer(&mut out)?;
    out.flush()?;
    Ok(())
}

fn csv(
    conn: &Connection,
    staged: &mut Staged,
    job: &RegisterJob<'_>,
    progress: Progress<'_>,
) -> Result<(Vec<SheetRows>, u32), ExportError> {
    let columns = columns(job.with_patients, job.hidden);
    let total = rows::count(conn, job.period)?;
    let mut out = BufWriter::with_capacity(1 << 18, staged.file());
    out.write_all("\u{feff}".as_bytes())?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(columns.iter().map(|column| column.heading)).map_err(not_written)?;
    let mut statement = rows::register(conn, job.with_patients)?;
    let mut found = rows::in_period(&mut statement, job.period)?;
    let mut written = 0;
    while let Some(referral) = found.next()? {
        for column in &columns {
            write_field(&mut writer, column.value(referral, &job.context)?).map_err(not_written)?;
        }
        writer.write_record(None::<&[u8]>).map_err(not_written)?;
        written += 1;
        if written % RHYTHM == 0 && progress(written, total.max(written)) == ControlFlow::Break(()) {
            return Err(ExportError::Cancelled);
        }
    }
    if progress(written, written) == ControlFlow::Break(()) {
        return Err(ExportError::Cancelled);
    }
    writer.flush()?;
    drop(writer);
    verify_csv(staged.file(), written + 1)?;
    Ok((vec![SheetRows { sheet: "Register".into(), rows: written }], 0))
}

fn write_field<W: Write>(writer: &mut csv::Writer<W>, cell: Cell<'_>) -> Result<(), csv::Error> {
    match cell {
        Cell::Empty => writer.write_field(""),
        Cell::Text(text) => writer.write_field(neutralised(text).as_bytes()),
        Cell::Id(id) => writer.write_field(id_text(&id, &mut [0; 36])),
        Cell::Day(day) => writer.write_field(iso(day)),
        Cell::Instant(at) => writer.write_field(iso_instant(at)),
        Cell::Number(number) => writer.write_field(number.to_string()),
        Cell::Cents(cents) => {
            let sign = if cents < 0 { "-" } else { "" };
            writer.write_field(format!(
                "{sign}{}.{:02}",
                cents.unsigned_abs() / 100,
                cents.unsigned_abs() % 100
            ))
        }
    }
}

fn not_written(error: csv::Error) -> ExportError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        _ => ExportError::Write("a record could not be put together".into()),
    }
}
