//! Taking an entry back: its changeset inverted and applied as a new change, with conflicts reported, not overwritten.

use rusqlite::session::invert_strm;
use rusqlite::types::Value;
use rusqlite::{Connection, params};

use super::Store;
use super::action::{Actor, Cause, Entry, Label};
use super::apply::apply;
use super::error::StoreError;
use super::schema::Schema;
use super::withdraw::withdraw;
use super::write::Tx;
use crate::foundation::id::RecordId;

/// What to do where a record was changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum OnConflict {
    /// Change nothing and tell.
    Ask,
    /// Take back what was not changed since, leave the rest.
    KeepNewer,
    /// Take everything back, also what was changed since. What others refer to stays all the same.
    Overwrite,
}

/// What stands in the way of taking a row back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum UndoObstacle {
    /// Fields of it were changed since.
    Changed,
    /// It, or something it needs, is gone.
    Gone,
    /// One like it came since.
    Exists,
    /// Others refer to it since; they have to go first.
    InUse,
}

/// A row that was changed since the entry that is to be taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// What stands in the way.
    pub obstacle: UndoObstacle,
    /// The table the row stands in.
    pub table: String,
    /// The row.
    pub record: Option<RecordId>,
    /// Its fields that differ.
    pub fields: Vec<FieldConflict>,
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldConflict {
    /// Position of the column.
    pub column: usize,
    /// What stands there now.
    pub now: Value,
    /// What undoing would put there; `None` if it would remove the row.
    pub back_to: Option<Value>,
}

/// How an undo went.
#[derive(Clone, Debug, PartialEq)]
pub enum Undone {
    /// Taken back; conflicts are those that were left or overwritten.
    Done {
        /// The entry the undo itself left.
        entry: Option<Entry>,
        /// Rows that differed.
        conflicts: Vec<Conflict>,
    },
    /// Nothing was changed: these rows were changed since.
    Conflicts(Vec<Conflict>),
}

/// Ends the transaction when conflicts are to be asked about.
enum Stop {
    Store(StoreError),
    Ask(Vec<Conflict>),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// What undoing has to know about an entry.
struct Target {
    seq: i64,
    subject: String,
    cause: Cause,
    undoes: Option<i64>,
    taken_back: bool,
}

impl Store {
    /// Takes entry `seq` back, or brings it back if it is itself an undo. A redo stands for what it brought back.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is no such entry, it is a note or it is already taken back; those of the file.
    pub fn undo(&self, actor: &Actor, seq: u32, on_conflict: OnConflict) -> Result<Undone, StoreError> {
        let target = self.read(|conn| {
            let mut target = target(conn, i64::from(seq))?;
            while target.cause == Cause::Redo {
                // A redo undoes an undo, which undoes what was brought back.
                let undo = self::target(conn, target.undoes.ok_or(StoreError::Missing)?)?;
                target = self::target(conn, undo.undoes.ok_or(StoreError::Missing)?)?;
            }
            Ok::<_, StoreError>(target)
        })?;
        if target.taken_back || target.cause == Cause::Note {
            return Err(StoreError::Missing);
        }
        let seq = target.seq;
        let label = if target.cause == Cause::Undo {
            Label { action: "redo", subject: target.subject, cause: Cause::Redo }
        } else {
            Label { action: "undo", subject: target.subject, cause: Cause::Undo }
        };
        let done = self.write_as(actor, label, Some(seq), |tx| {
            let conflicts = take_back(tx, seq, on_conflict)?;
            if on_conflict == OnConflict::Ask && !conflicts.is_empty() {
                return Err(Stop::Ask(conflicts));
            }
            if let Some(undone) = target.undoes {
                tx.prepare_cached("DELETE FROM history_undone WHERE seq = ?1")?.execute([undone])?;
            }
            tx.prepare_cached("INSERT INTO history_undone (seq, by_seq) VALUES (?1, ?2)")?
                .execute([seq, tx.seq])?;
            Ok(conflicts)
        });
        match done {
            Ok(written) => Ok(Undone::Done { entry: written.entry, conflicts: written.value }),
            Err(Stop::Ask(conflicts)) => Ok(Undone::Conflicts(conflicts)),
            Err(Stop::Store(error)) => Err(error),
        }
    }
}

fn target(conn: &Connection, seq: i64) -> Result<Target, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT subject, cause, undoes, EXISTS (SELECT 1 FROM history_undone WHERE seq = history.seq) FROM history WHERE seq = ?1",
    )?;
    statement
        .query_row([seq], |row| {
            let cause: String = row.get(1)?;
            Ok((row.get(0)?, cause, row.get(2)?, row.get(3)?))
        })
        .map_err(StoreError::from)
        .and_then(|(subject, cause, undoes, taken_back)| {
            let cause = Cause::from_code(&cause).ok_or(StoreError::BrokenHistory(seq))?;
            Ok(Target { seq, subject, cause, undoes, taken_back })
        })
}

/// Applies the inverse of an entry, part by part, the last one first.
fn take_back(tx: &Tx<'_>, seq: i64, on_conflict: OnConflict) -> Result<Vec<Conflict>, StoreError> {
    let parts: i64 =
        tx.query_row("SELECT count(*) FROM history_part WHERE seq = ?1", [seq], |row| row.get(0))?;
    let schema = Schema::read(tx)?;
    let mut conflicts = Vec::new();
    for part in (0..parts).rev() {
        let changeset = read_part(tx, seq, part)?;
        if withdraw(tx, &schema, &changeset)? {
            continue;
        }
        let mut inverted = Vec::with_capacity(changeset.len());
        invert_strm(&mut changeset.as_slice(), &mut inverted)?;
        drop(changeset);
        conflicts.extend(apply(tx, &schema, &inverted, on_conflict)?);
        tx.breathe()?;
    }
    Ok(conflicts)
}

/// One part of an entry's changeset, decompressed.
pub(crate) fn read_part(conn: &Connection, seq: i64, part: i64) -> Result<Vec<u8>, StoreError> {
    let compressed: Vec<u8> = conn
        .prepare_cached("SELECT changeset FROM history_part WHERE seq = ?1 AND part = ?2")?
        .query_row(params![seq, part], |row| row.get(0))?;
    zstd::stream::decode_all(compressed.as_slice()).map_err(|_| StoreError::BrokenHistory(seq))
}
