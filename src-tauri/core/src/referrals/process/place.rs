//! Where each open referral stands, kept beside it so that lists read it from an index.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::model::{Process, event, stage};
use super::paths::Paths;
use super::walk::walk;
use crate::foundation::id::{PartnerId, ReferralId};
use crate::foundation::working_days::WorkingDays;
use crate::practice::Practice;
use crate::referrals::process::holder::Holder;
use crate::referrals::rows::care::is_restricted;
use crate::referrals::rows::open as rows;
use crate::referrals::rows::process::{self as ways, WayRow};
use crate::referrals::types::{Direction, Outcome};
use crate::store::StoreError;
use crate::vault::calendar_in;

/// Where an open referral stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::referrals) struct Place {
    pub(in crate::referrals) direction: Direction,
    pub(in crate::referrals) stage: String,
    pub(in crate::referrals) next: String,
    pub(in crate::referrals) holder: Holder,
    pub(in crate::referrals) held_on: NaiveDate,
    pub(in crate::referrals) due_on: NaiveDate,
    pub(in crate::referrals) late_on: Option<NaiveDate>,
    pub(in crate::referrals) contact_lost_on: Option<NaiveDate>,
    pub(in crate::referrals) partner: Option<PartnerId>,
    pub(in crate::referrals) received_on: NaiveDate,
    pub(in crate::referrals) urgent: bool,
}

/// Whether a referral is on its way. Once somebody holds it, until it is closed. One that nobody has touched since steps
/// are kept, while its dates say that it waits: what was seen or ended before is over, and a file that did not say how it
/// stands says nothing.
pub(in crate::referrals) fn is_open(way: &WayRow) -> bool {
    if way.trashed || way.facts.closed_on.is_some() {
        return false;
    }
    match way.facts.outcome {
        _ if way.baton.is_some() => true,
        Some(Outcome::Scheduled) => true,
        None => !way.imported,
        Some(_) => false,
    }
}

/// Where it stands, but for who holds it.
pub(in crate::referrals) struct Standing {
    pub(in crate::referrals) stage: String,
    pub(in crate::referrals) next: String,
    pub(in crate::referrals) due_on: NaiveDate,
    pub(in crate::referrals) late_on: Option<NaiveDate>,
    pub(in crate::referrals) contact_lost_on: Option<NaiveDate>,
}

pub(in crate::referrals) fn stands(process: &Process, way: &WayRow, days: &WorkingDays) -> Standing {
    let facts = &way.facts;
    let walk = walk(process, facts, days);
    let next = walk.next.as_ref();
    let code = next.map_or(stage::CLOSED, |next| next.code.as_str());
    let since = next.and_then(|next| next.start).unwrap_or(facts.received_on);
    let by_limit = next.and_then(|next| next.due).unwrap_or_else(|| process.look_again.end(since, days));
    let agreed = facts.scheduled_on.filter(|_| code == stage::SEEN);
    let own = way.baton.as_ref().and_then(|baton| baton.due_on);
    Standing {
        // Whoever has to agree another visit is at the stage before it.
        stage: if code == event::REBOOKED { event::REBOOKED.to_owned() } else { walk.stage.clone() },
        next: code.to_owned(),
        due_on: own.or(agreed).unwrap_or(by_limit),
        late_on: next.filter(|next| next.counts).and_then(|next| next.deadline),
        contact_lost_on: walk
            .contact_lost
            .last()
            .filter(|lost| lost.reached_on.is_none())
            .map(|lost| lost.on),
    }
}

/// Who holds it: who was given it, while they are here; else the rule.
pub(in crate::referrals) fn holder_of(
    conn: &Connection,
    way: &WayRow,
) -> Result<Option<(Holder, NaiveDate)>, StoreError> {
    if let Some(baton) = &way.baton {
        match (baton.holder, baton.person) {
            (_, Some(person)) => return Ok(Some((Holder::Person(person), baton.held_on))),
            (Some(profile), _) if baton.here => return Ok(Some((Holder::Profile(profile), baton.held_on))),
            _ => {}
        }
    }
    let profile = rows::default_holder(conn, way.partner, way.created_by)?;
    Ok(profile.map(|profile| (Holder::Profile(profile), way.facts.received_on)))
}

/// Works out where the referrals marked stale stand. Runs inside each write, before it commits.
///
/// # Errors
/// Those of the file.
pub(in crate::referrals) fn settle_open(conn: &Connection) -> Result<(), StoreError> {
    let stale = rows::stale(conn)?;
    if stale.is_empty() {
        return Ok(());
    }
    let (paths, days) = (Paths::read(conn)?, WorkingDays::new(&calendar_in(conn)?));
    for id in stale {
        match place(conn, &paths, &days, id)? {
            Some(place) => rows::keep(conn, id, &place)?,
            None => rows::forget(conn, id)?,
        }
    }
    rows::clear_stale(conn)
}

fn place(
    conn: &Connection,
    paths: &Paths,
    days: &WorkingDays,
    id: ReferralId,
) -> Result<Option<Place>, StoreError> {
    let Some(way) = ways::way(conn, id)?.filter(is_open) else { return Ok(None) };
    // What is restricted stands in no list; whoever holds it finds it among the restricted ones.
    if is_restricted(conn, id)? {
        return Ok(None);
    }
    let Some((holder, held_on)) = holder_of(conn, &way)? else { return Ok(None) };
    let process = paths.of(way.direction, way.kind, way.created_at);
    let stands = stands(process, &way, days);
    Ok(Some(Place {
        direction: way.direction,
        stage: stands.stage,
        next: stands.next,
        holder,
        held_on,
        due_on: stands.due_on,
        late_on: stands.late_on,
        contact_lost_on: stands.contact_lost_on,
        partner: way.partner,
        received_on: way.facts.received_on,
        urgent: way.facts.is_urgent(),
    }))
}

/// What every write ends with: standings of partners and places of open referrals that it touched.
///
/// # Errors
/// Those of the file.
pub fn settle(conn: &Connection, today: NaiveDate) -> Result<(), StoreError> {
    crate::network::settle_standing(conn, today)?;
    settle_open(conn)
}

/// Before open referrals are looked at: those of a file that was made before places were kept, or that shows an earlier day,
/// are worked out.
///
/// # Errors
/// Those of the file.
pub fn ready(practice: &Practice) -> Result<(), StoreError> {
    if practice.read(rows::any_stale)? {
        practice.store().settle_day(|conn, _| settle_open(conn))?;
    }
    Ok(())
}
