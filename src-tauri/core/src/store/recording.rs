//! Recording one change: the session's changesets, part by part, and the records they touch.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::Read;
use std::thread::JoinHandle;

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
    /// The newest part, while it is compressed beside the work that goes on.
    squeezed: Option<JoinHandle<Result<Vec<u8>, StoreError>>>,
    /// Rows may stand in the file that no part tells of.
    failed: bool,
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
        self.rest()?;
        *self.session.borrow_mut() = Some(session(self.conn)?);
        Ok(())
    }

    /// Does `work` unheard: it keeps what it changes with [`Self::keep`]. If it fails, nothing of the whole write stays,
    /// whatever the room makes of the error.
    pub(super) fn unheard<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        self.rest()?;
        let done = work();
        self.state.borrow_mut().failed |= done.is_err();
        *self.session.borrow_mut() = Some(session(self.conn)?);
        done
    }

    /// Writes what was recorded so far and stops listening.
    fn rest(&self) -> Result<(), StoreError> {
        let Some(mut finished) = self.session.borrow_mut().take() else { return Ok(()) };
        if finished.is_empty() {
            return Ok(());
        }
        let mut changeset = Vec::new();
        finished.changeset_strm(&mut changeset)?;
        drop(finished);
        if changeset.is_empty() {
            return Ok(());
        }
        let mut touched = Vec::new();
        let mut tables = BTreeSet::new();
        each_change(&changeset, |table, item, action| {
            tables.insert((table.name, table.room));
            owners(self.conn, table, item, action, &mut touched)
        })?;
        // A changeset's rows come in no order; touches are written in that of their index.
        touched.sort_unstable();
        touched.dedup();
        self.keep(changeset, &tables, &touched)
    }

    pub(super) fn finish(self) -> Result<Recorded, StoreError> {
        self.rest()?;
        self.settle()?;
        let state = self.state.into_inner();
        if state.failed {
            return Err(StoreError::Database("rows were written that were not recorded".into()));
        }
        Ok(Recorded {
            parts: state.parts,
            rooms: state.rooms,
            tables: state.tables,
            records: state.records,
            touched: state.touched.unwrap_or_default(),
        })
    }

    /// Keeps a changeset as the next part. `touched` are the records its rows belong to, in order.
    pub(super) fn keep(
        &self,
        changeset: Vec<u8>,
        tables: &BTreeSet<(&'static str, Room)>,
        touched: &[RecordId],
    ) -> Result<(), StoreError> {
        self.settle()?;
        let part = self.state.borrow().parts;
        self.touch(touched, part)?;
        let mut state = self.state.borrow_mut();
        state.rooms.extend(tables.iter().map(|(_, room)| *room));
        state.tables.extend(tables);
        state.records += i64::try_from(touched.len()).unwrap_or(0);
        if let Some(all) = &mut state.touched {
            all.extend(touched);
        }
        state.parts += 1;
        // Compressing a large part takes as long as writing some of it: the next one need not wait.
        if changeset.len() >= WORTH_A_THREAD {
            let squeezed = std::thread::Builder::new().spawn(move || compressed(&changeset));
            state.squeezed = Some(squeezed.map_err(|e| failed(&e))?);
            return Ok(());
        }
        drop(state);
        self.write_part(part, &compressed(&changeset)?)
    }

    /// Writes the part that was being compressed.
    fn settle(&self) -> Result<(), StoreError> {
        let (squeezed, part) = {
            let mut state = self.state.borrow_mut();
            (state.squeezed.take(), state.parts - 1)
        };
        let Some(squeezed) = squeezed else { return Ok(()) };
        let squeezed =
            squeezed.join().map_err(|_| StoreError::Database("compressing came to nothing".into()))?;
        self.write_part(part, &squeezed?)
    }

    fn write_part(&self, part: i64, compressed: &[u8]) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("INSERT INTO history_part (seq, part, changeset) VALUES (?1, ?2, ?3)")?
            .execute(params![self.seq, part, compressed])?;
        point::reach("part kept");
        Ok(())
    }

    fn touch(&self, touched: &[RecordId], part: i64) -> Result<(), StoreError> {
        let mut left = touched;
        while !left.is_empty() {
            // 128, 64, 32 … rows with one statement: few texts, which stay prepared.
            let (some, rest) = left.split_at(1 << left.len().min(TOUCHES).ilog2());
            left = rest;
            let rows = vec!["(?1, ?2, ?)"; some.len()].join(", ");
            let sql = format!("INSERT INTO history_touch (seq, part, record_id) VALUES {rows}");
            let mut touch = self.conn.prepare_cached(&sql)?;
            touch.raw_bind_parameter(1, self.seq)?;
            touch.raw_bind_parameter(2, part)?;
            for (at, record) in (3..).zip(some) {
                touch.raw_bind_parameter(at, record)?;
            }
            touch.raw_execute()?;
        }
        Ok(())
    }
}

/// How many touches go with one statement.
const TOUCHES: usize = 128;

/// From how many bytes on a part is compressed beside the work that goes on.
const WORTH_A_THREAD: usize = 1 << 18;

/// A changeset as history keeps it.
pub(super) fn compressed(changeset: &[u8]) -> Result<Vec<u8>, StoreError> {
    zstd::bulk::compress(changeset, LEVEL).map_err(|e| failed(&e))
}

fn failed(error: &std::io::Error) -> StoreError {
    StoreError::Database(format!("compressing: {}", error.kind()))
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
