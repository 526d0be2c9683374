//! Which partners and people are patients.

use rusqlite::Connection;

use crate::foundation::id::RecordId;
use crate::store::StoreError;

/// Leaves out people who are patients; follows a condition on `person`.
pub(crate) const NOT_A_PATIENT: &str = " AND NOT EXISTS (SELECT 1 FROM main.partner AS own WHERE own.individual_id = person.id AND own.class = 'patient')";

pub(crate) fn is_patient(conn: &Connection, id: RecordId) -> Result<bool, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT 1 FROM main.partner WHERE id = ?1 AND class = 'patient'
             UNION ALL SELECT 1 FROM main.partner WHERE individual_id = ?1 AND class = 'patient'",
        )?
        .exists([id])?)
}
