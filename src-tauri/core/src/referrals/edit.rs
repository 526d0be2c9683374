//! Correcting a referral, setting its key dates, closing and reopening it.

use super::error::ReferralError;
use super::types::ReferralChange;
use crate::foundation::id::ReferralId;
use crate::practice::Practice;
use crate::store::Written;

/// Puts fields of a referral to new values. `expected_changed_at`: the `changedAt` the screen last saw.
///
/// # Errors
/// [`ReferralError::ChangedMeanwhile`], [`ReferralError::Invalid`], [`ReferralError::Missing`]; those of the file.
pub fn edit(
    practice: &Practice,
    id: ReferralId,
    changes: &[ReferralChange],
    expected_changed_at: Option<i64>,
) -> Result<Written<()>, ReferralError> {
    let _ = (practice, id, changes, expected_changed_at);
    Err(ReferralError::Missing)
}
