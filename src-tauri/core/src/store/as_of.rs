//! The practice as it was: a copy of the file in which every later entry is taken back, opened to be looked at only.
//!
//! Nothing is kept twice for this: history tells what was there. Definitions (measures, rules, words) are today's.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use rusqlite::hooks::Action as RowAction;
use rusqlite::session::invert_strm;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::apply::{Change, TOGETHER, delete_row, delete_untouched, insert_row, read, unique, update_row};
use super::error::StoreError;
use super::schema::{Schema, TableShape};
use super::undo::read_part;
use super::{DbKey, Opening, Store, open};

impl Store {
    /// The newest entry made up to an instant (UTC milliseconds); `None` if there is none. What was written after a
    /// clock had jumped ahead counts as made when the entries around it were.
    ///
    /// # Errors
    /// Those of the file.
    pub fn entry_until(&self, instant: i64) -> Result<Option<i64>, StoreError> {
        self.read(|conn| {
            let mut statement = conn.prepare_cached("SELECT max(seq) FROM history WHERE at <= ?1")?;
            Ok(statement.query_row([instant], |row| row.get(0))?)
        })
    }

    /// When an entry was made, UTC milliseconds.
    ///
    /// # Errors
    /// [`StoreError::Missing`]; those of the file.
    pub fn entry_at(&self, seq: i64) -> Result<i64, StoreError> {
        self.read(|conn| {
            let mut statement = conn.prepare_cached("SELECT at FROM history WHERE seq = ?1")?;
            Ok(statement.query_row([seq], |row| row.get(0))?)
        })
    }

    /// Opens a copy at `target` (which must not exist) as the practice was right after entry `seq`. `tell` is called
    /// with (done, total) and ends the work by `Break`; the caller removes the copy in any case.
    ///
    /// # Errors
    /// [`StoreError::Cancelled`], [`StoreError::BrokenHistory`]; those of the disk.
    pub fn as_of(
        &self,
        target: &Path,
        opening: Opening,
        seq: i64,
        tell: &mut dyn FnMut(u32, u32) -> ControlFlow<()>,
    ) -> Result<Arc<Self>, StoreError> {
        self.copy_to(target, &opening.key, &mut |_, _| tell(0, 0))?;
        rewind(target, &opening.key, seq, tell)?;
        Self::open_to_look(target, opening)
    }
}

fn rewind(
    copy: &Path,
    key: &DbKey,
    to: i64,
    tell: &mut dyn FnMut(u32, u32) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    let conn = open::connect(copy, key, open::Purpose::Write, false)?;
    // The copy is thrown away if anything goes wrong: nothing has to survive a crash, and each step is an exact inverse.
    conn.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF")?;
    let work = Transaction::new_unchecked(&conn, TransactionBehavior::Immediate)?;
    let schema = Schema::read(&conn)?;
    let mut kept = conn.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name NOT LIKE 'history%' AND tbl_name <> 'audit'
         AND (name LIKE '%\\_is\\_kept' ESCAPE '\\' OR name LIKE '%\\_is\\_append\\_only' ESCAPE '\\')",
    )?;
    let kept: Vec<String> = kept.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for trigger in kept {
        // What is never taken out of the practice was not there yet on an earlier day.
        conn.execute_batch(&format!("DROP TRIGGER {trigger}"))?;
    }
    let parts: Vec<(i64, i64)> = conn
        .prepare("SELECT seq, part FROM history_part WHERE seq > ?1 ORDER BY seq DESC, part DESC")?
        .query_map([to], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let total = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    for (done, (seq, part)) in (0..).zip(parts) {
        if tell(done, total).is_break() {
            return Err(StoreError::Cancelled);
        }
        let changeset = read_part(&conn, seq, part)?;
        let mut inverted = Vec::with_capacity(changeset.len());
        invert_strm(&mut changeset.as_slice(), &mut inverted)?;
        put_back(&conn, &schema, &inverted, seq)?;
    }
    forget_what_came_later(&conn, to)?;
    let broken: i64 =
        conn.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
    if broken > 0 {
        return Err(StoreError::BrokenHistory(to));
    }
    work.commit()?;
    // Whoever is told to stop after the last step stops too.
    if tell(total, total).is_break() { Err(StoreError::Cancelled) } else { Ok(()) }
}

/// Applies an exact inverse. Rows that block each other (a name that changed hands) are tried again.
fn put_back(conn: &Connection, schema: &Schema, inverted: &[u8], seq: i64) -> Result<(), StoreError> {
    let changes = read(schema, inverted)?;
    let mut waiting: Vec<&Change> = Vec::with_capacity(changes.len());
    for alike in changes.chunk_by(|one, next| one.table == next.table && one.action == next.action) {
        for some in alike.chunks(TOGETHER) {
            let gone = match schema.table(some[0].table) {
                Some(shape) if some[0].action == RowAction::SQLITE_DELETE && shape.key.len() == 1 => {
                    delete_untouched(conn, shape, some)?
                }
                _ => false,
            };
            if !gone {
                waiting.extend(some);
            }
        }
    }
    while !waiting.is_empty() {
        let before = waiting.len();
        let mut blocked = Vec::new();
        for change in waiting {
            let Some(shape) = schema.table(change.table) else { continue };
            if !exactly(conn, shape, change)? {
                blocked.push(change);
            }
        }
        if blocked.len() == before {
            return Err(StoreError::BrokenHistory(seq));
        }
        waiting = blocked;
    }
    Ok(())
}

/// Whether the one row this is about was put back.
fn exactly(conn: &Connection, shape: &TableShape, change: &Change) -> Result<bool, StoreError> {
    let rows = match change.action {
        RowAction::SQLITE_INSERT => unique(insert_row(conn, shape, &change.after))?,
        RowAction::SQLITE_DELETE => Some(delete_row(conn, shape, &change.key, &[])?),
        _ => unique(update_row(conn, shape, &change.key, &change.after, &[]))?,
    };
    Ok(rows == Some(1))
}

/// History and log of the copy end at the entry, and what was taken back by then is what is taken back in it. Drafts are of today.
fn forget_what_came_later(conn: &Connection, to: i64) -> Result<(), StoreError> {
    conn.execute_batch(
        "DROP TRIGGER history_is_kept; DROP TRIGGER history_part_is_kept; DROP TRIGGER history_redaction_is_kept;
         DROP TRIGGER audit_is_kept;
         DELETE FROM history_undone; DELETE FROM draft; DELETE FROM standing_day",
    )?;
    for table in ["history_part", "history_touch", "history", "audit"] {
        conn.execute(&format!("DELETE FROM {table} WHERE seq > ?1"), [to])?;
    }
    conn.execute("DELETE FROM history_redaction WHERE seq > ?1 OR by_seq > ?1", [to])?;
    let taken: Vec<(i64, i64)> = conn
        .prepare("SELECT seq, undoes FROM history WHERE undoes IS NOT NULL ORDER BY seq")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let undoes: BTreeMap<i64, i64> = taken.iter().copied().collect();
    let mut undone = BTreeMap::new();
    for (by, of) in taken {
        // Taking back what took something back brings that back.
        if let Some(brought_back) = undoes.get(&of) {
            undone.remove(brought_back);
        }
        undone.insert(of, by);
    }
    let mut keep = conn.prepare("INSERT INTO history_undone (seq, by_seq) VALUES (?1, ?2)")?;
    for (seq, by) in undone {
        keep.execute([seq, by])?;
    }
    Ok(())
}
