//! The SQL of contacts.

use rusqlite::{Connection, OptionalExtension, params};

use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PersonId, TouchId};
use crate::outreach::touches::NewTouch;
use crate::store::{StoreError, Tx};

/// The name of a partner.
pub(in crate::outreach) fn partner(conn: &Connection, id: PartnerId) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT name FROM main.partner WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

pub(in crate::outreach) fn has_person(conn: &Connection, id: PersonId) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("SELECT 1 FROM main.person WHERE id = ?1")?.exists([id])?)
}

pub(in crate::outreach) fn insert(tx: &Tx<'_>, new: &NewTouch) -> Result<TouchId, StoreError> {
    let id = TouchId::new();
    tx.prepare_cached(
        "INSERT INTO touch (id, partner_id, referral_id, held_on, held_minute, form, started_by, two_way, bulk, category, purpose,
             learned, minutes, cost_cents, cost_kind, kept_private, held_by, created_at, created_by, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?17, ?18, ?17)",
    )?
    .execute(params![
        id,
        new.partner,
        new.referral,
        Day(new.on),
        new.at,
        new.form,
        new.started_by,
        new.two_way,
        new.bulk,
        new.category,
        new.purpose,
        new.learned,
        new.minutes,
        new.cost_cents,
        new.cost_kind,
        new.kept_private,
        tx.actor.id,
        tx.now,
    ])?;
    let mut met =
        tx.prepare_cached("INSERT OR IGNORE INTO touch_person (touch_id, person_id) VALUES (?1, ?2)")?;
    for person in &new.people {
        met.execute(params![id, person])?;
    }
    Ok(id)
}
