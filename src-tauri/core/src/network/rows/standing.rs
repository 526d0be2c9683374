//! Reading what standings follow from, and keeping them.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};

use super::super::standing::{Standing, two_years_before, year_before};
use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, ProfileId};
use crate::store::StoreError;

/// What of a partner is copied beside its standing.
pub(crate) struct Copied {
    name_key: String,
    class: String,
    partner_type: String,
    city: String,
    owner: Option<ProfileId>,
    pub(crate) ended: bool,
}

/// The referrals of a partner as far as its standing follows from them.
pub(crate) struct Past {
    /// One date a referral: those of the last 24 months, or the last one if there is none.
    pub(crate) recent: Vec<NaiveDate>,
    pub(crate) first_on: Option<NaiveDate>,
    pub(crate) last_on: Option<NaiveDate>,
    pub(crate) received_year: u32,
    pub(crate) sent_year: u32,
    pub(crate) last_two_way_on: Option<NaiveDate>,
}

pub(crate) fn stale(conn: &Connection) -> Result<Vec<PartnerId>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT partner_id FROM partner_stale ORDER BY partner_id")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

pub(crate) fn clear_stale(conn: &Connection) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM partner_stale")?.execute([])?;
    Ok(())
}

/// A partner that is not in the trash.
pub(crate) fn partner(conn: &Connection, id: PartnerId) -> Result<Option<Copied>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT name_key, class, type, owner_id, ended_on IS NOT NULL,
                    ifnull((SELECT city FROM address WHERE partner_id = partner.id ORDER BY is_primary DESC, id LIMIT 1), '')
             FROM partner WHERE id = ?1 AND trashed_at IS NULL",
        )?
        .query_row([id], |row| {
            Ok(Copied {
                name_key: row.get(0)?,
                class: row.get(1)?,
                partner_type: row.get(2)?,
                owner: row.get(3)?,
                ended: row.get(4)?,
                city: row.get(5)?,
            })
        })
        .optional()?)
}

/// Dates of one direction in (?2, ?3], by the index alone.
const INBOUND: &str = "SELECT received_on FROM main.referral INDEXED BY referral_by_from
    WHERE from_partner_id = ?1 AND received_on > ?2 AND received_on <= ?3 AND direction = 'inbound' AND trashed_at IS NULL AND id NOT IN (SELECT id FROM main.restriction)";
const OUTBOUND: &str = "SELECT received_on FROM main.referral INDEXED BY referral_by_to
    WHERE to_partner_id = ?1 AND received_on > ?2 AND received_on <= ?3 AND direction = 'outbound' AND trashed_at IS NULL AND id NOT IN (SELECT id FROM main.restriction)";
const FIRST: [&str; 2] = [
    "SELECT received_on FROM main.referral INDEXED BY referral_by_from
     WHERE from_partner_id = ?1 AND received_on <= ?2 AND direction = 'inbound' AND trashed_at IS NULL AND id NOT IN (SELECT id FROM main.restriction) ORDER BY received_on LIMIT 1",
    "SELECT received_on FROM main.referral INDEXED BY referral_by_to
     WHERE to_partner_id = ?1 AND received_on <= ?2 AND direction = 'outbound' AND trashed_at IS NULL AND id NOT IN (SELECT id FROM main.restriction) ORDER BY received_on LIMIT 1",
];
const LAST: [&str; 2] = [
    "SELECT received_on FROM main.referral INDEXED BY referral_by_from
     WHERE from_partner_id = ?1 AND received_on <= ?2 AND direction = 'inbound' AND trashed_at IS NULL AND id NOT IN (SELECT id FROM main.restriction) ORDER BY received_on DESC LIMIT 1",
    "SELECT received_on FROM main.referral INDEXED BY referral_by_to
     WHERE to_partner_id = ?1 AND received_on <= ?2 AND direction = 'outbound' AND trashed_at IS NULL AND id NOT IN (SELECT id FROM main.restriction) ORDER BY received_on DESC LIMIT 1",
];

/// What was referred up to `today`. Never reads more than 24 months of a partner.
pub(crate) fn past(conn: &Connection, id: PartnerId, today: NaiveDate) -> Result<Past, StoreError> {
    let mut recent = Vec::new();
    let [received_year, sent_year] = [INBOUND, OUTBOUND].map(|sql| -> Result<u32, StoreError> {
        let mut in_year = 0;
        let mut statement = conn.prepare_cached(sql)?;
        let mut rows = statement.query(params![id, Day(two_years_before(today)), Day(today)])?;
        while let Some(row) = rows.next()? {
            let Day(date) = row.get(0)?;
            in_year += u32::from(date > year_before(today));
            recent.push(date);
        }
        Ok(in_year)
    });
    let (received_year, sent_year) = (received_year?, sent_year?);
    let edge = |sql: &str| -> Result<Option<NaiveDate>, StoreError> {
        Ok(conn
            .prepare_cached(sql)?
            .query_row(params![id, Day(today)], |row| row.get::<_, Day>(0))
            .optional()?
            .map(|d| d.0))
    };
    let first_on = edge(FIRST[0])?.into_iter().chain(edge(FIRST[1])?).min();
    let last_on = match recent.iter().max() {
        Some(last) => Some(*last),
        None => edge(LAST[0])?.into_iter().chain(edge(LAST[1])?).max(),
    };
    if recent.is_empty() {
        recent.extend(last_on);
    }
    let last_two_way_on = conn
        .prepare_cached(
            "SELECT last_two_way_on FROM main.partner_contact WHERE partner_id = ?1 AND last_two_way_on IS NOT NULL",
        )?
        .query_row([id], |row| row.get::<_, Day>(0))
        .optional()?
        .map(|day| day.0);
    Ok(Past { recent, first_on, last_on, received_year, sent_year, last_two_way_on })
}

pub(crate) fn keep(
    conn: &Connection,
    id: PartnerId,
    partner: &Copied,
    past: &Past,
    standing: Standing,
) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO partner_standing (partner_id, name_key, class, type, city, owner_id, status, window_days, first_on, last_on,
             received_year, sent_year)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
         ON CONFLICT (partner_id) DO UPDATE SET name_key = excluded.name_key, class = excluded.class, type = excluded.type,
             city = excluded.city, owner_id = excluded.owner_id, status = excluded.status, window_days = excluded.window_days,
             first_on = excluded.first_on, last_on = excluded.last_on, received_year = excluded.received_year,
             sent_year = excluded.sent_year
             WHERE (name_key, class, type, city, owner_id, status, window_days, first_on, last_on, received_year, sent_year)
                 IS NOT (excluded.name_key, excluded.class, excluded.type, excluded.city, excluded.owner_id, excluded.status,
                         excluded.window_days, excluded.first_on, excluded.last_on, excluded.received_year, excluded.sent_year)",
    )?
    .execute(params![
        id,
        partner.name_key,
        partner.class,
        partner.partner_type,
        partner.city,
        partner.owner,
        standing.status,
        standing.window_days,
        past.first_on.map(Day),
        past.last_on.map(Day),
        past.received_year,
        past.sent_year
    ])?;
    Ok(())
}

pub(crate) fn forget(conn: &Connection, id: PartnerId) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM partner_standing WHERE partner_id = ?1")?.execute([id])?;
    Ok(())
}

/// The day the standings are as of.
pub(crate) fn as_of(conn: &Connection) -> Result<Option<NaiveDate>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT as_of FROM standing_day")?
        .query_row([], |row| row.get::<_, Day>(0))
        .optional()?
        .map(|day| day.0))
}

/// The first standings of a file tell its day.
pub(crate) fn begin_day(conn: &Connection, today: NaiveDate) -> Result<(), StoreError> {
    conn.prepare_cached("INSERT OR IGNORE INTO standing_day (id, as_of) VALUES (1, ?1)")?
        .execute([Day(today)])?;
    Ok(())
}

pub(crate) fn set_day(conn: &Connection, today: NaiveDate) -> Result<(), StoreError> {
    conn.prepare_cached("INSERT INTO standing_day (id, as_of) VALUES (1, ?1) ON CONFLICT DO UPDATE SET as_of = excluded.as_of")?
        .execute([Day(today)])?;
    Ok(())
}

pub(crate) fn mark_all(conn: &Connection) -> Result<(), StoreError> {
    conn.execute("INSERT OR IGNORE INTO partner_stale SELECT id FROM partner", [])?;
    Ok(())
}

/// Marks partners with a referral dated after `from`, up to `to`.
pub(crate) fn mark_with_referrals(
    conn: &Connection,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT OR IGNORE INTO partner_stale
         SELECT CASE direction WHEN 'outbound' THEN to_partner_id ELSE from_partner_id END FROM referral
         WHERE trashed_at IS NULL AND received_on > ?1 AND received_on <= ?2
           AND CASE direction WHEN 'outbound' THEN to_partner_id ELSE from_partner_id END IS NOT NULL",
    )?
    .execute(params![Day(from), Day(to)])?;
    Ok(())
}

/// Marks partners that are silent for longer than their standing says.
pub(crate) fn mark_silent(conn: &Connection, today: NaiveDate) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT OR IGNORE INTO partner_stale
         SELECT partner_id FROM partner_standing
         WHERE status IN ('active', 'cooling')
           AND julianday(?1) - julianday(last_on) > window_days * CASE status WHEN 'active' THEN 1 ELSE 2 END",
    )?
    .execute([Day(today)])?;
    Ok(())
}
