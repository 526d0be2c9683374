//! Who could be meant, while one types.

use super::error::ReferralError;
use super::types::{RegisterRow, SourceSuggestion};
use crate::practice::Practice;

/// Partners, people and patients who fit what was typed so far, the likeliest first.
///
/// # Errors
/// Those of the file.
pub fn suggest_sources(
    practice: &Practice,
    text: &str,
    limit: u32,
) -> Result<Vec<SourceSuggestion>, ReferralError> {
    let _ = (practice, text, limit);
    Ok(Vec::new())
}

/// Open referrals of patients of exactly this name or chart number, to warn beside the field.
///
/// # Errors
/// Those of the file.
pub fn open_of_patient(
    practice: &Practice,
    name: &str,
    chart_number: Option<&str>,
) -> Result<Vec<RegisterRow>, ReferralError> {
    let _ = (practice, name, chart_number);
    Ok(Vec::new())
}
