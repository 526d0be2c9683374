//! Drafts: what somebody was typing when the file was locked or the machine went off. Encrypted, never recorded.

use rusqlite::{OptionalExtension, params};

use super::error::HistoryError;
use super::rows;
use super::types::Draft;
use crate::practice::Practice;

/// The largest draft, in bytes: no form holds more.
const LARGEST: usize = 256 * 1024;

/// Keeps the draft of this form for the profile at the desk.
///
/// # Errors
/// [`HistoryError::DraftTooLarge`]; those of the file.
pub fn draft_save(practice: &Practice, kind: &str, body: &str) -> Result<(), HistoryError> {
    if body.len() > LARGEST || kind.len() > 100 {
        return Err(HistoryError::DraftTooLarge);
    }
    let now = practice.store().clock().now_ms();
    practice.store().unrecorded(|conn| {
        conn.prepare_cached(rows::SAVE_DRAFT)?.execute(params![kind, practice.actor().id, body, now])?;
        Ok(())
    })?;
    Ok(())
}

/// The draft of this form.
///
/// # Errors
/// Those of the file.
pub fn draft_get(practice: &Practice, kind: &str) -> Result<Option<Draft>, HistoryError> {
    practice.read(|conn| {
        let mut statement = conn.prepare_cached(rows::DRAFT)?;
        let found = statement.query_row(params![kind, practice.actor().id], |row| {
            Ok(Draft { body: row.get(0)?, changed_at: row.get(1)? })
        });
        Ok(found.optional()?)
    })
}

/// Forgets the draft of this form.
///
/// # Errors
/// Those of the file.
pub fn draft_clear(practice: &Practice, kind: &str) -> Result<(), HistoryError> {
    practice.store().unrecorded(|conn| {
        conn.prepare_cached(rows::CLEAR_DRAFT)?.execute(params![kind, practice.actor().id])?;
        Ok(())
    })?;
    Ok(())
}
