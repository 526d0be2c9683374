//! What the intake looks up and adds: parties, patients, likenesses.

use chrono::{Days, NaiveDate};
use rusqlite::{Connection, OptionalExtension, params};

use super::row::Kept;
use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PatientId, PersonId, ReferralId};
use crate::store::{StoreError, Tx};

/// A partner on record: the one person it is, if it is one. `None` if it is not there or in the trash.
pub(in crate::referrals) fn partner(
    conn: &Connection,
    id: PartnerId,
) -> Result<Option<Option<PersonId>>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT individual_id FROM partner WHERE id = ?1 AND trashed_at IS NULL")?;
    Ok(statement.query_row([id], |row| row.get(0)).optional()?)
}

/// Whether the person is on record.
pub(in crate::referrals) fn has_person(conn: &Connection, id: PersonId) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("SELECT 1 FROM person WHERE id = ?1 AND trashed_at IS NULL")?.exists([id])?)
}

/// The partner who is credited for a person on a day: the partner that is this person, else where they work
/// (the main place first).
pub(in crate::referrals) fn partner_of_person(
    conn: &Connection,
    person: PersonId,
    on: NaiveDate,
) -> Result<Option<PartnerId>, StoreError> {
    let itself = conn
        .prepare_cached(
            "SELECT id FROM partner WHERE individual_id = ?1 AND trashed_at IS NULL ORDER BY id LIMIT 1",
        )?
        .query_row([person], |row| row.get(0))
        .optional()?;
    if itself.is_some() {
        return Ok(itself);
    }
    let mut statement = conn.prepare_cached(
        "SELECT a.partner_id FROM affiliation a JOIN partner p ON p.id = a.partner_id AND p.trashed_at IS NULL
         WHERE a.person_id = ?1 AND ifnull(a.from_on, '') <= ?2 AND ifnull(a.to_on, '9999-12-31') >= ?2
         ORDER BY a.is_primary DESC, ifnull(a.from_on, '') DESC, a.id LIMIT 1",
    )?;
    Ok(statement.query_row(params![person, Day(on)], |row| row.get(0)).optional()?)
}

/// The partner a patient who refers is, with the patient's name.
pub(in crate::referrals) fn referring_patient(
    conn: &Connection,
    patient: PatientId,
) -> Result<Option<(String, Option<PartnerId>)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT name, (SELECT p.id FROM partner p WHERE p.patient_id = patient.id AND p.trashed_at IS NULL ORDER BY p.id LIMIT 1)
         FROM patient WHERE id = ?1",
    )?;
    Ok(statement.query_row([patient], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// Ties a partner to the patient it is.
pub(in crate::referrals) fn tie_to_patient(
    tx: &Tx<'_>,
    partner: PartnerId,
    patient: PatientId,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE partner SET patient_id = ?2 WHERE id = ?1")?
        .execute(params![partner, patient])?;
    Ok(())
}

/// Whether the patient is on record.
pub(in crate::referrals) fn has_patient(conn: &Connection, id: PatientId) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("SELECT 1 FROM patient WHERE id = ?1")?.exists([id])?)
}

/// The patient with this chart number, if the name is the same or one of the two is not known.
pub(in crate::referrals) fn patient_by_chart(
    conn: &Connection,
    chart_number: &str,
    name_key: &str,
) -> Result<Option<PatientId>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id FROM patient WHERE chart_number = ?1 AND (name_key = ?2 OR name_key = '' OR ?2 = '') ORDER BY id LIMIT 1",
    )?;
    Ok(statement.query_row([chart_number, name_key], |row| row.get(0)).optional()?)
}

/// A new patient.
pub(in crate::referrals) fn insert_patient(
    tx: &Tx<'_>,
    name: &str,
    name_key: &str,
    chart_number: Option<&str>,
) -> Result<PatientId, StoreError> {
    let id = PatientId::new();
    tx.prepare_cached(
        "INSERT INTO patient (id, name, name_key, chart_number, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![id, name, name_key, chart_number, tx.now])?;
    Ok(id)
}

/// Corrects a patient's name and chart number.
pub(in crate::referrals) fn update_patient(
    tx: &Tx<'_>,
    id: PatientId,
    name: &str,
    name_key: &str,
    chart_number: Option<&str>,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE patient SET name = ?2, name_key = ?3, chart_number = ?4 WHERE id = ?1")?
        .execute(params![id, name, name_key, chart_number])?;
    Ok(())
}

/// The patient's name, for labels.
pub(in crate::referrals) fn patient_label(conn: &Connection, id: PatientId) -> Result<String, StoreError> {
    Ok(conn
        .prepare_cached("SELECT CASE WHEN name = '' THEN ifnull(chart_number, '') ELSE name END FROM patient WHERE id = ?1")?
        .query_row([id], |row| row.get(0))?)
}

/// The names of a partner and the person there, for labels.
pub(in crate::referrals) fn party_label(
    conn: &Connection,
    party: (Option<PartnerId>, Option<PersonId>),
) -> Result<String, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT concat_ws(', ', (SELECT name FROM person WHERE id = ?2), (SELECT name FROM partner WHERE id = ?1))",
    )?;
    Ok(statement.query_row(params![party.0, party.1], |row| row.get(0))?)
}

/// How long after a referral one like it is asked about.
const SAME_WITHIN: Days = Days::new(30);

/// Referrals of the same patient, partner and service within 30 days of it. A patient is the same by record, or by
/// name unless the chart numbers differ.
pub(in crate::referrals) fn alike(
    conn: &Connection,
    patient: Option<PatientId>,
    name_key: &str,
    chart_number: Option<&str>,
    kept: &Kept,
) -> Result<Vec<ReferralId>, StoreError> {
    let from = kept.received_on.checked_sub_days(SAME_WITHIN).unwrap_or(kept.received_on);
    let to = kept.received_on.checked_add_days(SAME_WITHIN).unwrap_or(kept.received_on);
    let mut statement = conn.prepare_cached(
        "SELECT r.id FROM referral r
         WHERE r.patient_id IN (
                 SELECT id FROM patient WHERE id = ?1
                 UNION SELECT id FROM patient WHERE name_key = ?2 AND ?2 <> ''
                         AND (chart_number IS NULL OR ?3 IS NULL OR chart_number = ?3)
                 UNION SELECT id FROM patient WHERE chart_number = ?3 AND ?3 IS NOT NULL AND (name_key = '' OR ?2 = ''))
           AND r.trashed_at IS NULL AND r.received_on BETWEEN ?4 AND ?5 AND r.direction = ?6
           AND r.id NOT IN (SELECT id FROM restriction)
           AND r.from_partner_id IS ?7 AND r.to_partner_id IS ?8
           AND ifnull(r.service_line, '') = ifnull(?9, '') COLLATE NOCASE
         ORDER BY r.received_on DESC, r.id DESC LIMIT 5",
    )?;
    let found = statement.query_map(
        params![
            patient,
            name_key,
            chart_number,
            Day(from),
            Day(to),
            kept.direction,
            kept.from.0,
            kept.to.0,
            kept.service_line
        ],
        |row| row.get(0),
    )?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Open referrals of patients of this name or chart number.
pub(in crate::referrals) fn open_of(
    conn: &Connection,
    name_key: &str,
    chart_number: Option<&str>,
) -> Result<Vec<ReferralId>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT r.id FROM referral r
         WHERE r.patient_id IN (
                 SELECT id FROM patient WHERE name_key = ?1 AND ?1 <> '' AND (chart_number IS NULL OR ?2 IS NULL OR chart_number = ?2)
                 UNION SELECT id FROM patient WHERE chart_number = ?2 AND ?2 IS NOT NULL)
           AND r.trashed_at IS NULL AND ifnull(r.outcome, 'scheduled') = 'scheduled' AND r.closed_on IS NULL
           AND r.id NOT IN (SELECT id FROM restriction)
         ORDER BY r.received_on DESC, r.id DESC LIMIT 5",
    )?;
    let found = statement.query_map(params![name_key, chart_number], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Every referral of a patient but this one, newest first.
pub(in crate::referrals) fn others_of(
    conn: &Connection,
    patient: PatientId,
    but: ReferralId,
) -> Result<Vec<ReferralId>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id FROM referral WHERE patient_id = ?1 AND id <> ?2 AND trashed_at IS NULL AND id NOT IN (SELECT id FROM restriction) ORDER BY received_on DESC, id DESC LIMIT 20",
    )?;
    let found = statement.query_map(params![patient, but], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}
