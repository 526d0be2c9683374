//! One partner's scorecard.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::Serialize;

use super::error::InsightsError;
use super::figures::{Tally, days_to_visit};
use super::frame::Frame;
use super::period::{Period, PeriodShown};
use super::ratio::Ratio;
use super::rows::{self, Inbound, Outcome};
use super::scorecards::Scorecard;
use super::spread::Spread;
use super::state::ReferralState;
use super::summary::MonthCount;
use crate::foundation::id::{PartnerId, PersonId};
use crate::practice::Practice;
use crate::vault::{Area, Hidden, Need};

/// A step on the way from referral to visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum StepCode {
    /// The referral arrived.
    Received,
    /// The patient has or had an appointment.
    Scheduled,
    /// The patient came.
    Seen,
}

/// How many got so far, and how long it took.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Which step.
    pub code: StepCode,
    /// Of all received in the period.
    pub ratio: Ratio,
    /// Days since received, where both dates are known.
    pub days: Spread,
}

/// What one person at the partner sent.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PersonFigures {
    /// Who; none where no person was named.
    pub person: Option<PersonId>,
    /// The name.
    pub name: Option<String>,
    /// Received in the period.
    pub received: u32,
    /// Of these, with a kept visit.
    pub seen: u32,
}

/// One partner over a period, as its page shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PartnerScorecard {
    /// The dates.
    pub period: PeriodShown,
    /// The numbers.
    pub card: Scorecard,
    /// The months of the period.
    pub months: Vec<MonthCount>,
    /// The months of the period before.
    pub months_before: Vec<MonthCount>,
    /// From referral to visit.
    pub steps: Vec<Step>,
    /// Who sent them, most first.
    pub people: Vec<PersonFigures>,
}

/// One partner's scorecard.
///
/// # Errors
/// [`InsightsError::NoPartner`], [`InsightsError::Store`].
pub fn scorecard(
    practice: &Practice,
    partner: PartnerId,
    period: &Period,
) -> Result<PartnerScorecard, InsightsError> {
    practice.may(Need::Read(Area::Insights))?;
    practice.read(|conn| {
        let _snapshot = conn.unchecked_transaction()?;
        scorecard_in(conn, partner, period, practice.today(), practice.hidden())
    })
}

/// The same within a snapshot somebody holds.
pub(crate) fn scorecard_in(
    conn: &Connection,
    partner: PartnerId,
    period: &Period,
    today: NaiveDate,
    hidden: Hidden,
) -> Result<PartnerScorecard, InsightsError> {
    let named = rows::partner(conn, partner, hidden)?.ok_or(InsightsError::NoPartner)?;
    let frame = Frame::new(*period, today);
    let mut count = Count::default();
    rows::each_inbound_of(conn, partner, frame.reach(), |row| count.take(&frame, row))?;

    let mut people = Vec::with_capacity(count.people.len());
    for (person, (received, seen)) in count.people {
        let name = person.map(|id| rows::person_name(conn, id, hidden)).transpose()?.flatten();
        people.push(PersonFigures { person, name, received, seen });
    }
    people.sort_by(|a, b| {
        b.received.cmp(&a.received).then_with(|| a.name.cmp(&b.name)).then(a.person.cmp(&b.person))
    });
    let card = Scorecard::of(named, count.tally.figures(&frame));
    let steps = steps(&card, count.scheduled, &mut count.scheduled_days);
    Ok(PartnerScorecard {
        period: period.shown(today),
        steps,
        months: months(frame.month_names(), &count.months),
        months_before: months(frame.before.months(today), &count.months_before),
        card,
        people,
    })
}

/// What one pass over the partner's referrals gathers. Months are keyed as yyyy-mm.
#[derive(Default)]
struct Count {
    tally: Tally,
    scheduled: u32,
    scheduled_days: Vec<u32>,
    months: HashMap<String, (u32, u32)>,
    months_before: HashMap<String, (u32, u32)>,
    people: HashMap<Option<PersonId>, (u32, u32)>,
}

impl Count {
    fn take(&mut self, frame: &Frame, row: &Inbound) {
        self.tally.count(frame, row);
        let seen = u32::from(frame.state(row) == ReferralState::Seen);
        let month = row.received_on.format("%Y-%m").to_string();
        let add = |(received, came): &mut (u32, u32)| {
            *received += 1;
            *came += seen;
        };
        if frame.period.holds(row.received_on) {
            add(self.months.entry(month).or_default());
            add(self.people.entry(row.person).or_default());
            let appointed = row.scheduled_on.is_some()
                || row.outcome == Some(Outcome::Scheduled)
                || row.outcome == Some(Outcome::NoShow);
            if seen == 1 || appointed {
                self.scheduled += 1;
            }
            self.scheduled_days.extend(days_to_visit(row.received_on, row.scheduled_on));
        } else if frame.before.holds(row.received_on) {
            add(self.months_before.entry(month).or_default());
        }
    }
}

fn steps(card: &Scorecard, scheduled: u32, scheduled_days: &mut [u32]) -> Vec<Step> {
    let figures = &card.figures;
    let of_received = |count| Ratio::new(count, figures.received);
    vec![
        Step { code: StepCode::Received, ratio: of_received(figures.received), days: Spread::default() },
        Step { code: StepCode::Scheduled, ratio: of_received(scheduled), days: Spread::of(scheduled_days) },
        Step { code: StepCode::Seen, ratio: of_received(figures.seen), days: figures.time_to_conversion },
    ]
}

fn months(names: Vec<String>, counts: &HashMap<String, (u32, u32)>) -> Vec<MonthCount> {
    let of = |month: &str| counts.get(month).copied().unwrap_or_default();
    names.into_iter().map(|month| MonthCount { received: of(&month).0, seen: of(&month).1, month }).collect()
}
