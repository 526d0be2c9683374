//! The SQL of the retention room.

mod facts;
mod removing;

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use rusqlite::{Connection, OptionalExtension, params};

use super::types::{ErasureRequest, Hold, Policy, Purgeable, RecordKind, RecordRef};
use crate::foundation::day::Day;
use crate::foundation::id::RecordId;
use crate::store::{StoreError, Tx};

pub(super) use facts::facts;
pub(super) use removing::{blank, forget_drafts, referrals_of, referring, remove, same_person};

/// The settings, by key.
const YEARS: [&str; 4] =
    ["retention.partner_years", "retention.person_years", "retention.patient_years", "retention.trash_days"];

pub(super) fn policy(conn: &Connection) -> Result<Policy, StoreError> {
    let mut statement = conn.prepare_cached("SELECT CAST(value AS INTEGER) FROM setting WHERE key = ?1")?;
    let mut set = |key: &str| statement.query_row([key], |row| row.get::<_, u32>(0)).optional();
    let usual = Policy::default();
    Ok(Policy {
        partner_years: set(YEARS[0])?.unwrap_or(usual.partner_years),
        person_years: set(YEARS[1])?.unwrap_or(usual.person_years),
        patient_years: set(YEARS[2])?.unwrap_or(usual.patient_years),
        trash_days: set(YEARS[3])?.unwrap_or(usual.trash_days),
    })
}

pub(super) fn set_policy(tx: &Tx<'_>, policy: Policy) -> Result<(), StoreError> {
    let values = [policy.partner_years, policy.person_years, policy.patient_years, policy.trash_days];
    let mut statement = tx.prepare_cached(
        "INSERT INTO setting (key, value) VALUES (?1, ?2)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
    )?;
    for (key, value) in YEARS.into_iter().zip(values) {
        statement.execute(params![key, value.to_string()])?;
    }
    Ok(())
}

/// What a record is called.
pub(super) fn name(conn: &Connection, record: RecordRef) -> Result<Option<String>, StoreError> {
    let sql = match record.kind {
        RecordKind::Partner => "SELECT name FROM partner WHERE id = ?1",
        RecordKind::Person => "SELECT name FROM person WHERE id = ?1",
        RecordKind::Patient => {
            "SELECT CASE WHEN name = '' THEN ifnull(chart_number, '') ELSE name END FROM patient WHERE id = ?1"
        }
        RecordKind::Referral => {
            "SELECT CASE WHEN p.name = '' THEN ifnull(p.chart_number, '') ELSE p.name END
             FROM referral r JOIN patient p ON p.id = r.patient_id WHERE r.id = ?1"
        }
    };
    Ok(conn.prepare_cached(sql)?.query_row([record.id], |row| row.get(0)).optional()?)
}

pub(super) fn practice_name(conn: &Connection) -> Result<String, StoreError> {
    Ok(conn.prepare_cached("SELECT name FROM practice LIMIT 1")?.query_row([], |row| row.get(0))?)
}

/// The holds that stand.
pub(super) fn holds(conn: &Connection) -> Result<Vec<Hold>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT h.id, h.record_id, h.reason, h.placed_at, ifnull(p.name, ''),
                CASE WHEN EXISTS (SELECT 1 FROM partner WHERE id = h.record_id) THEN 'partner'
                     WHEN EXISTS (SELECT 1 FROM person WHERE id = h.record_id) THEN 'person'
                     WHEN EXISTS (SELECT 1 FROM patient WHERE id = h.record_id) THEN 'patient'
                     WHEN EXISTS (SELECT 1 FROM referral WHERE id = h.record_id) THEN 'referral' END
         FROM legal_hold h LEFT JOIN profile p ON p.id = h.placed_by
         WHERE h.lifted_at IS NULL ORDER BY h.placed_at DESC, h.id DESC",
    )?;
    let rows = statement.query_map([], |row| {
        let kind = match row.get::<_, Option<String>>(5)?.as_deref() {
            Some("partner") => Some(RecordKind::Partner),
            Some("person") => Some(RecordKind::Person),
            Some("patient") => Some(RecordKind::Patient),
            Some("referral") => Some(RecordKind::Referral),
            _ => None,
        };
        let id: Option<RecordId> = row.get(1)?;
        Ok(Hold {
            id: row.get(0)?,
            record: kind.zip(id).map(|(kind, id)| RecordRef { kind, id }),
            name: String::new(),
            reason: row.get(2)?,
            placed_at: row.get(3)?,
            placed_by: row.get(4)?,
        })
    })?;
    let mut holds: Vec<Hold> = rows.collect::<Result<_, _>>()?;
    for hold in &mut holds {
        hold.name = match hold.record {
            Some(record) => name(conn, record)?.unwrap_or_default(),
            None => practice_name(conn)?,
        };
    }
    Ok(holds)
}

pub(super) fn place_hold(
    tx: &Tx<'_>,
    id: RecordId,
    record: Option<RecordRef>,
    reason: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO legal_hold (id, record_id, reason, placed_at, placed_by) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![id, record.map(|record| record.id), reason, tx.now, tx.actor.id])?;
    Ok(())
}

pub(super) fn lift_hold(tx: &Tx<'_>, id: RecordId, reason: &str) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE legal_hold SET lifted_at = ?2, lifted_by = ?3, lift_reason = ?4 WHERE id = ?1 AND lifted_at IS NULL",
    )?
    .execute(params![id, tx.now, tx.actor.id, reason])?;
    Ok(())
}

/// Why the whole practice is held, if it is.
pub(super) fn practice_hold(conn: &Connection) -> Result<Option<String>, StoreError> {
    let sql = "SELECT reason FROM legal_hold WHERE record_id IS NULL AND lifted_at IS NULL ORDER BY placed_at LIMIT 1";
    Ok(conn.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?)
}

/// Why any of these records is held, if one is.
pub(super) fn hold_on(conn: &Connection, records: &[RecordId]) -> Result<Option<String>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT reason FROM legal_hold WHERE record_id = ?1 AND lifted_at IS NULL ORDER BY placed_at LIMIT 1",
    )?;
    for record in records {
        if let Some(reason) = statement.query_row([record], |row| row.get(0)).optional()? {
            return Ok(Some(reason));
        }
    }
    Ok(None)
}

/// A record in the trash, as far as it is told whether it may go.
pub(super) struct InTrash {
    pub(super) record: RecordRef,
    pub(super) name: String,
    pub(super) trashed_at: i64,
    /// The day of that in the practice's zone.
    pub(super) trashed_on: NaiveDate,
    /// The last day it had an effect: its last change or the last day of care.
    pub(super) last_effect: NaiveDate,
    /// Records a hold on which covers it.
    pub(super) covered: Vec<RecordId>,
}

impl InTrash {
    pub(super) fn shown(&self) -> Purgeable {
        Purgeable { record: self.record, name: self.name.clone(), trashed_at: self.trashed_at }
    }
}

const IN_TRASH: [(RecordKind, &str); 3] = [
    (
        RecordKind::Referral,
        "SELECT r.id, CASE WHEN p.name = '' THEN ifnull(p.chart_number, '') ELSE p.name END, r.trashed_at, r.created_at,
                max(r.received_on, ifnull(r.scheduled_on, ''), ifnull(r.seen_on, ''), ifnull(r.closed_on, '')),
                r.patient_id, r.from_partner_id, r.to_partner_id, r.from_person_id, r.to_person_id
         FROM main.referral r INDEXED BY referral_in_trash JOIN patient p ON p.id = r.patient_id
         WHERE r.trashed_at IS NOT NULL ORDER BY r.trashed_at, r.id",
    ),
    (
        RecordKind::Partner,
        "SELECT p.id, p.name, p.trashed_at, p.changed_at,
                max(ifnull((SELECT max(received_on) FROM referral WHERE from_partner_id = p.id), ''),
                    ifnull((SELECT max(received_on) FROM referral WHERE to_partner_id = p.id), '')),
                p.individual_id, p.patient_id, NULL, NULL, NULL
         FROM partner p WHERE p.trashed_at IS NOT NULL ORDER BY p.trashed_at, p.id",
    ),
    (
        RecordKind::Person,
        "SELECT p.id, p.name, p.trashed_at, p.changed_at,
                max(ifnull((SELECT max(received_on) FROM referral WHERE from_person_id = p.id), ''),
                    ifnull((SELECT max(received_on) FROM referral WHERE to_person_id = p.id), '')),
                NULL, NULL, NULL, NULL, NULL
         FROM person p WHERE p.trashed_at IS NOT NULL ORDER BY p.trashed_at, p.id",
    ),
];

/// Everything in the trash, the longest there first within its kind.
pub(super) fn in_trash(conn: &Connection, zone: Tz) -> Result<Vec<InTrash>, StoreError> {
    let on =
        |at: i64| DateTime::from_timestamp_millis(at).unwrap_or_default().with_timezone(&zone).date_naive();
    let mut found = Vec::new();
    for (kind, sql) in IN_TRASH {
        let mut statement = conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            let id: RecordId = row.get(0)?;
            let (trashed_at, changed_at): (i64, i64) = (row.get(2)?, row.get(3)?);
            // The last day of care counts for a referral, whenever it was typed in.
            let care: Option<NaiveDate> = row.get::<_, String>(4)?.parse().ok();
            let last_effect = match kind {
                RecordKind::Referral => care.unwrap_or_else(|| on(changed_at)),
                _ => care.map_or_else(|| on(changed_at), |care| care.max(on(changed_at))),
            };
            let mut covered = vec![id];
            for column in 5..10 {
                covered.extend(row.get::<_, Option<RecordId>>(column)?);
            }
            Ok(InTrash {
                record: RecordRef { kind, id },
                name: row.get(1)?,
                trashed_at,
                trashed_on: on(trashed_at),
                last_effect,
                covered,
            })
        })?;
        for row in rows {
            found.push(row?);
        }
    }
    Ok(found)
}

/// Records a hold on which covers what is held about somebody.
pub(super) fn belonging(conn: &Connection, record: RecordRef) -> Result<Vec<RecordId>, StoreError> {
    let sql = match record.kind {
        RecordKind::Patient => {
            "SELECT id FROM referral WHERE patient_id = ?1 UNION SELECT id FROM partner WHERE patient_id = ?1"
        }
        _ => "SELECT id FROM partner WHERE individual_id = ?1",
    };
    let mut statement = conn.prepare_cached(sql)?;
    let mut all = vec![record.id];
    for id in statement.query_map([record.id], |row| row.get(0))? {
        all.push(id?);
    }
    Ok(all)
}

/// The last day of care of a patient.
pub(super) fn last_care(conn: &Connection, patient: RecordId) -> Result<Option<NaiveDate>, StoreError> {
    let sql =
        "SELECT max(last) FROM (
             SELECT max(received_on, ifnull(scheduled_on, ''), ifnull(seen_on, ''), ifnull(closed_on, '')) AS last
             FROM referral WHERE patient_id = ?1 UNION ALL SELECT visit_on FROM kept_visit WHERE patient_id = ?1)";
    let last: Option<Day> = conn.prepare_cached(sql)?.query_row([patient], |row| row.get(0))?;
    Ok(last.map(|day| day.0))
}

/// When somebody was erased.
pub(super) fn erased_at(conn: &Connection, record: RecordRef) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT max(done_at) FROM erasure WHERE record_id = ?1 AND decision = 'granted'";
    Ok(conn.prepare_cached(sql)?.query_row([record.id], |row| row.get(0))?)
}

pub(super) fn record_erasure(
    tx: &Tx<'_>,
    record: RecordRef,
    token: &str,
    request: &ErasureRequest,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO erasure (id, kind, record_id, token, requester, requested_on, decision, reason, done_at, done_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute(params![
        RecordId::new(),
        record.kind.table(),
        record.id,
        token,
        request.requester,
        request.requested_on.to_string(),
        request.decision.code(),
        request.reason,
        tx.now,
        tx.actor.id
    ])?;
    Ok(())
}
