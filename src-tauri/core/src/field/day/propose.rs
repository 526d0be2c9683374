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
    /// The first referral came lately.
    FirstReferral {
        /// On this day.
        on: NaiveDate,
    },
    /// Nobody there answered since.
    Quiet {
        /// This day; none: never.
        since: Option<NaiveDate>,
    },
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
    /// Why.
    pub reason: ProposalReason,
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

/// Whom one might visit as well on this day, who waits the most first: a promise or a concern, a first referral, then who has been
/// quiet for the longest time. Only those near the way of the day.
///
/// # Errors
/// [`FieldError::Missing`]; those of the file.
pub fn field_proposals(practice: &Practice, day: VisitDayId) -> Result<Vec<Proposal>, FieldError> {
    practice.may(Need::Read(Area::Outreach))?;
    if !practice.rights().reads(Area::Network) {
        return Ok(Vec::new());
    }
    let sees_referrals = practice.rights().reads(Area::Referrals);
    practice.read(|conn| {
        let kept = days::by_id(conn, day)?.ok_or(FieldError::Missing)?;
        let (going, _) = planned(conn, &kept)?;
        let there = crate::field::rows::stops::of_day(conn, day)?;
        let (frame, calls) = (frame_of(&kept), going.iter().map(call_of).collect::<Vec<_>>());
        let mut found: Vec<Proposal> = due::due(conn)?
            .into_iter()
            .filter(|one| !there.iter().any(|stop| stop.form.partner == one.partner))
            .filter_map(|one| {
                let spot = one.place.spot()?;
                let way = detour(&frame, &calls, spot).filter(|way| way.minutes <= NEAR)?;
                Some(Proposal {
                    reason: reason(&one, kept.on, sees_referrals),
                    partner: one.partner,
                    name: one.name,
                    spot,
                    at: u32::try_from(way.at).unwrap_or(0),
                    adds_tenths: way.tenths,
                    adds_minutes: way.minutes,
                })
            })
            .collect();
        // The order within each group stays: it is the one they are due in.
        found.sort_by_key(|one| match one.reason {
            ProposalReason::Promise { .. } | ProposalReason::Concern { .. } => 0,
            ProposalReason::FirstReferral { .. } => 1,
            ProposalReason::Quiet { .. } => 2,
        });
        found.truncate(MOST);
        Ok(found)
    })
}

fn reason(one: &Due, on: NaiveDate, sees_referrals: bool) -> ProposalReason {
    if let Some(by) = one.promised {
        return ProposalReason::Promise { by };
    }
    if one.concern > 0 {
        return ProposalReason::Concern { severity: one.concern };
    }
    match one.first_referral.filter(|first| sees_referrals && *first + NEWS >= on && *first <= on) {
        Some(first) => ProposalReason::FirstReferral { on: first },
        None => ProposalReason::Quiet { since: one.last },
    }
}
