//! Tags.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::tags::{Tag, TagUse};
use crate::foundation::id::{PartnerId, TagId};
use crate::store::{StoreError, Tx};

pub(crate) fn all(conn: &Connection) -> Result<Vec<TagUse>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, name, (SELECT count(*) FROM partner_tag JOIN partner_standing USING (partner_id) WHERE tag_id = tag.id)
         FROM tag ORDER BY name_key",
    )?;
    let rows = statement.query_map([], |row| Ok(TagUse { id: row.get(0)?, name: row.get(1)?, partners: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The tags of a partner by name.
pub(crate) fn of(conn: &Connection, partner: PartnerId) -> Result<Vec<Tag>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT tag.id, tag.name FROM partner_tag JOIN tag ON tag.id = tag_id WHERE partner_id = ?1 ORDER BY tag.name_key",
    )?;
    Ok(statement.query_map([partner], |row| Ok(Tag { id: row.get(0)?, name: row.get(1)? }))?.collect::<Result<_, _>>()?)
}

pub(crate) fn by_key(conn: &Connection, key: &str) -> Result<Option<TagId>, StoreError> {
    Ok(conn.prepare_cached("SELECT id FROM tag WHERE name_key = ?1")?.query_row([key], |row| row.get(0)).optional()?)
}

pub(crate) fn name(conn: &Connection, tag: TagId) -> Result<Option<String>, StoreError> {
    Ok(conn.prepare_cached("SELECT name FROM tag WHERE id = ?1")?.query_row([tag], |row| row.get(0)).optional()?)
}

pub(crate) fn insert(tx: &Tx<'_>, tag: TagId, name: &str, key: &str) -> Result<(), StoreError> {
    tx.prepare_cached("INSERT INTO tag (id, name, name_key) VALUES (?1, ?2, ?3)")?.execute(params![tag, name, key])?;
    Ok(())
}

pub(crate) fn rename(tx: &Tx<'_>, tag: TagId, name: &str, key: &str) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE tag SET name = ?2, name_key = ?3 WHERE id = ?1")?.execute(params![tag, name, key])?;
    Ok(())
}

pub(crate) fn delete(tx: &Tx<'_>, tag: TagId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM tag WHERE id = ?1")?.execute([tag])?;
    Ok(())
}

/// True if the partner did not have it.
pub(crate) fn put_on(tx: &Tx<'_>, partner: PartnerId, tag: TagId) -> Result<bool, StoreError> {
    let changed = tx
        .prepare_cached("INSERT OR IGNORE INTO partner_tag (partner_id, tag_id) VALUES (?1, ?2)")?
        .execute(params![partner, tag])?;
    Ok(changed > 0)
}

/// True if the partner had it.
pub(crate) fn take_off(tx: &Tx<'_>, partner: PartnerId, tag: TagId) -> Result<bool, StoreError> {
    let changed = tx
        .prepare_cached("DELETE FROM partner_tag WHERE partner_id = ?1 AND tag_id = ?2")?
        .execute(params![partner, tag])?;
    Ok(changed > 0)
}

pub(crate) fn take_off_all(tx: &Tx<'_>, tag: TagId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM partner_tag WHERE tag_id = ?1")?.execute([tag])?;
    Ok(())
}

pub(crate) fn partners_with(conn: &Connection, tag: TagId) -> Result<Vec<PartnerId>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT partner_id FROM partner_tag WHERE tag_id = ?1")?;
    Ok(statement.query_map([tag], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
