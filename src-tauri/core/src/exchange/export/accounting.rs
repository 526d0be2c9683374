//! The accounting of disclosures of one patient as a workbook to hand over.

use std::path::Path;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::cells::Pen;
use super::columns::{Cell, Kind};
use super::error::ExportError;
use super::log_file::{heading, statement_sheet};
use super::order::{Exported, SheetRows};
use super::register::{may_export, save, workbook};
use super::staged::{Staged, verify_workbook};
use crate::audit::{Disclosure, disclosures, record_export};
use crate::foundation::id::PatientId;
use crate::practice::Practice;
use crate::vault::Area;

/// An accounting to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct AccountingOrder {
    /// Of whom.
    pub patient: PatientId,
    /// The day of the request; today if nothing is said.
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub request_on: Option<NaiveDate>,
    /// Every entry, also those that need not be told.
    pub all: bool,
}

const COLUMNS: [(&str, Kind, f64); 9] = [
    ("Date", Kind::Day, 12.0),
    ("Recipient", Kind::Text, 30.0),
    ("Address", Kind::Text, 34.0),
    ("What was disclosed", Kind::Text, 34.0),
    ("Purpose", Kind::Text, 34.0),
    ("Legal basis", Kind::Text, 22.0),
    ("Sent by", Kind::Text, 22.0),
    ("Corrected", Kind::Text, 12.0),
    ("Reason of correction", Kind::Text, 30.0),
];

const DEFINITIONS: &[(&str, &str)] = &[
    (
        "What is told",
        "Disclosures of the six years before the request, both days included (45 CFR 164.528). Not told: those for treatment, payment and health care operations, to the individual, and those the patient authorised.",
    ),
    (
        "Corrected",
        "An entry that was corrected does not count; the counter-entry stands beside it. \"withdrawn\": nothing was disclosed after all.",
    ),
];

/// Writes a patient's accounting to `target`.
///
/// # Errors
/// See [`ExportError`]; what stood at `target` is unchanged then.
pub fn accounting(
    practice: &Practice,
    order: &AccountingOrder,
    target: &Path,
) -> Result<Exported, ExportError> {
    may_export(practice, &[Area::Referrals], true)?;
    let shown = disclosures(practice, order.patient, order.request_on)?;
    let entries: Vec<&Disclosure> = if order.all {
        shown.all.iter().rev().collect()
    } else {
        shown.accountable.iter().filter_map(|id| shown.all.iter().find(|entry| entry.id == *id)).collect()
    };
    let mut staged = Staged::begin(practice, target)?;
    let mut book = workbook(practice, &staged, "Accounting of disclosures")?;
    let (mut sheet, mut pen) = (rust_xlsxwriter::Worksheet::new(), Pen::new());
    heading(&mut sheet, "Disclosures", &COLUMNS)?;
    for (row, entry) in (1u32..).zip(&entries) {
        let corrected = match (entry.corrected_by, entry.withdrawn) {
            (Some(_), _) => "yes",
            (None, true) => "withdrawn",
            (None, false) => "",
        };
        let texts = [
            entry.to.name.as_str(),
            &entry.to.address,
            &entry.what,
            &entry.to.purpose,
            entry.to.basis.label(),
            &entry.sender,
            corrected,
            entry.correction_reason.as_deref().unwrap_or_default(),
        ];
        pen.cell(&mut sheet, row, 0, Cell::Day(entry.on))?;
        for (col, text) in (1u16..).zip(texts) {
            pen.cell(&mut sheet, row, col, Cell::Text(text))?;
        }
    }
    let rows = u32::try_from(entries.len()).unwrap_or(u32::MAX);
    let chart = shown.chart_number.map(|number| format!(", chart {number}")).unwrap_or_default();
    let scope = if order.all { "Every entry there is" } else { "What has to be told" };
    let statement = format!(
        "{scope} about {}{chart}, requested on {}, from {} on: {rows} entries.",
        shown.name, shown.request_on, shown.since
    );
    book.push_worksheet(sheet);
    book.push_worksheet(statement_sheet(&statement, DEFINITIONS, &mut pen)?);
    save(&mut book, &mut staged)?;
    verify_workbook(staged.file(), 2, &[(1, rows + 1)])?;
    let file_name = staged.file_name();
    let entry = record_export(practice, "export_disclosures_with_patients", &file_name, rows, None)?;
    staged.finish()?;
    Ok(Exported {
        file_name,
        sheets: vec![SheetRows { sheet: "Disclosures".into(), rows }],
        shortened: pen.shortened,
        left_out: 0,
        unnamed: 0,
        entry,
    })
}
