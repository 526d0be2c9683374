//! Saved mappings.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::all;
use crate::exchange::import::error::ImportError;
use crate::exchange::import::profile::SavedProfile;
use crate::foundation::id::ImportProfileId;

fn profile(row: &Row<'_>) -> rusqlite::Result<SavedProfile> {
    Ok(SavedProfile { id: row.get(0)?, name: row.get(1)?, fingerprint: row.get(2)?, definition: row.get(3)? })
}

pub(in crate::exchange::import) fn profile_of(
    conn: &Connection,
    fingerprint: &str,
) -> Result<Option<SavedProfile>, ImportError> {
    Ok(conn
        .prepare_cached(
            "SELECT id, name, fingerprint, definition FROM import_profile WHERE fingerprint = ?1",
        )?
        .query_row([fingerprint], profile)
        .optional()?)
}

pub(in crate::exchange::import) fn profiles(conn: &Connection) -> Result<Vec<SavedProfile>, ImportError> {
    Ok(all(
        conn,
        "SELECT id, name, fingerprint, definition FROM import_profile ORDER BY name, id",
        [],
        profile,
    )?)
}

pub(in crate::exchange::import) fn profile_name(
    conn: &Connection,
    id: &ImportProfileId,
) -> Result<Option<String>, ImportError> {
    Ok(conn
        .prepare_cached("SELECT name FROM import_profile WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

pub(in crate::exchange::import) fn add_profile(
    conn: &Connection,
    profile: &SavedProfile,
    now: i64,
) -> Result<(), ImportError> {
    conn.prepare_cached("INSERT INTO import_profile (id, name, fingerprint, definition, changed_at) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![profile.id, profile.name, profile.fingerprint, profile.definition, now])?;
    Ok(())
}

pub(in crate::exchange::import) fn change_profile(
    conn: &Connection,
    id: &ImportProfileId,
    name: &str,
    definition: &str,
    now: i64,
) -> Result<(), ImportError> {
    conn.prepare_cached(
        "UPDATE import_profile SET name = ?2, definition = ?3, changed_at = ?4 WHERE id = ?1",
    )?
    .execute(params![id, name, definition, now])?;
    Ok(())
}

pub(in crate::exchange::import) fn delete_profile(
    conn: &Connection,
    id: &ImportProfileId,
) -> Result<(), ImportError> {
    conn.prepare_cached("DELETE FROM import_profile WHERE id = ?1")?.execute([id])?;
    Ok(())
}
