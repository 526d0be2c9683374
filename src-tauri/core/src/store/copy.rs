//! Whole copies of the file, and what must be equal before a copy counts.
//!
//! A half-written copy opens, passes every integrity check and is empty; only comparing contents tells. Copies are
//! made page by page from a snapshot, so that the practice can be worked in meanwhile and the copy can be stopped.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::chain::{self, Head};
use super::closing::STEPS;
use super::error::StoreError;
use super::key::DbKey;
use super::open::{self, Purpose};
use super::{Store, Use, expected};
use crate::foundation::point;

/// Told how many pages are done of how many; `Break` stops.
pub type Progress<'a> = &'a mut dyn FnMut(u32, u32) -> ControlFlow<()>;

/// Pages a step copies: 4 MB, a few hundredths of a second.
const PAGES: i32 = 1024;
/// How often a target that is held by somebody else for the moment is tried again, and how long between.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(100);

/// What a file holds, as far as two copies must agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    application: i64,
    version: i64,
    practice: Option<Vec<u8>>,
    rows: Vec<(String, i64)>,
    /// The newest history entry.
    pub head: Head,
}

impl Contents {
    /// How many steps of the schema the file has.
    pub fn version(&self) -> u32 {
        u32::try_from(self.version).unwrap_or(u32::MAX)
    }

    /// Whether it lacks steps this Baton has.
    pub fn is_older(&self) -> bool {
        expected::count(self.version) < super::migrate::STEPS.len()
    }

    /// The practice's number, if it has its row.
    pub fn practice(&self) -> Option<&[u8]> {
        self.practice.as_deref()
    }

    /// Rows of each table, by name.
    pub fn rows(&self) -> &[(String, i64)] {
        &self.rows
    }

    /// Rows of one table; 0 if it is not there.
    pub fn rows_of(&self, table: &str) -> i64 {
        self.rows.iter().find(|(name, _)| name == table).map_or(0, |(_, rows)| *rows)
    }
}

/// While it exists, moving the log home does not wait for those who read.
struct Copying<'a>(&'a AtomicUsize);

impl<'a> Copying<'a> {
    fn begin(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count)
    }
}

impl Drop for Copying<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Store {
    /// Writes the whole file, encrypted with the same key, to `target`, which must not exist, and tells what it must
    /// hold. Others go on reading and writing; the copy is of the moment it began.
    ///
    /// # Errors
    /// [`StoreError::Cancelled`] if it was stopped or the file closes, [`StoreError::Doubtful`]; those of the disk.
    pub fn copy_to(
        &self,
        target: &Path,
        key: &DbKey,
        progress: Progress<'_>,
    ) -> Result<Contents, StoreError> {
        // A copy of a file that is in doubt would pass for a good one.
        self.must_be_trusted()?;
        if self.use_ == Use::Unwritable {
            return Err(StoreError::ReadOnly);
        }
        let _copying = Copying::begin(&self.copying);
        let mut from = open::connect(&self.path, key, Purpose::Read, false)?;
        let closing = self.closing.clone();
        from.progress_handler(STEPS, Some(move || closing.load(Ordering::SeqCst)))?;
        copy(&from, target, key, &self.closing, progress)
    }

    /// The same of a file that nobody has open. Its schema stays as it is.
    ///
    /// # Errors
    /// As [`Self::copy_to`].
    pub fn copy_closed(
        path: &Path,
        key: &DbKey,
        target: &Path,
        progress: Progress<'_>,
    ) -> Result<Contents, StoreError> {
        let from =
            open::keyed(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        copy(&from, target, key, &AtomicBool::new(false), progress)
    }

    /// Reads a copy back with the same key.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if a page does not authenticate or the key does not fit, [`StoreError::Foreign`] if its
    /// tables, views and triggers are not exactly those Baton makes, [`StoreError::Newer`]; those of the disk.
    pub fn contents_of(copy: &Path, key: &DbKey) -> Result<Contents, StoreError> {
        let conn = open::closed(copy, key)?;
        expected::must_be_ours(&conn)?;
        let damaged = conn.prepare("PRAGMA cipher_integrity_check")?.exists([])?;
        let quick: String = conn.query_row("PRAGMA quick_check", [], |row| row.get(0))?;
        if damaged || quick != "ok" {
            return Err(StoreError::Damaged);
        }
        contents(&conn)
    }

    /// Whether a file that nobody has open lacks steps of the schema this Baton has.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Foreign`], [`StoreError::Newer`]; those of the disk.
    pub fn is_older(path: &Path, key: &DbKey) -> Result<bool, StoreError> {
        let conn =
            open::keyed(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        Ok(expected::version(&conn)? < super::migrate::STEPS.len())
    }

    /// Verifies the history of a copy with this practice's key, past what an owner acknowledged. `known`: a break that
    /// is known from elsewhere.
    ///
    /// # Errors
    /// [`StoreError::BrokenHistory`] with the first entry that does not fit; those of the disk.
    pub fn verify_history_of(
        &self,
        copy: &Path,
        key: &DbKey,
        known: Option<i64>,
    ) -> Result<Head, StoreError> {
        let examined = chain::examine(&open::closed(copy, key)?, &self.chain_key, known)?;
        examined.broken.map_or(Ok(examined.head), |broken| Err(StoreError::BrokenHistory(broken.seq)))
    }

    /// What the open file holds now.
    ///
    /// # Errors
    /// Those of the file.
    pub fn contents(&self) -> Result<Contents, StoreError> {
        self.read(contents)
    }
}

/// Copies from a snapshot, then makes the copy a single file.
fn copy(
    from: &Connection,
    target: &Path,
    key: &DbKey,
    closing: &AtomicBool,
    progress: Progress<'_>,
) -> Result<Contents, StoreError> {
    if target.exists() {
        return Err(StoreError::ReadOnly);
    }
    // The first read takes the snapshot; counting and copying see the same.
    let snapshot = from.unchecked_transaction()?;
    let contents = contents(&snapshot)?;
    let create =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    {
        let mut to = open::keyed(target, key, create)?;
        // The whole file is synced once, by whoever renames it.
        to.execute_batch("PRAGMA synchronous = OFF")?;
        point::reach("copy before");
        pages(&snapshot, &mut to, closing, progress)?;
    }
    point::reach("copy after");
    snapshot.finish()?;
    let whole =
        open::keyed(target, key, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    let mode: String = whole.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
    if mode == "delete" { Ok(contents) } else { Err(StoreError::Busy) }
}

fn pages(
    from: &Connection,
    to: &mut Connection,
    closing: &AtomicBool,
    progress: Progress<'_>,
) -> Result<(), StoreError> {
    let copying = Backup::new(from, to)?;
    let mut held = 0;
    loop {
        if closing.load(Ordering::SeqCst) {
            return Err(StoreError::Cancelled);
        }
        let step = copying.step(PAGES)?;
        match step {
            StepResult::Done | StepResult::More => held = 0,
            _ if held < TRIES => {
                held += 1;
                std::thread::park_timeout(PAUSE);
            }
            _ => return Err(StoreError::Busy),
        }
        let so_far = copying.progress();
        let pages = |count: i32| u32::try_from(count).unwrap_or(0);
        let (all, left) = (pages(so_far.pagecount), pages(so_far.remaining));
        if progress(all.saturating_sub(left), all).is_break() {
            return Err(StoreError::Cancelled);
        }
        if step == StepResult::Done {
            return Ok(());
        }
    }
}

pub(super) fn contents(conn: &Connection) -> Result<Contents, StoreError> {
    let pragma = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0));
    let tables = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name")?
        .query_map([], |row| row.get::<_, String>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    let mut rows = Vec::with_capacity(tables.len());
    for table in tables {
        // The name comes from the schema itself; quotes in it are doubled.
        let sql = format!("SELECT count(*) FROM \"{}\"", table.replace('"', "\"\""));
        let count = pragma(&sql)?;
        rows.push((table, count));
    }
    Ok(Contents {
        application: pragma("PRAGMA application_id")?,
        version: pragma("PRAGMA user_version")?,
        practice: conn
            .prepare("SELECT id FROM practice")?
            .query_map([], |row| row.get(0))?
            .next()
            .transpose()?,
        rows,
        head: if conn.table_exists(None, "audit")? {
            chain::head(conn)?
        } else {
            chain::head_of_history(conn)?
        },
    })
}
