//! The SQL of paths and of what was done on them.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::row::day;
use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PersonId, ProfileId, RecordId, ReferralId};
use crate::referrals::process::{Facts, StepFact};
use crate::referrals::types::{Direction, ReferralType, Travel};
use crate::store::lens::hinted;
use crate::store::{StoreError, Tx};

/// A version of a path as the file keeps it.
pub(in crate::referrals) struct VersionRow {
    pub(in crate::referrals) direction: Direction,
    pub(in crate::referrals) kind: Option<ReferralType>,
    pub(in crate::referrals) definition: Option<String>,
    pub(in crate::referrals) made_at: i64,
    pub(in crate::referrals) made_by: String,
}

/// Every version of every path, the oldest first.
pub(in crate::referrals) fn versions(conn: &Connection) -> Result<Vec<VersionRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT v.direction, v.type, v.definition, v.made_at, ifnull(p.name, '') FROM process_version v
         LEFT JOIN profile p ON p.id = v.made_by ORDER BY v.made_at, v.id",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(VersionRow {
            direction: row.get(0)?,
            kind: row.get(1)?,
            definition: row.get(2)?,
            made_at: row.get(3)?,
            made_by: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Adds a version.
pub(in crate::referrals) fn add_version(
    tx: &Tx<'_>,
    direction: Direction,
    kind: Option<ReferralType>,
    definition: Option<&str>,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO process_version (id, direction, type, definition, made_at, made_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![RecordId::new(), direction, kind, definition, tx.now, tx.actor.id])?;
    Ok(())
}

/// What the way of a referral follows from.
#[derive(Clone, Debug)]
pub(in crate::referrals) struct WayRow {
    pub(in crate::referrals) id: ReferralId,
    pub(in crate::referrals) direction: Direction,
    pub(in crate::referrals) kind: Option<ReferralType>,
    pub(in crate::referrals) facts: Facts,
    pub(in crate::referrals) created_at: i64,
    /// Who put it on record; none where a file of old does not tell.
    pub(in crate::referrals) created_by: Option<RecordId>,
    pub(in crate::referrals) imported: bool,
    pub(in crate::referrals) trashed: bool,
    pub(in crate::referrals) partner: Option<PartnerId>,
    pub(in crate::referrals) baton: Option<BatonRow>,
}

/// Who holds a referral, as the file keeps it.
#[derive(Clone, Debug)]
pub(in crate::referrals) struct BatonRow {
    pub(in crate::referrals) holder: Option<ProfileId>,
    pub(in crate::referrals) person: Option<PersonId>,
    /// The holder is one of us and still here.
    pub(in crate::referrals) here: bool,
    pub(in crate::referrals) held_on: chrono::NaiveDate,
    pub(in crate::referrals) next_step: Option<String>,
    pub(in crate::referrals) due_on: Option<chrono::NaiveDate>,
}

/// What a way is read from, up to the table that leads to it.
macro_rules! way_from {
    ($from:literal) => {
        concat!(
            "SELECT r.id, r.direction, r.type, r.received_on, r.scheduled_on, r.seen_on, r.closed_on, r.outcome, r.urgency,
                    r.created_at, r.created_by, r.import_id IS NOT NULL, r.trashed_at IS NOT NULL,
                    CASE r.direction WHEN 'outbound' THEN r.to_partner_id ELSE r.from_partner_id END,
                    b.tracked_on, b.holder_id, b.holder_person_id, b.held_on, b.next_step, b.due_on, h.retired_at IS NULL
             FROM ",
            $from
        )
    };
}

const WAY: &str = way_from!(
    "referral r LEFT JOIN baton b ON b.id = r.id LEFT JOIN profile h ON h.id = b.holder_id WHERE r.id = ?1"
);

const OPEN_WAYS: &str = way_from!(
    "open_referral o CROSS JOIN referral r ON r.id = o.referral_id LEFT JOIN baton b ON b.id = r.id
     LEFT JOIN profile h ON h.id = b.holder_id"
);

const RESTRICTED_WAYS: &str = way_from!(
    "restriction s CROSS JOIN referral r ON r.id = s.id LEFT JOIN baton b ON b.id = r.id
     LEFT JOIN profile h ON h.id = b.holder_id WHERE r.closed_on IS NULL AND r.trashed_at IS NULL"
);

const CLOSED_WAYS: &str = way_from!(
    "referral r INDEXED BY referral_by_closing LEFT JOIN baton b ON b.id = r.id LEFT JOIN profile h ON h.id = b.holder_id
     WHERE r.closed_on IS NOT NULL AND r.trashed_at IS NULL AND r.closed_on >= ?1"
);

const STEPS: &str = "SELECT step, done_on, minute FROM referral_step INDEXED BY referral_step_by_referral
    WHERE referral_id = ?1 ORDER BY done_on, id";

/// What the way of a referral follows from; `None` if it is not there.
pub(in crate::referrals) fn way(conn: &Connection, id: ReferralId) -> Result<Option<WayRow>, StoreError> {
    let found = hinted(conn, WAY)?.query_row([id], way_row).optional()?;
    let Some(mut way) = found else { return Ok(None) };
    // Steps are put down only where a referral is held, or by the file it came from.
    if way.baton.is_some() || way.imported {
        way.facts.steps = steps(conn, id)?;
    }
    Ok(Some(way))
}

fn steps(conn: &Connection, id: ReferralId) -> Result<Vec<StepFact>, StoreError> {
    let mut statement = hinted(conn, STEPS)?;
    let rows = statement.query_map([id], |row| {
        Ok(StepFact { step: row.get(0)?, on: row.get::<_, Day>(1)?.0, minute: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn way_row(row: &Row<'_>) -> rusqlite::Result<WayRow> {
    let tracked_on = day(row, 14)?;
    let baton = match tracked_on {
        None => None,
        Some(_) => Some(BatonRow {
            holder: row.get(15)?,
            person: row.get(16)?,
            here: row.get(20)?,
            held_on: row.get::<_, Day>(17)?.0,
            next_step: row.get(18)?,
            due_on: day(row, 19)?,
        }),
    };
    Ok(WayRow {
        id: row.get(0)?,
        direction: row.get(1)?,
        kind: row.get(2)?,
        facts: Facts {
            received_on: row.get::<_, Day>(3)?.0,
            scheduled_on: day(row, 4)?,
            seen_on: day(row, 5)?,
            closed_on: day(row, 6)?,
            outcome: row.get(7)?,
            urgency: row.get(8)?,
            tracked_on,
            steps: Vec::new(),
        },
        created_at: row.get(9)?,
        created_by: row.get_ref(10)?.as_blob().ok().and_then(RecordId::from_slice),
        imported: row.get(11)?,
        trashed: row.get(12)?,
        partner: row.get(13)?,
        baton,
    })
}

/// The referrals that are open or were closed on this day or later.
pub(in crate::referrals) fn open_or_closed_since(
    conn: &Connection,
    since: chrono::NaiveDate,
    mut each: impl FnMut(WayRow) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut open = hinted(conn, OPEN_WAYS)?;
    let mut hidden = hinted(conn, RESTRICTED_WAYS)?;
    let mut closed = hinted(conn, CLOSED_WAYS)?;
    let restricted: Vec<ReferralId> = conn
        .prepare_cached("SELECT id FROM restriction ORDER BY id")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for mut rows in [open.query([])?, hidden.query([])?, closed.query([Day(since)])?] {
        while let Some(row) = rows.next()? {
            let mut way = way_row(row)?;
            // It counts in the practice's totals and for nobody.
            if restricted.binary_search(&way.id).is_ok() {
                way.partner = None;
            }
            if way.baton.is_some() {
                way.facts.steps = steps(conn, way.id)?;
            }
            each(way)?;
        }
    }
    Ok(())
}

/// Puts down a step.
pub(in crate::referrals) fn add_step(
    tx: &Tx<'_>,
    referral: ReferralId,
    step: &StepFact,
    note: Option<&str>,
) -> Result<RecordId, StoreError> {
    let id = RecordId::new();
    tx.prepare_cached(
        "INSERT INTO referral_step (id, referral_id, step, done_on, minute, note, created_at, created_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![id, referral, step.step, Day(step.on), step.minute, note, tx.now, tx.actor.id])?;
    Ok(id)
}

/// Takes every row of a step away; how many there were.
pub(in crate::referrals) fn clear_step(
    tx: &Tx<'_>,
    referral: ReferralId,
    step: &str,
) -> Result<usize, StoreError> {
    Ok(tx
        .prepare_cached("DELETE FROM referral_step WHERE referral_id = ?1 AND step = ?2")?
        .execute(params![referral, step])?)
}

/// Takes one row away; whose it was.
pub(in crate::referrals) fn remove_step(
    tx: &Tx<'_>,
    id: RecordId,
) -> Result<Option<(ReferralId, String)>, StoreError> {
    let found = tx
        .prepare_cached("DELETE FROM referral_step WHERE id = ?1 RETURNING referral_id, step")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found)
}

/// A step as the record shows it.
pub(in crate::referrals) struct StepRow {
    pub(in crate::referrals) id: RecordId,
    pub(in crate::referrals) fact: StepFact,
    pub(in crate::referrals) note: Option<String>,
    pub(in crate::referrals) by: String,
}

/// Everything that was put down about a referral, by day.
pub(in crate::referrals) fn step_rows(conn: &Connection, id: ReferralId) -> Result<Vec<StepRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT s.id, s.step, s.done_on, s.minute, s.note, ifnull(p.name, '') FROM referral_step s
         LEFT JOIN profile p ON p.id = s.created_by WHERE s.referral_id = ?1 ORDER BY s.done_on, s.id",
    )?;
    let rows = statement.query_map([id], |row| {
        Ok(StepRow {
            id: row.get(0)?,
            fact: StepFact { step: row.get(1)?, on: row.get::<_, Day>(2)?.0, minute: row.get(3)? },
            note: row.get(4)?,
            by: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Stage, item, day and who, of every item that was ticked.
pub(in crate::referrals) type Mark = (String, String, chrono::NaiveDate, String);

/// What was ticked.
pub(in crate::referrals) fn marks(conn: &Connection, id: ReferralId) -> Result<Vec<Mark>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT c.stage, c.item, c.done_on, ifnull(p.name, '') FROM checklist_mark c
         LEFT JOIN profile p ON p.id = c.created_by WHERE c.referral_id = ?1 ORDER BY c.id",
    )?;
    let rows = statement
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, Day>(2)?.0, row.get(3)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Ticks an item; one that is ticked stays as it is.
pub(in crate::referrals) fn mark(
    tx: &Tx<'_>,
    referral: ReferralId,
    stage: &str,
    item: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO checklist_mark (id, referral_id, stage, item, done_on, created_at, created_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (referral_id, stage, item) DO NOTHING",
    )?
    .execute(params![RecordId::new(), referral, stage, item, Day(tx.today), tx.now, tx.actor.id])?;
    Ok(())
}

/// Takes the tick away.
pub(in crate::referrals) fn unmark(
    tx: &Tx<'_>,
    referral: ReferralId,
    stage: &str,
    item: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM checklist_mark WHERE referral_id = ?1 AND stage = ?2 AND item = ?3")?
        .execute(params![referral, stage, item])?;
    Ok(())
}

/// Open referrals, by their own dates and batons, that are not kept with a holder who is here.
pub(in crate::referrals) fn without_holder(conn: &Connection) -> Result<Vec<ReferralId>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT r.id FROM referral r LEFT JOIN baton b ON b.id = r.id LEFT JOIN open_referral o ON o.referral_id = r.id
         WHERE r.trashed_at IS NULL AND r.closed_on IS NULL AND r.id NOT IN (SELECT id FROM restriction)
           AND (b.id IS NOT NULL OR r.outcome = 'scheduled' OR (r.outcome IS NULL AND r.import_id IS NULL))
           AND (o.referral_id IS NULL OR NOT EXISTS (
                 SELECT 1 FROM profile p WHERE p.id = o.holder_id AND p.retired_at IS NULL
                 UNION ALL SELECT 1 FROM person n WHERE n.id = o.holder_id))",
    )?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// How far the patient comes.
pub(in crate::referrals) fn travel(conn: &Connection, id: ReferralId) -> Result<Option<Travel>, StoreError> {
    Ok(conn.prepare_cached("SELECT travel FROM referral WHERE id = ?1")?.query_row([id], |row| row.get(0))?)
}

/// Whether it was said why a referral leaked or ended.
pub(in crate::referrals) fn has_reason(conn: &Connection, id: ReferralId) -> Result<bool, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT 1 FROM leak WHERE referral_id = ?1 AND (reason_code IS NOT NULL OR reason_text IS NOT NULL)",
        )?
        .exists([id])?)
}
