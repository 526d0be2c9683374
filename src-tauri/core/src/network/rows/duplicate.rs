//! What duplicates are looked for by.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::types::Party;
use crate::foundation::id::{PartnerId, PersonId, RecordId};
use crate::store::{StoreError, Tx};

/// Partners with this NPI.
pub(crate) fn partners_by_npi(conn: &Connection, npi: &str) -> Result<Vec<PartnerId>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT id FROM partner WHERE npi = ?1 AND trashed_at IS NULL")?;
    Ok(statement.query_map([npi], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// People with this NPI.
pub(crate) fn people_by_npi(conn: &Connection, npi: &str) -> Result<Vec<PersonId>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT id FROM person WHERE npi = ?1 AND trashed_at IS NULL")?;
    Ok(statement.query_map([npi], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Who has this telephone number or e-mail address, at most twenty.
pub(crate) fn by_contact(conn: &Connection, search: &str) -> Result<Vec<Party>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT partner_id, person_id FROM contact_point WHERE search = ?1 LIMIT 20")?;
    let rows = statement.query_map([search], |row| {
        Ok(match row.get::<_, Option<PartnerId>>(0)? {
            Some(id) => Party::Partner(id),
            None => Party::Person(row.get(1)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A record that may be a duplicate.
pub(crate) struct Other {
    pub(crate) name: String,
    pub(crate) npi: Option<String>,
    pub(crate) specialty: Option<String>,
    /// City of a partner, practice of a person.
    pub(crate) beside: String,
}

/// A record that is not in the trash.
pub(crate) fn other(conn: &Connection, party: Party) -> Result<Option<Other>, StoreError> {
    let (sql, id) = match party {
        Party::Partner(id) => (
            "SELECT name, npi, specialty, ifnull((SELECT city FROM partner_standing WHERE partner_id = partner.id), '')
             FROM partner WHERE id = ?1 AND trashed_at IS NULL",
            id.0,
        ),
        Party::Person(id) => (
            "SELECT name, npi, specialty, ifnull((SELECT p.name FROM affiliation a JOIN partner p ON p.id = a.partner_id
                 WHERE a.person_id = person.id AND p.trashed_at IS NULL ORDER BY a.is_primary DESC, a.id LIMIT 1), '')
             FROM person WHERE id = ?1 AND trashed_at IS NULL",
            id.0,
        ),
    };
    Ok(conn
        .prepare_cached(sql)?
        .query_row([id], |row| {
            Ok(Other { name: row.get(0)?, npi: row.get(1)?, specialty: row.get(2)?, beside: row.get(3)? })
        })
        .optional()?)
}

/// The ZIPs of a partner; of a person also those of the places of work.
pub(crate) fn zips(conn: &Connection, party: Party) -> Result<Vec<String>, StoreError> {
    let (sql, id) = match party {
        Party::Partner(id) => (
            "SELECT zip FROM address WHERE partner_id = ?1 AND zip <> ''
             UNION SELECT zip FROM address JOIN partner p ON p.individual_id = person_id WHERE p.id = ?1 AND zip <> ''",
            id.0,
        ),
        Party::Person(id) => (
            "SELECT zip FROM address WHERE person_id = ?1 AND zip <> ''
             UNION SELECT zip FROM address JOIN affiliation a ON a.partner_id = address.partner_id WHERE a.person_id = ?1 AND zip <> ''
             UNION SELECT zip FROM address JOIN partner p ON p.id = address.partner_id WHERE p.individual_id = ?1 AND zip <> ''",
            id.0,
        ),
    };
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Whether somebody declared these two different.
pub(crate) fn is_different(conn: &Connection, one: RecordId, other: RecordId) -> Result<bool, StoreError> {
    let (low, high) = (one.min(other), one.max(other));
    Ok(conn
        .prepare_cached("SELECT 1 FROM distinct_pair WHERE one_id = ?1 AND other_id = ?2")?
        .exists(params![low, high])?)
}

pub(crate) fn mark_different(tx: &Tx<'_>, one: RecordId, other: RecordId) -> Result<(), StoreError> {
    let (low, high) = (one.min(other), one.max(other));
    tx.prepare_cached("INSERT OR IGNORE INTO distinct_pair (one_id, other_id) VALUES (?1, ?2)")?
        .execute(params![low, high])?;
    Ok(())
}

/// Name, NPI, specialty, first telephone, first e-mail and ZIP of a record, each empty if not known.
pub(crate) fn told(conn: &Connection, record: Party) -> Result<Option<[String; 6]>, StoreError> {
    let (sql, id) = match record {
        Party::Partner(id) => (
            "SELECT name, ifnull(npi, ''), ifnull(specialty, ''),
                ifnull((SELECT value FROM contact_point WHERE partner_id = ?1 AND kind IN ('phone', 'mobile') ORDER BY is_primary DESC, id LIMIT 1), ''),
                ifnull((SELECT value FROM contact_point WHERE partner_id = ?1 AND kind = 'email' ORDER BY is_primary DESC, id LIMIT 1), ''),
                ifnull((SELECT zip FROM address WHERE partner_id = ?1 ORDER BY is_primary DESC, id LIMIT 1), '')
             FROM partner WHERE id = ?1",
            id.0,
        ),
        Party::Person(id) => (
            "SELECT name, ifnull(npi, ''), ifnull(specialty, ''),
                ifnull((SELECT value FROM contact_point WHERE person_id = ?1 AND kind IN ('phone', 'mobile') ORDER BY is_primary DESC, id LIMIT 1), ''),
                ifnull((SELECT value FROM contact_point WHERE person_id = ?1 AND kind = 'email' ORDER BY is_primary DESC, id LIMIT 1), ''),
                ifnull((SELECT zip FROM address WHERE person_id = ?1 ORDER BY is_primary DESC, id LIMIT 1), '')
             FROM person WHERE id = ?1",
            id.0,
        ),
    };
    let told = conn.prepare_cached(sql)?.query_row([id], |row| {
        Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?])
    });
    Ok(told.optional()?)
}

/// When a record was added, UTC milliseconds.
pub(crate) fn added_at(conn: &Connection, record: Party) -> Result<Option<i64>, StoreError> {
    let (sql, id) = match record {
        Party::Partner(id) => ("SELECT created_at FROM partner WHERE id = ?1", id.0),
        Party::Person(id) => ("SELECT created_at FROM person WHERE id = ?1", id.0),
    };
    Ok(conn.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?)
}
