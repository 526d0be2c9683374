//! The encrypted file: one writer, several readers, and one function through which everything is changed.
//!
//! What the practice says (source tables) is recorded by a SQLite session while it is written; the changeset is
//! the audit trail, the undo and the restore at once. What follows from it (search, counts, standing) is derived.
//! Rooms bring their SQL; only this module knows how the file is opened, written and closed.

mod action;
mod append;
pub(crate) mod apply;
mod as_of;
mod chain;
mod changeset;
mod checkpoints;
mod closing;
mod copy;
mod derived;
mod error;
mod events;
mod expected;
#[cfg(any(test, feature = "testing"))]
mod for_tests;
mod key;
pub(crate) mod lens;
mod migrate;
mod moment;
mod open;
mod outside;
mod past;
mod permission;
mod raw;
mod readers;
pub(crate) mod recording;
mod redact;
mod references;
mod rekey;
mod remembered;
mod rewrite;
pub(crate) mod schema;
pub(crate) mod tables;
#[cfg(test)]
mod tests;
mod trouble;
mod trust;
pub(crate) mod undo;
mod verify;
mod withdraw;
mod write;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use chrono::NaiveDate;
use chrono_tz::Tz;
use rusqlite::Connection;

pub use action::{Actor, Cause, Entry, Label, Written};
pub use append::{Into, Values};
pub use chain::{Break, ChainKey, Examined, Head};
pub use copy::{Contents, Progress};
pub use error::StoreError;
pub(crate) use events::Unwritten;
pub use events::{Event, Outcome};
pub use key::DbKey;
pub use lens::Lens;
pub use past::PastEntry;
pub use permission::{Permission, Permit};
pub use redact::{Column, Redaction, With};
pub use tables::Room;
pub use undo::{Conflict, FieldConflict, OnConflict, UndoObstacle, Undone};
pub use write::Tx;

use crate::foundation::clock::Clock;
use crate::foundation::id::RecordId;
use crate::foundation::point;
use checkpoints::Checkpoints;
use closing::stop_when_closing;
use events::Waiting;
use open::Purpose;
use readers::Readers;
use remembered::Remembered;
use trust::Trust;

/// Computes what triggers can't (e.g. standing of partners) for the rows marked stale, before a write commits.
pub type Settle = fn(&Connection, NaiveDate) -> Result<(), StoreError>;

/// What a write announces.
#[derive(Clone, Debug)]
pub struct Changed {
    /// Rooms whose data changed.
    pub rooms: Vec<Room>,
    /// The entry it left.
    pub entry: Option<Entry>,
}

type Listener = Box<dyn Fn(&Changed) + Send + Sync>;

/// What opening needs beside the path.
pub struct Opening {
    /// The database key.
    pub key: DbKey,
    /// The key of the history chain.
    pub chain_key: ChainKey,
    /// This machine, as history names it.
    pub device: RecordId,
    /// The clock.
    pub clock: Clock,
    /// The rule that settles derived rows.
    pub settle: Settle,
    /// The rule that says who may change what.
    pub permit: Permit,
}

/// The open practice file.
pub struct Store {
    path: PathBuf,
    /// To open another connection in place of a shaken one; wiped when the file is closed.
    key: RwLock<Option<DbKey>>,
    writer: Mutex<Option<Connection>>,
    /// The writer met a failure that may have left it unusable: the next to write gets another.
    shaken: AtomicBool,
    readers: Readers,
    remembered: Remembered,
    closing: Arc<AtomicBool>,
    chain_key: ChainKey,
    device: RecordId,
    clock: Clock,
    zone: RwLock<Tz>,
    settle: Settle,
    permit: Permit,
    listeners: RwLock<Vec<Listener>>,
    checkpoints: Arc<Checkpoints>,
    /// Copies that are being made.
    copying: AtomicUsize,
    use_: Use,
    waiting: Arc<Waiting>,
    trust: Trust,
}

/// What a file is open for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    /// To work in.
    Work,
    /// To be looked at: a copy that shows an earlier day.
    LookBack,
    /// To be looked at: nothing can be written where it lies, and nothing is tried.
    Unwritable,
}

/// How many readers there are.
const READERS: usize = 4;

impl Store {
    /// Makes a new file. Refuses one that exists.
    ///
    /// # Errors
    /// [`StoreError::Foreign`] if there is a file already, or what opening says.
    pub fn create(path: &Path, opening: Opening) -> Result<Arc<Self>, StoreError> {
        if path.exists() {
            return Err(StoreError::Foreign);
        }
        Self::open_with(path, opening, true, Use::Work)
    }

    /// Opens an existing file and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] (wrong key or damage), [`StoreError::Foreign`], [`StoreError::Newer`],
    /// [`StoreError::NoEncryption`], [`StoreError::Busy`] and those of the disk. The file is unchanged then.
    pub fn open(path: &Path, opening: Opening) -> Result<Arc<Self>, StoreError> {
        match std::fs::metadata(path) {
            Ok(meta) if meta.len() > 0 => {}
            _ => return Err(StoreError::Damaged),
        }
        Self::open_with(path, opening, false, Use::Work)
    }

    /// The same of a file that lacks no step of the schema; `None` for one that does, which is unchanged.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub(crate) fn open_current(path: &Path, opening: Opening) -> Result<Option<Arc<Self>>, StoreError> {
        match std::fs::metadata(path) {
            Ok(meta) if meta.len() > 0 => {}
            _ => return Err(StoreError::Damaged),
        }
        let writer = open::connect(path, &opening.key, Purpose::Write, false)?;
        if expected::version(&writer)? < migrate::STEPS.len() {
            return Ok(None);
        }
        Self::on(writer, path, opening, Use::Work).map(Some)
    }

    /// Opens a copy that nobody changes.
    pub(super) fn open_to_look(path: &Path, opening: Opening) -> Result<Arc<Self>, StoreError> {
        Self::open_with(path, opening, false, Use::LookBack)
    }

    /// Opens a file where nothing can be written, to be looked at. Whoever calls this knows that nobody writes it and that
    /// no log stands beside it.
    ///
    /// # Errors
    /// As [`Self::open`]; [`StoreError::ReadOnly`] for a file whose schema would have to be brought up to date.
    pub(crate) fn open_unwritable(path: &Path, opening: Opening) -> Result<Arc<Self>, StoreError> {
        Self::open_with(path, opening, false, Use::Unwritable)
    }

    fn open_with(path: &Path, opening: Opening, create: bool, use_: Use) -> Result<Arc<Self>, StoreError> {
        let writer = match use_ {
            Use::Unwritable => open::unwritable(path, &opening.key)?,
            Use::Work | Use::LookBack => open::connect(path, &opening.key, Purpose::Write, create)?,
        };
        Self::on(writer, path, opening, use_)
    }

    /// The store on its writer. Readers are opened when somebody reads.
    fn on(mut writer: Connection, path: &Path, opening: Opening, use_: Use) -> Result<Arc<Self>, StoreError> {
        migrate::migrate(&writer)?;
        let closing = Arc::new(AtomicBool::new(false));
        stop_when_closing(&mut writer, &closing)?;
        let zone = writer
            .query_row("SELECT time_zone FROM practice LIMIT 1", [], |row| row.get::<_, String>(0))
            .ok()
            .and_then(|name| name.parse().ok())
            .unwrap_or(Tz::UTC);
        let store = Arc::new(Self {
            path: path.to_owned(),
            key: RwLock::new(Some(opening.key)),
            writer: Mutex::new(Some(writer)),
            shaken: AtomicBool::new(false),
            readers: Readers::up_to(READERS),
            remembered: Remembered::default(),
            closing,
            chain_key: opening.chain_key,
            device: opening.device,
            clock: opening.clock,
            zone: RwLock::new(zone),
            settle: opening.settle,
            permit: opening.permit,
            listeners: RwLock::new(Vec::new()),
            checkpoints: Arc::new(Checkpoints::default()),
            copying: AtomicUsize::new(0),
            use_,
            waiting: Arc::new(Waiting::default()),
            trust: Trust::default(),
        });
        let (weak, waiting) = (Arc::downgrade(&store), store.waiting.clone());
        std::thread::spawn(move || {
            while waiting.due() {
                let Some(store) = weak.upgrade() else { return };
                // What can't be written now is written with the next change, or by the next turn of this thread.
                let _ = store.write_log();
            }
        });
        let (weak, checkpoints) = (Arc::downgrade(&store), store.checkpoints.clone());
        std::thread::spawn(move || {
            while checkpoints.due() {
                let Some(store) = weak.upgrade() else { return };
                // A checkpoint that can't run now runs after the next commit or at closing.
                let _ = store.checkpoint();
            }
        });
        Ok(store)
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The clock this file was opened with.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Today in the practice's time zone.
    pub fn today(&self) -> NaiveDate {
        self.clock.today(self.zone())
    }

    /// The practice's time zone.
    pub fn zone(&self) -> Tz {
        *self.zone.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The practice moved or was just created.
    pub fn set_zone(&self, zone: Tz) {
        *self.zone.write().unwrap_or_else(PoisonError::into_inner) = zone;
    }

    /// Calls `listener` after each write, beside those that listen already.
    pub fn on_change(&self, listener: impl Fn(&Changed) + Send + Sync + 'static) {
        self.listeners.write().unwrap_or_else(PoisonError::into_inner).push(Box::new(listener));
    }

    /// What is known of these rooms changed, without a change of their data.
    pub(crate) fn told(&self, rooms: &[Room]) {
        self.announce(&Changed { rooms: rooms.to_vec(), entry: None });
    }

    fn announce(&self, changed: &Changed) {
        for listener in &*self.listeners.read().unwrap_or_else(PoisonError::into_inner) {
            listener(changed);
        }
    }

    /// Reads. The connection can't write.
    ///
    /// # Errors
    /// [`StoreError::Locked`] after closing, or what `look` returns.
    pub fn read<T, E: From<StoreError>>(
        &self,
        look: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.read_through(&Lens::EVERYBODY, look)
    }

    /// Reads the rows a lens shows.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn read_through<T, E: From<StoreError>>(
        &self,
        lens: &Lens,
        look: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let reader = self.readers.take(lens, || self.another(Purpose::Read))?;
        look(&reader)
    }

    /// The number that was found through this lens for this question since the last write, or else what `count` finds.
    ///
    /// # Errors
    /// What `count` returns.
    pub(crate) fn remember<E>(
        &self,
        lens: &Lens,
        question: &str,
        count: impl FnOnce() -> Result<usize, E>,
    ) -> Result<usize, E> {
        self.remembered.answer(&(lens.mark() + question), count)
    }

    /// Brings derived rows up to the day (e.g. standing that changes by time passing). Not a change of the practice;
    /// left out while its history is in doubt.
    ///
    /// # Errors
    /// Those of the file.
    pub fn settle_day(
        &self,
        refresh: impl FnOnce(&Connection, NaiveDate) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        if self.is_doubtful() || self.is_examining() || self.use_ == Use::Unwritable {
            return Ok(());
        }
        let today = self.today();
        self.derive(|conn| refresh(conn, today))
    }

    /// Whether it shows an earlier day and is looked at only.
    pub fn is_to_look(&self) -> bool {
        self.use_ == Use::LookBack
    }

    /// Whether it is looked at because nothing can be written where it lies.
    pub fn is_unwritable(&self) -> bool {
        self.use_ == Use::Unwritable
    }

    /// Whether anything may be changed at all.
    ///
    /// # Errors
    /// [`StoreError::ReadOnlyAsOf`], [`StoreError::ReadOnly`].
    pub(crate) fn may_change(&self) -> Result<(), StoreError> {
        match self.use_ {
            Use::Work => Ok(()),
            Use::LookBack => Err(StoreError::ReadOnlyAsOf),
            Use::Unwritable => Err(StoreError::ReadOnly),
        }
    }

    /// Writes tables that are not part of the record: derived ones and drafts.
    pub(crate) fn unrecorded<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.may_change()?;
        self.must_be_trusted()?;
        self.derive(work)
    }

    fn derive<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let guard = self.writer()?;
        if self.is_doubtful() {
            return Err(StoreError::Doubtful);
        }
        let conn = guard.connection()?;
        let transaction =
            rusqlite::Transaction::new_unchecked(conn, rusqlite::TransactionBehavior::Immediate)?;
        let value = work(conn)?;
        point::reach("unrecorded before commit");
        transaction.commit()?;
        self.remembered.forget();
        self.checkpoints.wrote(self.log_length());
        Ok(value)
    }

    /// Moves the write-ahead log into the file; while a copy is made, as far as that goes without waiting for it.
    ///
    /// # Errors
    /// [`StoreError::Busy`] while somebody reads an old state; those of the disk.
    pub fn checkpoint(&self) -> Result<(), StoreError> {
        if self.use_ == Use::Unwritable {
            return Ok(());
        }
        let guard = self.writer()?;
        point::reach("checkpoint before");
        let sql = match self.copying.load(Ordering::SeqCst) {
            0 => "PRAGMA wal_checkpoint(TRUNCATE)",
            _ => "PRAGMA wal_checkpoint(PASSIVE)",
        };
        guard.connection()?.query_row(sql, [], |row| row.get::<_, i64>(0))?;
        point::reach("checkpoint after");
        Ok(())
    }

    /// How many bytes the write-ahead log has.
    fn log_length(&self) -> u64 {
        let mut name = self.path.clone().into_os_string();
        name.push("-wal");
        std::fs::metadata(name).map_or(0, |log| log.len())
    }
    /// A connection in place of one that may have been left unusable.
    fn another(&self, purpose: Purpose) -> Result<Connection, StoreError> {
        let key = self.key.read().unwrap_or_else(PoisonError::into_inner);
        let key = key.as_ref().ok_or(StoreError::Locked)?;
        match self.use_ {
            Use::Unwritable => open::unwritable(&self.path, key),
            Use::Work | Use::LookBack => open::connect(&self.path, key, purpose, false),
        }
    }

    fn writer(&self) -> Result<Writer<'_>, StoreError> {
        if self.closing.load(Ordering::SeqCst) {
            return Err(StoreError::Locked);
        }
        let mut guard = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever waited for the writer while the file began to close must not start now.
        if self.closing.load(Ordering::SeqCst) {
            return Err(StoreError::Locked);
        }
        if self.shaken.load(Ordering::SeqCst) && guard.is_some() {
            let mut another = self.another(Purpose::Write)?;
            stop_when_closing(&mut another, &self.closing)?;
            *guard = Some(another);
            self.shaken.store(false, Ordering::SeqCst);
        }
        Ok(Writer { held: guard, shaken: &self.shaken, before: trouble::seen() })
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

/// The writer while somebody holds it.
struct Writer<'store> {
    held: MutexGuard<'store, Option<Connection>>,
    shaken: &'store AtomicBool,
    before: u64,
}

impl Writer<'_> {
    fn connection(&self) -> Result<&Connection, StoreError> {
        self.held.as_ref().ok_or(StoreError::Locked)
    }
}

impl Drop for Writer<'_> {
    fn drop(&mut self) {
        if trouble::seen() != self.before {
            self.shaken.store(true, Ordering::SeqCst);
        }
    }
}
