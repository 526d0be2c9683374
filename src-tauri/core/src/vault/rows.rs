//! What the vault reads and writes in the practice: its name, its profiles and its rule about keyrings.

use rusqlite::{Connection, OptionalExtension, params};

use super::create::NewPractice;
use super::people::{PersonRow, ProfileForm};
use super::role::Role;
use super::ways::{KeyUse, Way};
use crate::foundation::day::Day;
use crate::foundation::id::{PracticeId, ProfileId};
use crate::store::{StoreError, Tx};

/// The practice's own row: its number must be the vault's.
pub(super) fn practice_id(conn: &Connection) -> Result<Option<PracticeId>, StoreError> {
    Ok(conn.prepare_cached("SELECT id FROM practice LIMIT 1")?.query_row([], |row| row.get(0)).optional()?)
}

/// What the practice is called.
pub(super) fn practice_name(conn: &Connection) -> Result<String, StoreError> {
    Ok(conn.prepare_cached("SELECT name FROM practice LIMIT 1")?.query_row([], |row| row.get(0))?)
}

/// Everybody who works or worked here, in the order they came. A role of a newer Baton may do the least.
pub(super) fn people(conn: &Connection) -> Result<Vec<PersonRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, name, initials, role, active_from, active_to, retired_at IS NOT NULL FROM profile ORDER BY created_at, id",
    )?;
    let rows = statement.query_map([], |row| {
        let role: String = row.get(3)?;
        let day = |at| Ok::<_, rusqlite::Error>(row.get::<_, Option<Day>>(at)?.map(|Day(day)| day));
        Ok(PersonRow {
            id: row.get(0)?,
            name: row.get(1)?,
            initials: row.get(2)?,
            role: Role::from_code(&role).unwrap_or(Role::ReadOnly),
            active_from: day(4)?,
            active_to: day(5)?,
            retired: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The first rows of a practice. Its owner comes in whatever day a clock says.
pub(super) fn insert_first(
    conn: &Connection,
    id: PracticeId,
    new: &NewPractice,
    profile: ProfileId,
    now: i64,
) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO practice (id, name, state, time_zone, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![id, new.name, new.state, new.time_zone, now])?;
    conn.prepare_cached(
        "INSERT INTO profile (id, name, initials, role, created_at) VALUES (?1, ?2, ?3, 'owner', ?4)",
    )?
    .execute(params![profile, new.profile_name, new.profile_initials, now])?;
    Ok(())
}

/// Puts a profile on record.
pub(super) fn insert_profile(tx: &Tx<'_>, id: ProfileId, form: &ProfileForm) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO profile (id, name, initials, role, active_from, active_to, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        id,
        form.name,
        form.initials,
        form.role.code(),
        form.active_from.map(Day),
        form.active_to.map(Day),
        tx.now
    ])?;
    Ok(())
}

/// Changes what is said about a profile.
pub(super) fn update_profile(tx: &Tx<'_>, id: ProfileId, form: &ProfileForm) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE profile SET name = ?2, initials = ?3, role = ?4, active_from = ?5, active_to = ?6 WHERE id = ?1",
    )?
    .execute(params![
        id,
        form.name,
        form.initials,
        form.role.code(),
        form.active_from.map(Day),
        form.active_to.map(Day)
    ])?;
    Ok(())
}

/// Ends a profile now; today was its last day.
pub(super) fn retire(tx: &Tx<'_>, id: ProfileId) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE profile SET retired_at = ?2, active_to = ?3 WHERE id = ?1 AND retired_at IS NULL",
    )?
    .execute(params![id, tx.now, Day(tx.today)])?;
    Ok(())
}

/// Lets a profile come in again, without a last day.
pub(super) fn reactivate(tx: &Tx<'_>, id: ProfileId) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE profile SET retired_at = NULL, active_to = NULL WHERE id = ?1")?
        .execute(params![id])?;
    Ok(())
}

/// The role of a profile.
pub(super) fn role(conn: &Connection, profile: ProfileId) -> Result<String, StoreError> {
    Ok(conn
        .prepare_cached("SELECT role FROM profile WHERE id = ?1")?
        .query_row([profile], |row| row.get(0))?)
}

/// Key of the setting: minutes until the practice locks.
pub(super) const IDLE_MINUTES: &str = "lock.idle_minutes";
/// Key of the setting: seconds until the clipboard is emptied.
pub(super) const CLIPBOARD_SECONDS: &str = "lock.clipboard_seconds";

/// A number that was set.
pub(super) fn number_set(conn: &Connection, key: &str) -> Result<Option<u32>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT CAST(value AS INTEGER) FROM setting WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?)
}

/// Sets a number; one that is set already changes nothing.
pub(super) fn set_number(conn: &Connection, key: &str, value: u32) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO setting (key, value) VALUES (?1, ?2)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
    )?
    .execute(params![key, value.to_string()])?;
    Ok(())
}

/// Key of the setting: the working week and holidays, as JSON. A trigger listens for it.
pub(super) const CALENDAR: &str = "frame.calendar";

/// Key of the setting: what stands at the head of papers, as JSON.
pub(super) const LETTERHEAD: &str = "frame.letterhead";

/// A text that was set.
pub(super) fn text_set(conn: &Connection, key: &str) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT value FROM setting WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?)
}

/// Sets a text, or forgets it; one that is set already changes nothing.
pub(super) fn set_text(conn: &Connection, key: &str, value: Option<&str>) -> Result<(), StoreError> {
    match value {
        Some(value) => conn
            .prepare_cached(
                "INSERT INTO setting (key, value) VALUES (?1, ?2)
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
            )?
            .execute([key, value])?,
        None => conn.prepare_cached("DELETE FROM setting WHERE key = ?1")?.execute([key])?,
    };
    Ok(())
}

/// The setting that forbids keyrings.
const KEYRING: &str = "keyring";
const FORBIDDEN: &str = "forbidden";
const ALLOWED: &str = "allowed";

/// Whether the practice lets a computer's keyring unlock.
pub(super) fn keyring_allowed(conn: &Connection) -> Result<bool, StoreError> {
    let value: Option<String> = conn
        .prepare_cached("SELECT value FROM setting WHERE key = ?1")?
        .query_row([KEYRING], |row| row.get(0))
        .optional()?;
    Ok(value.as_deref() != Some(FORBIDDEN))
}

/// Allows or forbids it.
pub(super) fn allow_keyring(tx: &Tx<'_>, allowed: bool) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )?
    .execute([KEYRING, if allowed { ALLOWED } else { FORBIDDEN }])?;
    Ok(())
}

/// Somebody came in this way.
pub(super) fn used(conn: &Connection, profile: ProfileId, way: Way, at: i64) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO key_use (profile_id, way, used_at) VALUES (?1, ?2, ?3) ON CONFLICT (profile_id, way) DO UPDATE SET used_at = excluded.used_at",
    )?
    .execute(params![profile, way.code(), at])?;
    Ok(())
}

/// When each way in was last used.
pub(super) fn key_uses(conn: &Connection) -> Result<Vec<KeyUse>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT profile_id, way, used_at FROM key_use")?;
    let rows = statement.query_map([], |row| {
        let way: String = row.get(1)?;
        Ok(KeyUse { profile: row.get(0)?, way: Way::from_code(&way), at: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
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
