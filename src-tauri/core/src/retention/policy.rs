//! How long the practice keeps things.

use super::error::{RetentionError, invalid};
use super::rows;
use super::types::Policy;
use crate::practice::Practice;
use crate::store::{Label, Written};
use crate::vault::{Area, Need};

/// The longest time of keeping that makes sense: a child's record until well after majority.
const LONGEST_YEARS: u32 = 50;
/// The longest time in the trash.
const LONGEST_TRASH: u32 = 3650;

/// What is set, or the default.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn policy(practice: &Practice) -> Result<Policy, RetentionError> {
    practice.may(Need::Read(Area::Vault))?;
    practice.read(|conn| Ok(rows::policy(conn)?))
}

/// Sets it.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`], [`RetentionError::Invalid`]; those of the file.
pub fn set_policy(practice: &Practice, policy: Policy) -> Result<Written<()>, RetentionError> {
    release(practice)?;
    let years = [
        ("partnerYears", policy.partner_years),
        ("personYears", policy.person_years),
        ("patientYears", policy.patient_years),
    ];
    if let Some((field, _)) = years.into_iter().find(|(_, years)| *years > LONGEST_YEARS) {
        return invalid(field, "give whole years from 0 to 50");
    }
    if !(1..=LONGEST_TRASH).contains(&policy.trash_days) {
        return invalid("trashDays", "give days from 1 to 3650");
    }
    practice.write(Label::hand("retention_set", ""), |tx| Ok(rows::set_policy(tx, policy)?))
}

/// Keeping, holding and letting go for good is released by whoever approves the settings, of everybody's records.
pub(super) fn release(practice: &Practice) -> Result<(), RetentionError> {
    practice.may(Need::Approve(Area::Vault))?;
    Ok(practice.may(Need::Everybodys)?)
}
