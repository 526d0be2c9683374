//! The SQL of the partner list, composed from fixed pieces; everything the user typed is bound.

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params, params_from_iter};

use super::super::list::{Owner, PartnerFilter, PartnerRow, PartnerSort};
use super::super::types::{PartnerClass, PartnerType, Ring, Status};
use super::partner::day;
use super::tag;
use crate::foundation::id::{PartnerId, RecordId};
use crate::store::StoreError;

/// Where a row stands in an order: the sorted value, the name, the id.
pub(crate) type Place = (serde_json::Value, String, PartnerId);

/// The conditions of a filter.
#[derive(Default)]
pub(crate) struct Conditions {
    sql: String,
    bound: Vec<Value>,
    /// Whether kinds of partners (class, type, status) are all that is asked.
    pub(crate) kinds_only: bool,
}

impl Conditions {
    /// `matching` is the full-text expression of the filter's words, if it has words.
    pub(crate) fn of(filter: &PartnerFilter, matching: Option<&str>) -> Self {
        let mut all = Self { kinds_only: true, ..Self::default() };
        all.one_of(" AND class IN (", filter.class.iter().map(|class| text(class.code())), ")");
        all.one_of(" AND type IN (", filter.partner_type.iter().map(|kind| text(kind.code())), ")");
        all.one_of(" AND status IN (", filter.status.iter().map(|status| text(status.code())), ")");
        if !filter.tag.is_empty() {
            all.kinds_only = false;
            all.one_of(
                " AND partner_id IN (SELECT partner_id FROM partner_tag WHERE tag_id IN (",
                filter.tag.iter().map(|tag| blob(tag.0)),
                "))",
            );
        }
        if filter.without_owner || !filter.owner.is_empty() {
            all.kinds_only = false;
            let owners = filter.owner.iter().map(|owner| blob(owner.0));
            match (filter.without_owner, filter.owner.is_empty()) {
                (true, true) => all.sql.push_str(" AND owner_id IS NULL"),
                (true, false) => all.one_of(" AND (owner_id IS NULL OR owner_id IN (", owners, "))"),
                _ => all.one_of(" AND owner_id IN (", owners, ")"),
            }
        }
        if !filter.ring.is_empty() {
            all.kinds_only = false;
            all.one_of(RING_IN, filter.ring.iter().map(|ring| text(ring.code())), ")");
        }
        if let Some(matching) = matching {
            all.kinds_only = false;
            all.sql.push_str(
                " AND partner_id IN (
                     SELECT d.entity_id FROM network_search CROSS JOIN network_doc d ON d.id = network_search.rowid
                     WHERE network_search MATCH ? AND d.kind = 'partner'
                     UNION SELECT a.partner_id FROM network_search CROSS JOIN network_doc d ON d.id = network_search.rowid
                     JOIN affiliation a ON a.person_id = d.entity_id
                     WHERE network_search MATCH ? AND d.kind = 'person'
                     UNION SELECT p.id FROM network_search CROSS JOIN network_doc d ON d.id = network_search.rowid
                     JOIN partner p ON p.individual_id = d.entity_id
                     WHERE network_search MATCH ? AND d.kind = 'person')",
            );
            all.bound.extend(std::iter::repeat_n(text(matching), 3));
        }
        all
    }

    /// Leaves out partners who are patients.
    pub(crate) fn without_patients(mut self) -> Self {
        self.sql.push_str(" AND class <> 'patient'");
        self
    }

    fn one_of(&mut self, before: &'static str, values: impl Iterator<Item = Value>, after: &'static str) {
        let start = self.bound.len();
        self.bound.extend(values);
        let count = self.bound.len() - start;
        if count > 0 {
            self.sql.push_str(before);
            self.sql.push_str(&vec!["?"; count].join(", "));
            self.sql.push_str(after);
        }
    }
}

/// As `Ring::shown` tells it.
const RING_IN: &str = " AND CASE WHEN status = 'ended' THEN 'ended'
    ELSE ifnull((SELECT ring FROM closeness WHERE closeness.id = partner_standing.partner_id),
                CASE status WHEN 'prospect' THEN 'prospect' ELSE 'active' END) END IN (";

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn blob(id: RecordId) -> Value {
    Value::Blob(id.bytes().to_vec())
}

/// The pieces of one order. Each is an index of partner_standing, read forwards or backwards.
pub(crate) struct Order {
    /// The sorted value.
    key: &'static str,
    forwards: &'static str,
    backwards: &'static str,
    /// Whether the index holds the highest value first.
    highest_first: bool,
}

pub(crate) fn order(sort: PartnerSort) -> Order {
    let (key, forwards, backwards, highest_first) = match sort {
        PartnerSort::Name => {
            ("name_key", " ORDER BY name_key, partner_id", " ORDER BY name_key DESC, partner_id DESC", false)
        }
        PartnerSort::Status => (
            "status",
            " ORDER BY status, name_key, partner_id",
            " ORDER BY status DESC, name_key DESC, partner_id DESC",
            false,
        ),
        PartnerSort::Type => (
            "type",
            " ORDER BY type, name_key, partner_id",
            " ORDER BY type DESC, name_key DESC, partner_id DESC",
            false,
        ),
        PartnerSort::City => (
            "city",
            " ORDER BY city, name_key, partner_id",
            " ORDER BY city DESC, name_key DESC, partner_id DESC",
            false,
        ),
        PartnerSort::LastReferral => (
            "ifnull(last_on, '')",
            " ORDER BY ifnull(last_on, '') DESC, name_key, partner_id",
            " ORDER BY ifnull(last_on, ''), name_key DESC, partner_id DESC",
            true,
        ),
        PartnerSort::ReceivedYear => (
            "received_year",
            " ORDER BY received_year DESC, name_key, partner_id",
            " ORDER BY received_year, name_key DESC, partner_id DESC",
            true,
        ),
        PartnerSort::SentYear => (
            "sent_year",
            " ORDER BY sent_year DESC, name_key, partner_id",
            " ORDER BY sent_year, name_key DESC, partner_id DESC",
            true,
        ),
    };
    Order { key, forwards, backwards, highest_first }
}

/// One stretch of an order: its SQL and what is bound to it.
pub(crate) struct Stretch {
    pub(crate) sql: String,
    pub(crate) bound: Vec<Value>,
}

/// The stretches to read one after the other until a page is full: all, or what follows `after`: first the rest of the
/// same sorted value, then the values behind it. Each is one range of one index.
pub(crate) fn stretches(
    conditions: &Conditions,
    order: &Order,
    descending: bool,
    after: Option<&Place>,
) -> Result<Vec<Stretch>, serde_json::Error> {
    let forwards = descending == order.highest_first;
    let (order_by, by_name, same) = if forwards {
        (order.forwards, " ORDER BY name_key, partner_id", " AND (name_key, partner_id) > (?, ?)")
    } else {
        (order.backwards, " ORDER BY name_key DESC, partner_id DESC", " AND (name_key, partner_id) < (?, ?)")
    };
    let stretch = |parts: &[&str], order_by: &str, mut bound: Vec<Value>| {
        let mut sql = ["SELECT ", order.key, ", name_key, partner_id FROM partner_standing WHERE 1"].concat();
        parts.iter().for_each(|part| sql.push_str(part));
        sql.push_str(&conditions.sql);
        bound.extend(conditions.bound.iter().cloned());
        sql.push_str(order_by);
        sql.push_str(" LIMIT ? OFFSET ?");
        Stretch { sql, bound }
    };
    let Some((key, name, id)) = after else { return Ok(vec![stretch(&[], order_by, Vec::new())]) };
    let key = match key {
        serde_json::Value::String(text) => Value::Text(text.clone()),
        other => Value::Integer(serde_json::from_value(other.clone())?),
    };
    let name_and_id = [text(name), blob(id.0)];
    if order.key == "name_key" {
        return Ok(vec![stretch(&[same], by_name, name_and_id.to_vec())]);
    }
    let behind = if descending { " < ?" } else { " > ?" };
    let mut tied = vec![key.clone()];
    tied.extend(name_and_id);
    Ok(vec![
        stretch(&[" AND ", order.key, " = ?", same], by_name, tied),
        stretch(&[" AND ", order.key, behind], order_by, vec![key]),
    ])
}

/// The places of up to `limit` rows, after skipping `offset`.
pub(crate) fn places(
    conn: &Connection,
    stretches: Vec<Stretch>,
    limit: u32,
    offset: u32,
) -> Result<Vec<Place>, StoreError> {
    let mut found = Vec::new();
    for Stretch { sql, mut bound } in stretches {
        let missing = i64::from(limit) - i64::try_from(found.len()).unwrap_or(i64::MAX);
        if missing <= 0 {
            break;
        }
        bound.push(Value::Integer(missing));
        bound.push(Value::Integer(offset.into()));
        let mut statement = conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(bound), place)?;
        found.extend(rows.collect::<Result<Vec<_>, _>>()?);
    }
    Ok(found)
}

fn place(row: &Row<'_>) -> rusqlite::Result<Place> {
    let key = match row.get::<_, Value>(0)? {
        Value::Integer(number) => number.into(),
        Value::Text(text) => text.into(),
        _ => serde_json::Value::Null,
    };
    Ok((key, row.get(1)?, row.get(2)?))
}

/// How many partners a filter lets through.
pub(crate) fn total(conn: &Connection, conditions: &Conditions) -> Result<u32, StoreError> {
    let from = if conditions.kinds_only {
        "SELECT ifnull(sum(partners), 0) FROM partner_count WHERE 1"
    } else {
        "SELECT count(*) FROM partner_standing WHERE 1"
    };
    let sql = [from, conditions.sql.as_str()].concat();
    Ok(conn.prepare_cached(&sql)?.query_row(params_from_iter(&conditions.bound), |row| row.get(0))?)
}

/// The rows of these partners, in this order. `month` is the first of the twelve, yyyy-mm.
pub(crate) fn rows(
    conn: &Connection,
    ids: &[PartnerId],
    months: &[String],
) -> Result<Vec<PartnerRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT p.id, p.name, p.class, p.type, p.specialty, p.individual_id IS NOT NULL, s.city, s.status, o.id, o.name, o.initials,
                s.last_on, s.received_year, s.sent_year, k.ring, c.last_on
         FROM partner_standing s JOIN partner p ON p.id = s.partner_id LEFT JOIN profile o ON o.id = p.owner_id
         LEFT JOIN closeness k ON k.id = s.partner_id LEFT JOIN partner_contact c ON c.partner_id = s.partner_id
         WHERE s.partner_id = ?1",
    )?;
    let mut by_month = conn.prepare_cached(
        "SELECT month, received FROM referral_month WHERE partner_id = ?1 AND direction = 'inbound' AND month >= ?2",
    )?;
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        let mut row = statement.query_row([id], |row| {
            Ok(PartnerRow {
                id: row.get(0)?,
                name: row.get(1)?,
                class: row.get(2)?,
                partner_type: row.get(3)?,
                specialty: row.get(4)?,
                individual: row.get(5)?,
                city: row.get(6)?,
                status: row.get(7)?,
                ring: Ring::shown(row.get(14)?, row.get(7)?),
                owner: owner(row, 8)?,
                last_on: day(row, 11)?,
                touched_on: day(row, 15)?,
                received_year: row.get(12)?,
                sent_year: row.get(13)?,
                months: vec![0; months.len()],
                tags: Vec::new(),
            })
        })?;
        let mut counts = by_month.query(params![id, months[0]])?;
        while let Some(count) = counts.next()? {
            let month = count.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            if let Some(at) = months.iter().position(|m| m == month) {
                row.months[at] = count.get(1)?;
            }
        }
        row.tags = tag::of(conn, *id)?;
        all.push(row);
    }
    Ok(all)
}

/// A profile that looks after something, from its id, name and initials.
pub(crate) fn owner(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Owner>> {
    Ok(match row.get(column)? {
        Some(id) => Some(Owner { id, name: row.get(column + 1)?, initials: row.get(column + 2)? }),
        None => None,
    })
}

/// How many partners there are of each kind.
pub(crate) fn counts(conn: &Connection) -> Result<Vec<(Status, PartnerClass, PartnerType, u32)>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT status, class, type, partners FROM partner_count WHERE partners > 0")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(conn: &Connection, stretch: &Stretch) -> String {
        let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {}", stretch.sql)).unwrap();
        let mut bound = stretch.bound.clone();
        bound.extend([Value::Integer(100), Value::Integer(0)]);
        let lines = statement.query_map(params_from_iter(bound), |row| row.get::<_, String>(3)).unwrap();
        lines.collect::<Result<Vec<_>, _>>().unwrap().join("\n")
    }

    #[test]
    fn every_order_is_read_from_its_own_index_and_never_sorted() {
        let practice = crate::testing::practice("2026-11-02");
        let after: Place = ("x".into(), "pine".into(), PartnerId::new());
        practice
            .read(|conn| {
                for (sort, index) in [
                    (PartnerSort::Name, "partner_standing_by_name"),
                    (PartnerSort::Status, "partner_standing_by_status"),
                    (PartnerSort::Type, "partner_standing_by_type"),
                    (PartnerSort::City, "partner_standing_by_city"),
                    (PartnerSort::LastReferral, "partner_standing_by_last"),
                    (PartnerSort::ReceivedYear, "partner_standing_by_received"),
                    (PartnerSort::SentYear, "partner_standing_by_sent"),
                ] {
                    for descending in [false, true] {
                        let conditions = Conditions::of(&PartnerFilter::default(), None);
                        for place in [None, Some(&after)] {
                            for stretch in stretches(&conditions, &order(sort), descending, place).unwrap() {
                                let plan = plan(conn, &stretch);
                                assert!(
                                    plan.contains(&format!("COVERING INDEX {index}")),
                                    "{sort:?}: {plan}"
                                );
                                assert!(!plan.contains("TEMP B-TREE"), "{sort:?}: {plan}");
                                assert!(
                                    place.is_none() || plan.contains("SEARCH"),
                                    "{sort:?} after a place: {plan}"
                                );
                            }
                        }
                    }
                }
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }

    #[test]
    fn a_status_or_type_by_name_is_one_range_of_one_index() {
        let practice = crate::testing::practice("2026-11-02");
        practice
            .read(|conn| {
                let one_status = PartnerFilter { status: vec![Status::Active], ..PartnerFilter::default() };
                let one_type =
                    PartnerFilter { partner_type: vec![PartnerType::Gym], ..PartnerFilter::default() };
                for (filter, index) in
                    [(one_status, "partner_standing_by_status"), (one_type, "partner_standing_by_type")]
                {
                    let conditions = Conditions::of(&filter, None);
                    let stretch = &stretches(&conditions, &order(PartnerSort::Name), false, None).unwrap()[0];
                    let plan = plan(conn, stretch);
                    assert!(
                        plan.contains(&format!("SEARCH partner_standing USING COVERING INDEX {index}")),
                        "{plan}"
                    );
                    assert!(!plan.contains("TEMP B-TREE"), "{plan}");
                }
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }

    #[test]
    fn a_total_of_kinds_counts_no_partners() {
        let conditions =
            Conditions::of(&PartnerFilter { status: vec![Status::Active], ..PartnerFilter::default() }, None);
        assert!(conditions.kinds_only);
    }
}
