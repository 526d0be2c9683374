//! The schema's steps, in order, each all-or-nothing. A step is never edited once a release carries it.

use rusqlite::Connection;

use super::error::StoreError;
use super::open::APPLICATION_ID;
use crate::foundation::point;

/// The steps. `PRAGMA user_version` counts how many a file has.
pub(super) const STEPS: &[&str] = &[
    include_str!("../../migrations/0001_practice.sql"),
    include_str!("../../migrations/0002_derived.sql"),
    include_str!("../../migrations/0003_history.sql"),
    include_str!("../../migrations/0004_people.sql"),
    include_str!("../../migrations/0005_rights.sql"),
    include_str!("../../migrations/0007_audit.sql"),
    include_str!("../../migrations/0008_retention.sql"),
    include_str!("../../migrations/0009_process.sql"),
    include_str!("../../migrations/0010_consent.sql"),
    include_str!("../../migrations/0013_scope.sql"),
    include_str!("../../migrations/0014_exports.sql"),
    include_str!("../../migrations/0016_help.sql"),
    include_str!("../../migrations/0017_inquiries.sql"),
    include_str!("../../migrations/0018_packet.sql"),
    include_str!("../../migrations/0019_gratitude.sql"),
    include_str!("../../migrations/0020_outreach.sql"),
    include_str!("../../migrations/0021_touches.sql"),
    include_str!("../../migrations/0022_plans.sql"),
    include_str!("../../migrations/0023_visits.sql"),
    include_str!("../../migrations/0024_letters.sql"),
    include_str!("../../migrations/0025_offers.sql"),
    include_str!("../../migrations/0027_touch_triage.sql"),
    include_str!("../../migrations/0029_diagnosis_group.sql"),
];

/// Brings the file to the newest schema, or refuses a file that is not ours or is newer than we are.
/// Runs on a connection of its own: foreign keys are off while tables are rebuilt and checked before the commit.
pub(super) fn migrate(conn: &Connection) -> Result<(), StoreError> {
    up_to(conn, STEPS.len())
}

/// The same up to so many steps.
pub(super) fn up_to(conn: &Connection, steps: usize) -> Result<(), StoreError> {
    let application: i32 = conn.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let version: usize = conn
        .query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))?
        .try_into()
        .unwrap_or(usize::MAX);
    let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION_ID && (tables > 0 || version > 0) {
        return Err(StoreError::Foreign);
    }
    if version > STEPS.len() {
        return Err(StoreError::Newer);
    }
    conn.execute_batch("PRAGMA foreign_keys = OFF")?;
    for (done, step) in STEPS.iter().enumerate().take(steps).skip(version) {
        let transaction =
            rusqlite::Transaction::new_unchecked(conn, rusqlite::TransactionBehavior::Immediate)?;
        transaction.execute_batch(step)?;
        point::reach("migration step");
        let broken: i64 =
            transaction.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
        if broken > 0 {
            return Err(StoreError::Damaged);
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", i64::try_from(done + 1).unwrap_or(i64::MAX))?;
        point::reach("migration before commit");
        transaction.commit()?;
        point::reach("migration after commit");
    }
    conn.execute_batch("PRAGMA foreign_keys = ON")?;
    Ok(())
}
