//! Tags on partners.

use serde::{Deserialize, Serialize};

use super::bulk::{BulkDone, each};
use super::check;
use super::error::{NetworkError, Since, invalid};
use super::patients::all_seen;
use super::rows::tag as rows;
use crate::foundation::id::{PartnerId, TagId};
use crate::practice::Practice;
use crate::store::{Label, Tx, Written};
use crate::vault::{Area, Need};

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Tag {
    /// Its id.
    pub id: TagId,
    /// Its name.
    pub name: String,
}

/// A tag and how many partners have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TagUse {
    /// Its id.
    pub id: TagId,
    /// Its name.
    pub name: String,
    /// Partners that have it.
    pub partners: u32,
}

/// All tags by name.
///
/// # Errors
/// Those of the file.
pub fn tags(practice: &Practice) -> Result<Vec<TagUse>, NetworkError> {
    practice.may(Need::Read(Area::Network))?;
    practice.read(|conn| Ok(rows::all(conn)?))
}

/// Puts a tag on partners, making it if there is none of that name.
///
/// # Errors
/// [`NetworkError::Invalid`]; those of the file.
pub fn tag_partners(
    practice: &Practice,
    partners: &[PartnerId],
    name: &str,
) -> Result<Written<BulkDone>, NetworkError> {
    practice.write(Label::hand("tag_add", name.trim()), |tx| {
        all_seen(practice, tx, partners)?;
        tag_in(tx, partners, name)
    })
}

pub(super) fn tag_in(tx: &Tx<'_>, partners: &[PartnerId], name: &str) -> Result<BulkDone, NetworkError> {
    let (name, key) = checked(name)?;
    let tag = match rows::by_key(tx, &key)? {
        Some(tag) => tag,
        None => {
            let tag = TagId::new();
            rows::insert(tx, tag, &name, &key)?;
            tag
        }
    };
    each(tx, partners, |partner| rows::put_on(tx, partner, tag))
}

/// Takes a tag off partners.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn untag_partners(
    practice: &Practice,
    partners: &[PartnerId],
    tag: TagId,
) -> Result<Written<BulkDone>, NetworkError> {
    practice.write(Label::hand("tag_remove", ""), |tx| {
        all_seen(practice, tx, partners)?;
        tx.subject(rows::name(tx, tag)?.ok_or(NetworkError::Missing)?);
        each(tx, partners, |partner| rows::take_off(tx, partner, tag))
    })
}

/// Renames a tag. If another has that name already, both become one. `seen` is the name the screen showed.
///
/// # Errors
/// [`NetworkError::ChangedMeanwhile`] if it has another name by now, [`NetworkError::Invalid`],
/// [`NetworkError::Missing`]; those of the file.
pub fn rename_tag(
    practice: &Practice,
    tag: TagId,
    name: &str,
    seen: Option<&str>,
) -> Result<Written<()>, NetworkError> {
    practice.write(Label::hand("tag_rename", name.trim()), |tx| {
        let now = rows::name(tx, tag)?.ok_or(NetworkError::Missing)?;
        let (name, key) = checked(name)?;
        if let Some(seen) = seen {
            let mut since = Since::default();
            since.field("name", seen.to_owned(), now, name.clone());
            since.settle()?;
        }
        match rows::by_key(tx, &key)? {
            Some(other) if other != tag => {
                for partner in rows::partners_with(tx, tag)? {
                    rows::put_on(tx, partner, other)?;
                }
                remove(tx, tag)
            }
            _ => Ok(rows::rename(tx, tag, &name, &key)?),
        }
    })
}

/// Takes a tag off every partner and away.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn delete_tag(practice: &Practice, tag: TagId) -> Result<Written<()>, NetworkError> {
    practice.write(Label::hand("tag_delete", ""), |tx| {
        tx.subject(rows::name(tx, tag)?.ok_or(NetworkError::Missing)?);
        remove(tx, tag)
    })
}

fn remove(tx: &Tx<'_>, tag: TagId) -> Result<(), NetworkError> {
    rows::take_off_all(tx, tag)?;
    Ok(rows::delete(tx, tag)?)
}

/// A tag's name and what it is recognised by.
fn checked(name: &str) -> Result<(String, String), NetworkError> {
    let name = check::name("tag", name)?;
    let key = check::name_key(&name);
    if key.is_empty() || name.chars().count() > 50 {
        return invalid("tag", "a tag is a word or two, at most 50 letters");
    }
    Ok((name, key))
}
