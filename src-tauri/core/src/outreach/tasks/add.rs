//! Putting a task down.

use super::types::NewTask;
use crate::foundation::id::TaskId;
use crate::outreach::checks::{ahead, line, text};
use crate::outreach::error::{OutreachError, invalid};
use crate::outreach::rows::tasks as rows;
use crate::practice::Practice;
use crate::store::{Label, Tx, Written};
use crate::vault::{Area, Need};

/// How long a title may be.
const TITLE: usize = 200;
/// And its notes.
const NOTES: usize = 4_000;

/// Puts a task down.
///
/// # Errors
/// [`OutreachError::Invalid`] with the field, [`OutreachError::Missing`]; those of the file. Nothing is written then.
pub fn add_task(practice: &Practice, new: &NewTask) -> Result<Written<TaskId>, OutreachError> {
    practice.may(Need::Write(Area::Outreach))?;
    if let Some(partner) = new.partner {
        practice.must_see(partner)?;
    }
    practice.write(Label::hand("task_add", new.title.trim()), |tx| add_in(tx, new))
}

/// The same within a write somebody holds.
pub(crate) fn add_in(tx: &Tx<'_>, new: &NewTask) -> Result<TaskId, OutreachError> {
    let title = line("title", &new.title, TITLE)?;
    if title.is_empty() {
        return invalid("title", "Say what is to be done, in a few words.");
    }
    ahead("dueOn", new.due_on, tx.today, None)?;
    if new.due_at.is_some_and(|minute| minute >= 24 * 60) {
        return invalid("dueAt", "Give a time between 12:00 am and 11:59 pm.");
    }
    if new.remind_minutes.is_some_and(|minutes| minutes > 28 * 24 * 60) {
        return invalid("remindMinutes", "Give at most four weeks.");
    }
    if !rows::is_at_work(tx, new.holder, tx.today)? {
        return invalid("holder", "This person no longer works with Baton. Choose a colleague.");
    }
    rows::insert(tx, &NewTask { title, notes: text("notes", &new.notes, NOTES)?, ..new.clone() })
        .map_err(Into::into)
}
