//! What only tests ask of a file: to be as an older Baton left it, and to take a history from anywhere.

use std::path::Path;

use rusqlite::session::invert_strm;
use rusqlite::{Connection, OpenFlags};

use super::action::{Actor, Label};
use super::apply::apply;
use super::error::StoreError;
use super::key::DbKey;
use super::open::{self, Purpose};
use super::schema::Schema;
use super::undo::OnConflict;
use super::{Store, migrate};

impl Store {
    /// How many steps the newest schema has.
    pub fn newest_version() -> i64 {
        i64::try_from(migrate::STEPS.len()).unwrap_or(i64::MAX)
    }

    /// A new file with all steps but the last.
    ///
    /// # Errors
    /// Those of the file.
    pub fn create_older(path: &Path, key: &DbKey) -> Result<Connection, StoreError> {
        let conn = open::connect(path, key, Purpose::Write, true)?;
        migrate::up_to(&conn, migrate::STEPS.len() - 1)?;
        Ok(conn)
    }

    /// How many steps a file has.
    ///
    /// # Errors
    /// Those of the file.
    pub fn version_of(path: &Path, key: &DbKey) -> Result<i64, StoreError> {
        let conn =
            open::keyed(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        Ok(conn.query_row("PRAGMA user_version", [], |row| row.get(0))?)
    }

    /// Applies what may be a changeset, and its inverse, as if they stood in history; nothing of it stays. Returns how
    /// many rows did not fit.
    ///
    /// # Errors
    /// Those of the file, which are what a changeset that is none ends in.
    pub fn try_changeset(&self, actor: &Actor, changeset: &[u8]) -> Result<usize, StoreError> {
        let mut conflicts = 0;
        let tried = self.write(actor, Label::hand("story", "a changeset"), |tx| {
            let schema = Schema::read(tx)?;
            conflicts += apply(tx, &schema, changeset, OnConflict::KeepNewer)?.len();
            let mut inverse = Vec::new();
            let mut bytes = changeset;
            invert_strm(&mut bytes, &mut inverse)?;
            conflicts += apply(tx, &schema, &inverse, OnConflict::Overwrite)?.len();
            Err::<(), _>(StoreError::Cancelled)
        });
        match tried {
            Err(StoreError::Cancelled) => Ok(conflicts),
            Err(error) => Err(error),
            Ok(_) => Err(StoreError::Missing),
        }
    }
}
