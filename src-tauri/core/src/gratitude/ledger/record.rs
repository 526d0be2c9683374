//! Putting an entry down. The check runs again inside the write: of two at once, the second meets the first.

use chrono::{Datelike, Months};

use super::judge::{Judgement, all_seen, judge};
use super::types::{NewReward, Preflight};
use crate::foundation::id::RewardId;
use crate::gratitude::error::{GratitudeError, invalid, text};
use crate::gratitude::kinds::RecipientKind;
use crate::gratitude::rows::ledger::{self as rows, KeptShare};
use crate::gratitude::verdict::Verdict;
use crate::network::is_patient;
use crate::practice::Practice;
use crate::store::{Cause, Label, StoreError, Tx, Written};
use crate::vault::{Area, Hidden, Need};

/// Puts an entry down. `shown` is the verdict the form showed; a stricter one by now stops the write. Something a rule
/// blocks that was given all the same is put down with `exception`: what happened.
///
/// # Errors
/// [`GratitudeError::Invalid`] with the field, [`GratitudeError::Stricter`], [`GratitudeError::Blocked`]; those of the file.
/// Nothing is written then.
pub fn record_reward(
    practice: &Practice,
    new: &NewReward,
    shown: Verdict,
    exception: Option<&str>,
) -> Result<Written<RewardId>, GratitudeError> {
    practice.may(Need::Write(Area::Gratitude))?;
    all_seen(practice, new)?;
    let new = checked(new)?;
    let exception = text("exception", exception, 1_000)?;
    let hidden = practice.hidden();
    // Not for undo: an entry is corrected by a counter-entry.
    let label = Label { action: "reward_add", subject: String::new(), cause: Cause::Note };
    practice.write(label, |tx| {
        let (id, shown) = record_in(tx, &new, shown, exception.as_deref(), hidden)?;
        tx.subject(subject(tx, &shown)?);
        Ok(id)
    })
}

/// The same within a write somebody holds: the entry, and what the check said of it.
pub(crate) fn record_in(
    tx: &Tx<'_>,
    new: &NewReward,
    shown: Verdict,
    exception: Option<&str>,
    hidden: Hidden,
) -> Result<(RewardId, Preflight), GratitudeError> {
    let judgement = judge(tx, new, tx.today, hidden, None)?;
    let verdict = judgement.shown.verdict;
    if verdict > shown {
        return Err(GratitudeError::Stricter(Box::new(judgement.shown)));
    }
    let exception = may_stand(tx, new, &judgement, exception)?;
    let id = rows::insert(tx, new, verdict, exception, None)?;
    insert_shares(tx, id, new, &judgement)?;
    Ok((id, judgement.shown))
}

/// The exception an entry needs to stand, or why it can't.
fn may_stand<'a>(
    tx: &Tx<'_>,
    new: &NewReward,
    judgement: &Judgement,
    exception: Option<&'a str>,
) -> Result<Option<&'a str>, GratitudeError> {
    if new.on > tx.today + Months::new(24) {
        return invalid("on", "This day is more than two years ahead. Check the year.");
    }
    match judgement.shown.verdict {
        Verdict::Blocked => match exception {
            None => Err(GratitudeError::Blocked(Box::new(judgement.shown.clone()))),
            Some(_) if new.on > tx.today => invalid(
                "exception",
                "What a rule blocks can't be planned; only what was given is put down so.",
            ),
            exception => Ok(exception),
        },
        _ if judgement.asks_purpose => {
            invalid("purpose", "Say in a sentence what it is for; it is kept with the approval.")
        }
        Verdict::Allowed | Verdict::NeedsApproval => Ok(None),
    }
}

fn checked(new: &NewReward) -> Result<NewReward, GratitudeError> {
    if new.on.year() < 2000 {
        return invalid("on", "This day is before 2000. Check the year.");
    }
    let Some(what) = text("what", Some(&new.what), 300)? else {
        return invalid("what", "Say what it is, in a few words.");
    };
    Ok(NewReward {
        what,
        purpose: text("purpose", new.purpose.as_deref(), 1_000)?,
        paid_to: text("paidTo", new.paid_to.as_deref(), 200)?,
        receipt: text("receipt", new.receipt.as_deref(), 300)?,
        fair_value: text("fairValue", new.fair_value.as_deref(), 1_000)?,
        agreement: text("agreement", new.agreement.as_deref(), 300)?,
        ..new.clone()
    })
}

/// Whom it was for, as history tells it; nobody where a patient is among them.
fn subject(tx: &Tx<'_>, shown: &Preflight) -> Result<String, StoreError> {
    let mut names = Vec::new();
    for share in shown.shares.iter().filter(|share| share.recipient.is_some()) {
        let of_patient = share.recipient == Some(RecipientKind::Patient)
            || match &share.whom {
                super::Whom::Person(id) => is_patient(tx, id.0)?,
                super::Whom::Partner(id) => is_patient(tx, id.0)?,
                super::Whom::Ours(_) | super::Whom::Guest(_) => false,
            };
        if of_patient {
            return Ok(String::new());
        }
        names.push(share.name.as_str());
    }
    Ok(match names.as_slice() {
        [one, two, three, rest @ ..] if !rest.is_empty() => {
            format!("{one}, {two}, {three} and {} more", rest.len())
        }
        names => names.join(", "),
    })
}

pub(super) fn insert_shares(
    tx: &Tx<'_>,
    id: RewardId,
    new: &NewReward,
    judgement: &Judgement,
) -> Result<(), GratitudeError> {
    for (at, share) in judgement.shown.shares.iter().enumerate() {
        let (before_cents, limit_cents) = judgement.before[at];
        let findings = serde_json::to_string(&judgement.findings[at])
            .map_err(|error| StoreError::Database(error.to_string()))?;
        rows::insert_share(
            tx,
            id,
            &KeptShare {
                whom: &share.whom,
                recipient: share.recipient.map(RecipientKind::code),
                meter: judgement.meters[at],
                present: new.shares[at].present,
                cents: share.cents,
                federal: share.federal,
                verdict: share.verdict,
                findings,
                before_cents,
                limit_cents,
            },
        )?;
    }
    Ok(())
}
