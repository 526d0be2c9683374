//! The rows that stayed out, as a workbook with the reason beside each: to correct and to import again.

use rust_xlsxwriter::{Color, Format, Workbook, Worksheet, XlsxError};

use super::error::ImportError;
use super::plan::{Fate, ImportPlan};

/// A workbook of the rejected rows and the possible duplicates left out: record, reason code, reason in words, then the cells as read.
/// Every cell is text: nothing in it can run.
///
/// # Errors
/// [`ImportError::Workbook`] if it can't be made.
pub fn rejects_workbook(plan: &ImportPlan) -> Result<Vec<u8>, ImportError> {
    let mut workbook = Workbook::new();
    // Not the sheet that keeps memory flat: it would put the cells into a temporary file.
    fill(workbook.add_worksheet(), plan)
        .and_then(|()| workbook.save_to_buffer())
        .map_err(|_| ImportError::Workbook)
}

fn fill(sheet: &mut Worksheet, plan: &ImportPlan) -> Result<(), XlsxError> {
    let text = Format::new().set_num_format("@");
    let head = Format::new().set_num_format("@").set_bold().set_background_color(Color::RGB(0x00E8_EEF2));
    sheet.set_name("Rejected rows")?;
    sheet.set_freeze_panes(1, 0)?;
    let own = ["Record", "Reason", "What to do"];
    let header = own.iter().copied().chain(plan.read().header.iter().map(String::as_str));
    for (column, title) in header.enumerate() {
        sheet.write_string_with_format(0, u16::try_from(column).unwrap_or(u16::MAX), title, &head)?;
    }
    sheet.set_column_width(1, 20)?;
    sheet.set_column_width(2, 60)?;
    let mut line = 0;
    for reject in &plan.read().rejected {
        line += 1;
        sheet.write_string_with_format(line, 0, reject.record.to_string(), &text)?;
        sheet.write_string_with_format(line, 1, reject.reason.code(), &text)?;
        let todo = format!("{} {}", reject.detail, reject.reason.remedy());
        sheet.write_string_with_format(line, 2, todo.trim(), &text)?;
        for (column, cell) in reject.cells.iter().enumerate() {
            let column = u16::try_from(column + own.len()).unwrap_or(u16::MAX);
            // Excel takes at most 32,767 characters in a cell.
            let short: String = cell.chars().take(32_767).collect();
            sheet.write_string_with_format(line, column, short, &text)?;
        }
    }
    for row in plan.rows_of(Fate::PossibleDuplicate) {
        line += 1;
        sheet.write_string_with_format(line, 0, row.record.to_string(), &text)?;
        sheet.write_string_with_format(line, 1, "possible_duplicate", &text)?;
        sheet.write_string_with_format(line, 2, &row.why, &text)?;
    }
    if line > 0 {
        let last = u16::try_from(own.len() + plan.read().header.len()).unwrap_or(u16::MAX).saturating_sub(1);
        sheet.autofilter(0, 0, line, last)?;
    }
    Ok(())
}
