//! Putting a task down.

use super::types::{NewTask, TaskRow};
use crate::foundation::id::{ProfileId, TaskId};
use crate::outreach::checks::{ahead, line, minute, text};
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
    Ok(rows::insert(tx, &checked(tx, new, None)?)?)
}

/// A task as it is kept. `before` is what stood there: its day may be past, its holder gone.
pub(super) fn checked(
    tx: &Tx<'_>,
    new: &NewTask,
    before: Option<&TaskRow>,
) -> Result<NewTask, OutreachError> {
    let title = line("title", &new.title, TITLE)?;
    if title.is_empty() {
        return invalid("title", "Say what is to be done, in a few words.");
    }
    ahead("dueOn", new.due_on, tx.today, before.map(|task| task.due_on))?;
    minute("dueAt", new.due_at)?;
    if new.remind_minutes.is_some_and(|minutes| minutes > 28 * 24 * 60) {
        return invalid("remindMinutes", "Give at most four weeks.");
    }
    if before.is_none_or(|task| task.holder != new.holder) {
        must_be_at_work(tx, new.holder)?;
    }
    Ok(NewTask { title, notes: text("notes", &new.notes, NOTES)?, ..new.clone() })
}

/// Goes on only if somebody has a profile that is in use.
pub(in crate::outreach) fn must_be_at_work(tx: &Tx<'_>, holder: ProfileId) -> Result<(), OutreachError> {
    if rows::is_at_work(tx, holder, tx.today)? {
        return Ok(());
    }
    invalid("holder", "This person no longer works with Baton. Choose a colleague.")
}
