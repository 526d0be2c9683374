//! What an import did, in numbers: for the screen, and for scripts in the words they were promised.

use serde::{Deserialize, Serialize};

use super::row::{AsideKind, RejectReason};
use crate::foundation::id::ReferralId;

/// New and known ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Counted {
    /// Added by this import.
    pub new: u32,
    /// Known before and named by this file.
    pub matched: u32,
}

/// Inbound referrals by what happened to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ReferralCounts {
    /// Added.
    pub new: u32,
    /// Known, and at least one field changed.
    pub updated: u32,
    /// Known and the same.
    pub unchanged: u32,
}

/// A row that stayed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RejectedRow {
    /// The record of the file.
    pub record: u32,
    /// Why.
    pub reason: RejectReason,
}

/// A row that is probably another one written again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct PossibleDuplicateRow {
    /// The record of the file.
    pub record: u32,
    /// The record it repeats; none when it repeats a referral of the practice.
    pub of: Option<u32>,
    /// The referral of the practice it repeats.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub referral: Option<ReferralId>,
}

/// A record that is no data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct AsideRow {
    /// The record of the file.
    pub record: u32,
    /// Why.
    pub kind: AsideKind,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ImportSummary {
    /// Data rows of the file.
    pub rows: u32,
    /// Inbound referrals.
    pub referrals: ReferralCounts,
    /// Rows by which we sent somebody elsewhere.
    pub outbound: u32,
    /// Rows handed over between colleagues.
    pub internal: u32,
    /// Contacts read, of a file of contacts.
    pub contacts: u32,
    /// Partners.
    pub partners: Counted,
    /// People.
    pub people: Counted,
    /// Rows that stayed out.
    pub rejected: Vec<RejectedRow>,
    /// Rows that wait for a decision.
    pub possible_duplicates: Vec<PossibleDuplicateRow>,
    /// Names that may mean somebody known; each became a record of its own.
    pub questions: u32,
    /// Fields where our own word was kept.
    pub kept_ours: u32,
    /// Records that are no data: what stands above the columns' names, sums, headings of groups, footers.
    pub not_data: Vec<AsideRow>,
}

impl ImportSummary {
    /// For scripts.
    pub fn script(&self) -> ScriptSummary<'_> {
        ScriptSummary {
            rows: self.rows,
            referrals: self.referrals,
            outbound: self.outbound,
            internal: self.internal,
            contacts: self.contacts,
            partners: self.partners,
            people: self.people,
            rejected: &self.rejected,
            possible_duplicates: &self.possible_duplicates,
            questions: self.questions,
            kept_ours: self.kept_ours,
            not_data: &self.not_data,
        }
    }
}

/// The same in the words scripts were promised (`possible_duplicates`).
#[derive(Debug, Serialize)]
pub struct ScriptSummary<'summary> {
    rows: u32,
    referrals: ReferralCounts,
    outbound: u32,
    internal: u32,
    contacts: u32,
    partners: Counted,
    people: Counted,
    rejected: &'summary [RejectedRow],
    possible_duplicates: &'summary [PossibleDuplicateRow],
    questions: u32,
    kept_ours: u32,
    not_data: &'summary [AsideRow],
}
