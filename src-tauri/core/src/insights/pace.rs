//! How long the steps take.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::period::Period;
use super::spread::Spread;
use crate::foundation::working_days::WorkingDays;
use crate::referrals::Direction;
use crate::referrals::process::{DayUnit, Done, Facts, Walk, event, stage};

/// How long one step takes, on the way in or out.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct StepPace {
    /// The stage, or `rebooked`.
    pub code: String,
    /// On which path: the same stage has its own limits on each.
    pub direction: Direction,
    /// Working days or days, as its limit is counted.
    pub unit: DayUnit,
    /// Of those done in the period.
    pub taken: Spread,
    /// The age of those that are waited for now.
    pub waiting: Spread,
}

/// On which path, which step, and whether it is counted in working days.
type StepKey = (Direction, String, bool);

/// Gathers what the paces need.
#[derive(Clone, Debug, Default)]
pub struct Pacing {
    steps: BTreeMap<StepKey, (Vec<u32>, Vec<u32>)>,
    answers: Vec<u32>,
    visits: Vec<u32>,
    waits: Vec<u32>,
}

impl Pacing {
    /// Takes the steps of one referral into account. `period` ends on the day the numbers are true for.
    pub fn count(
        &mut self,
        direction: Direction,
        facts: &Facts,
        walk: &Walk,
        period: Period,
        days: &WorkingDays,
    ) {
        let path = match direction {
            Direction::Outbound => Direction::Outbound,
            Direction::Inbound | Direction::Internal => Direction::Inbound,
        };
        for step in walk.steps.iter().filter(|_| facts.tracked_on.is_some()) {
            let unit = step.limit.map_or(DayUnit::Calendar, |limit| limit.unit);
            let key = || (path, step.code.clone(), unit == DayUnit::Working);
            match (step.done, step.start) {
                (Done::On(on), Some(_)) if period.holds(on) => {
                    // What was done before its steps were kept was put down later: nobody timed it.
                    if let Some((taken, _)) = step.taken(days).filter(|_| Some(on) >= facts.tracked_on) {
                        self.steps.entry(key()).or_default().0.push(taken);
                    }
                }
                (Done::No, Some(start)) if facts.closed_on.is_none() && start <= period.to => {
                    let age = match unit {
                        DayUnit::Working => days.count(start, period.to),
                        DayUnit::Calendar => u32::try_from((period.to - start).num_days()).unwrap_or(0),
                    };
                    self.steps.entry(key()).or_default().1.push(age);
                }
                _ => {}
            }
        }
        if !period.holds(facts.received_on) {
            return;
        }
        let at = |code: &str| facts.steps.iter().rev().find(|fact| fact.step == code);
        if let (Some(asked), Some(answered)) = (at(event::INQUIRY), at(event::FIRST_ANSWER))
            && let (Some(from), Some(to)) = (asked.minute, answered.minute)
        {
            self.answered(Some(((asked.on, from), (answered.on, to))), period, days);
        }
        if let (Some(agreed), Some(seen)) = (at(event::APPOINTMENT), at(stage::SEEN))
            && let (Some(from), Some(to)) = (agreed.minute, seen.minute)
            && agreed.on == seen.on
            && seen.on <= period.to
        {
            self.visits.push(u32::from(to.saturating_sub(from)));
        }
    }

    /// Takes into account how long somebody waited for the first answer: the moments of question and answer, if both are known.
    pub fn answered(
        &mut self,
        moments: Option<((NaiveDate, u16), (NaiveDate, u16))>,
        period: Period,
        days: &WorkingDays,
    ) {
        let known = moments.filter(|(_, (answered_on, _))| *answered_on <= period.to);
        self.answers.extend(known.map(|(asked, answered)| days.open_minutes(asked, answered)));
    }

    /// Takes the wait of one inbound referral into account.
    pub fn wait(&mut self, received_on: NaiveDate, seen_on: Option<NaiveDate>, period: Period) {
        let seen = seen_on.filter(|on| *on <= period.to && period.holds(received_on));
        self.waits.extend(seen.and_then(|on| u32::try_from((on - received_on).num_days()).ok()));
    }
}

/// `response_time`: per step and direction, end − start, wd for steps limited in wd, else d; assigned to P by the end date; median, p90, n.
/// Open steps with their age.
pub fn response_time(pacing: &mut Pacing) -> Vec<StepPace> {
    let steps = std::mem::take(&mut pacing.steps).into_iter();
    steps
        .map(|((direction, code, working), (mut taken, mut waiting))| StepPace {
            code,
            direction,
            unit: if working { DayUnit::Working } else { DayUnit::Calendar },
            taken: Spread::of(&mut taken),
            waiting: Spread::of(&mut waiting),
        })
        .collect()
}

/// `first_answer`: minutes inquiry → first answer within opening hours; by the day received, or asked.
pub fn first_answer(pacing: &mut Pacing) -> Spread {
    Spread::of(&mut pacing.answers)
}

/// `wait_days`: d received → first kept visit; by the day received.
pub fn wait_days(pacing: &mut Pacing) -> Spread {
    Spread::of(&mut pacing.waits)
}

/// `wait_minutes`: minutes appointment time → seen (early = 0); by the day received.
pub fn wait_minutes(pacing: &mut Pacing) -> Spread {
    Spread::of(&mut pacing.visits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::working_days::Calendar;
    use crate::referrals::process::{Process, StepFact, walk};
    use crate::testing::day;

    fn facts(received: &str, steps: &[(&str, &str, Option<u16>)]) -> Facts {
        Facts {
            received_on: day(received),
            scheduled_on: None,
            seen_on: steps.iter().find(|(step, ..)| *step == "seen").map(|(_, on, _)| day(on)),
            closed_on: None,
            outcome: None,
            urgency: None,
            tracked_on: Some(day(received)),
            steps: steps
                .iter()
                .map(|(step, on, minute)| StepFact { step: (*step).into(), on: day(on), minute: *minute })
                .collect(),
        }
    }

    fn paced(all: &[Facts], period: Period) -> Pacing {
        let days = WorkingDays::new(&Calendar::default());
        let mut pacing = Pacing::default();
        for facts in all {
            pacing.count(Direction::Inbound, facts, &walk(&Process::inbound(), facts, &days), period, &days);
            pacing.wait(facts.received_on, facts.seen_on, period);
        }
        pacing
    }

    fn november() -> Period {
        Period { from: day("2026-11-01"), to: day("2026-11-30") }
    }

    #[test]
    fn a_step_is_timed_in_the_unit_of_its_limit_by_the_day_it_ended() {
        let all = [
            // Friday to Monday: one working day.
            facts("2026-10-30", &[("acknowledged", "2026-11-02", None)]),
            // Over Veterans Day: two working days.
            facts("2026-11-10", &[("acknowledged", "2026-11-13", None)]),
            facts("2026-10-01", &[("acknowledged", "2026-10-02", None)]),
        ];
        let paces = response_time(&mut paced(&all, november()));
        let told: Vec<_> = paces.iter().map(|p| (p.code.as_str(), p.unit, p.taken, p.waiting.n)).collect();
        let spread = Spread { median: Some(1.5), p90: Some(1.9), n: 2 };
        assert_eq!(
            told,
            [
                ("acknowledged", DayUnit::Working, spread, 0),
                ("contacted", DayUnit::Working, Spread::default(), 3),
            ]
        );
    }

    #[test]
    fn a_stage_of_both_paths_is_timed_apart_on_each() {
        let days = WorkingDays::new(&Calendar::default());
        let mut pacing = Pacing::default();
        let inbound = facts(
            "2026-11-02",
            &[
                ("acknowledged", "2026-11-03", None),
                ("contacted", "2026-11-04", None),
                ("scheduled", "2026-11-05", None),
            ],
        );
        // Confirmed on Thursday, agreed on Monday: four days.
        let outbound = facts(
            "2026-11-02",
            &[
                ("packet_sent", "2026-11-03", None),
                ("confirmed", "2026-11-05", None),
                ("scheduled", "2026-11-09", None),
            ],
        );
        for (direction, facts, path) in [
            (Direction::Inbound, &inbound, Process::inbound()),
            (Direction::Outbound, &outbound, Process::outbound()),
        ] {
            pacing.count(direction, facts, &walk(&path, facts, &days), november(), &days);
        }
        let paces = response_time(&mut pacing);
        let told: Vec<_> = paces
            .iter()
            .filter(|pace| pace.code == "scheduled")
            .map(|pace| (pace.direction, pace.unit, pace.taken.median))
            .collect();
        assert_eq!(
            told,
            [
                (Direction::Inbound, DayUnit::Working, Some(1.0)),
                (Direction::Outbound, DayUnit::Calendar, Some(4.0)),
            ]
        );
    }

    #[test]
    fn waits_are_counted_by_the_day_received() {
        let all = [
            facts(
                "2026-11-02",
                &[("seen", "2026-11-12", Some(9 * 60 + 20)), ("appointment", "2026-11-12", Some(9 * 60))],
            ),
            // Came early: no wait.
            facts(
                "2026-11-03",
                &[("seen", "2026-11-13", Some(535)), ("appointment", "2026-11-13", Some(540))],
            ),
            facts(
                "2026-10-03",
                &[("seen", "2026-11-13", Some(600)), ("appointment", "2026-11-13", Some(540))],
            ),
        ];
        let mut pacing = paced(&all, november());
        assert_eq!(wait_days(&mut pacing), Spread { median: Some(10.0), p90: Some(10.0), n: 2 });
        assert_eq!(wait_minutes(&mut pacing), Spread { median: Some(10.0), p90: Some(18.0), n: 2 });
    }

    #[test]
    fn the_first_answer_is_timed_while_the_practice_is_open() {
        let asked = ("inquiry", "2026-11-02", Some(16 * 60 + 50));
        let all = [facts("2026-11-02", &[asked, ("first_answer", "2026-11-03", Some(8 * 60 + 10))])];
        assert_eq!(
            first_answer(&mut paced(&all, november())),
            Spread { median: Some(20.0), p90: Some(20.0), n: 1 }
        );
        let unanswered = [facts("2026-11-02", &[asked])];
        assert_eq!(first_answer(&mut paced(&unanswered, november())), Spread::default());
    }
}
