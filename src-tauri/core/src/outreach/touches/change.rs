//! Changing a contact, moving it to the trash and bringing it back.

use rusqlite::Connection;

use super::log::checked;
use super::may_see;
use super::types::NewTouch;
use crate::foundation::id::TouchId;
use crate::outreach::error::{OutreachError, invalid};
use crate::outreach::plans::heard_from;
use crate::outreach::rows::touches as rows;
use crate::practice::Practice;
use crate::store::{Label, Written};
use crate::vault::{Area, Need};

/// Puts a contact down anew. Who held it stays; its next step is a task by now and is changed there.
///
/// # Errors
/// [`OutreachError::Changed`] if somebody changed it since `seen_at`, the stamp it was shown with;
/// [`OutreachError::Private`]; [`OutreachError::Missing`]; those of logging one.
pub fn edit_touch(
    practice: &Practice,
    id: TouchId,
    new: &NewTouch,
    seen_at: i64,
) -> Result<Written<()>, OutreachError> {
    practice.may(Need::Write(Area::Outreach))?;
    practice.must_see(new.partner)?;
    if new.next.is_some() {
        return invalid("next", "The next step is a task by now. Change it there.");
    }
    practice.write(Label::hand("touch_edit", ""), |tx| {
        let kept = own(practice, tx, id, false)?;
        if kept.changed_at != seen_at {
            return Err(OutreachError::Changed);
        }
        may_see(practice, tx, new.partner)?;
        tx.subject(rows::partner(tx, new.partner)?.ok_or(OutreachError::Missing)?);
        let mut new = checked(tx, new)?;
        if practice.hidden().money && kept.held_by != tx.actor.id {
            // They were not told what it cost.
            (new.cost_cents, new.cost_kind) = (kept.cost_cents, kept.cost_kind);
        }
        rows::update(tx, id, &new)?;
        if new.two_way {
            heard_from(tx, new.partner, new.on)?;
        }
        Ok(())
    })
}

/// Moves a contact to the trash: it counts nowhere any more.
///
/// # Errors
/// [`OutreachError::Private`]; [`OutreachError::Missing`] if it is not there; those of the file.
pub fn trash_touch(practice: &Practice, id: TouchId) -> Result<Written<()>, OutreachError> {
    move_to(practice, id, true)
}

/// Brings it back.
///
/// # Errors
/// [`OutreachError::Private`]; [`OutreachError::Missing`] if it is not in the trash; those of the file.
pub fn restore_touch(practice: &Practice, id: TouchId) -> Result<Written<()>, OutreachError> {
    move_to(practice, id, false)
}

fn move_to(practice: &Practice, id: TouchId, trash: bool) -> Result<Written<()>, OutreachError> {
    practice.may(Need::Write(Area::Outreach))?;
    let action = if trash { "touch_trash" } else { "touch_restore" };
    practice.write(Label::hand(action, ""), |tx| {
        let kept = own(practice, tx, id, !trash)?;
        tx.subject(rows::partner(tx, kept.partner)?.ok_or(OutreachError::Missing)?);
        Ok(rows::set_trashed(tx, id, trash)?)
    })
}

/// A contact that whoever is at the desk may change: one they see, and if it is private, their own.
pub(super) fn own(
    practice: &Practice,
    conn: &Connection,
    id: TouchId,
    trashed: bool,
) -> Result<rows::Kept, OutreachError> {
    let kept = rows::kept(conn, id)?.filter(|kept| kept.trashed == trashed).ok_or(OutreachError::Missing)?;
    may_see(practice, conn, kept.partner)?;
    if kept.held_by == practice.actor().id {
        return Ok(kept);
    }
    practice.must_see(kept.partner)?;
    if kept.kept_private { Err(OutreachError::Private) } else { Ok(kept) }
}
