//! Done, or not to be done.

use chrono::NaiveDate;

use super::change::{open, settled};
use super::repeat::next_day;
use super::types::TaskRow;
use crate::foundation::id::TaskId;
use crate::outreach::checks::text;
use crate::outreach::error::{OutreachError, invalid};
use crate::outreach::plans;
use crate::outreach::rows::tasks as rows;
use crate::practice::Practice;
use crate::store::{Label, Tx, Written};
use crate::vault::{Area, Need};

/// How long a reason may be.
const REASON: usize = 300;

/// A task is done. One that repeats comes again; the next step of a plan becomes a task. Answers with what came of it.
///
/// # Errors
/// [`OutreachError::Missing`], [`OutreachError::Invalid`] if it is settled already; those of the file.
pub fn finish_task(practice: &Practice, id: TaskId) -> Result<Written<Option<TaskId>>, OutreachError> {
    practice.may(Need::Write(Area::Outreach))?;
    let row = open(practice, id)?;
    practice.write(Label::hand("task_done", row.title.as_str()), |tx| {
        if !rows::set_done(tx, id)? {
            return settled();
        }
        goes_on(tx, &row, tx.today, false)
    })
}

/// A task is not done, and why. One that repeats comes again, unless `stop` ends the series; a plan goes on with its next
/// step.
///
/// # Errors
/// [`OutreachError::Invalid`] without a reason or if it is settled already, [`OutreachError::Missing`]; those of the file.
pub fn drop_task(
    practice: &Practice,
    id: TaskId,
    reason: &str,
    stop: bool,
) -> Result<Written<Option<TaskId>>, OutreachError> {
    practice.may(Need::Write(Area::Outreach))?;
    let row = open(practice, id)?;
    let reason = text("reason", reason, REASON)?;
    if reason.is_empty() {
        return invalid("reason", "Say in a few words why it is not done.");
    }
    practice.write(Label::hand("task_drop", row.title.as_str()), |tx| {
        if !rows::set_dropped(tx, id, &reason)? {
            return settled();
        }
        goes_on(tx, &row, tx.today, stop)
    })
}

fn goes_on(tx: &Tx<'_>, row: &TaskRow, done: NaiveDate, stop: bool) -> Result<Option<TaskId>, OutreachError> {
    if let Some((plan, step)) = row.step {
        return plans::next_step(tx, plan, step);
    }
    let Some((repeat, (first, on))) = row.repeat.zip(row.series).filter(|_| !stop) else { return Ok(None) };
    let Some(next) = next_day(repeat, first, on, done) else { return Ok(None) };
    Ok(Some(rows::again(tx, row.id, next)?))
}
