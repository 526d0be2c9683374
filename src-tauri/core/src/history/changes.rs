//! Reading changesets back: which rows an entry changed, from what to what, in words.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;
use rusqlite::hooks::Action as RowAction;
use rusqlite::types::Value;

use super::fields::{is_hidden, shown};
use super::rows;
use super::types::{ChangeKind, FieldChange, RecordChange, Shown};
use crate::foundation::id::RecordId;
use crate::network::is_patient;
use crate::store::StoreError;
use crate::store::apply::owned;
use crate::store::recording::each_change;
use crate::store::schema::{Schema, TableShape};
use crate::store::tables::source_table;
use crate::store::undo::read_part;
use crate::vault::{Hidden, patient_token};

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

/// Names of records, from the file or, where they are gone, from the changes themselves; tokens for patients who are not
/// seen.
pub(super) struct Names<'conn> {
    conn: &'conn Connection,
    told: HashMap<RecordId, String>,
    hidden: Hidden,
    /// Patients the changes tell of, who may be gone from the file.
    patients: HashSet<RecordId>,
    /// Partners the changes tell of who are none.
    others: HashSet<RecordId>,
    /// Whose row it is, of rows the changes tell of.
    owned: HashMap<RecordId, Vec<RecordId>>,
}

/// Columns that say whose row it is.
const OWNERS: &[&str] =
    &["partner_id", "person_id", "patient_id", "individual_id", "one_id", "other_id", "referral_id"];

/// Whose row a changed row is, for those who don't see patients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// A patient's.
    Patient(RecordId),
    /// Of somebody who is gone: may have been a patient.
    Unknown,
    /// Anybody else's.
    Seen,
}

impl<'conn> Names<'conn> {
    /// Learns what the changes call their records.
    pub(super) fn new(
        conn: &'conn Connection,
        schema: &Schema,
        changes: &[RawChange],
        hidden: Hidden,
    ) -> Self {
        let mut names = Self {
            conn,
            told: HashMap::new(),
            hidden,
            patients: HashSet::new(),
            others: HashSet::new(),
            owned: HashMap::new(),
        };
        for change in changes {
            let (Some(shape), Some(id)) = (schema.table(change.table), change.record()) else { continue };
            for column in ["name", "value", "key", "file_name"] {
                if let Some(Value::Text(name)) = change.named(shape, column) {
                    names.told.entry(id).or_insert_with(|| name.clone());
                }
            }
            if hidden.patients {
                names.learn_patients(shape, change, id);
            }
        }
        names
    }

    fn learn_patients(&mut self, shape: &TableShape, change: &RawChange, id: RecordId) {
        let owners = || OWNERS.iter().filter_map(|column| id_in(change.named(shape, column)));
        let class = |values: &[Option<Value>]| {
            let at = shape.columns.iter().position(|column| column == "class");
            let value = at.and_then(|at| values.get(at).cloned().flatten());
            matches!(value, Some(Value::Text(class)) if class == "patient")
        };
        self.owned.entry(id).or_default().extend(owners());
        if shape.name == "patient" {
            self.patients.insert(id);
        } else if shape.name == "partner" && (class(&change.before) || class(&change.after)) {
            self.patients.insert(id);
            self.patients.extend(owners());
        } else if shape.name == "partner" && change.named(shape, "class").is_some() {
            self.others.insert(id);
            self.others.extend(owners());
        }
    }

    /// Whether this is a patient, a partner who is one, or the person such a partner is.
    fn is_patient(&self, id: RecordId) -> Result<bool, StoreError> {
        Ok(self.patients.contains(&id) || rows::is_patient(self.conn, id)? || is_patient(self.conn, id)?)
    }

    /// The patient a row belongs to: itself, or whose row it is.
    fn patient_of(&self, table: &str, id: RecordId) -> Result<Option<RecordId>, StoreError> {
        let mut around = vec![id];
        around.extend(self.owned.get(&id).into_iter().flatten());
        let owners = match table {
            "alias" => Some(rows::OWNERS_OF_ALIAS),
            "task" => Some(rows::OWNERS_OF_TASK),
            "touch" => Some(rows::OWNERS_OF_TOUCH),
            table => source_table(table).and_then(|table| table.owners_by_key),
        };
        if let Some(sql) = owners {
            let mut statement = self.conn.prepare_cached(sql)?;
            let mut found = statement.query([id])?;
            if let Some(row) = found.next()? {
                around.extend(row.get::<_, Option<RecordId>>(0)?);
                around.extend(row.get::<_, Option<RecordId>>(1)?);
            }
        }
        if table == "referral" || rows::REFERRAL_PARTS.contains(&table) {
            for referral in around.clone() {
                around.extend(rows::patient_of(self.conn, referral)?);
            }
        }
        if table.starts_with("reward") {
            for reward in around.clone() {
                around.extend(rows::recipients_of(self.conn, reward)?);
            }
        }
        for id in around {
            if self.is_patient(id)? {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// Whose row a changed row is.
    pub(super) fn whose(&self, schema: &Schema, change: &RawChange) -> Result<Whose, StoreError> {
        let Some(shape) = schema.table(change.table) else { return Ok(Whose::Unknown) };
        let mut whose = Whose::Seen;
        if let Some(id) = change.record() {
            if let Some(patient) = self.patient_of(change.table, id)? {
                return Ok(Whose::Patient(patient));
            }
            if !self.is_known(change.table, id)? {
                whose = Whose::Unknown;
            }
        }
        for column in OWNERS {
            let Some(owner) = id_in(change.named(shape, column)) else { continue };
            if self.is_patient(owner)? {
                return Ok(Whose::Patient(owner));
            }
            let known = match *column {
                "partner_id" => self.is_known("partner", owner)?,
                "person_id" | "individual_id" => self.is_known("person", owner)?,
                _ => true,
            };
            if !known {
                whose = Whose::Unknown;
            }
        }
        Ok(whose)
    }

    /// Whether it can be told that a row is no patient's: it is on record, or the changes tell whose it was.
    fn is_known(&self, table: &str, id: RecordId) -> Result<bool, StoreError> {
        let told = match table {
            "partner" | "person" => self.others.contains(&id),
            "contact_point" | "address" | "affiliation" | "alias" => {
                self.owned.get(&id).is_some_and(|owners| !owners.is_empty())
            }
            table => !rows::REFERRAL_PARTS.contains(&table),
        };
        Ok(told || rows::name_of(self.conn, table, id)?.is_some())
    }

    /// Whether a row belongs, or may belong, to a patient who is not seen. A referral does, but is told all the same.
    pub(super) fn belongs_to_patient(&self, table: &str, id: RecordId) -> Result<bool, StoreError> {
        Ok(self.hidden.patients
            && table != "referral"
            && (self.patient_of(table, id)?.is_some() || !self.is_known(table, id)?))
    }

    /// A value as it may be read. Of a patient who is not seen nothing is told that was written about them; a note of a
    /// referral may name anybody.
    pub(super) fn as_seen(
        &self,
        shape: &TableShape,
        position: usize,
        of_patient: bool,
        shown: Shown,
    ) -> Shown {
        let column = shape.columns[position].as_str();
        let hide = match (shape.name, column) {
            ("referral", "reason" | "diagnosis_group") => self.hidden.reason,
            ("referral", "note" | "trash_reason") => self.hidden.patients,
            ("hand_out", "problem") | ("inquiry", "question") => self.hidden.reason || self.hidden.patients,
            (_, column) if column.ends_with("_cents") => self.hidden.money,
            _ => of_patient && !matches!(shown, Shown::Code(_) | Shown::YesNo(_) | Shown::Instant(_)),
        };
        if hide { Shown::Hidden } else { shown }
    }

    /// What a record of this table is called.
    pub(super) fn of(&self, table: &str, id: RecordId) -> Result<String, StoreError> {
        if self.hidden.patients {
            if let Some(patient) = self.patient_of(table, id)? {
                return Ok(patient_token(patient));
            }
            if table == "referral" {
                return Ok(patient_token(id));
            }
            if rows::name_of(self.conn, table, id)?.is_none() && !self.others.contains(&id) {
                // Gone, and nothing says that it was no patient.
                return Ok(String::new());
            }
        }
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
    let of_patient =
        names.hidden.patients && shape.name != "referral" && names.whose(schema, change)? != Whose::Seen;
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
            let seen =
                |told: Option<Shown>| told.map(|told| names.as_seen(shape, position, of_patient, told));
            let field = format!("{}.{column}", shape.name);
            fields.push(FieldChange { field, before: seen(before), after: seen(after) });
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
