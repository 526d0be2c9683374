//! Putting a disclosure down by hand, and a patient's disclosures.

use chrono::NaiveDate;

use super::accounting::{accountable, since};
use super::error::AuditError;
use super::rows::{self, Kept};
use super::types::{DisclosureSource, NewDisclosure, PatientDisclosures, Recipient};
use crate::foundation::id::{DisclosureId, PatientId};
use crate::practice::Practice;
use crate::store::{Cause, Label, Written};
use crate::vault::{Area, Need};

/// Puts down that something about a patient was disclosed.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`], [`AuditError::Invalid`], [`AuditError::Missing`] if there is no such patient; those of the file.
pub fn disclose(
    practice: &Practice,
    patient: PatientId,
    new: &NewDisclosure,
) -> Result<Written<DisclosureId>, AuditError> {
    practice.may(Need::Patients)?;
    practice.may(Need::Everybodys)?;
    let (to, what) = checked(new, practice.today())?;
    // Not for undo: an entry is corrected by a counter-entry. What was disclosed names nobody.
    let label = Label { action: "disclosure_add", subject: what.clone(), cause: Cause::Note };
    practice.write(label, |tx| {
        if rows::patient(tx, patient)?.is_none() {
            return Err(AuditError::Missing);
        }
        let kept =
            Kept { on: new.on, to: &to, what: &what, source: DisclosureSource::Hand, correction: None };
        rows::insert_disclosure(tx, &kept, &[patient])
    })
}

/// The fields as they are kept, or the first that can't be.
pub(super) fn checked(new: &NewDisclosure, today: NaiveDate) -> Result<(Recipient, String), AuditError> {
    let to = new.to.checked().map_err(|error| match error {
        AuditError::Invalid { field: "purpose", .. } => {
            AuditError::invalid("purpose", "Say what it was needed for, in at most 500 characters.")
        }
        other => other,
    })?;
    let what = new.what.trim();
    if what.is_empty() || what.chars().count() > 300 {
        return Err(AuditError::invalid("what", "Say what was disclosed, in at most 300 characters."));
    }
    if new.on > today {
        return Err(AuditError::invalid("on", "Give a day up to today."));
    }
    Ok((to, what.to_owned()))
}

/// Everything that was disclosed about a patient, and what of it has to be told if they ask on `request_on`.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`], [`AuditError::Missing`]; those of the file.
pub fn disclosures(
    practice: &Practice,
    patient: PatientId,
    request_on: Option<NaiveDate>,
) -> Result<PatientDisclosures, AuditError> {
    practice.may(Need::Read(Area::Referrals))?;
    practice.may(Need::Patients)?;
    practice.may(Need::Everybodys)?;
    let request_on = request_on.unwrap_or_else(|| practice.today());
    let shown = practice.read(|conn| {
        let (name, chart_number) = rows::patient(conn, patient)?.ok_or(AuditError::Missing)?;
        let all = rows::disclosures(conn, patient)?;
        let told = accountable(&all, request_on).into_iter().map(|entry| entry.id).collect();
        let since = since(request_on);
        Ok::<_, AuditError>(PatientDisclosures {
            patient,
            name,
            chart_number,
            request_on,
            since,
            accountable: told,
            all,
        })
    })?;
    practice.viewed("patient", patient.0);
    Ok(shown)
}
