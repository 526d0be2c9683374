//! The log and the disclosures as people read them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::action::LogAction;
use super::error::AuditError;
use crate::foundation::id::{DisclosureId, PatientId, ProfileId, RecordId};

/// What to show of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct LogQuery {
    /// From this day of the practice on.
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub from: Option<NaiveDate>,
    /// Up to this day, included.
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub to: Option<NaiveDate>,
    /// By this profile.
    pub profile: Option<ProfileId>,
    /// Of this kind.
    pub action: Option<LogAction>,
    /// About this record.
    pub record: Option<RecordId>,
    /// With this result.
    pub result: Option<LogResult>,
    /// Where to go on: `next` of the page before.
    pub cursor: Option<u32>,
    /// How many, at most 500; 0 means 100.
    pub limit: u32,
}

/// How something went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum LogResult {
    /// It was done.
    Done,
    /// It was tried and did not succeed.
    Failed,
    /// It was not allowed.
    Refused,
}

impl LogResult {
    /// As the file keeps it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Refused => "refused",
        }
    }

    pub(super) fn from_code(code: &str) -> Self {
        match code {
            "failed" => Self::Failed,
            "refused" => Self::Refused,
            _ => Self::Done,
        }
    }
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LogRow {
    /// Its number in the chain.
    pub seq: u32,
    /// When it happened, UTC milliseconds.
    #[cfg_attr(feature = "specta", specta(type = f64))]
    pub at: i64,
    /// Who.
    pub profile: ProfileId,
    /// Their name at the time.
    pub profile_name: String,
    /// On which computer.
    pub device: RecordId,
    /// What kind of action it was.
    pub action: LogAction,
    /// The action's code, for its sentence.
    pub code: String,
    /// The record it was about, by its name now; its name is empty if it is gone.
    pub record: Option<LoggedRecord>,
    /// What a change was about, a file's name, or a code of the event.
    pub detail: String,
    /// What the event counts.
    #[cfg_attr(feature = "specta", specta(type = Option<f64>))]
    pub number: Option<i64>,
    /// How it went.
    pub result: LogResult,
    /// Whether this is a change that stands in history with its fields.
    pub in_history: bool,
}

/// A record the log is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LoggedRecord {
    /// What it is: `referral`, `partner`, `person`, `patient`, `device`.
    pub kind: String,
    /// The record.
    pub id: RecordId,
    /// Its name now.
    pub name: String,
}

/// One page of the log, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LogPage {
    /// The lines.
    pub rows: Vec<LogRow>,
    /// Where the next page begins; nothing at the end.
    pub next: Option<u32>,
}

/// Why the law lets it be disclosed (45 CFR 164.528(a)(1) tells which need no accounting).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// To treat the patient.
    Treatment,
    /// To be paid.
    Payment,
    /// To run the practice.
    Operations,
    /// The patient signed an authorisation.
    Authorisation,
    /// To the patient, or who acts for them.
    Individual,
    /// Anything else, e.g. what a law or a court asks for.
    Other,
}

impl Basis {
    /// All of them, in the order screens show them.
    pub const ALL: [Self; 6] = [
        Self::Treatment,
        Self::Payment,
        Self::Operations,
        Self::Authorisation,
        Self::Individual,
        Self::Other,
    ];

    /// As the file keeps it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Treatment => "treatment",
            Self::Payment => "payment",
            Self::Operations => "operations",
            Self::Authorisation => "authorisation",
            Self::Individual => "individual",
            Self::Other => "other",
        }
    }

    /// The basis with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.code() == code)
    }

    /// The English word, for exports.
    pub fn label(self) -> &'static str {
        match self {
            Self::Treatment => "Treatment",
            Self::Payment => "Payment",
            Self::Operations => "Health care operations",
            Self::Authorisation => "Authorisation",
            Self::Individual => "The individual",
            Self::Other => "Other",
        }
    }
}

/// To whom something goes, what for and on what ground.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Recipient {
    /// Who receives it, e.g. "Pine Hollow Family Practice".
    pub name: String,
    /// Where, if known.
    pub address: String,
    /// What it is needed for.
    pub purpose: String,
    /// The legal ground.
    pub basis: Basis,
}

impl Recipient {
    /// Trimmed and complete.
    ///
    /// # Errors
    /// [`AuditError::Invalid`] beside the first field that is not.
    pub fn checked(&self) -> Result<Self, AuditError> {
        let (name, address, purpose) = (self.name.trim(), self.address.trim(), self.purpose.trim());
        if purpose.is_empty() || purpose.chars().count() > 500 {
            return Err(AuditError::invalid(
                "purpose",
                "Say what the patients' names are needed for, or leave them out.",
            ));
        }
        if name.is_empty() || name.chars().count() > 200 {
            return Err(AuditError::invalid("recipient", "Say who receives it, in at most 200 characters."));
        }
        if address.chars().count() > 300 {
            return Err(AuditError::invalid("address", "Shorten the address to 300 characters."));
        }
        Ok(Self { name: name.into(), address: address.into(), purpose: purpose.into(), basis: self.basis })
    }
}

/// A disclosure to put down by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NewDisclosure {
    /// When.
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub on: NaiveDate,
    /// To whom and why.
    pub to: Recipient,
    /// What was disclosed, e.g. "operative report".
    pub what: String,
}

/// Where an entry comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum DisclosureSource {
    /// An export wrote it.
    Export,
    /// A letter wrote it.
    Letter,
    /// Somebody put it down.
    Hand,
}

impl DisclosureSource {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Export => "export",
            Self::Letter => "letter",
            Self::Hand => "hand",
        }
    }

    pub(super) fn from_code(code: &str) -> Self {
        match code {
            "export" => Self::Export,
            "letter" => Self::Letter,
            _ => Self::Hand,
        }
    }
}

/// Something that left the practice about a patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Disclosure {
    /// Its id.
    pub id: DisclosureId,
    /// When.
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub on: NaiveDate,
    /// To whom, what for, on what ground.
    pub to: Recipient,
    /// What.
    pub what: String,
    /// Who of us sent it.
    pub sender: String,
    /// Where the entry comes from.
    pub source: DisclosureSource,
    /// About how many patients it was.
    pub patients: u32,
    /// The entry this one corrects.
    pub corrects: Option<DisclosureId>,
    /// The entry that corrects this one: this one does not count any more.
    pub corrected_by: Option<DisclosureId>,
    /// A counter-entry that says that nothing was disclosed.
    pub withdrawn: bool,
    /// Why it was corrected.
    pub correction_reason: Option<String>,
    /// When it was put down, UTC milliseconds.
    #[cfg_attr(feature = "specta", specta(type = f64))]
    pub created_at: i64,
}

/// A patient's disclosures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PatientDisclosures {
    /// The patient.
    pub patient: PatientId,
    /// What the patient is called now.
    pub name: String,
    /// Chart number.
    pub chart_number: Option<String>,
    /// The day of the request the accounting is for.
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub request_on: NaiveDate,
    /// The first day the accounting covers.
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub since: NaiveDate,
    /// The accounting: what has to be told, the oldest first.
    pub accountable: Vec<DisclosureId>,
    /// Every entry, corrected ones too, the newest first.
    pub all: Vec<Disclosure>,
}
