//! The SQL of playbooks and plans.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::tasks;
use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PlanId, ProfileId, RecordId};
use crate::network::{PartnerClass, PartnerType};
use crate::outreach::plans::{OutreachPlanState, PlanFacts};
use crate::outreach::playbooks::PlaybookContent;
use crate::outreach::tasks::{TaskPartner, TaskRow};
use crate::store::{StoreError, Tx};
use crate::vault::Hidden;

/// A playbook the practice keeps.
pub(in crate::outreach) struct KeptPlaybook {
    pub(in crate::outreach) id: RecordId,
    pub(in crate::outreach) name: String,
    pub(in crate::outreach) of_type: Option<PartnerType>,
    pub(in crate::outreach) base: Option<String>,
    pub(in crate::outreach) content: PlaybookContent,
}

fn content(text: &str) -> rusqlite::Result<PlaybookContent> {
    serde_json::from_str(text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into())
    })
}

fn written(content: &PlaybookContent) -> Result<String, StoreError> {
    serde_json::to_string(content).map_err(|error| StoreError::Database(error.to_string()))
}

pub(in crate::outreach) fn playbooks(conn: &Connection) -> Result<Vec<KeptPlaybook>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT id, name, of_type, base, content FROM playbook ORDER BY name, id")?;
    let found = statement.query_map([], |row| {
        Ok(KeptPlaybook {
            id: row.get(0)?,
            name: row.get(1)?,
            of_type: row.get(2)?,
            base: row.get(3)?,
            content: content(&row.get::<_, String>(4)?)?,
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

pub(in crate::outreach) fn insert_playbook(
    tx: &Tx<'_>,
    name: &str,
    of_type: Option<PartnerType>,
    content: &PlaybookContent,
) -> Result<RecordId, StoreError> {
    put(tx, name, of_type, None, content)
}

fn put(
    tx: &Tx<'_>,
    name: &str,
    of_type: Option<PartnerType>,
    base: Option<&str>,
    content: &PlaybookContent,
) -> Result<RecordId, StoreError> {
    let id = RecordId::new();
    tx.prepare_cached(
        "INSERT INTO playbook (id, name, of_type, base, content, created_at, created_by, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?6, ?7)",
    )?
    .execute(params![id, name, of_type, base, written(content)?, tx.now, tx.actor.id])?;
    Ok(id)
}

/// The practice's own version of one that came with Baton.
pub(in crate::outreach) fn put_base(
    tx: &Tx<'_>,
    base: PartnerType,
    name: &str,
    content: &PlaybookContent,
) -> Result<(), StoreError> {
    let kept: Option<RecordId> = tx
        .prepare_cached("SELECT id FROM playbook WHERE base = ?1")?
        .query_row([base.code()], |row| row.get(0))
        .optional()?;
    match kept {
        Some(id) => update_playbook(tx, id, name, Some(base), content).map(|_| ()),
        None => put(tx, name, Some(base), Some(base.code()), content).map(|_| ()),
    }
}

/// False if there is none.
pub(in crate::outreach) fn update_playbook(
    tx: &Tx<'_>,
    id: RecordId,
    name: &str,
    of_type: Option<PartnerType>,
    content: &PlaybookContent,
) -> Result<bool, StoreError> {
    let changed = tx
        .prepare_cached(
            "UPDATE playbook SET name = ?2, of_type = ?3, content = ?4, changed_at = ?5, changed_by = ?6 WHERE id = ?1",
        )?
        .execute(params![id, name, of_type, written(content)?, tx.now, tx.actor.id])?;
    Ok(changed > 0)
}

pub(in crate::outreach) fn remove_base(tx: &Tx<'_>, base: PartnerType) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM playbook WHERE base = ?1")?.execute([base.code()])?;
    Ok(())
}

pub(in crate::outreach) fn remove_playbook(tx: &Tx<'_>, id: RecordId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM playbook WHERE id = ?1 AND base IS NULL")?.execute([id])?;
    Ok(())
}

/// A plan that is to begin.
pub(in crate::outreach) struct NewPlan<'a> {
    pub(in crate::outreach) partner: PartnerId,
    pub(in crate::outreach) run: RecordId,
    pub(in crate::outreach) name: &'a str,
    pub(in crate::outreach) playbook: &'a str,
    pub(in crate::outreach) content: &'a PlaybookContent,
    pub(in crate::outreach) holder: ProfileId,
    pub(in crate::outreach) started_on: NaiveDate,
    pub(in crate::outreach) stops_on: Option<NaiveDate>,
}

pub(in crate::outreach) fn insert(tx: &Tx<'_>, new: &NewPlan<'_>) -> Result<PlanId, StoreError> {
    let id = PlanId::new();
    tx.prepare_cached(
        "INSERT INTO plan (id, partner_id, run_id, name, playbook, content, holder_id, started_on, stops_on, stop_on_reply,
             stop_on_referral, created_at, created_by, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?12, ?13)",
    )?
    .execute(params![
        id,
        new.partner,
        new.run,
        new.name,
        new.playbook,
        written(new.content)?,
        new.holder,
        Day(new.started_on),
        new.stops_on.map(Day),
        new.content.stop_on_reply,
        new.content.stop_on_referral,
        tx.now,
        tx.actor.id,
    ])?;
    Ok(id)
}

/// A plan as it is kept, with what happened since it began.
pub(in crate::outreach) struct Found {
    pub(in crate::outreach) id: PlanId,
    pub(in crate::outreach) run: RecordId,
    pub(in crate::outreach) name: String,
    pub(in crate::outreach) partner: TaskPartner,
    pub(in crate::outreach) class: PartnerClass,
    pub(in crate::outreach) holder: ProfileId,
    pub(in crate::outreach) holder_name: String,
    pub(in crate::outreach) ended_note: String,
    pub(in crate::outreach) content: PlaybookContent,
    pub(in crate::outreach) facts: PlanFacts,
}

const FOUND: &str = "SELECT n.id, n.run_id, n.name, n.partner_id, k.name, k.individual_id IS NOT NULL, k.class, n.holder_id, h.name,
        n.ended_note, n.content, n.started_on, n.stops_on, n.stop_on_referral, n.ended_why, n.ended_on,
        (SELECT min(t.held_on) FROM main.touch t WHERE t.partner_id = n.partner_id AND t.held_on >= n.started_on AND t.two_way
            AND t.trashed_at IS NULL),
        (SELECT min(t.held_on) FROM main.touch t WHERE t.partner_id = n.partner_id AND t.held_on >= n.started_on AND t.two_way
            AND t.form IN ('visit', 'video', 'lunch', 'event') AND t.trashed_at IS NULL),
        (SELECT min(r.received_on) FROM main.referral r WHERE r.from_partner_id = n.partner_id AND r.received_on >= n.started_on
            AND r.direction = 'inbound' AND r.trashed_at IS NULL AND r.id NOT IN (SELECT id FROM main.restriction))
    FROM plan n JOIN main.partner k ON k.id = n.partner_id JOIN profile h ON h.id = n.holder_id ";

fn found(row: &Row<'_>) -> rusqlite::Result<Found> {
    let day = |at| Ok::<_, rusqlite::Error>(row.get::<_, Option<Day>>(at)?.map(|Day(day)| day));
    Ok(Found {
        id: row.get(0)?,
        run: row.get(1)?,
        name: row.get(2)?,
        partner: TaskPartner { id: row.get(3)?, name: row.get(4)?, individual: row.get(5)? },
        class: row.get(6)?,
        holder: row.get(7)?,
        holder_name: row.get(8)?,
        ended_note: row.get(9)?,
        content: content(&row.get::<_, String>(10)?)?,
        facts: PlanFacts {
            started_on: day(11)?.unwrap_or_default(),
            stops_on: day(12)?,
            stop_on_referral: row.get(13)?,
            ended: row.get::<_, Option<OutreachPlanState>>(14)?.zip(day(15)?),
            replied_on: day(16)?,
            met_on: day(17)?,
            referred_on: day(18)?,
        },
    })
}

pub(in crate::outreach) fn one(conn: &Connection, id: PlanId) -> Result<Option<Found>, StoreError> {
    Ok(conn.prepare_cached(&format!("{FOUND} WHERE n.id = ?1"))?.query_row([id], found).optional()?)
}

/// Plans, the newest first.
pub(in crate::outreach) fn all(
    conn: &Connection,
    partner: Option<PartnerId>,
    run: Option<RecordId>,
) -> Result<Vec<Found>, StoreError> {
    let sql = format!(
        "{FOUND} WHERE (?1 IS NULL OR n.partner_id = ?1) AND (?2 IS NULL OR n.run_id = ?2) ORDER BY n.started_on DESC, n.run_id DESC, k.name_key, n.id"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params![partner, run], found)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every task a plan made, by step.
pub(in crate::outreach) fn tasks_of(
    conn: &Connection,
    plan: PlanId,
    hidden: Hidden,
) -> Result<Vec<TaskRow>, StoreError> {
    tasks::of_plan(conn, plan, hidden)
}

/// The plans that follow a playbook with a partner and were not ended by hand.
pub(in crate::outreach) fn following(
    tx: &Tx<'_>,
    partner: PartnerId,
    playbook: &str,
) -> Result<Vec<PlanId>, StoreError> {
    let mut statement = tx
        .prepare_cached("SELECT id FROM plan WHERE partner_id = ?1 AND playbook = ?2 AND ended_on IS NULL")?;
    Ok(statement.query_map(params![partner, playbook], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Plans with a partner that an answer on a day ends.
pub(in crate::outreach) fn waiting_for(
    tx: &Tx<'_>,
    partner: PartnerId,
    on: NaiveDate,
) -> Result<Vec<PlanId>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT id FROM plan WHERE partner_id = ?1 AND stop_on_reply AND ended_on IS NULL AND started_on <= ?2
             AND ifnull(stops_on >= ?2, 1)",
    )?;
    let found = statement.query_map(params![partner, Day(on)], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

pub(in crate::outreach) fn end(
    tx: &Tx<'_>,
    id: PlanId,
    why: OutreachPlanState,
    on: NaiveDate,
    note: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE plan SET ended_on = ?2, ended_why = ?3, ended_note = ?4, changed_at = ?5, changed_by = ?6 WHERE id = ?1",
    )?
    .execute(params![id, Day(on), why, note, tx.now, tx.actor.id])?;
    Ok(())
}

/// The open step of a plan is not to be done any more.
pub(in crate::outreach) fn drop_open(tx: &Tx<'_>, id: PlanId, why: &str) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE task SET dropped = ?2, changed_at = ?3, changed_by = ?4 WHERE plan_id = ?1 AND done_on IS NULL AND dropped IS NULL",
    )?
    .execute(params![id, why, tx.now, tx.actor.id])?;
    Ok(())
}
