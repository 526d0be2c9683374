//! The SQL of stops.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::field::day::{StopForm, StopOutcome, VisitTopic};
use crate::field::places::Spot;
use crate::foundation::id::{PartnerId, PersonId, TouchId, VisitDayId, VisitStopId};
use crate::network::{PartnerClass, name_as_seen};
use crate::store::{StoreError, Tx};
use crate::vault::Hidden;

/// A stop as it is kept, with what is known of where it is.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::field) struct KeptStop {
    pub(in crate::field) id: VisitStopId,
    pub(in crate::field) day: VisitDayId,
    pub(in crate::field) position: u32,
    pub(in crate::field) form: StopForm,
    pub(in crate::field) outcome: Option<StopOutcome>,
    pub(in crate::field) skip_reason: Option<String>,
    pub(in crate::field) touch: Option<TouchId>,
    pub(in crate::field) way_tenths: Option<u32>,
    pub(in crate::field) name: String,
    pub(in crate::field) class: PartnerClass,
    pub(in crate::field) person_name: Option<String>,
    pub(in crate::field) place: Address,
}

/// Where a partner is, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::field) struct Address {
    latitude: Option<f64>,
    longitude: Option<f64>,
    zip: String,
}

impl KeptStop {
    /// What it is called for somebody who does not see some fields.
    pub(in crate::field) fn name_as_seen(&self, hidden: Hidden) -> String {
        name_as_seen(hidden, self.class, self.form.partner, self.name.clone())
    }
}

impl Address {
    pub(in crate::field) fn read(row: &Row<'_>, at: usize) -> rusqlite::Result<Self> {
        let zip: Option<String> = row.get(at + 2)?;
        Ok(Self { latitude: row.get(at)?, longitude: row.get(at + 1)?, zip: zip.unwrap_or_default() })
    }

    pub(in crate::field) fn spot(&self) -> Option<Spot> {
        Spot::find(self.latitude, self.longitude, &self.zip)
    }

    /// A ZIP that is on record, but on no map.
    pub(in crate::field) fn unknown_zip(&self) -> Option<String> {
        (self.spot().is_none() && !self.zip.is_empty()).then(|| self.zip.clone())
    }
}

fn kept(row: &Row<'_>) -> rusqlite::Result<KeptStop> {
    let topics: String = row.get(10)?;
    Ok(KeptStop {
        id: row.get(0)?,
        day: row.get(1)?,
        position: row.get(2)?,
        form: StopForm {
            partner: row.get(3)?,
            person: row.get(4)?,
            minutes: row.get(5)?,
            opens: row.get(6)?,
            closes: row.get(7)?,
            priority: row.get(8)?,
            goal: row.get(9)?,
            topics: topics.split_whitespace().filter_map(VisitTopic::from_code).collect(),
            way_minutes: row.get(11)?,
        },
        outcome: row.get(12)?,
        skip_reason: row.get(13)?,
        touch: row.get(14)?,
        way_tenths: row.get(15)?,
        name: row.get(16)?,
        person_name: row.get(17)?,
        place: Address::read(row, 18)?,
        class: row.get(21)?,
    })
}

/// The columns of [`kept`]. The address with coordinates comes first, then the one lists show.
macro_rules! a_stop {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.day_id, s.position, s.partner_id, s.person_id, s.minutes, s.opens, s.closes, s.priority, s.goal, s.topics,
                 s.way_minutes, s.outcome, s.skip_reason, s.touch_id, s.way_tenths, p.name, n.name, a.latitude, a.longitude, a.zip, p.class
             FROM visit_stop s JOIN main.partner p ON p.id = s.partner_id LEFT JOIN main.person n ON n.id = s.person_id
             LEFT JOIN main.address a ON a.id = (SELECT id FROM main.address WHERE partner_id = s.partner_id
                 ORDER BY latitude IS NULL, is_primary DESC, id LIMIT 1) ",
            $rest
        )
    };
}

pub(in crate::field) fn of_day(conn: &Connection, day: VisitDayId) -> Result<Vec<KeptStop>, StoreError> {
    let mut statement = conn.prepare_cached(a_stop!("WHERE s.day_id = ?1 ORDER BY s.position, s.id"))?;
    Ok(statement.query_map([day], kept)?.collect::<Result<_, _>>()?)
}

pub(in crate::field) fn by_id(conn: &Connection, id: VisitStopId) -> Result<Option<KeptStop>, StoreError> {
    Ok(conn.prepare_cached(a_stop!("WHERE s.id = ?1"))?.query_row([id], kept).optional()?)
}

/// A partner one can visit: its name and where it is.
pub(in crate::field) fn partner(
    conn: &Connection,
    id: PartnerId,
) -> Result<Option<(String, String, Address)>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT p.name, p.class, a.latitude, a.longitude, a.zip FROM main.partner p
             LEFT JOIN main.address a ON a.id = (SELECT id FROM main.address WHERE partner_id = p.id
                 ORDER BY latitude IS NULL, is_primary DESC, id LIMIT 1)
             WHERE p.id = ?1 AND p.trashed_at IS NULL",
        )?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, Address::read(row, 2)?)))
        .optional()?)
}

/// Whether somebody works at a partner, or is it.
pub(in crate::field) fn works_there(
    conn: &Connection,
    partner: PartnerId,
    person: PersonId,
) -> Result<bool, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT 1 FROM main.affiliation WHERE partner_id = ?1 AND person_id = ?2
             UNION ALL SELECT 1 FROM main.partner WHERE id = ?1 AND individual_id = ?2",
        )?
        .exists(params![partner, person])?)
}

/// A telephone of a partner.
pub(in crate::field) fn phone(conn: &Connection, partner: PartnerId) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT value FROM main.contact_point WHERE partner_id = ?1 AND kind IN ('phone', 'mobile')
             ORDER BY is_primary DESC, kind DESC, id LIMIT 1",
        )?
        .query_row([partner], |row| row.get(0))
        .optional()?)
}

/// The address of a partner as it stands on paper, a line each.
pub(in crate::field) fn address_lines(
    conn: &Connection,
    partner: PartnerId,
) -> Result<Vec<String>, StoreError> {
    let found: Option<(String, String, String)> = conn
        .prepare_cached(
            "SELECT street, street2, concat_ws(', ', nullif(city, ''), nullif(trim(state || ' ' || zip), '')) FROM main.address
             WHERE partner_id = ?1 ORDER BY is_primary DESC, id LIMIT 1",
        )?
        .query_row([partner], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let lines = found.map(|(street, street2, town)| [street, street2, town]).unwrap_or_default();
    Ok(lines.into_iter().filter(|line| !line.is_empty()).collect())
}

fn codes(topics: &[VisitTopic]) -> String {
    let chosen = VisitTopic::ALL.iter().filter(|topic| topics.contains(topic));
    chosen.map(|topic| topic.code()).collect::<Vec<_>>().join(" ")
}

pub(in crate::field) fn insert(
    tx: &Tx<'_>,
    day: VisitDayId,
    position: u32,
    form: &StopForm,
) -> Result<VisitStopId, StoreError> {
    let id = VisitStopId::new();
    tx.prepare_cached(
        "INSERT INTO visit_stop (id, day_id, partner_id, person_id, position, minutes, opens, closes, priority, goal, topics, way_minutes,
             created_at, created_by, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?13, ?14)",
    )?
    .execute(params![
        id,
        day,
        form.partner,
        form.person,
        position,
        form.minutes,
        form.opens,
        form.closes,
        form.priority,
        form.goal,
        codes(&form.topics),
        form.way_minutes,
        tx.now,
        tx.actor.id,
    ])?;
    Ok(id)
}

pub(in crate::field) fn update(tx: &Tx<'_>, id: VisitStopId, form: &StopForm) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE visit_stop SET person_id = ?2, minutes = ?3, opens = ?4, closes = ?5, priority = ?6, goal = ?7, topics = ?8,
             way_minutes = ?9, changed_at = ?10, changed_by = ?11 WHERE id = ?1",
    )?
    .execute(params![
        id,
        form.person,
        form.minutes,
        form.opens,
        form.closes,
        form.priority,
        form.goal,
        codes(&form.topics),
        form.way_minutes,
        tx.now,
        tx.actor.id,
    ])?;
    Ok(())
}

/// Puts a stop at a place of a day.
pub(in crate::field) fn place(
    tx: &Tx<'_>,
    id: VisitStopId,
    day: VisitDayId,
    position: u32,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE visit_stop SET day_id = ?2, position = ?3, changed_at = ?4, changed_by = ?5
         WHERE id = ?1 AND (day_id <> ?2 OR position <> ?3)",
    )?
    .execute(params![id, day, position, tx.now, tx.actor.id])?;
    Ok(())
}

pub(in crate::field) fn delete(tx: &Tx<'_>, id: VisitStopId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM visit_stop WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// The contact a stop became, with the way that was driven there.
pub(in crate::field) fn visited(
    tx: &Tx<'_>,
    id: VisitStopId,
    touch: TouchId,
    way_tenths: Option<u32>,
    topics: &[VisitTopic],
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE visit_stop SET outcome = 'visited', touch_id = ?2, way_tenths = ?3, topics = ?4, changed_at = ?5, changed_by = ?6
         WHERE id = ?1",
    )?
    .execute(params![id, touch, way_tenths, codes(topics), tx.now, tx.actor.id])?;
    Ok(())
}

pub(in crate::field) fn skipped(tx: &Tx<'_>, id: VisitStopId, reason: &str) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE visit_stop SET outcome = 'skipped', skip_reason = ?2, changed_at = ?3, changed_by = ?4 WHERE id = ?1",
    )?
    .execute(params![id, reason, tx.now, tx.actor.id])?;
    Ok(())
}
