//! The scorecard workbook and the register, against a loop that writes the same cells.

use std::error::Error;
use std::ops::ControlFlow;
use std::path::Path;

use baton_core::exchange::export::{
    PatientIdentity, RegisterFormat, RegisterOrder, WorkbookOrder, register, scorecards_workbook,
};
use baton_core::insights::Period;
use baton_core::testing::{TestPractice, day};
use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use chrono::Days;
use rust_xlsxwriter::{Format, Workbook};

use super::table::{Table, medians};
use super::{Size, TODAY};

const RUNS: usize = 3;

/// Measures both.
pub fn measure(
    table: &mut Table,
    column: usize,
    practice: &TestPractice,
    size: &Size,
) -> Result<(), Box<dyn Error>> {
    let folder = practice.folder.path();
    let to = day(TODAY);
    let period = Period::new(to - Days::new(size.exported_days - 1), to)?;
    let (target, bare_target) = (folder.join("ours.xlsx"), folder.join("bare.xlsx"));
    let go = &mut |_, _| ControlFlow::Continue(());

    let order = WorkbookOrder::of(period);
    scorecards_workbook(practice, &order, &target, go)?;
    let written = cells(&target)?;
    let (ours, bare) = medians(
        RUNS,
        || Ok(()),
        || Ok(scorecards_workbook(practice, &order, &target, go)?),
        || bare_loop(&written, folder, &bare_target),
    )?;
    table.put(column, "scorecard workbook", "1.3", ours, bare);
    drop(written);

    let order = RegisterOrder {
        format: RegisterFormat::Xlsx,
        period: Some(period),
        patients: PatientIdentity::Omitted,
    };
    register(practice, &order, &target, go)?;
    let written = cells(&target)?;
    let (ours, bare) = medians(
        RUNS,
        || Ok(()),
        || Ok(register(practice, &order, &target, go)?),
        || bare_loop(&written, folder, &bare_target),
    )?;
    table.put(column, "register as a workbook", "1.3", ours, bare);
    Ok(())
}

/// The cells of each sheet, by its name.
type Sheets = Vec<(String, Range<Data>)>;

fn cells(path: &Path) -> Result<Sheets, Box<dyn Error>> {
    let mut book: Xlsx<_> = open_workbook(path)?;
    let names = book.sheet_names();
    names.into_iter().map(|name| Ok((name.clone(), book.worksheet_range(&name)?))).collect()
}

/// The shortest program that writes these cells.
fn bare_loop(sheets: &[(String, Range<Data>)], folder: &Path, target: &Path) -> Result<(), Box<dyn Error>> {
    let mut book = Workbook::new();
    book.set_tempdir(folder)?;
    let date = Format::new().set_num_format("yyyy-mm-dd");
    for (name, range) in sheets {
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        for (row, col, cell) in range.used_cells() {
            let (row, col) = (u32::try_from(row)?, u16::try_from(col)?);
            match cell {
                Data::String(text) => sheet.write_string(row, col, text)?,
                Data::DateTime(at) => sheet.write_number_with_format(row, col, at.as_f64(), &date)?,
                Data::Float(number) => sheet.write_number(row, col, *number)?,
                Data::Int(number) => sheet.write_number(row, col, *number as f64)?,
                _ => continue,
            };
        }
    }
    book.save(target)?;
    Ok(())
}
