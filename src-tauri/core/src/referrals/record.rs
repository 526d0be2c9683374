//! A referral's own page.

use super::error::ReferralError;
use super::types::ReferralPageRecord;
use crate::foundation::id::ReferralId;
use crate::practice::Practice;

/// Everything the page of one referral shows. Its history is `history::record_history`.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn referral(practice: &Practice, id: ReferralId) -> Result<ReferralPageRecord, ReferralError> {
    let _ = (practice, id);
    Err(ReferralError::Missing)
}
