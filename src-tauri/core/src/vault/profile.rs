//! The profiles of a practice, as the open practice knows them.

use crate::practice::Practice;
use crate::store::StoreError;

/// The role of whoever is at the desk, e.g. `owner`.
///
/// # Errors
/// [`StoreError::Missing`] if the profile is gone; those of the file.
pub fn role_of(practice: &Practice) -> Result<String, StoreError> {
    practice.read(|conn| {
        let mut statement = conn.prepare_cached("SELECT role FROM profile WHERE id = ?1")?;
        Ok(statement.query_row([practice.actor().id], |row| row.get(0))?)
    })
}
