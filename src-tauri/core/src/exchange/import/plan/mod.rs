//! What an import would do: a fate for every row, nothing written.

mod fields;
mod patients;
mod referrals;
mod types;
mod view;

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use rusqlite::Connection;

use fields::values_of;
pub(super) use fields::{kept, outcome_code};
pub(super) use patients::PatientSlot;
use patients::Patients;
pub use types::{
    DuplicateOf, Fate, FieldChange, ImportFile, ImportPlan, MeantBy, Phase, PlanCounts, PlanGroup, PlanPage,
    PlanRow, PlanView, Progress, Question, Tell,
};
pub(super) use types::{PlannedReferral, Source};

use super::decisions::{Choice, Decisions};
use super::error::ImportError;
use super::matching::Resolver;
use super::row::{ReadResult, TableKind};
use super::rows;
use crate::practice::Practice;
use crate::store::StoreError;
use crate::vault::{Area, Need};

/// How many rows are done between two looks at whether somebody wants to stop.
pub(super) const STEP: usize = 2_000;

pub(super) fn told(tell: &mut Tell<'_>, phase: Phase, done: usize, total: usize) -> Result<(), ImportError> {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    match tell(Progress { phase, done: number(done), total: number(total) }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(ImportError::Cancelled),
    }
}

/// Decides the fate of every row. Only reads; the plan is what the preview shows and what `commit` does.
///
/// # Errors
/// [`ImportError::Cancelled`] when `tell` says so; those of the file.
pub fn plan(
    practice: &Practice,
    file: &ImportFile,
    read: Arc<ReadResult>,
    decisions: &Decisions,
    tell: &mut Tell<'_>,
) -> Result<ImportPlan, ImportError> {
    may_import(practice)?;
    practice.read(|conn| build(conn, file, read, decisions, tell))
}

/// An import writes partners and referrals and shows who patients are, in the file and in the practice.
pub(super) fn may_import(practice: &Practice) -> Result<(), StoreError> {
    for area in [Area::Exchange, Area::Network, Area::Referrals] {
        practice.may(Need::Write(area))?;
    }
    [Need::Patients, Need::Reasons, Need::Money, Need::Everybodys]
        .into_iter()
        .try_for_each(|need| practice.may(need))
}

fn build(
    conn: &Connection,
    file: &ImportFile,
    read: Arc<ReadResult>,
    decisions: &Decisions,
    tell: &mut Tell<'_>,
) -> Result<ImportPlan, ImportError> {
    let made_at = rows::newest_entry(conn)?;
    let mut resolver = Resolver::new(conn)?;
    match read.kind {
        TableKind::Referrals => referrals::build(conn, file, read, decisions, resolver, made_at, tell),
        TableKind::Contacts => {
            let names = decisions.names();
            let left_out: HashMap<u32, Choice> = decisions.rows();
            let mut choices = HashMap::new();
            let mut contacts = Vec::with_capacity(read.contacts.len());
            for (at, contact) in read.contacts.iter().enumerate() {
                if at % STEP == 0 {
                    told(tell, Phase::Matching, at, read.contacts.len())?;
                }
                if left_out.get(&contact.record) == Some(&Choice::LeaveOut) {
                    contacts.push((contact.record, None));
                    continue;
                }
                let mention = resolver.mentions.of(&contact.party, contact.record);
                if let Some(choice) = names.get(&contact.record) {
                    choices.insert(mention, *choice);
                }
                contacts.push((contact.record, Some(mention)));
            }
            let mut resolution = resolver.resolve(&HashMap::new(), &choices);
            for mention in contacts.iter().filter_map(|(_, mention)| *mention) {
                resolution.use_mention(mention);
            }
            Ok(ImportPlan {
                file: file.clone(),
                made_at,
                read,
                resolution,
                referrals: Vec::new(),
                contacts,
                patients: Vec::new(),
                kept_ours: 0,
            })
        }
    }
}
