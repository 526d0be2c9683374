//! Legal holds: while one stands, nothing it covers goes.

use super::error::{RetentionError, invalid};
use super::policy::release;
use super::rows;
use super::types::{Hold, RecordRef};
use crate::foundation::id::RecordId;
use crate::practice::Practice;
use crate::store::{Label, Written};
use crate::vault::{Area, Need};

/// The holds that stand, the newest first.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn holds(practice: &Practice) -> Result<Vec<Hold>, RetentionError> {
    practice.may(Need::Read(Area::Vault))?;
    practice.may(Need::Patients)?;
    practice.may(Need::Everybodys)?;
    practice.read(|conn| Ok(rows::holds(conn)?))
}

/// Places a hold on a record, or on the whole practice.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`], [`RetentionError::Invalid`] without a reason, [`RetentionError::Missing`]; those of the
/// file.
pub fn place_hold(
    practice: &Practice,
    record: Option<RecordRef>,
    reason: &str,
) -> Result<Written<RecordId>, RetentionError> {
    release(practice)?;
    let reason = reason_of(reason)?;
    practice.write(Label::hand("hold_place", ""), |tx| {
        let name = match record {
            Some(record) => rows::name(tx, record)?.ok_or(RetentionError::Missing)?,
            None => rows::practice_name(tx)?,
        };
        tx.subject(name);
        let id = RecordId::new();
        rows::place_hold(tx, id, record, &reason)?;
        Ok(id)
    })
}

/// Lifts a hold. That it stood stays on record.
///
/// # Errors
/// As [`place_hold`].
pub fn lift_hold(practice: &Practice, id: RecordId, reason: &str) -> Result<Written<()>, RetentionError> {
    release(practice)?;
    let reason = reason_of(reason)?;
    practice.write(Label::hand("hold_lift", ""), |tx| {
        let hold = rows::holds(tx)?.into_iter().find(|hold| hold.id == id).ok_or(RetentionError::Missing)?;
        tx.subject(hold.name);
        Ok(rows::lift_hold(tx, id, &reason)?)
    })
}

fn reason_of(reason: &str) -> Result<String, RetentionError> {
    match reason.trim() {
        "" => invalid("reason", "say why"),
        reason if reason.chars().count() > 500 => invalid("reason", "keep it to 500 characters"),
        reason => Ok(reason.to_owned()),
    }
}
