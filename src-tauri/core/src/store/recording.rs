//! Recording one change: the session's changesets, part by part, and the records they touch.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::Read;

use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::hooks::Action as RowAction;
use rusqlite::session::{ChangesetItem, ChangesetIter, Session};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};

use super::error::StoreError;
use super::tables::{Room, SOURCE_TABLES, SourceTable, source_table};
use crate::foundation::id::RecordId;
use crate::foundation::point;

/// zstd level: 3 keeps an import's changeset at about a fifth for little time.
const LEVEL: i32 = 3;

/// The running recording of one write.
pub(super) struct Recording<'conn> {
    conn: &'conn Connection,
    seq: i64,
    session: RefCell<Option<Session<'conn>>>,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    parts: i64,
    rooms: BTreeSet<Room>,
    tables: BTreeSet<(&'static str, Room)>,
    records: i64,
    /// Every record, for whoever asks.
    touched: Option<BTreeSet<RecordId>>,
}

/// What was recorded.
pub(super) struct Recorded {
    pub(super) parts: i64,
    pub(super) rooms: BTreeSet<Room>,
    pub(super) tables: BTreeSet<(&'static str, Room)>,
    pub(super) records: i64,
    /// Every record, if it was asked for.
    pub(super) touched: BTreeSet<RecordId>,
}

impl<'conn> Recording<'conn> {
    /// `by_record`: whether every record it touches is remembered.
    pub(super) fn start(conn: &'conn Connection, seq: i64, by_record: bool) -> Result<Self, StoreError> {
        let state = State { touched: by_record.then(BTreeSet::new), ..State::default() };
        Ok(Self { conn, seq, session: RefCell::new(Some(session(conn)?)), state: RefCell::new(state) })
    }

    /// Writes what was recorded so far as one part and starts the next, so that memory stays flat in long work.
    pub(super) fn flush(&self) -> Result<(), StoreError> {
        let Some(mut finished) = self.session.borrow_mut().take() else { return Ok(()) };
        if !finished.is_empty() {
            let mut changeset = Vec::new();
            finished.changeset_strm(&mut changeset)?;
            drop(finished);
            if !changeset.is_empty() {
                self.keep(&changeset)?;
            }
        } else {
            drop(finished);
        }
        *self.session.borrow_mut() = Some(session(self.conn)?);
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Recorded, StoreError> {
        self.flush()?;
        drop(self.session.into_inner());
        let state = self.state.into_inner();
        Ok(Recorded {
            parts: state.parts,
            rooms: state.rooms,
            tables: state.tables,
            records: state.records,
            touched: state.touched.unwrap_or_default(),
        })
    }

    fn keep(&self, changeset: &[u8]) -> Result<(), StoreError> {
        let mut state = self.state.borrow_mut();
        let compressed = compressed(changeset)?;
        let part = state.parts;
        self.conn
            .prepare_cached("INSERT INTO history_part (seq, part, changeset) VALUES (?1, ?2, ?3)")?
            .execute(params![self.seq, part, compressed])?;
        // A changeset's rows come in no order; touches are written in that of their index.
        let mut touched = Vec::new();
        each_change(changeset, |table, item, action| {
            state.rooms.insert(table.room);
            state.tables.insert((table.name, table.room));
            owners(self.conn, table, item, action, &mut touched)
        })?;
        touched.sort_unstable();
        touched.dedup();
        let mut touch = self
            .conn
            .prepare_cached("INSERT INTO history_touch (record_id, seq, part) VALUES (?1, ?2, ?3)")?;
        for record in &touched {
            touch.execute(params![record, self.seq, part])?;
        }
        state.records += i64::try_from(touched.len()).unwrap_or(0);
        if let Some(all) = &mut state.touched {
            all.extend(touched);
        }
        state.parts += 1;
        point::reach("part kept");
        Ok(())
    }
}

/// A changeset as history keeps it.
pub(super) fn compressed(changeset: &[u8]) -> Result<Vec<u8>, StoreError> {
    zstd::bulk::compress(changeset, LEVEL)
        .map_err(|e| StoreError::Database(format!("compressing: {}", e.kind())))
}

fn session(conn: &Connection) -> Result<Session<'_>, StoreError> {
    let mut session = Session::new(conn)?;
    for table in SOURCE_TABLES {
        session.attach(Some(table.name))?;
    }
    Ok(session)
}

/// Calls `visit` for every row of a changeset.
pub(crate) fn each_change(
    changeset: &[u8],
    mut visit: impl FnMut(&'static SourceTable, &ChangesetItem, RowAction) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut bytes = changeset;
    let input: &mut dyn Read = &mut bytes;
    let mut changes = ChangesetIter::start_strm(&input)?;
    while let Some(item) = changes.next()? {
        let (table, action) = {
            let operation = item.op()?;
            (source_table(operation.table_name()), operation.code())
        };
        if let Some(table) = table {
            visit(table, item, action)?;
        }
    }
    Ok(())
}

/// Adds the records a changed row belongs to.
fn owners(
    conn: &Connection,
    table: &SourceTable,
    item: &ChangesetItem,
    action: RowAction,
    records: &mut Vec<RecordId>,
) -> Result<(), StoreError> {
    if action == RowAction::SQLITE_UPDATE
        && let Some(by_key) = table.owners_by_key
    {
        let ValueRef::Blob(key) = item.old_value(0)? else { return Ok(()) };
        let found = conn.prepare_cached(by_key)?.query_row([key], |row| {
            Ok([row.get::<_, Option<RecordId>>(0)?, row.get::<_, Option<RecordId>>(1)?])
        })?;
        records.extend(found.into_iter().flatten());
        return Ok(());
    }
    for column in table.owners {
        let value = if action == RowAction::SQLITE_INSERT {
            item.new_value(*column)?
        } else {
            item.old_value(*column)?
        };
        if let ValueRef::Blob(bytes) = value {
            records.extend(RecordId::from_slice(bytes));
        }
    }
    Ok(())
}
