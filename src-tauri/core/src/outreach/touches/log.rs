//! Putting a contact down, with what is to follow.

use super::may_see;
use super::types::{NewTouch, TouchConcern, TouchForm};
use crate::foundation::id::{TaskId, TouchId};
use crate::outreach::checks::{happened, line, text};
use crate::outreach::error::{OutreachError, invalid};
use crate::outreach::plans::heard_from;
use crate::outreach::rows::touches as rows;
use crate::outreach::tasks::{NewTask, add_in};
use crate::practice::Practice;
use crate::referrals::help::{NewIssue, open_issue_in};
use crate::store::{Label, Tx, Written};
use crate::vault::{Area, Need};

/// How long what it was for may be in words.
const PURPOSE: usize = 200;
/// And what was learned.
const LEARNED: usize = 4_000;
/// And that, if it is a concern.
const CONCERN: usize = 1_000;

/// Puts a contact down; its next step becomes a task of whoever is at the desk.
///
/// # Errors
/// [`OutreachError::Invalid`] with the field, [`OutreachError::Missing`]; those of the file. Nothing is written then.
pub fn log_touch(practice: &Practice, new: &NewTouch) -> Result<Written<TouchId>, OutreachError> {
    log_touch_with(practice, new, None)
}

/// The same; what was learned may be a concern about the partner, opened in one action with the contact.
///
/// # Errors
/// Those of [`log_touch`]; [`OutreachError::Invalid`] beside `learned` where a concern has no words, beside `severity` for one
/// beyond 1 to 3, and beside `partner` for one nobody is sent to.
pub fn log_touch_with(
    practice: &Practice,
    new: &NewTouch,
    concern: Option<&TouchConcern>,
) -> Result<Written<TouchId>, OutreachError> {
    practice.may(Need::Write(Area::Outreach))?;
    practice.must_see(new.partner)?;
    practice.write(Label::hand("touch_log", ""), |tx| {
        may_see(practice, tx, new.partner)?;
        tx.subject(rows::partner(tx, new.partner)?.ok_or(OutreachError::Missing)?);
        let (id, _) = log_in(tx, new)?;
        if let Some(concern) = concern {
            open(tx, new, *concern)?;
        }
        Ok(id)
    })
}

fn open(tx: &Tx<'_>, new: &NewTouch, concern: TouchConcern) -> Result<(), OutreachError> {
    if new.learned.trim().is_empty() {
        return invalid("learned", "Say what the concern is.");
    }
    if new.learned.trim().chars().count() > CONCERN {
        return invalid("learned", "A concern has at most 1,000 characters. Keep it shorter.");
    }
    let issue = NewIssue {
        category: concern.category,
        severity: concern.severity,
        what: new.learned.clone(),
        opened_on: Some(new.on),
        told_on: None,
    };
    open_issue_in(tx, new.partner, &issue).map(drop).map_err(OutreachError::of_issue)
}

/// The same within a write somebody holds: the contact, and the task of its next step.
pub(crate) fn log_in(tx: &Tx<'_>, new: &NewTouch) -> Result<(TouchId, Option<TaskId>), OutreachError> {
    let new = checked(tx, new)?;
    let id = rows::insert(tx, &new)?;
    if new.two_way && !new.bulk {
        heard_from(tx, new.partner, new.on)?;
    }
    let task = match &new.next {
        None => None,
        Some(next) => Some(add_in(
            tx,
            &NewTask {
                partner: Some(new.partner),
                referral: new.referral,
                touch: Some(id),
                promised: next.promised,
                ..NewTask::titled(&next.title, next.due_on, tx.actor.id)
            },
        )?),
    };
    Ok((id, task))
}

pub(super) fn checked(tx: &Tx<'_>, new: &NewTouch) -> Result<NewTouch, OutreachError> {
    happened("on", new.on, tx.today)?;
    if new.at.is_some_and(|minute| minute >= 24 * 60) {
        return invalid("at", "Give a time between 12:00 am and 11:59 pm.");
    }
    if new.minutes > 24 * 60 {
        return invalid("minutes", "Give at most 1,440 minutes, which is a day.");
    }
    if !(0..=10_000_000).contains(&new.cost_cents) {
        return invalid("costCents", "Give an amount between 0 and 100,000 dollars.");
    }
    if new.two_way && new.bulk {
        return invalid("bulk", "What went to many alike is no talk. Choose one of the two.");
    }
    let cost_kind = new.cost_kind.filter(|_| new.cost_cents > 0);
    if new.cost_cents > 0 && cost_kind.is_none() {
        return invalid("costKind", "Say what the money went to.");
    }
    for person in &new.people {
        if !rows::has_person(tx, *person)? {
            return invalid("people", "This person is no longer on record. Choose again.");
        }
    }
    Ok(NewTouch {
        purpose: line("purpose", &new.purpose, PURPOSE)?,
        learned: text("learned", &new.learned, LEARNED)?,
        cost_kind,
        // Whoever sits together has answered.
        two_way: new.two_way || (!new.bulk && matches!(new.form, TouchForm::Video | TouchForm::Lunch)),
        ..new.clone()
    })
}
