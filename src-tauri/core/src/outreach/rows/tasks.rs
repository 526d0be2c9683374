//! The SQL of tasks.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::foundation::day::Day;
use crate::foundation::id::{ProfileId, TaskId};
use crate::outreach::tasks::NewTask;
use crate::store::{StoreError, Tx};

/// Whether somebody has a profile that is in use.
pub(in crate::outreach) fn is_at_work(
    conn: &Connection,
    id: ProfileId,
    today: NaiveDate,
) -> Result<bool, StoreError> {
    Ok(conn
        .prepare_cached("SELECT 1 FROM profile WHERE id = ?1 AND (active_to IS NULL OR active_to >= ?2)")?
        .exists(params![id, Day(today)])?)
}

pub(in crate::outreach) fn insert(tx: &Tx<'_>, new: &NewTask) -> Result<TaskId, StoreError> {
    let id = TaskId::new();
    tx.prepare_cached(
        "INSERT INTO task (id, title, notes, due_on, due_minute, promised_on, holder_id, partner_id, person_id, referral_id, touch_id,
             remind_minutes, repeat, created_at, created_by, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?14, ?15)",
    )?
    .execute(params![
        id,
        new.title,
        new.notes,
        Day(new.due_on),
        new.due_at,
        new.promised.then_some(Day(new.due_on)),
        new.holder,
        new.partner,
        new.person,
        new.referral,
        new.touch,
        new.remind_minutes,
        new.repeat,
        tx.now,
        tx.actor.id,
    ])?;
    Ok(id)
}
