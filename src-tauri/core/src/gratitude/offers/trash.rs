//! An offer goes to the trash with its reason, and comes back as it was.

use crate::foundation::id::RecordId;
use crate::gratitude::error::{GratitudeError, invalid, text};
use crate::gratitude::rows::offers as rows;
use crate::practice::Practice;
use crate::store::{Label, Written};
use crate::vault::{Area, Need};

/// Moves an offer to the trash. What was decided about it stays on record.
///
/// # Errors
/// [`GratitudeError::Invalid`] without a reason; [`GratitudeError::Missing`]; those of the file.
pub fn trash_offer(practice: &Practice, id: RecordId, reason: &str) -> Result<Written<()>, GratitudeError> {
    practice.may(Need::Write(Area::Gratitude))?;
    let Some(reason) = text("reason", Some(reason), 500)? else {
        return invalid("reason", "Say why, in a few words.");
    };
    practice.read(|conn| rows::by_id(conn, id))?.ok_or(GratitudeError::Missing)?;
    practice.write(Label::hand("gift_offer_trash", ""), |tx| {
        let kept = rows::by_id(tx, id)?.filter(|kept| !kept.trashed).ok_or(GratitudeError::Missing)?;
        tx.subject(kept.subject(tx)?);
        Ok(rows::trash(tx, id, &reason)?)
    })
}

/// Brings an offer back.
///
/// # Errors
/// [`GratitudeError::Missing`] if it is not in the trash; those of the file.
pub fn restore_offer(practice: &Practice, id: RecordId) -> Result<Written<()>, GratitudeError> {
    practice.may(Need::Write(Area::Gratitude))?;
    practice.read(|conn| rows::by_id(conn, id))?.ok_or(GratitudeError::Missing)?;
    practice.write(Label::hand("gift_offer_restore", ""), |tx| {
        let kept = rows::by_id(tx, id)?.filter(|kept| kept.trashed).ok_or(GratitudeError::Missing)?;
        tx.subject(kept.subject(tx)?);
        Ok(rows::restore(tx, id)?)
    })
}
