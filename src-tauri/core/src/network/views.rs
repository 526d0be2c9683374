//! Saved views of the partner list.

use serde::{Deserialize, Serialize};

use super::check;
use super::error::{Meanwhile, NetworkError, Since, invalid};
use super::list::{PartnerFilter, PartnerSort, count};
use super::rows::view as rows;
use crate::foundation::id::ViewId;
use crate::foundation::text;
use crate::practice::Practice;
use crate::store::{Label, StoreError, Tx, Written};
use crate::vault::{Area, Hidden, Need};

/// What a view remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct PartnerView {
    /// Which partners.
    pub filter: PartnerFilter,
    /// Sorted by.
    pub sort: PartnerSort,
    /// Highest first.
    pub descending: bool,
    /// The columns shown, in order; empty = as usual.
    pub columns: Vec<String>,
}

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SavedPartnerView {
    /// Its id.
    pub id: ViewId,
    /// Its name.
    pub name: String,
    /// What it remembers.
    pub view: PartnerView,
    /// How many partners it shows now.
    pub partners: u32,
}

/// The saved views, in their order.
///
/// # Errors
/// Those of the file.
pub fn partner_views(practice: &Practice) -> Result<Vec<SavedPartnerView>, NetworkError> {
    practice.may(Need::Read(Area::Network))?;
    let hidden = practice.hidden();
    practice.read(|conn| {
        let mut views = Vec::new();
        for (id, name, definition) in rows::all(conn)? {
            let view: PartnerView = serde_json::from_str(&definition)
                .map_err(|_| StoreError::Database("a saved view can't be read".into()))?;
            let partners = count(conn, &view.filter, hidden)?;
            views.push(SavedPartnerView { id, name, view, partners });
        }
        Ok(views)
    })
}

/// Saves a view; with the id of an existing one it is replaced. `seen` is the view as the screen read it.
///
/// # Errors
/// [`NetworkError::ChangedMeanwhile`] if somebody replaced it since, [`NetworkError::Invalid`] for a name that is empty
/// or taken; [`NetworkError::Missing`]; those of the file.
pub fn save_partner_view(
    practice: &Practice,
    id: Option<ViewId>,
    name: &str,
    view: &PartnerView,
    seen: Option<&PartnerView>,
) -> Result<Written<ViewId>, NetworkError> {
    practice.write(Label::hand("view_save", name.trim()), |tx| {
        let name = free_name(tx, id, name)?;
        let definition = serde_json::to_string(view)
            .map_err(|_| StoreError::Database("a view can't be written".into()))?;
        match id {
            Some(id) => {
                rows::name(tx, id)?.ok_or(NetworkError::Missing)?;
                if let Some(seen) = seen {
                    not_replaced(tx, practice.hidden(), id, seen, view)?;
                }
                rows::replace(tx, id, &name, &definition)?;
                Ok(id)
            }
            None => {
                let id = ViewId::new();
                rows::insert(tx, id, &name, &definition)?;
                Ok(id)
            }
        }
    })
}

/// Renames a view. `seen` is the name the screen showed.
///
/// # Errors
/// As [`save_partner_view`].
pub fn rename_view(
    practice: &Practice,
    id: ViewId,
    name: &str,
    seen: Option<&str>,
) -> Result<Written<()>, NetworkError> {
    practice.write(Label::hand("view_rename", name.trim()), |tx| {
        let now = rows::name(tx, id)?.ok_or(NetworkError::Missing)?;
        let name = free_name(tx, Some(id), name)?;
        if let Some(seen) = seen {
            let mut since = Since::default();
            since.field("name", seen.to_owned(), now, name.clone());
            since.settle()?;
        }
        Ok(rows::rename(tx, id, &name)?)
    })
}

/// Deletes a view. The partners stay.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn delete_view(practice: &Practice, id: ViewId) -> Result<Written<()>, NetworkError> {
    practice.write(Label::hand("view_delete", ""), |tx| {
        tx.subject(rows::name(tx, id)?.ok_or(NetworkError::Missing)?);
        Ok(rows::delete(tx, id)?)
    })
}

/// Whether the view is still what was seen, or already what it is to become.
fn not_replaced(
    tx: &Tx<'_>,
    hidden: Hidden,
    id: ViewId,
    seen: &PartnerView,
    yours: &PartnerView,
) -> Result<(), NetworkError> {
    let Some((_, name, definition)) = rows::all(tx)?.into_iter().find(|(one, _, _)| *one == id) else {
        return Err(NetworkError::Missing);
    };
    let now: PartnerView = serde_json::from_str(&definition)
        .map_err(|_| StoreError::Database("a saved view can't be read".into()))?;
    if now == *seen || now == *yours {
        return Ok(());
    }
    let told = |view: &PartnerView| count(tx, &view.filter, hidden).map(|n| format!("{name}: {n} partners"));
    Err(NetworkError::ChangedMeanwhile(vec![Meanwhile {
        field: "view".into(),
        yours: told(yours)?,
        theirs: told(&now)?,
    }]))
}

/// A name no other view has.
fn free_name(tx: &Tx<'_>, id: Option<ViewId>, name: &str) -> Result<String, NetworkError> {
    let name = check::name("name", name)?;
    let taken = rows::all(tx)?
        .iter()
        .any(|(other, taken, _)| Some(*other) != id && text::fold(taken) == text::fold(&name));
    if taken { invalid("name", "another view has this name; choose another") } else { Ok(name) }
}
