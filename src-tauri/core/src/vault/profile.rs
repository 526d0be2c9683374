//! The profiles of a practice, as the open practice knows them.

use super::rows;
use crate::foundation::id::ProfileId;
use crate::practice::Practice;
use crate::store::StoreError;

/// The role of whoever is at the desk, e.g. `owner`.
///
/// # Errors
/// [`StoreError::Missing`] if the profile is gone; those of the file.
pub fn role_of(practice: &Practice) -> Result<String, StoreError> {
    practice.read(|conn| rows::role(conn, practice.actor().id))
}

/// A member of our staff who can look after partners.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Colleague {
    /// The profile.
    pub id: ProfileId,
    /// e.g. "Tess Lindqvist".
    pub name: String,
    /// e.g. "TL".
    pub initials: String,
}

/// Everybody with an active profile, in the order they came.
///
/// # Errors
/// Those of the file.
pub fn colleagues(practice: &Practice) -> Result<Vec<Colleague>, StoreError> {
    let today = practice.today();
    let people = practice.read(rows::people)?;
    let inside = people.into_iter().filter(|person| !person.has_ended(today));
    Ok(inside.map(|p| Colleague { id: p.id, name: p.name, initials: p.initials }).collect())
}
