//! Taking back and bringing back, from the toast, by the keyboard and from the History page.

use super::changes::Names;
use super::error::HistoryError;
use super::fields::{is_hidden, shown};
use super::rows;
use super::seen::{Eyes, to_undo};
use super::types::{ConflictField, HistoryRow, UndoAnswer, UndoConflict};
use crate::foundation::id::ProfileId;
use crate::practice::Practice;
use crate::store::schema::Schema;
use crate::store::{Cause, Conflict, Entry, OnConflict, StoreError, Undone};
use rusqlite::Connection;

/// Takes an entry back; an undo is brought back.
///
/// # Errors
/// [`HistoryError::Missing`], [`HistoryError::AlreadyUndone`], [`HistoryError::NotUndoable`]; those of the file.
pub fn undo(practice: &Practice, seq: u32, on_conflict: OnConflict) -> Result<UndoAnswer, HistoryError> {
    let row = practice
        .read(|conn| rows::one(conn, seq, &Eyes::of(practice, conn)?))?
        .ok_or(HistoryError::Missing)?;
    if row.undone {
        return Err(HistoryError::AlreadyUndone);
    }
    for room in &row.rooms {
        practice.may(to_undo(&row, practice.actor().id, *room))?;
    }
    if !row.can_undo && row.cause != Cause::Redo {
        return Err(HistoryError::NotUndoable);
    }
    let of = what(&row);
    Ok(match practice.store().undo(practice.actor(), seq, on_conflict)? {
        Undone::Done { entry, conflicts } => {
            let entry = entry.map(|entry| Entry { subject: of.subject.clone(), ..entry });
            UndoAnswer::Done { of, entry, conflicts: in_words(practice, &conflicts)? }
        }
        Undone::Conflicts(conflicts) => {
            UndoAnswer::Conflicts { of, conflicts: in_words(practice, &conflicts)? }
        }
    })
}

/// Takes back the newest thing the person at the desk did and that is in effect (`Ctrl+Z`).
///
/// # Errors
/// Those of [`undo`].
pub fn undo_last(practice: &Practice) -> Result<UndoAnswer, HistoryError> {
    newest(practice, rows::last_done)
}

/// Brings back what was undone last, as long as nothing new was done since (`Ctrl+Shift+Z`).
///
/// # Errors
/// Those of [`undo`].
pub fn redo_last(practice: &Practice) -> Result<UndoAnswer, HistoryError> {
    newest(practice, rows::last_undone)
}

/// Who saves and presses `Ctrl+Z` at once means what was saved: that is written first, and if something newer came
/// in between nonetheless, the newer is asked for.
fn newest(
    practice: &Practice,
    pick: fn(&Connection, ProfileId) -> Result<Option<u32>, StoreError>,
) -> Result<UndoAnswer, HistoryError> {
    let pick = || practice.read(|conn| pick(conn, practice.actor().id));
    practice.store().after_writes()?;
    let mut seq = pick()?;
    loop {
        let Some(newest) = seq else { return Ok(UndoAnswer::Nothing) };
        let answer = undo(practice, newest, OnConflict::Ask);
        if matches!(answer, Ok(UndoAnswer::Done { .. })) {
            return answer;
        }
        seq = pick()?;
        if seq == Some(newest) {
            return answer;
        }
    }
}

/// What is taken or brought back, for the toast.
fn what(row: &HistoryRow) -> Entry {
    Entry {
        seq: row.seq,
        action: row.of_action.clone().unwrap_or_else(|| row.action.clone()),
        subject: row.subject.clone(),
        records: row.records,
    }
}

fn in_words(practice: &Practice, conflicts: &[Conflict]) -> Result<Vec<UndoConflict>, HistoryError> {
    if conflicts.is_empty() {
        return Ok(Vec::new());
    }
    practice.read(|conn| {
        let schema = Schema::read(conn)?;
        let names = Names::new(conn, &schema, &[], practice.hidden());
        let mut told = Vec::with_capacity(conflicts.len());
        for conflict in conflicts {
            let name = match conflict.record {
                Some(record) => names.of(&conflict.table, record)?,
                None => String::new(),
            };
            let of_patient = match conflict.record {
                Some(record) => names.belongs_to_patient(&conflict.table, record)?,
                None => false,
            };
            let mut fields = Vec::new();
            if let Some(shape) = schema.table(&conflict.table) {
                for field in &conflict.fields {
                    if is_hidden(shape.name, &shape.columns[field.column]) {
                        continue;
                    }
                    let told = |value| -> Result<_, StoreError> {
                        let told = shown(&names, shape, field.column, value)?;
                        Ok(told.map(|told| names.as_seen(shape, field.column, of_patient, told)))
                    };
                    let back_to = field.back_to.as_ref().map(told).transpose()?.flatten();
                    fields.push(ConflictField {
                        field: format!("{}.{}", shape.name, shape.columns[field.column]),
                        now: told(&field.now)?,
                        back_to,
                    });
                }
            }
            told.push(UndoConflict {
                obstacle: conflict.obstacle,
                kind: conflict.table.clone(),
                record: conflict.record,
                name,
                fields,
            });
        }
        Ok(told)
    })
}
