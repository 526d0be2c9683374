//! The SQL of limits and rules.

use rusqlite::{Connection, OptionalExtension, params};

use crate::foundation::day::Day;
use crate::foundation::id::{PracticeId, RecordId};
use crate::gratitude::book::GiftRules;
use crate::gratitude::limits::YearLimits;
use crate::store::{StoreError, Tx};

/// The years the practice set itself.
pub(in crate::gratitude) fn limits(conn: &Connection) -> Result<Vec<YearLimits>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT year, physician_cents, patient_item_cents, patient_year_cents, source, verified_on FROM gift_limit",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(YearLimits {
            year: row.get(0)?,
            physician_cents: row.get(1)?,
            patient_item_cents: row.get(2)?,
            patient_year_cents: row.get(3)?,
            source: row.get(4)?,
            verified_on: row.get::<_, Option<Day>>(5)?.map(|day| day.0),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(in crate::gratitude) fn set_limits(tx: &Tx<'_>, limits: &YearLimits) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO gift_limit (id, year, physician_cents, patient_item_cents, patient_year_cents, source, verified_on,
             changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (year) DO UPDATE SET physician_cents = ?3, patient_item_cents = ?4, patient_year_cents = ?5, source = ?6,
             verified_on = ?7, changed_at = ?8, changed_by = ?9",
    )?
    .execute(params![
        RecordId::new(),
        limits.year,
        limits.physician_cents,
        limits.patient_item_cents,
        limits.patient_year_cents,
        limits.source,
        limits.verified_on.map(Day),
        tx.now,
        tx.actor.id
    ])?;
    Ok(())
}

pub(in crate::gratitude) fn forget_limits(tx: &Tx<'_>, year: i32) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM gift_limit WHERE year = ?1")?.execute([year])?;
    Ok(())
}

pub(in crate::gratitude) fn rules(conn: &Connection) -> Result<Option<GiftRules>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT designated_services, designated_reason, medical_staff, thanks_days FROM gift_rule LIMIT 1")?
        .query_row([], |row| {
            Ok(GiftRules {
                designated_services: row.get(0)?,
                designated_reason: row.get(1)?,
                medical_staff: row.get(2)?,
                thanks_days: row.get(3)?,
            })
        })
        .optional()?)
}

pub(in crate::gratitude) fn set_rules(tx: &Tx<'_>, rules: &GiftRules) -> Result<(), StoreError> {
    let practice: PracticeId = tx.query_row("SELECT id FROM practice LIMIT 1", [], |row| row.get(0))?;
    tx.prepare_cached(
        "INSERT INTO gift_rule (id, designated_services, designated_reason, medical_staff, thanks_days, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET designated_services = ?2, designated_reason = ?3, medical_staff = ?4, thanks_days = ?5,
             changed_at = ?6, changed_by = ?7",
    )?
    .execute(params![
        practice,
        rules.designated_services,
        rules.designated_reason,
        rules.medical_staff,
        rules.thanks_days,
        tx.now,
        tx.actor.id
    ])?;
    Ok(())
}
