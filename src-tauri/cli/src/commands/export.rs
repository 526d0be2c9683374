//! `export`: spreadsheets.

use std::ops::ControlFlow;
use std::path::Path;

use baton_core::audit::{Basis, LogQuery, Recipient};
use baton_core::exchange::export::{
    Exported, LogOrder, PatientIdentity, RegisterFormat, RegisterOrder, WorkbookOrder, log_file, register,
    scorecards_workbook,
};
use baton_core::insights::Period;
use baton_core::referrals::care::Purpose;
use serde_json::json;

use crate::answer::{Answer, Failure};
use crate::arguments::{Arguments, Authorised, Export, ExportKind, Format, Ground, Patients};
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
            let format = format_of(*format);
            let period = from.zip(*to).map(|(from, to)| Period::new(from, to)).transpose()?;
            let order = RegisterOrder { format, period, patients: identity(patients) };
            let made = with_practice(arguments, |practice| Ok(register(practice, &order, output, go)?))?;
            told(output, &made)
        }
        ExportKind::Audit { format, output, from, to } => {
            let query = LogQuery { from: *from, to: *to, ..LogQuery::default() };
            let order = LogOrder { format: format_of(*format), query };
            let made = with_practice(arguments, |practice| Ok(log_file(practice, &order, output, go)?))?;
            told(output, &made)
        }
    }
}

fn format_of(format: Format) -> RegisterFormat {
    match format {
        Format::Csv => RegisterFormat::Csv,
        Format::Xlsx => RegisterFormat::Xlsx,
    }
}

fn identity(patients: &Patients) -> PatientIdentity {
    // The command line asks for all three together.
    let said = (patients.with_patients, &patients.purpose, &patients.recipient, patients.basis);
    let (true, Some(purpose), Some(name), Some(ground)) = said else { return PatientIdentity::Omitted };
    let basis = match ground {
        Ground::Treatment => Basis::Treatment,
        Ground::Payment => Basis::Payment,
        Ground::Operations => Basis::Operations,
        Ground::Authorisation => Basis::Authorisation,
        Ground::Individual => Basis::Individual,
        Ground::Other => Basis::Other,
    };
    let address = patients.address.clone().unwrap_or_default();
    PatientIdentity::Included {
        to: Recipient { name: name.clone(), address, purpose: purpose.clone(), basis },
        authorised_for: patients.authorised_for.map(|what| match what {
            Authorised::Treatment => Purpose::Treatment,
            Authorised::ThankYou => Purpose::ThankYou,
            Authorised::SuccessStory => Purpose::SuccessStory,
            Authorised::Marketing => Purpose::Marketing,
        }),
    }
}

fn told(output: &Path, made: &Exported) -> Result<Answer, Failure> {
    let rows: u32 = made
        .sheets
        .iter()
        .filter(|sheet| ["Register", "Log"].iter().any(|name| sheet.sheet.starts_with(name)))
        .map(|sheet| sheet.rows)
        .sum();
    let value = json!({ "file": output, "sheets": made.sheets, "rows": rows, "shortened": made.shortened, "leftOut": made.left_out, "unnamed": made.unnamed, "entry": made.entry.seq });
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
    if made.left_out > 0 {
        text.push_str(&format!("  {} restricted referrals are left out\n", made.left_out));
    }
    if made.unnamed > 0 {
        text.push_str(&format!("  {} patients are not named: they did not allow it\n", made.unnamed));
    }
    Answer::new(&value, text)
}
