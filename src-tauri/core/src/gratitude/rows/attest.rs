//! The SQL of signed years.

use rusqlite::{Connection, params};

use crate::foundation::id::RecordId;
use crate::gratitude::attest::Attestation;
use crate::store::{StoreError, Tx};

/// How many entries a year has, counter-entries among them, and what all shares of others than us amount to.
pub(in crate::gratitude) fn totals(conn: &Connection, year: i32) -> Result<(u32, i64), StoreError> {
    let entries = conn
        .prepare_cached("SELECT count(*) FROM main.reward WHERE substr(given_on, 1, 4) = ?1")?
        .query_row([format!("{year:04}")], |row| row.get(0))?;
    let total = conn
        .prepare_cached(
            "SELECT ifnull(sum(s.cents), 0) FROM main.reward r JOIN main.reward_share s ON s.reward_id = r.id
             WHERE substr(r.given_on, 1, 4) = ?1 AND s.recipient IS NOT NULL",
        )?
        .query_row([format!("{year:04}")], |row| row.get(0))?;
    Ok((entries, total))
}

pub(in crate::gratitude) fn insert(
    tx: &Tx<'_>,
    year: i32,
    entries: u32,
    total_cents: i64,
    findings: &str,
) -> Result<RecordId, StoreError> {
    let id = RecordId::new();
    tx.prepare_cached(
        "INSERT INTO reward_attestation (id, year, entries, total_cents, findings, signed_at, signed_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![id, year, entries, total_cents, findings, tx.now, tx.actor.id])?;
    Ok(id)
}

pub(in crate::gratitude) fn all(conn: &Connection) -> Result<Vec<Attestation>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT a.id, a.year, a.entries, a.total_cents, a.findings, a.signed_at, p.name,
                (SELECT count(*) FROM reward r WHERE substr(r.given_on, 1, 4) = CAST(a.year AS TEXT))
         FROM reward_attestation a JOIN profile p ON p.id = a.signed_by ORDER BY a.year DESC, a.signed_at DESC",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Attestation {
            id: row.get(0)?,
            year: row.get(1)?,
            entries: row.get(2)?,
            total_cents: row.get(3)?,
            findings: row.get(4)?,
            signed_at: row.get(5)?,
            signed_by: row.get(6)?,
            entries_now: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
