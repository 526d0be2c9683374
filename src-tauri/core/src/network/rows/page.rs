//! What the pages of a partner and a person show beyond their own row.

use std::borrow::Cow;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::super::affiliations::Influence;
use super::super::list::Owner;
use super::super::partner_page::{NamedPartner, NamedPerson, PartnerMonth, PersonHere};
use super::super::person_page::{PersonRow, PlaceOfWork};
use super::partner::day;
use super::patient::NOT_A_PATIENT;
use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PersonId, ProfileId};
use crate::store::StoreError;
use crate::store::lens::hinted;
use crate::vault::Hidden;

pub(crate) fn owner(conn: &Connection, id: ProfileId) -> Result<Option<Owner>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT id, name, initials FROM profile WHERE id = ?1")?
        .query_row([id], |row| Ok(Owner { id: row.get(0)?, name: row.get(1)?, initials: row.get(2)? }))
        .optional()?)
}

pub(crate) fn named_person(conn: &Connection, id: PersonId) -> Result<Option<NamedPerson>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT id, name FROM person WHERE id = ?1")?
        .query_row([id], |row| Ok(NamedPerson { id: row.get(0)?, name: row.get(1)? }))
        .optional()?)
}

pub(crate) fn named_partner(conn: &Connection, id: PartnerId) -> Result<Option<NamedPartner>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT id, name FROM partner WHERE id = ?1")?
        .query_row([id], named)
        .optional()?)
}

fn named(row: &Row<'_>) -> rusqlite::Result<NamedPartner> {
    Ok(NamedPartner { id: row.get(0)?, name: row.get(1)? })
}

/// The partners that belong to one.
pub(crate) fn sites(conn: &Connection, id: PartnerId) -> Result<Vec<NamedPartner>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, name FROM partner WHERE parent_id = ?1 AND trashed_at IS NULL ORDER BY name_key, id",
    )?;
    Ok(statement.query_map([id], named)?.collect::<Result<_, _>>()?)
}

/// The partner that is this person.
pub(crate) fn as_partner(conn: &Connection, person: PersonId) -> Result<Option<NamedPartner>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT id, name FROM partner WHERE individual_id = ?1 AND trashed_at IS NULL ORDER BY id LIMIT 1")?
        .query_row([person], named)
        .optional()?)
}

/// Whether a partner of the class patient is this person.
pub(crate) fn is_patient(conn: &Connection, person: PersonId) -> Result<bool, StoreError> {
    Ok(conn
        .prepare_cached("SELECT 1 FROM main.partner WHERE individual_id = ?1 AND class = 'patient'")?
        .exists([person])?)
}

/// Who works at a partner; contact points and numbers come later.
pub(crate) fn people_at(
    conn: &Connection,
    partner: PartnerId,
    today: NaiveDate,
) -> Result<Vec<PersonHere>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT a.id, p.id, p.name, ifnull(a.role, p.role), a.decides, a.influences, a.executes, a.usually_picks, a.is_primary,
                a.from_on, a.to_on, p.npi, p.connection_note, a.to_on IS NULL OR a.to_on > ?2
         FROM affiliation a JOIN person p ON p.id = a.person_id
         WHERE a.partner_id = ?1 AND p.trashed_at IS NULL",
    )?;
    let rows = statement.query_map(params![partner, Day(today)], |row| {
        Ok(PersonHere {
            affiliation: row.get(0)?,
            id: row.get(1)?,
            name: row.get(2)?,
            role: row.get(3)?,
            influence: Influence {
                decides: row.get(4)?,
                influences: row.get(5)?,
                executes: row.get(6)?,
                usually_picks: row.get(7)?,
            },
            is_primary: row.get(8)?,
            from_on: day(row, 9)?,
            to_on: day(row, 10)?,
            npi: row.get(11)?,
            connection_note: row.get(12)?,
            current: row.get(13)?,
            contact_points: Vec::new(),
            received_year: 0,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Where a person works and worked; the main place first.
pub(crate) fn places_of(
    conn: &Connection,
    person: PersonId,
    today: NaiveDate,
) -> Result<Vec<PlaceOfWork>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT a.id, p.id, p.name, a.role, a.decides, a.influences, a.executes, a.usually_picks, a.is_primary, a.from_on, a.to_on,
                a.to_on IS NULL OR a.to_on > ?2
         FROM affiliation a JOIN partner p ON p.id = a.partner_id
         WHERE a.person_id = ?1 AND p.trashed_at IS NULL ORDER BY a.is_primary DESC, a.to_on IS NOT NULL, a.id",
    )?;
    let rows = statement.query_map(params![person, Day(today)], |row| {
        Ok(PlaceOfWork {
            affiliation: row.get(0)?,
            partner: NamedPartner { id: row.get(1)?, name: row.get(2)? },
            role: row.get(3)?,
            influence: Influence {
                decides: row.get(4)?,
                influences: row.get(5)?,
                executes: row.get(6)?,
                usually_picks: row.get(7)?,
            },
            is_primary: row.get(8)?,
            from_on: day(row, 9)?,
            to_on: day(row, 10)?,
            current: row.get(11)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Received, sent and seen ever.
pub(crate) fn ever(conn: &Connection, partner: PartnerId) -> Result<(u32, u32, u32), StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT ifnull(sum(received) FILTER (WHERE direction = 'inbound'), 0),
                    ifnull(sum(received) FILTER (WHERE direction = 'outbound'), 0),
                    ifnull(sum(seen) FILTER (WHERE direction = 'inbound'), 0)
             FROM referral_month WHERE partner_id = ?1",
        )?
        .query_row([partner], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
}

/// Received and sent in each of these months.
pub(crate) fn by_month(
    conn: &Connection,
    partner: PartnerId,
    months: &[String],
) -> Result<Vec<PartnerMonth>, StoreError> {
    let mut all: Vec<PartnerMonth> =
        months.iter().map(|month| PartnerMonth { month: month.clone(), received: 0, sent: 0 }).collect();
    let mut statement = conn.prepare_cached(
        "SELECT month, direction, received FROM referral_month
         WHERE partner_id = ?1 AND direction IN ('inbound', 'outbound') AND month >= ?2",
    )?;
    let mut rows = statement.query(params![partner, months.first()])?;
    while let Some(row) = rows.next()? {
        let (month, direction): (String, String) = (row.get(0)?, row.get(1)?);
        if let Some(one) = all.iter_mut().find(|one| one.month == month) {
            let count = row.get(2)?;
            if direction == "inbound" { one.received = count } else { one.sent = count }
        }
    }
    Ok(all)
}

/// In the trailing year, ever, seen; first and last date.
pub(crate) type SentByPerson = (u32, u32, u32, Option<NaiveDate>, Option<NaiveDate>);

/// Of the referrals a person sent: in the trailing year, ever, seen, first and last date. `year` is the day before it begins.
pub(crate) fn sent_by_person(
    conn: &Connection,
    person: PersonId,
    year: NaiveDate,
    today: NaiveDate,
) -> Result<SentByPerson, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT count(*) FILTER (WHERE received_on > ?2), count(*), count(*) FILTER (WHERE outcome = 'seen'), min(received_on),
                    max(received_on)
             FROM referral WHERE from_person_id = ?1 AND direction = 'inbound' AND trashed_at IS NULL AND id NOT IN (SELECT id FROM restriction) AND received_on <= ?3",
        )?
        .query_row(params![person, Day(year), Day(today)], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, day(row, 3)?, day(row, 4)?))
        })?)
}

/// Of the referrals a person received: in the trailing year, ever, first and last date.
pub(crate) fn received_by_person(
    conn: &Connection,
    person: PersonId,
    year: NaiveDate,
    today: NaiveDate,
) -> Result<(u32, u32, Option<NaiveDate>, Option<NaiveDate>), StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT count(*) FILTER (WHERE received_on > ?2), count(*), min(received_on), max(received_on)
             FROM referral WHERE to_person_id = ?1 AND direction = 'outbound' AND trashed_at IS NULL AND id NOT IN (SELECT id FROM restriction) AND received_on <= ?3",
        )?
        .query_row(params![person, Day(year), Day(today)], |row| Ok((row.get(0)?, row.get(1)?, day(row, 2)?, day(row, 3)?)))?)
}

/// Of the referrals a person sent, those received after `year`, up to today.
pub(crate) fn received_year_of(
    conn: &Connection,
    person: PersonId,
    year: NaiveDate,
    today: NaiveDate,
) -> Result<u32, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT count(*) FROM referral
             WHERE from_person_id = ?1 AND received_on > ?2 AND received_on <= ?3 AND direction = 'inbound' AND trashed_at IS NULL
               AND id NOT IN (SELECT id FROM restriction)",
        )?
        .query_row(params![person, Day(year), Day(today)], |row| row.get(0))?)
}

/// The ids of people by name, after a place in that order.
pub(crate) fn people_after(
    conn: &Connection,
    after: Option<&(String, PersonId)>,
    limit: u32,
    hidden: Hidden,
) -> Result<Vec<(String, PersonId)>, StoreError> {
    match after {
        None => keyed(
            conn,
            hidden,
            "SELECT name_key, id FROM person WHERE trashed_at IS NULL ORDER BY name_key, id LIMIT ?1",
            params![limit],
        ),
        Some((name, id)) => keyed(
            conn,
            hidden,
            "SELECT name_key, id FROM person WHERE trashed_at IS NULL AND (name_key, id) > (?2, ?3) ORDER BY name_key, id LIMIT ?1",
            params![limit, name, id],
        ),
    }
}

/// The same of people that words match.
pub(crate) fn people_matching(
    conn: &Connection,
    matching: &str,
    after: Option<&(String, PersonId)>,
    limit: u32,
    hidden: Hidden,
) -> Result<Vec<(String, PersonId)>, StoreError> {
    match after {
        None => keyed(
            conn,
            hidden,
            "SELECT name_key, id FROM person WHERE trashed_at IS NULL AND id IN
                 (SELECT d.entity_id FROM network_search CROSS JOIN network_doc d ON d.id = network_search.rowid
                  WHERE network_search MATCH ?2 AND d.kind = 'person')
             ORDER BY name_key, id LIMIT ?1",
            params![limit, matching],
        ),
        Some((name, id)) => keyed(
            conn,
            hidden,
            "SELECT name_key, id FROM person WHERE trashed_at IS NULL AND (name_key, id) > (?3, ?4) AND id IN
                 (SELECT d.entity_id FROM network_search CROSS JOIN network_doc d ON d.id = network_search.rowid
                  WHERE network_search MATCH ?2 AND d.kind = 'person')
             ORDER BY name_key, id LIMIT ?1",
            params![limit, matching, name, id],
        ),
    }
}

/// Where people who are patients are left out for those who don't see patients.
const ON_RECORD: &str = "WHERE trashed_at IS NULL";

fn as_seen(sql: &'static str, hidden: Hidden) -> Cow<'static, str> {
    if hidden.patients {
        sql.replacen(ON_RECORD, &[ON_RECORD, NOT_A_PATIENT].concat(), 1).into()
    } else {
        sql.into()
    }
}

fn keyed(
    conn: &Connection,
    hidden: Hidden,
    sql: &'static str,
    bound: &[&dyn rusqlite::ToSql],
) -> Result<Vec<(String, PersonId)>, StoreError> {
    let mut statement = conn.prepare_cached(&as_seen(sql, hidden))?;
    Ok(statement.query_map(bound, |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
}

/// How many people there are, or how many the words match.
pub(crate) fn people_total(
    conn: &Connection,
    matching: Option<&str>,
    hidden: Hidden,
) -> Result<u32, StoreError> {
    Ok(match matching {
        None => hinted(
            conn,
            &as_seen("SELECT count(*) FROM person INDEXED BY person_by_name WHERE trashed_at IS NULL", hidden),
        )?
        .query_row([], |row| row.get(0))?,
        Some(matching) => conn
            .prepare_cached(&as_seen(
                "SELECT count(*) FROM person WHERE trashed_at IS NULL AND id IN
                     (SELECT d.entity_id FROM network_search CROSS JOIN network_doc d ON d.id = network_search.rowid
                      WHERE network_search MATCH ?1 AND d.kind = 'person')",
                hidden,
            ))?
            .query_row([matching], |row| row.get(0))?,
    })
}

/// A row of the list of people.
pub(crate) fn person_row(conn: &Connection, id: PersonId) -> Result<PersonRow, StoreError> {
    Ok(conn.prepare_cached("SELECT id, name, role, specialty FROM person WHERE id = ?1")?.query_row(
        [id],
        |row| {
            Ok(PersonRow {
                id: row.get(0)?,
                name: row.get(1)?,
                role: row.get(2)?,
                specialty: row.get(3)?,
                partner: None,
                phone: None,
            })
        },
    )?)
}

/// The main place of work of a person.
pub(crate) fn main_place(conn: &Connection, person: PersonId) -> Result<Option<NamedPartner>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT p.id, p.name FROM affiliation a JOIN partner p ON p.id = a.partner_id
             WHERE a.person_id = ?1 AND p.trashed_at IS NULL ORDER BY a.is_primary DESC, a.id LIMIT 1",
        )?
        .query_row([person], named)
        .optional()?)
}
