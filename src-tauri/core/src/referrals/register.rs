//! The register as a list: paged by key, at the same cost however long the register is.

use std::collections::HashSet;

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::error::{Problem, ReferralError, invalid};
use super::query::{ReferralQuery, ReferralSort};
use super::rows::register::{self as sql, ByDate, ByName, Clauses, Named, Plan, Stream};
use super::rows::row;
use super::seen::query_as_seen;
use super::types::{CountUpTo, ReferralPage, ReferralState, RegisterRow};
use crate::foundation::id::{PatientId, ReferralId};
use crate::practice::Practice;
use crate::vault::{Area, Hidden, Need};

/// Rows of a page when nothing is said, and at most.
const PAGE: usize = 100;
const LARGEST_PAGE: usize = 500;
/// How far totals are counted.
const COUNTED: usize = 10_000;

/// Where a list goes on. Opaque to the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Cursor {
    sort: ReferralSort,
    total: CountUpTo,
    /// Outcome: which state. Partner: 1 once the named ones are through.
    group: u8,
    key: String,
    of: String,
    on: NaiveDate,
    id: ReferralId,
}

/// What a page is made of before its rows are fetched.
struct Found {
    group: u8,
    key: String,
    of: Vec<u8>,
    on: NaiveDate,
    id: ReferralId,
}

impl Found {
    fn dated((on, id): ByDate, group: u8) -> Self {
        Self { group, key: String::new(), of: Vec::new(), on, id }
    }

    fn named((key, of, on, id): ByName) -> Self {
        Self { group: 0, key, of, on, id }
    }
}

/// One page of the register.
///
/// # Errors
/// [`ReferralError::Invalid`] for a cursor of another order; those of the file.
pub fn referrals(practice: &Practice, query: &ReferralQuery) -> Result<ReferralPage, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    let (today, hidden) = (practice.today(), practice.hidden());
    let query = &query_as_seen(query, hidden);
    let limit = match usize::try_from(query.limit) {
        Ok(0) | Err(_) => PAGE,
        Ok(limit) => limit.min(LARGEST_PAGE),
    };
    let cursor = match query.cursor.as_deref().map(serde_json::from_str::<Cursor>) {
        None => None,
        Some(Ok(cursor)) if cursor.sort == query.sort => Some(cursor),
        Some(_) => return invalid("cursor", Problem::Cursor),
    };
    practice.read(|conn| {
        let cursor = cursor.map(|cursor| cursor.with_its_name(conn, hidden)).transpose()?;
        let plan = sql::plan(conn, query, today, hidden)?;
        let mut found = find(conn, query, &plan, cursor.as_ref(), limit + 1)?;
        let more = found.len() > limit;
        found.truncate(limit);
        let total = match &cursor {
            Some(cursor) => cursor.total,
            None => {
                let counted = practice.remember(&plan.question(), || counted(conn, &plan, COUNTED))?;
                up_to(counted, COUNTED)
            }
        };
        let next = match found.last() {
            Some(last) if more => Some(write_cursor(query.sort, total, last, hidden)?),
            _ => None,
        };
        let ids: Vec<ReferralId> = found.iter().map(|f| f.id).collect();
        Ok(ReferralPage { rows: row::rows(conn, &ids, hidden)?, next, total })
    })
}

/// A list from its beginning.
pub(crate) struct Listed {
    /// The rows, each with whom it is about.
    pub(crate) rows: Vec<(RegisterRow, PatientId)>,
    /// There are more than were asked for.
    pub(crate) more: bool,
}

/// The first rows of a list in its order; patients of whom `named` says no go by a token, as those who are hidden do.
pub(crate) fn listed(
    practice: &Practice,
    conn: &Connection,
    query: &ReferralQuery,
    limit: usize,
    named: impl Fn(PatientId) -> bool,
) -> Result<Listed, ReferralError> {
    let (today, hidden) = (practice.today(), practice.hidden());
    let query = &query_as_seen(query, hidden);
    let plan = sql::plan(conn, query, today, hidden)?;
    let mut found = find(conn, query, &plan, None, limit + 1)?;
    let more = found.len() > limit;
    found.truncate(limit);
    let ids: Vec<ReferralId> = found.iter().map(|f| f.id).collect();
    let as_seen = |patient| Hidden { patients: hidden.patients || !named(patient), ..hidden };
    Ok(Listed { rows: row::rows_with_patients(conn, &ids, as_seen)?, more })
}

fn write_cursor(
    sort: ReferralSort,
    total: CountUpTo,
    last: &Found,
    hidden: Hidden,
) -> Result<String, ReferralError> {
    let of: String = last.of.iter().map(|byte| format!("{byte:02x}")).collect();
    // A partner may be a patient: for whoever does not see patients, the name is looked up again by the next page.
    let key = if hidden.patients { String::new() } else { last.key.clone() };
    let cursor = Cursor { sort, total, group: last.group, key, of, on: last.on, id: last.id };
    match serde_json::to_string(&cursor) {
        Ok(text) => Ok(text),
        Err(_) => invalid("cursor", Problem::Cursor),
    }
}

impl Cursor {
    /// The name that was left out of the cursor.
    fn with_its_name(mut self, conn: &Connection, hidden: Hidden) -> Result<Self, ReferralError> {
        if hidden.patients && self.sort == ReferralSort::Partner && self.group == 0 {
            self.key = sql::name_of(conn, Named::Partner, self.id)
                .or_else(|_| invalid("cursor", Problem::Cursor))?
                .0;
        }
        Ok(self)
    }

    fn date(&self) -> ByDate {
        (self.on, self.id)
    }

    fn name(&self) -> ByName {
        let digits = self.of.as_bytes().chunks(2).filter_map(|pair| std::str::from_utf8(pair).ok());
        let of = digits.filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect();
        (self.key.clone(), of, self.on, self.id)
    }
}

fn find(
    conn: &Connection,
    query: &ReferralQuery,
    plan: &Plan,
    cursor: Option<&Cursor>,
    limit: usize,
) -> Result<Vec<Found>, ReferralError> {
    match query.sort {
        ReferralSort::Received => {
            let after = cursor.map(Cursor::date);
            let dated = merged(conn, &plan.streams, &plan.rest, after, query.reversed, limit)?;
            Ok(dated.into_iter().map(|found| Found::dated(found, 0)).collect())
        }
        ReferralSort::Outcome => by_outcome(conn, query, plan, cursor, limit),
        ReferralSort::Patient if plan.selective => sorted(conn, Named::Patient, query, plan, cursor, limit),
        ReferralSort::Partner if plan.selective => sorted(conn, Named::Partner, query, plan, cursor, limit),
        ReferralSort::Patient => {
            let rest = sql::with_states(&plan.rest, &query.states);
            let after = cursor.map(Cursor::name);
            let named = sql::read_named(conn, Named::Patient, &rest, after.as_ref(), query.reversed, limit)?;
            Ok(named.into_iter().map(Found::named).collect())
        }
        ReferralSort::Partner => by_partner(conn, query, plan, cursor, limit),
    }
}

/// The streams merged in the order of dates.
pub(super) fn merged(
    conn: &Connection,
    streams: &[Stream],
    rest: &Clauses,
    after: Option<ByDate>,
    oldest_first: bool,
    limit: usize,
) -> Result<Vec<ByDate>, ReferralError> {
    let mut all = Vec::new();
    for stream in streams {
        all.extend(sql::read(conn, stream, rest, after, oldest_first, limit)?);
    }
    all.sort_unstable();
    all.dedup();
    if !oldest_first {
        all.reverse();
    }
    all.truncate(limit);
    Ok(all)
}

/// State by state, the newest first within each.
fn by_outcome(
    conn: &Connection,
    query: &ReferralQuery,
    plan: &Plan,
    cursor: Option<&Cursor>,
    limit: usize,
) -> Result<Vec<Found>, ReferralError> {
    let mut states: Vec<ReferralState> = ReferralState::ALL
        .iter()
        .copied()
        .filter(|state| query.states.is_empty() || query.states.contains(state))
        .collect();
    if query.reversed {
        states.reverse();
    }
    let mut found = Vec::new();
    for state in states {
        let group = ReferralState::ALL
            .iter()
            .position(|s| *s == state)
            .and_then(|p| u8::try_from(p).ok())
            .unwrap_or(0);
        let after = match cursor {
            Some(cursor) if cursor.group == group => Some(cursor.date()),
            Some(cursor) if (group < cursor.group) != query.reversed => continue,
            _ => None,
        };
        let left = limit - found.len();
        let dated = if plan.selective {
            let rest = sql::with_states(&plan.rest, &[state]);
            merged(conn, &plan.streams, &rest, after, false, left)?
        } else {
            merged(conn, &sql::streams_of(state), &plan.rest, after, false, left)?
        };
        found.extend(dated.into_iter().map(|dated| Found::dated(dated, group)));
        if found.len() == limit {
            break;
        }
    }
    Ok(found)
}

/// Sending partners by name, then those without one, newest first.
fn by_partner(
    conn: &Connection,
    query: &ReferralQuery,
    plan: &Plan,
    cursor: Option<&Cursor>,
    limit: usize,
) -> Result<Vec<Found>, ReferralError> {
    let rest = sql::with_states(&plan.rest, &query.states);
    let mut found = Vec::new();
    if cursor.is_none_or(|cursor| cursor.group == 0) {
        let after = cursor.map(Cursor::name);
        let named = sql::read_named(conn, Named::Partner, &rest, after.as_ref(), query.reversed, limit)?;
        found.extend(named.into_iter().map(Found::named));
    }
    if found.len() < limit {
        let after = cursor.filter(|cursor| cursor.group == 1).map(Cursor::date);
        let nameless = sql::read(conn, &sql::WITHOUT_SENDER, &rest, after, false, limit - found.len())?;
        found.extend(nameless.into_iter().map(|dated| Found::dated(dated, 1)));
    }
    Ok(found)
}

/// Few enough to collect and sort by name.
fn sorted(
    conn: &Connection,
    named: Named,
    query: &ReferralQuery,
    plan: &Plan,
    cursor: Option<&Cursor>,
    limit: usize,
) -> Result<Vec<Found>, ReferralError> {
    let all = merged(conn, &plan.streams, &plan.rest, None, false, COUNTED)?;
    let mut keyed = Vec::with_capacity(all.len());
    for (on, id) in all {
        let (key, of) = sql::name_of(conn, named, id)?;
        keyed.push((key, of, on, id));
    }
    // Names in the asked order, the newest first within a name.
    keyed.sort_by(|a: &ByName, b: &ByName| {
        let names = (&a.0, &a.1).cmp(&(&b.0, &b.1));
        let names = if query.reversed { names.reverse() } else { names };
        names.then_with(|| (b.2, b.3).cmp(&(a.2, a.3)))
    });
    let start = match cursor.map(Cursor::name) {
        Some(last) => keyed.iter().position(|k| *k == last).map_or(keyed.len(), |at| at + 1),
        None => 0,
    };
    Ok(keyed.into_iter().skip(start).take(limit).map(Found::named).collect())
}

/// How many referrals a plan finds, counted up to `limit`.
pub(super) fn count(conn: &Connection, plan: &Plan, limit: usize) -> Result<CountUpTo, ReferralError> {
    Ok(up_to(counted(conn, plan, limit)?, limit))
}

fn up_to(counted: usize, limit: usize) -> CountUpTo {
    CountUpTo { count: u32::try_from(counted.min(limit)).unwrap_or(u32::MAX), exact: counted <= limit }
}

/// Stops when there are more than `limit`.
fn counted(conn: &Connection, plan: &Plan, limit: usize) -> Result<usize, ReferralError> {
    if plan.overlapping {
        let mut seen = HashSet::new();
        for stream in &plan.streams {
            seen.extend(
                sql::read(conn, stream, &plan.rest, None, false, limit + 1)?.into_iter().map(|(_, id)| id),
            );
            if seen.len() > limit {
                break;
            }
        }
        return Ok(seen.len());
    }
    let mut sum = 0;
    for stream in &plan.streams {
        sum += sql::count(conn, stream, &plan.rest, limit + 1 - sum)?;
        if sum > limit {
            break;
        }
    }
    Ok(sum)
}
