//! What a patient allows, per purpose. No record means no, except for treatment with whoever treats the patient.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::foundation::id::{PatientId, RecordId};
use crate::practice::Practice;
use crate::referrals::checks::{happened, limits, not_ancient, text};
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::rows::care as rows;
use crate::referrals::rows::intake::{has_patient, patient_label};
use crate::referrals::types::codes;
use crate::store::{Label, StoreError, Written};
use crate::vault::{Area, Need};

codes! {
    /// What somebody wants to share for.
    Purpose {
        /// Exchange with whoever treats the patient.
        Treatment = "treatment",
        /// To name the patient in a thank-you.
        ThankYou = "thank_you",
        /// To tell the patient's story.
        SuccessStory = "success_story",
        /// To write to the patient about more than their care.
        Marketing = "marketing",
    }
}

codes! {
    /// How it was said.
    ConsentForm {
        /// Signed on paper.
        Written = "written",
        /// Signed on a screen.
        Electronic = "electronic",
        /// Said, and put down.
        Spoken = "spoken",
    }
}

codes! {
    /// What was said.
    ConsentAnswer {
        /// Yes.
        Given = "given",
        /// No.
        Refused = "refused",
    }
}

/// What a patient said about a purpose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NewConsent {
    /// What for.
    pub purpose: Purpose,
    /// Yes or no.
    pub given: bool,
    /// When; today if not said.
    pub on: Option<NaiveDate>,
    /// How.
    pub form: ConsentForm,
    /// The last day it holds; none: until it is revoked.
    pub expires_on: Option<NaiveDate>,
    /// Anything to remember.
    pub note: Option<String>,
}

/// The same as it is on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Consent {
    /// The record.
    pub id: RecordId,
    /// What for.
    pub purpose: Purpose,
    /// Yes or no.
    pub given: bool,
    /// When.
    pub on: NaiveDate,
    /// How.
    pub form: ConsentForm,
    /// The last day it holds.
    pub expires_on: Option<NaiveDate>,
    /// From this day on it does not.
    pub revoked_on: Option<NaiveDate>,
    /// Anything to remember.
    pub note: Option<String>,
    /// Who put it down.
    pub by: String,
}

/// Whether something may be shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// The patient allowed it.
    Allowed,
    /// Treatment with whoever treats the patient needs no record.
    Treating,
    /// Nobody asked the patient.
    NoRecord,
    /// The patient said no.
    Refused,
    /// It held until a day that has passed.
    Expired,
    /// The patient took it back.
    Revoked,
    /// The referral is restricted: it stays out of letters, lists and exports whatever was allowed.
    Restricted,
}

impl Gate {
    /// Whether it may go.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Allowed | Self::Treating)
    }
}

/// A purpose and whether it is allowed now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ConsentNow {
    /// What for.
    pub purpose: Purpose,
    /// Whether it may be shared with somebody who does not treat the patient.
    pub gate: Gate,
}

/// The rule (D12, CK17): the last word before `on` counts. No record = refused, except treatment exchange with a treating
/// provider; a refusal or a word taken back binds that too. Revoked or expired blocks from that moment: the day of
/// revoking is blocked, the day of expiry is the last that holds.
pub fn gate_of(records: &[Consent], purpose: Purpose, treats: bool, on: NaiveDate) -> Gate {
    let said = records.iter().filter(|record| record.purpose == purpose && record.on <= on);
    let treating = purpose == Purpose::Treatment && treats;
    match said.max_by_key(|record| (record.on, record.id)) {
        None if treating => Gate::Treating,
        None => Gate::NoRecord,
        Some(last) if last.revoked_on.is_some_and(|revoked| revoked <= on) => Gate::Revoked,
        Some(last) if !last.given => Gate::Refused,
        Some(last) if last.expires_on.is_some_and(|last_day| last_day < on) => {
            if treating {
                Gate::Treating
            } else {
                Gate::Expired
            }
        }
        Some(_) => Gate::Allowed,
    }
}

/// Whether something about a patient may be shared today. Letters and exports ask this before they are made, with the
/// referral they speak of; without one, each referral of the patient may be the one. `treats`: the recipient treats the patient.
///
/// # Errors
/// Those of the file.
pub fn gate(
    conn: &Connection,
    patient: PatientId,
    referral: Option<crate::foundation::id::ReferralId>,
    purpose: Purpose,
    treats: bool,
    today: NaiveDate,
) -> Result<Gate, StoreError> {
    let restricted = match referral {
        Some(referral) => rows::is_restricted(conn, referral)?,
        None => rows::is_restricted_patient(conn, patient)?,
    };
    if restricted {
        return Ok(Gate::Restricted);
    }
    Ok(gate_of(&rows::consents(conn, patient)?, purpose, treats, today))
}

/// Whether each patient allows something today, for exports about many of them.
#[derive(Clone, Debug)]
pub struct Gates {
    without: Gate,
    of: HashMap<PatientId, Gate>,
}

impl Gates {
    /// Of one patient. Whether a referral is restricted is asked apart: those are not read at all.
    pub fn of(&self, patient: PatientId) -> Gate {
        self.of.get(&patient).copied().unwrap_or(self.without)
    }
}

/// The same as [`gate`] for every patient at once.
///
/// # Errors
/// Those of the file.
pub fn gates(
    conn: &Connection,
    purpose: Purpose,
    treats: bool,
    today: NaiveDate,
) -> Result<Gates, StoreError> {
    let mut said: HashMap<PatientId, Vec<Consent>> = HashMap::new();
    rows::each_consent(conn, purpose, |patient, consent| said.entry(patient).or_default().push(consent))?;
    let of = said.into_iter().map(|(patient, records)| (patient, gate_of(&records, purpose, treats, today)));
    Ok(Gates { without: gate_of(&[], purpose, treats, today), of: of.collect() })
}

/// What a patient said, the newest first, and what holds today.
///
/// # Errors
/// [`StoreError::NotAllowed`] for whoever does not see patients; those of the file.
pub fn consents(
    practice: &Practice,
    patient: PatientId,
) -> Result<(Vec<Consent>, Vec<ConsentNow>), ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    practice.may(Need::Patients)?;
    let today = practice.today();
    practice.read(|conn| {
        let mut records = rows::consents(conn, patient)?;
        records.reverse();
        let now = Purpose::ALL
            .iter()
            .map(|purpose| ConsentNow { purpose: *purpose, gate: gate_of(&records, *purpose, false, today) });
        let now = now.collect();
        Ok((records, now))
    })
}

/// Puts down what a patient said.
///
/// # Errors
/// [`ReferralError::Invalid`] for a day ahead, or an end before it; [`ReferralError::Missing`]; those of the file.
pub fn give_consent(
    practice: &Practice,
    patient: PatientId,
    new: &NewConsent,
) -> Result<Written<RecordId>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    practice.may(Need::Patients)?;
    let note = text("note", new.note.as_deref(), limits::NOTE)?;
    practice.write(Label::hand("consent_add", ""), |tx| {
        let on = new.on.unwrap_or(tx.today);
        happened("on", on, tx.today)?;
        if let Some(expires_on) = new.expires_on {
            not_ancient("expiresOn", expires_on)?;
            if expires_on < on {
                return invalid("expiresOn", Problem::Path("It ends before it begins. Choose a later day."));
            }
        }
        if !has_patient(tx, patient)? {
            return Err(ReferralError::Missing);
        }
        tx.subject(patient_label(tx, patient)?);
        Ok(rows::add_consent(tx, patient, new, on, note.as_deref())?)
    })
}

/// From today on it does not hold any more.
///
/// # Errors
/// [`ReferralError::Missing`] if it is not there or was revoked already; those of the file.
pub fn revoke_consent(practice: &Practice, id: RecordId) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    practice.may(Need::Patients)?;
    practice.write(Label::hand("consent_revoke", ""), |tx| {
        let patient = rows::revoke(tx, id)?.ok_or(ReferralError::Missing)?;
        tx.subject(patient_label(tx, patient)?);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    fn said(purpose: Purpose, given: bool, on: &str) -> Consent {
        Consent {
            id: RecordId::new(),
            purpose,
            given,
            on: day(on),
            form: ConsentForm::Written,
            expires_on: None,
            revoked_on: None,
            note: None,
            by: String::new(),
        }
    }

    #[test]
    fn nothing_said_is_no_but_for_treatment_with_whoever_treats() {
        let on = day("2026-11-20");
        for purpose in Purpose::ALL {
            assert_eq!(gate_of(&[], *purpose, false, on), Gate::NoRecord);
        }
        assert_eq!(gate_of(&[], Purpose::Treatment, true, on), Gate::Treating);
        assert_eq!(
            gate_of(&[], Purpose::Marketing, true, on),
            Gate::NoRecord,
            "treating is no licence to advertise"
        );
    }

    #[test]
    fn the_last_word_counts_from_its_day_to_its_end() {
        let mut yes = said(Purpose::ThankYou, true, "2026-03-01");
        yes.expires_on = Some(day("2026-09-30"));
        let no = said(Purpose::ThankYou, false, "2026-11-01");
        let at = |records: &[Consent], on: &str| gate_of(records, Purpose::ThankYou, false, day(on));
        let one = [yes.clone()];
        assert_eq!(at(&one, "2026-02-28"), Gate::NoRecord);
        assert_eq!(at(&one, "2026-03-01"), Gate::Allowed);
        assert_eq!(at(&one, "2026-09-30"), Gate::Allowed, "the last day holds");
        assert_eq!(at(&one, "2026-10-01"), Gate::Expired);
        assert_eq!(at(&[yes.clone(), no], "2026-11-01"), Gate::Refused);
        yes.revoked_on = Some(day("2026-05-05"));
        assert_eq!(
            (at(&[yes.clone()], "2026-05-04"), at(&[yes], "2026-05-05")),
            (Gate::Allowed, Gate::Revoked)
        );
    }

    #[test]
    fn a_refusal_binds_treatment_too() {
        let no = said(Purpose::Treatment, false, "2026-11-01");
        assert_eq!(gate_of(&[no], Purpose::Treatment, true, day("2026-11-20")), Gate::Refused);
    }
}
