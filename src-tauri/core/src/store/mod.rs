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
mod copy;
mod derived;
mod error;
mod events;
mod expected;
#[cfg(any(test, feature = "testing"))]
mod for_tests;
mod key;
mod migrate;
mod open;
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
pub(crate) mod undo;
mod withdraw;
mod write;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use chrono::NaiveDate;
use chrono_tz::Tz;
use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

pub use action::{Actor, Cause, Entry, Label, Written};
pub use append::{Into, Values};
pub use chain::{Break, ChainKey, Examined, Head};
pub use copy::{Contents, Progress};
pub use error::StoreError;
pub use events::{Event, Outcome};
pub use key::DbKey;
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
use events::Waiting;
use open::Purpose;
use readers::Readers;
use remembered::Remembered;

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
    /// It is looked at only: a copy that shows an earlier day.
    to_look: bool,
    waiting: Arc<Waiting>,
    /// History is in doubt: nothing but the log's own lines is written.
    doubtful: AtomicBool,
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
        Self::open_with(path, opening, true, false)
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
        Self::open_with(path, opening, false, false)
    }

    /// Opens a copy that nobody changes.
    pub(super) fn open_to_look(path: &Path, opening: Opening) -> Result<Arc<Self>, StoreError> {
        Self::open_with(path, opening, false, true)
    }

    fn open_with(
        path: &Path,
        opening: Opening,
        create: bool,
        to_look: bool,
    ) -> Result<Arc<Self>, StoreError> {
        let mut writer = open::connect(path, &opening.key, Purpose::Write, create)?;
        migrate::migrate(&writer)?;
        let closing = Arc::new(AtomicBool::new(false));
        stop_when_closing(&mut writer, &closing)?;
        let readers = (0..READERS)
            .map(|_| open::connect(path, &opening.key, Purpose::Read, false))
            .collect::<Result<Vec<_>, _>>()?;
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
            readers: Readers::new(readers),
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
            to_look,
            waiting: Arc::new(Waiting::default()),
            doubtful: AtomicBool::new(false),
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
        let reader = self.readers.take(|| self.another(Purpose::Read))?;
        look(&reader)
    }

    /// The number that was found for this question since the last write, or else what `count` finds.
    ///
    /// # Errors
    /// What `count` returns.
    pub(crate) fn remember<E>(
        &self,
        question: &str,
        count: impl FnOnce() -> Result<usize, E>,
    ) -> Result<usize, E> {
        self.remembered.answer(question, count)
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
        if self.is_doubtful() {
            return Ok(());
        }
        let today = self.today();
        self.derive(|conn| refresh(conn, today))
    }

    /// Whether it shows an earlier day and is looked at only.
    pub fn is_to_look(&self) -> bool {
        self.to_look
    }

    fn may_change(&self) -> Result<(), StoreError> {
        if self.to_look { Err(StoreError::ReadOnlyAsOf) } else { Ok(()) }
    }

    /// Writes tables that are not part of the record: derived ones and drafts.
    pub(crate) fn unrecorded<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.may_change()?;
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

    /// The newest history entry and its hash.
    ///
    /// # Errors
    /// Those of the file.
    pub fn head(&self) -> Result<Head, StoreError> {
        self.read(chain::head)
    }

    /// Verifies the whole chain: changes and events.
    ///
    /// # Errors
    /// [`StoreError::BrokenHistory`] with the first entry that does not fit, also if that was acknowledged.
    pub fn verify_history(&self) -> Result<Head, StoreError> {
        let examined = self.examine_history(None)?;
        let first = examined.accepted.first().copied().or(examined.broken.map(|broken| broken.seq));
        first.map_or(Ok(examined.head), |seq| Err(StoreError::BrokenHistory(seq)))
    }

    /// Walks the whole chain past what an owner acknowledged and tells how far it holds. `known`: a break that is
    /// known from elsewhere.
    ///
    /// # Errors
    /// Those of the file.
    pub fn examine_history(&self, known: Option<i64>) -> Result<Examined, StoreError> {
        self.read(|conn| chain::examine(conn, &self.chain_key, known))
    }

    /// From now on one can look and change nothing, until [`Store::trust`].
    pub fn distrust(&self) {
        self.doubtful.store(true, Ordering::SeqCst);
    }

    /// The doubt was acknowledged: work goes on.
    pub fn trust(&self) {
        self.doubtful.store(false, Ordering::SeqCst);
    }

    /// Whether one can only look.
    pub fn is_doubtful(&self) -> bool {
        self.doubtful.load(Ordering::SeqCst)
    }

    /// What only somebody with the key of the chain can say of a text. `purpose` tells one use from another.
    pub fn word(&self, purpose: &str, text: &str) -> Vec<u8> {
        chain::word(&self.chain_key, purpose, text)
    }

    /// Whether the entry with this number has this hash.
    ///
    /// # Errors
    /// Those of the file.
    pub fn has_entry(&self, head: &Head) -> Result<bool, StoreError> {
        self.read(|conn| holds(conn, head))
    }

    /// Whether the file is whole: every page authenticates, every index fits, every reference holds.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if not.
    pub fn check(&self) -> Result<(), StoreError> {
        // After a power cut the log holds what the file itself does not hold yet, and it is the file that is authenticated.
        self.checkpoint()?;
        self.read(|conn| {
            let first = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, String>(0));
            let cipher = match first("PRAGMA cipher_integrity_check") {
                Err(rusqlite::Error::QueryReturnedNoRows) => true,
                Ok(_) => false,
                Err(e) => return Err(e.into()),
            };
            // A reader that has not searched since the last write would check the search index by an old table of
            // contents and call it damaged; searching first renews it, and the transaction keeps it.
            let fresh = conn.unchecked_transaction()?;
            for search in ["network_search", "patient_search"] {
                let sql = format!("SELECT count(*) FROM {search} WHERE {search} MATCH 'a'");
                conn.query_row(&sql, [], |row| row.get::<_, i64>(0))?;
            }
            let quick = first("PRAGMA quick_check")? == "ok";
            fresh.finish()?;
            let references: i64 =
                conn.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
            if cipher && quick && references == 0 { Ok(()) } else { Err(StoreError::Damaged) }
        })
    }

    /// Closes the file: stops what runs (it rolls back), moves the log home and closes every connection.
    /// Returns the newest history entry; `None` if the file was closed already or can't be read any more.
    pub fn close(&self) -> Option<Head> {
        self.close_after(&Head::default())
    }

    /// The same; `None` too if the entry that is known is not there any more: a newer head must not cover that up.
    pub fn close_after(&self, known: &Head) -> Option<Head> {
        self.closing.store(true, Ordering::SeqCst);
        self.checkpoints.close();
        self.waiting.close();
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        self.readers.close();
        *self.key.write().unwrap_or_else(PoisonError::into_inner) = None;
        writer.take().and_then(|mut conn| {
            go_on(&mut conn).ok()?;
            // What the log still waits for; a disk that refuses it now has refused it for seconds.
            let _ = self.write_waiting_alone(&conn);
            let head = chain::head(&conn).ok().filter(|_| holds(&conn, known).unwrap_or(false));
            point::reach("lock before checkpoint");
            // The file is whole either way; an unfinished checkpoint is done at the next opening.
            let _ = conn.execute_batch("PRAGMA optimize");
            let _ = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
            point::reach("lock after checkpoint");
            head
        })
    }

    /// A connection in place of one that may have been left unusable.
    fn another(&self, purpose: Purpose) -> Result<Connection, StoreError> {
        let key = self.key.read().unwrap_or_else(PoisonError::into_inner);
        open::connect(&self.path, key.as_ref().ok_or(StoreError::Locked)?, purpose, false)
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

/// Whether the entry with this number has this hash. Nothing is always there.
fn holds(conn: &Connection, head: &Head) -> Result<bool, StoreError> {
    if head.seq == 0 {
        return Ok(true);
    }
    let mut statement = conn.prepare_cached(
        "SELECT 1 FROM history WHERE seq = ?1 AND hash = ?2 UNION ALL SELECT 1 FROM audit WHERE seq = ?1 AND hash = ?2",
    )?;
    Ok(statement.exists(rusqlite::params![head.seq, head.hash])?)
}

/// How many steps of a statement pass before it asks whether the file closes: about a millisecond of work.
const STEPS: i32 = 1000;

/// From the moment the file begins to close, running statements stop, no new ones start and nothing is committed any more, whatever the
/// code around them makes of their errors.
fn stop_when_closing(writer: &mut Connection, closing: &Arc<AtomicBool>) -> Result<(), StoreError> {
    let (stopping, denying, refusing) = (closing.clone(), closing.clone(), closing.clone());
    writer.progress_handler(STEPS, Some(move || stopping.load(Ordering::SeqCst)))?;
    // A short statement prepared anew each time never gets that far; it is not prepared any more.
    writer.authorizer(Some(move |wanted: AuthContext<'_>| match wanted.action {
        AuthAction::Transaction { .. } => Authorization::Allow,
        _ if denying.load(Ordering::SeqCst) => Authorization::Deny,
        _ => Authorization::Allow,
    }))?;
    writer.commit_hook(Some(move || refusing.load(Ordering::SeqCst)))?;
    Ok(())
}

/// Lets the closing itself work.
fn go_on(writer: &mut Connection) -> Result<(), StoreError> {
    writer.progress_handler(0, None::<fn() -> bool>)?;
    writer.authorizer(None::<fn(AuthContext<'_>) -> Authorization>)?;
    writer.commit_hook(None::<fn() -> bool>)?;
    Ok(())
}

impl Drop for Store {
    fn drop(&mut self) {
        self.close();
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
