//! What the vault reads and writes in the practice: its name and its profiles.

use rusqlite::{Connection, OptionalExtension, params};

use super::create::NewPractice;
use crate::foundation::id::{PracticeId, ProfileId};
use crate::store::{Actor, StoreError};

/// A profile as the lock screen lists it: id, name, initials.
pub(super) type ProfileNames = (ProfileId, String, String);

/// The practice's own row: its number must be the vault's.
pub(super) fn practice_id(conn: &Connection) -> Result<Option<PracticeId>, StoreError> {
    Ok(conn.prepare_cached("SELECT id FROM practice LIMIT 1")?.query_row([], |row| row.get(0)).optional()?)
}

/// What the lock screen shows: the practice's name and the profiles that may come in today.
pub(super) fn names(conn: &Connection, today: &str) -> Result<(String, Vec<ProfileNames>), StoreError> {
    let name = conn.prepare_cached("SELECT name FROM practice LIMIT 1")?.query_row([], |row| row.get(0))?;
    let profiles = conn
        .prepare_cached("SELECT id, name, initials FROM profile WHERE active_to IS NULL OR active_to >= ?1 ORDER BY created_at, id")?
        .query_map([today], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    Ok((name, profiles))
}

/// Who acts when this profile is at the desk.
pub(super) fn actor(conn: &Connection, profile: ProfileId, today: &str) -> Result<Option<Actor>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT name FROM profile WHERE id = ?1 AND (active_to IS NULL OR active_to >= ?2)",
    )?;
    let name: Option<String> = statement.query_row(params![profile, today], |row| row.get(0)).optional()?;
    Ok(name.map(|name| Actor { id: profile, name }))
}

/// The first rows of a practice.
pub(super) fn insert_first(
    conn: &Connection,
    id: PracticeId,
    new: &NewPractice,
    profile: ProfileId,
    today: &str,
    now: i64,
) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO practice (id, name, state, time_zone, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![id, new.name, new.state, new.time_zone, now])?;
    conn.prepare_cached("INSERT INTO profile (id, name, initials, role, active_from, created_at) VALUES (?1, ?2, ?3, 'owner', ?4, ?5)")?
        .execute(params![profile, new.profile_name, new.profile_initials, today, now])?;
    Ok(())
}

/// The role of a profile.
pub(super) fn role(conn: &Connection, profile: ProfileId) -> Result<String, StoreError> {
    Ok(conn
        .prepare_cached("SELECT role FROM profile WHERE id = ?1")?
        .query_row([profile], |row| row.get(0))?)
}

/// The entry of the last sign-in on this file.
pub(super) fn last_sign_in(conn: &Connection) -> Result<Option<i64>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT max(seq) FROM audit WHERE action = 'sign_in'")?
        .query_row([], |row| row.get(0))?)
}

/// What a profile is called.
pub(super) fn name_of(conn: &Connection, profile: ProfileId) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT name FROM profile WHERE id = ?1")?
        .query_row([profile], |row| row.get(0))
        .optional()?)
}
