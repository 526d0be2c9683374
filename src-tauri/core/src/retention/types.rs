//! The words of the retention room.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::foundation::id::RecordId;

/// A kind of record with its own time of keeping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// A referral, and the patient with the last one.
    Referral,
    /// A partner.
    Partner,
    /// A person.
    Person,
    /// A patient.
    Patient,
}

impl RecordKind {
    /// The table its records stand in.
    pub(super) fn table(self) -> &'static str {
        match self {
            Self::Referral => "referral",
            Self::Partner => "partner",
            Self::Person => "person",
            Self::Patient => "patient",
        }
    }
}

/// A record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RecordRef {
    /// What it is.
    pub kind: RecordKind,
    /// Which.
    pub id: RecordId,
}

/// How long the practice keeps things (CK23). Years count from the last effect: the last change, or the last day of care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Policy {
    /// Years a partner is kept.
    pub partner_years: u32,
    /// Years a person is kept.
    pub person_years: u32,
    /// Years a referral and its patient are kept. State rules differ: verify.
    pub patient_years: u32,
    /// Days something stays in the trash before it may go.
    pub trash_days: u32,
}

impl Default for Policy {
    /// Six years: 45 CFR 164.316(b)(2)(i), for documentation; for patients' records the state's rule counts. Ninety days
    /// in the trash.
    fn default() -> Self {
        Self { partner_years: 6, person_years: 6, patient_years: 6, trash_days: 90 }
    }
}

/// A legal hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Hold {
    /// Its id.
    pub id: RecordId,
    /// What it covers; `None`: the whole practice.
    pub record: Option<RecordRef>,
    /// What that is called.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Since when, UTC milliseconds.
    #[cfg_attr(feature = "specta", specta(type = f64))]
    pub placed_at: i64,
    /// By whom.
    pub placed_by: String,
}

/// Something in the trash that can go for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Purgeable {
    /// Which.
    pub record: RecordRef,
    /// What it is called.
    pub name: String,
    /// In the trash since, UTC milliseconds.
    #[cfg_attr(feature = "specta", specta(type = f64))]
    pub trashed_at: i64,
}

/// Why something in the trash stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum KeptWhy {
    /// It has not lain in the trash for long enough; until this day.
    InTrashUntil(NaiveDate),
    /// It is to be kept until this day.
    RetainedUntil(NaiveDate),
    /// A legal hold, with its reason.
    Held(String),
    /// So many records that stay refer to it.
    Needed(u32),
}

/// Something in the trash that stays, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Kept {
    /// What.
    pub of: Purgeable,
    /// Why.
    pub why: KeptWhy,
}

/// What would go and what would stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PurgePreview {
    /// What would go.
    pub ready: Vec<Purgeable>,
    /// What stays.
    pub kept: Vec<Kept>,
}

/// What went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PurgeDone {
    /// Records that were approved.
    pub records: u32,
    /// Patients that went with their last referral.
    pub patients: u32,
}

/// Whose data is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum LookedFor {
    /// A person at a partner.
    Person(RecordId),
    /// A patient.
    Patient(RecordId),
}

impl LookedFor {
    /// The record.
    pub(super) fn record(self) -> RecordRef {
        match self {
            Self::Person(id) => RecordRef { kind: RecordKind::Person, id },
            Self::Patient(id) => RecordRef { kind: RecordKind::Patient, id },
        }
    }
}

/// A part of what is held about somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// Who it is.
    Identity,
    /// How to reach them.
    Contact,
    /// Where they work.
    Work,
    /// Spellings they were matched by.
    Spellings,
    /// Referrals they sent, received or were sent in.
    Referrals,
    /// Free text of other records that holds the name.
    Mentions,
    /// What history tells.
    History,
}

/// One thing that is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HeldFact {
    /// Which field, as history names it: `person.npi`; for a list, what tells the lines apart.
    pub label: String,
    /// What stands there.
    pub value: String,
}

/// A part of what is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HeldSection {
    /// Which.
    pub kind: SectionKind,
    /// Its facts.
    pub facts: Vec<HeldFact>,
}

/// What keeps a part from being erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Block {
    /// A legal hold, with its reason.
    Held(String),
    /// Records of care are kept until this day.
    RetainedUntil(NaiveDate),
    /// Free text of so many other records holds the name; it is changed by hand.
    Mentioned(u32),
}

/// Everything held about one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HeldAbout {
    /// What they are called.
    pub name: String,
    /// The parts.
    pub sections: Vec<HeldSection>,
    /// What keeps parts from being erased.
    pub blocks: Vec<Block>,
    /// Whether the identity can be erased now.
    pub can_erase: bool,
    /// It was erased: when, UTC milliseconds.
    #[cfg_attr(feature = "specta", specta(type = Option<f64>))]
    pub erased_at: Option<i64>,
}

/// What was decided about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The data is erased.
    Granted,
    /// It stays.
    Refused,
}

impl Decision {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Refused => "refused",
        }
    }
}

/// A request for erasure and what is decided about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ErasureRequest {
    /// When it came.
    pub requested_on: NaiveDate,
    /// Who asked, without a name: "the person", "their attorney".
    pub requester: String,
    /// What is decided.
    pub decision: Decision,
    /// Why; asked when it is refused.
    pub reason: String,
}

/// What an erasure led to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ErasureDone {
    /// What stands where the name stood; the name still if it was refused.
    pub token: String,
}
