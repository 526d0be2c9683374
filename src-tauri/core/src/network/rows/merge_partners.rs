//! The SQL of merging the partners two records of one person are: every column that names a partner is either moved here or stays on
//! purpose.

use rusqlite::{Connection, OptionalExtension, params};

use crate::foundation::id::{PartnerId, PersonId, RecordId};
use crate::store::{StoreError, Tx};

/// What a partner lacks is taken from the other; notes are put one below the other. A parent only where nobody belongs to either, so
/// that none becomes its own.
const TAKE_OVER: &str = "
    UPDATE partner SET
        npi = ifnull(partner.npi, o.npi), specialty = ifnull(partner.specialty, o.specialty), owner_id = ifnull(partner.owner_id, o.owner_id),
        patient_id = ifnull(partner.patient_id, o.patient_id),
        how_met_on = CASE WHEN partner.how_met IS NULL THEN o.how_met_on ELSE partner.how_met_on END,
        how_met_place = CASE WHEN partner.how_met IS NULL THEN o.how_met_place ELSE partner.how_met_place END,
        how_met_note = CASE WHEN partner.how_met IS NULL THEN o.how_met_note ELSE partner.how_met_note END,
        introducer_id = CASE WHEN partner.how_met IS NULL THEN o.introducer_id ELSE partner.introducer_id END,
        how_met = ifnull(partner.how_met, o.how_met),
        parent_id = CASE WHEN partner.parent_id IS NULL AND NOT EXISTS (SELECT 1 FROM partner c WHERE c.parent_id IN (?1, ?2))
            THEN o.parent_id ELSE partner.parent_id END,
        notes = CASE WHEN partner.notes IS NULL OR o.notes IS NULL OR partner.notes = o.notes
            THEN ifnull(partner.notes, o.notes) ELSE partner.notes || char(10) || o.notes END,
        changed_at = ?3, changed_by = ?4
    FROM partner o WHERE o.id = ?1 AND partner.id = ?2";

/// In this order, `?1` is the one that goes, `?2` the one that stays. What both have alike goes with the record; of two wishes not to
/// be contacted none is lost.
const MOVES: &[&str] = &[
    "UPDATE partner SET parent_id = NULL WHERE id = ?2 AND parent_id = ?1",
    "UPDATE partner SET parent_id = ?2 WHERE parent_id = ?1",
    "UPDATE affiliation SET role = ifnull(affiliation.role, o.role), decides = max(affiliation.decides, o.decides),
         influences = max(affiliation.influences, o.influences), executes = max(affiliation.executes, o.executes),
         usually_picks = max(affiliation.usually_picks, o.usually_picks), is_primary = max(affiliation.is_primary, o.is_primary),
         from_on = min(ifnull(affiliation.from_on, o.from_on), ifnull(o.from_on, affiliation.from_on))
     FROM affiliation o WHERE affiliation.partner_id = ?2 AND o.partner_id = ?1 AND o.person_id = affiliation.person_id
         AND ifnull(o.to_on, '') = ifnull(affiliation.to_on, '')",
    "DELETE FROM affiliation WHERE partner_id = ?1 AND EXISTS (
         SELECT 1 FROM affiliation k WHERE k.partner_id = ?2 AND k.person_id = affiliation.person_id
             AND ifnull(k.to_on, '') = ifnull(affiliation.to_on, ''))",
    "UPDATE affiliation SET partner_id = ?2 WHERE partner_id = ?1",
    "DELETE FROM contact_point WHERE partner_id = ?1 AND EXISTS (
         SELECT 1 FROM contact_point k WHERE k.partner_id = ?2 AND k.kind = contact_point.kind AND k.search = contact_point.search)",
    "UPDATE contact_point SET is_primary = 0 WHERE partner_id = ?1 AND EXISTS (
         SELECT 1 FROM contact_point k WHERE k.partner_id = ?2 AND k.kind = contact_point.kind AND k.is_primary)",
    "UPDATE contact_point SET partner_id = ?2 WHERE partner_id = ?1",
    "DELETE FROM address WHERE partner_id = ?1 AND EXISTS (
         SELECT 1 FROM address k WHERE k.partner_id = ?2 AND lower(k.street) = lower(address.street) AND lower(k.street2) = lower(address.street2)
             AND lower(k.city) = lower(address.city) AND k.zip = address.zip)",
    "UPDATE address SET is_primary = 0 WHERE partner_id = ?1 AND EXISTS (SELECT 1 FROM address k WHERE k.partner_id = ?2 AND k.is_primary)",
    "UPDATE address SET partner_id = ?2 WHERE partner_id = ?1",
    "INSERT OR IGNORE INTO partner_tag (partner_id, tag_id) SELECT ?2, tag_id FROM partner_tag WHERE partner_id = ?1",
    "DELETE FROM partner_tag WHERE partner_id = ?1 AND partner_id <> ?2",
    "UPDATE alias SET partner_id = ?2 WHERE partner_id = ?1",
    "UPDATE referral SET from_partner_id = ?2 WHERE from_partner_id = ?1",
    "UPDATE referral SET to_partner_id = ?2 WHERE to_partner_id = ?1",
    "DELETE FROM partner_strength WHERE partner_id = ?1 AND EXISTS (
         SELECT 1 FROM partner_strength k WHERE k.partner_id = ?2 AND k.kind = partner_strength.kind
             AND (k.value = partner_strength.value OR k.kind IN ('distance', 'do_not_use')))",
    "UPDATE partner_strength SET partner_id = ?2 WHERE partner_id = ?1",
    "UPDATE partner_issue SET partner_id = ?2 WHERE partner_id = ?1",
    "DELETE FROM hand_out_choice WHERE partner_id = ?1 AND EXISTS (
         SELECT 1 FROM hand_out_choice k WHERE k.partner_id = ?2 AND k.hand_out_id = hand_out_choice.hand_out_id)",
    "UPDATE hand_out_choice SET partner_id = ?2 WHERE partner_id = ?1",
    "UPDATE hand_out SET chosen_id = ?2 WHERE chosen_id = ?1",
    "UPDATE inquiry SET source_id = ?2 WHERE source_id = ?1",
    "UPDATE care_member SET partner_id = ?2 WHERE partner_id = ?1",
    "UPDATE packet_agreement SET id = ?2 WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM packet_agreement WHERE id = ?2)",
    "UPDATE gift_offer SET partner_id = ?2 WHERE partner_id = ?1",
    "UPDATE touch SET partner_id = ?2 WHERE partner_id = ?1",
    "UPDATE nurture SET channel = ifnull(nurture.channel, o.channel), person_id = ifnull(nurture.person_id, o.person_id),
         every_days = ifnull(nurture.every_days, o.every_days), paused = max(nurture.paused, o.paused),
         best_time = CASE nurture.best_time WHEN '' THEN o.best_time ELSE nurture.best_time END,
         do_not = CASE WHEN o.do_not = '' OR o.do_not = nurture.do_not THEN nurture.do_not
             WHEN nurture.do_not = '' THEN o.do_not ELSE nurture.do_not || char(10) || o.do_not END
     FROM nurture o WHERE nurture.id = ?2 AND o.id = ?1",
    "UPDATE nurture SET id = ?2 WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM nurture WHERE id = ?2)",
    "UPDATE snooze SET id = ?2 WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM snooze WHERE id = ?2)",
    "UPDATE closeness SET id = ?2 WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM closeness WHERE id = ?2)",
    "UPDATE task SET partner_id = ?2 WHERE partner_id = ?1",
    "UPDATE plan SET partner_id = ?2 WHERE partner_id = ?1",
    "UPDATE visit_stop SET partner_id = ?2 WHERE partner_id = ?1",
    "DELETE FROM canvass_target WHERE partner_id = ?1 AND EXISTS (
         SELECT 1 FROM canvass_target k WHERE k.partner_id = ?2 AND k.list_id = canvass_target.list_id)",
    "UPDATE canvass_target SET partner_id = ?2 WHERE partner_id = ?1",
    "UPDATE canvass_attempt SET partner_id = ?2 WHERE partner_id = ?1",
];

/// Columns that name a partner and are moved by the room they belong to, or stay as they were written.
#[cfg(test)]
const ELSEWHERE: [(&str, &str); 3] =
    [("gift_note", "partner_id"), ("thanks", "partner_id"), ("reward_share", "partner_id")];

/// What has to fit together before two partners become one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OwnPartner {
    pub(crate) id: PartnerId,
    pub(crate) name: String,
    pub(crate) class: String,
    pub(crate) npi: Option<String>,
    pub(crate) patient: Option<RecordId>,
}

/// The partners a person is, the first first; those in the trash are left there.
pub(crate) fn of_person(conn: &Connection, of: PersonId) -> Result<Vec<OwnPartner>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, name, class, npi, patient_id FROM main.partner WHERE individual_id = ?1 AND trashed_at IS NULL ORDER BY id",
    )?;
    let rows = statement.query_map([of], |row| {
        Ok(OwnPartner {
            id: row.get(0)?,
            name: row.get(1)?,
            class: row.get(2)?,
            npi: row.get(3)?,
            patient: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn take_over(tx: &Tx<'_>, away: PartnerId, into: PartnerId) -> Result<(), StoreError> {
    tx.prepare_cached(TAKE_OVER)?.execute(params![away, into, tx.now, tx.actor.id])?;
    Ok(())
}

pub(crate) fn move_all(tx: &Tx<'_>, away: PartnerId, into: PartnerId) -> Result<(), StoreError> {
    for sql in MOVES {
        tx.prepare_cached(sql)?.execute([away, into])?;
    }
    Ok(())
}

/// Whether whoever is at the desk sees this partner: behind a lens they may not.
pub(crate) fn is_seen(conn: &Connection, id: PartnerId) -> Result<bool, StoreError> {
    Ok(conn
        .prepare_cached("SELECT 1 FROM partner WHERE id = ?1")?
        .query_row([id], |_| Ok(()))
        .optional()?
        .is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_that_names_a_partner_is_moved_or_stays_on_purpose() {
        let practice = crate::testing::practice("2026-11-25");
        let columns: Vec<(String, String)> = practice
            .read(|conn| {
                let mut statement = conn.prepare(
                    "SELECT t.name, f.\"from\" FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name) f
                     WHERE t.schema = 'main' AND t.type = 'table' AND f.\"table\" = 'partner'",
                )?;
                let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
                Ok::<_, StoreError>(found.collect::<Result<_, _>>()?)
            })
            .expect("the schema");
        assert!(columns.len() > 20, "{columns:?}");
        for (table, column) in columns {
            let moved = MOVES.iter().any(|sql| {
                sql.contains(&format!("UPDATE {table} SET {column} = ?2"))
                    || sql.contains(&format!("INSERT OR IGNORE INTO {table} ({column}"))
            });
            let elsewhere = ELSEWHERE.contains(&(table.as_str(), column.as_str()));
            assert!(moved != elsewhere, "{table}.{column}");
        }
    }
}
