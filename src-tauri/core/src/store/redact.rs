//! Erasing content from history: what a record held is replaced wherever an entry tells it, that it changed stays told.
//!
//! The erasing is an entry itself. The hash of an erased entry stays, so that everything after it still follows; what is
//! left of it is sealed by the erasing entry, whose own hash covers the seals ([`super::chain`]).

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rusqlite::types::Value;
use rusqlite::{Connection, params};

use super::Store;
use super::action::{Actor, Label, Written};
use super::chain::{self, ChainKey};
use super::error::StoreError;
use super::recording::compressed;
use super::rewrite::{ChangedRow, rewrite};
use super::schema::Schema;
use super::undo::read_part;
use super::write::Tx;
use crate::foundation::id::RecordId;

/// What stands where content stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum With {
    /// Nothing.
    Null,
    /// An empty text.
    Empty,
    /// The token.
    Token,
    /// The token and the row's own number, where no two may be alike.
    OneOfAKind,
}

/// A column whose content goes.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its table.
    pub table: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What stands there instead.
    pub with: With,
}

/// What is erased.
#[derive(Clone, Debug, Default)]
pub struct Redaction {
    /// The records: table and id.
    pub records: Vec<(&'static str, RecordId)>,
    /// Rows that belong to such a record: their table, the column that refers to it, and the record's table.
    pub parts: &'static [(&'static str, &'static str, &'static str)],
    /// The columns whose content goes.
    pub columns: &'static [Column],
    /// What stands where a name stood.
    pub token: String,
}

impl Store {
    /// Runs `change` as one action and erases what it names from the history before it and from its own entry.
    /// Can't be taken back.
    ///
    /// # Errors
    /// What `change` returns, or those of the file; nothing is written then.
    pub fn redact<T, E: From<StoreError>>(
        &self,
        actor: &Actor,
        label: Label,
        change: impl FnOnce(&Tx<'_>) -> Result<(T, Redaction), E>,
    ) -> Result<Written<T>, E> {
        let written = self.write_with(actor, label, None, change, |conn, key, seq, (value, redaction)| {
            redact(conn, key, seq, &redaction)?;
            Ok(value)
        })?;
        // What was erased must not wait in the log or in an old part of an index. It is erased either way.
        self.unrecorded(|conn| {
            conn.execute_batch(
                "INSERT INTO network_search (network_search) VALUES ('optimize');
                 INSERT INTO patient_search (patient_search) VALUES ('optimize')",
            )?;
            Ok(())
        })?;
        self.checkpoint()?;
        Ok(written)
    }
}

/// Rows whose content goes, by table.
type Rows = HashMap<&'static str, HashSet<Vec<u8>>>;

fn redact(conn: &Connection, key: &ChainKey, by: i64, redaction: &Redaction) -> Result<(), StoreError> {
    let schema = Schema::read(conn)?;
    let parts: Vec<(i64, i64)> = conn
        .prepare("SELECT seq, part FROM history_part ORDER BY seq, part")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut found = Found::of(&schema, redaction);
    for (seq, part) in &parts {
        // Nothing is edited: the rows are only looked at.
        rewrite(&read_part(conn, *seq, *part)?, |row| {
            found.look(row);
            false
        })?;
    }
    let mut edited: BTreeMap<i64, Vec<(i64, Vec<u8>)>> = BTreeMap::new();
    for (seq, part) in parts {
        if let Some(changeset) = rewrite(&read_part(conn, seq, part)?, |row| found.blank(row))? {
            edited.entry(seq).or_default().push((part, compressed(&changeset)?));
        }
    }
    let subjects = subjects(conn, &found, by)?;
    let entries: BTreeSet<i64> =
        edited.keys().chain(subjects.keys()).copied().filter(|seq| *seq < by).collect();
    for seq in entries {
        let parts = edited.remove(&seq).unwrap_or_default();
        erase(conn, key, seq, by, parts, subjects.get(&seq))?;
    }
    // Its own parts are not sealed yet: they are written as if they had never told more.
    for (part, changeset) in edited.remove(&by).unwrap_or_default() {
        set_part(conn, by, part, &changeset)?;
    }
    Ok(())
}

/// Erases one entry before this one: the seal is made of what it will be, so that the row that allows it goes first.
fn erase(
    conn: &Connection,
    key: &ChainKey,
    seq: i64,
    by: i64,
    parts: Vec<(i64, Vec<u8>)>,
    subject: Option<&String>,
) -> Result<(), StoreError> {
    let before = chain::hash_of(conn, seq - 1)?;
    let was = chain::computed(conn, key, seq, &before)?;
    // The seal is not known until the content stands; SQLite checks the row that allows it, not what it says.
    let savepoint = "SAVEPOINT erasing";
    conn.execute_batch(savepoint)?;
    let allow = "INSERT INTO history_redaction (seq, by_seq, was, seal) VALUES (?1, ?2, ?3, ?4)";
    let apply = || -> Result<(), StoreError> {
        for (part, changeset) in &parts {
            set_part(conn, seq, *part, changeset)?;
        }
        if let Some(subject) = subject {
            conn.prepare_cached("UPDATE history SET subject = ?2 WHERE seq = ?1")?
                .execute(params![seq, subject])?;
        }
        Ok(())
    };
    conn.prepare_cached(allow)?.execute(params![seq, by, was, Vec::<u8>::new()])?;
    apply()?;
    let seal = chain::computed(conn, key, seq, &before)?;
    conn.execute_batch("ROLLBACK TO erasing")?;
    conn.prepare_cached(allow)?.execute(params![seq, by, was, seal])?;
    apply()?;
    conn.execute_batch("RELEASE erasing")?;
    Ok(())
}

fn set_part(conn: &Connection, seq: i64, part: i64, changeset: &[u8]) -> Result<(), StoreError> {
    conn.prepare_cached("UPDATE history_part SET changeset = ?3 WHERE seq = ?1 AND part = ?2")?
        .execute(params![seq, part, changeset])?;
    Ok(())
}

/// What history tells of the records.
struct Found<'a> {
    rows: Rows,
    /// Column positions by table.
    columns: HashMap<&'static str, Vec<(usize, With)>>,
    naming: HashMap<&'static str, Vec<usize>>,
    parts: Vec<(&'static str, usize, &'static str)>,
    /// Every name and number a record ever had.
    words: BTreeSet<String>,
    redaction: &'a Redaction,
}

/// Columns that hold what subjects of entries name a record by.
const NAMING: [&str; 2] = ["name", "chart_number"];

impl<'a> Found<'a> {
    fn of(schema: &Schema, redaction: &'a Redaction) -> Self {
        let place = |table: &str, name: &str| {
            schema.table(table).and_then(|shape| shape.columns.iter().position(|column| column == name))
        };
        let mut columns: HashMap<&'static str, Vec<(usize, With)>> = HashMap::new();
        let mut naming: HashMap<&'static str, Vec<usize>> = HashMap::new();
        for column in redaction.columns {
            let Some(position) = place(column.table, column.name) else { continue };
            columns.entry(column.table).or_default().push((position, column.with));
            if NAMING.contains(&column.name) {
                naming.entry(column.table).or_default().push(position);
            }
        }
        let parts = redaction.parts.iter();
        let parts =
            parts.filter_map(|(table, column, of)| Some((*table, place(table, column)?, *of))).collect();
        let mut rows = Rows::new();
        for (table, id) in &redaction.records {
            rows.entry(*table).or_default().insert(id.bytes().to_vec());
        }
        Self { rows, columns, naming, parts, words: BTreeSet::new(), redaction }
    }

    fn has(&self, table: &str, id: &[u8]) -> bool {
        self.rows.get(table).is_some_and(|ids| ids.contains(id))
    }

    /// Learns which rows belong to the records, and what the records were called.
    fn look(&mut self, row: &ChangedRow) {
        let Some(id) = row.id().map(<[u8]>::to_vec) else { return };
        let belongs = self.parts.iter().find(|(table, column, of)| {
            let owned = |value: &Value| matches!(value, Value::Blob(owner) if self.has(of, owner));
            row.table == *table && row.values(*column).any(owned)
        });
        if let Some((table, _, _)) = belongs.copied() {
            self.rows.entry(table).or_default().insert(id.clone());
        }
        if !self.has(&row.table, &id) {
            return;
        }
        for column in self.naming.get(row.table.as_str()).into_iter().flatten() {
            for value in row.values(*column) {
                match value {
                    Value::Text(word) if word.chars().count() > 1 && *word != self.redaction.token => {
                        self.words.insert(word.clone());
                    }
                    _ => {}
                }
            }
        }
    }

    /// Replaces the content of a row that is to go. Whether it was one.
    fn blank(&self, row: &mut ChangedRow) -> bool {
        let Some(id) = row.id().map(<[u8]>::to_vec) else { return false };
        if !self.has(&row.table, &id) {
            return false;
        }
        let Some(columns) = self.columns.get(row.table.as_str()) else { return false };
        let mut blanked = false;
        for (column, with) in columns {
            for side in [&mut row.old, &mut row.new] {
                let Some(Some(value)) = side.get_mut(*column) else { continue };
                if row.keys.get(*column) == Some(&true) || *value == Value::Null {
                    continue;
                }
                let instead = self.instead(*with, &id);
                blanked |= *value != instead;
                *value = instead;
            }
        }
        blanked
    }

    fn instead(&self, with: With, id: &[u8]) -> Value {
        let token = &self.redaction.token;
        match with {
            With::Null => Value::Null,
            With::Empty => Value::Text(String::new()),
            With::Token => Value::Text(token.clone()),
            With::OneOfAKind => {
                let own: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
                Value::Text(format!("{token} {own}"))
            }
        }
    }
}

/// Subjects of entries that name a record, without the name. Entries that touched it, and what was put on record of it.
fn subjects(conn: &Connection, found: &Found<'_>, by: i64) -> Result<BTreeMap<i64, String>, StoreError> {
    let mut told: BTreeMap<i64, String> = BTreeMap::new();
    let mut keep = |seq: i64, subject: String| {
        let mut words: Vec<&String> = found.words.iter().filter(|word| subject.contains(*word)).collect();
        // The longest first: a name may be part of another.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        if words.is_empty() {
            return;
        }
        let without = words.iter().fold(subject, |text, word| text.replace(*word, &found.redaction.token));
        told.insert(seq, without);
    };
    let mut touched = conn.prepare(
        "SELECT seq, subject FROM history WHERE seq IN (SELECT seq FROM history_touch WHERE record_id = ?1) AND seq < ?2",
    )?;
    for ids in found.rows.values() {
        for id in ids {
            let mut rows = touched.query(params![id, by])?;
            while let Some(row) = rows.next()? {
                keep(row.get(0)?, row.get(1)?);
            }
        }
    }
    let mut notes = conn.prepare("SELECT seq, subject FROM history WHERE cause = 'note' AND seq < ?1")?;
    let mut rows = notes.query([by])?;
    while let Some(row) = rows.next()? {
        keep(row.get(0)?, row.get(1)?);
    }
    Ok(told)
}
