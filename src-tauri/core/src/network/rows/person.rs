//! People and where they work.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};

use super::super::affiliations::Influence;
use super::super::types::PersonRole;
use super::partner::day;
use crate::foundation::day::Day;
use crate::foundation::id::{AffiliationId, PartnerId, PersonId};
use crate::store::{StoreError, Tx};

/// A person as the file keeps it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PersonRecord {
    pub(crate) given: String,
    pub(crate) middle: String,
    pub(crate) family: String,
    pub(crate) credentials: String,
    pub(crate) name: String,
    pub(crate) name_key: String,
    pub(crate) npi: Option<String>,
    pub(crate) specialty: Option<String>,
    pub(crate) role: Option<PersonRole>,
    pub(crate) first_name_terms: Option<bool>,
    pub(crate) connection_note: Option<String>,
    pub(crate) notes: Option<String>,
    pub(crate) changed_at: i64,
    pub(crate) trashed_at: Option<i64>,
}

pub(crate) fn read(conn: &Connection, id: PersonId) -> Result<Option<PersonRecord>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT given, middle, family, credentials, name, name_key, npi, specialty, role, first_name_terms, connection_note,
                    notes, changed_at, trashed_at
             FROM person WHERE id = ?1",
        )?
        .query_row([id], |row| {
            Ok(PersonRecord {
                given: row.get(0)?,
                middle: row.get(1)?,
                family: row.get(2)?,
                credentials: row.get(3)?,
                name: row.get(4)?,
                name_key: row.get(5)?,
                npi: row.get(6)?,
                specialty: row.get(7)?,
                role: row.get(8)?,
                first_name_terms: row.get(9)?,
                connection_note: row.get(10)?,
                notes: row.get(11)?,
                changed_at: row.get(12)?,
                trashed_at: row.get(13)?,
            })
        })
        .optional()?)
}

pub(crate) fn insert(tx: &Tx<'_>, id: PersonId, person: &PersonRecord) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO person (id, given, middle, family, credentials, name, name_key, npi, specialty, role, first_name_terms,
             connection_note, notes, created_at, created_by, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?14, ?15)",
    )?
    .execute(params![
        id,
        person.given,
        person.middle,
        person.family,
        person.credentials,
        person.name,
        person.name_key,
        person.npi,
        person.specialty,
        person.role,
        person.first_name_terms,
        person.connection_note,
        person.notes,
        tx.now,
        tx.actor.id
    ])?;
    Ok(())
}

pub(crate) fn update(tx: &Tx<'_>, id: PersonId, person: &PersonRecord) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE person SET given = ?2, middle = ?3, family = ?4, credentials = ?5, name = ?6, name_key = ?7, npi = ?8,
             specialty = ?9, role = ?10, first_name_terms = ?11, connection_note = ?12, notes = ?13, changed_at = ?14,
             changed_by = ?15
         WHERE id = ?1",
    )?
    .execute(params![
        id,
        person.given,
        person.middle,
        person.family,
        person.credentials,
        person.name,
        person.name_key,
        person.npi,
        person.specialty,
        person.role,
        person.first_name_terms,
        person.connection_note,
        person.notes,
        tx.now,
        tx.actor.id
    ])?;
    Ok(())
}

/// The name of a person that is there, in the trash or not.
pub(crate) fn name(conn: &Connection, id: PersonId) -> Result<Option<String>, StoreError> {
    Ok(conn.prepare_cached("SELECT name FROM person WHERE id = ?1")?.query_row([id], |row| row.get(0)).optional()?)
}

/// Whether a person is there and not in the trash.
pub(crate) fn exists(conn: &Connection, id: PersonId) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("SELECT 1 FROM person WHERE id = ?1 AND trashed_at IS NULL")?.exists([id])?)
}

/// An affiliation as the file keeps it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AffiliationRecord {
    pub(crate) person: PersonId,
    pub(crate) partner: PartnerId,
    pub(crate) role: Option<PersonRole>,
    pub(crate) influence: Influence,
    pub(crate) is_primary: bool,
    pub(crate) from_on: Option<NaiveDate>,
    pub(crate) to_on: Option<NaiveDate>,
}

pub(crate) fn affiliation(conn: &Connection, id: AffiliationId) -> Result<Option<AffiliationRecord>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT person_id, partner_id, role, decides, influences, executes, usually_picks, is_primary, from_on, to_on
             FROM affiliation WHERE id = ?1",
        )?
        .query_row([id], |row| {
            Ok(AffiliationRecord {
                person: row.get(0)?,
                partner: row.get(1)?,
                role: row.get(2)?,
                influence: Influence {
                    decides: row.get(3)?,
                    influences: row.get(4)?,
                    executes: row.get(5)?,
                    usually_picks: row.get(6)?,
                },
                is_primary: row.get(7)?,
                from_on: day(row, 8)?,
                to_on: day(row, 9)?,
            })
        })
        .optional()?)
}

pub(crate) fn insert_affiliation(tx: &Tx<'_>, id: AffiliationId, one: &AffiliationRecord) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO affiliation (id, person_id, partner_id, role, decides, influences, executes, usually_picks, is_primary,
             from_on, to_on)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        id,
        one.person,
        one.partner,
        one.role,
        one.influence.decides,
        one.influence.influences,
        one.influence.executes,
        one.influence.usually_picks,
        one.is_primary,
        one.from_on.map(Day),
        one.to_on.map(Day)
    ])?;
    Ok(())
}

pub(crate) fn update_affiliation(tx: &Tx<'_>, id: AffiliationId, one: &AffiliationRecord) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE affiliation SET role = ?2, decides = ?3, influences = ?4, executes = ?5, usually_picks = ?6, is_primary = ?7,
             from_on = ?8, to_on = ?9
         WHERE id = ?1",
    )?
    .execute(params![
        id,
        one.role,
        one.influence.decides,
        one.influence.influences,
        one.influence.executes,
        one.influence.usually_picks,
        one.is_primary,
        one.from_on.map(Day),
        one.to_on.map(Day)
    ])?;
    Ok(())
}

pub(crate) fn delete_affiliation(tx: &Tx<'_>, id: AffiliationId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM affiliation WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// The affiliations of a person: id, whether primary, until when; the main one first, then by age.
pub(crate) fn affiliations_of(
    conn: &Connection,
    person: PersonId,
) -> Result<Vec<(AffiliationId, bool, Option<NaiveDate>)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, is_primary, to_on FROM affiliation WHERE person_id = ?1 ORDER BY is_primary DESC, id",
    )?;
    Ok(statement.query_map([person], |row| Ok((row.get(0)?, row.get(1)?, day(row, 2)?)))?.collect::<Result<_, _>>()?)
}

/// Whether a person works (or worked) at a partner without an end.
pub(crate) fn works_at(conn: &Connection, person: PersonId, partner: PartnerId) -> Result<bool, StoreError> {
    Ok(conn
        .prepare_cached("SELECT 1 FROM affiliation WHERE person_id = ?1 AND partner_id = ?2 AND to_on IS NULL")?
        .exists(params![person, partner])?)
}

pub(crate) fn set_primary(tx: &Tx<'_>, id: AffiliationId, primary: bool) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE affiliation SET is_primary = ?2 WHERE id = ?1")?.execute(params![id, primary])?;
    Ok(())
}
