//! Contacts that were logged in haste: what kind of attention they were, said later.

use serde::{Deserialize, Serialize};

use super::change::own;
use super::types::{TouchCategory, TouchRow};
use crate::foundation::id::TouchId;
use crate::outreach::error::OutreachError;
use crate::outreach::rows::touches as rows;
use crate::practice::Practice;
use crate::store::{Label, Written};
use crate::vault::{Area, Need};

/// The most rows one answer holds.
const MOST: u32 = 200;
/// One more than is told exactly.
const COUNTED: u32 = 1_001;

/// Contacts to be sorted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TouchesToSort {
    /// The newest first, at most 200.
    pub rows: Vec<TouchRow>,
    /// How many there are, counted up to 1,001 so that it costs the same however many there are.
    pub total: u32,
}

/// Contacts without a kind of attention or without a purpose that whoever is at the desk may change: not the private ones of others,
/// nor, where they don't see patients, those about one.
///
/// # Errors
/// Those of the file.
pub fn touches_to_sort(practice: &Practice) -> Result<TouchesToSort, OutreachError> {
    practice.may(Need::Read(Area::Outreach))?;
    let eyes = rows::Eyes { of: practice.actor().id, hidden: practice.hidden() };
    practice.read(|conn| {
        Ok(TouchesToSort {
            rows: rows::to_sort(conn, MOST, eyes)?,
            total: rows::count_to_sort(conn, COUNTED, eyes)?,
        })
    })
}

/// Says what kind of attention a contact was.
///
/// # Errors
/// [`OutreachError::Private`]; [`OutreachError::Missing`]; those of the file.
pub fn sort_touch(
    practice: &Practice,
    id: TouchId,
    category: TouchCategory,
) -> Result<Written<()>, OutreachError> {
    practice.may(Need::Write(Area::Outreach))?;
    practice.write(Label::hand("touch_sort", ""), |tx| {
        let kept = own(practice, tx, id, false)?;
        tx.subject(rows::partner(tx, kept.partner)?.ok_or(OutreachError::Missing)?);
        Ok(rows::set_category(tx, id, category)?)
    })
}
