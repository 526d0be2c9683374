//! Saved views.

use rusqlite::{Connection, OptionalExtension, params};

use crate::foundation::id::ViewId;
use crate::store::{StoreError, Tx};

pub(crate) fn all(conn: &Connection) -> Result<Vec<(ViewId, String, String)>, StoreError> {
    let mut statement = conn
        .prepare_cached("SELECT id, name, definition FROM saved_view WHERE list = 'partners' ORDER BY position, id")?;
    Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<Result<_, _>>()?)
}

pub(crate) fn name(conn: &Connection, id: ViewId) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT name FROM saved_view WHERE id = ?1 AND list = 'partners'")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

pub(crate) fn insert(tx: &Tx<'_>, id: ViewId, name: &str, definition: &str) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO saved_view (id, list, name, definition, position)
         SELECT ?1, 'partners', ?2, ?3, ifnull(max(position), 0) + 1 FROM saved_view WHERE list = 'partners'",
    )?
    .execute(params![id, name, definition])?;
    Ok(())
}

pub(crate) fn replace(tx: &Tx<'_>, id: ViewId, name: &str, definition: &str) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE saved_view SET name = ?2, definition = ?3 WHERE id = ?1")?
        .execute(params![id, name, definition])?;
    Ok(())
}

pub(crate) fn rename(tx: &Tx<'_>, id: ViewId, name: &str) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE saved_view SET name = ?2 WHERE id = ?1")?.execute(params![id, name])?;
    Ok(())
}

pub(crate) fn delete(tx: &Tx<'_>, id: ViewId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM saved_view WHERE id = ?1")?.execute([id])?;
    Ok(())
}
