//! Applying a changeset to a file that may have moved on: what still fits is applied, what does not is told.
//!
//! Row by row with our own statements: SQLite's `sqlite3changeset_apply` keeps everything it touched in one savepoint,
//! which makes each further row of a large import slower to take back.

use std::collections::HashMap;

use rusqlite::hooks::Action as RowAction;
use rusqlite::session::ChangesetItem;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, ErrorCode, params_from_iter};

use super::error::StoreError;
use super::recording::each_change;
use super::references::settle_references;
use super::schema::{Schema, TableShape};
use super::undo::{Conflict, FieldConflict, OnConflict, UndoObstacle};
use super::write::Tx;
use crate::foundation::id::RecordId;

/// One row of a changeset.
pub(super) struct Change {
    pub(super) table: &'static str,
    pub(super) action: RowAction,
    pub(super) key: Vec<Value>,
    /// Deleted: every column. Updated: the changed columns. What is expected to stand there.
    pub(super) before: Vec<(usize, Value)>,
    /// Inserted: every column. Updated: the changed columns. What will stand there.
    pub(super) after: Vec<(usize, Value)>,
}

/// Applies `changeset`. With [`OnConflict::Ask`] the caller rolls back if there is any conflict.
pub(super) fn apply(
    tx: &Tx<'_>,
    schema: &Schema,
    changeset: &[u8],
    on_conflict: OnConflict,
) -> Result<Vec<Conflict>, StoreError> {
    // Rows come in no order; references are looked at when all are through.
    tx.execute_batch("PRAGMA defer_foreign_keys = ON")?;
    let mut changes = read(schema, changeset)?;
    // Within a table they stand in no order: that of their keys is the order of the file.
    for of_table in changes.chunk_by_mut(|one, next| one.table == next.table) {
        of_table.sort_by(|one, next| {
            (one.action as i32, first_key(one)).cmp(&(next.action as i32, first_key(next)))
        });
    }
    let mut conflicts = Vec::new();
    let mut waiting: Vec<&Change> = Vec::with_capacity(changes.len());
    // Rows of one table stand side by side. Added rows that nobody touched since, the most of a large import, go together.
    for of_table in changes.chunk_by(|one, next| one.table == next.table && one.action == next.action) {
        for some in of_table.chunks(TOGETHER) {
            let gone = match schema.table(some[0].table) {
                Some(shape) if some[0].action == RowAction::SQLITE_DELETE && shape.key.len() == 1 => {
                    delete_untouched(tx, shape, some)?
                }
                _ => false,
            };
            if !gone {
                waiting.extend(some);
            }
        }
    }
    loop {
        let before = waiting.len();
        let mut blocked = Vec::new();
        for change in waiting {
            let Some(shape) = schema.table(change.table) else { continue };
            match one(tx, shape, change, on_conflict)? {
                Fit::Applied => {}
                Fit::Differs(conflict) => conflicts.push(conflict),
                Fit::Blocked => blocked.push(change),
            }
        }
        if blocked.len() == before || blocked.is_empty() {
            conflicts
                .extend(blocked.into_iter().map(|change| conflict(change, UndoObstacle::Exists, Vec::new())));
            break;
        }
        waiting = blocked;
    }
    conflicts.extend(settle_references(tx, schema, &changes)?);
    Ok(conflicts)
}

/// How many rows go with one statement: the search index is brought up to date once a statement.
pub(super) const TOGETHER: usize = 128;

/// Deletes rows if every one of them is still what it was; else none.
pub(super) fn delete_untouched(
    conn: &Connection,
    shape: &TableShape,
    rows: &[Change],
) -> Result<bool, StoreError> {
    let key = &shape.columns[shape.key[0]];
    let among = ["?"; TOGETHER][..rows.len()].join(", ");
    let sql = format!("SELECT {} FROM {} WHERE {key} IN ({among})", shape.columns.join(", "), shape.name);
    let keys = || params_from_iter(rows.iter().map(|row| &row.key[0]));
    let by_key: HashMap<&[u8], &Change> =
        rows.iter().filter_map(|row| Some((blob(&row.key[0])?, row))).collect();
    let mut statement = conn.prepare_cached(&sql)?;
    let mut found = statement.query(keys())?;
    let mut untouched = 0;
    while let Some(now) = found.next()? {
        let ValueRef::Blob(id) = now.get_ref(shape.key[0])? else { return Ok(false) };
        let Some(row) = by_key.get(id) else { return Ok(false) };
        for (column, before) in expected(shape, row) {
            if now.get_ref(column)? != ValueRef::from(before) {
                return Ok(false);
            }
        }
        untouched += 1;
    }
    drop(found);
    if untouched < rows.len() {
        return Ok(false);
    }
    let sql = format!("DELETE FROM {} WHERE {key} IN ({among})", shape.name);
    let deleted = conn.prepare_cached(&sql)?.execute(keys())?;
    Ok(deleted == rows.len())
}

fn first_key(row: &Change) -> Option<&[u8]> {
    blob(row.key.first()?)
}

fn blob(value: &Value) -> Option<&[u8]> {
    match value {
        Value::Blob(bytes) => Some(bytes),
        _ => None,
    }
}

/// How a row fitted.
enum Fit {
    Applied,
    Differs(Conflict),
    /// Another row holds what must be unique; it may be about to go.
    Blocked,
}

fn one(tx: &Tx<'_>, shape: &TableShape, change: &Change, on_conflict: OnConflict) -> Result<Fit, StoreError> {
    match change.action {
        RowAction::SQLITE_INSERT => match unique(insert_row(tx, shape, &change.after))? {
            Some(_) => Ok(Fit::Applied),
            None if row(tx, shape, &change.key)?.is_none() => Ok(Fit::Blocked),
            None => {
                if on_conflict == OnConflict::Overwrite {
                    delete_row(tx, shape, &change.key, &[])?;
                    insert_row(tx, shape, &change.after)?;
                }
                Ok(Fit::Differs(conflict(change, UndoObstacle::Exists, Vec::new())))
            }
        },
        RowAction::SQLITE_DELETE => {
            if delete_row(tx, shape, &change.key, &expected(shape, change))? > 0 {
                return Ok(Fit::Applied);
            }
            // It was to go: if it is gone, it fits.
            let Some(now) = row(tx, shape, &change.key)? else { return Ok(Fit::Applied) };
            let fields =
                expected(shape, change).into_iter().filter(|(column, before)| now[*column] != **before);
            let fields =
                fields.map(|(column, _)| FieldConflict { column, now: now[column].clone(), back_to: None });
            let fields: Vec<FieldConflict> = fields.collect();
            if fields.is_empty() || on_conflict == OnConflict::Overwrite {
                delete_row(tx, shape, &change.key, &[])?;
            }
            Ok(if fields.is_empty() {
                Fit::Applied
            } else {
                Fit::Differs(conflict(change, UndoObstacle::Changed, fields))
            })
        }
        _ => update(tx, shape, change, on_conflict),
    }
}

fn update(
    tx: &Tx<'_>,
    shape: &TableShape,
    change: &Change,
    on_conflict: OnConflict,
) -> Result<Fit, StoreError> {
    match unique(update_row(tx, shape, &change.key, &change.after, &expected(shape, change)))? {
        Some(0) => {}
        Some(_) => return Ok(Fit::Applied),
        None => return Ok(Fit::Blocked),
    }
    let Some(now) = row(tx, shape, &change.key)? else {
        return Ok(Fit::Differs(conflict(change, UndoObstacle::Gone, Vec::new())));
    };
    let mut fields = Vec::new();
    let mut free = Vec::new();
    for (column, before) in expected(shape, change) {
        let Some((_, back_to)) = change.after.iter().find(|(c, _)| *c == column) else { continue };
        if now[column] == *before {
            free.push((column, back_to.clone()));
        } else if now[column] != *back_to {
            fields.push(FieldConflict { column, now: now[column].clone(), back_to: Some(back_to.clone()) });
        }
    }
    if fields.is_empty() || on_conflict == OnConflict::Overwrite {
        if unique(update_row(tx, shape, &change.key, &change.after, &[]))?.is_none() {
            return Ok(Fit::Blocked);
        }
    } else if !free.is_empty() && on_conflict == OnConflict::KeepNewer {
        let stamps = [
            ("changed_at", Value::Integer(tx.now)),
            ("changed_by", Value::Blob(tx.actor.id.0.bytes().to_vec())),
        ];
        let stamped = stamps
            .into_iter()
            .filter_map(|(name, value)| Some((shape.columns.iter().position(|c| c == name)?, value)));
        free.extend(stamped);
        update_row(tx, shape, &change.key, &free, &[])?;
    }
    Ok(if fields.is_empty() {
        Fit::Applied
    } else {
        Fit::Differs(conflict(change, UndoObstacle::Changed, fields))
    })
}

/// What a row must still hold to be taken back without asking. Who touched it last does not count.
fn expected<'a>(shape: &TableShape, change: &'a Change) -> Vec<(usize, &'a Value)> {
    let told =
        change.before.iter().filter(|(column, _)| !shape.is_stamp(*column) && !shape.key.contains(column));
    told.map(|(column, value)| (*column, value)).collect()
}

fn conflict(change: &Change, obstacle: UndoObstacle, fields: Vec<FieldConflict>) -> Conflict {
    Conflict { obstacle, table: change.table.to_owned(), record: record_of(&change.key), fields }
}

/// A constraint another row stands behind is no failure: `None`.
pub(super) fn unique(done: Result<usize, StoreError>) -> Result<Option<usize>, StoreError> {
    match done {
        Ok(rows) => Ok(Some(rows)),
        Err(StoreError::Constraint) => Ok(None),
        Err(error) => Err(error),
    }
}

fn execute(conn: &Connection, sql: &str, values: &[&Value]) -> Result<usize, StoreError> {
    match conn.prepare_cached(sql)?.execute(params_from_iter(values)) {
        Err(rusqlite::Error::SqliteFailure(e, _)) if e.code == ErrorCode::ConstraintViolation => {
            Err(StoreError::Constraint)
        }
        done => Ok(done?),
    }
}

// Names come from the schema, values are bound.

pub(super) fn insert_row(
    conn: &Connection,
    shape: &TableShape,
    values: &[(usize, Value)],
) -> Result<usize, StoreError> {
    let names: Vec<&str> = values.iter().map(|(column, _)| shape.columns[*column].as_str()).collect();
    let marks: Vec<String> = (1..=values.len()).map(|n| format!("?{n}")).collect();
    let sql = format!("INSERT INTO {} ({}) VALUES ({})", shape.name, names.join(", "), marks.join(", "));
    execute(conn, &sql, &values.iter().map(|(_, value)| value).collect::<Vec<_>>())
}

pub(super) fn delete_row(
    conn: &Connection,
    shape: &TableShape,
    key: &[Value],
    if_still: &[(usize, &Value)],
) -> Result<usize, StoreError> {
    let mut values: Vec<&Value> = key.iter().collect();
    let sql = format!(
        "DELETE FROM {} WHERE {}{}",
        shape.name,
        shape.where_key(),
        still(shape, if_still, &mut values)
    );
    execute(conn, &sql, &values)
}

pub(super) fn update_row(
    conn: &Connection,
    shape: &TableShape,
    key: &[Value],
    to: &[(usize, Value)],
    if_still: &[(usize, &Value)],
) -> Result<usize, StoreError> {
    let mut values: Vec<&Value> = key.iter().collect();
    let mut sets = Vec::with_capacity(to.len());
    for (column, value) in to.iter().filter(|(column, _)| !shape.key.contains(column)) {
        values.push(value);
        sets.push(format!("{} = ?{}", shape.columns[*column], values.len()));
    }
    let guard = still(shape, if_still, &mut values);
    let sql = format!("UPDATE {} SET {} WHERE {}{guard}", shape.name, sets.join(", "), shape.where_key());
    execute(conn, &sql, &values)
}

fn still<'a>(shape: &TableShape, if_still: &[(usize, &'a Value)], values: &mut Vec<&'a Value>) -> String {
    let mut guard = String::new();
    for (column, value) in if_still {
        values.push(value);
        guard.push_str(&format!(" AND {} IS ?{}", shape.columns[*column], values.len()));
    }
    guard
}

fn row(conn: &Connection, shape: &TableShape, key: &[Value]) -> Result<Option<Vec<Value>>, StoreError> {
    let sql = format!("SELECT {} FROM {} WHERE {}", shape.columns.join(", "), shape.name, shape.where_key());
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(key))?;
    let Some(found) = rows.next()? else { return Ok(None) };
    (0..shape.columns.len())
        .map(|column| Ok(owned(found.get_ref(column)?)))
        .collect::<Result<_, StoreError>>()
        .map(Some)
}

pub(super) fn read(schema: &Schema, changeset: &[u8]) -> Result<Vec<Change>, StoreError> {
    let mut changes = Vec::new();
    each_change(changeset, |table, item, action| {
        let Some(shape) = schema.table(table.name) else { return Ok(()) };
        let told = |value: fn(&ChangesetItem, usize) -> rusqlite::Result<ValueRef<'_>>| {
            (0..shape.columns.len())
                .filter_map(|c| value(item, c).ok().map(|v| (c, owned(v))))
                .collect::<Vec<_>>()
        };
        let before =
            if action == RowAction::SQLITE_INSERT { Vec::new() } else { told(ChangesetItem::old_value) };
        let after =
            if action == RowAction::SQLITE_DELETE { Vec::new() } else { told(ChangesetItem::new_value) };
        let from = if action == RowAction::SQLITE_INSERT { &after } else { &before };
        let in_key =
            |column: &usize| from.iter().find(|(c, _)| c == column).map_or(Value::Null, |(_, v)| v.clone());
        changes.push(Change {
            table: shape.name,
            action,
            key: shape.key.iter().map(in_key).collect(),
            before,
            after,
        });
        Ok(())
    })?;
    Ok(changes)
}

pub(super) fn record_of(key: &[Value]) -> Option<RecordId> {
    match key.first() {
        Some(Value::Blob(bytes)) => RecordId::from_slice(bytes),
        _ => None,
    }
}

/// A changeset's values are text in UTF-8, as the columns of a STRICT table.
pub(crate) fn owned(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    }
}
