//! Whole copies of the file, and what must be equal before a copy counts.
//!
//! A half-written copy opens, passes every integrity check and is empty; only comparing contents tells.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::chain::{self, Head};
use super::error::StoreError;
use super::key::DbKey;
use super::{Store, open};

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

impl Store {
    /// Writes the whole file, encrypted with the same key, to `target`, which must not exist, and tells what it must hold.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn copy_to(&self, target: &Path) -> Result<Contents, StoreError> {
        let name = target
            .to_str()
            .ok_or_else(|| StoreError::Database("the folder's name is not readable text".into()))?;
        let guard = self.writer()?;
        // A copy of a file that is in doubt would pass for a good one.
        if self.is_doubtful() {
            return Err(StoreError::Doubtful);
        }
        let conn = guard.connection()?;
        // Every write goes through this connection, so nothing changes between counting and copying.
        let contents = contents(conn)?;
        conn.execute("VACUUM INTO ?1", [name])?;
        Ok(contents)
    }

    /// Reads a copy back with the same key, without changing it.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if a page does not authenticate or the key does not fit; those of the disk.
    pub fn contents_of(copy: &Path, key: &DbKey) -> Result<Contents, StoreError> {
        let conn =
            open::keyed(copy, key, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        let damaged = conn.prepare("PRAGMA cipher_integrity_check")?.exists([])?;
        let quick: String = conn.query_row("PRAGMA quick_check", [], |row| row.get(0))?;
        if damaged || quick != "ok" {
            return Err(StoreError::Damaged);
        }
        contents(&conn)
    }
}

fn contents(conn: &Connection) -> Result<Contents, StoreError> {
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
