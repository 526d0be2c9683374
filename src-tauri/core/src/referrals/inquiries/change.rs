//! Taking an inquiry, correcting it, and making a referral of it.

use chrono::NaiveDate;

use super::types::{Caller, InquiryForm};
use crate::foundation::id::{PatientId, RecordId};
use crate::practice::Practice;
use crate::referrals::checks::{happened, limits, line, not_ancient, text};
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::intake::{PatientWords, intake_then};
use crate::referrals::parties::resolve;
use crate::referrals::rows::{inquiry as rows, intake as parties};
use crate::referrals::types::{Intake, PatientLabel, Taken};
use crate::store::{Label, Tx, Written};
use crate::vault::{Area, Need};

/// The form, checked and trimmed, but for who is meant.
fn checked(form: &InquiryForm, today: NaiveDate) -> Result<(InquiryForm, NaiveDate), ReferralError> {
    let asked_on = form.asked_on.unwrap_or(today);
    happened("askedOn", asked_on, today)?;
    let minutes = [
        ("minute", form.minute),
        ("answeredMinute", form.answered_minute),
        ("callbackMinute", form.callback_minute),
    ];
    if let Some((field, _)) = minutes.iter().find(|(_, minute)| minute.is_some_and(|minute| minute >= 1_440))
    {
        return invalid(field, Problem::Path("Give a time of the day, 00:00 to 23:59."));
    }
    let past = [
        ("answeredOn", form.answered_on),
        ("calledBackOn", form.called_back_on),
        ("signedUpOn", form.signed_up_on),
        ("droppedOn", form.dropped_on),
    ];
    for (field, on) in past {
        let Some(on) = on else { continue };
        happened(field, on, today)?;
        if on < asked_on {
            return invalid(field, Problem::Before { day: on, other: asked_on, what: "was asked" });
        }
    }
    if let Some(callback) = form.callback_on {
        not_ancient("callbackOn", callback)?;
        if callback < asked_on {
            return invalid(
                "callbackOn",
                Problem::Before { day: callback, other: asked_on, what: "was asked" },
            );
        }
    }
    let same_day = form.answered_on == Some(asked_on);
    if same_day && form.answered_minute.zip(form.minute).is_some_and(|(answered, asked)| answered < asked) {
        return invalid("answeredMinute", Problem::Path("This is before the time they asked."));
    }
    if form.answered_minute.is_some() && form.answered_on.is_none() {
        return invalid("answeredOn", Problem::Path("Give the day of the answer too."));
    }
    if form.callback_minute.is_some() && form.callback_on.is_none() {
        return invalid("callbackOn", Problem::Path("Give the day of the call back too."));
    }
    if form.called_back_on.is_some() && form.callback_on.is_none() {
        return invalid("callbackOn", Problem::Path("Say for which day the call back was promised."));
    }
    let by_patient = form.caller == Caller::Patient;
    let kept = InquiryForm {
        caller_name: line("callerName", form.caller_name.as_deref(), limits::PATIENT)?
            .filter(|_| !by_patient),
        caller_phone: line("callerPhone", form.caller_phone.as_deref(), 50)?,
        question: text("question", form.question.as_deref(), limits::NOTE)?,
        service_line: line("serviceLine", form.service_line.as_deref(), limits::SERVICE)?,
        dropped_reason: line("droppedReason", form.dropped_reason.as_deref(), 500)?
            .filter(|_| form.dropped_on.is_some()),
        ..form.clone()
    };
    Ok((kept, asked_on))
}

/// Takes an inquiry, with the patient and the source where they are new.
///
/// # Errors
/// [`ReferralError::Invalid`] with the field; those of the file. Nothing is written then.
pub fn add_inquiry(practice: &Practice, form: &InquiryForm) -> Result<Written<RecordId>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    let (kept, asked_on) = checked(form, practice.today())?;
    let words = PatientWords::read(&form.patient)?;
    practice.write(Label::hand("inquiry_add", words.label()), |tx| {
        let patient = words.find_or_add(tx, form.patient.patient)?;
        tx.subject(parties::patient_label(tx, patient)?);
        let source = source(tx, form, asked_on)?;
        Ok(rows::insert(tx, patient, asked_on, source, &kept)?)
    })
}

/// Through whom they know us; "does not know" and the like are nobody.
fn source(
    tx: &Tx<'_>,
    form: &InquiryForm,
    on: NaiveDate,
) -> Result<Option<crate::foundation::id::PartnerId>, ReferralError> {
    match &form.source {
        Some(source) => Ok(resolve(tx, source, on, "source")?.partner),
        None => Ok(None),
    }
}

/// Puts an inquiry to what the form says, whole. The patient is named anew only where the name or chart number changed.
///
/// # Errors
/// As [`add_inquiry`]; [`ReferralError::Missing`].
pub fn edit_inquiry(
    practice: &Practice,
    id: RecordId,
    form: &InquiryForm,
) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    practice.must_see(id)?;
    let (kept, asked_on) = checked(form, practice.today())?;
    let words = PatientWords::read(&form.patient)?;
    practice.write(Label::hand("inquiry_edit", words.label()), |tx| {
        let patient = rows::patient_of(tx, id)?.ok_or(ReferralError::Missing)?;
        if form.patient.patient.is_none_or(|chosen| chosen == patient) {
            if !words.name.is_empty() || words.chart_number.is_some() {
                parties::update_patient(tx, patient, &words.name, &words.key, words.chart_number.as_deref())?;
            }
        } else {
            return invalid("patient", Problem::Path("Take a new inquiry for somebody else."));
        }
        tx.subject(parties::patient_label(tx, patient)?);
        let source = source(tx, form, asked_on)?;
        Ok(rows::update(tx, id, asked_on, source, &kept)?)
    })
}

/// Takes away what was taken by mistake.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn remove_inquiry(practice: &Practice, id: RecordId) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    practice.write(Label::hand("inquiry_remove", ""), |tx| {
        let patient = rows::patient_of(tx, id)?.ok_or(ReferralError::Missing)?;
        tx.subject(parties::patient_label(tx, patient)?);
        Ok(rows::remove(tx, id)?)
    })
}

/// Makes a referral of an inquiry: of its patient, who has signed up by that at the latest. Both are one action.
///
/// # Errors
/// As [`crate::referrals::intake`]; [`ReferralError::Invalid`] if it became one already; [`ReferralError::Missing`].
pub fn inquiry_to_referral(
    practice: &Practice,
    id: RecordId,
    intake: &Intake,
) -> Result<Taken, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    let (patient, became) = practice.read(|conn| {
        let patient = rows::patient_of(conn, id)?.ok_or(ReferralError::Missing)?;
        Ok::<(PatientId, _), ReferralError>((patient, rows::referral_of(conn, id)?))
    })?;
    if became.is_some() {
        return invalid("inquiry", Problem::Path("This inquiry has become a referral already."));
    }
    let label = PatientLabel { patient: Some(patient), ..intake.patient.clone() };
    intake_then(practice, &Intake { patient: label, ..intake.clone() }, |tx, referral| {
        Ok(rows::becomes(tx, id, referral)?)
    })
}
