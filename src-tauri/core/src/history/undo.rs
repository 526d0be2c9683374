//! Taking back and bringing back, from the toast, by the keyboard and from the History page.

use super::error::HistoryError;
use super::types::UndoAnswer;
use crate::practice::Practice;
use crate::store::OnConflict;

/// Takes an entry back; an undo is brought back.
///
/// # Errors
/// [`HistoryError::Missing`], [`HistoryError::AlreadyUndone`], [`HistoryError::NotUndoable`]; those of the file.
pub fn undo(practice: &Practice, seq: u32, on_conflict: OnConflict) -> Result<UndoAnswer, HistoryError> {
    let _ = (practice, seq, on_conflict);
    Err(HistoryError::Missing)
}

/// Takes back the newest thing the person at the desk did and that is in effect (`Ctrl+Z`).
///
/// # Errors
/// Those of [`undo`].
pub fn undo_last(practice: &Practice) -> Result<UndoAnswer, HistoryError> {
    let _ = practice;
    Ok(UndoAnswer::Nothing)
}

/// Brings back what was undone last, as long as nothing new was done since (`Ctrl+Shift+Z`).
///
/// # Errors
/// Those of [`undo`].
pub fn redo_last(practice: &Practice) -> Result<UndoAnswer, HistoryError> {
    let _ = practice;
    Ok(UndoAnswer::Nothing)
}
