//! The register as a list.

use super::error::ReferralError;
use super::query::ReferralQuery;
use super::types::ReferralPage;
use crate::practice::Practice;

/// One page of the register.
///
/// # Errors
/// [`ReferralError::Invalid`] for a cursor of another order; those of the file.
pub fn referrals(practice: &Practice, query: &ReferralQuery) -> Result<ReferralPage, ReferralError> {
    let _ = (practice, query);
    Err(ReferralError::Missing)
}
