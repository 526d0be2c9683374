//! Correcting an entry: a counter-entry that takes it out, never a change.

use serde::{Deserialize, Serialize};

use super::types::{CorrectionKind, NewReward};
use crate::foundation::id::RewardId;
use crate::gratitude::error::{GratitudeError, invalid, text};
use crate::gratitude::rows::ledger::{self as rows, Counter, KeptReward, KeptShare, ShareKept};
use crate::gratitude::verdict::Verdict;
use crate::practice::Practice;
use crate::store::{Cause, Label, Tx, Written};
use crate::vault::{Area, Need};

/// Why an entry is taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RewardCorrection {
    /// Put down wrongly, or planned and not given.
    pub kind: CorrectionKind,
    /// In words.
    pub reason: String,
}

/// Takes an entry out of the meters by a counter-entry of the same day. What it should have said is put down anew.
///
/// # Errors
/// [`GratitudeError::Invalid`] without a reason; [`GratitudeError::AlreadyCorrected`], [`GratitudeError::Missing`]; those of
/// the file.
pub fn correct_reward(
    practice: &Practice,
    id: RewardId,
    correction: &RewardCorrection,
) -> Result<Written<RewardId>, GratitudeError> {
    practice.may(Need::Write(Area::Gratitude))?;
    if correction.kind == CorrectionKind::Returned {
        return invalid("kind", "An excess is returned from the meter it ran over on.");
    }
    let Some(reason) = text("reason", Some(&correction.reason), 500)? else {
        return invalid("reason", "Say why it is taken out.");
    };
    // Seen by whoever is at the desk, or it is not there.
    practice.read(|conn| rows::reward(conn, id))?.ok_or(GratitudeError::Missing)?;
    let label = Label { action: "reward_correct", subject: String::new(), cause: Cause::Note };
    practice.write(label, |tx| {
        let wrong = rows::reward(tx, id)?.ok_or(GratitudeError::Missing)?;
        if wrong.taken_out || wrong.corrects.is_some() || rows::has_return(tx, id)? {
            return Err(GratitudeError::AlreadyCorrected);
        }
        let shares = rows::shares(tx, id)?;
        let counter = Counter { of: id, kind: correction.kind, reason: &reason };
        let all: Vec<(&ShareKept, i64)> = shares.iter().map(|share| (share, -share.cents)).collect();
        let total = -wrong.new.total_cents;
        counter_entry(tx, &wrong, total, &counter, &all)
    })
}

/// Writes a counter-entry of an entry with these shares, on the same day.
pub(super) fn counter_entry(
    tx: &Tx<'_>,
    of: &KeptReward,
    total_cents: i64,
    counter: &Counter<'_>,
    shares: &[(&ShareKept, i64)],
) -> Result<RewardId, GratitudeError> {
    let new = NewReward { total_cents, ..of.new.clone() };
    let id = rows::insert(tx, &new, Verdict::Allowed, None, Some(counter))?;
    for (share, cents) in shares {
        rows::insert_share(
            tx,
            id,
            &KeptShare {
                whom: &share.whom,
                recipient: share.recipient.as_deref(),
                meter: share.meter,
                present: share.present,
                cents: *cents,
                federal: share.federal,
                verdict: Verdict::Allowed,
                findings: "[]".to_owned(),
                before_cents: None,
                limit_cents: None,
            },
        )?;
    }
    Ok(id)
}
