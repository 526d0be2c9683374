//! Taking back a part of history that did nothing but add rows to one table, as most of an import does: while nobody
//! touched those rows since and nothing refers to them, they go with one statement.

use std::collections::BTreeSet;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};

use super::changeset::{DELETE, INSERT, Reader, TABLE, put_table, put_value};
use super::derived::AtRest;
use super::error::StoreError;
use super::schema::{Schema, TableShape};
use super::tables::{SourceTable, source_table};
use super::write::Tx;
use crate::foundation::id::RecordId;

/// Takes such a part back. `false`: it is not one, or something stands in the way; nothing was changed then.
pub(super) fn withdraw(tx: &Tx<'_>, schema: &Schema, changeset: &[u8]) -> Result<bool, StoreError> {
    let Some((table, shape, columns)) = added_to(schema, changeset)? else { return Ok(false) };
    let Some(going) = untouched(tx, shape, columns, changeset)? else { return Ok(false) };
    let (Some(first), Some(last)) = (going.keys.first(), going.keys.last()) else { return Ok(false) };
    if is_referred_to(tx, schema, shape, *first, *last)? {
        return Ok(false);
    }
    tx.recording.unheard(|| {
        let rest = AtRest::of(tx, table.name)?;
        if let Some(rest) = &rest {
            rest.removing(first.bytes(), last.bytes())?;
        }
        let sql = format!("DELETE FROM {} WHERE {} BETWEEN ?1 AND ?2", table.name, shape.columns[0]);
        tx.prepare_cached(&sql)?.execute(params![first, last])?;
        drop(rest);
        tx.recording.keep(going.changeset, &BTreeSet::from([(table.name, table.room)]), &going.keys)
    })?;
    Ok(true)
}

/// The one table a changeset adds rows to, and how many columns it had then; `None` if it does anything else.
fn added_to<'s>(
    schema: &'s Schema,
    changeset: &[u8],
) -> Result<Option<(&'static SourceTable, &'s TableShape, usize)>, StoreError> {
    let mut from = Reader { bytes: changeset };
    let (mut table, mut values) = (None, Vec::new());
    let mut columns = 0;
    while let Some(kind) = from.next() {
        match kind {
            TABLE if table.is_none() => {
                let (keys, name) = from.table()?;
                table = Some(name);
                columns = keys.len();
            }
            INSERT => {
                from.byte()?;
                from.values(&mut values, columns)?;
            }
            _ => return Ok(None),
        }
    }
    let Some(table) = table.and_then(source_table) else { return Ok(None) };
    let shape = schema.table(table.name);
    Ok(shape
        .filter(|shape| table.owners == [0] && shape.key == [0] && columns <= shape.columns.len())
        .map(|shape| (table, shape, columns)))
}

/// Rows that are about to go.
struct Going {
    keys: Vec<RecordId>,
    /// That they went, as history tells it.
    changeset: Vec<u8>,
}

/// The rows a changeset added, if they and no others stand between the first and the last of them, as they were added. Who
/// touched them last does not count.
fn untouched(
    conn: &Connection,
    shape: &TableShape,
    columns: usize,
    changeset: &[u8],
) -> Result<Option<Going>, StoreError> {
    let mut from = Reader { bytes: changeset };
    let mut added: Vec<(&[u8], &[u8])> = Vec::new();
    let mut values = Vec::with_capacity(columns);
    while let Some(kind) = from.next() {
        if kind == TABLE {
            from.table()?;
            continue;
        }
        from.byte()?;
        let row = from.bytes;
        from.values(&mut values, columns)?;
        let Some(Some(ValueRef::Blob(key))) = values.first() else { return Ok(None) };
        added.push((*key, row));
    }
    added.sort_unstable();
    let (Some((first, _)), Some((last, _))) = (added.first(), added.last()) else { return Ok(None) };
    let sql = format!(
        "SELECT {} FROM {} WHERE {key} BETWEEN ?1 AND ?2 ORDER BY {key}",
        shape.columns.join(", "),
        shape.name,
        key = shape.columns[0]
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(params![first, last])?;
    let mut going =
        Going { keys: Vec::with_capacity(added.len()), changeset: Vec::with_capacity(changeset.len()) };
    let keys: Vec<u8> = (0..shape.columns.len()).map(|column| u8::from(column == 0)).collect();
    put_table(&mut going.changeset, &keys, shape.name);
    for (key, row) in &added {
        let (Some(now), Some(id)) = (rows.next()?, RecordId::from_slice(key)) else { return Ok(None) };
        Reader { bytes: row }.values(&mut values, columns)?;
        going.changeset.extend([DELETE, 0]);
        for column in 0..shape.columns.len() {
            let stands = now.get_ref(column)?;
            // A column that came later holds what it was given then.
            let differs = values.get(column).is_some_and(|added| *added != Some(stands));
            if differs && !shape.is_stamp(column) {
                return Ok(None);
            }
            put_value(&mut going.changeset, Some(stands));
        }
        going.keys.push(id);
    }
    Ok(rows.next()?.is_none().then_some(going))
}

/// Whether any row refers to one of a range.
fn is_referred_to(
    conn: &Connection,
    schema: &Schema,
    shape: &TableShape,
    first: RecordId,
    last: RecordId,
) -> Result<bool, StoreError> {
    for (table, column) in schema.referring(shape.name) {
        let sql = format!("SELECT 1 FROM {table} WHERE {column} BETWEEN ?1 AND ?2 LIMIT 1");
        if conn.prepare_cached(&sql)?.exists([first, last])? {
            return Ok(true);
        }
    }
    Ok(false)
}
