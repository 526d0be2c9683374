//! The SQL of days outside.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::field::places::KeptPlace;
use crate::foundation::day::Day;
use crate::foundation::id::{ProfileId, VisitDayId};
use crate::store::{StoreError, Tx};

/// A day as it is kept; times in minutes since midnight.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::field) struct KeptDay {
    pub(in crate::field) id: VisitDayId,
    pub(in crate::field) on: NaiveDate,
    pub(in crate::field) liaison: ProfileId,
    pub(in crate::field) starts: u16,
    pub(in crate::field) ends: u16,
    pub(in crate::field) start: KeptPlace,
    pub(in crate::field) end: KeptPlace,
    pub(in crate::field) lunch_from: Option<u16>,
    pub(in crate::field) lunch_minutes: u16,
    pub(in crate::field) home_tenths: Option<u32>,
}

fn place(row: &Row<'_>, at: usize) -> rusqlite::Result<KeptPlace> {
    let (latitude, longitude): (Option<f64>, Option<f64>) = (row.get(at + 2)?, row.get(at + 3)?);
    Ok(KeptPlace { name: row.get(at)?, zip: row.get(at + 1)?, coordinates: latitude.zip(longitude) })
}

fn kept(row: &Row<'_>) -> rusqlite::Result<KeptDay> {
    Ok(KeptDay {
        id: row.get(0)?,
        on: row.get::<_, Day>(1)?.0,
        liaison: row.get(2)?,
        starts: row.get(3)?,
        ends: row.get(4)?,
        lunch_from: row.get(5)?,
        lunch_minutes: row.get(6)?,
        home_tenths: row.get(7)?,
        start: place(row, 8)?,
        end: place(row, 12)?,
    })
}

/// The columns of [`kept`].
macro_rules! a_day {
    ($rest:literal) => {
        concat!(
            "SELECT id, held_on, liaison_id, starts, ends, lunch_from, lunch_minutes, home_tenths, start_name, start_zip,
                 start_latitude, start_longitude, end_name, end_zip, end_latitude, end_longitude FROM visit_day ",
            $rest
        )
    };
}

pub(in crate::field) fn by_id(conn: &Connection, id: VisitDayId) -> Result<Option<KeptDay>, StoreError> {
    Ok(conn.prepare_cached(a_day!("WHERE id = ?1"))?.query_row([id], kept).optional()?)
}

pub(in crate::field) fn of(
    conn: &Connection,
    on: NaiveDate,
    liaison: ProfileId,
) -> Result<Option<KeptDay>, StoreError> {
    Ok(conn
        .prepare_cached(a_day!("WHERE held_on = ?1 AND liaison_id = ?2"))?
        .query_row(params![Day(on), liaison], kept)
        .optional()?)
}

/// The last day of somebody before another, else the last of all.
pub(in crate::field) fn last(conn: &Connection, liaison: ProfileId) -> Result<Option<KeptDay>, StoreError> {
    Ok(conn
        .prepare_cached(a_day!("ORDER BY liaison_id = ?1 DESC, held_on DESC, id DESC LIMIT 1"))?
        .query_row([liaison], kept)
        .optional()?)
}

/// Somebody's days of a stretch, both ends included.
pub(in crate::field) fn between(
    conn: &Connection,
    liaison: ProfileId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<KeptDay>, StoreError> {
    let mut statement =
        conn.prepare_cached(a_day!("WHERE liaison_id = ?1 AND held_on BETWEEN ?2 AND ?3 ORDER BY held_on"))?;
    Ok(statement.query_map(params![liaison, Day(from), Day(to)], kept)?.collect::<Result<_, _>>()?)
}

/// The name of a member of staff.
pub(in crate::field) fn profile(conn: &Connection, id: ProfileId) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT name FROM profile WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

/// Everybody who may have a day outside: who works here today.
pub(in crate::field) fn staff(
    conn: &Connection,
    today: NaiveDate,
) -> Result<Vec<(ProfileId, String, String)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, name, role FROM profile WHERE active_to IS NULL OR active_to >= ?1 ORDER BY role <> 'liaison', name, id",
    )?;
    let rows = statement.query_map([Day(today)], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Puts a day down, or puts another in its place.
pub(in crate::field) fn put(tx: &Tx<'_>, day: &KeptDay) -> Result<(), StoreError> {
    let (start, end) = (&day.start, &day.end);
    tx.prepare_cached(
        "INSERT INTO visit_day (id, held_on, liaison_id, starts, ends, lunch_from, lunch_minutes, home_tenths, start_name, start_zip,
             start_latitude, start_longitude, end_name, end_zip, end_latitude, end_longitude, created_at, created_by, changed_at,
             changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?17, ?18)
         ON CONFLICT (id) DO UPDATE SET starts = ?4, ends = ?5, lunch_from = ?6, lunch_minutes = ?7, home_tenths = ?8,
             start_name = ?9, start_zip = ?10, start_latitude = ?11, start_longitude = ?12, end_name = ?13, end_zip = ?14,
             end_latitude = ?15, end_longitude = ?16, changed_at = ?17, changed_by = ?18",
    )?
    .execute(params![
        day.id,
        Day(day.on),
        day.liaison,
        day.starts,
        day.ends,
        day.lunch_from,
        day.lunch_minutes,
        day.home_tenths,
        start.name,
        start.zip,
        start.coordinates.map(|(lat, _)| lat),
        start.coordinates.map(|(_, lon)| lon),
        end.name,
        end.zip,
        end.coordinates.map(|(lat, _)| lat),
        end.coordinates.map(|(_, lon)| lon),
        tx.now,
        tx.actor.id,
    ])?;
    Ok(())
}

/// Says how far the way back was.
pub(in crate::field) fn set_home(tx: &Tx<'_>, id: VisitDayId, tenths: Option<u32>) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE visit_day SET home_tenths = ?2, changed_at = ?3, changed_by = ?4 WHERE id = ?1",
    )?
    .execute(params![id, tenths, tx.now, tx.actor.id])?;
    Ok(())
}

/// Takes a day away; its stops first.
pub(in crate::field) fn delete(tx: &Tx<'_>, id: VisitDayId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM visit_stop WHERE day_id = ?1")?.execute([id])?;
    tx.prepare_cached("DELETE FROM visit_day WHERE id = ?1")?.execute([id])?;
    Ok(())
}
