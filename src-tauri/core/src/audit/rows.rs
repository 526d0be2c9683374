//! The SQL of the audit room.

use chrono::{Days, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};
use sha2::{Digest, Sha256};

use super::action::LogAction;
use super::check::{digits, number};
use super::correct::CounterEntry;
use super::error::AuditError;
use super::review::Review;
use super::types::{
    Basis, Disclosure, DisclosureSource, LogQuery, LogResult, LogRow, LoggedRecord, Recipient,
};
use crate::foundation::day::Day;
use crate::foundation::id::{DisclosureId, PatientId, ProfileId};
use crate::history::name_of;
use crate::insights::Period;
use crate::store::{StoreError, Tx};
use crate::vault::{Colleague, Hidden};

const EVENTS: &str = "SELECT seq, at, actor_id, actor_name, device_id, action, detail, kind, record_id, number, result FROM audit AS e WHERE 1";
const CHANGES: &str =
    "SELECT seq, at, actor_id, actor_name, device_id, action, subject FROM history AS e WHERE 1";

/// What is asked for, as the file knows it.
pub(super) struct Narrowed<'a> {
    query: &'a LogQuery,
    from: Option<i64>,
    /// Before this instant.
    to: Option<i64>,
}

impl<'a> Narrowed<'a> {
    /// With the practice's days as instants.
    pub(super) fn of(query: &'a LogQuery, zone: Tz) -> Self {
        let begin = |day: NaiveDate| begin_of(day, zone);
        let to = query.to.map(|day| begin(day.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX)));
        Self { query, from: query.from.map(begin), to }
    }

    /// The clauses both tables share, with their values.
    fn clauses(
        &self,
        conn: &Connection,
        sql: &mut String,
        codes: &'static str,
    ) -> Result<Vec<Value>, StoreError> {
        let mut values = Vec::new();
        let mut and = |clause: &str, value: Option<Value>| {
            if let Some(value) = value {
                sql.push_str(clause);
                values.push(value);
            }
        };
        and(" AND e.seq < ?", self.query.cursor.map(|cursor| Value::Integer(i64::from(cursor))));
        and(" AND e.at >= ?", self.from.map(Value::Integer));
        and(" AND e.at < ?", self.to.map(Value::Integer));
        and(" AND e.actor_id = ?", self.query.profile.map(|id| Value::Blob(id.0.bytes().to_vec())));
        if let Some(action) = self.query.action {
            let mut of_kind = Vec::new();
            for code in distinct(conn, codes)? {
                if LogAction::of(&code) == action {
                    of_kind.push(code);
                }
            }
            sql.push_str(&format!(" AND e.action IN ({})", vec!["?"; of_kind.len()].join(", ")));
            values.extend(of_kind.into_iter().map(Value::Text));
        }
        Ok(values)
    }

    fn record(&self) -> Option<Value> {
        self.query.record.map(|id| Value::Blob(id.bytes().to_vec()))
    }

    fn events(&self, conn: &Connection, begin: &str) -> Result<(String, Vec<Value>), StoreError> {
        let mut sql = begin.to_owned();
        let mut values = self.clauses(conn, &mut sql, "SELECT DISTINCT action FROM audit")?;
        if let Some(record) = self.record() {
            sql.push_str(" AND e.record_id = ?");
            values.push(record);
        }
        if let Some(result) = self.query.result {
            sql.push_str(" AND e.result = ?");
            values.push(Value::Text(result.code().to_owned()));
        }
        Ok((sql, values))
    }

    /// A change that is in history was done.
    fn changes(&self, conn: &Connection, begin: &str) -> Result<Option<(String, Vec<Value>)>, StoreError> {
        if self.query.result.is_some_and(|result| result != LogResult::Done) {
            return Ok(None);
        }
        let mut sql = begin.to_owned();
        let mut values = self.clauses(conn, &mut sql, "SELECT DISTINCT action FROM history")?;
        if let Some(record) = self.record() {
            sql.push_str(" AND e.seq IN (SELECT seq FROM history_touch WHERE record_id = ?)");
            values.push(record);
        }
        Ok(Some((sql, values)))
    }
}

/// The first instant of a day of the practice, UTC milliseconds. Where clocks jump over midnight, the day begins late.
fn begin_of(day: NaiveDate, zone: Tz) -> i64 {
    let midnight = day.and_time(NaiveTime::MIN);
    (0..4)
        .find_map(|hours| zone.from_local_datetime(&(midnight + chrono::Duration::hours(hours))).earliest())
        .map_or_else(|| midnight.and_utc().timestamp_millis(), |at| at.timestamp_millis())
}

fn distinct(conn: &Connection, sql: &'static str) -> Result<Vec<String>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Events that fit, the newest first.
pub(super) fn events(conn: &Connection, asked: &Narrowed<'_>, limit: u32) -> Result<Vec<LogRow>, AuditError> {
    let (mut sql, mut values) = asked.events(conn, EVENTS)?;
    sql.push_str(" ORDER BY e.seq DESC LIMIT ?");
    values.push(Value::Integer(i64::from(limit)));
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| {
        let (kind, record): (String, Option<_>) = (row.get(7)?, row.get(8)?);
        let result: String = row.get(10)?;
        Ok(LogRow {
            record: record.map(|id| LoggedRecord { kind, id, name: String::new() }),
            number: row.get(9)?,
            result: LogResult::from_code(&result),
            in_history: false,
            ..entry(row)?
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Changes that fit, the newest first.
pub(super) fn changes(
    conn: &Connection,
    asked: &Narrowed<'_>,
    limit: u32,
) -> Result<Vec<LogRow>, AuditError> {
    let Some((mut sql, mut values)) = asked.changes(conn, CHANGES)? else { return Ok(Vec::new()) };
    sql.push_str(" ORDER BY e.seq DESC LIMIT ?");
    values.push(Value::Integer(i64::from(limit)));
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), entry)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What both tables say.
fn entry(row: &Row<'_>) -> rusqlite::Result<LogRow> {
    let code: String = row.get(5)?;
    Ok(LogRow {
        seq: row.get(0)?,
        at: row.get(1)?,
        profile: row.get(2)?,
        profile_name: row.get(3)?,
        device: row.get(4)?,
        action: LogAction::of(&code),
        code,
        record: None,
        detail: row.get(6)?,
        number: None,
        result: LogResult::Done,
        in_history: true,
    })
}

/// How many entries fit.
pub(super) fn count(conn: &Connection, asked: &Narrowed<'_>) -> Result<u32, AuditError> {
    let mut total = 0;
    let events = asked.events(conn, "SELECT count(*) FROM audit AS e WHERE 1")?;
    let changes = asked.changes(conn, "SELECT count(*) FROM history AS e WHERE 1")?;
    for (sql, values) in [Some(events), changes].into_iter().flatten() {
        total +=
            conn.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get::<_, u32>(0))?;
    }
    Ok(total)
}

/// Looks up what the records are called now. Whoever does not see patients reads ids and codes.
pub(super) fn name_records(conn: &Connection, rows: &mut [LogRow], hidden: Hidden) -> Result<(), AuditError> {
    if hidden.patients {
        rows.iter_mut().filter(|row| row.in_history).for_each(|row| row.detail.clear());
        return Ok(());
    }
    for record in rows.iter_mut().filter_map(|row| row.record.as_mut()) {
        record.name = name_of(conn, &record.kind, record.id)?.unwrap_or_default();
    }
    Ok(())
}

/// Every profile, by name.
pub(super) fn profiles(conn: &Connection) -> Result<Vec<Colleague>, AuditError> {
    let mut statement = conn.prepare_cached("SELECT id, name, initials FROM profile ORDER BY name, id")?;
    let rows = statement
        .query_map([], |row| Ok(Colleague { id: row.get(0)?, name: row.get(1)?, initials: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// When the practice was created, UTC milliseconds.
pub(super) fn began(conn: &Connection) -> Result<i64, AuditError> {
    Ok(conn.prepare_cached("SELECT created_at FROM practice LIMIT 1")?.query_row([], |row| row.get(0))?)
}

/// The signed periods.
pub(super) fn signed(conn: &Connection) -> Result<Vec<Period>, AuditError> {
    let mut statement = conn.prepare_cached("SELECT from_on, to_on FROM audit_review")?;
    let rows = statement
        .query_map([], |row| Ok(Period { from: row.get::<_, Day>(0)?.0, to: row.get::<_, Day>(1)?.0 }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn reviews(conn: &Connection) -> Result<Vec<Review>, AuditError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, from_on, to_on, reviewer_name, findings, signed_at, entries, head_seq, head_hash FROM audit_review
         ORDER BY to_on DESC, signed_at DESC",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Review {
            id: row.get(0)?,
            period: Period { from: row.get::<_, Day>(1)?.0, to: row.get::<_, Day>(2)?.0 },
            reviewer: row.get(3)?,
            findings: row.get(4)?,
            signed_at: row.get(5)?,
            entries: row.get(6)?,
            head: number(row.get(7)?),
            hash: digits(&row.get::<_, Vec<u8>>(8)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn insert_review(
    tx: &Tx<'_>,
    review: &Review,
    reviewer: ProfileId,
    hash: &[u8],
) -> Result<(), AuditError> {
    tx.prepare_cached(
        "INSERT INTO audit_review (id, from_on, to_on, reviewer_id, reviewer_name, findings, signed_at, entries, head_seq, head_hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute(params![
        review.id,
        Day(review.period.from),
        Day(review.period.to),
        reviewer,
        review.reviewer,
        review.findings,
        review.signed_at,
        review.entries,
        review.head,
        hash
    ])?;
    Ok(())
}

/// A disclosure as it is kept.
pub(super) struct Kept<'a> {
    pub(super) on: NaiveDate,
    pub(super) to: &'a Recipient,
    pub(super) what: &'a str,
    pub(super) source: DisclosureSource,
    pub(super) correction: Option<CounterEntry<'a>>,
}

/// So many patients are written before memory is freed.
const BREATH: usize = 5_000;

/// Writes a disclosure about some patients.
pub(super) fn insert_disclosure(
    tx: &Tx<'_>,
    kept: &Kept<'_>,
    patients: &[PatientId],
) -> Result<DisclosureId, AuditError> {
    let id = DisclosureId::new();
    let mut patients = patients.to_vec();
    patients.sort_unstable();
    patients.dedup();
    let mut digest = Sha256::new();
    patients.iter().for_each(|patient| digest.update(patient.0.bytes()));
    let correction = kept.correction.as_ref();
    tx.prepare_cached(
        "INSERT INTO disclosure (id, disclosed_on, recipient, address, what, purpose, basis, sender_id, sender_name, source,
             corrects_id, withdrawn, correction_reason, patients, patients_sha256, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?
    .execute(params![
        id,
        Day(kept.on),
        kept.to.name,
        kept.to.address,
        kept.what,
        kept.to.purpose,
        kept.to.basis.code(),
        tx.actor.id,
        tx.actor.name,
        kept.source.code(),
        correction.map(|counter| counter.of),
        correction.is_some_and(|counter| counter.withdrawn),
        correction.map(|counter| counter.reason),
        u32::try_from(patients.len()).unwrap_or(u32::MAX),
        digest.finalize().as_slice(),
        tx.now
    ])?;
    let mut insert =
        tx.prepare_cached("INSERT INTO disclosure_patient (patient_id, disclosure_id) VALUES (?1, ?2)")?;
    for (written, patient) in patients.iter().enumerate() {
        insert.execute(params![patient, id])?;
        if (written + 1) % BREATH == 0 {
            tx.breathe()?;
        }
    }
    Ok(id)
}

/// What a patient is called, and the chart number.
pub(super) fn patient(
    conn: &Connection,
    id: PatientId,
) -> Result<Option<(String, Option<String>)>, AuditError> {
    Ok(conn
        .prepare_cached("SELECT name, chart_number FROM patient WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

const DISCLOSURE: &str = "SELECT d.id, d.disclosed_on, d.recipient, d.address, d.what, d.purpose, d.basis, d.sender_name, d.source, d.patients,
        d.corrects_id, (SELECT c.id FROM disclosure c WHERE c.corrects_id = d.id), d.withdrawn, d.correction_reason, d.created_at
    FROM disclosure d";

fn disclosure_of(row: &Row<'_>) -> rusqlite::Result<Disclosure> {
    let (basis, source): (String, String) = (row.get(6)?, row.get(8)?);
    Ok(Disclosure {
        id: row.get(0)?,
        on: row.get::<_, Day>(1)?.0,
        to: Recipient {
            name: row.get(2)?,
            address: row.get(3)?,
            purpose: row.get(5)?,
            basis: Basis::from_code(&basis).ok_or(rusqlite::Error::InvalidQuery)?,
        },
        what: row.get(4)?,
        sender: row.get(7)?,
        source: DisclosureSource::from_code(&source),
        patients: row.get(9)?,
        corrects: row.get(10)?,
        corrected_by: row.get(11)?,
        withdrawn: row.get(12)?,
        correction_reason: row.get(13)?,
        created_at: row.get(14)?,
    })
}

/// A patient's entries, the newest first.
pub(super) fn disclosures(conn: &Connection, patient: PatientId) -> Result<Vec<Disclosure>, AuditError> {
    let sql = [
        DISCLOSURE,
        " JOIN disclosure_patient p ON p.disclosure_id = d.id WHERE p.patient_id = ?1 ORDER BY d.disclosed_on DESC, d.id DESC",
    ]
    .concat();
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map([patient], disclosure_of)?.collect::<Result<_, _>>()?)
}

pub(super) fn disclosure(conn: &Connection, id: DisclosureId) -> Result<Option<Disclosure>, AuditError> {
    let sql = [DISCLOSURE, " WHERE d.id = ?1"].concat();
    Ok(conn.prepare_cached(&sql)?.query_row([id], disclosure_of).optional()?)
}

/// Whom an entry is about.
pub(super) fn patients_of(conn: &Connection, id: DisclosureId) -> Result<Vec<PatientId>, AuditError> {
    let mut statement = conn.prepare_cached(
        "SELECT patient_id FROM disclosure_patient WHERE disclosure_id = ?1 ORDER BY patient_id",
    )?;
    Ok(statement.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
