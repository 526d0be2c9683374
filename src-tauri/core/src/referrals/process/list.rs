//! The baton view: every open referral with who holds it, what is next and when, those due first first.

use chrono::{Days, NaiveDate};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::hand_over::has_lapsed;
use super::holder::{Away, Holder, HolderShown};
use super::model::{DayUnit, Limit};
use super::paths::Paths;
use super::place::ready;
use super::walk::{StepState, walk};
use crate::foundation::id::{PartnerId, ReferralId};
use crate::foundation::working_days::WorkingDays;
use crate::practice::Practice;
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::rows::baton;
use crate::referrals::rows::open::{self as rows, OpenFilter};
use crate::referrals::rows::process as ways;
use crate::referrals::rows::row;
use crate::referrals::types::{Direction, RegisterRow};
use crate::vault::{Area, Need, calendar_in};

/// What to show of the open referrals. `None` and `false` leave everything in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct BatonQuery {
    /// Held by whoever is at the desk, or by somebody they stand in for today.
    pub mine: bool,
    /// Held by this one; stands behind `mine`.
    pub holder: Option<Holder>,
    /// Due before today.
    pub overdue: bool,
    /// Due today or tomorrow.
    pub due_soon: bool,
    /// Offered to whoever is at the desk, or to somebody they stand in for; stands before everything else.
    pub to_accept: bool,
    /// Which way.
    pub direction: Option<Direction>,
    /// At this stage; `rebooked` for those who missed a visit.
    pub stage: Option<String>,
    /// From or to this partner.
    pub partner: Option<PartnerId>,
    /// Where to go on: `next` of the page before.
    pub cursor: Option<String>,
    /// How many rows, at most 500; 0 means 100.
    pub limit: u32,
}

/// An open referral.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BatonRow {
    /// What the register shows of it.
    pub row: RegisterRow,
    /// The stage it stands at.
    pub stage: String,
    /// Its name, where the practice gave it one.
    pub stage_name: Option<String>,
    /// Which stage of its path that is, from 1, and how many the path has.
    pub place: u32,
    /// How many stages the path has.
    pub places: u32,
    /// The stage it waits for: what is next where nobody said otherwise.
    pub next: String,
    /// How long it has waited for that.
    pub waited: Waited,
    /// What its holder said is next.
    pub next_step: Option<String>,
    /// Who holds it.
    pub holder: HolderShown,
    /// Since when.
    pub held_on: NaiveDate,
    /// Days since.
    pub days_held: u32,
    /// By when.
    pub due_on: NaiveDate,
    /// That day has passed.
    pub overdue: bool,
    /// The limit and its grace have passed: it counts as a leak.
    pub leaks: bool,
    /// Somebody was asked to take it and has not answered.
    pub offered_to: Option<String>,
    /// Nobody answered within a working day.
    pub offer_lapsed: bool,
}

/// How long something was waited for, counted as its limit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Waited {
    /// So many days.
    pub days: u32,
    /// How many it may take; none: no timer.
    pub limit: Option<u32>,
    /// What kind of days.
    pub unit: DayUnit,
}

/// How many batons each view holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BatonCounts {
    /// The practice's day they were counted on.
    pub today: NaiveDate,
    /// Every open referral.
    pub open: u32,
    /// Due before today.
    pub late: u32,
    /// Due today or tomorrow.
    pub soon: u32,
    /// Offered to whoever is at the desk.
    pub to_accept: u32,
    /// Held by whoever is at the desk.
    pub mine: u32,
    /// How many each holder has.
    pub holders: Vec<HolderCount>,
}

/// How many batons somebody holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HolderCount {
    /// Who.
    pub holder: Holder,
    /// So many.
    pub open: u32,
    /// Of them due before today.
    pub late: u32,
}

/// One page of the baton view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BatonPage {
    /// The rows.
    pub rows: Vec<BatonRow>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
    /// How many the filter finds in all.
    pub total: u32,
    /// How many of them are due before today.
    pub overdue: u32,
}

const PAGE: usize = 100;
const LARGEST_PAGE: usize = 500;

#[derive(Serialize, Deserialize)]
struct Cursor {
    on: NaiveDate,
    id: ReferralId,
}

/// What all rows of a list share.
pub(super) struct Eyes<'a> {
    practice: &'a Practice,
    away: Away,
    days: WorkingDays,
    paths: Paths,
    today: NaiveDate,
}

impl<'a> Eyes<'a> {
    pub(super) fn new(practice: &'a Practice, conn: &Connection) -> Result<Self, ReferralError> {
        let today = practice.today();
        let (away, days) = (Away::on(conn, today)?, WorkingDays::new(&calendar_in(conn)?));
        Ok(Self { practice, away, days, paths: Paths::read(conn)?, today })
    }

    /// The filter of a query.
    pub(super) fn filter(&self, query: &BatonQuery) -> OpenFilter {
        let holders = if query.mine {
            self.away.looked_after_by(self.practice.actor().id).into_iter().map(|id| id.0).collect()
        } else {
            query.holder.into_iter().map(Holder::id).collect()
        };
        OpenFilter {
            holders,
            partner: query.partner,
            direction: query.direction,
            stage: query.stage.clone(),
            due_from: query.due_soon.then_some(self.today),
            due_before: if query.due_soon {
                Some(self.today + Days::new(2))
            } else {
                query.overdue.then_some(self.today)
            },
        }
    }

    /// Open referrals as rows; those that are gone are left out.
    pub(super) fn rows(&self, conn: &Connection, ids: &[ReferralId]) -> Result<Vec<BatonRow>, ReferralError> {
        let hidden = self.practice.hidden();
        let mut shown = Vec::with_capacity(ids.len());
        for row in row::rows(conn, ids, hidden)? {
            let Some(open) = rows::one(conn, row.id)? else { continue };
            let offer = baton::pending(conn, row.id)?;
            let offered_to = offer.as_ref().map(|offer| offer.to.name(conn, hidden)).transpose()?;
            let holder = Holder::of(open.holder, open.holder_is_person);
            let Some(way) = ways::way(conn, row.id)? else { continue };
            let process = self.paths.of(way.direction, way.kind, way.created_at);
            let walk = walk(process, &way.facts, &self.days);
            let place = process.place(&walk.stage).unwrap_or(0);
            shown.push(BatonRow {
                row,
                stage: open.stage,
                stage_name: process.stages.get(place).and_then(|stage| stage.name.clone()),
                place: u32::try_from(place + 1).unwrap_or(u32::MAX),
                places: u32::try_from(process.stages.len()).unwrap_or(u32::MAX),
                waited: self.waited(walk.next.as_ref(), way.facts.received_on),
                next: open.next,
                // Whoever does not see patients may not read what was written about one.
                next_step: open.next_step.filter(|_| !hidden.patients),
                holder: self.away.shown(conn, holder, hidden)?,
                held_on: open.held_on,
                days_held: u32::try_from((self.today - open.held_on).num_days()).unwrap_or(0),
                due_on: open.due_on,
                overdue: open.due_on < self.today,
                leaks: open.late_on.is_some_and(|late| late < self.today),
                offered_to,
                offer_lapsed: offer.is_some_and(|o| has_lapsed(o.given_on, self.today, &self.days)),
            });
        }
        Ok(shown)
    }
}

impl Eyes<'_> {
    fn waited(&self, next: Option<&StepState>, received_on: NaiveDate) -> Waited {
        let limit = next.and_then(|step| step.limit);
        let since = next.and_then(|step| step.start).unwrap_or(received_on);
        let counted = limit.unwrap_or(Limit::calendar(0));
        Waited {
            days: counted.taken(since.min(self.today), self.today, &self.days),
            limit: limit.map(|limit| limit.count),
            unit: counted.unit,
        }
    }

    /// What was offered to whoever is at the desk, the oldest offer first.
    fn offered(&self, conn: &Connection) -> Result<Vec<ReferralId>, ReferralError> {
        let me = self.practice.actor().id;
        let mut offered = Vec::new();
        for pending in baton::all_pending(conn)? {
            let lapsed = has_lapsed(pending.given_on, self.today, &self.days);
            if !lapsed && self.away.acts_for(me, pending.to) && rows::one(conn, pending.referral)?.is_some() {
                offered.push(pending.referral);
            }
        }
        Ok(offered)
    }
}

/// How many batons each view holds.
///
/// # Errors
/// Those of the file.
pub fn baton_counts(practice: &Practice) -> Result<BatonCounts, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    ready(practice)?;
    practice.read(|conn| {
        let eyes = Eyes::new(practice, conn)?;
        let count = |query: BatonQuery| rows::count(conn, &eyes.filter(&query));
        Ok(BatonCounts {
            today: eyes.today,
            open: count(BatonQuery::default())?,
            late: count(BatonQuery { overdue: true, ..BatonQuery::default() })?,
            soon: count(BatonQuery { due_soon: true, ..BatonQuery::default() })?,
            to_accept: u32::try_from(eyes.offered(conn)?.len()).unwrap_or(u32::MAX),
            mine: count(BatonQuery { mine: true, ..BatonQuery::default() })?,
            holders: rows::by_holder(conn, eyes.today)?
                .into_iter()
                .map(|(id, is_person, open, late)| HolderCount {
                    holder: Holder::of(id, is_person),
                    open,
                    late,
                })
                .collect(),
        })
    })
}

/// One page of the baton view.
///
/// # Errors
/// [`ReferralError::Invalid`] for a cursor of something else; those of the file.
pub fn batons(practice: &Practice, query: &BatonQuery) -> Result<BatonPage, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    ready(practice)?;
    let limit = match usize::try_from(query.limit) {
        Ok(0) | Err(_) => PAGE,
        Ok(limit) => limit.min(LARGEST_PAGE),
    };
    let after = match query.cursor.as_deref().map(serde_json::from_str::<Cursor>) {
        None => None,
        Some(Ok(cursor)) => Some((cursor.on, cursor.id)),
        Some(Err(_)) => return invalid("cursor", Problem::Cursor),
    };
    practice.read(|conn| {
        let eyes = Eyes::new(practice, conn)?;
        if query.to_accept {
            let rows = eyes.rows(conn, &eyes.offered(conn)?)?;
            let count = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX);
            let overdue = count(rows.iter().filter(|row| row.overdue).count());
            return Ok(BatonPage { total: count(rows.len()), overdue, next: None, rows });
        }
        let filter = eyes.filter(query);
        let mut found = rows::page(conn, &filter, after, limit + 1)?;
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(|(on, id)| Cursor { on: *on, id: *id });
        let ids: Vec<ReferralId> = found.iter().map(|(_, id)| *id).collect();
        let late = OpenFilter { due_before: Some(eyes.today), ..filter.clone() };
        Ok(BatonPage {
            rows: eyes.rows(conn, &ids)?,
            next: next.map(|cursor| serde_json::to_string(&cursor)).transpose().ok().flatten(),
            total: rows::count(conn, &filter)?,
            overdue: rows::count(conn, &late)?,
        })
    })
}

/// Open referrals that nobody holds. There are none: the promise the room is named for, and a test asks it.
///
/// # Errors
/// Those of the file.
pub fn orphans(practice: &Practice) -> Result<Vec<ReferralId>, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    ready(practice)?;
    practice.read(|conn| Ok(crate::referrals::rows::process::without_holder(conn)?))
}
