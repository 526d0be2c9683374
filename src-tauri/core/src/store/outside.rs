//! Files outside that are being written with what the practice holds. They are not encrypted: what a killed process left
//! of one has to be found again, wherever it lies. Where they lie stands in the encrypted file and nowhere else.

use std::path::{Path, PathBuf};

use rusqlite::params;

use super::Store;
use super::error::StoreError;

impl Store {
    /// Remembers a file before its first byte is written.
    ///
    /// # Errors
    /// Those of the file, and of one that can't be changed; nothing may be written outside then.
    pub(crate) fn begin_outside(&self, path: &Path) -> Result<(), StoreError> {
        let (path, now) = (text(path)?, self.clock.now_ms());
        self.unrecorded(|conn| {
            conn.prepare_cached("INSERT OR REPLACE INTO export_begun (path, begun_at) VALUES (?1, ?2)")?
                .execute(params![path, now])?;
            Ok(())
        })
    }

    /// The file is whole and has another name, or is gone.
    ///
    /// # Errors
    /// Those of the file. It stays remembered then, which does no harm.
    pub(crate) fn end_outside(&self, path: &Path) -> Result<(), StoreError> {
        let path = text(path)?;
        self.unrecorded(|conn| {
            conn.prepare_cached("DELETE FROM export_begun WHERE path = ?1")?.execute([path])?;
            Ok(())
        })
    }

    /// What was begun and never ended.
    ///
    /// # Errors
    /// Those of the file.
    pub(crate) fn left_outside(&self) -> Result<Vec<PathBuf>, StoreError> {
        self.read(|conn| {
            let mut statement = conn.prepare_cached("SELECT path FROM export_begun ORDER BY path")?;
            let paths = statement.query_map([], |row| row.get::<_, String>(0).map(PathBuf::from))?;
            Ok(paths.collect::<Result<_, _>>()?)
        })
    }
}

/// A folder whose name is no text can't be found again.
fn text(path: &Path) -> Result<&str, StoreError> {
    path.to_str().ok_or_else(|| StoreError::Database("the folder's name is not readable text".into()))
}
