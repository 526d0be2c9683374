//! What the register says about a referral, and what screens exchange with it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::care::Restriction;
use crate::foundation::id::{ImportId, PartnerId, PatientId, PersonId, ReferralId};
use crate::network::PartnerClass;
use crate::store::Entry;

pub(in crate::referrals) use crate::foundation::codes;

codes! {
    /// Which way the patient went.
    Direction {
        /// Somebody sent the patient to us.
        Inbound = "inbound",
        /// We sent the patient to somebody.
        Outbound = "outbound",
        /// From one of our clinicians to another.
        Internal = "internal",
    }
}

codes! {
    /// What the patient answered to "Who can we thank for sending you?".
    SourceAnswer {
        /// A name.
        Named = "named",
        /// The patient does not know.
        DoesNotKnow = "does_not_know",
        /// The patient would rather not say.
        Declined = "declined",
        /// Nobody asked.
        NotAsked = "not_asked",
    }
}

codes! {
    /// How soon the patient has to be seen.
    Urgency {
        /// Now, by telephone.
        Emergency = "emergency",
        /// Within days.
        Urgent = "urgent",
        /// In its turn.
        Routine = "routine",
    }
}

codes! {
    /// What kind of referral.
    ReferralType {
        /// One question, then back.
        Consult = "consult",
        /// Into somebody's care.
        Transfer = "transfer",
        /// Another look at what was found.
        SecondOpinion = "second_opinion",
        /// Two look after the patient.
        CoManagement = "co_management",
        /// The patient travels for it.
        Travel = "travel",
    }
}

codes! {
    /// How far the patient comes.
    Travel {
        /// From here.
        Local = "local",
        /// From elsewhere in the country.
        Domestic = "domestic",
        /// From abroad.
        International = "international",
    }
}

codes! {
    /// What became of a referral.
    Outcome {
        /// A visit is agreed.
        Scheduled = "scheduled",
        /// The patient was seen.
        Seen = "seen",
        /// The patient did not come.
        NoShow = "no_show",
        /// The patient, the payer or we declined.
        Declined = "declined",
        /// The patient can't be reached or went elsewhere.
        Lost = "lost",
    }
}

codes! {
    /// Where a referral stands, as the register shows it.
    ReferralState {
        /// Nothing is agreed yet.
        Open = "open",
        /// A visit is agreed.
        Scheduled = "scheduled",
        /// Seen.
        Seen = "seen",
        /// The patient did not come.
        NoShow = "no_show",
        /// Declined.
        Declined = "declined",
        /// Lost.
        Lost = "lost",
        /// It came by an import that did not say.
        Unknown = "unknown",
    }
}

/// Who sent the patient, as the intake says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum ReferralSource {
    /// A partner, a person, or a person at a partner. A person without a partner counts for where they work.
    Known {
        /// The partner.
        partner: Option<PartnerId>,
        /// The person.
        person: Option<PersonId>,
    },
    /// Somebody who is not on record yet and is added with the referral.
    NewName {
        /// The name as typed.
        text: String,
        /// What they are; guessed from the name if not said.
        class: Option<PartnerClass>,
    },
    /// A patient who sent somebody; becomes a partner of the class `patient` the first time.
    Patient {
        /// The patient.
        patient: PatientId,
    },
    /// Asked; the patient does not know.
    DoesNotKnow,
    /// Asked; the patient would rather not say.
    Declined,
    /// Nobody asked.
    NotAsked,
}

/// The patient, as the intake names them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PatientLabel {
    /// Name or token.
    pub name: String,
    /// The number in the practice-management system.
    pub chart_number: Option<String>,
    /// The patient, if already on record and chosen.
    pub patient: Option<PatientId>,
}

/// A new referral.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Intake {
    /// Which way.
    pub direction: Direction,
    /// Inbound: who sent. Left as `not_asked` for the other directions.
    pub source: ReferralSource,
    /// Outbound: who receives (`known` or `new_name`).
    pub receiver: Option<ReferralSource>,
    /// Whom.
    pub patient: PatientLabel,
    /// Why, in a word or two.
    pub reason: Option<String>,
    /// Which of our services.
    pub service_line: Option<String>,
    /// Who pays.
    pub payer: Option<String>,
    /// When it came; today if not said.
    pub received_on: Option<NaiveDate>,
    /// How soon.
    pub urgency: Option<Urgency>,
    /// Anything else.
    pub note: Option<String>,
    /// "It is another one": save although it looks like one that is there.
    pub confirm_duplicate: bool,
}

/// What an intake led to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Taken {
    /// It is on record.
    Saved {
        /// The referral.
        id: ReferralId,
        /// Its entry in history, for the toast.
        entry: Option<Entry>,
    },
    /// Nothing was saved: same patient, partner and service within 30 days. Ask, then send it again with `confirmDuplicate`.
    Duplicate {
        /// Those that look the same.
        of: Vec<RegisterRow>,
    },
}

/// One field of a referral put to a new value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "field", content = "value", rename_all = "snake_case")]
pub enum ReferralChange {
    /// When it came.
    ReceivedOn(NaiveDate),
    /// The day of the agreed visit; may lie ahead.
    ScheduledOn(Option<NaiveDate>),
    /// The day of the visit.
    SeenOn(Option<NaiveDate>),
    /// The day it was closed, with how it ended.
    Closed(Option<Closing>),
    /// How it stands, without closing it.
    Outcome(Option<Outcome>),
    /// Inbound: who sent.
    From(ReferralSource),
    /// Outbound: who receives.
    To(ReferralSource),
    /// The patient's name and chart number.
    Patient(PatientLabel),
    /// Why.
    Reason(Option<String>),
    /// Which service.
    ServiceLine(Option<String>),
    /// What group of diagnoses it belongs to.
    DiagnosisGroup(Option<String>),
    /// Who pays.
    Payer(Option<String>),
    /// How soon.
    Urgency(Option<Urgency>),
    /// A note.
    Note(Option<String>),
    /// What kind of referral; it goes the path of that kind.
    Type(Option<ReferralType>),
    /// How far the patient comes.
    Travel(Option<Travel>),
}

/// How and when a referral was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Closing {
    /// The day.
    pub on: NaiveDate,
    /// `seen`, `no_show`, `declined` or `lost`.
    pub outcome: Outcome,
}

/// A partner and the person there, as far as known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ReferralParty {
    /// The partner.
    pub partner: Option<PartnerId>,
    /// Its name.
    pub partner_name: Option<String>,
    /// Its class.
    pub class: Option<PartnerClass>,
    /// The person.
    pub person: Option<PersonId>,
    /// Their name.
    pub person_name: Option<String>,
}

/// A row of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RegisterRow {
    /// The referral.
    pub id: ReferralId,
    /// When it came.
    pub received_on: NaiveDate,
    /// Which way.
    pub direction: Direction,
    /// The patient's name.
    pub patient: String,
    /// The chart number.
    pub chart_number: Option<String>,
    /// Who sent (inbound).
    pub from: ReferralParty,
    /// Who receives (outbound).
    pub to: ReferralParty,
    /// What the patient answered when asked.
    pub source_answer: SourceAnswer,
    /// Why.
    pub reason: Option<String>,
    /// Which service.
    pub service_line: Option<String>,
    /// What group of diagnoses it belongs to, in the practice's own words or codes.
    pub diagnosis_group: Option<String>,
    /// Where the patient comes from, as ISO 3166-1: two letters; known of those from afar.
    pub country: Option<String>,
    /// How soon.
    pub urgency: Option<Urgency>,
    /// Where it stands.
    pub state: ReferralState,
    /// The agreed day.
    pub scheduled_on: Option<NaiveDate>,
    /// The day seen.
    pub seen_on: Option<NaiveDate>,
    /// The day closed.
    pub closed_on: Option<NaiveDate>,
}

/// How many, counted up to a limit so that it costs the same however many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CountUpTo {
    /// The number.
    pub count: u32,
    /// `false`: there are more ("10,000+").
    pub exact: bool,
}

/// One page of the register.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ReferralPage {
    /// The rows.
    pub rows: Vec<RegisterRow>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
    /// How many rows the filter has in all.
    pub total: CountUpTo,
}

/// A record page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ReferralPageRecord {
    /// What the register shows of it.
    pub row: RegisterRow,
    /// The patient.
    pub patient_id: PatientId,
    /// Born on.
    pub patient_born_on: Option<NaiveDate>,
    /// Who pays.
    pub payer: Option<String>,
    /// Money, in cents.
    pub amount_cents: Option<i32>,
    /// The word of the file it came from.
    pub status_text: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// The import it came by.
    pub import: Option<ImportedFrom>,
    /// When it was put on record, UTC milliseconds.
    #[cfg_attr(feature = "specta", specta(type = f64))]
    pub created_at: i64,
    /// By whom.
    pub created_by: String,
    /// When it was changed last; send it back with an edit.
    #[cfg_attr(feature = "specta", specta(type = f64))]
    pub changed_at: i64,
    /// By whom.
    pub changed_by: String,
    /// In the trash since.
    #[cfg_attr(feature = "specta", specta(type = Option<f64>))]
    pub trashed_at: Option<i64>,
    /// Out of sight: since when, and why.
    pub restricted: Option<Restriction>,
    /// Its key dates in order.
    pub timeline: Vec<Milestone>,
    /// Other referrals of the same patient, newest first.
    pub others_of_patient: Vec<RegisterRow>,
}

/// Where an imported referral stands in its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ImportedFrom {
    /// The run.
    pub id: ImportId,
    /// The file's name.
    pub file_name: String,
    /// The record in it, from 1.
    pub record: Option<u32>,
}

codes! {
    /// A key date of a referral.
    MilestoneKind {
        /// It came.
        Received = "received",
        /// A visit is agreed for this day.
        Scheduled = "scheduled",
        /// The patient was seen.
        Seen = "seen",
        /// It was closed.
        Closed = "closed",
    }
}

/// A key date of a referral.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Milestone {
    /// Which.
    pub kind: MilestoneKind,
    /// When.
    pub on: NaiveDate,
    /// Days since it was received.
    pub days: i32,
    /// It lies ahead.
    pub ahead: bool,
}

/// A way to answer "who sent you", offered while typing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SourceSuggestion {
    /// What to send back when it is chosen.
    pub source: ReferralSource,
    /// What it is.
    pub kind: SuggestionKind,
    /// The name.
    pub title: String,
    /// Where they work, or since when we know them.
    pub detail: String,
    /// Starts and ends of the parts of the title that match, in UTF-16 units, for bold.
    pub matched: Vec<(u32, u32)>,
}

codes! {
    /// What a suggestion is.
    SuggestionKind {
        /// A partner.
        Partner = "partner",
        /// A person.
        Person = "person",
        /// A patient.
        Patient = "patient",
    }
}

/// Words in use, most used first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct UsedWords {
    /// Reasons.
    pub reasons: Vec<String>,
    /// Service lines.
    pub service_lines: Vec<String>,
    /// Groups of diagnoses.
    pub diagnosis_groups: Vec<String>,
    /// Countries patients come from, as ISO 3166-1.
    pub countries: Vec<String>,
    /// Payers.
    pub payers: Vec<String>,
}
