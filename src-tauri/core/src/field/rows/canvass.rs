//! The SQL of canvassing.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};

use crate::field::canvass::{
    CanvassForm, CanvassOutcome, CanvassSummary, CanvassTarget, CanvassWay, NewAttempt,
};
use crate::foundation::day::Day;
use crate::foundation::id::{CanvassId, PartnerId, RecordId, TouchId};
use crate::store::{StoreError, Tx};

/// All lists, those that are open first, the newest first.
pub(in crate::field) fn summaries(conn: &Connection) -> Result<Vec<CanvassSummary>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT l.id, l.name, l.form, (SELECT count(*) FROM canvass_target t WHERE t.list_id = l.id),
             (SELECT count(DISTINCT a.partner_id) FROM canvass_attempt a WHERE a.list_id = l.id AND a.outcome = 'talk'), l.closed_on
         FROM canvass_list l ORDER BY l.closed_on IS NOT NULL, l.id DESC",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(CanvassSummary {
            id: row.get(0)?,
            name: row.get(1)?,
            way: row.get(2)?,
            targets: row.get(3)?,
            talked: row.get(4)?,
            closed_on: row.get::<_, Option<Day>>(5)?.map(|day| day.0),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A list's name, way, script and the day it was closed.
pub(in crate::field) type Kept = (String, CanvassWay, String, Option<NaiveDate>);

pub(in crate::field) fn by_id(conn: &Connection, id: CanvassId) -> Result<Option<Kept>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT name, form, script, closed_on FROM canvass_list WHERE id = ?1")?
        .query_row([id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, Option<Day>>(3)?.map(|day| day.0)))
        })
        .optional()?)
}

/// Whom a list names, in its order. Whoever asked on any list not to be contacted is marked on all.
pub(in crate::field) fn targets(conn: &Connection, id: CanvassId) -> Result<Vec<CanvassTarget>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT t.partner_id, p.name,
             ifnull((SELECT city FROM main.address WHERE partner_id = t.partner_id ORDER BY is_primary DESC, id LIMIT 1), ''),
             (SELECT count(*) FROM canvass_attempt a WHERE a.list_id = t.list_id AND a.partner_id = t.partner_id),
             last.outcome, last.held_on, last.again_on,
             EXISTS (SELECT 1 FROM canvass_attempt a WHERE a.list_id = t.list_id AND a.partner_id = t.partner_id AND a.outcome = 'talk'),
             EXISTS (SELECT 1 FROM main.canvass_attempt a WHERE a.partner_id = t.partner_id AND a.outcome = 'do_not_contact')
         FROM canvass_target t JOIN main.partner p ON p.id = t.partner_id
         LEFT JOIN main.canvass_attempt last ON last.id = (SELECT a.id FROM main.canvass_attempt a WHERE a.list_id = t.list_id
             AND a.partner_id = t.partner_id ORDER BY a.held_on DESC, a.id DESC LIMIT 1)
         WHERE t.list_id = ?1 AND p.trashed_at IS NULL ORDER BY t.position, t.id",
    )?;
    let date = |row: &rusqlite::Row<'_>, at| {
        Ok::<_, rusqlite::Error>(row.get::<_, Option<Day>>(at)?.map(|day| day.0))
    };
    let rows = statement.query_map([id], |row| {
        let (talked, do_not_contact): (bool, bool) = (row.get(7)?, row.get(8)?);
        Ok(CanvassTarget {
            partner: row.get(0)?,
            name: row.get(1)?,
            phone: None,
            town: row.get(2)?,
            attempts: row.get(3)?,
            last: row.get(4)?,
            last_on: date(row, 5)?,
            again_on: date(row, 6)?,
            done: talked || do_not_contact,
            do_not_contact,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What came of every attempt of a list.
pub(in crate::field) fn outcomes(
    conn: &Connection,
    id: CanvassId,
) -> Result<Vec<CanvassOutcome>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT outcome FROM canvass_attempt WHERE list_id = ?1 ORDER BY id")?;
    Ok(statement.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

pub(in crate::field) fn put(tx: &Tx<'_>, id: CanvassId, form: &CanvassForm) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO canvass_list (id, name, form, script, created_at, created_by, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET name = ?2, form = ?3, script = ?4, changed_at = ?5, changed_by = ?6",
    )?
    .execute(params![id, form.name, form.way, form.script, tx.now, tx.actor.id])?;
    Ok(())
}

/// Puts the partners of a list in this order, and takes off those it does not name.
pub(in crate::field) fn put_targets(
    tx: &Tx<'_>,
    id: CanvassId,
    partners: &[PartnerId],
) -> Result<(), StoreError> {
    let before: Vec<PartnerId> = tx
        .prepare_cached("SELECT partner_id FROM canvass_target WHERE list_id = ?1")?
        .query_map([id], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut delete =
        tx.prepare_cached("DELETE FROM canvass_target WHERE list_id = ?1 AND partner_id = ?2")?;
    for gone in before.iter().filter(|partner| !partners.contains(partner)) {
        delete.execute(params![id, gone])?;
    }
    let mut put = tx.prepare_cached(
        "INSERT INTO canvass_target (id, list_id, partner_id, position) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (list_id, partner_id) DO UPDATE SET position = ?4 WHERE position <> ?4",
    )?;
    for (position, partner) in (1u32..).zip(partners) {
        put.execute(params![RecordId::new(), id, partner, position])?;
    }
    Ok(())
}

pub(in crate::field) fn close(tx: &Tx<'_>, id: CanvassId, on: Option<NaiveDate>) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE canvass_list SET closed_on = ?2, changed_at = ?3, changed_by = ?4 WHERE id = ?1",
    )?
    .execute(params![id, on.map(Day), tx.now, tx.actor.id])?;
    Ok(())
}

pub(in crate::field) fn insert_attempt(
    tx: &Tx<'_>,
    list: CanvassId,
    new: &NewAttempt,
    touch: Option<TouchId>,
) -> Result<RecordId, StoreError> {
    let id = RecordId::new();
    tx.prepare_cached(
        "INSERT INTO canvass_attempt (id, list_id, partner_id, held_on, outcome, again_on, touch_id, created_at, created_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        id,
        list,
        new.partner,
        Day(tx.today),
        new.outcome,
        new.again_on.map(Day),
        touch,
        tx.now,
        tx.actor.id,
    ])?;
    Ok(id)
}
