//! How partners and people are reached: telephones, e-mail, web, postal addresses.

use serde::{Deserialize, Serialize};

use super::error::NetworkError;
use super::types::{AddressKind, ContactKind, Party};
use crate::foundation::id::{AddressId, ContactPointId};
use crate::practice::Practice;
use crate::store::Written;

/// A way to reach somebody as it is typed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NewContactPoint {
    /// What it is.
    pub kind: ContactKind,
    /// The number or address, kept as typed.
    pub value: String,
    /// "front desk", "back line".
    #[serde(default)]
    pub label: String,
    /// The one to use first. The first of its kind always is.
    #[serde(default)]
    pub is_primary: bool,
}

/// A way to reach somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ContactPoint {
    /// Its id.
    pub id: ContactPointId,
    /// What it is.
    pub kind: ContactKind,
    /// The number or address, as typed.
    pub value: String,
    /// "front desk", "back line".
    pub label: String,
    /// The one to use first.
    pub is_primary: bool,
}

/// A postal address as it is typed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct NewAddress {
    /// What stands there.
    pub kind: AddressKind,
    /// Street and number.
    pub street: String,
    /// Suite, floor.
    pub street2: String,
    /// City.
    pub city: String,
    /// State.
    pub state: String,
    /// ZIP, 5 or 9 digits; always text.
    pub zip: String,
    /// Country; empty = ours.
    pub country: String,
    /// The one lists show. The first always is.
    pub is_primary: bool,
}

impl Default for NewAddress {
    fn default() -> Self {
        Self {
            kind: AddressKind::Work,
            street: String::new(),
            street2: String::new(),
            city: String::new(),
            state: String::new(),
            zip: String::new(),
            country: String::new(),
            is_primary: false,
        }
    }
}

/// A postal address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Address {
    /// Its id.
    pub id: AddressId,
    /// What stands there.
    pub kind: AddressKind,
    /// Street and number.
    pub street: String,
    /// Suite, floor.
    pub street2: String,
    /// City.
    pub city: String,
    /// State.
    pub state: String,
    /// ZIP.
    pub zip: String,
    /// Country.
    pub country: String,
    /// The one lists show.
    pub is_primary: bool,
}

/// Adds a way to reach a partner or person.
///
/// # Errors
/// [`NetworkError::Invalid`], [`NetworkError::Missing`]; those of the file.
pub fn add_contact_point(_practice: &Practice, _of: Party, _new: &NewContactPoint) -> Result<Written<ContactPointId>, NetworkError> {
    todo!()
}

/// Changes it as a whole.
///
/// # Errors
/// As [`add_contact_point`].
pub fn edit_contact_point(_practice: &Practice, _id: ContactPointId, _to: &NewContactPoint) -> Result<Written<()>, NetworkError> {
    todo!()
}

/// Takes it away.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn remove_contact_point(_practice: &Practice, _id: ContactPointId) -> Result<Written<()>, NetworkError> {
    todo!()
}

/// Adds a postal address.
///
/// # Errors
/// As [`add_contact_point`].
pub fn add_address(_practice: &Practice, _of: Party, _new: &NewAddress) -> Result<Written<AddressId>, NetworkError> {
    todo!()
}

/// Changes it as a whole.
///
/// # Errors
/// As [`add_contact_point`].
pub fn edit_address(_practice: &Practice, _id: AddressId, _to: &NewAddress) -> Result<Written<()>, NetworkError> {
    todo!()
}

/// Takes it away.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn remove_address(_practice: &Practice, _id: AddressId) -> Result<Written<()>, NetworkError> {
    todo!()
}
