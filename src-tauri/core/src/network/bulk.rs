//! One action on many partners: one history entry, one undo.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::add_partner::known_owner;
use super::error::NetworkError;
use super::patients::all_seen;
use super::rows::partner as rows;
use crate::foundation::id::{PartnerId, ProfileId};
use crate::practice::Practice;
use crate::store::{Label, StoreError, Tx, Written};

/// What a bulk action did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BulkDone {
    /// Partners that changed.
    pub changed: u32,
    /// Partners where it was so already.
    pub unchanged: u32,
    /// Partners left alone, by name.
    pub refused: Vec<Refused>,
}

/// A partner a bulk action left alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Refused {
    /// Which.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
    /// Why, in plain words.
    pub why: String,
}

/// Gives partners to one of us, or to nobody.
///
/// # Errors
/// [`NetworkError::Invalid`] if there is no such profile; those of the file.
pub fn set_owner(
    practice: &Practice,
    partners: &[PartnerId],
    owner: Option<ProfileId>,
) -> Result<Written<BulkDone>, NetworkError> {
    practice.write(Label::hand("owner_set", ""), |tx| {
        all_seen(practice, tx, partners)?;
        known_owner(tx, owner)?;
        tx.subject(subject(tx, partners)?);
        each(tx, partners, |partner| rows::set_owner(tx, partner, owner))
    })
}

/// Does something to each partner that is there, counts, and breathes in between.
pub(super) fn each(
    tx: &Tx<'_>,
    partners: &[PartnerId],
    mut act: impl FnMut(PartnerId) -> Result<bool, StoreError>,
) -> Result<BulkDone, NetworkError> {
    let mut done = BulkDone::default();
    for (n, partner) in partners.iter().enumerate() {
        if !rows::exists(tx, *partner)? {
            let name = rows::name(tx, *partner)?.ok_or(NetworkError::Missing)?;
            done.refused.push(Refused { id: *partner, name, why: "it is in the trash".into() });
        } else if act(*partner)? {
            done.changed += 1;
        } else {
            done.unchanged += 1;
        }
        if n % 5000 == 4999 {
            tx.breathe()?;
        }
    }
    Ok(done)
}

/// What an action on several partners was about: the one name, or how many.
pub(super) fn subject(conn: &Connection, partners: &[PartnerId]) -> Result<String, NetworkError> {
    match partners {
        [one] => rows::name(conn, *one)?.ok_or(NetworkError::Missing),
        many => Ok(format!("{} partners", many.len())),
    }
}
