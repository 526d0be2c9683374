//! The SQL of leaks: what leaks now, and what was done about it.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::foundation::day::Day;
use crate::foundation::id::{RecordId, ReferralId};
use crate::referrals::process::{LeakKind, LeakResult};
use crate::store::lens::hinted;
use crate::store::{StoreError, Tx};

/// What was put down about a leak.
#[derive(Clone, Debug, Default)]
pub(in crate::referrals) struct LeakRow {
    pub(in crate::referrals) reason: Option<String>,
    pub(in crate::referrals) reason_text: Option<String>,
    pub(in crate::referrals) action: Option<String>,
    pub(in crate::referrals) action_due_on: Option<NaiveDate>,
    pub(in crate::referrals) result: Option<LeakResult>,
    pub(in crate::referrals) result_on: Option<NaiveDate>,
}

/// A leak of now: whose, what for, and since when.
pub(in crate::referrals) struct LeakingRow {
    pub(in crate::referrals) referral: ReferralId,
    /// The step it waits for; empty for lost contact and patients who went.
    pub(in crate::referrals) step: String,
    pub(in crate::referrals) since: NaiveDate,
}

fn leaking(row: &Row<'_>) -> rusqlite::Result<LeakingRow> {
    Ok(LeakingRow { referral: row.get(0)?, step: row.get(1)?, since: row.get::<_, Day>(2)?.0 })
}

fn read(conn: &Connection, sql: &str, day: NaiveDate, limit: usize) -> Result<Vec<LeakingRow>, StoreError> {
    let mut statement = hinted(conn, sql)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    Ok(statement.query_map(params![Day(day), limit], leaking)?.collect::<Result<_, _>>()?)
}

/// Open referrals whose step is later than limit and grace allow, the longest first.
pub(in crate::referrals) const OVERDUE: &str =
    "SELECT referral_id, next, late_on FROM open_referral INDEXED BY open_referral_by_leak
     WHERE late_on IS NOT NULL AND late_on < ?1 ORDER BY late_on, referral_id LIMIT ?2";

/// Open referrals whose patient can't be reached, the longest first.
pub(in crate::referrals) const UNREACHED: &str =
    "SELECT referral_id, '', contact_lost_on FROM open_referral INDEXED BY open_referral_by_contact
     WHERE contact_lost_on IS NOT NULL AND contact_lost_on <= ?1 ORDER BY contact_lost_on, referral_id LIMIT ?2";

/// Referrals that were closed as lost on this day or later, the newest first.
pub(in crate::referrals) const GONE: &str =
    "SELECT id, '', closed_on FROM referral INDEXED BY referral_by_closing
     WHERE closed_on IS NOT NULL AND trashed_at IS NULL AND closed_on >= ?1 AND outcome = 'lost'
       AND id NOT IN (SELECT id FROM restriction)
     ORDER BY closed_on DESC, id DESC LIMIT ?2";

/// How many of the first.
const COUNT_OVERDUE: &str = "SELECT count(*) FROM open_referral INDEXED BY open_referral_by_leak
     WHERE late_on IS NOT NULL AND late_on < ?1";

/// Referrals that leak now in one of the three ways.
pub(in crate::referrals) fn now(
    conn: &Connection,
    sql: &'static str,
    day: NaiveDate,
    limit: usize,
) -> Result<Vec<LeakingRow>, StoreError> {
    read(conn, sql, day, limit)
}

/// How many open referrals have a step that is later than limit and grace allow.
pub(in crate::referrals) fn count_overdue(conn: &Connection, today: NaiveDate) -> Result<u32, StoreError> {
    Ok(hinted(conn, COUNT_OVERDUE)?.query_row([Day(today)], |row| row.get(0))?)
}

/// What was put down about a leak.
pub(in crate::referrals) fn about(
    conn: &Connection,
    referral: ReferralId,
    kind: LeakKind,
    step: &str,
) -> Result<Option<LeakRow>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT reason_code, reason_text, action, action_due_on, result, result_on FROM leak
             WHERE referral_id = ?1 AND kind = ?2 AND step = ?3",
        )?
        .query_row(params![referral, kind, step], |row| {
            Ok(LeakRow {
                reason: row.get(0)?,
                reason_text: row.get(1)?,
                action: row.get(2)?,
                action_due_on: row.get::<_, Option<Day>>(3)?.map(|day| day.0),
                result: row.get(4)?,
                result_on: row.get::<_, Option<Day>>(5)?.map(|day| day.0),
            })
        })
        .optional()?)
}

/// Puts it down.
pub(in crate::referrals) fn put(
    tx: &Tx<'_>,
    referral: ReferralId,
    kind: LeakKind,
    step: &str,
    row: &LeakRow,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO leak (id, referral_id, kind, step, reason_code, reason_text, action, action_due_on, result, result_on,
             created_at, created_by, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?11, ?12)
         ON CONFLICT (referral_id, kind, step) DO UPDATE SET reason_code = excluded.reason_code, reason_text = excluded.reason_text,
             action = excluded.action, action_due_on = excluded.action_due_on, result = excluded.result,
             result_on = excluded.result_on, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
    )?
    .execute(params![
        RecordId::new(),
        referral,
        kind,
        step,
        row.reason,
        row.reason_text,
        row.action,
        row.action_due_on.map(Day),
        row.result,
        row.result_on.map(Day),
        tx.now,
        tx.actor.id
    ])?;
    Ok(())
}

/// The reasons given for the leaks of a referral: kind, step, reason.
pub(in crate::referrals) fn reasons_of(
    conn: &Connection,
    referral: ReferralId,
) -> Result<Vec<(LeakKind, String, String)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT kind, step, reason_code FROM leak WHERE referral_id = ?1 AND reason_code IS NOT NULL ORDER BY kind, step",
    )?;
    let rows = statement.query_map([referral], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A setting of the practice.
pub(in crate::referrals) fn setting(conn: &Connection, key: &str) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT value FROM setting WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?)
}

/// Sets it, or forgets it.
pub(in crate::referrals) fn set(tx: &Tx<'_>, key: &str, value: Option<&str>) -> Result<(), StoreError> {
    match value {
        Some(value) => tx
            .prepare_cached(
                "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            )?
            .execute([key, value])?,
        None => tx.prepare_cached("DELETE FROM setting WHERE key = ?1")?.execute([key])?,
    };
    Ok(())
}
