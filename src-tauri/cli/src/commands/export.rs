//! `export`: spreadsheets.

use std::ops::ControlFlow;
use std::path::Path;

use baton_core::exchange::export::{
    Exported, PatientIdentity, RegisterFormat, RegisterOrder, WorkbookOrder, register, scorecards_workbook,
};
use baton_core::insights::Period;
use serde_json::json;

use crate::answer::{Answer, Failure};
use crate::arguments::{Arguments, Export, ExportKind, Format, Patients};
use crate::open::with_practice;

/// Writes the spreadsheet.
pub fn run(arguments: &Arguments, what: &Export) -> Result<Answer, Failure> {
    let go = &mut |_, _| ControlFlow::Continue(());
    match &what.what {
        ExportKind::Scorecards { period, output, pages, patients } => {
            let order = WorkbookOrder {
                period: Period::new(period.from, period.to)?,
                pages: *pages,
                patients: identity(patients),
            };
            let made =
                with_practice(arguments, |practice| Ok(scorecards_workbook(practice, &order, output, go)?))?;
            told(output, &made)
        }
        ExportKind::Register { format, output, from, to, patients } => {
            let format = match format {
                Format::Csv => RegisterFormat::Csv,
                Format::Xlsx => RegisterFormat::Xlsx,
            };
            let period = from.zip(*to).map(|(from, to)| Period::new(from, to)).transpose()?;
            let order = RegisterOrder { format, period, patients: identity(patients) };
            let made = with_practice(arguments, |practice| Ok(register(practice, &order, output, go)?))?;
            told(output, &made)
        }
    }
}

fn identity(patients: &Patients) -> PatientIdentity {
    match &patients.purpose {
        Some(purpose) if patients.with_patients => PatientIdentity::Included { purpose: purpose.clone() },
        _ => PatientIdentity::Omitted,
    }
}

fn told(output: &Path, made: &Exported) -> Result<Answer, Failure> {
    let rows: u32 =
        made.sheets.iter().filter(|sheet| sheet.sheet.starts_with("Register")).map(|sheet| sheet.rows).sum();
    let value = json!({ "file": output, "sheets": made.sheets, "rows": rows, "shortened": made.shortened, "entry": made.entry.seq });
    let mut text = format!("{} was written.\n", output.display());
    for sheet in &made.sheets {
        text.push_str(&format!("  {}: {} rows\n", sheet.sheet, sheet.rows));
    }
    if made.shortened > 0 {
        text.push_str(&format!(
            "  {} cells were too long for a worksheet and end with a mark\n",
            made.shortened
        ));
    }
    Answer::new(&value, text)
}
