//! One record's own history.

use super::error::HistoryError;
use super::types::RecordHistory;
use crate::foundation::id::RecordId;
use crate::practice::Practice;

/// What happened to a record and to what belongs to it, newest first. `cursor`: `next` of the page before; `limit` at most 100, 0 means 25.
///
/// # Errors
/// Those of the file.
pub fn record_history(
    practice: &Practice,
    record: RecordId,
    cursor: Option<u32>,
    limit: u32,
) -> Result<RecordHistory, HistoryError> {
    let _ = (practice, record, cursor, limit);
    Err(HistoryError::Missing)
}
