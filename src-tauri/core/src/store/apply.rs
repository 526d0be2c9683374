//! Applying a changeset to a file that may have moved on: what still fits is applied, what does not is told.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::hooks::Action as RowAction;
use rusqlite::session::{ChangesetItem, ConflictAction, ConflictType};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, params_from_iter};

use super::error::StoreError;
use super::recording::each_change;
use super::schema::{Schema, TableShape};
use super::undo::{Conflict, FieldConflict, OnConflict, UndoObstacle};
use super::write::Tx;
use crate::foundation::id::RecordId;

/// What the conflict handler saw.
#[derive(Default)]
struct Seen {
    conflicts: Vec<Conflict>,
    /// Rows of which some fields differ and some can still be put back.
    partly: Vec<Partly>,
    /// A reference would dangle.
    dangling: bool,
}

struct Partly {
    table: String,
    key: Vec<Value>,
    fields: Vec<(usize, Value)>,
}

/// Applies `changeset`. With [`OnConflict::Ask`] the caller rolls back if there is any conflict.
pub(super) fn apply(
    tx: &Tx<'_>,
    schema: &Schema,
    changeset: &[u8],
    on_conflict: OnConflict,
) -> Result<Vec<Conflict>, StoreError> {
    let seen: Arc<Mutex<Seen>> = Arc::default();
    let noted = seen.clone();
    let shapes = Schema::read(tx)?;
    tx.apply_strm(&mut { changeset }, None::<fn(&str) -> bool>, move |kind, item| {
        let mut seen = noted.lock().unwrap_or_else(PoisonError::into_inner);
        decide(kind, &item, &shapes, on_conflict, &mut seen)
    })?;
    let mut seen = std::mem::take(&mut *seen.lock().unwrap_or_else(PoisonError::into_inner));
    for row in &seen.partly {
        put_back(tx, schema, row)?;
    }
    if seen.dangling {
        seen.conflicts.extend(settle_references(tx, schema, changeset)?);
    }
    Ok(seen.conflicts)
}

fn decide(
    kind: ConflictType,
    item: &ChangesetItem,
    schema: &Schema,
    on_conflict: OnConflict,
    seen: &mut Seen,
) -> ConflictAction {
    let obstacle = match kind {
        ConflictType::SQLITE_CHANGESET_FOREIGN_KEY => {
            // Told and mended row by row afterwards.
            seen.dangling = true;
            return ConflictAction::SQLITE_CHANGESET_OMIT;
        }
        ConflictType::SQLITE_CHANGESET_DATA => UndoObstacle::Changed,
        ConflictType::SQLITE_CHANGESET_NOTFOUND => UndoObstacle::Gone,
        _ => UndoObstacle::Exists,
    };
    let Some(operation) = item.op().ok() else { return ConflictAction::SQLITE_CHANGESET_ABORT };
    let Some(shape) = schema.table(operation.table_name()) else {
        return ConflictAction::SQLITE_CHANGESET_ABORT;
    };
    let action = operation.code();
    let key = key_of(item, shape, action);
    let record = record_of(&key);
    let mut fields = Vec::new();
    let mut free = Vec::new();
    if obstacle == UndoObstacle::Changed {
        for column in (0..shape.columns.len()).filter(|c| !shape.is_stamp(*c)) {
            // In an update, columns that were not changed have neither an old nor a new value.
            let (Ok(expected), Ok(now)) = (item.old_value(column), item.conflict(column)) else { continue };
            let back_to = match action {
                RowAction::SQLITE_DELETE => None,
                _ => match item.new_value(column) {
                    Ok(value) => Some(owned(value)),
                    Err(_) => continue,
                },
            };
            if expected == now {
                free.extend(back_to.map(|value| (column, value)));
            } else if back_to.as_ref() != Some(&owned(now)) {
                fields.push(FieldConflict { column, now: owned(now), back_to });
            }
        }
        if fields.is_empty() {
            // Only who touched it last differs, or it is back already.
            return ConflictAction::SQLITE_CHANGESET_REPLACE;
        }
    }
    let table = shape.name.to_owned();
    if obstacle == UndoObstacle::Gone && action == RowAction::SQLITE_DELETE {
        // It was to go, and it is gone.
        return ConflictAction::SQLITE_CHANGESET_OMIT;
    }
    seen.conflicts.push(Conflict { obstacle, table: table.clone(), record, fields });
    let replaceable =
        matches!(kind, ConflictType::SQLITE_CHANGESET_DATA | ConflictType::SQLITE_CHANGESET_CONFLICT);
    if replaceable && on_conflict == OnConflict::Overwrite {
        return ConflictAction::SQLITE_CHANGESET_REPLACE;
    }
    if !free.is_empty() && on_conflict == OnConflict::KeepNewer {
        seen.partly.push(Partly { table, key, fields: free });
    }
    ConflictAction::SQLITE_CHANGESET_OMIT
}

/// Puts back those fields of a row that nobody touched since.
fn put_back(tx: &Tx<'_>, schema: &Schema, row: &Partly) -> Result<(), StoreError> {
    let Some(shape) = schema.table(&row.table) else { return Ok(()) };
    let stamps =
        [("changed_at", Value::Integer(tx.now)), ("changed_by", Value::Blob(tx.actor.id.0.bytes().to_vec()))];
    let mut sets = Vec::new();
    let mut values = row.key.clone();
    for (column, value) in &row.fields {
        values.push(value.clone());
        sets.push(format!("{} = ?{}", shape.columns[*column], values.len()));
    }
    for (name, value) in stamps {
        if shape.columns.iter().any(|column| column == name) {
            values.push(value);
            sets.push(format!("{name} = ?{}", values.len()));
        }
    }
    // Names come from the schema, values are bound.
    let sql = format!("UPDATE {} SET {} WHERE {}", shape.name, sets.join(", "), shape.where_key());
    tx.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}

/// One row of the changeset, kept to mend references.
struct Row {
    table: &'static str,
    action: RowAction,
    key: Vec<Value>,
    /// Deleted: every column. Updated: the changed columns. What stood there before.
    before: Vec<(usize, Value)>,
    mended: bool,
}

/// After applying: rows that went although others refer to them come back, rows that came although what they refer to
/// is gone go again. Until nothing dangles.
fn settle_references(
    conn: &Connection,
    schema: &Schema,
    changeset: &[u8],
) -> Result<Vec<Conflict>, StoreError> {
    let mut rows = Vec::new();
    each_change(changeset, |table, item, action| {
        let Some(shape) = schema.table(table.name) else { return Ok(()) };
        let before = if action == RowAction::SQLITE_INSERT {
            Vec::new()
        } else {
            (0..shape.columns.len()).filter_map(|c| item.old_value(c).ok().map(|v| (c, owned(v)))).collect()
        };
        rows.push(Row { table: shape.name, action, key: key_of(item, shape, action), before, mended: false });
        Ok(())
    })?;
    let mut conflicts = Vec::new();
    loop {
        let mut mended = false;
        for row in rows.iter_mut().filter(|row| !row.mended) {
            let Some(shape) = schema.table(row.table) else { continue };
            let obstacle = if row.action == RowAction::SQLITE_DELETE {
                if !is_missing(conn, shape, &row.key)? || !is_referred_to(conn, schema, row)? {
                    continue;
                }
                insert_again(conn, shape, &row.before)?;
                UndoObstacle::InUse
            } else {
                if !refers_to_nothing(conn, schema, shape, &row.key)? {
                    continue;
                }
                if row.action == RowAction::SQLITE_INSERT {
                    let sql = format!("DELETE FROM {} WHERE {}", shape.name, shape.where_key());
                    conn.prepare_cached(&sql)?.execute(params_from_iter(&row.key))?;
                } else {
                    change_again(conn, shape, row)?;
                }
                UndoObstacle::Gone
            };
            row.mended = true;
            mended = true;
            conflicts.push(Conflict {
                obstacle,
                table: row.table.to_owned(),
                record: record_of(&row.key),
                fields: Vec::new(),
            });
        }
        if !mended {
            return Ok(conflicts);
        }
    }
}

fn is_missing(conn: &Connection, shape: &TableShape, key: &[Value]) -> Result<bool, StoreError> {
    let sql = format!("SELECT 1 FROM {} WHERE {}", shape.name, shape.where_key());
    Ok(!conn.prepare_cached(&sql)?.exists(params_from_iter(key))?)
}

fn is_referred_to(conn: &Connection, schema: &Schema, row: &Row) -> Result<bool, StoreError> {
    for (table, column) in schema.referring(row.table) {
        let sql = format!("SELECT 1 FROM {table} WHERE {column} = ?1 LIMIT 1");
        if conn.prepare_cached(&sql)?.exists([&row.key[0]])? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn refers_to_nothing(
    conn: &Connection,
    schema: &Schema,
    shape: &TableShape,
    key: &[Value],
) -> Result<bool, StoreError> {
    for reference in &shape.references {
        let Some(parent) = schema.table(&reference.to) else { continue };
        let column = &shape.columns[reference.column];
        let sql = format!(
            "SELECT 1 FROM {} AS child WHERE {} AND {column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {} AS parent WHERE parent.{} = child.{column})",
            shape.name,
            shape.where_key(),
            parent.name,
            parent.columns[0],
        );
        if conn.prepare_cached(&sql)?.exists(params_from_iter(key))? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn insert_again(conn: &Connection, shape: &TableShape, values: &[(usize, Value)]) -> Result<(), StoreError> {
    let names: Vec<&str> = values.iter().map(|(column, _)| shape.columns[*column].as_str()).collect();
    let marks: Vec<String> = (1..=values.len()).map(|n| format!("?{n}")).collect();
    let sql = format!("INSERT INTO {} ({}) VALUES ({})", shape.name, names.join(", "), marks.join(", "));
    conn.prepare_cached(&sql)?.execute(params_from_iter(values.iter().map(|(_, value)| value)))?;
    Ok(())
}

fn change_again(conn: &Connection, shape: &TableShape, row: &Row) -> Result<(), StoreError> {
    let mut values = row.key.clone();
    let mut sets = Vec::new();
    for (column, value) in row.before.iter().filter(|(column, _)| !shape.key.contains(column)) {
        values.push(value.clone());
        sets.push(format!("{} = ?{}", shape.columns[*column], values.len()));
    }
    let sql = format!("UPDATE {} SET {} WHERE {}", shape.name, sets.join(", "), shape.where_key());
    conn.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}

fn key_of(item: &ChangesetItem, shape: &TableShape, action: RowAction) -> Vec<Value> {
    let value = |column: usize| match action {
        RowAction::SQLITE_INSERT => item.new_value(column),
        _ => item.old_value(column),
    };
    shape.key.iter().map(|column| value(*column).map_or(Value::Null, owned)).collect()
}

fn record_of(key: &[Value]) -> Option<RecordId> {
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
