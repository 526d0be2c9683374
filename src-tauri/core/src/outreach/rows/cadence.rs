//! The SQL of cadence.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::tasks::OPEN;
use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, ProfileId, TagId};
use crate::network::{NamedPerson, Owner, PartnerClass, Ring, Status};
use crate::outreach::cadence::{
    CadenceFacts, DueRow, DueState, DueWhy, Interval, Nurture, Snooze, TagCadence, Tagged,
};
use crate::outreach::touches::LastContacts;
use crate::store::{StoreError, Tx};

/// What is known of a partner's rhythm.
pub(in crate::outreach) struct Found {
    pub(in crate::outreach) partner: PartnerId,
    pub(in crate::outreach) class: PartnerClass,
    pub(in crate::outreach) status: Status,
    pub(in crate::outreach) owner: Option<ProfileId>,
    pub(in crate::outreach) deputy: Option<ProfileId>,
    pub(in crate::outreach) own_days: Option<u16>,
    ring: Option<Ring>,
    last: LastContacts,
    snoozed_until: Option<NaiveDate>,
    away_until: Option<NaiveDate>,
    paused: bool,
    /// UTC milliseconds when it was put on record; only where nobody answered yet.
    recorded_at: Option<i64>,
}

impl Found {
    /// As the rule takes it. Who refers, is close by hand or has a rhythm of its own is begun with on the day it was put on
    /// record, or wrote first; a prospect only once somebody wrote.
    pub(in crate::outreach) fn facts(&self, every: Interval, zone: Tz) -> CadenceFacts {
        let chosen = self.status != Status::Prospect
            || matches!(self.ring, Some(Ring::Core | Ring::Active))
            || self.own_days.is_some();
        let recorded_on = self
            .recorded_at
            .filter(|_| chosen)
            .and_then(DateTime::from_timestamp_millis)
            .map(|at| at.with_timezone(&zone).date_naive());
        CadenceFacts {
            every,
            last_two_way_on: self.last.two_way_on,
            begun_on: self.last.on.or(recorded_on),
            snoozed_until: self.snoozed_until,
            away_until: self.away_until,
            paused: self.paused,
            ring: self.ring,
            ended: self.status == Status::Ended,
        }
    }

    pub(in crate::outreach) fn ring_shown(&self) -> Ring {
        Ring::shown(self.ring, self.status)
    }
}

const FOUND: &str =
    "SELECT s.partner_id, s.class, s.status, s.owner_id, c.last_on, c.last_two_way_on, c.last_face_on,
        n.every_days, n.away_until_on, ifnull(n.paused, 0), z.until_on, k.ring,
        (SELECT d.id FROM main.profile d WHERE d.id = k.deputy_id AND d.retired_at IS NULL AND d.id IS NOT s.owner_id),
        CASE WHEN c.last_on IS NULL THEN (SELECT created_at FROM main.partner WHERE id = s.partner_id) END
    FROM partner_standing s LEFT JOIN partner_contact c ON c.partner_id = s.partner_id
    LEFT JOIN nurture n ON n.id = s.partner_id LEFT JOIN snooze z ON z.id = s.partner_id
    LEFT JOIN closeness k ON k.id = s.partner_id
    WHERE s.class IN ('medical', 'business')";

fn found(row: &Row<'_>) -> rusqlite::Result<Found> {
    Ok(Found {
        partner: row.get(0)?,
        class: row.get(1)?,
        status: row.get(2)?,
        owner: row.get(3)?,
        last: LastContacts { on: day(row, 4)?, two_way_on: day(row, 5)?, face_on: day(row, 6)? },
        own_days: row.get(7)?,
        away_until: day(row, 8)?,
        paused: row.get(9)?,
        snoozed_until: day(row, 10)?,
        ring: row.get(11)?,
        deputy: row.get(12)?,
        recorded_at: row.get(13)?,
    })
}

fn day(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<NaiveDate>> {
    Ok(row.get::<_, Option<Day>>(column)?.map(|day| day.0))
}

/// Tells of every partner with a rhythm.
pub(in crate::outreach) fn each(conn: &Connection, mut tell: impl FnMut(Found)) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(FOUND)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        tell(found(row)?);
    }
    Ok(())
}

pub(in crate::outreach) fn fact(conn: &Connection, partner: PartnerId) -> Result<Option<Found>, StoreError> {
    let sql = [FOUND, " AND s.partner_id = ?1"].concat();
    Ok(conn.prepare_cached(&sql)?.query_row([partner], found).optional()?)
}

/// A row of the due list.
pub(in crate::outreach) fn row(
    conn: &Connection,
    found: &Found,
    every: Interval,
    due: DueState,
    standing_in: bool,
    today: NaiveDate,
) -> Result<DueRow, StoreError> {
    let snooze = if due.why == DueWhy::Snoozed {
        snooze(conn, found.partner)?.filter(|snooze| today < snooze.until)
    } else {
        None
    };
    let nurture = nurture(conn, found.partner)?.unwrap_or_default();
    let person = match nurture.person {
        Some(id) => conn
            .prepare_cached("SELECT id, name FROM person WHERE id = ?1")?
            .query_row([id], |row| Ok(NamedPerson { id: row.get(0)?, name: row.get(1)? }))
            .optional()?,
        None => None,
    };
    let next_on = conn
        .prepare_cached(&format!("SELECT min(t.due_on) FROM task t WHERE t.partner_id = ?2 AND {OPEN}"))?
        .query_row(params![Day(today), found.partner], |row| day(row, 0))?;
    Ok(conn
        .prepare_cached(
            "SELECT p.name, p.type, p.individual_id IS NOT NULL, s.city, o.id, o.name, o.initials
             FROM partner_standing s JOIN partner p ON p.id = s.partner_id LEFT JOIN profile o ON o.id = s.owner_id
             WHERE s.partner_id = ?1",
        )?
        .query_row([found.partner], |row| {
            let owner = match row.get(4)? {
                Some(id) => Some(Owner { id, name: row.get(5)?, initials: row.get(6)? }),
                None => None,
            };
            Ok(DueRow {
                partner: found.partner,
                name: row.get(0)?,
                class: found.class,
                partner_type: row.get(1)?,
                individual: row.get(2)?,
                city: row.get(3)?,
                status: found.status,
                ring: found.ring_shown(),
                owner,
                standing_in,
                due,
                every,
                last: found.last,
                channel: nurture.channel,
                person,
                best_time: nurture.best_time,
                do_not: nurture.do_not,
                next_on,
                snooze,
            })
        })?)
}

/// Partners with a tag that has a rule, and which.
pub(in crate::outreach) fn tagged(conn: &Connection, rules: &[TagCadence]) -> Result<Tagged, StoreError> {
    let mut all = Tagged::new();
    let mut statement = conn.prepare_cached("SELECT partner_id FROM partner_tag WHERE tag_id = ?1")?;
    for rule in rules {
        let mut rows = statement.query([rule.tag])?;
        while let Some(row) = rows.next()? {
            all.entry(row.get(0)?).or_default().push(rule.tag);
        }
    }
    Ok(all)
}

pub(in crate::outreach) fn tags_of(conn: &Connection, partner: PartnerId) -> Result<Vec<TagId>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT tag_id FROM partner_tag WHERE partner_id = ?1")?;
    Ok(statement.query_map([partner], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Who is away on a day, and who stands in.
pub(in crate::outreach) fn away(
    conn: &Connection,
    today: NaiveDate,
) -> Result<HashMap<ProfileId, Option<ProfileId>>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT profile_id, deputy_id FROM absence WHERE to_on >= ?1 AND from_on <= ?1 ORDER BY id DESC",
    )?;
    let rows = statement.query_map([Day(today)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(in crate::outreach) fn nurture(conn: &Connection, id: PartnerId) -> Result<Option<Nurture>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT channel, person_id, every_days, best_time, do_not, away_until_on, paused FROM nurture WHERE id = ?1",
        )?
        .query_row([id], |row| {
            Ok(Nurture {
                channel: row.get(0)?,
                person: row.get(1)?,
                every_days: row.get(2)?,
                best_time: row.get(3)?,
                do_not: row.get(4)?,
                away_until: day(row, 5)?,
                paused: row.get(6)?,
            })
        })
        .optional()?)
}

pub(in crate::outreach) fn keep_nurture(
    tx: &Tx<'_>,
    id: PartnerId,
    kept: &Nurture,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO nurture (id, channel, person_id, every_days, best_time, do_not, away_until_on, paused, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (id) DO UPDATE SET channel = excluded.channel, person_id = excluded.person_id, every_days = excluded.every_days,
             best_time = excluded.best_time, do_not = excluded.do_not, away_until_on = excluded.away_until_on, paused = excluded.paused,
             changed_at = excluded.changed_at, changed_by = excluded.changed_by",
    )?
    .execute(params![
        id,
        kept.channel,
        kept.person,
        kept.every_days,
        kept.best_time,
        kept.do_not,
        kept.away_until.map(Day),
        kept.paused,
        tx.now,
        tx.actor.id,
    ])?;
    Ok(())
}

pub(in crate::outreach) fn snooze(conn: &Connection, id: PartnerId) -> Result<Option<Snooze>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT until_on, reason FROM snooze WHERE id = ?1")?
        .query_row([id], |row| Ok(Snooze { until: row.get::<_, Day>(0)?.0, reason: row.get(1)? }))
        .optional()?)
}

pub(in crate::outreach) fn keep_snooze(
    tx: &Tx<'_>,
    id: PartnerId,
    kept: Option<&Snooze>,
) -> Result<(), StoreError> {
    match kept {
        Some(kept) => tx
            .prepare_cached(
                "INSERT INTO snooze (id, until_on, reason, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (id) DO UPDATE SET until_on = excluded.until_on, reason = excluded.reason,
                     changed_at = excluded.changed_at, changed_by = excluded.changed_by",
            )?
            .execute(params![id, Day(kept.until), kept.reason, tx.now, tx.actor.id])?,
        None => tx.prepare_cached("DELETE FROM snooze WHERE id = ?1")?.execute([id])?,
    };
    Ok(())
}

pub(in crate::outreach) fn setting(conn: &Connection, key: &str) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT value FROM setting WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?)
}

pub(in crate::outreach) fn set_setting(tx: &Tx<'_>, key: &str, value: &str) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )?
    .execute([key, value])?;
    Ok(())
}
