//! The SQL of the list of the excluded, and of what ours are known by.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PersonId, RecordId};
use crate::gratitude::exclusions::{ExclusionList, Probe};
use crate::network::Party;
use crate::store::{StoreError, Tx};

/// Keeps the list in place of any other.
pub(in crate::gratitude) fn put(
    tx: &Tx<'_>,
    file: &str,
    listed_on: NaiveDate,
    entries: u32,
    packed: &[u8],
) -> Result<(), StoreError> {
    forget(tx)?;
    tx.prepare_cached(
        "INSERT INTO exclusion_list (id, file, listed_on, entries, packed, read_at, read_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![RecordId::new(), file, Day(listed_on), entries, packed, tx.now, tx.actor.id])?;
    Ok(())
}

pub(in crate::gratitude) fn forget(tx: &Tx<'_>) -> Result<bool, StoreError> {
    Ok(tx.prepare_cached("DELETE FROM exclusion_list")?.execute([])? > 0)
}

/// The list in use: its day and its lines.
pub(in crate::gratitude) fn newest(conn: &Connection) -> Result<Option<(NaiveDate, Vec<u8>)>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT listed_on, packed FROM exclusion_list ORDER BY read_at DESC, id DESC LIMIT 1",
        )?
        .query_row([], |row| Ok((row.get::<_, Day>(0)?.0, row.get(1)?)))
        .optional()?)
}

/// What is told of it.
pub(in crate::gratitude) fn about(
    conn: &Connection,
    today: NaiveDate,
) -> Result<Option<ExclusionList>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT l.file, l.listed_on, l.entries, ifnull(p.name, ''), l.read_at FROM exclusion_list l
             LEFT JOIN profile p ON p.id = l.read_by ORDER BY l.read_at DESC, l.id DESC LIMIT 1",
        )?
        .query_row([], |row| {
            let listed_on = row.get::<_, Day>(1)?.0;
            Ok(ExclusionList {
                file: row.get(0)?,
                listed_on,
                age_days: u32::try_from((today - listed_on).num_days()).unwrap_or(0),
                entries: row.get(2)?,
                read_by: row.get(3)?,
                read_at: row.get(4)?,
                hits: Vec::new(),
            })
        })
        .optional()?)
}

const OF_PERSON: &str = "
    SELECT ifnull(person.npi, ''), person.name, person.family, person.given, (
        SELECT group_concat(s.state, char(31)) FROM (
            SELECT a.state FROM main.address a WHERE a.person_id = person.id
            UNION SELECT a.state FROM main.affiliation w JOIN main.address a ON a.partner_id = w.partner_id WHERE w.person_id = person.id
            UNION SELECT a.state FROM main.partner k JOIN main.address a ON a.partner_id = k.id WHERE k.individual_id = person.id
        ) s), person.id FROM person ";

const OF_PARTNER: &str = "
    SELECT ifnull(partner.npi, ''), partner.name, '', '', (
        SELECT group_concat(a.state, char(31)) FROM main.address a WHERE a.partner_id = partner.id), partner.id
    FROM partner ";

fn probe(row: &Row<'_>, organisation: bool) -> rusqlite::Result<Probe> {
    let (npi, states): (String, Option<String>) = (row.get(0)?, row.get(4)?);
    Ok(Probe {
        npi: Some(npi).filter(|npi| !npi.is_empty()),
        name: row.get(1)?,
        family: row.get(2)?,
        given: row.get(3)?,
        organisation,
        states: states.iter().flat_map(|all| all.split('\u{1f}')).map(str::to_owned).collect(),
    })
}

pub(in crate::gratitude) fn person(conn: &Connection, id: PersonId) -> Result<Option<Probe>, StoreError> {
    let sql = OF_PERSON.replace("FROM person ", "FROM main.person AS person ");
    let mut statement = conn.prepare_cached(&format!("{sql} WHERE person.id = ?1"))?;
    Ok(statement.query_row([id], |row| probe(row, false)).optional()?)
}

pub(in crate::gratitude) fn partner(conn: &Connection, id: PartnerId) -> Result<Option<Probe>, StoreError> {
    let sql = OF_PARTNER.replace("FROM partner ", "FROM main.partner AS partner ");
    let mut statement = conn.prepare_cached(&format!("{sql} WHERE partner.id = ?1"))?;
    Ok(statement.query_row([id], |row| probe(row, true)).optional()?)
}

/// What stands behind a person or partner on that day: the partner a person is, where they work, and whom those belong to.
pub(in crate::gratitude) fn behind(
    conn: &Connection,
    id: RecordId,
    on: NaiveDate,
) -> Result<Vec<PartnerId>, StoreError> {
    let mut statement = conn.prepare_cached(
        "WITH RECURSIVE behind(id) AS (
             SELECT partner_id FROM main.affiliation
             WHERE person_id = ?1 AND ifnull(from_on, ?2) <= ?2 AND ifnull(to_on, ?2) >= ?2
             UNION SELECT id FROM main.partner WHERE individual_id = ?1
             UNION SELECT parent_id FROM main.partner WHERE id = ?1 AND parent_id IS NOT NULL
             UNION SELECT p.parent_id FROM behind b JOIN main.partner p ON p.id = b.id WHERE p.parent_id IS NOT NULL)
         SELECT id FROM behind ORDER BY id",
    )?;
    let found = statement.query_map(params![id, Day(on)], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Everybody one sees who is no patient, with what they are known by.
pub(in crate::gratitude) fn each_known(
    conn: &Connection,
    mut each: impl FnMut(Party, Probe),
) -> Result<(), StoreError> {
    let people = format!(
        "{OF_PERSON} WHERE person.trashed_at IS NULL AND NOT EXISTS (
             SELECT 1 FROM main.partner own WHERE own.individual_id = person.id AND own.class = 'patient')"
    );
    let mut statement = conn.prepare_cached(&people)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(Party::Person(row.get(5)?), probe(row, false)?);
    }
    let partners = format!(
        "{OF_PARTNER} WHERE partner.trashed_at IS NULL AND partner.individual_id IS NULL AND partner.class IN ('medical', 'business')"
    );
    let mut statement = conn.prepare_cached(&partners)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(Party::Partner(row.get(5)?), probe(row, true)?);
    }
    Ok(())
}
