//! Approving, or not, by whoever answers for what is given.

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::judge::judge;
use super::types::{Facts, NewShare, Standing};
use crate::foundation::id::{ProfileId, RewardId};
use crate::gratitude::error::{GratitudeError, invalid, text};
use crate::gratitude::kinds::RecipientKind;
use crate::gratitude::rows::ledger as rows;
use crate::gratitude::verdict::Verdict;
use crate::practice::Practice;
use crate::store::{Cause, Label, StoreError, Tx, Written};
use crate::vault::{Area, Need, sight_at_desk};

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RewardDecision {
    /// Yes or no.
    pub approved: bool,
    /// Why; asked for where it is not approved.
    pub note: String,
}

/// Who may approve gifts today, by name.
///
/// # Errors
/// Those of the file.
pub fn approvers(practice: &Practice) -> Result<Vec<String>, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    let today = practice.today();
    practice.read(|conn| Ok(who_approves(conn, today)?.into_iter().map(|(_, name)| name).collect()))
}

/// Whether anybody but whoever is at the desk approves gifts.
pub(in crate::gratitude) fn others_approve(tx: &Tx<'_>) -> Result<bool, StoreError> {
    Ok(who_approves(tx, tx.today)?.into_iter().any(|(who, _)| who != tx.actor.id))
}

fn who_approves(conn: &Connection, today: NaiveDate) -> Result<Vec<(ProfileId, String)>, StoreError> {
    let mut all = rows::colleagues(conn, today)?;
    let mut kept = Vec::new();
    for (id, name) in all.drain(..) {
        if sight_at_desk(conn, id, today)?.rights.approves(Area::Gratitude) {
            kept.push((id, name));
        }
    }
    Ok(kept)
}

/// Decides about an entry that waits. What a rule blocks by now can't be approved any more. Nobody approves their own entry
/// while somebody else can.
///
/// # Errors
/// [`GratitudeError::OwnEntry`], [`GratitudeError::AlreadyDecided`], [`GratitudeError::Blocked`],
/// [`GratitudeError::Invalid`], [`GratitudeError::Missing`]; those of the file.
pub fn decide_reward(
    practice: &Practice,
    id: RewardId,
    decision: &RewardDecision,
) -> Result<Written<()>, GratitudeError> {
    practice.may(Need::Approve(Area::Gratitude))?;
    let note = text("note", Some(&decision.note), 1_000)?;
    if !decision.approved && note.is_none() {
        return invalid("note", "Say why it is not approved.");
    }
    practice.read(|conn| rows::reward(conn, id))?.ok_or(GratitudeError::Missing)?;
    let hidden = practice.hidden();
    // Not for undo: a decision stays on record (L5).
    let action = if decision.approved { "reward_approve" } else { "reward_refuse" };
    practice.write(Label { action, subject: String::new(), cause: Cause::Note }, |tx| {
        let mut kept = rows::reward(tx, id)?.ok_or(GratitudeError::Missing)?;
        let facts = Facts {
            on: kept.new.on,
            verdict: kept.verdict,
            decision: kept.decision.as_ref().map(|(approved, on, ..)| (*approved, *on)),
            counters: kept.corrects.is_some(),
            taken_out: kept.taken_out,
        };
        if Standing::of(facts, tx.today) != Standing::Waiting {
            return Err(GratitudeError::AlreadyDecided);
        }
        if decision.approved && kept.by == tx.actor.id && others_approve(tx)? {
            return Err(GratitudeError::OwnEntry);
        }
        if decision.approved {
            kept.new.shares = rows::shares(tx, id)?
                .into_iter()
                .map(|share| NewShare {
                    counts_to: share.meter.map(crate::foundation::id::PersonId),
                    recipient: share.recipient.as_deref().and_then(RecipientKind::from_code),
                    whom: share.whom,
                    present: share.present,
                    federal: share.federal,
                })
                .collect();
            let now = judge(tx, &kept.new, tx.today, hidden, Some(id))?;
            if now.shown.verdict == Verdict::Blocked {
                return Err(GratitudeError::Blocked(Box::new(now.shown)));
            }
        }
        Ok(rows::decide(tx, id, decision.approved, note.as_deref().unwrap_or_default())?)
    })
}
