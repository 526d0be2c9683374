//! How far a relationship has come: from what happened and when, nothing else.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::foundation::codes;
use crate::network::Status;

codes! {
    /// A stage of a relationship.
    RelationStage {
        /// On record.
        Prospect = "prospect",
        /// We were in touch.
        Contacted = "contacted",
        /// We met, in a room or on a screen.
        Met = "met",
        /// A first referral, either way.
        FirstReferral = "first_referral",
        /// A second one.
        Repeat = "repeat",
        /// Referrals in four different months within twelve.
        Consistent = "consistent",
        /// Silent for longer than usual.
        Dormant = "dormant",
        /// Ended.
        Ended = "ended",
    }
}

/// What a stage follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationFacts {
    /// The day it was put on record.
    pub recorded_on: NaiveDate,
    /// The first contact that did not go to many alike.
    pub contacted_on: Option<NaiveDate>,
    /// The first time we met.
    pub met_on: Option<NaiveDate>,
    /// One date a referral, both directions, in order.
    pub referred_on: Vec<NaiveDate>,
    /// The measure `status`.
    pub status: Status,
    /// W of the measure `status`, in days.
    pub window_days: u32,
    /// The last contact with an answer.
    pub last_two_way_on: Option<NaiveDate>,
    /// The end.
    pub ended_on: Option<NaiveDate>,
}

/// A stage that was reached, or that was passed by without anything on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct StageReached {
    /// Which.
    pub stage: RelationStage,
    /// When; nothing where a later one was reached without it.
    pub on: Option<NaiveDate>,
}

/// Every stage up to the present one, in order; the last is where it stands. A stage that nothing on record tells of, while a
/// later one was reached, stands there without a day, so that none is skipped in silence.
pub fn stages(facts: &RelationFacts) -> Vec<StageReached> {
    let reached = [
        (RelationStage::Prospect, Some(facts.recorded_on)),
        (RelationStage::Contacted, facts.contacted_on),
        (RelationStage::Met, facts.met_on),
        (RelationStage::FirstReferral, facts.referred_on.first().copied()),
        (RelationStage::Repeat, facts.referred_on.get(1).copied()),
        (RelationStage::Consistent, consistent_on(&facts.referred_on)),
    ];
    let furthest = reached.iter().rposition(|(_, on)| on.is_some()).unwrap_or(0);
    let mut all: Vec<StageReached> =
        reached[..=furthest].iter().map(|(stage, on)| StageReached { stage: *stage, on: *on }).collect();
    if facts.status == Status::Dormant {
        all.push(StageReached { stage: RelationStage::Dormant, on: dormant_on(facts) });
    }
    if let Some(ended_on) = facts.ended_on {
        all.push(StageReached { stage: RelationStage::Ended, on: Some(ended_on) });
    }
    all
}

/// The first day on which the twelve months up to it held referrals in four different calendar months.
fn consistent_on(referred_on: &[NaiveDate]) -> Option<NaiveDate> {
    referred_on.iter().enumerate().find_map(|(at, day)| {
        let since = day.checked_sub_months(Months::new(12))?;
        let mut months: Vec<(i32, u32)> = referred_on[..=at]
            .iter()
            .filter(|other| **other > since)
            .map(|other| (other.year(), other.month()))
            .collect();
        months.dedup();
        (months.len() >= 4).then_some(*day)
    })
}

/// The day after twice the usual silence since the last referral, or the usual one since the last talk, whichever was later.
fn dormant_on(facts: &RelationFacts) -> Option<NaiveDate> {
    let after = |from: Option<NaiveDate>, days: u32| from?.checked_add_days(Days::new(u64::from(days) + 1));
    after(facts.referred_on.last().copied(), 2 * facts.window_days)
        .max(after(facts.last_two_way_on, facts.window_days))
}

#[cfg(test)]
mod tests {
    use super::RelationStage::*;
    use super::*;
    use crate::testing::day;

    fn facts() -> RelationFacts {
        RelationFacts {
            recorded_on: day("2025-01-07"),
            contacted_on: None,
            met_on: None,
            referred_on: Vec::new(),
            status: Status::Prospect,
            window_days: 90,
            last_two_way_on: None,
            ended_on: None,
        }
    }

    fn told(facts: &RelationFacts) -> Vec<(RelationStage, Option<NaiveDate>)> {
        stages(facts).into_iter().map(|one| (one.stage, one.on)).collect()
    }

    #[test]
    fn a_relationship_moves_forward_on_facts_with_their_days() {
        assert_eq!(told(&facts()), [(Prospect, Some(day("2025-01-07")))]);
        let days: Vec<NaiveDate> =
            ["2025-03-03", "2025-03-20", "2025-05-02", "2025-08-11", "2026-02-09"].map(day).into();
        let all = RelationFacts {
            contacted_on: Some(day("2025-01-10")),
            met_on: Some(day("2025-02-01")),
            referred_on: days,
            status: Status::Active,
            ..facts()
        };
        // March, May, August and February lie within the twelve months up to 9 February 2026.
        assert_eq!(
            told(&all),
            [
                (Prospect, Some(day("2025-01-07"))),
                (Contacted, Some(day("2025-01-10"))),
                (Met, Some(day("2025-02-01"))),
                (FirstReferral, Some(day("2025-03-03"))),
                (Repeat, Some(day("2025-03-20"))),
                (Consistent, Some(day("2026-02-09"))),
            ]
        );
    }

    #[test]
    fn what_was_passed_by_is_shown_without_a_day() {
        let sent = RelationFacts { referred_on: vec![day("2025-03-03")], status: Status::Active, ..facts() };
        assert_eq!(
            told(&sent),
            [
                (Prospect, Some(day("2025-01-07"))),
                (Contacted, None),
                (Met, None),
                (FirstReferral, Some(day("2025-03-03"))),
            ]
        );
    }

    #[test]
    fn silence_and_the_end_come_last() {
        let silent = RelationFacts {
            referred_on: vec![day("2025-03-03")],
            status: Status::Dormant,
            ended_on: Some(day("2026-01-15")),
            ..facts()
        };
        // 180 days after 3 March is 30 August; the day after is silence.
        let last = &told(&silent)[4..];
        assert_eq!(last, [(Dormant, Some(day("2025-08-31"))), (Ended, Some(day("2026-01-15")))]);
        let talked = RelationFacts { last_two_way_on: Some(day("2025-07-01")), ended_on: None, ..silent };
        assert_eq!(told(&talked)[4], (Dormant, Some(day("2025-09-30"))), "90 days after 1 July");
    }

    #[test]
    fn four_months_a_year_apart_are_no_rhythm() {
        let rare: Vec<NaiveDate> = ["2023-01-01", "2023-06-01", "2024-06-02", "2025-06-03"].map(day).into();
        assert_eq!(consistent_on(&rare), None);
        let same: Vec<NaiveDate> = ["2025-01-01", "2025-01-02", "2025-01-03", "2025-01-04"].map(day).into();
        assert_eq!(consistent_on(&same), None, "four in one month");
    }
}
