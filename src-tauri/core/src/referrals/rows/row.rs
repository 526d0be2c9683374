//! A referral with the names beside it.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PatientId, PersonId, ReferralId};
use crate::referrals::seen::row_as_seen;
use crate::referrals::types::{
    Direction, Outcome, ReferralParty, ReferralState, ReferralType, RegisterRow, SourceAnswer, Travel,
    Urgency,
};
use crate::store::StoreError;
use crate::vault::Hidden;

const BY_ID: &str = "
    SELECT r.id, r.received_on, r.direction, pt.name, pt.chart_number,
           fp.id, fp.name, fp.class, fs.id, fs.name, tp.id, tp.name, tp.class, ts.id, ts.name,
           r.source_answer, r.reason, r.service_line, r.urgency, r.outcome, r.import_id IS NOT NULL,
           r.scheduled_on, r.seen_on, r.closed_on, r.patient_id, r.diagnosis_group,
           (SELECT a.value FROM main.referral_answer a WHERE a.referral_id = r.id AND a.topic = 'origin' AND a.item = 'country')
    FROM referral r
    JOIN patient pt ON pt.id = r.patient_id
    LEFT JOIN main.partner fp ON fp.id = r.from_partner_id
    LEFT JOIN main.person fs ON fs.id = r.from_person_id
    LEFT JOIN main.partner tp ON tp.id = r.to_partner_id
    LEFT JOIN main.person ts ON ts.id = r.to_person_id
    WHERE r.id = ?1";

/// A date column.
pub(in crate::referrals) fn day(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<chrono::NaiveDate>> {
    Ok(row.get::<_, Option<Day>>(column)?.map(|day| day.0))
}

fn party(row: &Row<'_>, first: usize) -> rusqlite::Result<ReferralParty> {
    Ok(ReferralParty {
        partner: row.get(first)?,
        partner_name: row.get(first + 1)?,
        class: row.get(first + 2)?,
        person: row.get(first + 3)?,
        person_name: row.get(first + 4)?,
    })
}

/// Where a referral stands, from what the file keeps.
pub(in crate::referrals) fn state(
    outcome: Option<Outcome>,
    scheduled: bool,
    imported: bool,
) -> ReferralState {
    match outcome {
        Some(Outcome::Seen) => ReferralState::Seen,
        Some(Outcome::NoShow) => ReferralState::NoShow,
        Some(Outcome::Declined) => ReferralState::Declined,
        Some(Outcome::Lost) => ReferralState::Lost,
        Some(Outcome::Scheduled) if scheduled => ReferralState::Scheduled,
        Some(Outcome::Scheduled) => ReferralState::Open,
        None if imported => ReferralState::Unknown,
        None => ReferralState::Open,
    }
}

/// The rows of these referrals, in this order, as somebody who does not see the hidden fields reads them. Those that are
/// gone are left out.
pub(in crate::referrals) fn rows(
    conn: &Connection,
    ids: &[ReferralId],
    hidden: Hidden,
) -> Result<Vec<RegisterRow>, StoreError> {
    Ok(rows_with_patients(conn, ids, |_| hidden)?.into_iter().map(|(row, _)| row).collect())
}

/// The same with whom each is about, who decides what is hidden.
pub(in crate::referrals) fn rows_with_patients(
    conn: &Connection,
    ids: &[ReferralId],
    hidden: impl Fn(PatientId) -> Hidden,
) -> Result<Vec<(RegisterRow, PatientId)>, StoreError> {
    let mut statement = conn.prepare_cached(BY_ID)?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        let row = statement
            .query_row([id], |row| Ok((register_row(row)?, row.get::<_, PatientId>(24)?)))
            .optional()?;
        if let Some((row, patient)) = row {
            found.push((row_as_seen(conn, row, patient, hidden(patient))?, patient));
        }
    }
    Ok(found)
}

fn register_row(row: &Row<'_>) -> rusqlite::Result<RegisterRow> {
    let scheduled_on = day(row, 21)?;
    Ok(RegisterRow {
        id: row.get(0)?,
        received_on: row.get::<_, Day>(1)?.0,
        direction: row.get(2)?,
        patient: row.get(3)?,
        chart_number: row.get(4)?,
        from: party(row, 5)?,
        to: party(row, 10)?,
        source_answer: row.get(15)?,
        reason: row.get(16)?,
        service_line: row.get(17)?,
        diagnosis_group: row.get(25)?,
        country: row.get(26)?,
        urgency: row.get(18)?,
        state: state(row.get(19)?, scheduled_on.is_some(), row.get(20)?),
        scheduled_on,
        seen_on: day(row, 22)?,
        closed_on: day(row, 23)?,
    })
}

/// A referral as the file keeps it, for changing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::referrals) struct Kept {
    pub(in crate::referrals) direction: Direction,
    pub(in crate::referrals) received_on: chrono::NaiveDate,
    pub(in crate::referrals) source_answer: SourceAnswer,
    pub(in crate::referrals) from: (Option<PartnerId>, Option<PersonId>),
    pub(in crate::referrals) to: (Option<PartnerId>, Option<PersonId>),
    pub(in crate::referrals) patient: PatientId,
    pub(in crate::referrals) reason: Option<String>,
    pub(in crate::referrals) service_line: Option<String>,
    pub(in crate::referrals) diagnosis_group: Option<String>,
    pub(in crate::referrals) payer: Option<String>,
    pub(in crate::referrals) urgency: Option<Urgency>,
    pub(in crate::referrals) scheduled_on: Option<chrono::NaiveDate>,
    pub(in crate::referrals) seen_on: Option<chrono::NaiveDate>,
    pub(in crate::referrals) closed_on: Option<chrono::NaiveDate>,
    pub(in crate::referrals) outcome: Option<Outcome>,
    pub(in crate::referrals) note: Option<String>,
    pub(in crate::referrals) kind: Option<ReferralType>,
    pub(in crate::referrals) travel: Option<Travel>,
}

/// A referral to change, with its stamp; `None` if it is not there or in the trash.
pub(in crate::referrals) fn kept(
    conn: &Connection,
    id: ReferralId,
) -> Result<Option<(Kept, i64)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT direction, received_on, source_answer, from_partner_id, from_person_id, to_partner_id, to_person_id, patient_id,
                reason, service_line, payer, urgency, scheduled_on, seen_on, closed_on, outcome, note, type, travel, changed_at,
                diagnosis_group
         FROM referral WHERE id = ?1 AND trashed_at IS NULL",
    )?;
    let found = statement.query_row([id], |row| {
        let kept = Kept {
            direction: row.get(0)?,
            received_on: row.get::<_, Day>(1)?.0,
            source_answer: row.get(2)?,
            from: (row.get(3)?, row.get(4)?),
            to: (row.get(5)?, row.get(6)?),
            patient: row.get(7)?,
            reason: row.get(8)?,
            service_line: row.get(9)?,
            diagnosis_group: row.get(20)?,
            payer: row.get(10)?,
            urgency: row.get(11)?,
            scheduled_on: day(row, 12)?,
            seen_on: day(row, 13)?,
            closed_on: day(row, 14)?,
            outcome: row.get(15)?,
            note: row.get(16)?,
            kind: row.get(17)?,
            travel: row.get(18)?,
        };
        Ok((kept, row.get(19)?))
    });
    Ok(found.optional()?)
}

/// Writes a changed referral back.
pub(in crate::referrals) fn update(
    tx: &crate::store::Tx<'_>,
    id: ReferralId,
    kept: &Kept,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE referral SET direction = ?2, received_on = ?3, source_answer = ?4, from_partner_id = ?5, from_person_id = ?6,
                to_partner_id = ?7, to_person_id = ?8, patient_id = ?9, reason = ?10, service_line = ?11, payer = ?12,
                urgency = ?13, scheduled_on = ?14, seen_on = ?15, closed_on = ?16, outcome = ?17, note = ?18,
                changed_at = ?19, changed_by = ?20, type = ?21, travel = ?22,
                diagnosis_group = ?23
         WHERE id = ?1",
    )?
    .execute(params![
        id,
        kept.direction,
        Day(kept.received_on),
        kept.source_answer,
        kept.from.0,
        kept.from.1,
        kept.to.0,
        kept.to.1,
        kept.patient,
        kept.reason,
        kept.service_line,
        kept.payer,
        kept.urgency,
        kept.scheduled_on.map(Day),
        kept.seen_on.map(Day),
        kept.closed_on.map(Day),
        kept.outcome,
        kept.note,
        tx.now,
        tx.actor.id,
        kept.kind,
        kept.travel,
        kept.diagnosis_group,
    ])?;
    Ok(())
}

/// Puts a new referral on record.
pub(in crate::referrals) fn insert(
    tx: &crate::store::Tx<'_>,
    id: ReferralId,
    kept: &Kept,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO referral (id, direction, received_on, source_answer, from_partner_id, from_person_id, to_partner_id,
                to_person_id, patient_id, reason, service_line, payer, urgency, scheduled_on, seen_on, closed_on, outcome, note,
                created_at, created_by, changed_at, changed_by, type, travel, diagnosis_group)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?19, ?20, ?21, ?22, ?23)",
    )?
    .execute(params![
        id,
        kept.direction,
        Day(kept.received_on),
        kept.source_answer,
        kept.from.0,
        kept.from.1,
        kept.to.0,
        kept.to.1,
        kept.patient,
        kept.reason,
        kept.service_line,
        kept.payer,
        kept.urgency,
        kept.scheduled_on.map(Day),
        kept.seen_on.map(Day),
        kept.closed_on.map(Day),
        kept.outcome,
        kept.note,
        tx.now,
        tx.actor.id,
        kept.kind,
        kept.travel,
        kept.diagnosis_group,
    ])?;
    Ok(())
}
