//! The SQL of tasks.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PlanId, ProfileId, TaskId};
use crate::network::{PartnerClass, name_as_seen};
use crate::outreach::tasks::{MOST, NewTask, PromisedTask, TaskPartner, TaskQuery, TaskRow};
use crate::store::{StoreError, Tx};
use crate::vault::Hidden;

/// What a task is shown with.
const SELECT: &str = "SELECT t.id, t.title, t.notes, t.due_on, t.due_minute, t.promised_on, t.holder_id, h.name, t.partner_id, k.name,
        k.individual_id IS NOT NULL, k.class, t.person_id, t.referral_id, t.remind_minutes, t.repeat, t.repeat_from, t.repeat_on,
        t.plan_id, t.plan_step, n.name, t.done_on, d.name, t.dropped
    FROM task t JOIN profile h ON h.id = t.holder_id LEFT JOIN main.partner k ON k.id = t.partner_id
    LEFT JOIN profile d ON d.id = t.done_by LEFT JOIN main.plan n ON n.id = t.plan_id ";

/// Still to be done on the day `?1`: a step of a plan that has come to its end is not.
pub(super) const OPEN: &str = "t.done_on IS NULL AND t.dropped IS NULL AND (t.plan_id IS NULL OR EXISTS (
        SELECT 1 FROM main.plan p WHERE p.id = t.plan_id AND p.ended_on IS NULL AND ifnull(p.stops_on >= ?1, 1)
        AND NOT (p.stop_on_referral AND EXISTS (
            SELECT 1 FROM main.referral r WHERE r.from_partner_id = p.partner_id AND r.received_on >= p.started_on
            AND r.direction = 'inbound' AND r.trashed_at IS NULL AND r.id NOT IN (SELECT id FROM main.restriction)))))";

/// Whether somebody has a profile that is in use.
pub(in crate::outreach) fn is_at_work(
    conn: &Connection,
    id: ProfileId,
    today: NaiveDate,
) -> Result<bool, StoreError> {
    Ok(conn
        .prepare_cached("SELECT 1 FROM profile WHERE id = ?1 AND (active_to IS NULL OR active_to >= ?2) AND retired_at IS NULL")?
        .exists(params![id, Day(today)])?)
}

pub(in crate::outreach) fn insert(tx: &Tx<'_>, new: &NewTask) -> Result<TaskId, StoreError> {
    let id = TaskId::new();
    tx.prepare_cached(
        "INSERT INTO task (id, title, notes, due_on, due_minute, promised_on, holder_id, partner_id, person_id, referral_id, touch_id,
             remind_minutes, repeat, repeat_from, repeat_on, created_at, created_by, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14, ?15, ?16, ?15, ?16)",
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
        new.repeat.map(|_| Day(new.due_on)),
        tx.now,
        tx.actor.id,
    ])?;
    Ok(id)
}

/// The same task again, on a later day of its series. What was promised was promised once.
pub(in crate::outreach) fn again(tx: &Tx<'_>, id: TaskId, on: NaiveDate) -> Result<TaskId, StoreError> {
    let next = TaskId::new();
    tx.prepare_cached(
        "INSERT INTO task (id, title, notes, due_on, due_minute, holder_id, partner_id, person_id, referral_id, remind_minutes, repeat,
             repeat_from, repeat_on, created_at, created_by, changed_at, changed_by)
         SELECT ?2, title, notes, ?3, due_minute, holder_id, partner_id, person_id, referral_id, remind_minutes, repeat,
             repeat_from, ?3, ?4, ?5, ?4, ?5 FROM task WHERE id = ?1",
    )?
    .execute(params![id, next, Day(on), tx.now, tx.actor.id])?;
    Ok(next)
}

/// Step `step` of a plan.
pub(in crate::outreach) fn insert_step(
    tx: &Tx<'_>,
    new: &NewTask,
    plan: PlanId,
    step: u16,
) -> Result<TaskId, StoreError> {
    let id = insert(tx, new)?;
    tx.prepare_cached("UPDATE task SET plan_id = ?2, plan_step = ?3 WHERE id = ?1")?
        .execute(params![id, plan, step])?;
    Ok(id)
}

pub(in crate::outreach) fn update(
    tx: &Tx<'_>,
    id: TaskId,
    new: &NewTask,
    promised: Option<NaiveDate>,
    series: Option<(NaiveDate, NaiveDate)>,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE task SET title = ?2, notes = ?3, due_on = ?4, due_minute = ?5, promised_on = ?6, holder_id = ?7, partner_id = ?8,
             person_id = ?9, remind_minutes = ?10, repeat = ?11, repeat_from = ?12, repeat_on = ?13, changed_at = ?14, changed_by = ?15
         WHERE id = ?1",
    )?
    .execute(params![
        id,
        new.title,
        new.notes,
        Day(new.due_on),
        new.due_at,
        promised.map(Day),
        new.holder,
        new.partner,
        new.person,
        new.remind_minutes,
        new.repeat,
        series.map(|(first, _)| Day(first)),
        series.map(|(_, on)| Day(on)),
        tx.now,
        tx.actor.id,
    ])?;
    Ok(())
}

pub(in crate::outreach) fn set_due(
    tx: &Tx<'_>,
    id: TaskId,
    on: NaiveDate,
    at: Option<u16>,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE task SET due_on = ?2, due_minute = ?3, changed_at = ?4, changed_by = ?5 WHERE id = ?1 AND (due_on, due_minute) IS NOT (?2, ?3)",
    )?
    .execute(params![id, Day(on), at, tx.now, tx.actor.id])?;
    Ok(())
}

pub(in crate::outreach) fn set_holder(tx: &Tx<'_>, id: TaskId, to: ProfileId) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE task SET holder_id = ?2, changed_at = ?3, changed_by = ?4 WHERE id = ?1 AND holder_id <> ?2",
    )?
    .execute(params![id, to, tx.now, tx.actor.id])?;
    Ok(())
}

/// Open tasks and running plans of one go to another; answers with the number of tasks.
pub(in crate::outreach) fn hand_over(tx: &Tx<'_>, from: ProfileId, to: ProfileId) -> Result<u32, StoreError> {
    tx.prepare_cached(
        "UPDATE plan SET holder_id = ?2, changed_at = ?3, changed_by = ?4 WHERE holder_id = ?1 AND ended_on IS NULL AND ?1 <> ?2",
    )?
    .execute(params![from, to, tx.now, tx.actor.id])?;
    let changed = tx
        .prepare_cached(
            "UPDATE task SET holder_id = ?2, changed_at = ?3, changed_by = ?4
             WHERE holder_id = ?1 AND done_on IS NULL AND dropped IS NULL AND ?1 <> ?2",
        )?
        .execute(params![from, to, tx.now, tx.actor.id])?;
    Ok(u32::try_from(changed).unwrap_or(u32::MAX))
}

/// False if somebody settled it meanwhile.
pub(in crate::outreach) fn set_done(tx: &Tx<'_>, id: TaskId) -> Result<bool, StoreError> {
    let changed = tx
        .prepare_cached(
            "UPDATE task SET done_on = ?2, done_by = ?4, changed_at = ?3, changed_by = ?4
             WHERE id = ?1 AND done_on IS NULL AND dropped IS NULL",
        )?
        .execute(params![id, Day(tx.today), tx.now, tx.actor.id])?;
    Ok(changed > 0)
}

/// False if somebody settled it meanwhile.
pub(in crate::outreach) fn set_dropped(tx: &Tx<'_>, id: TaskId, why: &str) -> Result<bool, StoreError> {
    let changed = tx
        .prepare_cached(
            "UPDATE task SET dropped = ?2, changed_at = ?3, changed_by = ?4 WHERE id = ?1 AND done_on IS NULL AND dropped IS NULL",
        )?
        .execute(params![id, why, tx.now, tx.actor.id])?;
    Ok(changed > 0)
}

/// How many open tasks each of us has.
pub(in crate::outreach) fn by_holder(
    conn: &Connection,
    today: NaiveDate,
) -> Result<Vec<(ProfileId, u32)>, StoreError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT t.holder_id, count(*) FROM main.task t WHERE {OPEN} GROUP BY t.holder_id"
    ))?;
    let found = statement.query_map([Day(today)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn day(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<NaiveDate>> {
    Ok(row.get::<_, Option<Day>>(at)?.map(|Day(day)| day))
}

fn shown(row: &Row<'_>, hidden: Hidden) -> rusqlite::Result<TaskRow> {
    let class = row.get::<_, Option<PartnerClass>>(11)?;
    let partner = match (row.get(8)?, class) {
        (Some(id), Some(class)) => Some(TaskPartner {
            id,
            name: name_as_seen(hidden, class, id, row.get(9)?),
            individual: row.get(10)?,
        }),
        _ => None,
    };
    let about_patient = class == Some(PartnerClass::Patient);
    let unseen = hidden.patients && (about_patient || row.get::<_, Option<Vec<u8>>>(13)?.is_some());
    let text = |at| if unseen { Ok(String::new()) } else { row.get(at) };
    let plan: Option<PlanId> = row.get(18)?;
    Ok(TaskRow {
        id: row.get(0)?,
        title: if unseen { "A task about a patient".to_owned() } else { row.get(1)? },
        notes: text(2)?,
        due_on: day(row, 3)?.unwrap_or_default(),
        due_at: row.get(4)?,
        promised_on: day(row, 5)?,
        holder: row.get(6)?,
        holder_name: row.get(7)?,
        partner,
        about_patient,
        person: row.get(12)?,
        referral: row.get(13)?,
        remind_minutes: row.get(14)?,
        repeat: row.get(15)?,
        series: day(row, 16)?.zip(day(row, 17)?),
        step: plan.zip(row.get(19)?),
        plan_name: row.get(20)?,
        done_on: day(row, 21)?,
        done_by: row.get(22)?,
        dropped: row.get::<_, Option<String>>(23)?.map(|why| if unseen { String::new() } else { why }),
    })
}

fn several(
    conn: &Connection,
    sql: &str,
    bound: impl Params,
    hidden: Hidden,
) -> Result<Vec<TaskRow>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let found = statement.query_map(bound, |row| shown(row, hidden))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// One task, settled or not.
pub(in crate::outreach) fn one(
    conn: &Connection,
    id: TaskId,
    hidden: Hidden,
) -> Result<Option<TaskRow>, StoreError> {
    Ok(conn
        .prepare_cached(&format!("{SELECT} WHERE t.id = ?1"))?
        .query_row([id], |row| shown(row, hidden))
        .optional()?)
}

/// The first tasks of a query.
pub(in crate::outreach) fn list(
    conn: &Connection,
    query: &TaskQuery,
    today: NaiveDate,
    most: u32,
    hidden: Hidden,
) -> Result<Vec<TaskRow>, StoreError> {
    let which =
        if query.settled { "(t.done_on IS NOT NULL OR t.dropped IS NOT NULL) AND ?1 = ?1" } else { OPEN };
    let order = if query.settled {
        "t.changed_at DESC, t.id DESC"
    } else {
        "t.due_on, ifnull(t.due_minute, 1440), t.id"
    };
    let sql = format!(
        "{SELECT} WHERE {which} AND (?2 IS NULL OR t.holder_id = ?2) AND (?3 IS NULL OR t.partner_id = ?3) ORDER BY {order} LIMIT ?4"
    );
    several(conn, &sql, params![Day(today), query.holder, query.partner, most], hidden)
}

/// Open tasks of one of us: how many, and of all.
pub(in crate::outreach) fn counts(
    conn: &Connection,
    me: ProfileId,
    today: NaiveDate,
) -> Result<(u32, u32), StoreError> {
    let sql = format!("SELECT ifnull(sum(t.holder_id = ?2), 0), count(*) FROM task t WHERE {OPEN}");
    Ok(conn.prepare_cached(&sql)?.query_row(params![Day(today), me], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Open tasks of one of us that are due by today.
pub(in crate::outreach) fn due(
    conn: &Connection,
    me: ProfileId,
    today: NaiveDate,
    hidden: Hidden,
) -> Result<Vec<TaskRow>, StoreError> {
    let sql = format!(
        "{SELECT} WHERE {OPEN} AND t.due_on <= ?1 AND t.holder_id = ?2 ORDER BY t.due_on, ifnull(t.due_minute, 1440), t.id LIMIT ?3"
    );
    several(conn, &sql, params![Day(today), me, MOST], hidden)
}

/// Open tasks of one of us with a reminder, due up to a day.
pub(in crate::outreach) fn to_remind(
    conn: &Connection,
    me: ProfileId,
    today: NaiveDate,
    to: NaiveDate,
    hidden: Hidden,
) -> Result<Vec<TaskRow>, StoreError> {
    let sql = format!(
        "{SELECT} WHERE {OPEN} AND t.remind_minutes IS NOT NULL AND t.holder_id = ?2 AND t.due_on <= ?3 ORDER BY t.due_on, t.id LIMIT ?4"
    );
    several(conn, &sql, params![Day(today), me, Day(to), MOST], hidden)
}

/// Every open task between two days.
pub(in crate::outreach) fn between(
    conn: &Connection,
    from: NaiveDate,
    to: NaiveDate,
    holder: Option<ProfileId>,
    today: NaiveDate,
    hidden: Hidden,
) -> Result<Vec<TaskRow>, StoreError> {
    let sql = format!(
        "{SELECT} WHERE {OPEN} AND t.due_on BETWEEN ?2 AND ?3 AND (?4 IS NULL OR t.holder_id = ?4)
         ORDER BY t.due_on, ifnull(t.due_minute, 1440), t.id"
    );
    several(conn, &sql, params![Day(today), Day(from), Day(to), holder], hidden)
}

/// What everybody who ever had a profile is called.
pub(in crate::outreach) fn names(conn: &Connection) -> Result<Vec<(ProfileId, String)>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT id, name FROM profile")?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Every task a plan made, by step.
pub(super) fn of_plan(conn: &Connection, plan: PlanId, hidden: Hidden) -> Result<Vec<TaskRow>, StoreError> {
    several(conn, &format!("{SELECT} WHERE t.plan_id = ?1 ORDER BY t.plan_step"), [plan], hidden)
}

/// What was promised for a day between two, and when it was done.
pub(in crate::outreach) fn promised(
    conn: &Connection,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<PromisedTask>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT promised_on, done_on FROM task WHERE promised_on BETWEEN ?1 AND ?2")?;
    let found = statement.query_map(params![Day(from), Day(to)], |row| {
        Ok(PromisedTask { promised_on: row.get::<_, Day>(0)?.0, done_on: day(row, 1)? })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Partners that are active.
pub(in crate::outreach) fn active(conn: &Connection) -> Result<Vec<PartnerId>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT partner_id FROM partner_standing WHERE status = 'active'")?;
    let found = statement.query_map([], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Partners with an open task.
pub(in crate::outreach) fn with_task(
    conn: &Connection,
    today: NaiveDate,
) -> Result<Vec<PartnerId>, StoreError> {
    let sql = format!("SELECT DISTINCT t.partner_id FROM task t WHERE t.partner_id IS NOT NULL AND {OPEN}");
    let mut statement = conn.prepare_cached(&sql)?;
    let found = statement.query_map([Day(today)], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}
