//! Where a plan stands and what came of it: pure functions of what is on record and a day.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::foundation::codes;

codes! {
    /// Where a plan stands.
    OutreachPlanState {
        /// A step is to be done, or an answer is waited for.
        Running = "running",
        /// Every step was done.
        Finished = "finished",
        /// They answered.
        Replied = "replied",
        /// They sent somebody.
        Referred = "referred",
        /// Its days were over.
        TimeOver = "time_over",
        /// Somebody stopped it.
        Stopped = "stopped",
    }
}

/// What is on record of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanFacts {
    /// The first day.
    pub started_on: NaiveDate,
    /// The last day it waits.
    pub stops_on: Option<NaiveDate>,
    /// It stops when they send somebody.
    pub stop_on_referral: bool,
    /// It was ended, how and when.
    pub ended: Option<(OutreachPlanState, NaiveDate)>,
    /// The first day since it began on which they answered.
    pub replied_on: Option<NaiveDate>,
    /// The first day since it began on which one met face to face.
    pub met_on: Option<NaiveDate>,
    /// The first day since it began on which they sent somebody.
    pub referred_on: Option<NaiveDate>,
}

/// Where a plan stands on `today`, and since when. What was put down comes first; then whichever stop came first.
pub fn plan_state(facts: &PlanFacts, today: NaiveDate) -> (OutreachPlanState, Option<NaiveDate>) {
    if let Some((state, on)) = facts.ended {
        return (state, Some(on));
    }
    let over = facts.stops_on.filter(|last| *last < today);
    let referred = facts.referred_on.filter(|_| facts.stop_on_referral);
    match (referred, over) {
        (Some(on), last) if last.is_none_or(|last| on <= last) => (OutreachPlanState::Referred, Some(on)),
        (_, Some(last)) => (OutreachPlanState::TimeOver, Some(last)),
        _ => (OutreachPlanState::Running, None),
    }
}

/// For how many days after its beginning something counts as come of a plan.
const COUNTS_FOR: Days = Days::new(90);

/// What came of a plan within 90 days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PlanResult {
    /// When they answered.
    pub replied_on: Option<NaiveDate>,
    /// When one met.
    pub met_on: Option<NaiveDate>,
    /// When they sent somebody.
    pub referred_on: Option<NaiveDate>,
}

/// What came of a plan: each event that lies at most 90 days after the day it began.
pub fn plan_result(facts: &PlanFacts) -> PlanResult {
    let last = facts.started_on + COUNTS_FOR;
    let counts = |day: Option<NaiveDate>| day.filter(|day| (facts.started_on..=last).contains(day));
    PlanResult {
        replied_on: counts(facts.replied_on),
        met_on: counts(facts.met_on),
        referred_on: counts(facts.referred_on),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    fn facts() -> PlanFacts {
        PlanFacts {
            started_on: day("2026-09-01"),
            stops_on: Some(day("2026-10-15")),
            stop_on_referral: true,
            ended: None,
            replied_on: None,
            met_on: None,
            referred_on: None,
        }
    }

    #[test]
    fn the_stop_that_came_first_tells_how_it_ended() {
        let on = |facts: &PlanFacts, text: &str| plan_state(facts, day(text));
        assert_eq!(on(&facts(), "2026-10-15"), (OutreachPlanState::Running, None), "the last day counts");
        assert_eq!(on(&facts(), "2026-10-16"), (OutreachPlanState::TimeOver, Some(day("2026-10-15"))));
        let sent = PlanFacts { referred_on: Some(day("2026-09-20")), ..facts() };
        assert_eq!(on(&sent, "2026-12-01"), (OutreachPlanState::Referred, Some(day("2026-09-20"))));
        let too_late = PlanFacts { referred_on: Some(day("2026-10-20")), ..facts() };
        assert_eq!(on(&too_late, "2026-12-01"), (OutreachPlanState::TimeOver, Some(day("2026-10-15"))));
        let goes_on = PlanFacts { stop_on_referral: false, stops_on: None, ..sent };
        assert_eq!(on(&goes_on, "2027-12-01"), (OutreachPlanState::Running, None));
        let ended = PlanFacts { ended: Some((OutreachPlanState::Replied, day("2026-09-05"))), ..too_late };
        assert_eq!(on(&ended, "2026-12-01"), (OutreachPlanState::Replied, Some(day("2026-09-05"))));
    }

    #[test]
    fn what_comes_within_ninety_days_came_of_it() {
        let all = PlanFacts {
            replied_on: Some(day("2026-09-01")),
            met_on: Some(day("2026-11-30")),
            referred_on: Some(day("2026-12-01")),
            ..facts()
        };
        let result = plan_result(&all);
        assert_eq!(result.replied_on, all.replied_on, "the first day counts");
        assert_eq!(result.met_on, all.met_on, "the ninetieth, too");
        assert_eq!(result.referred_on, None, "the day after does not");
    }
}
