//! Into the trash and back.

use rusqlite::{OptionalExtension, params};

use super::checks::line;
use super::error::ReferralError;
use crate::foundation::id::ReferralId;
use crate::practice::Practice;
use crate::store::{Label, Tx, Written};

/// Moves a referral to the trash. It no longer counts; restoring brings everything back.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn trash(
    practice: &Practice,
    id: ReferralId,
    reason: Option<&str>,
) -> Result<Written<()>, ReferralError> {
    let reason = line("reason", reason, 500)?;
    practice.write(Label::hand("referral_trash", ""), |tx| {
        name(tx, id)?;
        let moved =
            tx.prepare_cached(super::rows::TRASH)?.execute(params![id, tx.now, tx.actor.id, reason])?;
        if moved == 0 { Err(ReferralError::Missing) } else { Ok(()) }
    })
}

/// Brings a referral back from the trash.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn restore(practice: &Practice, id: ReferralId) -> Result<Written<()>, ReferralError> {
    practice.write(Label::hand("referral_restore", ""), |tx| {
        name(tx, id)?;
        let moved = tx.prepare_cached(super::rows::RESTORE)?.execute(params![id, tx.now, tx.actor.id])?;
        if moved == 0 { Err(ReferralError::Missing) } else { Ok(()) }
    })
}

/// Tells history whose referral it is.
pub(super) fn name(tx: &Tx<'_>, id: ReferralId) -> Result<(), ReferralError> {
    let label: Option<String> =
        tx.prepare_cached(super::rows::LABEL)?.query_row([id], |row| row.get(0)).optional()?;
    tx.subject(label.ok_or(ReferralError::Missing)?);
    Ok(())
}
