//! The SQL of programmes.

use rusqlite::{Connection, params};

use crate::foundation::day::Day;
use crate::foundation::id::RecordId;
use crate::gratitude::programme::{Programme, ProgrammeStatus};
use crate::store::{StoreError, Tx};

pub(in crate::gratitude) fn all(conn: &Connection) -> Result<Vec<Programme>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, name, rule, value_cents, cap_cents, from_on, to_on, law_state, reviewer, reviewed_on, note, status
         FROM programme ORDER BY name, id",
    )?;
    let rows = statement.query_map([], |row| {
        let day =
            |column: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<Day>>(column)?.map(|day| day.0));
        Ok(Programme {
            id: row.get(0)?,
            name: row.get(1)?,
            rule: row.get(2)?,
            value_cents: row.get(3)?,
            cap_cents: row.get(4)?,
            from_on: day(5)?,
            to_on: day(6)?,
            law_state: row.get(7)?,
            reviewer: row.get(8)?,
            reviewed_on: day(9)?,
            note: row.get(10)?,
            status: row.get(11)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(in crate::gratitude) fn put(tx: &Tx<'_>, programme: &Programme) -> Result<RecordId, StoreError> {
    let id = programme.id.unwrap_or_default();
    tx.prepare_cached(
        "INSERT INTO programme (id, name, rule, value_cents, cap_cents, from_on, to_on, law_state, reviewer, reviewed_on, note,
             status, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
         ON CONFLICT (id) DO UPDATE SET name = ?2, rule = ?3, value_cents = ?4, cap_cents = ?5, from_on = ?6, to_on = ?7,
             law_state = ?8, reviewer = ?9, reviewed_on = ?10, note = ?11, status = ?12, changed_at = ?13, changed_by = ?14",
    )?
    .execute(params![
        id,
        programme.name,
        programme.rule,
        programme.value_cents,
        programme.cap_cents,
        programme.from_on.map(Day),
        programme.to_on.map(Day),
        programme.law_state,
        programme.reviewer,
        programme.reviewed_on.map(Day),
        programme.note,
        programme.status,
        tx.now,
        tx.actor.id
    ])?;
    Ok(id)
}

pub(in crate::gratitude) fn set_status(
    tx: &Tx<'_>,
    id: RecordId,
    status: ProgrammeStatus,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE programme SET status = ?2, changed_at = ?3, changed_by = ?4 WHERE id = ?1")?
        .execute(params![id, status, tx.now, tx.actor.id])?;
    Ok(())
}
