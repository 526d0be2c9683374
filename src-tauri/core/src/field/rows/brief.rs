//! The SQL of briefs. Patients are not read here.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::field::brief::{BriefConcern, BriefPerson, BriefPromise, BriefTouch, FieldWords};
use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, ProfileId};
use crate::store::{StoreError, Tx};

/// Who works there today, who decides first.
pub(in crate::field) fn people(
    conn: &Connection,
    partner: PartnerId,
    today: NaiveDate,
) -> Result<Vec<BriefPerson>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT n.id, n.name, coalesce(nullif(a.role, ''), n.role, ''), a.decides, a.usually_picks
         FROM affiliation a JOIN main.person n ON n.id = a.person_id
         WHERE a.partner_id = ?1 AND n.trashed_at IS NULL AND (a.to_on IS NULL OR a.to_on >= ?2)
         ORDER BY a.decides DESC, a.usually_picks DESC, a.is_primary DESC, n.name_key LIMIT 8",
    )?;
    let rows = statement.query_map(params![partner, Day(today)], |row| {
        Ok(BriefPerson {
            id: row.get(0)?,
            name: row.get(1)?,
            role: row.get(2)?,
            decides: row.get(3)?,
            usually_picks: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The last contacts; of one that is kept private, only that there was one, unless it is one's own; and so of one about a
/// patient, who is not named on paper.
pub(in crate::field) fn touches(
    conn: &Connection,
    partner: PartnerId,
    me: ProfileId,
) -> Result<Vec<BriefTouch>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT held_on, form, CASE WHEN referral_id IS NOT NULL OR (kept_private AND held_by <> ?2) THEN '' ELSE purpose END,
             CASE WHEN referral_id IS NOT NULL OR (kept_private AND held_by <> ?2) THEN '' ELSE learned END
         FROM touch WHERE partner_id = ?1 AND trashed_at IS NULL ORDER BY held_on DESC, id DESC LIMIT 4",
    )?;
    let rows = statement.query_map(params![partner, me], |row| {
        Ok(BriefTouch {
            on: row.get::<_, Day>(0)?.0,
            form: row.get(1)?,
            purpose: row.get(2)?,
            learned: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What is to be done for a partner, what was promised first.
pub(in crate::field) fn promises(
    conn: &Connection,
    partner: PartnerId,
) -> Result<Vec<BriefPromise>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT CASE WHEN referral_id IS NULL THEN title ELSE 'A task about a referral' END, due_on, promised_on IS NOT NULL FROM task
         WHERE partner_id = ?1 AND done_on IS NULL AND dropped IS NULL ORDER BY promised_on IS NULL, due_on, id LIMIT 8",
    )?;
    let rows = statement.query_map([partner], |row| {
        Ok(BriefPromise { title: row.get(0)?, due_on: row.get::<_, Day>(1)?.0, promised: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What is open with a partner, the gravest first.
pub(in crate::field) fn concerns(
    conn: &Connection,
    partner: PartnerId,
) -> Result<Vec<BriefConcern>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT what, severity, opened_on, told_on FROM partner_issue WHERE partner_id = ?1 AND closed_on IS NULL
         ORDER BY severity DESC, opened_on, id LIMIT 8",
    )?;
    let rows = statement.query_map([partner], |row| {
        Ok(BriefConcern {
            what: row.get(0)?,
            severity: row.get(1)?,
            opened_on: row.get::<_, Day>(2)?.0,
            told_on: row.get::<_, Option<Day>>(3)?.map(|day| day.0),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

const WHY: &str = "why_refer";
const POINTS: &str = "talking_points";

/// What we say of ourselves.
pub(in crate::field) fn words(conn: &Connection) -> Result<FieldWords, StoreError> {
    let mut statement = conn.prepare_cached("SELECT topic, words FROM field_words")?;
    let mut found = FieldWords::default();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let words: String = row.get(1)?;
        match row.get_ref(0)?.as_str().unwrap_or_default() {
            WHY => found.why_refer = words,
            POINTS => found.talking_points = words,
            _ => {}
        }
    }
    Ok(found)
}

pub(in crate::field) fn set_words(tx: &Tx<'_>, new: &FieldWords) -> Result<(), StoreError> {
    let mut put = tx.prepare_cached(
        "INSERT INTO field_words (topic, words) VALUES (?1, ?2)
         ON CONFLICT (topic) DO UPDATE SET words = ?2 WHERE words <> ?2",
    )?;
    put.execute([WHY, &new.why_refer])?;
    put.execute([POINTS, &new.talking_points])?;
    Ok(())
}
