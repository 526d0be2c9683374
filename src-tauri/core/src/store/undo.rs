//! Taking an entry back: its changeset inverted and applied as a new change, with conflicts reported, not overwritten.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::hooks::Action as RowAction;
use rusqlite::session::{ChangesetItem, ConflictAction, ConflictType, invert_strm};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, params};

use super::Store;
use super::action::{Actor, Cause, Entry, Label};
use super::error::StoreError;
use super::tables::STAMPS;
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
    /// Take everything back, also what was changed since.
    Overwrite,
}

/// A row that was changed since the entry that is to be taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The table the row stands in.
    pub table: String,
    /// The row.
    pub record: Option<RecordId>,
    /// Its fields that differ. Empty if the row is gone or others refer to it.
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

impl Store {
    /// Takes entry `seq` back, or brings it back if it is itself an undo.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is no such entry or it is already taken back; those of the file.
    pub fn undo(&self, actor: &Actor, seq: u32, on_conflict: OnConflict) -> Result<Undone, StoreError> {
        let seq = i64::from(seq);
        let (subject, cause, taken_back, undoes) = self.read(|conn| {
            conn.prepare_cached(
                "SELECT subject, cause, EXISTS (SELECT 1 FROM history_undone WHERE seq = history.seq), undoes FROM history WHERE seq = ?1",
            )?
            .query_row([seq], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, bool>(2)?, row.get::<_, Option<i64>>(3)?))
            })
            .map_err(StoreError::from)
        })?;
        if taken_back || cause == Cause::Note.code() {
            return Err(StoreError::Missing);
        }
        let label = if undoes.is_some() && cause == Cause::Undo.code() {
            Label { action: "redo", subject, cause: Cause::Redo }
        } else {
            Label { action: "undo", subject, cause: Cause::Undo }
        };
        let done = self.write_as(actor, label, Some(seq), |tx| {
            let conflicts = take_back(tx, seq, on_conflict)?;
            if on_conflict == OnConflict::Ask && !conflicts.is_empty() {
                return Err(Stop::Ask(conflicts));
            }
            if let Some(undone) = undoes {
                tx.prepare_cached("DELETE FROM history_undone WHERE seq = ?1")?.execute([undone])?;
            }
            tx.prepare_cached(
                "INSERT INTO history_undone (seq, by_seq) SELECT ?1, coalesce(max(seq), 0) + 1 FROM history",
            )?
            .execute([seq])?;
            Ok(conflicts)
        });
        match done {
            Ok(written) => Ok(Undone::Done { entry: written.entry, conflicts: written.value }),
            Err(Stop::Ask(conflicts)) => Ok(Undone::Conflicts(conflicts)),
            Err(Stop::Store(error)) => Err(error),
        }
    }
}

fn take_back(tx: &Tx<'_>, seq: i64, on_conflict: OnConflict) -> Result<Vec<Conflict>, Stop> {
    let parts: i64 =
        tx.query_row("SELECT count(*) FROM history_part WHERE seq = ?1", [seq], |row| row.get(0))?;
    let mut conflicts = Vec::new();
    for part in (0..parts).rev() {
        let changeset = read_part(tx, seq, part)?;
        let mut inverted = Vec::with_capacity(changeset.len());
        invert_strm(&mut changeset.as_slice(), &mut inverted).map_err(StoreError::from)?;
        drop(changeset);
        conflicts.extend(apply(tx, &inverted, on_conflict)?);
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

fn apply(conn: &Connection, changeset: &[u8], on_conflict: OnConflict) -> Result<Vec<Conflict>, Stop> {
    let found: Arc<Mutex<Vec<Conflict>>> = Arc::default();
    let seen = found.clone();
    let columns = Columns::read(conn)?;
    let answer = conn.apply_strm(&mut { changeset }, None::<fn(&str) -> bool>, move |kind, item| {
        let conflict = describe(&kind, &item, &columns);
        let harmless = kind == ConflictType::SQLITE_CHANGESET_DATA
            && conflict.as_ref().is_some_and(|c| c.fields.is_empty());
        let replaceable =
            matches!(kind, ConflictType::SQLITE_CHANGESET_DATA | ConflictType::SQLITE_CHANGESET_CONFLICT);
        if !harmless {
            if let Some(conflict) = conflict {
                seen.lock().unwrap_or_else(PoisonError::into_inner).push(conflict);
            }
        }
        match kind {
            // Something still refers to what would be removed: never leave a dangling reference.
            ConflictType::SQLITE_CHANGESET_FOREIGN_KEY => ConflictAction::SQLITE_CHANGESET_ABORT,
            _ if harmless || (replaceable && on_conflict == OnConflict::Overwrite) => {
                ConflictAction::SQLITE_CHANGESET_REPLACE
            }
            _ => ConflictAction::SQLITE_CHANGESET_OMIT,
        }
    });
    let conflicts = std::mem::take(&mut *found.lock().unwrap_or_else(PoisonError::into_inner));
    match answer {
        Ok(()) => Ok(conflicts),
        Err(rusqlite::Error::SqliteFailure(e, _)) if e.code == rusqlite::ErrorCode::OperationAborted => {
            Err(Stop::Ask(conflicts))
        }
        Err(error) => Err(error.into()),
    }
}

fn describe(kind: &ConflictType, item: &ChangesetItem, columns: &Columns) -> Option<Conflict> {
    if *kind == ConflictType::SQLITE_CHANGESET_FOREIGN_KEY {
        return Some(Conflict { table: String::new(), record: None, fields: Vec::new() });
    }
    let operation = item.op().ok()?;
    let table = operation.table_name().to_owned();
    let removing = operation.code() == RowAction::SQLITE_DELETE;
    let count = usize::try_from(operation.number_of_columns()).unwrap_or(0);
    let key =
        if operation.code() == RowAction::SQLITE_INSERT { item.new_value(0) } else { item.old_value(0) };
    let record = key.ok().and_then(|v| v.as_blob().ok().and_then(RecordId::from_slice));
    let mut fields = Vec::new();
    if *kind == ConflictType::SQLITE_CHANGESET_DATA {
        for column in 0..count {
            if columns.is_stamp(&table, column) {
                continue;
            }
            let (Ok(expected), Ok(now)) = (item.old_value(column), item.conflict(column)) else { continue };
            // In an update, columns that were not changed have neither an old nor a new value.
            let back_to = if removing { None } else { item.new_value(column).ok() };
            if !removing && back_to.is_none() {
                continue;
            }
            if expected != now {
                fields.push(FieldConflict { column, now: owned(now), back_to: back_to.map(owned) });
            }
        }
    }
    Some(Conflict { table, record, fields })
}

fn owned(value: ValueRef<'_>) -> Value {
    Value::try_from(value).unwrap_or(Value::Null)
}

/// Where the stamps (changed at, changed by) stand in each table.
struct Columns(Vec<(String, usize)>);

impl Columns {
    fn read(conn: &Connection) -> Result<Self, StoreError> {
        let mut statement = conn.prepare_cached(
            "SELECT s.name, c.name, c.cid FROM sqlite_schema s JOIN pragma_table_info(s.name) c WHERE s.type = 'table' AND s.name NOT LIKE '%\\_search%' ESCAPE '\\'",
        )?;
        let mut stamps = Vec::new();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (table, column, position): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if STAMPS.contains(&column.as_str()) {
                stamps.push((table, usize::try_from(position).unwrap_or(0)));
            }
        }
        Ok(Self(stamps))
    }

    fn is_stamp(&self, table: &str, column: usize) -> bool {
        self.0.iter().any(|(t, c)| t == table && *c == column)
    }
}
