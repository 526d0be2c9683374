//! Partners.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::super::types::{HowMet, PartnerClass, PartnerType};
use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PersonId, ProfileId};
use crate::store::{StoreError, Tx};

/// A partner as the file keeps it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PartnerRecord {
    pub(crate) class: PartnerClass,
    pub(crate) partner_type: PartnerType,
    pub(crate) name: String,
    pub(crate) name_key: String,
    pub(crate) individual: Option<PersonId>,
    pub(crate) parent: Option<PartnerId>,
    pub(crate) npi: Option<String>,
    pub(crate) specialty: Option<String>,
    pub(crate) how_met: Option<HowMet>,
    pub(crate) how_met_on: Option<NaiveDate>,
    pub(crate) how_met_place: Option<String>,
    pub(crate) how_met_note: Option<String>,
    pub(crate) introducer: Option<PersonId>,
    pub(crate) owner: Option<ProfileId>,
    pub(crate) ended_on: Option<NaiveDate>,
    pub(crate) ended_reason: Option<String>,
    pub(crate) notes: Option<String>,
    pub(crate) changed_at: i64,
    pub(crate) trashed_at: Option<i64>,
}

pub(crate) fn day(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<NaiveDate>> {
    Ok(row.get::<_, Option<Day>>(column)?.map(|day| day.0))
}

pub(crate) fn read(conn: &Connection, id: PartnerId) -> Result<Option<PartnerRecord>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT class, type, name, name_key, individual_id, parent_id, npi, specialty, how_met, how_met_on, how_met_place,
                    how_met_note, introducer_id, owner_id, ended_on, ended_reason, notes, changed_at, trashed_at
             FROM partner WHERE id = ?1",
        )?
        .query_row([id], |row| {
            Ok(PartnerRecord {
                class: row.get(0)?,
                partner_type: row.get(1)?,
                name: row.get(2)?,
                name_key: row.get(3)?,
                individual: row.get(4)?,
                parent: row.get(5)?,
                npi: row.get(6)?,
                specialty: row.get(7)?,
                how_met: row.get(8)?,
                how_met_on: day(row, 9)?,
                how_met_place: row.get(10)?,
                how_met_note: row.get(11)?,
                introducer: row.get(12)?,
                owner: row.get(13)?,
                ended_on: day(row, 14)?,
                ended_reason: row.get(15)?,
                notes: row.get(16)?,
                changed_at: row.get(17)?,
                trashed_at: row.get(18)?,
            })
        })
        .optional()?)
}

pub(crate) fn insert(tx: &Tx<'_>, id: PartnerId, partner: &PartnerRecord) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO partner (id, class, type, name, name_key, individual_id, parent_id, npi, specialty, how_met, how_met_on,
             how_met_place, how_met_note, introducer_id, owner_id, notes, created_at, created_by, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?17, ?18)",
    )?
    .execute(params![
        id,
        partner.class,
        partner.partner_type,
        partner.name,
        partner.name_key,
        partner.individual,
        partner.parent,
        partner.npi,
        partner.specialty,
        partner.how_met,
        partner.how_met_on.map(Day),
        partner.how_met_place,
        partner.how_met_note,
        partner.introducer,
        partner.owner,
        partner.notes,
        tx.now,
        tx.actor.id
    ])?;
    Ok(())
}

pub(crate) fn update(tx: &Tx<'_>, id: PartnerId, partner: &PartnerRecord) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE partner SET class = ?2, type = ?3, name = ?4, name_key = ?5, parent_id = ?6, npi = ?7, specialty = ?8,
             how_met = ?9, how_met_on = ?10, how_met_place = ?11, how_met_note = ?12, introducer_id = ?13, owner_id = ?14,
             ended_on = ?15, ended_reason = ?16, notes = ?17, changed_at = ?18, changed_by = ?19
         WHERE id = ?1",
    )?
    .execute(params![
        id,
        partner.class,
        partner.partner_type,
        partner.name,
        partner.name_key,
        partner.parent,
        partner.npi,
        partner.specialty,
        partner.how_met,
        partner.how_met_on.map(Day),
        partner.how_met_place,
        partner.how_met_note,
        partner.introducer,
        partner.owner,
        partner.ended_on.map(Day),
        partner.ended_reason,
        partner.notes,
        tx.now,
        tx.actor.id
    ])?;
    Ok(())
}

/// The name of a partner that is there, in the trash or not.
pub(crate) fn name(conn: &Connection, id: PartnerId) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT name FROM partner WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

/// Whether a partner is there and not in the trash.
pub(crate) fn exists(conn: &Connection, id: PartnerId) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("SELECT 1 FROM partner WHERE id = ?1 AND trashed_at IS NULL")?.exists([id])?)
}

/// The organisation a partner belongs to.
pub(crate) fn parent(conn: &Connection, id: PartnerId) -> Result<Option<PartnerId>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT parent_id FROM partner WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?
        .flatten())
}

/// The partners that are this one person.
pub(crate) fn of_individual(conn: &Connection, person: PersonId) -> Result<Vec<PartnerId>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id FROM partner WHERE individual_id = ?1 AND trashed_at IS NULL ORDER BY id",
    )?;
    Ok(statement.query_map([person], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

pub(crate) fn profile_name(conn: &Connection, id: ProfileId) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT name FROM profile WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

/// How many partners each of us looks after.
pub(crate) fn by_owner(conn: &Connection) -> Result<Vec<(ProfileId, u32)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT owner_id, count(*) FROM partner WHERE owner_id IS NOT NULL AND trashed_at IS NULL GROUP BY owner_id",
    )?;
    Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
}

/// The partners one of us looks after.
pub(crate) fn owned_by(conn: &Connection, owner: ProfileId) -> Result<Vec<PartnerId>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT id FROM partner WHERE owner_id = ?1 AND trashed_at IS NULL ORDER BY id")?;
    Ok(statement.query_map([owner], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Gives a partner to one of us. True if that changed something.
pub(crate) fn set_owner(tx: &Tx<'_>, id: PartnerId, owner: Option<ProfileId>) -> Result<bool, StoreError> {
    let changed = tx
        .prepare_cached(
            "UPDATE partner SET owner_id = ?2, changed_at = ?3, changed_by = ?4 WHERE id = ?1 AND owner_id IS NOT ?2",
        )?
        .execute(params![id, owner, tx.now, tx.actor.id])?;
    Ok(changed > 0)
}
