//! What is put down, and what the check of it says.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::foundation::id::{PartnerId, PersonId, ProfileId, RecordId};
use crate::gratitude::kinds::{EmployerPolicy, Known, Occasion, RecipientKind, RewardKind, kept_as};
use crate::gratitude::limits::YearLimits;
use crate::gratitude::meter::Meter;
use crate::gratitude::verdict::{Check, Verdict};

/// Who received it, or was there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Whom {
    /// Somebody on record.
    Person(PersonId),
    /// A firm, or a patient who refers.
    Partner(PartnerId),
    /// One of us.
    Ours(ProfileId),
    /// Somebody without a record, by name.
    Guest(String),
}

/// How the value falls on those who were there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Split {
    /// Each was given the whole value; what was not divided counts in full for each (CK6).
    #[default]
    Each,
    /// Cost ÷ who was there, our own included, rounded up to the cent.
    Shared,
}

kept_as!(Split {
    Each = "each",
    Shared = "shared",
});

/// One person at the table, or one who was given something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NewShare {
    /// Who.
    pub whom: Whom,
    /// What they are in the eyes of the law; of our own, nothing.
    pub recipient: Option<RecipientKind>,
    /// The physician a family member, a member of staff or a guest counts to.
    pub counts_to: Option<PersonId>,
    /// Whether they were there; who stayed away has no share.
    pub present: bool,
    /// What was answered about federal programmes; unknown: what is on file about them.
    pub federal: Known,
}

/// Something of value that was given or is planned, or thanks without a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NewReward {
    /// The practice's day of it; ahead: it is planned.
    pub on: NaiveDate,
    /// What it is.
    pub kind: RewardKind,
    /// Why it is given.
    pub occasion: Occasion,
    /// In a few words.
    pub what: String,
    /// Retail value of each, or the whole cost with tip, in cents.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub total_cents: i64,
    /// How it falls on those who were there.
    pub split: Split,
    /// Whether it is cash or as good as cash.
    pub cash: Known,
    /// Whether somebody asked for it.
    pub solicited: Known,
    /// What it is for, in a sentence.
    pub purpose: Option<String>,
    /// Who was paid.
    pub paid_to: Option<String>,
    /// Where the receipt is kept.
    pub receipt: Option<String>,
    /// Of something promoted together: why the shares are fair.
    pub fair_value: Option<String>,
    /// Of the same: where the agreement and counsel's note are kept.
    pub agreement: Option<String>,
    /// Who was given it, or was there.
    pub shares: Vec<NewShare>,
}

/// A rule that had something to say, with where it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RuleShown {
    /// Which.
    pub check: Check,
    /// How strict it is here.
    pub verdict: Verdict,
    /// The rule behind it.
    pub source: String,
}

/// One share and what was found about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct JudgedShare {
    /// Whose.
    pub whom: Whom,
    /// The name, as whoever is at the desk may read it.
    pub name: String,
    /// What they are; of our own, nothing.
    pub recipient: Option<RecipientKind>,
    /// The share, in cents.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub cents: i64,
    /// Whether the physician it counts to has an NPI on file.
    pub npi_on_file: bool,
    /// About federal programmes.
    pub federal: Known,
    /// What the employer lets its people accept.
    pub employer: EmployerPolicy,
    /// When the list of the excluded was looked at for them.
    pub excluded_checked_on: Option<NaiveDate>,
    /// The strictest of the findings.
    pub verdict: Verdict,
    /// Every finding, the strictest first.
    pub findings: Vec<RuleShown>,
}

/// A meter as the form shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct MeterShown {
    /// Whose year it is.
    pub of: RecordId,
    /// The name.
    pub name: String,
    /// The year.
    pub meter: Meter,
}

/// The answer before anything is written. Not legal advice.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Preflight {
    /// The strictest of all shares.
    pub verdict: Verdict,
    /// Each share.
    pub shares: Vec<JudgedShare>,
    /// What falls on each who was there; nothing where nothing is divided.
    #[cfg_attr(feature = "specta", specta(type = Option<i32>))]
    pub each_cents: Option<i64>,
    /// One meter for each physician or patient it counts to.
    pub meters: Vec<MeterShown>,
    /// The limits of the year, with source and the day they were verified; none: not set.
    pub limits: Option<YearLimits>,
}

impl Default for Preflight {
    fn default() -> Self {
        Self {
            verdict: Verdict::Blocked,
            shares: Vec::new(),
            each_cents: None,
            meters: Vec::new(),
            limits: None,
        }
    }
}

/// Where an entry of the ledger stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Waits for somebody who approves gifts.
    Waiting,
    /// Its day is ahead.
    Planned,
    /// Given.
    Given,
    /// Not approved, and not given.
    Refused,
    /// Blocked or not approved, and given all the same: an exception.
    Exception,
    /// Taken out by a counter-entry.
    Corrected,
    /// A counter-entry.
    CounterEntry,
}

/// What an entry says about itself.
#[derive(Clone, Copy, Debug)]
pub(in crate::gratitude) struct Facts {
    pub(in crate::gratitude) on: NaiveDate,
    pub(in crate::gratitude) verdict: Verdict,
    /// Approved or not, and when that was decided.
    pub(in crate::gratitude) decision: Option<(bool, NaiveDate)>,
    pub(in crate::gratitude) counters: bool,
    /// Taken out whole by a counter-entry; a returned excess takes out nothing of what was given.
    pub(in crate::gratitude) taken_out: bool,
}

impl Standing {
    /// The one rule of where an entry stands.
    pub(in crate::gratitude) fn of(entry: Facts, today: NaiveDate) -> Self {
        match entry {
            Facts { counters: true, .. } => Self::CounterEntry,
            Facts { taken_out: true, .. } => Self::Corrected,
            Facts { decision: Some((false, decided)), on, .. } if on > decided => Self::Refused,
            Facts { decision: Some((false, _)), .. } | Facts { verdict: Verdict::Blocked, .. } => {
                Self::Exception
            }
            Facts { verdict: Verdict::NeedsApproval, decision: None, .. } => Self::Waiting,
            Facts { on, .. } if on > today => Self::Planned,
            Facts { .. } => Self::Given,
        }
    }
}

/// Why a counter-entry was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum CorrectionKind {
    /// It was put down wrongly.
    Wrong,
    /// It was planned and not given.
    NotGiven,
    /// The excess was returned.
    Returned,
}

kept_as!(CorrectionKind {
    Wrong = "wrong",
    NotGiven = "not_given",
    Returned = "returned",
});
