//! Approving an offer, or not, by whoever answers for what is given.

use super::check::judged;
use super::types::OfferStanding;
use crate::foundation::id::RecordId;
use crate::gratitude::error::{GratitudeError, invalid, text};
use crate::gratitude::ledger::{RewardDecision, others_approve};
use crate::gratitude::rows::offers as rows;
use crate::gratitude::verdict::Verdict;
use crate::practice::Practice;
use crate::store::{Cause, Label, Written};
use crate::vault::{Area, Need};

/// Decides about an offer that waits, as it is now. What a rule blocks by now can't be approved. Nobody approves what they put down
/// while somebody else can.
///
/// # Errors
/// [`GratitudeError::OwnEntry`], [`GratitudeError::AlreadyDecided`], [`GratitudeError::Blocked`], [`GratitudeError::Invalid`],
/// [`GratitudeError::Missing`]; those of the file.
pub fn decide_offer(
    practice: &Practice,
    id: RecordId,
    decision: &RewardDecision,
) -> Result<Written<()>, GratitudeError> {
    practice.may(Need::Approve(Area::Gratitude))?;
    let note = text("note", Some(&decision.note), 1_000)?;
    if !decision.approved && note.is_none() {
        return invalid("note", "Say why it is not approved.");
    }
    practice.read(|conn| rows::by_id(conn, id))?.ok_or(GratitudeError::Missing)?;
    let hidden = practice.hidden();
    // Not for undo: a decision stays on record (L5).
    let action = if decision.approved { "gift_offer_approve" } else { "gift_offer_refuse" };
    practice.write(Label { action, subject: String::new(), cause: Cause::Note }, |tx| {
        let kept = rows::by_id(tx, id)?.filter(|kept| !kept.trashed).ok_or(GratitudeError::Missing)?;
        tx.subject(kept.subject(tx)?);
        let days = (kept.offer.from_on, kept.offer.to_on);
        let approved = kept.decision.as_ref().map(|decision| decision.approved);
        if OfferStanding::of(kept.verdict, approved, days, tx.today) != OfferStanding::Waiting {
            return Err(GratitudeError::AlreadyDecided);
        }
        if decision.approved {
            if kept.by == tx.actor.id && others_approve(tx)? {
                return Err(GratitudeError::OwnEntry);
            }
            let now = judged(tx, &kept.offer, tx.today, hidden)?;
            if now.shown.verdict == Verdict::Blocked {
                return Err(GratitudeError::Blocked(Box::new(now.shown)));
            }
            if now.asks_purpose {
                return invalid(
                    "note",
                    "Its purpose is missing. Have it put down first; it is kept with the approval.",
                );
            }
        }
        Ok(rows::decide(tx, &kept, decision.approved, note.as_deref().unwrap_or_default())?)
    })
}
