//! The due list: whom to get in touch with today.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::NaiveDate;

use super::rule::{DueState, cadence_kept, due, interval};
use super::rules::rules;
use super::types::{DueLevel, DueList, DueQuery, DueShow, DueWhy, Interval};
use crate::foundation::id::{PartnerId, ProfileId, TagId};
use crate::network::{Ring, refresh_standing_for_day};
use crate::outreach::error::OutreachError;
use crate::outreach::rows::cadence::{self as rows, Found};
use crate::practice::Practice;
use crate::vault::{Area, Need};

/// Whom somebody looks after today.
struct Desk {
    me: ProfileId,
    /// Who is away today, and who stands in for all of theirs.
    away: HashMap<ProfileId, Option<ProfileId>>,
}

impl Desk {
    /// Whether a partner is theirs today, and whether because its owner is away.
    fn holds(&self, owner: Option<ProfileId>, deputy: Option<ProfileId>) -> (bool, bool) {
        let Some(owner) = owner else { return (false, false) };
        let stands_in = match self.away.get(&owner) {
            Some(of_all) => deputy.or(*of_all) == Some(self.me),
            None => false,
        };
        (owner == self.me || stands_in, stands_in && owner != self.me)
    }
}

/// Partners who should hear from us: the late ones first, then by the day they were due. Medical partners and businesses;
/// patients who refer and sources have no rhythm.
///
/// # Errors
/// Those of the file.
pub fn due_list(practice: &Practice, query: &DueQuery) -> Result<DueList, OutreachError> {
    practice.may(Need::Read(Area::Outreach))?;
    refresh_standing_for_day(practice).map_err(OutreachError::of_network)?;
    let (today, zone) = (practice.today(), practice.store().zone());
    practice.read(|conn| {
        let rules = rules(conn)?;
        let tagged = rows::tagged(conn, &rules.tags)?;
        let desk = Desk { me: practice.actor().id, away: rows::away(conn, today)? };
        let none: &[TagId] = &[];
        let mut all: Vec<(Found, Interval, DueState, bool)> = Vec::new();
        let mut list = DueList {
            rows: Vec::new(),
            total: 0,
            due: 0,
            late: 0,
            snoozed: 0,
            everybodys: 0,
            kept: cadence_kept([]),
        };
        let mut whys: Vec<DueWhy> = Vec::new();
        rows::each(conn, |found| {
            let tags = tagged.get(&found.partner).map_or(none, Vec::as_slice);
            let every = interval(found.own_days, tags, found.status, found.class, &rules);
            let due = due(&found.facts(every, zone), today);
            list.everybodys += u32::from(due.level != DueLevel::Quiet);
            let (mine, standing_in) = desk.holds(found.owner, found.deputy);
            if query.mine && !mine {
                return;
            }
            whys.push(due.why);
            list.due += u32::from(due.level != DueLevel::Quiet);
            list.late += u32::from(due.level == DueLevel::Hard);
            list.snoozed += u32::from(due.why == DueWhy::Snoozed);
            let shown = match query.show {
                DueShow::Due => due.level != DueLevel::Quiet,
                DueShow::Hard => due.level == DueLevel::Hard,
                DueShow::Snoozed => due.why == DueWhy::Snoozed,
            };
            if shown {
                all.push((found, every, due, standing_in));
            }
        })?;
        list.kept = cadence_kept(whys);
        list.total = u32::try_from(all.len()).unwrap_or(u32::MAX);
        all.sort_by_key(|(found, _, due, _)| (Reverse(due.level), due.due_on, found.partner));
        let limit = if query.limit == 0 { 100 } else { query.limit.min(500) };
        let (skip, take) = (usize::try_from(query.offset).unwrap_or(0), usize::try_from(limit).unwrap_or(0));
        let page: Vec<_> = all.into_iter().skip(skip).take(take).collect();
        list.rows = page
            .into_iter()
            .map(|(found, every, due, standing_in)| rows::row(conn, &found, every, due, standing_in, today))
            .collect::<Result<_, _>>()?;
        Ok(list)
    })
}

/// A partner with a rhythm on a day, as the due list has it that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// When it is due, and why it is or is not.
    pub due: DueState,
    /// Days between two talks.
    pub every: Interval,
    /// How close it is.
    pub ring: Ring,
    /// Whether the one who was asked about looks after it that day.
    pub theirs: bool,
}

/// What the due list says on a day of every partner with a rhythm, and which of them `of` looks after then.
///
/// # Errors
/// Those of the file.
pub fn rhythms(
    practice: &Practice,
    on: NaiveDate,
    of: ProfileId,
) -> Result<HashMap<PartnerId, Rhythm>, OutreachError> {
    practice.may(Need::Read(Area::Outreach))?;
    refresh_standing_for_day(practice).map_err(OutreachError::of_network)?;
    let zone = practice.store().zone();
    practice.read(|conn| {
        let rules = rules(conn)?;
        let tagged = rows::tagged(conn, &rules.tags)?;
        let desk = Desk { me: of, away: rows::away(conn, on)? };
        let mut all = HashMap::new();
        rows::each(conn, |found| {
            let tags = tagged.get(&found.partner).map_or(&[][..], Vec::as_slice);
            let every = interval(found.own_days, tags, found.status, found.class, &rules);
            let due = due(&found.facts(every, zone), on);
            let (theirs, _) = desk.holds(found.owner, found.deputy);
            all.insert(found.partner, Rhythm { due, every, ring: found.ring_shown(), theirs });
        })?;
        Ok(all)
    })
}

/// The partners of the due list that have a tag with a rule.
pub(in crate::outreach) type Tagged = HashMap<PartnerId, Vec<TagId>>;
