//! The SQL of merging two people: every column that names a person is either moved here or stays on purpose.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::merge_people::PersonFields;
use crate::foundation::id::{PersonId, RecordId};
use crate::store::{StoreError, Tx};

/// What a record lacks is taken from the other; notes are put one below the other.
const TAKE_OVER: &str = "
    UPDATE person SET
        npi = ifnull(person.npi, o.npi), specialty = ifnull(person.specialty, o.specialty), role = ifnull(person.role, o.role),
        credentials = CASE person.credentials WHEN '' THEN o.credentials ELSE person.credentials END,
        first_name_terms = ifnull(person.first_name_terms, o.first_name_terms),
        connection_note = CASE WHEN person.connection_note IS NULL OR o.connection_note IS NULL OR person.connection_note = o.connection_note
            THEN ifnull(person.connection_note, o.connection_note) ELSE person.connection_note || char(10) || o.connection_note END,
        notes = CASE WHEN person.notes IS NULL OR o.notes IS NULL OR person.notes = o.notes
            THEN ifnull(person.notes, o.notes) ELSE person.notes || char(10) || o.notes END,
        changed_at = ?3, changed_by = ?4
    FROM person o WHERE o.id = ?1 AND person.id = ?2";

/// In this order, `?1` is the one that goes, `?2` the one that stays. What both have alike goes with the record; a place both
/// work at keeps what either knows of it.
const MOVES: &[&str] = &[
    "UPDATE affiliation SET role = ifnull(affiliation.role, o.role), decides = max(affiliation.decides, o.decides),
         influences = max(affiliation.influences, o.influences), executes = max(affiliation.executes, o.executes),
         usually_picks = max(affiliation.usually_picks, o.usually_picks), from_on = min(ifnull(affiliation.from_on, o.from_on), ifnull(o.from_on, affiliation.from_on))
     FROM affiliation o WHERE affiliation.person_id = ?2 AND o.person_id = ?1 AND o.partner_id = affiliation.partner_id
         AND ifnull(o.to_on, '') = ifnull(affiliation.to_on, '')",
    "DELETE FROM affiliation WHERE person_id = ?1 AND EXISTS (
         SELECT 1 FROM affiliation k WHERE k.person_id = ?2 AND k.partner_id = affiliation.partner_id
             AND ifnull(k.to_on, '') = ifnull(affiliation.to_on, ''))",
    "UPDATE affiliation SET is_primary = 0 WHERE person_id = ?1 AND EXISTS (
         SELECT 1 FROM affiliation k WHERE k.person_id = ?2 AND k.is_primary)",
    "UPDATE affiliation SET person_id = ?2 WHERE person_id = ?1",
    "DELETE FROM contact_point WHERE person_id = ?1 AND EXISTS (
         SELECT 1 FROM contact_point k WHERE k.person_id = ?2 AND k.kind = contact_point.kind AND k.search = contact_point.search)",
    "UPDATE contact_point SET is_primary = 0 WHERE person_id = ?1 AND EXISTS (
         SELECT 1 FROM contact_point k WHERE k.person_id = ?2 AND k.kind = contact_point.kind AND k.is_primary)",
    "UPDATE contact_point SET person_id = ?2 WHERE person_id = ?1",
    "DELETE FROM address WHERE person_id = ?1 AND EXISTS (
         SELECT 1 FROM address k WHERE k.person_id = ?2 AND lower(k.street) = lower(address.street) AND lower(k.street2) = lower(address.street2)
             AND lower(k.city) = lower(address.city) AND k.zip = address.zip)",
    "UPDATE address SET is_primary = 0 WHERE person_id = ?1 AND EXISTS (SELECT 1 FROM address k WHERE k.person_id = ?2 AND k.is_primary)",
    "UPDATE address SET person_id = ?2 WHERE person_id = ?1",
    "UPDATE alias SET person_id = ?2 WHERE person_id = ?1",
    "UPDATE partner SET individual_id = ?2 WHERE individual_id = ?1 AND trashed_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM partner k WHERE k.individual_id = ?2 AND k.trashed_at IS NULL)",
    "UPDATE partner SET introducer_id = ?2 WHERE introducer_id = ?1",
    "UPDATE referral SET from_person_id = ?2 WHERE from_person_id = ?1",
    "UPDATE referral SET to_person_id = ?2 WHERE to_person_id = ?1",
    "UPDATE baton SET holder_person_id = ?2 WHERE holder_person_id = ?1",
    "UPDATE hand_off SET from_person_id = ?2 WHERE from_person_id = ?1",
    "UPDATE hand_off SET to_person_id = ?2 WHERE to_person_id = ?1",
    "UPDATE care_member SET holder_person_id = ?2 WHERE holder_person_id = ?1",
    "DELETE FROM touch_person WHERE person_id = ?1 AND EXISTS (
         SELECT 1 FROM touch_person k WHERE k.person_id = ?2 AND k.touch_id = touch_person.touch_id)",
    "UPDATE touch_person SET person_id = ?2 WHERE person_id = ?1",
    "UPDATE nurture SET person_id = ?2 WHERE person_id = ?1",
    "UPDATE task SET person_id = ?2 WHERE person_id = ?1",
    "UPDATE visit_stop SET person_id = ?2 WHERE person_id = ?1",
];

/// Whom the one that goes is not, the one that stays is not either; `?1` goes, `?2` stays. Of people and partners alike.
const DIFFERENT: [&str; 2] = [
    "INSERT OR IGNORE INTO distinct_pair (one_id, other_id)
         SELECT min(?2, id), max(?2, id) FROM (
             SELECT other_id AS id FROM distinct_pair WHERE one_id = ?1 UNION SELECT one_id FROM distinct_pair WHERE other_id = ?1)
         WHERE id <> ?2",
    "DELETE FROM distinct_pair WHERE (one_id = ?1 OR other_id = ?1) AND ?1 <> ?2",
];

/// Columns that name a person and are moved by the room they belong to, or stay as they were written.
#[cfg(test)]
const ELSEWHERE: [(&str, &str); 3] =
    [("gift_note", "person_id"), ("thanks", "person_id"), ("reward_share", "person_id")];

pub(crate) fn take_over(tx: &Tx<'_>, away: PersonId, into: PersonId) -> Result<(), StoreError> {
    tx.prepare_cached(TAKE_OVER)?.execute(params![away, into, tx.now, tx.actor.id])?;
    Ok(())
}

pub(crate) fn move_all(tx: &Tx<'_>, away: PersonId, into: PersonId) -> Result<(), StoreError> {
    for sql in MOVES {
        tx.prepare_cached(sql)?.execute([away, into])?;
    }
    Ok(())
}

/// Says of the one that stays whom somebody declared different from the one that goes.
pub(crate) fn move_different(tx: &Tx<'_>, away: RecordId, into: RecordId) -> Result<(), StoreError> {
    for sql in DIFFERENT {
        tx.prepare_cached(sql)?.execute([away, into])?;
    }
    Ok(())
}

/// Whether a legal hold stands on this very record.
pub(crate) fn is_held(conn: &Connection, id: RecordId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM main.legal_hold WHERE record_id = ?1 AND lifted_at IS NULL";
    Ok(conn.prepare_cached(sql)?.exists([id])?)
}

/// What a person's record holds; nothing if it is gone or in the trash.
pub(crate) fn fields(conn: &Connection, of: PersonId) -> Result<Option<PersonFields>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT name, credentials, ifnull(specialty, ''), ifnull(role, ''), ifnull(npi, '') FROM person WHERE id = ?1 AND trashed_at IS NULL",
        )?
        .query_row([of], |row| {
            let names = ["name", "credentials", "specialty", "role", "npi"];
            let fields = names.into_iter().enumerate().map(|(at, name)| Ok((name, row.get(at)?)));
            Ok(PersonFields(fields.collect::<rusqlite::Result<_>>()?))
        })
        .optional()?)
}

pub(crate) fn npi(conn: &Connection, of: PersonId) -> Result<Option<String>, StoreError> {
    Ok(conn.prepare_cached("SELECT npi FROM main.person WHERE id = ?1")?.query_row([of], |row| row.get(0))?)
}

pub(crate) fn places(conn: &Connection, of: PersonId) -> Result<u32, StoreError> {
    let mut statement = conn.prepare_cached("SELECT count(*) FROM affiliation WHERE person_id = ?1")?;
    Ok(statement.query_row([of], |row| row.get(0))?)
}

pub(crate) fn contacts(conn: &Connection, of: PersonId) -> Result<u32, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT (SELECT count(*) FROM contact_point WHERE person_id = ?1) + (SELECT count(*) FROM address WHERE person_id = ?1)",
    )?;
    Ok(statement.query_row([of], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_that_names_a_person_is_moved_or_stays_on_purpose() {
        let practice = crate::testing::practice("2026-11-25");
        let columns: Vec<(String, String)> = practice
            .read(|conn| {
                let mut statement = conn.prepare(
                    "SELECT t.name, f.\"from\" FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name) f
                     WHERE t.schema = 'main' AND t.type = 'table' AND f.\"table\" = 'person'",
                )?;
                let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
                Ok::<_, StoreError>(found.collect::<Result<_, _>>()?)
            })
            .expect("the schema");
        assert!(columns.len() > 12, "{columns:?}");
        for (table, column) in columns {
            let moved = MOVES.iter().any(|sql| sql.contains(&format!("UPDATE {table} SET {column} = ?2")));
            let elsewhere = ELSEWHERE.contains(&(table.as_str(), column.as_str()));
            assert!(moved != elsewhere, "{table}.{column}");
        }
    }
}
