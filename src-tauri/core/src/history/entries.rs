//! The History page.

use super::error::HistoryError;
use super::types::{EntryDetail, HistoryPage, HistoryQuery};
use crate::practice::Practice;

/// One page of history, newest first.
///
/// # Errors
/// Those of the file.
pub fn entries(practice: &Practice, query: &HistoryQuery) -> Result<HistoryPage, HistoryError> {
    let _ = (practice, query);
    Err(HistoryError::Missing)
}

/// One entry with what it changed, field by field.
///
/// # Errors
/// [`HistoryError::Missing`]; those of the file.
pub fn entry(practice: &Practice, seq: u32) -> Result<EntryDetail, HistoryError> {
    let _ = (practice, seq);
    Err(HistoryError::Missing)
}
