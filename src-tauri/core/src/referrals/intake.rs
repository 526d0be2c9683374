//! The desk intake: one question, one write.

use super::error::ReferralError;
use super::types::{Intake, Taken};
use crate::practice::Practice;

/// Puts a referral on record, with the partner, person and patient where they are new.
///
/// # Errors
/// [`ReferralError::Invalid`] with the field; those of the file. Nothing is written then.
pub fn intake(practice: &Practice, intake: &Intake) -> Result<Taken, ReferralError> {
    let _ = (practice, intake);
    Err(ReferralError::Missing)
}
