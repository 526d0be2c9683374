//! The practice says what a role may do.

use serde::{Deserialize, Serialize};

use super::{Need, Rights, rows};
use crate::practice::Practice;
use crate::store::{Label, StoreError, Written};
use crate::vault::role::Role;

/// A role and what it may do in this practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RightsOf {
    /// The role.
    pub role: Role,
    /// What it may do.
    pub rights: Rights,
    /// What it may do by default.
    pub default: Rights,
    /// Whether the practice changed it.
    pub changed: bool,
}

/// What every role may do in this practice. For owners.
///
/// # Errors
/// [`StoreError::NotAllowed`]; those of the file.
pub fn rights_of_all(practice: &Practice) -> Result<Vec<RightsOf>, StoreError> {
    practice.may(Need::ManageProfiles)?;
    practice.read(|conn| {
        Role::ALL
            .into_iter()
            .map(|role| {
                let default = Rights::of(role);
                let changed = rows::changed(conn, role)?.map(|rights| rights.fitted(role));
                let rights = changed.unwrap_or(default);
                Ok(RightsOf { role, rights, default, changed: rights != default })
            })
            .collect()
    })
}

/// Says what a role may do. What an owner needs to look after profiles can't be taken away.
///
/// # Errors
/// [`StoreError::NotAllowed`] for anybody but an owner; those of the file.
pub fn set_rights(practice: &Practice, role: Role, rights: &Rights) -> Result<Written<()>, StoreError> {
    practice.may(Need::ManageProfiles)?;
    let rights = rights.fitted(role);
    if rights == Rights::of(role) {
        return reset_rights(practice, role);
    }
    practice.write(Label::hand("role_rights_set", role.code()), |tx| {
        if rows::changed(tx, role)?.map(|before| before.fitted(role)) == Some(rights) {
            return Ok(());
        }
        rows::put(tx, role, &rights)
    })
}

/// Gives a role its default rights back.
///
/// # Errors
/// [`StoreError::NotAllowed`] for anybody but an owner; those of the file.
pub fn reset_rights(practice: &Practice, role: Role) -> Result<Written<()>, StoreError> {
    practice.may(Need::ManageProfiles)?;
    practice.write(Label::hand("role_rights_default", role.code()), |tx| rows::forget(tx, role))
}
