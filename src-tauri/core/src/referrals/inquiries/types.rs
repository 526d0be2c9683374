//! What an inquiry says.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::reach::InquiryStep;
use crate::foundation::id::{PartnerId, PatientId, RecordId, ReferralId};
use crate::referrals::types::{PatientLabel, ReferralSource, codes};

codes! {
    /// How somebody asked.
    InquiryChannel {
        /// They called.
        Phone = "phone",
        /// By the form of our web site or a portal.
        Web = "web",
        /// By e-mail.
        Email = "email",
        /// By text message or a social network.
        Message = "message",
        /// They came in.
        WalkIn = "walk_in",
        /// Otherwise.
        Other = "other",
    }
}

codes! {
    /// Who asked.
    Caller {
        /// The patient.
        Patient = "patient",
        /// Family or a friend.
        Family = "family",
        /// Whoever refers.
        Referrer = "referrer",
        /// Somebody else.
        Other = "other",
    }
}

/// An inquiry as the form has it; it is kept whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct InquiryForm {
    /// About whom.
    pub patient: PatientLabel,
    /// When they asked; today if not said.
    pub asked_on: Option<NaiveDate>,
    /// The minute of that day, 0 to 1439.
    pub minute: Option<u16>,
    /// How.
    pub channel: InquiryChannel,
    /// Who.
    pub caller: Caller,
    /// Their name, where it was not the patient.
    pub caller_name: Option<String>,
    /// Their telephone.
    pub caller_phone: Option<String>,
    /// What they asked.
    pub question: Option<String>,
    /// Which of our services.
    pub service_line: Option<String>,
    /// Through whom they know us.
    pub source: Option<ReferralSource>,
    /// The day of the first answer.
    pub answered_on: Option<NaiveDate>,
    /// Its minute.
    pub answered_minute: Option<u16>,
    /// A call back was promised for this day.
    pub callback_on: Option<NaiveDate>,
    /// And this minute.
    pub callback_minute: Option<u16>,
    /// They were called back.
    pub called_back_on: Option<NaiveDate>,
    /// They signed up.
    pub signed_up_on: Option<NaiveDate>,
    /// They do not come.
    pub dropped_on: Option<NaiveDate>,
    /// Why.
    pub dropped_reason: Option<String>,
}

/// An inquiry on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Inquiry {
    /// The record.
    pub id: RecordId,
    /// About whom.
    pub patient_id: PatientId,
    /// Their name, or a token.
    pub patient: String,
    /// The chart number.
    pub chart_number: Option<String>,
    /// When they asked.
    pub asked_on: NaiveDate,
    /// The minute of that day.
    pub minute: Option<u16>,
    /// How.
    pub channel: InquiryChannel,
    /// Who.
    pub caller: Caller,
    /// Their name.
    pub caller_name: Option<String>,
    /// Their telephone.
    pub caller_phone: Option<String>,
    /// What they asked.
    pub question: Option<String>,
    /// Which service.
    pub service_line: Option<String>,
    /// Through whom they know us.
    pub source: Option<PartnerId>,
    /// Their name.
    pub source_name: Option<String>,
    /// The day of the first answer.
    pub answered_on: Option<NaiveDate>,
    /// Its minute.
    pub answered_minute: Option<u16>,
    /// A call back was promised for this day.
    pub callback_on: Option<NaiveDate>,
    /// And this minute.
    pub callback_minute: Option<u16>,
    /// They were called back.
    pub called_back_on: Option<NaiveDate>,
    /// They signed up.
    pub signed_up_on: Option<NaiveDate>,
    /// They do not come.
    pub dropped_on: Option<NaiveDate>,
    /// Why.
    pub dropped_reason: Option<String>,
    /// What it became.
    pub referral: Option<ReferralId>,
    /// How far they came.
    pub step: InquiryStep,
    /// Visits the patient kept, the first first.
    pub visits: Vec<NaiveDate>,
    /// Who took it.
    pub taken_by: String,
}
