//! Drafts: what somebody was typing when the file was locked or the machine went off. Encrypted, never recorded.

use super::error::HistoryError;
use super::types::Draft;
use crate::practice::Practice;

/// Keeps the draft of this form for the profile at the desk.
///
/// # Errors
/// [`HistoryError::DraftTooLarge`]; those of the file.
pub fn draft_save(practice: &Practice, kind: &str, body: &str) -> Result<(), HistoryError> {
    let _ = (practice, kind, body);
    Ok(())
}

/// The draft of this form.
///
/// # Errors
/// Those of the file.
pub fn draft_get(practice: &Practice, kind: &str) -> Result<Option<Draft>, HistoryError> {
    let _ = (practice, kind);
    Ok(None)
}

/// Forgets the draft of this form.
///
/// # Errors
/// Those of the file.
pub fn draft_clear(practice: &Practice, kind: &str) -> Result<(), HistoryError> {
    let _ = (practice, kind);
    Ok(())
}
