//! The SQL of finding help. Who sends patients to us and what anybody brings in is not read here.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::row::day;
use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PatientId, RecordId, ReferralId};
use crate::network::PartnerType;
use crate::referrals::care::HelpAnswer;
use crate::referrals::help::{
    ChoiceShown, FactKind, HandOutAnswer, Issue, IssueCategory, NewIssue, PartnerMatch, Strengths,
};
use crate::store::lens::hinted;
use crate::store::{StoreError, Tx};

/// What is recorded of one partner, in the order it was put down.
pub(in crate::referrals) fn strengths(
    conn: &Connection,
    partner: PartnerId,
) -> Result<Vec<(FactKind, String)>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT kind, value FROM partner_strength WHERE partner_id = ?1 ORDER BY id")?;
    Ok(statement.query_map([partner], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
}

/// The same of every partner.
pub(in crate::referrals) fn all_strengths(
    conn: &Connection,
) -> Result<HashMap<PartnerId, Strengths>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT partner_id, kind, value FROM partner_strength ORDER BY partner_id, id")?;
    let mut facts: HashMap<PartnerId, Vec<(FactKind, String)>> = HashMap::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        facts.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?));
    }
    Ok(facts.into_iter().map(|(partner, facts)| (partner, Strengths::of(facts))).collect())
}

/// Puts a fact down.
pub(in crate::referrals) fn add_strength(
    tx: &Tx<'_>,
    partner: PartnerId,
    kind: FactKind,
    value: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO partner_strength (id, partner_id, kind, value, created_at, created_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![RecordId::new(), partner, kind, value, tx.now, tx.actor.id])?;
    Ok(())
}

/// Takes it away.
pub(in crate::referrals) fn remove_strength(
    tx: &Tx<'_>,
    partner: PartnerId,
    kind: FactKind,
    value: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM partner_strength WHERE partner_id = ?1 AND kind = ?2 AND value = ?3")?
        .execute(params![partner, kind, value])?;
    Ok(())
}

/// Whether a patient could be sent to this partner: a medical one or a business on record.
pub(in crate::referrals) fn can_help(conn: &Connection, partner: PartnerId) -> Result<bool, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT 1 FROM partner WHERE id = ?1 AND trashed_at IS NULL AND class IN ('medical', 'business')",
    )?;
    Ok(statement.exists([partner])?)
}

/// A partner a patient could be sent to.
pub(in crate::referrals) struct Candidate {
    pub(in crate::referrals) partner: PartnerId,
    pub(in crate::referrals) name: String,
    pub(in crate::referrals) kind: PartnerType,
    pub(in crate::referrals) ended_on: Option<NaiveDate>,
    /// Its own, that of the person it is, and those of who works there today.
    pub(in crate::referrals) specialties: Vec<String>,
}

/// Every medical and business partner.
pub(in crate::referrals) fn candidates(conn: &Connection) -> Result<Vec<Candidate>, StoreError> {
    let mut there: HashMap<PartnerId, Vec<String>> = HashMap::new();
    let mut statement = conn.prepare_cached(
        "SELECT p.id, p.specialty FROM partner p WHERE p.specialty <> '' AND p.trashed_at IS NULL
         UNION SELECT p.id, n.specialty FROM partner p JOIN person n ON n.id = p.individual_id
             WHERE n.specialty <> '' AND p.trashed_at IS NULL
         UNION SELECT a.partner_id, n.specialty FROM affiliation a JOIN person n ON n.id = a.person_id
             WHERE n.specialty <> '' AND n.trashed_at IS NULL AND a.to_on IS NULL
         ORDER BY 1, 2",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        there.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    let mut statement = conn.prepare_cached(
        "SELECT id, name, type, ended_on FROM partner WHERE trashed_at IS NULL AND class IN ('medical', 'business') ORDER BY name_key, id",
    )?;
    let rows = statement.query_map([], |row| {
        let partner = row.get(0)?;
        Ok(Candidate {
            partner,
            name: row.get(1)?,
            kind: row.get(2)?,
            ended_on: day(row, 3)?,
            specialties: Vec::new(),
        })
    })?;
    let mut all: Vec<Candidate> = rows.collect::<Result<_, _>>()?;
    for one in &mut all {
        one.specialties = there.remove(&one.partner).unwrap_or_default();
    }
    Ok(all)
}

/// The main telephone and the main address of a partner.
pub(in crate::referrals) fn reached_by(
    conn: &Connection,
    partner: PartnerId,
) -> Result<(Option<String>, Option<String>), StoreError> {
    let phone = conn
        .prepare_cached(
            "SELECT value FROM contact_point WHERE partner_id = ?1 AND kind IN ('phone', 'mobile') ORDER BY is_primary DESC, kind DESC, id LIMIT 1",
        )?
        .query_row([partner], |row| row.get(0))
        .optional()?;
    let address = conn
        .prepare_cached(
            "SELECT concat_ws(', ', nullif(street, ''), nullif(street2, ''), nullif(city, ''), nullif(trim(state || ' ' || zip), ''))
             FROM address WHERE partner_id = ?1 ORDER BY is_primary DESC, id LIMIT 1",
        )?
        .query_row([partner], |row| row.get::<_, String>(0))
        .optional()?;
    Ok((phone, address.filter(|address| !address.is_empty())))
}

/// An open concern.
pub(in crate::referrals) struct OpenIssue {
    pub(in crate::referrals) category: IssueCategory,
    pub(in crate::referrals) severity: u8,
    pub(in crate::referrals) what: String,
    pub(in crate::referrals) opened_on: NaiveDate,
}

/// The open concerns by partner, the worst first.
pub(in crate::referrals) fn open_issues(
    conn: &Connection,
) -> Result<HashMap<PartnerId, Vec<OpenIssue>>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT partner_id, category, severity, what, opened_on FROM partner_issue WHERE closed_on IS NULL
         ORDER BY severity DESC, opened_on, id",
    )?;
    let mut all: HashMap<PartnerId, Vec<OpenIssue>> = HashMap::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        all.entry(row.get(0)?).or_default().push(OpenIssue {
            category: row.get(1)?,
            severity: row.get(2)?,
            what: row.get(3)?,
            opened_on: row.get::<_, Day>(4)?.0,
        });
    }
    Ok(all)
}

/// The concerns about one partner, the open ones first, then the newest.
pub(in crate::referrals) fn issues(conn: &Connection, partner: PartnerId) -> Result<Vec<Issue>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, category, severity, what, opened_on, told_on, closed_on, resolution FROM partner_issue WHERE partner_id = ?1
         ORDER BY closed_on IS NOT NULL, opened_on DESC, id DESC",
    )?;
    let rows = statement.query_map([partner], |row| {
        Ok(Issue {
            id: row.get(0)?,
            category: row.get(1)?,
            severity: row.get(2)?,
            what: row.get(3)?,
            opened_on: row.get::<_, Day>(4)?.0,
            told_on: day(row, 5)?,
            closed_on: day(row, 6)?,
            resolution: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Opens a concern.
pub(in crate::referrals) fn open_issue(
    tx: &Tx<'_>,
    partner: PartnerId,
    new: &NewIssue,
    what: &str,
    opened_on: NaiveDate,
) -> Result<RecordId, StoreError> {
    let id = RecordId::new();
    tx.prepare_cached(
        "INSERT INTO partner_issue (id, partner_id, category, severity, what, opened_on, told_on, created_at, created_by, changed_at,
             changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?8, ?9)",
    )?
    .execute(params![
        id,
        partner,
        new.category,
        new.severity,
        what,
        Day(opened_on),
        new.told_on.map(Day),
        tx.now,
        tx.actor.id
    ])?;
    Ok(id)
}

/// Settles it today; whose it was.
pub(in crate::referrals) fn close_issue(
    tx: &Tx<'_>,
    id: RecordId,
    resolution: &str,
) -> Result<Option<PartnerId>, StoreError> {
    Ok(tx
        .prepare_cached(
            "UPDATE partner_issue SET closed_on = ?2, resolution = ?3, changed_at = ?4, changed_by = ?5
             WHERE id = ?1 AND closed_on IS NULL RETURNING partner_id",
        )?
        .query_row(params![id, Day(tx.today), resolution, tx.now, tx.actor.id], |row| row.get(0))
        .optional()?)
}

/// What patients said of each partner they were sent to: the sum of their ratings and how many. Each patient is asked once.
pub(in crate::referrals) fn help_seen(
    conn: &Connection,
) -> Result<HashMap<PartnerId, (u32, u32)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT partner, sum(helped), count(*) FROM (
             SELECT r.to_partner_id AS partner, CAST(a.value AS INTEGER) AS helped
             FROM referral_answer a JOIN referral r ON r.id = a.referral_id
             WHERE a.topic = 'help' AND a.item = 'helped' AND r.direction = 'outbound' AND r.trashed_at IS NULL
                 AND r.to_partner_id IS NOT NULL AND r.id NOT IN (SELECT id FROM restriction)
             UNION ALL
             SELECT h.chosen_id, h.helped FROM hand_out h LEFT JOIN referral r ON r.id = h.referral_id
             WHERE h.helped IS NOT NULL AND r.trashed_at IS NULL AND ifnull(h.referral_id, x'') NOT IN (SELECT id FROM restriction)
                 AND NOT (ifnull(r.direction, '') = 'outbound' AND EXISTS (
                     SELECT 1 FROM referral_answer a WHERE a.referral_id = r.id AND a.topic = 'help' AND a.item = 'answered_on')))
         GROUP BY partner",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Answers for the measure; one whose outbound referral was asked about is left to that.
pub(in crate::referrals) fn answered(conn: &Connection) -> Result<Vec<HelpAnswer>, StoreError> {
    let mut statement = hinted(
        conn,
        "SELECT h.answered_on, h.contacted, h.helped
         FROM hand_out AS h INDEXED BY hand_out_answered LEFT JOIN referral r ON r.id = h.referral_id
         WHERE h.answered_on IS NOT NULL AND r.trashed_at IS NULL
             AND NOT (ifnull(r.direction, '') = 'outbound' AND EXISTS (
                 SELECT 1 FROM referral_answer a WHERE a.referral_id = r.id AND a.topic = 'help' AND a.item = 'answered_on'))",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(HelpAnswer { answered_on: row.get::<_, Day>(0)?.0, contacted: row.get(1)?, helped: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A list that was given, as the file keeps it.
pub(in crate::referrals) struct HandOutRow {
    pub(in crate::referrals) id: RecordId,
    pub(in crate::referrals) patient: PatientId,
    pub(in crate::referrals) referral: Option<ReferralId>,
    pub(in crate::referrals) problem: String,
    pub(in crate::referrals) wishes: String,
    pub(in crate::referrals) given_on: NaiveDate,
    pub(in crate::referrals) given_by: String,
    pub(in crate::referrals) answer: Option<HandOutAnswer>,
}

const HAND_OUT: &str =
    "SELECT h.id, h.patient_id, h.referral_id, h.problem, h.wishes, h.given_on, ifnull(p.name, ''), h.answered_on, h.contacted,
            h.chosen_id, h.helped
     FROM hand_out h LEFT JOIN profile p ON p.id = h.created_by ";

fn hand_out_row(row: &Row<'_>) -> rusqlite::Result<HandOutRow> {
    let answer = match (day(row, 7)?, row.get(8)?) {
        (Some(on), Some(contacted)) => {
            Some(HandOutAnswer { on: Some(on), contacted, chosen: row.get(9)?, helped: row.get(10)? })
        }
        _ => None,
    };
    Ok(HandOutRow {
        id: row.get(0)?,
        patient: row.get(1)?,
        referral: row.get(2)?,
        problem: row.get(3)?,
        wishes: row.get(4)?,
        given_on: row.get::<_, Day>(5)?.0,
        given_by: row.get(6)?,
        answer,
    })
}

/// One of them.
pub(in crate::referrals) fn hand_out(
    conn: &Connection,
    id: RecordId,
) -> Result<Option<HandOutRow>, StoreError> {
    let mut statement = conn.prepare_cached(&[HAND_OUT, "WHERE h.id = ?1"].concat())?;
    Ok(statement.query_row([id], hand_out_row).optional()?)
}

/// Those of a patient, the newest first.
pub(in crate::referrals) fn hand_outs_of(
    conn: &Connection,
    patient: PatientId,
) -> Result<Vec<HandOutRow>, StoreError> {
    let sql = [HAND_OUT, "WHERE h.patient_id = ?1 ORDER BY h.given_on DESC, h.id DESC LIMIT 50"].concat();
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map([patient], hand_out_row)?.collect::<Result<_, _>>()?)
}

/// Those nobody has asked about, the oldest first; those of restricted referrals and of the trash are left out.
pub(in crate::referrals) fn unanswered(conn: &Connection) -> Result<Vec<HandOutRow>, StoreError> {
    let sql = [
        HAND_OUT,
        "LEFT JOIN referral r ON r.id = h.referral_id
         WHERE h.answered_on IS NULL AND r.trashed_at IS NULL AND ifnull(h.referral_id, x'') NOT IN (SELECT id FROM restriction)
         ORDER BY h.given_on, h.id LIMIT 200",
    ]
    .concat();
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map([], hand_out_row)?.collect::<Result<_, _>>()?)
}

/// Puts a list on record.
pub(in crate::referrals) fn insert_hand_out(
    tx: &Tx<'_>,
    patient: PatientId,
    referral: Option<ReferralId>,
    problem: &str,
    wishes: &str,
) -> Result<RecordId, StoreError> {
    let id = RecordId::new();
    tx.prepare_cached(
        "INSERT INTO hand_out (id, patient_id, referral_id, problem, wishes, given_on, created_at, created_by, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?7, ?8)",
    )?
    .execute(params![id, patient, referral, problem, wishes, Day(tx.today), tx.now, tx.actor.id])?;
    Ok(id)
}

/// Puts a partner on it.
pub(in crate::referrals) fn insert_choice(
    tx: &Tx<'_>,
    hand_out: RecordId,
    patient: PatientId,
    place: u32,
    chosen: &PartnerMatch,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO hand_out_choice (id, hand_out_id, patient_id, partner_id, place, score, reason)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        RecordId::new(),
        hand_out,
        patient,
        chosen.partner,
        place,
        chosen.score.score,
        reason
    ])?;
    Ok(())
}

/// The partners on it, in their order.
pub(in crate::referrals) fn choices(
    conn: &Connection,
    hand_out: RecordId,
) -> Result<Vec<ChoiceShown>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT c.partner_id, ifnull(p.name, ''), c.score, c.reason
         FROM hand_out_choice c LEFT JOIN main.partner p ON p.id = c.partner_id WHERE c.hand_out_id = ?1 ORDER BY c.place, c.id",
    )?;
    let rows = statement.query_map([hand_out], |row| {
        Ok(ChoiceShown { partner: row.get(0)?, name: row.get(1)?, score: row.get(2)?, reason: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Puts down what the patient said.
pub(in crate::referrals) fn answer(
    tx: &Tx<'_>,
    id: RecordId,
    on: NaiveDate,
    answer: &HandOutAnswer,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE hand_out SET answered_on = ?2, contacted = ?3, chosen_id = ?4, helped = ?5, changed_at = ?6, changed_by = ?7
         WHERE id = ?1",
    )?
    .execute(params![id, Day(on), answer.contacted, answer.chosen, answer.helped, tx.now, tx.actor.id])?;
    Ok(())
}
