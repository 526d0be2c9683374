//! Where two files of one practice part: the entries one has and the other has not.

use rusqlite::OptionalExtension;

use super::Store;
use super::error::StoreError;

/// A history entry in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastEntry {
    /// Its number.
    pub seq: i64,
    /// When, UTC milliseconds.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// What was done, as a code.
    pub action: String,
    /// To what.
    pub subject: String,
}

impl Store {
    /// The newest entry both files have; 0 for none. Entries are only ever added, so that up to it they are alike.
    ///
    /// # Errors
    /// Those of the files.
    pub fn common_with(&self, other: &Self) -> Result<i64, StoreError> {
        let (mut alike, mut beyond) = (0, self.head()?.seq.min(other.head()?.seq) + 1);
        while beyond - alike > 1 {
            let middle = alike + (beyond - alike) / 2;
            if self.entry_id(middle)?.is_some_and(|id| other.entry_id(middle).is_ok_and(|o| o == Some(id))) {
                alike = middle;
            } else {
                beyond = middle;
            }
        }
        Ok(alike)
    }

    /// The newest entries after this one, at most `most`, the newest first.
    ///
    /// # Errors
    /// Those of the file.
    pub fn entries_after(&self, seq: i64, most: u32) -> Result<Vec<PastEntry>, StoreError> {
        self.read(|conn| {
            let mut statement = conn.prepare_cached(
                "SELECT seq, at, actor_name, action, subject FROM history WHERE seq > ?1 ORDER BY seq DESC LIMIT ?2",
            )?;
            let entries = statement.query_map(rusqlite::params![seq, most], |row| {
                Ok(PastEntry {
                    seq: row.get(0)?,
                    at: row.get(1)?,
                    actor: row.get(2)?,
                    action: row.get(3)?,
                    subject: row.get(4)?,
                })
            })?;
            Ok(entries.collect::<Result<_, _>>()?)
        })
    }

    /// How many changes were made after this entry.
    ///
    /// # Errors
    /// Those of the file.
    pub fn count_after(&self, seq: i64) -> Result<i64, StoreError> {
        self.read(|conn| {
            let mut statement = conn.prepare_cached("SELECT count(*) FROM history WHERE seq > ?1")?;
            Ok(statement.query_row([seq], |row| row.get(0))?)
        })
    }

    /// When the newest entry was made, UTC milliseconds.
    ///
    /// # Errors
    /// Those of the file.
    pub fn newest_entry_at(&self) -> Result<Option<i64>, StoreError> {
        self.read(|conn| {
            Ok(conn.prepare_cached("SELECT max(at) FROM history")?.query_row([], |row| row.get(0))?)
        })
    }

    fn entry_id(&self, seq: i64) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|conn| {
            Ok(conn
                .prepare_cached(
                    "SELECT id FROM history WHERE seq = ?1 UNION ALL SELECT id FROM audit WHERE seq = ?1",
                )?
                .query_row([seq], |row| row.get(0))
                .optional()?)
        })
    }
}
