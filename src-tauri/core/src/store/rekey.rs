//! Leaving a file for a copy of it under another key. The file itself is never encrypted anew in place.

use std::path::Path;
use std::sync::atomic::Ordering;

use rusqlite::OpenFlags;

use super::copy::contents;
use super::error::StoreError;
use super::key::DbKey;
use super::{Store, Unwritten, open, raw};

impl Store {
    /// Writes the whole file to `target`, encrypted under the key `next`, compares the two, and lets `commit` decide.
    /// Nobody writes meanwhile: of what the log waits for, `commit` writes to the copy what it then tells. If it agrees,
    /// this file is closed before anybody can write to it again; what the log waited for since is returned.
    ///
    /// # Errors
    /// What `commit` returns, [`StoreError::Damaged`] if the copy does not hold what the file holds, those of the
    /// disk. This file stays open then, and what is left at `target` counts for nothing.
    pub(crate) fn leave_for<T, E: From<StoreError>>(
        &self,
        target: &Path,
        present: &DbKey,
        next: &DbKey,
        commit: impl FnOnce() -> Result<(T, Unwritten), E>,
    ) -> Result<(T, Unwritten), E> {
        self.may_change()?;
        self.must_be_trusted()?;
        let value = {
            let guard = self.writer()?;
            if self.is_doubtful() {
                return Err(StoreError::Doubtful.into());
            }
            let conn = guard.connection()?;
            // What was looked at until now belongs to what is copied.
            self.write_waiting_alone(conn)?;
            let name = target
                .to_str()
                .ok_or_else(|| StoreError::Database("the folder's name is not readable text".into()))?;
            let held = contents(conn)?;
            conn.execute("VACUUM INTO ?1", [name]).map_err(StoreError::from)?;
            encrypt_anew(target, present, next)?;
            if Self::contents_of(target, next)? != held {
                return Err(StoreError::Damaged.into());
            }
            let (value, written) = commit()?;
            // Whoever waits for the writer finds the file closing.
            self.closing.store(true, Ordering::SeqCst);
            (value, self.waiting.leave(written.len()))
        };
        self.close();
        Ok(value)
    }
}

/// Encrypts a finished copy under another key. A copy that is half done is thrown away, so it needs no journal.
fn encrypt_anew(copy: &Path, present: &DbKey, next: &DbKey) -> Result<(), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = open::keyed(copy, present, flags)?;
    conn.execute_batch("PRAGMA journal_mode = OFF; PRAGMA temp_store = MEMORY")?;
    Ok(raw::change_key(&conn, next)?)
}
