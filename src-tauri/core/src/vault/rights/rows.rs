//! The SQL of rights.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Hidden, Level, Rights, Scope};
use crate::foundation::id::{ProfileId, RecordId};
use crate::store::{StoreError, Tx};
use crate::vault::role::Role;

/// Whether anybody is in the practice yet.
pub(super) fn has_profiles(conn: &Connection) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("SELECT 1 FROM profile LIMIT 1")?.exists([])?)
}

/// The role of a profile that may come in on this day.
pub(super) fn role_today(
    conn: &Connection,
    profile: ProfileId,
    today: &str,
) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT role FROM profile WHERE id = ?1 AND (active_to IS NULL OR active_to >= ?2)")?
        .query_row(params![profile, today], |row| row.get(0))
        .optional()?)
}

/// Every profile that has or had this role.
pub(super) fn with_role(conn: &Connection, role: Role) -> Result<Vec<ProfileId>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT id FROM profile WHERE role = ?1")?;
    Ok(statement.query_map([role.code()], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// What the practice gave a role instead of the default.
pub(super) fn changed(conn: &Connection, role: Role) -> Result<Option<Rights>, StoreError> {
    let found = conn
        .prepare_cached(
            "SELECT network, referrals, insights, exchange, history, vault, hides_patients, hides_reason, hides_money, may_export,
                    scope, gratitude, outreach
             FROM role_rights WHERE role = ?1",
        )?
        .query_row([role.code()], |row| {
            Ok(Rights {
                network: level(row, 0)?,
                referrals: level(row, 1)?,
                gratitude: younger(row, 11, Rights::of(role).gratitude)?,
                outreach: younger(row, 12, Rights::of(role).outreach)?,
                insights: level(row, 2)?,
                exchange: level(row, 3)?,
                history: level(row, 4)?,
                vault: level(row, 5)?,
                scope: Scope::from_code(row.get_ref(10)?.as_str()?).ok_or(rusqlite::Error::InvalidQuery)?,
                hidden: Hidden { patients: row.get(6)?, reason: row.get(7)?, money: row.get(8)? },
                export: row.get(9)?,
                manage_profiles: false,
            })
        })
        .optional()?;
    Ok(found)
}

fn level(row: &Row<'_>, column: usize) -> rusqlite::Result<Level> {
    Level::from_code(row.get_ref(column)?.as_str()?).ok_or(rusqlite::Error::InvalidQuery)
}

/// Of an area that came after some rights were changed: then the role's default.
fn younger(row: &Row<'_>, column: usize, default: Level) -> rusqlite::Result<Level> {
    row.get_ref(column)?
        .as_str_or_null()?
        .map_or(Some(default), Level::from_code)
        .ok_or(rusqlite::Error::InvalidQuery)
}

/// Puts a role's rights on record.
pub(super) fn put(tx: &Tx<'_>, role: Role, rights: &Rights) -> Result<(), StoreError> {
    let hidden = rights.hidden;
    tx.prepare_cached(
        "INSERT INTO role_rights (id, role, network, referrals, insights, exchange, history, vault, hides_patients, hides_reason,
                hides_money, may_export, changed_at, changed_by, scope, gratitude, outreach)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
         ON CONFLICT (role) DO UPDATE SET network = ?3, referrals = ?4, insights = ?5, exchange = ?6, history = ?7, vault = ?8,
                hides_patients = ?9, hides_reason = ?10, hides_money = ?11, may_export = ?12, changed_at = ?13, changed_by = ?14,
                scope = ?15, gratitude = ?16, outreach = ?17",
    )?
    .execute(params![
        RecordId::new(),
        role.code(),
        rights.network.code(),
        rights.referrals.code(),
        rights.insights.code(),
        rights.exchange.code(),
        rights.history.code(),
        rights.vault.code(),
        hidden.patients,
        hidden.reason,
        hidden.money,
        rights.export,
        tx.now,
        tx.actor.id,
        rights.scope.code(),
        rights.gratitude.code(),
        rights.outreach.code(),
    ])?;
    Ok(())
}

/// Forgets what was changed about a role.
pub(super) fn forget(tx: &Tx<'_>, role: Role) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM role_rights WHERE role = ?1")?.execute([role.code()])?;
    Ok(())
}
