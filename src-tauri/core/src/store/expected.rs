//! Whether a file has exactly the tables, views and triggers Baton makes: a backup comes from outside, and a view or a
//! trigger in it would run as soon as somebody works with it.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::error::StoreError;
use super::migrate::STEPS;
use super::open::{APPLICATION_ID, own_functions};

/// A part of the schema: kind, name, table, and its text.
type Part = (String, String, String, String);

/// `PRAGMA user_version` as a number of steps.
pub(super) fn count(version: i64) -> usize {
    usize::try_from(version).unwrap_or(usize::MAX)
}

/// How many steps of the schema the file has.
///
/// # Errors
/// [`StoreError::Foreign`] if it is none of ours, [`StoreError::Newer`] if it has more than we know,
/// [`StoreError::Damaged`] if nothing is in it.
pub(super) fn version(conn: &Connection) -> Result<usize, StoreError> {
    let pragma = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0));
    // What is left of a copy that was cut off opens as an empty file.
    if pragma("SELECT count(*) FROM sqlite_schema")? == 0 {
        return Err(StoreError::Damaged);
    }
    let version = count(pragma("PRAGMA user_version")?);
    if pragma("PRAGMA application_id")? != i64::from(APPLICATION_ID) || version == 0 {
        return Err(StoreError::Foreign);
    }
    if version > STEPS.len() { Err(StoreError::Newer) } else { Ok(version) }
}

/// Refuses a file whose schema is not what its steps make.
///
/// # Errors
/// [`StoreError::Foreign`], [`StoreError::Newer`].
pub(super) fn must_be_ours(conn: &Connection) -> Result<(), StoreError> {
    let version = version(conn)?;
    // Empty and without a name: only its schema is looked at.
    let fresh = Connection::open_in_memory()?;
    own_functions(&fresh)?;
    for step in STEPS.iter().take(version) {
        fresh.execute_batch(step)?;
    }
    if parts(conn)? == parts(&fresh)? { Ok(()) } else { Err(StoreError::Foreign) }
}

/// Statistics come and go by themselves; the search's own tables are written by SQLite, in words that may change.
fn parts(conn: &Connection) -> Result<BTreeSet<Part>, StoreError> {
    let mut statement = conn.prepare(
        "SELECT type, name, tbl_name, CASE WHEN sql LIKE 'CREATE TABLE ''%' THEN '' ELSE ifnull(sql, '') END
         FROM sqlite_schema WHERE NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4'))",
    )?;
    let parts = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<Result<_, _>>()?;
    Ok(parts)
}
