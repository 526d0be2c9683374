//! The SQL of rings.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, ProfileId};
use crate::network::{Owner, Ring, Status};
use crate::outreach::rings::RingFunnel;
use crate::outreach::touches::TouchCategory;
use crate::store::{StoreError, Tx};

/// What somebody said of a partner.
#[derive(Default)]
pub(in crate::outreach) struct Kept {
    pub(in crate::outreach) ring: Option<Ring>,
    pub(in crate::outreach) since: Option<NaiveDate>,
    pub(in crate::outreach) reason: String,
    pub(in crate::outreach) deputy: Option<ProfileId>,
}

fn day(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<NaiveDate>> {
    Ok(row.get::<_, Option<Day>>(column)?.map(|day| day.0))
}

pub(in crate::outreach) fn kept(conn: &Connection, partner: PartnerId) -> Result<Kept, StoreError> {
    Ok(conn
        .prepare_cached("SELECT ring, ring_since_on, ring_reason, deputy_id FROM closeness WHERE id = ?1")?
        .query_row([partner], |row| {
            Ok(Kept { ring: row.get(0)?, since: day(row, 1)?, reason: row.get(2)?, deputy: row.get(3)? })
        })
        .optional()?
        .unwrap_or_default())
}

pub(in crate::outreach) fn keep(tx: &Tx<'_>, partner: PartnerId, kept: &Kept) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO closeness (id, ring, ring_since_on, ring_reason, deputy_id, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET ring = excluded.ring, ring_since_on = excluded.ring_since_on,
             ring_reason = excluded.ring_reason, deputy_id = excluded.deputy_id, changed_at = excluded.changed_at,
             changed_by = excluded.changed_by",
    )?
    .execute(params![
        partner,
        kept.ring,
        kept.since.map(Day),
        kept.reason,
        kept.deputy,
        tx.now,
        tx.actor.id,
    ])?;
    Ok(())
}

/// For how many partners each of us stands in.
pub(in crate::outreach) fn by_deputy(conn: &Connection) -> Result<Vec<(ProfileId, u32)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT k.deputy_id, count(*) FROM main.closeness k JOIN main.partner p ON p.id = k.id
         WHERE k.deputy_id IS NOT NULL AND p.trashed_at IS NULL GROUP BY k.deputy_id",
    )?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Whoever stood in is followed by another; nobody stands in for themselves.
pub(in crate::outreach) fn hand_over(tx: &Tx<'_>, from: ProfileId, to: ProfileId) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE closeness SET deputy_id = CASE WHEN id IN (SELECT id FROM main.partner WHERE owner_id = ?2) THEN NULL ELSE ?2 END,
             changed_at = ?3, changed_by = ?4
         WHERE ?1 <> ?2 AND (deputy_id = ?1
             OR (deputy_id = ?2 AND id IN (SELECT id FROM main.partner WHERE owner_id = ?2)))",
    )?
    .execute(params![from, to, tx.now, tx.actor.id])?;
    Ok(())
}

pub(in crate::outreach) fn owner(conn: &Connection, id: ProfileId) -> Result<Option<Owner>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT id, name, initials FROM profile WHERE id = ?1")?
        .query_row([id], |row| Ok(Owner { id: row.get(0)?, name: row.get(1)?, initials: row.get(2)? }))
        .optional()?)
}

pub(in crate::outreach) fn owner_of(
    conn: &Connection,
    partner: PartnerId,
) -> Result<Option<ProfileId>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT owner_id FROM main.partner WHERE id = ?1")?
        .query_row([partner], |row| row.get(0))
        .optional()?
        .flatten())
}

/// What happened with a partner.
pub(in crate::outreach) struct Past {
    pub(in crate::outreach) recorded_at: i64,
    pub(in crate::outreach) ended_on: Option<NaiveDate>,
    pub(in crate::outreach) status: Status,
    pub(in crate::outreach) window_days: f64,
    pub(in crate::outreach) contacted_on: Option<NaiveDate>,
    pub(in crate::outreach) met_on: Option<NaiveDate>,
    pub(in crate::outreach) last_two_way_on: Option<NaiveDate>,
    /// In order.
    pub(in crate::outreach) referred_on: Vec<NaiveDate>,
}

/// Dates a partner sent or received somebody, by the index alone.
const REFERRED: [&str; 2] = [
    "SELECT received_on FROM main.referral INDEXED BY referral_by_from WHERE from_partner_id = ?1 AND received_on <= ?2
         AND direction = 'inbound' AND trashed_at IS NULL AND id NOT IN (SELECT id FROM main.restriction)",
    "SELECT received_on FROM main.referral INDEXED BY referral_by_to WHERE to_partner_id = ?1 AND received_on <= ?2
         AND direction = 'outbound' AND trashed_at IS NULL AND id NOT IN (SELECT id FROM main.restriction)",
];

pub(in crate::outreach) fn past(
    conn: &Connection,
    partner: PartnerId,
    today: NaiveDate,
) -> Result<Option<Past>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT p.created_at, p.ended_on, s.status, s.window_days,
                (SELECT min(held_on) FROM touch WHERE partner_id = p.id AND trashed_at IS NULL AND bulk = 0),
                (SELECT min(held_on) FROM touch WHERE partner_id = p.id AND trashed_at IS NULL AND bulk = 0 AND two_way
                    AND form IN ('visit', 'video', 'lunch', 'event')),
                (SELECT last_two_way_on FROM partner_contact WHERE partner_id = p.id)
         FROM partner p JOIN partner_standing s ON s.partner_id = p.id WHERE p.id = ?1",
    )?;
    let found = statement.query_row([partner], |row| {
        Ok(Past {
            recorded_at: row.get(0)?,
            ended_on: day(row, 1)?,
            status: row.get(2)?,
            window_days: row.get(3)?,
            contacted_on: day(row, 4)?,
            met_on: day(row, 5)?,
            last_two_way_on: day(row, 6)?,
            referred_on: Vec::new(),
        })
    });
    let Some(mut past) = found.optional()? else { return Ok(None) };
    for sql in REFERRED {
        let mut statement = conn.prepare_cached(sql)?;
        let dates = statement.query_map(params![partner, Day(today)], |row| row.get::<_, Day>(0))?;
        for date in dates {
            past.referred_on.push(date?.0);
        }
    }
    past.referred_on.sort_unstable();
    Ok(Some(past))
}

pub(in crate::outreach) fn core(conn: &Connection) -> Result<u32, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT count(*) FROM main.closeness k JOIN main.partner p ON p.id = k.id
             WHERE k.ring = 'core' AND p.ended_on IS NULL AND p.trashed_at IS NULL",
        )?
        .query_row([], |row| row.get(0))?)
}

pub(in crate::outreach) fn funnel(conn: &Connection) -> Result<RingFunnel, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT count(*), count(c.partner_id), count(c.last_face_on), ifnull(sum(s.status <> 'prospect'), 0),
                    ifnull(sum(k.ring IS 'core'), 0), ifnull(sum(k.ring IS 'parked'), 0), ifnull(sum(s.owner_id IS NULL), 0)
             FROM partner_standing s LEFT JOIN partner_contact c ON c.partner_id = s.partner_id
             LEFT JOIN closeness k ON k.id = s.partner_id
             WHERE s.class IN ('medical', 'business') AND s.status <> 'ended'",
        )?
        .query_row([], |row| {
            Ok(RingFunnel {
                all: row.get(0)?,
                contacted: row.get(1)?,
                met: row.get(2)?,
                referring: row.get(3)?,
                core: row.get(4)?,
                parked: row.get(5)?,
                without_owner: row.get(6)?,
            })
        })?)
}

/// Contacts after a day and up to another, by what kind of attention they were.
pub(in crate::outreach) fn by_category(
    conn: &Connection,
    since: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<(Option<TouchCategory>, u32)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT category, count(*) FROM touch WHERE held_on > ?1 AND held_on <= ?2 AND trashed_at IS NULL GROUP BY category",
    )?;
    let rows = statement.query_map([Day(since), Day(to)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
