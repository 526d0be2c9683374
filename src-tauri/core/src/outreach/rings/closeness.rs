//! How close a partner is, by hand, and who stands in for its owner.

use chrono::{DateTime, NaiveDate};
use serde::{Deserialize, Serialize};

use super::stage::{RelationFacts, StageReached, stages};
use crate::foundation::id::{PartnerId, ProfileId};
use crate::network::{Owner, Ring, refresh_standing_for_day};
use crate::outreach::cadence::rules;
use crate::outreach::checks::line;
use crate::outreach::error::{OutreachError, invalid};
use crate::outreach::rows::{rings as rows, tasks, touches};
use crate::outreach::touches::may_see;
use crate::practice::Practice;
use crate::store::{Label, Written};
use crate::vault::{Area, Need};

const REASON: usize = 300;

/// How close a partner is and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Closeness {
    /// Where it stands.
    pub ring: Ring,
    /// Somebody put it there; else it follows from what happened.
    pub by_hand: bool,
    /// Since when, if by hand.
    pub since: Option<NaiveDate>,
    /// Why, if by hand.
    pub reason: String,
    /// How many partners the core holds.
    pub core: u32,
    /// How many it should hold at most.
    pub core_limit: u16,
    /// Who stands in for the owner, if they are still here.
    pub deputy: Option<Owner>,
    /// Every stage up to the present one.
    pub stages: Vec<StageReached>,
}

/// How close a partner is and how far it has come.
///
/// # Errors
/// [`OutreachError::Missing`]; those of the file.
pub fn closeness(practice: &Practice, partner: PartnerId) -> Result<Closeness, OutreachError> {
    practice.may(Need::Read(Area::Outreach))?;
    practice.must_see(partner)?;
    refresh_standing_for_day(practice).map_err(OutreachError::of_network)?;
    let (today, zone) = (practice.today(), practice.store().zone());
    practice.read(|conn| {
        may_see(practice, conn, partner)?;
        let kept = rows::kept(conn, partner)?;
        let past = rows::past(conn, partner, today)?.ok_or(OutreachError::Missing)?;
        let recorded_on = DateTime::from_timestamp_millis(past.recorded_at)
            .map_or(today, |at| at.with_timezone(&zone).date_naive());
        let earliest = [past.contacted_on, past.referred_on.first().copied()];
        let facts = RelationFacts {
            recorded_on: earliest.into_iter().flatten().fold(recorded_on, NaiveDate::min),
            contacted_on: past.contacted_on,
            met_on: past.met_on,
            referred_on: past.referred_on,
            status: past.status,
            window_days: past.window_days.ceil() as u32,
            last_two_way_on: past.last_two_way_on,
            ended_on: past.ended_on,
        };
        Ok(Closeness {
            ring: Ring::shown(kept.ring, past.status),
            by_hand: kept.ring.is_some(),
            since: kept.since,
            reason: kept.reason,
            core: rows::core(conn)?,
            core_limit: rules(conn)?.core_limit,
            deputy: match kept.deputy {
                Some(id)
                    if tasks::is_at_work(conn, id, today)? && rows::owner_of(conn, partner)? != Some(id) =>
                {
                    rows::owner(conn, id)?
                }
                _ => None,
            },
            stages: stages(&facts),
        })
    })
}

/// Puts a partner into a ring; nothing: it follows from what happened again. The core may hold more than its limit; screens
/// say so.
///
/// # Errors
/// [`OutreachError::Invalid`] for the ring `ended`, which has a way of its own; [`OutreachError::Missing`]; those of the
/// file.
pub fn set_ring(
    practice: &Practice,
    partner: PartnerId,
    ring: Option<Ring>,
    reason: &str,
) -> Result<Written<()>, OutreachError> {
    practice.may(Need::Write(Area::Outreach))?;
    practice.must_see(partner)?;
    if ring == Some(Ring::Ended) {
        return invalid("ring", "A relationship is ended on the partner's own page, with its reason.");
    }
    let reason = line("reason", reason, REASON)?;
    practice.write(Label::hand("ring_set", ""), |tx| {
        may_see(practice, tx, partner)?;
        tx.subject(touches::partner(tx, partner)?.ok_or(OutreachError::Missing)?);
        let before = rows::kept(tx, partner)?;
        let since = if before.ring == ring { before.since } else { ring.map(|_| tx.today) };
        Ok(rows::keep(tx, partner, &rows::Kept { ring, since, reason, deputy: before.deputy })?)
    })
}

/// Says who stands in for a partner's owner.
///
/// # Errors
/// [`OutreachError::Invalid`] for somebody who does not work with Baton any more or is the owner; [`OutreachError::Missing`];
/// those of the file.
pub fn set_deputy(
    practice: &Practice,
    partner: PartnerId,
    deputy: Option<ProfileId>,
) -> Result<Written<()>, OutreachError> {
    practice.may(Need::Write(Area::Outreach))?;
    practice.must_see(partner)?;
    practice.write(Label::hand("deputy_set", ""), |tx| {
        may_see(practice, tx, partner)?;
        tx.subject(touches::partner(tx, partner)?.ok_or(OutreachError::Missing)?);
        if let Some(deputy) = deputy {
            if !tasks::is_at_work(tx, deputy, tx.today)? {
                return invalid("deputy", "This person no longer works with Baton. Choose a colleague.");
            }
            if rows::owner_of(tx, partner)? == Some(deputy) {
                return invalid("deputy", "This is the owner. Choose somebody else to stand in.");
            }
        }
        let before = rows::kept(tx, partner)?;
        Ok(rows::keep(tx, partner, &rows::Kept { deputy, ..before })?)
    })
}
