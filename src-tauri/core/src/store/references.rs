//! After a change was taken back: no reference dangles. What others refer to comes back, what refers to nothing goes.

use rusqlite::hooks::Action as RowAction;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::apply::{Change, insert_row, record_of};
use super::error::StoreError;
use super::schema::{Schema, TableShape};
use super::undo::{Conflict, UndoObstacle};

/// After applying: rows that went although others refer to them come back, rows that came although what they refer to
/// is gone go again. Until nothing dangles.
pub(super) fn settle_references(
    conn: &Connection,
    schema: &Schema,
    changes: &[Change],
) -> Result<Vec<Conflict>, StoreError> {
    let mut conflicts = Vec::new();
    let mut settled = vec![false; changes.len()];
    loop {
        let mut mended = false;
        for (row, settled) in changes.iter().zip(&mut settled).filter(|(_, settled)| !**settled) {
            let Some(shape) = schema.table(row.table) else { continue };
            let obstacle = if row.action == RowAction::SQLITE_DELETE {
                if !is_referred_to(conn, schema, row)? || !is_missing(conn, shape, &row.key)? {
                    continue;
                }
                insert_row(conn, shape, &row.before)?;
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
            *settled = true;
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

fn is_referred_to(conn: &Connection, schema: &Schema, row: &Change) -> Result<bool, StoreError> {
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

fn change_again(conn: &Connection, shape: &TableShape, row: &Change) -> Result<(), StoreError> {
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
