//! The SQL of consent, restriction, answers and experience.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PatientId, PersonId, RecordId, ReferralId};
use crate::network::Party;
use crate::referrals::care::{
    Consent, ConsentAnswer, Experience, NewConsent, NewExperience, OpenRating, Purpose, Restriction,
};
use crate::store::lens::hinted;
use crate::store::{StoreError, Tx};

fn day(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<NaiveDate>> {
    Ok(row.get::<_, Option<Day>>(column)?.map(|day| day.0))
}

/// What a patient said, the oldest first.
pub(in crate::referrals) fn consents(
    conn: &Connection,
    patient: PatientId,
) -> Result<Vec<Consent>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT c.id, c.purpose, c.answer, c.given_on, c.form, c.expires_on, c.revoked_on, c.note, ifnull(p.name, '')
         FROM consent c LEFT JOIN profile p ON p.id = c.created_by WHERE c.patient_id = ?1 ORDER BY c.given_on, c.id",
    )?;
    Ok(statement.query_map([patient], consent)?.collect::<Result<_, _>>()?)
}

/// Patients of this family name, kept first, among whose further names is the given one; with none, every given name. Everybody's:
/// who is named in a letter does not depend on who writes it.
pub(in crate::referrals) fn patients_called(
    conn: &Connection,
    family: &str,
    given: &str,
) -> Result<Vec<PatientId>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id FROM main.patient WHERE name_key > ?1 || ' ' AND name_key < ?1 || '!'
             AND (?2 = '' OR substr(name_key, length(?1) + 1) || ' ' LIKE '% ' || ?2 || ' %')
         UNION ALL SELECT id FROM main.patient WHERE ?2 = '' AND name_key = ?1 LIMIT 50",
    )?;
    let found = statement.query_map([family, given], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn consent(row: &Row<'_>) -> rusqlite::Result<Consent> {
    Ok(Consent {
        id: row.get(0)?,
        purpose: row.get(1)?,
        given: row.get::<_, ConsentAnswer>(2)? == ConsentAnswer::Given,
        on: row.get::<_, Day>(3)?.0,
        form: row.get(4)?,
        expires_on: day(row, 5)?,
        revoked_on: day(row, 6)?,
        note: row.get(7)?,
        by: row.get(8)?,
    })
}

/// What every patient said about a purpose, each patient's oldest first.
pub(in crate::referrals) fn each_consent(
    conn: &Connection,
    purpose: Purpose,
    mut each: impl FnMut(PatientId, Consent),
) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT c.id, c.purpose, c.answer, c.given_on, c.form, c.expires_on, c.revoked_on, NULL, '', c.patient_id
         FROM consent c WHERE c.purpose = ?1 ORDER BY c.given_on, c.id",
    )?;
    let mut rows = statement.query([purpose])?;
    while let Some(row) = rows.next()? {
        each(row.get(9)?, consent(row)?);
    }
    Ok(())
}

/// Puts down what a patient said.
pub(in crate::referrals) fn add_consent(
    tx: &Tx<'_>,
    patient: PatientId,
    new: &NewConsent,
    on: NaiveDate,
    note: Option<&str>,
) -> Result<RecordId, StoreError> {
    let id = RecordId::new();
    let answer = if new.given { ConsentAnswer::Given } else { ConsentAnswer::Refused };
    tx.prepare_cached(
        "INSERT INTO consent (id, patient_id, purpose, answer, given_on, form, expires_on, note, created_at, created_by,
             changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?9, ?10)",
    )?
    .execute(params![
        id,
        patient,
        new.purpose,
        answer,
        Day(on),
        new.form,
        new.expires_on.map(Day),
        note,
        tx.now,
        tx.actor.id
    ])?;
    Ok(id)
}

/// From today on it does not hold; whose it was.
pub(in crate::referrals) fn revoke(tx: &Tx<'_>, id: RecordId) -> Result<Option<PatientId>, StoreError> {
    Ok(tx
        .prepare_cached(
            "UPDATE consent SET revoked_on = ?2, changed_at = ?3, changed_by = ?4 WHERE id = ?1 AND revoked_on IS NULL
             RETURNING patient_id",
        )?
        .query_row(params![id, Day(tx.today), tx.now, tx.actor.id], |row| row.get(0))
        .optional()?)
}

/// Whether a referral stays out of sight.
/// Whether any referral of a patient is restricted.
pub(in crate::referrals) fn is_restricted_patient(
    conn: &Connection,
    patient: PatientId,
) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM main.referral r JOIN main.restriction s ON s.id = r.id WHERE r.patient_id = ?1";
    Ok(conn.prepare_cached(sql)?.exists([patient])?)
}

pub(in crate::referrals) fn is_restricted(conn: &Connection, id: ReferralId) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("SELECT 1 FROM restriction WHERE id = ?1")?.exists([id])?)
}

/// Since when it stays out of sight, and why.
pub(in crate::referrals) fn restriction(
    conn: &Connection,
    id: ReferralId,
) -> Result<Option<Restriction>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT since_on, note FROM restriction WHERE id = ?1")?
        .query_row([id], |row| Ok(Restriction { since: row.get::<_, Day>(0)?.0, note: row.get(1)? }))
        .optional()?)
}

/// Whether any does.
pub(in crate::referrals) fn any_restricted(conn: &Connection) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("SELECT 1 FROM restriction LIMIT 1")?.exists([])?)
}

/// A restricted referral: which, since when, and why.
pub(in crate::referrals) type RestrictedRow = (ReferralId, NaiveDate, Option<String>);

/// All of them that are not in the trash, the newest first.
pub(in crate::referrals) fn restricted(conn: &Connection) -> Result<Vec<RestrictedRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT s.id, s.since_on, s.note FROM restriction s JOIN referral r ON r.id = s.id AND r.trashed_at IS NULL
         ORDER BY r.received_on DESC, r.id DESC",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, Day>(1)?.0, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Puts one out of sight; one that is there stays as it is.
pub(in crate::referrals) fn restrict(
    tx: &Tx<'_>,
    id: ReferralId,
    note: Option<&str>,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO restriction (id, since_on, note, created_at, created_by) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO NOTHING",
    )?
    .execute(params![id, Day(tx.today), note, tx.now, tx.actor.id])?;
    Ok(())
}

/// Brings one back; how many there were.
pub(in crate::referrals) fn unrestrict(tx: &Tx<'_>, id: ReferralId) -> Result<usize, StoreError> {
    Ok(tx.prepare_cached("DELETE FROM restriction WHERE id = ?1")?.execute([id])?)
}

/// One answer; nothing: unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::referrals) struct Answer {
    pub(in crate::referrals) topic: String,
    pub(in crate::referrals) item: String,
    pub(in crate::referrals) value: Option<String>,
}

impl Answer {
    pub(in crate::referrals) fn of(topic: &str, item: &str, value: Option<String>) -> Self {
        Self { topic: topic.to_owned(), item: item.to_owned(), value }
    }
}

/// What is known about a referral.
pub(in crate::referrals) fn answers(conn: &Connection, id: ReferralId) -> Result<Vec<Answer>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT topic, item, value FROM referral_answer WHERE referral_id = ?1 ORDER BY id",
    )?;
    let rows = statement
        .query_map([id], |row| Ok(Answer { topic: row.get(0)?, item: row.get(1)?, value: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Puts an answer down, changes it, or takes it away.
pub(in crate::referrals) fn put_answer(
    tx: &Tx<'_>,
    id: ReferralId,
    answer: &Answer,
) -> Result<(), StoreError> {
    match &answer.value {
        Some(value) => tx
            .prepare_cached(
                "INSERT INTO referral_answer (id, referral_id, topic, item, value, changed_at, changed_by)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (referral_id, topic, item) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at,
                     changed_by = excluded.changed_by WHERE value <> excluded.value",
            )?
            .execute(params![RecordId::new(), id, answer.topic, answer.item, value, tx.now, tx.actor.id])?,
        None => tx
            .prepare_cached("DELETE FROM referral_answer WHERE referral_id = ?1 AND topic = ?2 AND item = ?3")?
            .execute(params![id, answer.topic, answer.item])?,
    };
    Ok(())
}

fn experience(row: &Row<'_>) -> rusqlite::Result<Experience> {
    Ok(Experience {
        id: row.get(0)?,
        visit_on: row.get::<_, Day>(1)?.0,
        rating: row.get(2)?,
        confidence: row.get(3)?,
        took_part: row.get(4)?,
        comment: row.get(5)?,
        followed_up_on: day(row, 6)?,
        follow_up_note: row.get(7)?,
    })
}

/// What patients said about a referral, by visit.
pub(in crate::referrals) fn experiences(
    conn: &Connection,
    id: ReferralId,
) -> Result<Vec<Experience>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, visit_on, rating, confidence, took_part, comment, followed_up_on, follow_up_note FROM experience
         WHERE referral_id = ?1 ORDER BY visit_on, id",
    )?;
    Ok(statement.query_map([id], experience)?.collect::<Result<_, _>>()?)
}

/// Low ratings nobody has followed up, the oldest first; those of restricted referrals and of the trash are left out.
pub(in crate::referrals) fn to_follow_up(
    conn: &Connection,
) -> Result<Vec<(ReferralId, Experience)>, StoreError> {
    let mut statement = hinted(conn, "SELECT e.id, e.visit_on, e.rating, e.confidence, e.took_part, e.comment, e.followed_up_on, e.follow_up_note,
                e.referral_id
         FROM experience e INDEXED BY experience_to_follow_up JOIN referral r ON r.id = e.referral_id AND r.trashed_at IS NULL
         WHERE e.rating <= 6 AND e.followed_up_on IS NULL AND e.referral_id NOT IN (SELECT id FROM restriction)
         ORDER BY e.visit_on, e.id LIMIT 200")?;
    let rows = statement.query_map([], |row| Ok((row.get(8)?, experience(row)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every one of them of a patient somebody sent, by who sent them; the oldest first.
pub(in crate::referrals) fn low_ratings(conn: &Connection) -> Result<Vec<OpenRating>, StoreError> {
    let mut statement = hinted(conn, "SELECT r.from_partner_id, r.from_person_id, r.id, e.rating
         FROM experience e INDEXED BY experience_to_follow_up JOIN referral r ON r.id = e.referral_id AND r.trashed_at IS NULL
         WHERE e.rating <= 6 AND e.followed_up_on IS NULL AND r.direction = 'inbound' AND r.from_partner_id IS NOT NULL
           AND r.id NOT IN (SELECT id FROM restriction)
         ORDER BY e.visit_on, e.id")?;
    let rows = statement.query_map([], |row| {
        let (partner, person): (PartnerId, Option<PersonId>) = (row.get(0)?, row.get(1)?);
        Ok(OpenRating {
            of: person.map_or(Party::Partner(partner), Party::Person),
            referral: row.get(2)?,
            rating: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Puts down what a patient said.
pub(in crate::referrals) fn add_experience(
    tx: &Tx<'_>,
    referral: ReferralId,
    visit_on: NaiveDate,
    new: &NewExperience,
    comment: Option<&str>,
) -> Result<RecordId, StoreError> {
    let id = RecordId::new();
    tx.prepare_cached(
        "INSERT INTO experience (id, referral_id, visit_on, rating, confidence, took_part, comment, created_at, created_by,
             changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?8, ?9)",
    )?
    .execute(params![
        id,
        referral,
        Day(visit_on),
        new.rating,
        new.confidence,
        new.took_part,
        comment,
        tx.now,
        tx.actor.id
    ])?;
    Ok(id)
}

/// Takes it away; whose it was.
pub(in crate::referrals) fn remove_experience(
    tx: &Tx<'_>,
    id: RecordId,
) -> Result<Option<ReferralId>, StoreError> {
    Ok(tx
        .prepare_cached("DELETE FROM experience WHERE id = ?1 RETURNING referral_id")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

/// It was followed up today; whose it was.
pub(in crate::referrals) fn follow_up(
    tx: &Tx<'_>,
    id: RecordId,
    note: Option<&str>,
) -> Result<Option<ReferralId>, StoreError> {
    Ok(tx
        .prepare_cached(
            "UPDATE experience SET followed_up_on = ?2, follow_up_note = ?3, changed_at = ?4, changed_by = ?5
             WHERE id = ?1 RETURNING referral_id",
        )?
        .query_row(params![id, Day(tx.today), note, tx.now, tx.actor.id], |row| row.get(0))
        .optional()?)
}
