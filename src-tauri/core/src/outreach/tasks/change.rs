//! Changing what was put down: its words, its day, whose it is.

use chrono::NaiveDate;

use super::add::{checked, must_be_at_work};
use super::types::{NewTask, TaskRow};
use crate::foundation::id::{ProfileId, TaskId};
use crate::outreach::checks::{ahead, minute};
use crate::outreach::error::{OutreachError, invalid};
use crate::outreach::rows::tasks as rows;
use crate::practice::Practice;
use crate::store::{Label, Written};
use crate::vault::{Area, Need};

/// A task that is still to be done, as whoever is at the desk sees it.
///
/// # Errors
/// [`OutreachError::Missing`] if it is not there or not theirs to see; [`OutreachError::Invalid`] if it is settled.
pub(in crate::outreach) fn open(practice: &Practice, id: TaskId) -> Result<TaskRow, OutreachError> {
    let hidden = practice.hidden();
    let row = practice.read(|conn| rows::one(conn, id, hidden))?.ok_or(OutreachError::Missing)?;
    if row.done_on.is_some() || row.dropped.is_some() {
        return settled();
    }
    Ok(row)
}

pub(super) fn settled<T>() -> Result<T, OutreachError> {
    invalid("task", "This task is settled already. Undo that first, or add a new one.")
}

/// Changes a task. The day it was first promised for stays, unless it is no promise any more.
///
/// # Errors
/// [`OutreachError::Invalid`] with the field, [`OutreachError::Missing`]; those of the file. Nothing is written then.
pub fn edit_task(practice: &Practice, id: TaskId, new: &NewTask) -> Result<Written<()>, OutreachError> {
    practice.may(Need::Write(Area::Outreach))?;
    let before = open(practice, id)?;
    if before.about_patient || before.referral.is_some() {
        // Its words are not shown to somebody who does not see patients: they would be written over.
        practice.may(Need::Patients)?;
    }
    if let Some(partner) = new.partner {
        practice.must_see(partner)?;
    }
    practice.write(Label::hand("task_edit", new.title.trim()), |tx| {
        let new = checked(tx, new, Some(&before))?;
        let promised = new.promised.then(|| before.promised_on.unwrap_or(new.due_on));
        let same_series = before.repeat == new.repeat && before.due_on == new.due_on;
        let series = if same_series { before.series } else { new.repeat.map(|_| (new.due_on, new.due_on)) };
        Ok(rows::update(tx, id, &new, promised, series)?)
    })
}

/// Moves a task to another day, at the same time of the day unless another is given. What was promised stays promised.
///
/// # Errors
/// [`OutreachError::Invalid`] for a day that is past, [`OutreachError::Missing`]; those of the file.
pub fn move_task(
    practice: &Practice,
    id: TaskId,
    due_on: NaiveDate,
    due_at: Option<u16>,
) -> Result<Written<()>, OutreachError> {
    practice.may(Need::Write(Area::Outreach))?;
    let before = open(practice, id)?;
    minute("dueAt", due_at)?;
    practice.write(Label::hand("task_move", before.title.as_str()), |tx| {
        ahead("dueOn", due_on, tx.today, Some(before.due_on))?;
        Ok(rows::set_due(tx, id, due_on, due_at.or(before.due_at))?)
    })
}

/// Gives tasks to somebody else: one action, however many.
///
/// # Errors
/// [`OutreachError::Invalid`] if they are not at work, [`OutreachError::Missing`]; those of the file.
pub fn assign_tasks(
    practice: &Practice,
    ids: &[TaskId],
    to: ProfileId,
) -> Result<Written<()>, OutreachError> {
    practice.may(Need::Write(Area::Outreach))?;
    let all = ids.iter().map(|id| open(practice, *id)).collect::<Result<Vec<_>, _>>()?;
    let subject = match all.as_slice() {
        [one] => one.title.clone(),
        several => format!("{} tasks", several.len()),
    };
    practice.write(Label::hand("task_assign", subject), |tx| {
        must_be_at_work(tx, to)?;
        for row in &all {
            rows::set_holder(tx, row.id, to)?;
        }
        Ok(())
    })
}
