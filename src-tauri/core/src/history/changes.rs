//! Reading changesets back: which rows an entry changed, from what to what, in words.

use std::collections::HashMap;

use rusqlite::Connection;
use rusqlite::hooks::Action as RowAction;
use rusqlite::types::Value;

use super::fields::{is_hidden, shown};
use super::rows;
use super::types::{ChangeKind, FieldChange, RecordChange};
use crate::foundation::id::RecordId;
use crate::store::StoreError;
use crate::store::apply::owned;
use crate::store::recording::each_change;
use crate::store::schema::{Schema, TableShape};
use crate::store::tables::source_table;
use crate::store::undo::read_part;

/// A changed row as the changeset tells it.
pub(super) struct RawChange {
    pub(super) table: &'static str,
    pub(super) change: ChangeKind,
    /// Per column; `None` where the changeset has nothing.
    pub(super) before: Vec<Option<Value>>,
    pub(super) after: Vec<Option<Value>>,
}

impl RawChange {
    /// The row's id, if its first column is one.
    pub(super) fn record(&self) -> Option<RecordId> {
        id_in(self.value(0))
    }

    /// A column's value, the newer one first.
    fn value(&self, column: usize) -> Option<&Value> {
        let side = |values: &'_ [Option<Value>]| values.get(column).is_some_and(Option::is_some);
        if side(&self.after) { self.after[column].as_ref() } else { self.before.get(column)?.as_ref() }
    }

    fn named<'a>(&'a self, shape: &TableShape, column: &str) -> Option<&'a Value> {
        self.value(shape.columns.iter().position(|name| name == column)?)
    }

    /// The records the row belongs to, as far as the changeset or the file still tells.
    fn owners(&self, conn: &Connection) -> Result<Option<Vec<RecordId>>, StoreError> {
        let Some(table) = source_table(self.table) else { return Ok(Some(Vec::new())) };
        if let (ChangeKind::Changed, Some(by_key), Some(key)) =
            (self.change, table.owners_by_key, self.record())
        {
            let mut statement = conn.prepare_cached(by_key)?;
            let mut rows = statement.query([key])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let both: [Option<RecordId>; 2] = [row.get(0)?, row.get(1)?];
            return Ok(Some(both.into_iter().flatten().collect()));
        }
        Ok(Some(table.owners.iter().filter_map(|column| id_in(self.value(*column))).collect()))
    }

    /// Whether the row belongs to one of these records. A row that is gone since and whose owner is not known counts.
    pub(super) fn belongs_to(&self, conn: &Connection, records: &[RecordId]) -> Result<bool, StoreError> {
        Ok(self.owners(conn)?.is_none_or(|owners| owners.iter().any(|owner| records.contains(owner))))
    }
}

fn id_in(value: Option<&Value>) -> Option<RecordId> {
    match value {
        Some(Value::Blob(bytes)) => RecordId::from_slice(bytes),
        _ => None,
    }
}

/// The changed rows of one part of an entry, in order.
pub(super) fn of_part(
    conn: &Connection,
    schema: &Schema,
    seq: u32,
    part: i64,
) -> Result<Vec<RawChange>, StoreError> {
    let changeset = read_part(conn, i64::from(seq), part)?;
    let mut changes = Vec::new();
    each_change(&changeset, |table, item, action| {
        let Some(shape) = schema.table(table.name) else { return Ok(()) };
        let columns = 0..shape.columns.len();
        let before = columns.clone().map(|column| match action {
            RowAction::SQLITE_INSERT => None,
            _ => item.old_value(column).ok().map(owned),
        });
        let after = columns.map(|column| match action {
            RowAction::SQLITE_DELETE => None,
            _ => item.new_value(column).ok().map(owned),
        });
        let change = match action {
            RowAction::SQLITE_INSERT => ChangeKind::Added,
            RowAction::SQLITE_DELETE => ChangeKind::Removed,
            _ => ChangeKind::Changed,
        };
        changes.push(RawChange {
            table: table.name,
            change,
            before: before.collect(),
            after: after.collect(),
        });
        Ok(())
    })?;
    Ok(changes)
}

/// Names of records, from the file or, where they are gone, from the changes themselves.
pub(super) struct Names<'conn> {
    conn: &'conn Connection,
    told: HashMap<RecordId, String>,
}

impl<'conn> Names<'conn> {
    /// Learns what the changes call their records.
    pub(super) fn new(conn: &'conn Connection, schema: &Schema, changes: &[RawChange]) -> Self {
        let mut told = HashMap::new();
        for change in changes {
            let Some(shape) = schema.table(change.table) else { continue };
            for column in ["name", "value", "key", "file_name"] {
                if let (Some(id), Some(Value::Text(name))) = (change.record(), change.named(shape, column)) {
                    told.entry(id).or_insert_with(|| name.clone());
                }
            }
        }
        Self { conn, told }
    }

    /// What a record of this table is called.
    pub(super) fn of(&self, table: &str, id: RecordId) -> Result<String, StoreError> {
        match rows::name_of(self.conn, table, id)? {
            Some(name) => Ok(name),
            None => Ok(self.told.get(&id).cloned().unwrap_or_default()),
        }
    }

    /// What a changed row is called: its own name, or those of the records it ties together.
    fn of_change(
        &self,
        schema: &Schema,
        shape: &TableShape,
        change: &RawChange,
    ) -> Result<String, StoreError> {
        if let (Some(id), 1) = (change.record(), shape.key.len()) {
            let name = self.of(shape.name, id)?;
            if !name.is_empty() {
                return Ok(name);
            }
        }
        let mut names = Vec::new();
        for reference in &shape.references {
            let to = schema.table(&reference.to).map_or("", |table| table.name);
            let tie = shape.columns[reference.column].as_str();
            if !matches!(tie, "partner_id" | "person_id" | "tag_id" | "patient_id") {
                continue;
            }
            if let Some(id) = id_in(change.value(reference.column)) {
                names.push(self.of(to, id)?);
            }
        }
        names.retain(|name| !name.is_empty());
        if let (true, Some(Value::Text(key))) = (names.is_empty(), change.value(0)) {
            names.push(key.clone());
        }
        Ok(names.join(", "))
    }
}

/// A changed row in words.
pub(super) fn in_words(
    names: &Names<'_>,
    schema: &Schema,
    change: &RawChange,
) -> Result<Option<RecordChange>, StoreError> {
    let Some(shape) = schema.table(change.table) else { return Ok(None) };
    let mut fields = Vec::new();
    for (position, column) in shape.columns.iter().enumerate() {
        if is_hidden(shape.name, column) {
            continue;
        }
        let side = |values: &[Option<Value>]| match values.get(position) {
            Some(Some(value)) => shown(names, shape, position, value),
            _ => Ok(None),
        };
        let (before, after) = (side(&change.before)?, side(&change.after)?);
        if before != after {
            fields.push(FieldChange { field: format!("{}.{column}", shape.name), before, after });
        }
    }
    if fields.is_empty() && change.change == ChangeKind::Changed {
        return Ok(None);
    }
    Ok(Some(RecordChange {
        kind: shape.name.to_owned(),
        record: if shape.key.len() == 1 { change.record() } else { None },
        name: names.of_change(schema, shape, change)?,
        change: change.change,
        fields,
    }))
}
