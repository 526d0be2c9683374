//! Whether the file is whole and its history is what it was: the chain, its doubt, and the pages.

use rusqlite::Connection;

use super::Store;
use super::chain::{self, Examined, Head};
use super::error::StoreError;

impl Store {
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
}

/// Whether the entry with this number has this hash. Nothing is always there.
pub(super) fn holds(conn: &Connection, head: &Head) -> Result<bool, StoreError> {
    if head.seq == 0 {
        return Ok(true);
    }
    let mut statement = conn.prepare_cached(
        "SELECT 1 FROM history WHERE seq = ?1 AND hash = ?2 UNION ALL SELECT 1 FROM audit WHERE seq = ?1 AND hash = ?2",
    )?;
    Ok(statement.exists(rusqlite::params![head.seq, head.hash])?)
}
