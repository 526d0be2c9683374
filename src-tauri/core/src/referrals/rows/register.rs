//! The register's SQL: streams of referrals, each read from one index in the order of the list.
//!
//! A filter becomes one or several streams (one index range each) that are merged; what no index serves is checked
//! row by row within them. Every piece of SQL is a constant; values are bound.

use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::foundation::day::Day;
use crate::foundation::id::ReferralId;
use crate::foundation::text::words;
use crate::referrals::query::ReferralQuery;
use crate::referrals::rows::care::any_restricted;
use crate::referrals::types::{Direction, ReferralState};
use crate::store::StoreError;
use crate::store::lens::hinted;
use crate::vault::Hidden;

/// A WHERE clause in the making.
#[derive(Clone, Default)]
pub(in crate::referrals) struct Clauses {
    sql: String,
    values: Vec<Value>,
}

impl Clauses {
    fn and(&mut self, clause: &'static str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(" AND ");
        self.sql.push_str(clause);
        self.values.extend(values);
    }

    fn and_any<'a>(&mut self, before: &'static str, count: usize, values: impl Iterator<Item = &'a str>) {
        self.sql.push_str(" AND ");
        self.sql.push_str(before);
        for i in 0..count {
            self.sql.push_str(if i == 0 { "(?" } else { ", ?" });
        }
        self.sql.push(')');
        self.values.extend(values.map(|value| Value::Text(value.to_owned())));
    }
}

fn blob(id: impl Into<crate::foundation::id::RecordId>) -> Value {
    Value::Blob(id.into().bytes().to_vec())
}

fn date(on: NaiveDate) -> Value {
    Value::Text(on.format("%Y-%m-%d").to_string())
}

/// Where a stream reads from, with the clause its index serves.
#[derive(Clone)]
pub(in crate::referrals) struct Stream {
    from: &'static str,
    first: &'static str,
    values: Vec<Value>,
}

const BY_DATE: &str = "referral AS r INDEXED BY referral_by_date";
const BY_FROM: &str = "referral AS r INDEXED BY referral_by_from";
const BY_TO: &str = "referral AS r INDEXED BY referral_by_to";
const BY_PERSON: &str = "referral AS r INDEXED BY referral_by_person";
const BY_TO_PERSON: &str = "referral AS r INDEXED BY referral_by_to_person";
const BY_OUTCOME: &str = "referral AS r INDEXED BY referral_by_outcome";
const BY_SERVICE: &str = "referral AS r INDEXED BY referral_by_service";
const BY_DIAGNOSIS: &str = "referral AS r INDEXED BY referral_by_diagnosis";
const OF_COUNTRY: &str = "referral_answer AS a INDEXED BY referral_answer_by_country CROSS JOIN referral AS r ON r.id = a.referral_id";
const BY_REASON: &str = "referral AS r INDEXED BY referral_by_reason";
const OF_PATIENTS: &str =
    "(SELECT d.patient_id FROM patient_search s CROSS JOIN patient_doc d ON d.id = s.rowid
     WHERE s.patient_search MATCH ? ORDER BY s.rowid DESC LIMIT 5000) AS m
     CROSS JOIN referral AS r INDEXED BY referral_by_patient ON r.patient_id = m.patient_id";

const FROM_COUNTRY: &str = "a.topic = 'origin' AND a.item = 'country' AND a.value = ?";

impl Stream {
    const fn of(from: &'static str, first: &'static str) -> Self {
        Self { from, first, values: Vec::new() }
    }

    fn with(mut self, values: impl IntoIterator<Item = Value>) -> Self {
        self.values.extend(values);
        self
    }
}

/// The streams of a query and what else each row has to be.
pub(in crate::referrals) struct Plan {
    pub(in crate::referrals) streams: Vec<Stream>,
    pub(in crate::referrals) rest: Clauses,
    /// Whether streams may hold the same referral twice.
    pub(in crate::referrals) overlapping: bool,
    /// Whether the filter by itself leaves few enough to sort.
    pub(in crate::referrals) selective: bool,
}

impl Plan {
    /// What is asked, in one text: two plans with the same one find the same referrals.
    pub(in crate::referrals) fn question(&self) -> String {
        let streams: Vec<_> = self.streams.iter().map(|s| (s.from, s.first, &s.values)).collect();
        format!("{streams:?} {} {:?}", self.rest.sql, self.rest.values)
    }
}

/// The clause and values a state stands for.
fn of_state(state: ReferralState) -> &'static [(&'static str, Option<&'static str>)] {
    match state {
        ReferralState::Open => &[
            ("r.outcome = ? AND r.scheduled_on IS NULL", Some("scheduled")),
            ("r.outcome IS NULL AND r.import_id IS NULL", None),
        ],
        ReferralState::Scheduled => &[("r.outcome = ? AND r.scheduled_on IS NOT NULL", Some("scheduled"))],
        ReferralState::Seen => &[("r.outcome = ?", Some("seen"))],
        ReferralState::NoShow => &[("r.outcome = ?", Some("no_show"))],
        ReferralState::Declined => &[("r.outcome = ?", Some("declined"))],
        ReferralState::Lost => &[("r.outcome = ?", Some("lost"))],
        ReferralState::Unknown => &[("r.outcome IS NULL AND r.import_id IS NOT NULL", None)],
    }
}

fn state_streams(states: &[ReferralState]) -> Vec<Stream> {
    states
        .iter()
        .flat_map(|state| of_state(*state))
        .map(|(clause, value)| Stream::of(BY_OUTCOME, clause).with(value.map(|v| Value::Text(v.to_owned()))))
        .collect()
}

/// Chooses the streams for a query.
pub(in crate::referrals) fn plan(
    conn: &Connection,
    query: &ReferralQuery,
    today: NaiveDate,
    hidden: Hidden,
) -> Result<Plan, StoreError> {
    let mut rest = Clauses::default();
    rest.and("r.trashed_at IS NULL", []);
    in_sight(conn, &mut rest)?;
    let (from, to) = match query.period {
        Some(period) => {
            let (from, to) = period.range(today);
            (Some(from), Some(to))
        }
        None => (query.from, query.to),
    };
    if let Some(from) = from {
        rest.and("r.received_on >= ?", [date(from)]);
    }
    if let Some(to) = to {
        rest.and("r.received_on <= ?", [date(to)]);
    }
    if let Some(direction) = query.direction {
        rest.and("r.direction = ?", [Value::Text(direction.code().to_owned())]);
    }
    if !query.classes.is_empty() {
        let classes = query.classes.iter().map(|class| class.code());
        rest.and_any(
            "(SELECT c.class FROM main.partner c WHERE c.id = ifnull(r.from_partner_id, r.to_partner_id)) IN ",
            query.classes.len(),
            classes,
        );
    }
    let mut states = query.states.clone();
    states.sort_unstable();
    states.dedup();
    if states.len() == ReferralState::ALL.len() {
        states.clear();
    }
    let typed = query.text.as_deref().map(words).filter(|words| !words.is_empty());

    // The most telling filter decides where to read; the others are checked on the way.
    let mut overlapping = false;
    let mut selective = true;
    let streams = if let Some(partner) = query.partner {
        overlapping = true;
        vec![
            Stream::of(BY_FROM, "r.from_partner_id = ?").with([blob(partner)]),
            Stream::of(BY_TO, "r.to_partner_id = ?").with([blob(partner)]),
        ]
    } else if let Some(person) = query.person {
        overlapping = true;
        vec![
            Stream::of(BY_PERSON, "r.from_person_id = ?").with([blob(person)]),
            Stream::of(BY_TO_PERSON, "r.to_person_id = ?").with([blob(person)]),
        ]
    } else if let Some(typed) = &typed {
        overlapping = true;
        let mut streams = Vec::new();
        if !hidden.patients {
            streams.push(Stream::of(OF_PATIENTS, "1").with([Value::Text(prefixes(typed))]));
        }
        // What somebody does not see can't be guessed at by searching for it.
        let reasons = if hidden.reason { Vec::new() } else { reasons_with(conn, typed)? };
        for reason in reasons {
            streams.push(Stream::of(BY_REASON, "r.reason = ?").with([Value::Text(reason)]));
        }
        streams
    } else if let Some(country) = &query.country {
        vec![Stream::of(OF_COUNTRY, FROM_COUNTRY).with([Value::Text(country.clone())])]
    } else {
        selective = false;
        let one =
            |from, first, word: &String| vec![Stream::of(from, first).with([Value::Text(word.clone())])];
        match (&query.diagnosis_group, &query.service_line) {
            _ if !states.is_empty() => state_streams(&states),
            (Some(group), _) => one(BY_DIAGNOSIS, "r.diagnosis_group = ?", group),
            (None, Some(service)) => one(BY_SERVICE, "r.service_line = ?", service),
            (None, None) => vec![Stream::of(BY_DATE, "1")],
        }
    };
    if query.partner.is_some()
        && let Some(person) = query.person
    {
        rest.and("? IN (r.from_person_id, r.to_person_id)", [blob(person)]);
    }
    if (query.partner.is_some() || query.person.is_some())
        && let Some(typed) = &typed
    {
        if hidden.patients {
            rest.and("0", []);
        } else {
            rest.and(
                "r.patient_id IN (SELECT d.patient_id FROM patient_search s JOIN patient_doc d ON d.id = s.rowid WHERE s.patient_search MATCH ?)",
                [Value::Text(prefixes(typed))],
            );
        }
    }
    if selective && !states.is_empty() {
        rest = with_states(&rest, &states);
    }
    // In another order than that of dates the streams are not read, so that what they are about is asked of each row too.
    if let Some(service) = &query.service_line {
        rest.and("r.service_line = ?", [Value::Text(service.clone())]);
    }
    if let Some(group) = &query.diagnosis_group {
        rest.and("r.diagnosis_group = ?", [Value::Text(group.clone())]);
    }
    if let Some(country) = query.country.as_ref().filter(|_| overlapping) {
        rest.and(
            "EXISTS (SELECT 1 FROM main.referral_answer a WHERE a.referral_id = r.id AND a.topic = 'origin' AND a.item = 'country'
                AND a.value = ?)",
            [Value::Text(country.clone())],
        );
    }
    Ok(Plan { streams, rest, overlapping, selective })
}

/// Restricted referrals stand in no list. Asked only where there are any, so that lists cost what they did.
pub(in crate::referrals) fn in_sight(conn: &Connection, rest: &mut Clauses) -> Result<(), StoreError> {
    if any_restricted(conn)? {
        rest.and("r.id NOT IN (SELECT id FROM restriction)", []);
    }
    Ok(())
}

/// Each word the beginning of a term.
fn prefixes(typed: &[String]) -> String {
    typed.iter().map(|word| format!("\"{word}\"*")).collect::<Vec<_>>().join(" ")
}

/// How many different reasons are looked at and how many of them are followed.
const REASONS_SEEN: u32 = 5_000;
const REASONS_FOLLOWED: usize = 40;

/// Reasons in use that hold every typed word (as the beginning of one of theirs), by skipping through the index.
fn reasons_with(conn: &Connection, typed: &[String]) -> Result<Vec<String>, StoreError> {
    let mut next = hinted(
        conn,
        "SELECT reason FROM referral INDEXED BY referral_by_reason
         WHERE reason IS NOT NULL AND trashed_at IS NULL AND reason > ?1 ORDER BY reason LIMIT 1",
    )?;
    let mut found = Vec::new();
    let mut at = String::new();
    for _ in 0..REASONS_SEEN {
        let mut rows = next.query([&at])?;
        let Some(row) = rows.next()? else { break };
        at = row.get(0)?;
        let own = words(&at);
        if typed.iter().all(|word| own.iter().any(|o| o.starts_with(word.as_str()))) {
            found.push(at.clone());
            if found.len() == REASONS_FOLLOWED {
                break;
            }
        }
    }
    Ok(found)
}

/// A referral's place in the order of dates.
pub(in crate::referrals) type ByDate = (NaiveDate, ReferralId);

const NEWEST: &str = " ORDER BY r.received_on DESC, r.id DESC LIMIT ?";
const OLDEST: &str = " ORDER BY r.received_on, r.id LIMIT ?";
const AFTER_NEWEST: &str = "(r.received_on, r.id) < (?, ?)";
const AFTER_OLDEST: &str = "(r.received_on, r.id) > (?, ?)";

/// The SQL of one stream, with its values.
pub(in crate::referrals) fn statement(
    stream: &Stream,
    rest: &Clauses,
    after: Option<ByDate>,
    oldest_first: bool,
    limit: usize,
) -> (String, Vec<Value>) {
    let mut clauses = rest.clone();
    if let Some((on, id)) = after {
        clauses.and(if oldest_first { AFTER_OLDEST } else { AFTER_NEWEST }, [date(on), blob(id)]);
    }
    let order = if oldest_first { OLDEST } else { NEWEST };
    let sql = ["SELECT r.received_on, r.id FROM ", stream.from, " WHERE ", stream.first, &clauses.sql, order]
        .concat();
    let mut values = stream.values.clone();
    values.extend(clauses.values);
    values.push(Value::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
    (sql, values)
}

/// The next referrals of a stream.
pub(in crate::referrals) fn read(
    conn: &Connection,
    stream: &Stream,
    rest: &Clauses,
    after: Option<ByDate>,
    oldest_first: bool,
    limit: usize,
) -> Result<Vec<ByDate>, StoreError> {
    let (sql, values) = statement(stream, rest, after, oldest_first, limit);
    let mut prepared = hinted(conn, &sql)?;
    let rows =
        prepared.query_map(params_from_iter(values), |row| Ok((row.get::<_, Day>(0)?.0, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many referrals of a stream fit, counted up to `limit`.
pub(in crate::referrals) fn count(
    conn: &Connection,
    stream: &Stream,
    rest: &Clauses,
    limit: usize,
) -> Result<usize, StoreError> {
    let sql = [
        "SELECT count(*) FROM (SELECT 1 FROM ",
        stream.from,
        " WHERE ",
        stream.first,
        &rest.sql,
        " LIMIT ?)",
    ]
    .concat();
    let mut values = stream.values.clone();
    values.extend(rest.values.clone());
    values.push(Value::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
    let counted: i64 = hinted(conn, &sql)?.query_row(params_from_iter(values), |row| row.get(0))?;
    Ok(usize::try_from(counted).unwrap_or(usize::MAX))
}

/// Which name a list is ordered by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::referrals) enum Named {
    Patient,
    Partner,
}

/// A place in the order of names: the name's key, whose it is, the day and the referral.
pub(in crate::referrals) type ByName = (String, Vec<u8>, NaiveDate, ReferralId);

const BY_PATIENT_NAME: &str = "SELECT n.name_key, n.id, r.received_on, r.id
     FROM patient AS n INDEXED BY patient_by_name CROSS JOIN referral AS r INDEXED BY referral_by_patient
     WHERE r.patient_id = n.id";
const BY_PARTNER_NAME: &str = "SELECT n.name_key, n.id, r.received_on, r.id
     FROM main.partner AS n INDEXED BY partner_in_order CROSS JOIN referral AS r INDEXED BY referral_by_from
     WHERE r.from_partner_id = n.id";

/// The SQL of a list in the order of names, with its values.
pub(in crate::referrals) fn named_statement(
    named: Named,
    rest: &Clauses,
    after: Option<&ByName>,
    reversed: bool,
    limit: usize,
) -> (String, Vec<Value>) {
    let mut clauses = rest.clone();
    if let Some((key, of, on, id)) = after {
        let place = [Value::Text(key.clone()), Value::Blob(of.clone())];
        let same = place.clone();
        clauses.and(
            if reversed { "(n.name_key, n.id) <= (?, ?)" } else { "(n.name_key, n.id) >= (?, ?)" },
            place,
        );
        clauses.and(
            "(n.name_key <> ? OR n.id <> ? OR (r.received_on, r.id) < (?, ?))",
            same.into_iter().chain([date(*on), blob(*id)]),
        );
    }
    let from = if named == Named::Patient { BY_PATIENT_NAME } else { BY_PARTNER_NAME };
    let order = if reversed {
        " ORDER BY n.name_key DESC, n.id DESC, r.received_on DESC, r.id DESC LIMIT ?"
    } else {
        " ORDER BY n.name_key, n.id, r.received_on DESC, r.id DESC LIMIT ?"
    };
    let mut values = clauses.values;
    values.push(Value::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
    ([from, &clauses.sql, order].concat(), values)
}

/// The next referrals in the order of names.
pub(in crate::referrals) fn read_named(
    conn: &Connection,
    named: Named,
    rest: &Clauses,
    after: Option<&ByName>,
    reversed: bool,
    limit: usize,
) -> Result<Vec<ByName>, StoreError> {
    let (sql, values) = named_statement(named, rest, after, reversed, limit);
    let mut prepared = hinted(conn, &sql)?;
    let rows = prepared.query_map(params_from_iter(values), |row| {
        Ok((row.get(0)?, row.get(1)?, row.get::<_, Day>(2)?.0, row.get(3)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Referrals without a sending partner, for the end of the list by partner.
pub(in crate::referrals) const WITHOUT_SENDER: Stream =
    Stream::of("referral AS r INDEXED BY referral_without_sender", "r.from_partner_id IS NULL");

/// The clauses of these states, to be checked row by row.
pub(in crate::referrals) fn with_states(rest: &Clauses, states: &[ReferralState]) -> Clauses {
    let mut rest = rest.clone();
    let mut any = String::new();
    for (clause, value) in states.iter().flat_map(|state| of_state(*state)) {
        any.push_str(if any.is_empty() { " AND ((" } else { ") OR (" });
        any.push_str(clause);
        rest.values.extend(value.map(|v| Value::Text(v.to_owned())));
    }
    if !any.is_empty() {
        any.push_str("))");
        rest.sql.push_str(&any);
    }
    rest
}

/// The streams of one state.
pub(in crate::referrals) fn streams_of(state: ReferralState) -> Vec<Stream> {
    state_streams(&[state])
}

/// The names rows are ordered by, for lists short enough to sort.
pub(in crate::referrals) fn name_of(
    conn: &Connection,
    named: Named,
    id: ReferralId,
) -> Result<(String, Vec<u8>), StoreError> {
    let sql = match named {
        Named::Patient => {
            "SELECT n.name_key, n.id FROM referral r JOIN patient n ON n.id = r.patient_id WHERE r.id = ?1"
        }
        // Those without a sender come last whatever the others are called.
        Named::Partner => {
            "SELECT ifnull(n.name_key, char(1114111)), ifnull(n.id, x'') FROM referral r LEFT JOIN main.partner n ON n.id = r.from_partner_id WHERE r.id = ?1"
        }
    };
    Ok(conn.prepare_cached(sql)?.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Inbound only, not asked, for the Today screen.
pub(in crate::referrals) fn not_asked(since: NaiveDate) -> (Stream, Clauses) {
    let mut rest = Clauses::default();
    rest.and("r.trashed_at IS NULL", []);
    rest.and("r.received_on >= ?", [date(since)]);
    rest.and("r.direction = ?", [Value::Text(Direction::Inbound.code().to_owned())]);
    (Stream::of("referral AS r INDEXED BY referral_not_asked", "r.source_answer = 'not_asked'"), rest)
}

/// Scheduled, and the agreed day is before this one.
pub(in crate::referrals) fn passed(before: NaiveDate, since: NaiveDate) -> (Vec<Stream>, Clauses) {
    let mut rest = Clauses::default();
    rest.and("r.trashed_at IS NULL", []);
    rest.and("r.received_on >= ?", [date(since)]);
    rest.and("r.scheduled_on < ?", [date(before)]);
    rest.and("r.closed_on IS NULL", []);
    (state_streams(&[ReferralState::Scheduled]), rest)
}

/// Open, received before a day but not long ago enough to be forgotten.
pub(in crate::referrals) fn open_between(since: NaiveDate, before: NaiveDate) -> (Vec<Stream>, Clauses) {
    let mut rest = Clauses::default();
    rest.and("r.trashed_at IS NULL", []);
    rest.and("r.received_on >= ?", [date(since)]);
    rest.and("r.received_on < ?", [date(before)]);
    rest.and("r.closed_on IS NULL", []);
    (state_streams(&[ReferralState::Open]), rest)
}
