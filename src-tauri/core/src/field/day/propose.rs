//! Whom one might visit as well: who waits for us, near the way of the day.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::course::detour;
use super::view::{call_of, frame_of, planned};
use crate::field::error::FieldError;
use crate::field::places::Spot;
use crate::field::rows::days;
use crate::field::rows::due::{self, Due};
use crate::foundation::id::{PartnerId, VisitDayId};
use crate::network::Ring;
use crate::outreach::{DueWhy, Interval, Rhythm, rhythms};
use crate::practice::Practice;
use crate::vault::{Area, Need};

/// Why a partner is proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum ProposalReason {
    /// Something is promised.
    Promise {
        /// By this day.
        by: NaiveDate,
    },
    /// A concern is open.
    Concern {
        /// 1 to 3, the worst last.
        severity: u8,
    },
    /// It should have heard from us long ago.
    Late(Waiting),
    /// It should hear from us.
    Due(Waiting),
    /// The first referral came lately.
    FirstReferral {
        /// On this day.
        on: NaiveDate,
    },
    /// It is in the core.
    Core,
    /// Nobody has begun with this partner.
    NotBegun,
}

/// Since when a partner waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Waiting {
    /// The day it was due, or late.
    pub since: NaiveDate,
    /// Days between two talks, and where that is from.
    pub every: Interval,
    /// The last time somebody there answered.
    pub last: Option<NaiveDate>,
}

/// A partner one might visit as well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Proposal {
    /// Whom.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// Why, what weighs most first; at least one.
    pub reasons: Vec<ProposalReason>,
    /// Where it is.
    pub spot: Spot,
    /// Before which stop of the day it is best put, counted from 0 among those that are not left out.
    pub at: u32,
    /// What it adds to the way, in tenths of a mile.
    pub adds_tenths: u32,
    /// And in minutes on the road.
    pub adds_minutes: u32,
}

/// No further off the way of the day than so many minutes.
const NEAR: u32 = 30;
/// For so many days a first referral is news.
const NEWS: Days = Days::new(14);
/// How many are proposed.
const MOST: usize = 12;

/// Whom one might visit as well on this day, who waits the most first: a promise or a concern, who is late or due on that day by the
/// due list, a first referral, and last whom nobody has begun with. Only those near the way of the day; of those that wait alike,
/// first those the liaison looks after, then the core. Whoever is left alone on purpose is proposed for a promise or a concern
/// alone, whoever is away or has ended for nothing.
///
/// # Errors
/// [`FieldError::Missing`]; those of the file.
pub fn field_proposals(practice: &Practice, day: VisitDayId) -> Result<Vec<Proposal>, FieldError> {
    practice.may(Need::Read(Area::Outreach))?;
    if !practice.rights().reads(Area::Network) {
        return Ok(Vec::new());
    }
    let sees_referrals = practice.rights().reads(Area::Referrals);
    let kept = practice.read(|conn| days::by_id(conn, day))?.ok_or(FieldError::Missing)?;
    let rhythms = rhythms(practice, kept.on, kept.liaison)?;
    practice.read(|conn| {
        let (going, _) = planned(conn, &kept)?;
        let there = crate::field::rows::stops::of_day(conn, day)?;
        let (frame, calls) = (frame_of(&kept), going.iter().map(call_of).collect::<Vec<_>>());
        let mut found: Vec<(Rank, Proposal)> = due::due(conn)?
            .into_iter()
            .filter(|one| !there.iter().any(|stop| stop.form.partner == one.partner))
            .filter_map(|one| {
                let rhythm = rhythms.get(&one.partner)?;
                let reasons = reasons(&one, rhythm, kept.on, sees_referrals);
                let rank = rank(reasons.first()?, rhythm);
                let spot = one.place.spot()?;
                let way = detour(&frame, &calls, spot).filter(|way| way.minutes <= NEAR)?;
                let proposal = Proposal {
                    reasons,
                    partner: one.partner,
                    name: one.name,
                    spot,
                    at: u32::try_from(way.at).unwrap_or(0),
                    adds_tenths: way.tenths,
                    adds_minutes: way.minutes,
                };
                Some((rank, proposal))
            })
            .collect();
        // The order within a rank stays: promises by their day, then concerns by how grave they are.
        found.sort_by_key(|(rank, _)| *rank);
        found.truncate(MOST);
        Ok(found.into_iter().map(|(_, proposal)| proposal).collect())
    })
}

/// What weighs more is smaller: the reason, not theirs, not in the core, since when.
type Rank = (u8, bool, bool, Option<NaiveDate>);

fn rank(first: &ProposalReason, rhythm: &Rhythm) -> Rank {
    let (weight, since) = match first {
        ProposalReason::Promise { .. } | ProposalReason::Concern { .. } => return (0, false, false, None),
        ProposalReason::Late(waiting) => (1, Some(waiting.since)),
        ProposalReason::Due(waiting) => (2, Some(waiting.since)),
        ProposalReason::FirstReferral { on } => (3, Some(*on)),
        ProposalReason::Core | ProposalReason::NotBegun => (4, None),
    };
    (weight, !rhythm.theirs, rhythm.ring != Ring::Core, since)
}

/// Why a partner is proposed on a day; nothing where it is not.
fn reasons(one: &Due, rhythm: &Rhythm, on: NaiveDate, sees_referrals: bool) -> Vec<ProposalReason> {
    if matches!(rhythm.due.why, DueWhy::Away | DueWhy::Ended) {
        return Vec::new();
    }
    let mut all = Vec::new();
    all.extend(one.promised.map(|by| ProposalReason::Promise { by }));
    if one.concern > 0 {
        all.push(ProposalReason::Concern { severity: one.concern });
    }
    let waiting = |since| Waiting { since, every: rhythm.every, last: one.last };
    match rhythm.due.why {
        DueWhy::Late => all.extend(rhythm.due.late_on.map(|on| ProposalReason::Late(waiting(on)))),
        DueWhy::Due => all.extend(rhythm.due.due_on.map(|on| ProposalReason::Due(waiting(on)))),
        DueWhy::Snoozed | DueWhy::Paused | DueWhy::Parked => return all,
        DueWhy::InTime | DueWhy::NotBegun | DueWhy::Away | DueWhy::Ended => {}
    }
    all.extend(
        one.first_referral
            .filter(|first| sees_referrals && *first + NEWS >= on && *first <= on)
            .map(|on| ProposalReason::FirstReferral { on }),
    );
    if rhythm.due.why == DueWhy::NotBegun {
        all.push(ProposalReason::NotBegun);
    }
    if !all.is_empty() && rhythm.ring == Ring::Core {
        all.push(ProposalReason::Core);
    }
    all
}
