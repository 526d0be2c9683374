//! Who sent how many, and what became of them: one row a partner.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::Serialize;

use super::conversion::Converting;
use super::error::InsightsError;
use super::figures::{Figures, Tally};
use super::frame::Frame;
use super::period::{Period, PeriodShown};
use super::rows::{self, Inbound, PartnerNamed};
use super::state::ReferralState;
use super::summary::{Look, Summary};
use crate::foundation::id::PartnerId;
use crate::network::{PartnerClass, PartnerType, Status};
use crate::practice::Practice;
use crate::vault::{Area, Hidden, Need};

/// One partner over a period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Scorecard {
    /// The partner.
    pub partner: PartnerId,
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: PartnerClass,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: PartnerType,
    /// Who of us looks after it.
    pub owner: Option<String>,
    /// The measure `status` as it stands today.
    pub status: Status,
    /// Its numbers.
    #[serde(flatten)]
    pub figures: Figures,
}

/// Every partner over a period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Scorecards {
    /// The dates.
    pub period: PeriodShown,
    /// The months of every `months` below, yyyy-mm.
    pub months: Vec<String>,
    /// The practice as a whole.
    pub summary: Summary,
    /// Partners who sent someone in the period or the one before; most received first.
    pub rows: Vec<Scorecard>,
    /// Inbound referrals without a partner: no source named, or the partner is in Trash.
    pub without_partner: Figures,
    /// All inbound referrals: the rows and those without a partner together.
    pub totals: Figures,
}

/// The scorecards of a period: one pass over its referrals and those of the period before.
///
/// # Errors
/// [`InsightsError::Store`].
pub fn scorecards(practice: &Practice, period: &Period) -> Result<Scorecards, InsightsError> {
    practice.may(Need::Read(Area::Insights))?;
    practice.read(|conn| {
        // One snapshot, so that every number speaks of the same moment.
        let _snapshot = conn.unchecked_transaction()?;
        scorecards_in(conn, period, practice.today(), practice.hidden())
    })
}

/// Whether the practice holds any referral.
///
/// # Errors
/// [`InsightsError::Store`].
pub fn has_referrals(practice: &Practice) -> Result<bool, InsightsError> {
    practice.may(Need::Read(Area::Insights))?;
    practice.read(|conn| Ok(rows::first_day(conn)?.is_some()))
}

/// The same within a snapshot somebody holds.
pub(crate) fn scorecards_in(
    conn: &Connection,
    period: &Period,
    today: NaiveDate,
    hidden: Hidden,
) -> Result<Scorecards, InsightsError> {
    let frame = Frame::new(*period, today);
    let mut count = Count::default();
    rows::each_inbound(conn, frame.reach(), |row| count.take(&frame, row))?;

    let mut partners = 0;
    let mut cards = Vec::with_capacity(count.of.len());
    let mut kinds = HashMap::new();
    rows::each_partner(conn, hidden, |named| {
        partners += 1;
        if let Some(tally) = count.of.remove(&named.id) {
            kinds.insert(named.id, (named.class, named.kind));
            if !tally.is_empty() {
                cards.push(Scorecard::of(named, tally.figures(&frame)));
            }
        }
    })?;
    // What is left belongs to partners in Trash; the referrals themselves still count.
    for (_, tally) in count.of.drain() {
        count.without.add(tally);
    }
    cards.sort_by(|a, b| {
        b.figures
            .received
            .cmp(&a.figures.received)
            .then_with(|| a.name.cmp(&b.name))
            .then(a.partner.cmp(&b.partner))
    });
    let without_partner = count.without.figures(&frame);
    let totals = count.all.figures(&frame);
    let look = Look {
        frame: &frame,
        cards: &cards,
        kinds: &kinds,
        totals: &totals,
        partners,
        seen_by_month: &count.seen_by_month,
    };
    let summary = Summary::look(conn, &look, count.matured, count.matured_before, count.year)?;
    Ok(Scorecards {
        period: period.shown(today),
        months: frame.month_names(),
        summary,
        rows: cards,
        without_partner,
        totals,
    })
}

/// What one pass over the referrals gathers.
#[derive(Default)]
struct Count {
    of: HashMap<PartnerId, Tally>,
    without: Tally,
    all: Tally,
    matured: Converting,
    matured_before: Converting,
    seen_by_month: Vec<u32>,
    year: HashMap<PartnerId, u32>,
}

impl Count {
    fn take(&mut self, frame: &Frame, row: &Inbound) {
        match row.partner {
            Some(partner) => self.of.entry(partner).or_default().count(frame, row),
            None => self.without.count(frame, row),
        }
        self.all.count(frame, row);
        if let Some(partner) = row.partner
            && frame.year.holds(row.received_on)
        {
            *self.year.entry(partner).or_default() += 1;
        }
        let state = frame.state(row);
        if frame.period.holds(row.received_on) && state == ReferralState::Seen {
            let month = frame.month_of(row.received_on);
            if self.seen_by_month.len() <= month {
                self.seen_by_month.resize(month + 1, 0);
            }
            self.seen_by_month[month] += 1;
        }
        if frame.mature.is_some_and(|part| part.holds(row.received_on)) {
            self.matured.count(row.received_on, state, frame.as_of, frame.pending_days);
        } else if frame.mature_before.is_some_and(|part| part.holds(row.received_on)) {
            self.matured_before.count(row.received_on, state, frame.as_of, frame.pending_days);
        }
    }
}

impl Scorecard {
    pub(super) fn of(named: PartnerNamed, figures: Figures) -> Self {
        Self {
            partner: named.id,
            name: named.name,
            class: named.class,
            kind: named.kind,
            owner: named.owner,
            // A partner without a standing has no referral either way: a prospect.
            status: named.status.unwrap_or(Status::Prospect),
            figures,
        }
    }
}
