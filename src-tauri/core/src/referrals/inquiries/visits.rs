//! Visits a patient kept, beside the one a referral was for.

use chrono::NaiveDate;

use crate::foundation::id::PatientId;
use crate::practice::Practice;
use crate::referrals::checks::happened;
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::rows::{inquiry as rows, intake as parties};
use crate::store::{Label, Written};
use crate::vault::{Area, Need};

/// Puts down a visit a patient kept.
///
/// # Errors
/// [`ReferralError::Invalid`] for a day ahead or one that is there; [`ReferralError::Missing`]; those of the file.
pub fn add_visit(
    practice: &Practice,
    patient: PatientId,
    on: NaiveDate,
) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    happened("visitOn", on, practice.today())?;
    practice.write(Label::hand("visit_add", ""), |tx| {
        if !parties::has_patient(tx, patient)? {
            return Err(ReferralError::Missing);
        }
        tx.subject(parties::patient_label(tx, patient)?);
        if rows::visits(tx, patient)?.contains(&on) {
            return invalid("visitOn", Problem::Path("This visit is on record already."));
        }
        Ok(rows::add_visit(tx, patient, on)?)
    })
}

/// Takes away a visit that was put down by mistake. The visit of a referral is corrected there.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn remove_visit(
    practice: &Practice,
    patient: PatientId,
    on: NaiveDate,
) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    practice.write(Label::hand("visit_remove", ""), |tx| {
        if rows::remove_visit(tx, patient, on)? == 0 {
            return Err(ReferralError::Missing);
        }
        tx.subject(parties::patient_label(tx, patient)?);
        Ok(())
    })
}
