//! The SQL of miles and money.

use rusqlite::{Connection, params};

use crate::field::mileage::{Expense, MileageRate, Trip};
use crate::foundation::day::Day;
use crate::foundation::id::ProfileId;
use crate::store::{StoreError, Tx};

/// The rates the practice set.
pub(in crate::field) fn rates(conn: &Connection) -> Result<Vec<MileageRate>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT year, tenth_cents, source, verified_on FROM mileage_rate")?;
    let rows = statement.query_map([], |row| {
        Ok(MileageRate {
            year: row.get(0)?,
            tenth_cents: row.get(1)?,
            source: row.get(2)?,
            verified_on: row.get::<_, Day>(3)?.0,
            own: true,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(in crate::field) fn set_rate(tx: &Tx<'_>, rate: &MileageRate) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO mileage_rate (year, tenth_cents, source, verified_on) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (year) DO UPDATE SET tenth_cents = ?2, source = ?3, verified_on = ?4",
    )?
    .execute(params![rate.year, rate.tenth_cents, rate.source, Day(rate.verified_on)])?;
    Ok(())
}

/// The days of a year, as text compares.
fn year_of(year: i32) -> (String, String) {
    (format!("{year:04}-01-01"), format!("{year:04}-12-31"))
}

/// The ways that were driven in a year: to each stop that was visited, and back. Whoever became a patient since is not named.
pub(in crate::field) fn trips(
    conn: &Connection,
    year: i32,
    liaison: Option<ProfileId>,
) -> Result<Vec<Trip>, StoreError> {
    let (from, to) = year_of(year);
    let mut statement = conn.prepare_cached(
        "WITH visited AS (
             SELECT s.day_id, s.position, s.way_tenths, CASE p.class WHEN 'patient' THEN '' ELSE s.goal END AS goal, p.name,
                 lag(p.name) OVER (PARTITION BY s.day_id ORDER BY s.position, s.id) AS before
             FROM visit_stop s JOIN (
                 SELECT id, class, CASE class WHEN 'patient' THEN 'A patient' ELSE name END AS name FROM main.partner
             ) p ON p.id = s.partner_id LEFT JOIN main.touch t ON t.id = s.touch_id
             WHERE s.outcome = 'visited' AND t.trashed_at IS NULL)
         SELECT d.id, d.held_on, f.name, coalesce(v.before, d.start_name), v.name, v.goal, v.way_tenths, v.position
         FROM visited v JOIN visit_day d ON d.id = v.day_id JOIN profile f ON f.id = d.liaison_id
         WHERE v.way_tenths > 0 AND d.held_on BETWEEN ?1 AND ?2 AND (?3 IS NULL OR d.liaison_id = ?3)
         UNION ALL
         SELECT d.id, d.held_on, f.name,
             (SELECT v.name FROM visited v WHERE v.day_id = d.id ORDER BY v.position DESC LIMIT 1), d.end_name, '', d.home_tenths, 1000000
         FROM visit_day d JOIN profile f ON f.id = d.liaison_id
         WHERE d.home_tenths > 0 AND d.held_on BETWEEN ?1 AND ?2 AND (?3 IS NULL OR d.liaison_id = ?3)
             AND EXISTS (SELECT 1 FROM visited v WHERE v.day_id = d.id)
         ORDER BY 2, 3, 1, 8",
    )?;
    let rows = statement.query_map(params![from, to, liaison], |row| {
        Ok(Trip {
            day: row.get(0)?,
            on: row.get::<_, Day>(1)?.0,
            driver: row.get(2)?,
            from: row.get(3)?,
            to: row.get(4)?,
            purpose: row.get(5)?,
            tenths: row.get(6)?,
            tenth_cents: None,
            cents: None,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What was spent on visits of a year.
pub(in crate::field) fn expenses(
    conn: &Connection,
    year: i32,
    liaison: Option<ProfileId>,
) -> Result<Vec<Expense>, StoreError> {
    let (from, to) = year_of(year);
    let mut statement = conn.prepare_cached(
        "SELECT t.id, t.held_on, f.name, CASE p.class WHEN 'patient' THEN 'A patient' ELSE p.name END, t.cost_kind,
             CASE p.class WHEN 'patient' THEN '' ELSE t.purpose END, t.cost_cents
         FROM visit_stop s JOIN visit_day d ON d.id = s.day_id JOIN touch t ON t.id = s.touch_id
         JOIN profile f ON f.id = d.liaison_id JOIN main.partner p ON p.id = s.partner_id
         WHERE t.cost_cents > 0 AND t.trashed_at IS NULL AND t.held_on BETWEEN ?1 AND ?2 AND (?3 IS NULL OR d.liaison_id = ?3)
         ORDER BY t.held_on, f.name, t.id",
    )?;
    let rows = statement.query_map(params![from, to, liaison], |row| {
        Ok(Expense {
            touch: row.get(0)?,
            on: row.get::<_, Day>(1)?.0,
            spender: row.get(2)?,
            partner: row.get(3)?,
            kind: row.get(4)?,
            purpose: row.get(5)?,
            cents: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The minutes spent on visits of a year.
pub(in crate::field) fn minutes(
    conn: &Connection,
    year: i32,
    liaison: Option<ProfileId>,
) -> Result<u32, StoreError> {
    let (from, to) = year_of(year);
    Ok(conn
        .prepare_cached(
            "SELECT ifnull(sum(t.minutes), 0) FROM visit_stop s JOIN visit_day d ON d.id = s.day_id JOIN touch t ON t.id = s.touch_id
             WHERE t.trashed_at IS NULL AND t.held_on BETWEEN ?1 AND ?2 AND (?3 IS NULL OR d.liaison_id = ?3)",
        )?
        .query_row(params![from, to, liaison], |row| row.get(0))?)
}
