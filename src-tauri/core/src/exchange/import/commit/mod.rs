//! The plan, done: one transaction, one history entry, one undo.

mod network;
mod referrals;

use crate::foundation::id::ImportId;
use crate::practice::Practice;
use crate::store::{Cause, Label, Tx, Written};

use super::error::ImportError;
use super::plan::{Fate, ImportPlan, Phase, Tell, may_import, told};
use super::row::TableKind;
use super::rows::{self, Stamp};
use super::summary::ImportSummary;

/// Writes what the plan says, as one undoable action. A file that changes nothing leaves no entry.
///
/// # Errors
/// [`ImportError::Outdated`] if the practice changed since the plan was made, [`ImportError::Cancelled`] when `tell` says so;
/// those of the file. Nothing is written then.
pub fn commit(
    practice: &Practice,
    plan: &ImportPlan,
    tell: &mut Tell<'_>,
) -> Result<Written<ImportSummary>, ImportError> {
    may_import(practice)?;
    let label = Label { action: "import", subject: plan.file.name.clone(), cause: Cause::Import };
    practice.write(label, |tx| {
        if rows::newest_entry(tx)? != plan.made_at {
            return Err(ImportError::Outdated);
        }
        let changes_before = tx.total_changes();
        let run = ImportId::new();
        let actor = tx.actor.clone();
        let stamp = Stamp { run, now: tx.now, actor: &actor };
        let writes_referrals = plan.referrals.iter().any(|r| matches!(r.fate, Fate::New | Fate::Updated));
        if writes_referrals {
            add_run(tx, plan, run)?;
        }
        told(tell, Phase::Writing, 0, plan.referrals.len())?;
        network::write(tx, plan, stamp)?;
        tx.breathe()?;
        referrals::write(tx, plan, stamp, tell)?;
        if !writes_referrals && tx.total_changes() != changes_before {
            add_run(tx, plan, run)?;
        }
        Ok(plan.summary())
    })
}

fn add_run(tx: &Tx<'_>, plan: &ImportPlan, run: ImportId) -> Result<(), ImportError> {
    let kind = match plan.read.kind {
        TableKind::Referrals => "referrals",
        TableKind::Contacts => "contacts",
    };
    Ok(rows::add_run(tx, run, &plan.file.name, &plan.file.sha256, kind, plan.read.rows, tx.now)?)
}
