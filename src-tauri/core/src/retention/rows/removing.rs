//! Removing records for good and blanking who they were.

use rusqlite::{Connection, params};

use super::super::types::{RecordKind, RecordRef};
use crate::foundation::id::RecordId;
use crate::store::{StoreError, Tx};

fn ids(conn: &Connection, sql: &str, id: RecordId) -> Result<Vec<RecordId>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Records that can't be without this one.
pub(in super::super) fn referring(conn: &Connection, record: RecordRef) -> Result<Vec<RecordId>, StoreError> {
    let sql = match record.kind {
        RecordKind::Referral => return Ok(Vec::new()),
        RecordKind::Partner => {
            "SELECT id FROM referral WHERE from_partner_id = ?1 UNION SELECT id FROM referral WHERE to_partner_id = ?1
             UNION SELECT reward_id FROM reward_share WHERE partner_id = ?1
             UNION SELECT id FROM gift_offer o WHERE partner_id = ?1
                 AND (trashed_at IS NULL OR EXISTS (SELECT 1 FROM gift_offer_decision d WHERE d.offer_id = o.id))"
        }
        RecordKind::Person => {
            "SELECT id FROM referral WHERE from_person_id = ?1 UNION SELECT id FROM referral WHERE to_person_id = ?1
             UNION SELECT id FROM partner WHERE individual_id = ?1 UNION SELECT id FROM baton WHERE holder_person_id = ?1
             UNION SELECT referral_id FROM hand_off WHERE to_person_id = ?1
             UNION SELECT referral_id FROM hand_off WHERE from_person_id = ?1
             UNION SELECT id FROM care_member WHERE holder_person_id = ?1
             UNION SELECT reward_id FROM reward_share WHERE person_id = ?1 OR meter_id = ?1"
        }
        RecordKind::Patient => {
            "SELECT id FROM referral WHERE patient_id = ?1 UNION SELECT id FROM partner WHERE patient_id = ?1
             UNION SELECT id FROM hand_out WHERE patient_id = ?1 UNION SELECT id FROM inquiry WHERE patient_id = ?1
             UNION SELECT id FROM care_group WHERE patient_id = ?1"
        }
    };
    ids(conn, sql, record.id)
}

/// What goes with a record, in this order.
const WITH_PARTNER: &[&str] = &[
    "DELETE FROM canvass_attempt WHERE partner_id = ?1",
    "DELETE FROM canvass_target WHERE partner_id = ?1",
    "DELETE FROM visit_stop WHERE partner_id = ?1",
    "DELETE FROM task WHERE partner_id = ?1",
    "UPDATE task SET plan_id = NULL, plan_step = NULL WHERE plan_id IN (SELECT id FROM plan WHERE partner_id = ?1)",
    "DELETE FROM plan WHERE partner_id = ?1",
    "UPDATE visit_stop SET touch_id = NULL WHERE touch_id IN (SELECT id FROM touch WHERE partner_id = ?1)",
    "UPDATE canvass_attempt SET touch_id = NULL WHERE touch_id IN (SELECT id FROM touch WHERE partner_id = ?1)",
    "UPDATE task SET touch_id = NULL WHERE touch_id IN (SELECT id FROM touch WHERE partner_id = ?1)",
    "DELETE FROM touch_person WHERE touch_id IN (SELECT id FROM touch WHERE partner_id = ?1)",
    "DELETE FROM touch WHERE partner_id = ?1",
    "DELETE FROM nurture WHERE id = ?1",
    "DELETE FROM snooze WHERE id = ?1",
    "DELETE FROM closeness WHERE id = ?1",
    "DELETE FROM thanks WHERE partner_id = ?1",
    "DELETE FROM gift_note WHERE partner_id = ?1",
    "DELETE FROM gift_offer WHERE partner_id = ?1",
    "DELETE FROM partner_strength WHERE partner_id = ?1",
    "DELETE FROM partner_issue WHERE partner_id = ?1",
    "DELETE FROM hand_out_choice WHERE partner_id = ?1",
    "UPDATE hand_out SET helped = NULL, chosen_id = NULL WHERE chosen_id = ?1",
    "UPDATE inquiry SET source_id = NULL WHERE source_id = ?1",
    "DELETE FROM care_member WHERE partner_id = ?1",
    "DELETE FROM packet_agreement WHERE id = ?1",
    "DELETE FROM contact_point WHERE partner_id = ?1",
    "DELETE FROM address WHERE partner_id = ?1",
    "DELETE FROM partner_tag WHERE partner_id = ?1",
    "DELETE FROM affiliation WHERE partner_id = ?1",
    "DELETE FROM alias WHERE partner_id = ?1",
    "DELETE FROM distinct_pair WHERE one_id = ?1 OR other_id = ?1",
    "UPDATE partner SET parent_id = NULL WHERE parent_id = ?1",
    "DELETE FROM partner WHERE id = ?1",
];
const WITH_PERSON: &[&str] = &[
    "UPDATE visit_stop SET person_id = NULL WHERE person_id = ?1",
    "UPDATE task SET person_id = NULL WHERE person_id = ?1",
    "DELETE FROM touch_person WHERE person_id = ?1",
    "UPDATE nurture SET person_id = NULL WHERE person_id = ?1",
    "DELETE FROM thanks WHERE person_id = ?1",
    "DELETE FROM gift_note WHERE person_id = ?1",
    "DELETE FROM contact_point WHERE person_id = ?1",
    "DELETE FROM address WHERE person_id = ?1",
    "DELETE FROM affiliation WHERE person_id = ?1",
    "DELETE FROM alias WHERE person_id = ?1",
    "DELETE FROM distinct_pair WHERE one_id = ?1 OR other_id = ?1",
    "UPDATE partner SET introducer_id = NULL WHERE introducer_id = ?1",
    "DELETE FROM person WHERE id = ?1",
];

const WITH_PATIENT: [&str; 3] = [
    "DELETE FROM consent WHERE patient_id = ?1",
    "DELETE FROM kept_visit WHERE patient_id = ?1",
    "DELETE FROM patient WHERE id = ?1",
];
const WITH_REFERRAL: &[&str] = &[
    "UPDATE touch SET referral_id = NULL, purpose = '', learned = '' WHERE referral_id = ?1",
    "DELETE FROM task WHERE referral_id = ?1",
    "UPDATE hand_out SET referral_id = NULL WHERE referral_id = ?1",
    "UPDATE inquiry SET referral_id = NULL WHERE referral_id = ?1",
    "UPDATE care_group SET referral_id = NULL WHERE referral_id = ?1",
    "DELETE FROM restriction WHERE id = ?1",
    "DELETE FROM referral_answer WHERE referral_id = ?1",
    "DELETE FROM experience WHERE referral_id = ?1",
    "DELETE FROM referral_step WHERE referral_id = ?1",
    "DELETE FROM hand_off WHERE referral_id = ?1",
    "DELETE FROM checklist_mark WHERE referral_id = ?1",
    "DELETE FROM leak WHERE referral_id = ?1",
    "DELETE FROM baton WHERE id = ?1",
    "DELETE FROM referral WHERE id = ?1",
];

/// Removes a record and what belongs to it; the patients it concerned.
pub(in super::super) fn remove(tx: &Tx<'_>, record: RecordRef) -> Result<Vec<RecordId>, StoreError> {
    let mut patients = Vec::new();
    let steps: &[&str] = match record.kind {
        RecordKind::Referral => {
            patients = ids(tx, "SELECT patient_id FROM referral WHERE id = ?1", record.id)?;
            WITH_REFERRAL
        }
        RecordKind::Partner => {
            patients = ids(
                tx,
                "SELECT patient_id FROM partner WHERE id = ?1 AND patient_id IS NOT NULL",
                record.id,
            )?;
            WITH_PARTNER
        }
        RecordKind::Person => WITH_PERSON,
        RecordKind::Patient => &WITH_PATIENT,
    };
    for sql in steps {
        tx.prepare_cached(sql)?.execute([record.id])?;
    }
    Ok(patients)
}

/// The referrals of a patient; nothing of others.
pub(in super::super) fn referrals_of(
    conn: &Connection,
    record: RecordRef,
) -> Result<Vec<RecordId>, StoreError> {
    match record.kind {
        RecordKind::Patient => ids(conn, "SELECT id FROM referral WHERE patient_id = ?1", record.id),
        _ => Ok(Vec::new()),
    }
}

/// The records that are the same human being.
pub(in super::super) fn same_person(
    conn: &Connection,
    record: RecordRef,
) -> Result<Vec<RecordRef>, StoreError> {
    let mut all = vec![record];
    let partners = match record.kind {
        RecordKind::Patient => ids(conn, "SELECT id FROM partner WHERE patient_id = ?1", record.id)?,
        _ => ids(conn, "SELECT id FROM partner WHERE individual_id = ?1", record.id)?,
    };
    for id in partners {
        all.push(RecordRef { kind: RecordKind::Partner, id });
        if record.kind == RecordKind::Patient {
            let sql = "SELECT individual_id FROM partner WHERE id = ?1 AND individual_id IS NOT NULL";
            let people = ids(conn, sql, id)?;
            all.extend(people.into_iter().map(|id| RecordRef { kind: RecordKind::Person, id }));
        }
    }
    Ok(all)
}

/// Puts the token where the identity stood. What counts stays: kinds, dates, amounts, who referred whom.
pub(in super::super) fn blank(tx: &Tx<'_>, record: RecordRef, token: &str) -> Result<(), StoreError> {
    let key = token.to_lowercase();
    let (belongings, identity): (&[&str], &str) = match record.kind {
        RecordKind::Person => (
            &[
                "DELETE FROM contact_point WHERE person_id = ?1",
                "DELETE FROM address WHERE person_id = ?1",
                "DELETE FROM alias WHERE person_id = ?1",
            ],
            "UPDATE person SET given = '', middle = '', family = '', credentials = '', name = ?2, name_key = ?3, npi = NULL,
                 connection_note = NULL, notes = NULL, trash_reason = NULL, changed_at = ?4, changed_by = ?5 WHERE id = ?1",
        ),
        RecordKind::Partner => (
            &[
                "DELETE FROM contact_point WHERE partner_id = ?1",
                "DELETE FROM address WHERE partner_id = ?1",
                "DELETE FROM alias WHERE partner_id = ?1",
            ],
            "UPDATE partner SET name = ?2, name_key = ?3, npi = NULL, how_met_place = NULL, how_met_note = NULL, notes = NULL,
                 ended_reason = NULL, trash_reason = NULL, changed_at = ?4, changed_by = ?5 WHERE id = ?1",
        ),
        RecordKind::Patient => (
            &[
                "UPDATE referral SET note = NULL, status_text = NULL, import_key = NULL, trash_reason = NULL WHERE patient_id = ?1",
                "UPDATE referral_step SET note = NULL WHERE note IS NOT NULL
                     AND referral_id IN (SELECT id FROM referral WHERE patient_id = ?1)",
                "UPDATE hand_off SET note = NULL, next_step = NULL
                     WHERE referral_id IN (SELECT id FROM referral WHERE patient_id = ?1)",
                "UPDATE baton SET next_step = NULL WHERE id IN (SELECT id FROM referral WHERE patient_id = ?1)",
                "UPDATE consent SET note = NULL WHERE patient_id = ?1",
                "UPDATE restriction SET note = NULL WHERE id IN (SELECT id FROM referral WHERE patient_id = ?1)",
                "UPDATE experience SET comment = NULL, follow_up_note = NULL
                     WHERE referral_id IN (SELECT id FROM referral WHERE patient_id = ?1)",
                "DELETE FROM referral_answer WHERE (topic IN ('home_doctor', 'document', 'source', 'origin') OR (topic = 'travel' AND item = 'override'))
                     AND referral_id IN (SELECT id FROM referral WHERE patient_id = ?1)",
                "UPDATE hand_out SET problem = '', wishes = '' WHERE patient_id = ?1",
                "UPDATE hand_out_choice SET reason = NULL WHERE patient_id = ?1",
                "UPDATE inquiry SET caller_name = NULL, caller_phone = NULL, question = NULL, dropped_reason = NULL
                     WHERE patient_id = ?1",
                "UPDATE care_group SET plan = NULL WHERE patient_id = ?1",
                "UPDATE care_member SET part = '' WHERE patient_id = ?1",
                "UPDATE leak SET reason_text = NULL, action = NULL
                     WHERE referral_id IN (SELECT id FROM referral WHERE patient_id = ?1)",
            ],
            "UPDATE patient SET name = ?2, name_key = ?3, chart_number = NULL, born_on = NULL WHERE id = ?1 AND ?4 IS NOT ?5",
        ),
        RecordKind::Referral => return Ok(()),
    };
    for sql in belongings {
        tx.prepare_cached(sql)?.execute([record.id])?;
    }
    tx.prepare_cached(identity)?.execute(params![record.id, token, key, tx.now, tx.actor.id])?;
    Ok(())
}

/// Drafts that hold the name go: nobody can be asked about every one of them.
pub(in super::super) fn forget_drafts(tx: &Tx<'_>, name: &str) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM draft WHERE ?1 <> '' AND instr(lower(body), lower(?1)) > 0")?
        .execute([name])?;
    Ok(())
}
