//! The plan of an import, and what the preview shows of it.

use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::patients::PatientSlot;
use crate::exchange::import::decisions::Choice;
use crate::exchange::import::matching::Resolution;
use crate::exchange::import::row::{ReadResult, RejectReason};
use crate::foundation::id::{PartnerId, PersonId, ReferralId};

/// The file an import comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportFile {
    /// Its name, without folders.
    pub name: String,
    /// Its SHA-256.
    pub sha256: Vec<u8>,
}

/// What the work is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Finding out who is meant.
    Matching,
    /// Deciding what happens to each row.
    Planning,
    /// Writing.
    Writing,
}

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// At what.
    pub phase: Phase,
    /// Rows done.
    pub done: u32,
    /// Rows there are.
    pub total: u32,
}

/// Hears how far the work is, and may stop it.
pub type Tell<'tell> = dyn FnMut(Progress) -> ControlFlow<()> + 'tell;

/// What happens to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is added.
    New,
    /// It is known, and fields change.
    Updated,
    /// It is known and the same.
    Unchanged,
    /// It is probably another one written again; it waits for a decision.
    PossibleDuplicate,
    /// Somebody decided that it stays out.
    LeftOut,
    /// It can't be imported.
    Rejected,
    /// It is no row of data: a sum, a heading, a footer.
    NotData,
}

/// Which rows a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum PlanGroup {
    /// All.
    All,
    /// Added.
    New,
    /// Changed.
    Updated,
    /// Known and the same.
    Unchanged,
    /// Where our own word is kept against the file's.
    KeptOurs,
    /// Waiting for a decision.
    PossibleDuplicates,
    /// Names that may mean somebody known, one row a name.
    Questions,
    /// Left out by decision.
    LeftOut,
    /// That can't be imported.
    Rejected,
    /// That are no data.
    NotData,
}

/// How the name of a row was understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum MeantBy {
    /// Somebody we know.
    Known,
    /// Somebody this file introduces.
    New,
    /// A channel, no referrer.
    Channel,
    /// Nobody is named.
    Nobody,
}

/// What a row repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DuplicateOf {
    /// A record of the same file.
    pub record: Option<u32>,
    /// A referral of the practice.
    pub referral: Option<ReferralId>,
    /// The day of that one.
    pub received_on: NaiveDate,
}

/// A field that changes, or would if our own word were not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
#[serde(rename = "ImportFieldChange")]
pub struct FieldChange {
    /// The field, as a code.
    pub field: String,
    /// What stands there.
    pub before: Option<String>,
    /// What the file says.
    pub after: Option<String>,
    /// Whether our word is kept because somebody changed it by hand.
    pub kept_ours: bool,
}

/// Whom a name may mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// The decision that says so.
    pub choice: Choice,
    /// Its name.
    pub name: String,
    /// Where, and by what it is known.
    pub detail: String,
}

/// A row of the preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PlanRow {
    /// The record of the file.
    pub record: u32,
    /// The referrer or contact as the file writes it.
    pub who: String,
    /// Whom we take that to be.
    pub means: String,
    /// How.
    pub meant_by: MeantBy,
    /// The person; a new one has this id only in this plan.
    pub person: Option<PersonId>,
    /// The partner who is credited.
    pub partner: Option<PartnerId>,
    /// The patient.
    pub patient: String,
    /// The day.
    pub received_on: Option<NaiveDate>,
    /// What happens.
    pub fate: Fate,
    /// Why, in plain words; empty when there is nothing to say.
    pub why: String,
    /// Why it can't be imported.
    pub reason: Option<RejectReason>,
    /// What to do about that.
    pub remedy: String,
    /// The day as the file writes it, of a row that can't be imported.
    pub day_as_read: String,
    /// What changes.
    pub changes: Vec<FieldChange>,
    /// What it repeats.
    pub of: Option<DuplicateOf>,
    /// Whom the name may mean instead.
    pub questions: Vec<Question>,
    /// How many rows have the same name, when it is asked about.
    pub same_name: u32,
    /// What was decided about the row.
    pub choice: Option<Choice>,
}

/// A page of the preview.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PlanPage {
    /// Its rows, by record.
    pub rows: Vec<PlanRow>,
    /// The record to ask after for the next page.
    pub next: Option<u32>,
    /// How many rows the group has.
    pub total: u32,
}

/// How many rows have which fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PlanCounts {
    /// Data rows of the file.
    pub rows: u32,
    /// Added.
    pub new: u32,
    /// Changed.
    pub updated: u32,
    /// Known and the same.
    pub unchanged: u32,
    /// Where our own word is kept.
    pub kept_ours: u32,
    /// Waiting for a decision.
    pub possible_duplicates: u32,
    /// Names asked about.
    pub questions: u32,
    /// Left out.
    pub left_out: u32,
    /// That can't be imported.
    pub rejected: u32,
    /// Records that are no data; none of the rows.
    pub not_data: u32,
    /// Outbound rows among them.
    pub outbound: u32,
    /// Internal rows among them.
    pub internal: u32,
    /// Partners added.
    pub partners_new: u32,
    /// Partners known.
    pub partners_matched: u32,
    /// People added.
    pub people_new: u32,
    /// People known.
    pub people_matched: u32,
    /// Partners that are one person and become counted at the practice the file names for that person.
    pub rolled_up: u32,
}

/// The head of the preview.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PlanView {
    /// The file.
    pub file_name: String,
    /// The counts.
    pub counts: PlanCounts,
    /// Whether importing would change anything.
    pub changes_anything: bool,
    /// The first day of the rows that are imported.
    pub from: Option<NaiveDate>,
    /// The last.
    pub to: Option<NaiveDate>,
}

/// Who a referral comes from or goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Source {
    /// A channel.
    Channel(usize),
    /// A name of the file.
    Mention(usize),
    /// Nobody.
    None,
}

/// A referral row with its fate.
#[derive(Debug)]
pub(in super::super) struct PlannedReferral {
    /// Its place in the rows read.
    pub(in super::super) at: usize,
    pub(in super::super) source: Source,
    pub(in super::super) patient: usize,
    /// What makes the row itself again.
    pub(in super::super) key: String,
    pub(in super::super) fate: Fate,
    pub(in super::super) known: Option<ReferralId>,
    /// Fields by their place in `rows::FIELDS`: before, after, kept ours.
    pub(in super::super) changes: Vec<(usize, Option<String>, Option<String>, bool)>,
    /// Steps of a known referral that only the file tells.
    pub(in super::super) steps: Vec<(&'static str, NaiveDate)>,
    pub(in super::super) of: Option<DuplicateOf>,
    pub(in super::super) choice: Option<Choice>,
    pub(in super::super) in_trash: bool,
}

/// Everything an import would do.
pub struct ImportPlan {
    pub(in super::super) file: ImportFile,
    /// The newest history entry when the plan was made.
    pub(in super::super) made_at: i64,
    pub(in super::super) read: Arc<ReadResult>,
    pub(in super::super) resolution: Resolution,
    pub(in super::super) referrals: Vec<PlannedReferral>,
    /// Contacts: the record and its mention; none when left out.
    pub(in super::super) contacts: Vec<(u32, Option<usize>)>,
    pub(in super::super) patients: Vec<PatientSlot>,
    pub(in super::super) kept_ours: u32,
}

impl ImportPlan {
    /// What was read, to plan it again with other decisions.
    pub fn shared_read(&self) -> std::sync::Arc<ReadResult> {
        self.read.clone()
    }

    /// What was read.
    pub fn read(&self) -> &ReadResult {
        &self.read
    }
}

impl std::fmt::Debug for ImportPlan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ImportPlan")
    }
}
