//! The SQL of open referrals: keeping where each stands, and reading them by who holds them, when they are due, at which
//! stage they are and whose they are.

use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, ProfileId, RecordId, ReferralId};
use crate::referrals::process::Place;
use crate::referrals::types::{Direction, ReferralType};
use crate::store::StoreError;
use crate::store::lens::hinted;

pub(in crate::referrals) fn any_stale(conn: &Connection) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("SELECT 1 FROM open_stale LIMIT 1")?.exists([])?)
}

pub(in crate::referrals) fn stale(conn: &Connection) -> Result<Vec<ReferralId>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT referral_id FROM open_stale ORDER BY referral_id")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

pub(in crate::referrals) fn clear_stale(conn: &Connection) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM open_stale")?.execute([])?;
    Ok(())
}

pub(in crate::referrals) fn forget(conn: &Connection, id: ReferralId) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM open_referral WHERE referral_id = ?1")?.execute([id])?;
    Ok(())
}

/// Who holds what nobody was given: the owner of the partner, else who put it on record, else an owner of the practice;
/// whoever of them is still here.
pub(in crate::referrals) fn default_holder(
    conn: &Connection,
    partner: Option<PartnerId>,
    recorder: Option<RecordId>,
) -> Result<Option<ProfileId>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT coalesce(
                 (SELECT h.id FROM partner t JOIN profile h ON h.id = t.owner_id AND h.retired_at IS NULL WHERE t.id = ?1),
                 (SELECT id FROM profile WHERE id = ?2 AND retired_at IS NULL),
                 (SELECT id FROM profile WHERE role = 'owner' AND retired_at IS NULL ORDER BY created_at, id LIMIT 1),
                 (SELECT id FROM profile ORDER BY created_at, id LIMIT 1))",
        )?
        .query_row(params![partner, recorder], |row| row.get(0))?)
}

pub(in crate::referrals) fn keep(conn: &Connection, id: ReferralId, place: &Place) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT INTO open_referral (referral_id, direction, stage, next, holder_id, holder_is_person, held_on, due_on, late_on,
             partner_id, received_on, urgent, contact_lost_on)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
         ON CONFLICT (referral_id) DO UPDATE SET direction = excluded.direction, stage = excluded.stage, next = excluded.next,
             holder_id = excluded.holder_id, holder_is_person = excluded.holder_is_person, held_on = excluded.held_on,
             due_on = excluded.due_on, late_on = excluded.late_on, partner_id = excluded.partner_id,
             received_on = excluded.received_on, urgent = excluded.urgent, contact_lost_on = excluded.contact_lost_on
             WHERE (direction, stage, next, holder_id, holder_is_person, held_on, due_on, late_on, partner_id, received_on, urgent,
                    contact_lost_on)
                 IS NOT (excluded.direction, excluded.stage, excluded.next, excluded.holder_id, excluded.holder_is_person,
                         excluded.held_on, excluded.due_on, excluded.late_on, excluded.partner_id, excluded.received_on,
                         excluded.urgent, excluded.contact_lost_on)",
    )?
    .execute(params![
        id,
        place.direction,
        place.stage,
        place.next,
        place.holder.id(),
        place.holder.is_person(),
        Day(place.held_on),
        Day(place.due_on),
        place.late_on.map(Day),
        place.partner,
        Day(place.received_on),
        place.urgent,
        place.contact_lost_on.map(Day)
    ])?;
    Ok(())
}

/// Which open referrals.
#[derive(Clone, Debug, Default)]
pub(in crate::referrals) struct OpenFilter {
    /// Held by any of these; empty: by anybody.
    pub(in crate::referrals) holders: Vec<RecordId>,
    pub(in crate::referrals) partner: Option<PartnerId>,
    pub(in crate::referrals) direction: Option<Direction>,
    pub(in crate::referrals) stage: Option<String>,
    /// Due on this day or later.
    pub(in crate::referrals) due_from: Option<NaiveDate>,
    /// Due before this day.
    pub(in crate::referrals) due_before: Option<NaiveDate>,
}

/// A place in the order of due days.
pub(in crate::referrals) type ByDue = (NaiveDate, ReferralId);

const BY_DUE: &str = "open_referral AS o INDEXED BY open_referral_by_due";
const BY_HOLDER: &str = "open_referral AS o INDEXED BY open_referral_by_holder";
const BY_STAGE: &str = "open_referral AS o INDEXED BY open_referral_by_stage";
const BY_PARTNER: &str = "open_referral AS o INDEXED BY open_referral_by_partner";

/// The clauses of a filter and the index that serves them. `holder`: one of the filter's.
fn clauses(filter: &OpenFilter, holder: Option<RecordId>) -> (&'static str, String, Vec<Value>) {
    let (mut sql, mut values) = (String::from("1"), Vec::new());
    let mut and = |clause: &'static str, value: Value| {
        sql.push_str(clause);
        values.push(value);
    };
    let from = match (filter.partner, holder, filter.direction.is_some() && filter.stage.is_some()) {
        (Some(_), ..) => BY_PARTNER,
        (None, Some(_), _) => BY_HOLDER,
        (None, None, true) => BY_STAGE,
        (None, None, false) => BY_DUE,
    };
    if let Some(partner) = filter.partner {
        and(" AND o.partner_id = ?", Value::Blob(partner.0.bytes().to_vec()));
    }
    if let Some(holder) = holder {
        and(" AND o.holder_id = ?", Value::Blob(holder.bytes().to_vec()));
    }
    if let Some(direction) = filter.direction {
        and(" AND o.direction = ?", Value::Text(direction.code().to_owned()));
    }
    if let Some(stage) = &filter.stage {
        and(" AND o.stage = ?", Value::Text(stage.clone()));
    }
    if let Some(day) = filter.due_from {
        and(" AND o.due_on >= ?", Value::Text(day.to_string()));
    }
    if let Some(day) = filter.due_before {
        and(" AND o.due_on < ?", Value::Text(day.to_string()));
    }
    (from, sql, values)
}

/// The SQL of one page of one holder's (or everybody's), with its values.
pub(in crate::referrals) fn statement(
    filter: &OpenFilter,
    holder: Option<RecordId>,
    after: Option<ByDue>,
    limit: usize,
) -> (String, Vec<Value>) {
    let (from, clauses, mut values) = clauses(filter, holder);
    let mut sql = ["SELECT o.due_on, o.referral_id FROM ", from, " WHERE ", &clauses].concat();
    if let Some((on, id)) = after {
        sql.push_str(" AND (o.due_on, o.referral_id) > (?, ?)");
        values.push(Value::Text(on.to_string()));
        values.push(Value::Blob(id.0.bytes().to_vec()));
    }
    sql.push_str(" ORDER BY o.due_on, o.referral_id LIMIT ?");
    values.push(Value::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
    (sql, values)
}

/// Each of the filter's holders, or everybody at once.
fn of_holders(filter: &OpenFilter) -> Vec<Option<RecordId>> {
    if filter.holders.is_empty() { vec![None] } else { filter.holders.iter().copied().map(Some).collect() }
}

/// The next open referrals, those due first first.
pub(in crate::referrals) fn page(
    conn: &Connection,
    filter: &OpenFilter,
    after: Option<ByDue>,
    limit: usize,
) -> Result<Vec<ByDue>, StoreError> {
    let mut all = Vec::new();
    for holder in of_holders(filter) {
        let (sql, values) = statement(filter, holder, after, limit);
        let mut prepared = hinted(conn, &sql)?;
        let rows =
            prepared.query_map(params_from_iter(values), |row| Ok((row.get::<_, Day>(0)?.0, row.get(1)?)))?;
        all.extend(rows.collect::<Result<Vec<ByDue>, _>>()?);
    }
    all.sort_unstable();
    all.truncate(limit);
    Ok(all)
}

/// How many there are at each stage, and how many of them are due before `today`.
pub(in crate::referrals) fn counts(
    conn: &Connection,
    filter: &OpenFilter,
    today: NaiveDate,
) -> Result<Vec<(String, u32, u32)>, StoreError> {
    let mut all: Vec<(String, u32, u32)> = Vec::new();
    for holder in of_holders(filter) {
        let (from, clauses, mut values) = clauses(filter, holder);
        // Without another filter the stages lie together in their own index.
        let from = if from == BY_DUE && filter.direction.is_some() { BY_STAGE } else { from };
        let sql = [
            "SELECT o.stage, count(*), count(*) FILTER (WHERE o.due_on < ?) FROM ",
            from,
            " WHERE ",
            &clauses,
            " GROUP BY o.stage",
        ]
        .concat();
        values.insert(0, Value::Text(today.to_string()));
        let mut prepared = hinted(conn, &sql)?;
        let mut rows = prepared.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            let (stage, count, due): (String, u32, u32) = (row.get(0)?, row.get(1)?, row.get(2)?);
            match all.iter_mut().find(|(known, ..)| *known == stage) {
                Some((_, all, all_due)) => (*all, *all_due) = (*all + count, *all_due + due),
                None => all.push((stage, count, due)),
            }
        }
    }
    Ok(all)
}

/// How many each holder has, and how many of them are due before `today`: holder, whether it is a person, all, due.
pub(in crate::referrals) fn by_holder(
    conn: &Connection,
    today: NaiveDate,
) -> Result<Vec<(RecordId, bool, u32, u32)>, StoreError> {
    let mut statement = hinted(
        conn,
        "SELECT holder_id, max(holder_is_person), count(*), count(*) FILTER (WHERE due_on < ?1)
         FROM open_referral INDEXED BY open_referral_by_holder GROUP BY holder_id",
    )?;
    let rows =
        statement.query_map([Day(today)], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many there are of each direction and type.
pub(in crate::referrals) fn by_type(
    conn: &Connection,
) -> Result<Vec<(Direction, Option<ReferralType>, u32)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT r.direction, r.type, count(*) FROM open_referral o JOIN referral r ON r.id = o.referral_id
         GROUP BY r.direction, r.type",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many a filter finds in all.
pub(in crate::referrals) fn count(conn: &Connection, filter: &OpenFilter) -> Result<u32, StoreError> {
    let mut all = 0;
    for holder in of_holders(filter) {
        let (from, clauses, values) = clauses(filter, holder);
        let sql = ["SELECT count(*) FROM ", from, " WHERE ", &clauses].concat();
        all += hinted(conn, &sql)?.query_row(params_from_iter(values), |row| row.get::<_, u32>(0))?;
    }
    Ok(all)
}

/// An open referral as it is kept.
pub(in crate::referrals) struct OpenRow {
    pub(in crate::referrals) stage: String,
    pub(in crate::referrals) next: String,
    pub(in crate::referrals) holder: RecordId,
    pub(in crate::referrals) holder_is_person: bool,
    pub(in crate::referrals) held_on: NaiveDate,
    pub(in crate::referrals) due_on: NaiveDate,
    pub(in crate::referrals) late_on: Option<NaiveDate>,
    pub(in crate::referrals) next_step: Option<String>,
}

/// One open referral; `None` if it is not open.
pub(in crate::referrals) fn one(conn: &Connection, id: ReferralId) -> Result<Option<OpenRow>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT o.stage, o.next, o.holder_id, o.holder_is_person, o.held_on, o.due_on, o.late_on, b.next_step
             FROM open_referral o LEFT JOIN baton b ON b.id = o.referral_id WHERE o.referral_id = ?1",
        )?
        .query_row([id], |row| {
            Ok(OpenRow {
                stage: row.get(0)?,
                next: row.get(1)?,
                holder: row.get(2)?,
                holder_is_person: row.get(3)?,
                held_on: row.get::<_, Day>(4)?.0,
                due_on: row.get::<_, Day>(5)?.0,
                late_on: row.get::<_, Option<Day>>(6)?.map(|day| day.0),
                next_step: row.get(7)?,
            })
        })
        .optional()?)
}
