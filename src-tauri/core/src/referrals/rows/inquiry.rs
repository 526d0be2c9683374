//! The SQL of inquiries and kept visits.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::row::day;
use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PatientId, RecordId, ReferralId};
use crate::network::PartnerClass;
use crate::referrals::care::answers_in;
use crate::referrals::inquiries::{Inquired, Inquiry, InquiryFacts, InquiryForm, InquiryStep, InquiryView};
use crate::store::lens::hinted;
use crate::store::{StoreError, Tx};

/// Puts an inquiry on record.
pub(in crate::referrals) fn insert(
    tx: &Tx<'_>,
    patient: PatientId,
    asked_on: NaiveDate,
    source: Option<PartnerId>,
    form: &InquiryForm,
) -> Result<RecordId, StoreError> {
    let id = RecordId::new();
    tx.prepare_cached(
        "INSERT INTO inquiry (id, asked_on, minute, channel, patient_id, caller, caller_name, caller_phone, question, service_line,
             source_id, answered_on, answered_minute, callback_on, callback_minute, called_back_on, signed_up_on, dropped_on,
             dropped_reason, created_at, created_by, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?20, ?21)",
    )?
    .execute(params![
        id,
        Day(asked_on),
        form.minute,
        form.channel,
        patient,
        form.caller,
        form.caller_name,
        form.caller_phone,
        form.question,
        form.service_line,
        source,
        form.answered_on.map(Day),
        form.answered_minute,
        form.callback_on.map(Day),
        form.callback_minute,
        form.called_back_on.map(Day),
        form.signed_up_on.map(Day),
        form.dropped_on.map(Day),
        form.dropped_reason,
        tx.now,
        tx.actor.id
    ])?;
    Ok(id)
}

/// Writes a changed inquiry back.
pub(in crate::referrals) fn update(
    tx: &Tx<'_>,
    id: RecordId,
    asked_on: NaiveDate,
    source: Option<PartnerId>,
    form: &InquiryForm,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE inquiry SET asked_on = ?2, minute = ?3, channel = ?4, caller = ?5, caller_name = ?6, caller_phone = ?7, question = ?8,
             service_line = ?9, source_id = ?10, answered_on = ?11, answered_minute = ?12, callback_on = ?13, callback_minute = ?14,
             called_back_on = ?15, signed_up_on = ?16, dropped_on = ?17, dropped_reason = ?18, changed_at = ?19, changed_by = ?20
         WHERE id = ?1",
    )?
    .execute(params![
        id,
        Day(asked_on),
        form.minute,
        form.channel,
        form.caller,
        form.caller_name,
        form.caller_phone,
        form.question,
        form.service_line,
        source,
        form.answered_on.map(Day),
        form.answered_minute,
        form.callback_on.map(Day),
        form.callback_minute,
        form.called_back_on.map(Day),
        form.signed_up_on.map(Day),
        form.dropped_on.map(Day),
        form.dropped_reason,
        tx.now,
        tx.actor.id
    ])?;
    Ok(())
}

/// Takes it away.
pub(in crate::referrals) fn remove(tx: &Tx<'_>, id: RecordId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM inquiry WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// It became this referral; they signed up today at the latest.
pub(in crate::referrals) fn becomes(
    tx: &Tx<'_>,
    id: RecordId,
    referral: ReferralId,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE inquiry SET referral_id = ?2, signed_up_on = ifnull(signed_up_on, ?3), dropped_on = NULL, dropped_reason = NULL,
             changed_at = ?4, changed_by = ?5
         WHERE id = ?1",
    )?
    .execute(params![id, referral, Day(tx.today), tx.now, tx.actor.id])?;
    Ok(())
}

/// About whom an inquiry is.
pub(in crate::referrals) fn patient_of(
    conn: &Connection,
    id: RecordId,
) -> Result<Option<PatientId>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT patient_id FROM inquiry WHERE id = ?1")?;
    Ok(statement.query_row([id], |row| row.get(0)).optional()?)
}

/// What it became.
pub(in crate::referrals) fn referral_of(
    conn: &Connection,
    id: RecordId,
) -> Result<Option<ReferralId>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT referral_id FROM inquiry WHERE id = ?1")?;
    Ok(statement.query_row([id], |row| row.get(0)).optional()?.flatten())
}

/// The class of a partner.
pub(in crate::referrals) fn class_of(
    conn: &Connection,
    id: PartnerId,
) -> Result<Option<PartnerClass>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT class FROM main.partner WHERE id = ?1")?;
    Ok(statement.query_row([id], |row| row.get(0)).optional()?)
}

const COLUMNS: &str =
    "SELECT i.id, i.patient_id, p.name, p.chart_number, i.asked_on, i.minute, i.channel, i.caller, i.caller_name, i.caller_phone,
            i.question, i.service_line, i.source_id, s.name, i.answered_on, i.answered_minute, i.callback_on, i.callback_minute,
            i.called_back_on, i.signed_up_on, i.dropped_on, i.dropped_reason, i.referral_id, ifnull(b.name, '')
     FROM ";
const JOINED: &str = " JOIN patient p ON p.id = i.patient_id LEFT JOIN main.partner s ON s.id = i.source_id
     LEFT JOIN profile b ON b.id = i.created_by ";

fn inquiry(row: &Row<'_>) -> rusqlite::Result<Inquiry> {
    Ok(Inquiry {
        id: row.get(0)?,
        patient_id: row.get(1)?,
        patient: row.get(2)?,
        chart_number: row.get(3)?,
        asked_on: row.get::<_, Day>(4)?.0,
        minute: row.get(5)?,
        channel: row.get(6)?,
        caller: row.get(7)?,
        caller_name: row.get(8)?,
        caller_phone: row.get(9)?,
        question: row.get(10)?,
        service_line: row.get(11)?,
        source: row.get(12)?,
        source_name: row.get(13)?,
        answered_on: day(row, 14)?,
        answered_minute: row.get(15)?,
        callback_on: day(row, 16)?,
        callback_minute: row.get(17)?,
        called_back_on: day(row, 18)?,
        signed_up_on: day(row, 19)?,
        dropped_on: day(row, 20)?,
        dropped_reason: row.get(21)?,
        referral: row.get(22)?,
        step: InquiryStep::Asked,
        visits: Vec::new(),
        taken_by: row.get(23)?,
    })
}

/// One inquiry.
pub(in crate::referrals) fn one(conn: &Connection, id: RecordId) -> Result<Option<Inquiry>, StoreError> {
    let mut statement = conn.prepare_cached(&[COLUMNS, "inquiry i", JOINED, "WHERE i.id = ?1"].concat())?;
    Ok(statement.query_row([id], inquiry).optional()?)
}

/// A page of them in the order of the view.
pub(in crate::referrals) fn page(
    conn: &Connection,
    view: InquiryView,
    after: Option<(NaiveDate, RecordId)>,
    limit: u32,
) -> Result<Vec<Inquiry>, StoreError> {
    let (from, which, order) = match view {
        InquiryView::CallBack => (
            "inquiry AS i INDEXED BY inquiry_to_call_back",
            "WHERE i.callback_on IS NOT NULL AND i.called_back_on IS NULL AND (?1 IS NULL OR (i.callback_on, i.id) > (?1, ?2))",
            "ORDER BY i.callback_on, i.id LIMIT ?3",
        ),
        InquiryView::Open => (
            "inquiry AS i INDEXED BY inquiry_by_day",
            "WHERE i.referral_id IS NULL AND i.dropped_on IS NULL AND (?1 IS NULL OR (i.asked_on, i.id) < (?1, ?2))",
            "ORDER BY i.asked_on DESC, i.id DESC LIMIT ?3",
        ),
        InquiryView::All => (
            "inquiry AS i INDEXED BY inquiry_by_day",
            "WHERE (?1 IS NULL OR (i.asked_on, i.id) < (?1, ?2))",
            "ORDER BY i.asked_on DESC, i.id DESC LIMIT ?3",
        ),
    };
    // The wish for an index stands alone, so that it goes alone behind a lens.
    let mut statement = hinted(conn, &[COLUMNS, from, JOINED, which, " ", order].concat())?;
    let (on, id) = after.map_or((None, None), |(on, id)| (Some(Day(on)), Some(id)));
    Ok(statement.query_map(params![on, id, limit], inquiry)?.collect::<Result<_, _>>()?)
}

/// The days of the visits a patient kept: those put down, and those of their referrals; in order, each once.
pub(in crate::referrals) fn visits(
    conn: &Connection,
    patient: PatientId,
) -> Result<Vec<NaiveDate>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT visit_on FROM kept_visit WHERE patient_id = ?1
         UNION SELECT seen_on FROM referral WHERE patient_id = ?1 AND direction = 'inbound' AND trashed_at IS NULL
             AND seen_on IS NOT NULL AND ifnull(outcome, '') NOT IN ('no_show', 'declined')
         ORDER BY 1",
    )?;
    let days = statement.query_map([patient], |row| Ok(row.get::<_, Day>(0)?.0))?;
    Ok(days.collect::<Result<_, _>>()?)
}

/// What is known of somebody who asked.
pub(in crate::referrals) fn inquired(conn: &Connection, one: &Inquiry) -> Result<Inquired, StoreError> {
    Ok(Inquired {
        asked_on: one.asked_on,
        signed_up_on: one.signed_up_on,
        visits: visits(conn, one.patient_id)?,
        plan: match one.referral {
            Some(referral) => answers_in(conn, referral)?.plan,
            None => None,
        },
    })
}

/// The inquiries dated within these days.
pub(in crate::referrals) fn facts(
    conn: &Connection,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<InquiryFacts>, StoreError> {
    let sql = [COLUMNS, "inquiry i", JOINED, "WHERE i.asked_on BETWEEN ?1 AND ?2 ORDER BY i.asked_on, i.id"]
        .concat();
    let mut timed = conn.prepare_cached(
        "SELECT count(DISTINCT step) = 2 FROM referral_step WHERE referral_id = ?1 AND step IN ('inquiry', 'first_answer')
             AND minute IS NOT NULL",
    )?;
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(params![Day(from), Day(to)])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let one = inquiry(row)?;
        let asked = one.minute.map(|minute| (one.asked_on, minute));
        let timed_by_referral = match one.referral {
            Some(referral) => timed.query_row([referral], |row| row.get(0))?,
            None => false,
        };
        all.push(InquiryFacts {
            channel: one.channel,
            inquired: inquired(conn, &one)?,
            answer: asked.zip(one.answered_on.zip(one.answered_minute)),
            timed_by_referral,
        });
    }
    Ok(all)
}

/// A call on record: the day, the minute, the number, and about whom.
pub(in crate::referrals) type CallRow = (NaiveDate, Option<u16>, Option<String>, Option<String>);

/// The calls on record within these days.
pub(in crate::referrals) fn calls(
    conn: &Connection,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<CallRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT i.asked_on, i.minute, i.caller_phone, p.name FROM inquiry i JOIN patient p ON p.id = i.patient_id
         WHERE i.channel = 'phone' AND i.asked_on BETWEEN ?1 AND ?2",
    )?;
    let rows = statement.query_map(params![Day(from), Day(to)], |row| {
        Ok((row.get::<_, Day>(0)?.0, row.get(1)?, row.get(2)?, row.get(3)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Puts a visit down.
pub(in crate::referrals) fn add_visit(
    tx: &Tx<'_>,
    patient: PatientId,
    on: NaiveDate,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO kept_visit (id, patient_id, visit_on, created_at, created_by) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![RecordId::new(), patient, Day(on), tx.now, tx.actor.id])?;
    Ok(())
}

/// Takes it away; how many there were.
pub(in crate::referrals) fn remove_visit(
    tx: &Tx<'_>,
    patient: PatientId,
    on: NaiveDate,
) -> Result<usize, StoreError> {
    Ok(tx
        .prepare_cached("DELETE FROM kept_visit WHERE patient_id = ?1 AND visit_on = ?2")?
        .execute(params![patient, Day(on)])?)
}
