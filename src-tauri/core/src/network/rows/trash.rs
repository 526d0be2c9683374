//! The trash.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::trash::Trashed;
use super::super::types::Party;
use crate::foundation::id::{PartnerId, PersonId};
use crate::store::{StoreError, Tx};

/// Referrals that belong to a partner or person and are not in the trash themselves.
pub(crate) fn referrals(conn: &Connection, record: Party) -> Result<u32, StoreError> {
    let (sql, id) = match record {
        Party::Partner(id) => (
            "SELECT (SELECT count(*) FROM referral WHERE from_partner_id = ?1 AND trashed_at IS NULL)
                  + (SELECT count(*) FROM referral WHERE to_partner_id = ?1 AND trashed_at IS NULL)",
            id.0,
        ),
        Party::Person(id) => (
            "SELECT (SELECT count(*) FROM referral WHERE from_person_id = ?1 AND trashed_at IS NULL)
                  + (SELECT count(*) FROM referral WHERE to_person_id = ?1 AND trashed_at IS NULL)",
            id.0,
        ),
    };
    Ok(conn.prepare_cached(sql)?.query_row([id], |row| row.get(0))?)
}

/// Moves a record to the trash; false if it is there already.
pub(crate) fn trash(tx: &Tx<'_>, record: Party, reason: Option<&str>) -> Result<bool, StoreError> {
    let (sql, id) = match record {
        Party::Partner(id) => (
            "UPDATE partner SET trashed_at = ?2, trashed_by = ?3, trash_reason = ?4 WHERE id = ?1 AND trashed_at IS NULL",
            id.0,
        ),
        Party::Person(id) => (
            "UPDATE person SET trashed_at = ?2, trashed_by = ?3, trash_reason = ?4 WHERE id = ?1 AND trashed_at IS NULL",
            id.0,
        ),
    };
    Ok(tx.prepare_cached(sql)?.execute(params![id, tx.now, tx.actor.id, reason])? > 0)
}

/// Brings a record back; false if it is not in the trash.
pub(crate) fn restore(tx: &Tx<'_>, record: Party) -> Result<bool, StoreError> {
    let (sql, id) = match record {
        Party::Partner(id) => (
            "UPDATE partner SET trashed_at = NULL, trashed_by = NULL, trash_reason = NULL WHERE id = ?1 AND trashed_at IS NOT NULL",
            id.0,
        ),
        Party::Person(id) => (
            "UPDATE person SET trashed_at = NULL, trashed_by = NULL, trash_reason = NULL WHERE id = ?1 AND trashed_at IS NOT NULL",
            id.0,
        ),
    };
    Ok(tx.prepare_cached(sql)?.execute([id])? > 0)
}

/// The person an individual partner is, if it works nowhere else.
pub(crate) fn only_this_partner(conn: &Connection, partner: PartnerId) -> Result<Option<PersonId>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT individual_id FROM partner p WHERE id = ?1 AND individual_id IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM affiliation a WHERE a.person_id = p.individual_id AND a.partner_id <> p.id)",
        )?
        .query_row([partner], |row| row.get(0))
        .optional()?)
}

/// The person that went to the trash together with the partner it is.
pub(crate) fn went_along(conn: &Connection, partner: PartnerId) -> Result<Option<PersonId>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT person.id FROM partner JOIN person ON person.id = individual_id
             WHERE partner.id = ?1 AND person.trashed_at = partner.trashed_at",
        )?
        .query_row([partner], |row| row.get(0))
        .optional()?)
}

pub(crate) fn partners(conn: &Connection) -> Result<Vec<Trashed>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT t.id, t.name, t.trashed_at, ifnull(p.name, ''), t.trash_reason FROM partner t LEFT JOIN profile p ON p.id = t.trashed_by
         WHERE t.trashed_at IS NOT NULL ORDER BY t.trashed_at DESC",
    )?;
    let rows = statement.query_map([], |row| trashed(row, Party::Partner(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn people(conn: &Connection) -> Result<Vec<Trashed>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT t.id, t.name, t.trashed_at, ifnull(p.name, ''), t.trash_reason FROM person t LEFT JOIN profile p ON p.id = t.trashed_by
         WHERE t.trashed_at IS NOT NULL ORDER BY t.trashed_at DESC",
    )?;
    let rows = statement.query_map([], |row| trashed(row, Party::Person(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn trashed(row: &rusqlite::Row<'_>, record: Party) -> rusqlite::Result<Trashed> {
    Ok(Trashed { record, name: row.get(1)?, at: row.get(2)?, by: row.get(3)?, reason: row.get(4)?, referrals: 0 })
}
