//! How far a referral got on its path: pure, from its dates and the steps that were put down.

use chrono::NaiveDate;

use super::model::{DayUnit, Limit, Process, event, stage};
use crate::foundation::working_days::WorkingDays;
use crate::referrals::types::{Outcome, Urgency};

/// A step that was put down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepFact {
    /// A stage, or one of [`event`].
    pub step: String,
    /// The day.
    pub on: NaiveDate,
    /// The minute of it, if that is known.
    pub minute: Option<u16>,
}

/// What is known of a referral's way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// When it came, or was decided.
    pub received_on: NaiveDate,
    /// The agreed day.
    pub scheduled_on: Option<NaiveDate>,
    /// The day seen.
    pub seen_on: Option<NaiveDate>,
    /// The day closed.
    pub closed_on: Option<NaiveDate>,
    /// How it ended or stands.
    pub outcome: Option<Outcome>,
    /// How soon.
    pub urgency: Option<Urgency>,
    /// From this day on its steps are kept; none: they never were, and nothing follows from their absence.
    pub tracked_on: Option<NaiveDate>,
    /// What was put down, by day.
    pub steps: Vec<StepFact>,
}

impl Facts {
    /// Urgent or more.
    pub fn is_urgent(&self) -> bool {
        matches!(self.urgency, Some(Urgency::Urgent | Urgency::Emergency))
    }

    fn of<'a>(&'a self, step: &'a str) -> impl DoubleEndedIterator<Item = &'a StepFact> {
        self.steps.iter().filter(move |fact| fact.step == step)
    }

    /// The last time this was put down.
    pub fn last(&self, step: &str) -> Option<NaiveDate> {
        self.of(step).map(|fact| fact.on).max()
    }

    /// The day it was closed as lost.
    pub fn lost_on(&self) -> Option<NaiveDate> {
        self.closed_on.filter(|_| self.outcome == Some(Outcome::Lost))
    }
}

/// Whether and when a step was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Not.
    No,
    /// On this day.
    On(NaiveDate),
    /// It was, and nobody knows when.
    Unknown,
}

impl Done {
    /// The day, if it is known.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::On(day) => Some(day),
            Self::No | Self::Unknown => None,
        }
    }
}

/// One step of a referral's way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepState {
    /// The stage, or `rebooked` for what a no-show waits for.
    pub code: String,
    /// Since when it was waited for.
    pub start: Option<NaiveDate>,
    /// The last day that keeps the limit.
    pub due: Option<NaiveDate>,
    /// With grace: the last day before it counts as a leak.
    pub deadline: Option<NaiveDate>,
    /// The limit it had.
    pub limit: Option<Limit>,
    /// Whether and when.
    pub done: Done,
    /// Whether its deadline counts: steps were kept then, and no orderly close made it void.
    pub counts: bool,
}

impl StepState {
    /// How long it took, in the unit of its limit (days where it has none); none unless both ends are known.
    pub fn taken(&self, days: &WorkingDays) -> Option<(u32, DayUnit)> {
        let (start, end) = (self.start?, self.done.day()?);
        let limit = self.limit.unwrap_or(Limit::calendar(0));
        Some((limit.taken(start, end, days), limit.unit))
    }

    /// Whether it was not done by its deadline, as known on `as_of`. A deadline of that very day may still be kept.
    pub fn leaked(&self, as_of: NaiveDate) -> bool {
        let Some(deadline) = self.deadline.filter(|_| self.counts) else { return false };
        match self.done {
            Done::On(day) => day > deadline && as_of > deadline,
            Done::Unknown => false,
            Done::No => as_of > deadline,
        }
    }
}

/// The whole way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// The stages after the first that were reached, were passed over or are waited for, then the no-shows.
    pub steps: Vec<StepState>,
    /// The stage it stands at.
    pub stage: String,
    /// What it waits for: a stage, `rebooked`, or nothing once it is closed.
    pub next: Option<StepState>,
    /// Every time contact counted as lost.
    pub contact_lost: Vec<ContactLost>,
}

/// So many attempts in a row had failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContactLost {
    /// On this day.
    pub on: NaiveDate,
    /// When the patient was reached after that.
    pub reached_on: Option<NaiveDate>,
}

/// Follows a referral along its path.
pub fn walk(process: &Process, facts: &Facts, days: &WorkingDays) -> Walk {
    let done: Vec<Done> =
        process.stages.iter().enumerate().map(|(at, stage)| done(facts, at, &stage.code)).collect();
    let furthest = done.iter().rposition(|done| *done != Done::No).unwrap_or(0);
    let rebooks = rebooks(process, facts, days);
    let waiting = rebooks.last().filter(|last| last.done == Done::No && facts.seen_on.is_none());
    let mut steps = Vec::new();
    for (at, stage) in process.stages.iter().enumerate().skip(1).take(furthest + 1) {
        let limit = if facts.is_urgent() { stage.urgent_limit.or(stage.limit) } else { stage.limit };
        let mut start = match &stage.after {
            Some(after) => process.place(after).and_then(|place| done[place].day()),
            None => done[..at].iter().rev().find_map(|done| done.day()),
        };
        let mut limit_counts = limit;
        if stage.code == stage::SEEN {
            // A visit agreed anew is waited for from then on; while none is agreed, that is what is waited for.
            start = start.max(facts.last(event::REBOOKED));
            if waiting.is_some() {
                limit_counts = None;
            }
        }
        steps.push(step(
            process,
            facts,
            days,
            Begun { code: &stage.code, start, limit: limit_counts, done: done[at] },
        ));
    }
    let next = match waiting {
        _ if facts.closed_on.is_some() => None,
        Some(rebook) => Some(rebook.clone()),
        None => steps.last().filter(|last| last.done == Done::No).cloned(),
    };
    steps.extend(rebooks);
    Walk {
        steps,
        stage: process.stages.get(furthest).map_or_else(String::new, |stage| stage.code.clone()),
        next,
        contact_lost: contact_lost(process, facts),
    }
}

/// Whether a stage was reached.
fn done(facts: &Facts, at: usize, code: &str) -> Done {
    let on = |day: Option<NaiveDate>| day.map_or(Done::No, Done::On);
    match code {
        _ if at == 0 => Done::On(facts.received_on),
        stage::SEEN => match facts.seen_on {
            None if facts.outcome == Some(Outcome::Seen) => Done::Unknown,
            day => on(day),
        },
        stage::SCHEDULED => match facts.last(code) {
            None if facts.scheduled_on.is_some() => Done::Unknown,
            day => on(day),
        },
        stage::CLOSED => on(facts.closed_on),
        _ => on(facts.last(code)),
    }
}

struct Begun<'a> {
    code: &'a str,
    start: Option<NaiveDate>,
    limit: Option<Limit>,
    done: Done,
}

fn step(process: &Process, facts: &Facts, days: &WorkingDays, begun: Begun<'_>) -> StepState {
    let due = begun.start.zip(begun.limit).map(|(start, limit)| limit.end(start, days));
    let deadline = due.map(|due| process.grace.end(due, days));
    let tracked = deadline.is_some_and(|last| facts.tracked_on.is_some_and(|since| last >= since));
    // Steps void by an earlier orderly close do not count (`leak_rate`); a patient lost before is counted as lost.
    let void =
        begun.done == Done::No && facts.closed_on.zip(deadline).is_some_and(|(closed, last)| closed <= last);
    StepState {
        code: begun.code.to_owned(),
        start: begun.start,
        due,
        deadline,
        limit: begun.limit,
        done: begun.done,
        counts: tracked && !void,
    }
}

/// A no-show opens the step "rebook".
fn rebooks(process: &Process, facts: &Facts, days: &WorkingDays) -> Vec<StepState> {
    let mut missed: Vec<NaiveDate> = facts.of(event::NO_SHOW).map(|fact| fact.on).collect();
    if missed.is_empty() && facts.outcome == Some(Outcome::NoShow) {
        missed.extend(facts.scheduled_on);
    }
    missed.sort_unstable();
    let ends = missed.iter().copied().skip(1).map(Some).chain([None]).collect::<Vec<_>>();
    let rebook = |(missed, next): (&NaiveDate, Option<NaiveDate>)| {
        let agreed = facts.of(event::REBOOKED).map(|fact| fact.on);
        let again = agreed.filter(|on| on >= missed && next.is_none_or(|next| *on <= next)).min();
        let came = facts.seen_on.filter(|on| on >= missed);
        let done = again.into_iter().chain(came).min().map_or(Done::No, Done::On);
        let begun = Begun { code: event::REBOOKED, start: Some(*missed), limit: Some(process.rebook), done };
        step(process, facts, days, begun)
    };
    missed.iter().zip(ends).map(rebook).collect()
}

/// Every time so many attempts in a row had failed.
fn contact_lost(process: &Process, facts: &Facts) -> Vec<ContactLost> {
    let attempts = facts.of(event::ATTEMPT).map(|fact| (fact.on, false));
    let reached = [stage::CONTACTED, stage::SCHEDULED, event::REBOOKED];
    let reached =
        reached.into_iter().flat_map(|step| facts.of(step)).map(|fact| fact.on).chain(facts.seen_on);
    let mut tried: Vec<(NaiveDate, bool)> = attempts.chain(reached.map(|on| (on, true))).collect();
    tried.sort_unstable();
    let (mut lost, mut failed) = (Vec::<ContactLost>::new(), 0);
    for (on, reached) in tried {
        if !reached {
            failed += 1;
            if failed == process.attempts {
                lost.push(ContactLost { on, reached_on: None });
            }
            continue;
        }
        if failed >= process.attempts
            && let Some(last) = lost.last_mut()
        {
            last.reached_on = Some(on);
        }
        failed = 0;
    }
    lost
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::working_days::Calendar;
    use crate::testing::day;
    use proptest::prelude::*;

    fn usual() -> WorkingDays {
        WorkingDays::new(&Calendar::default())
    }

    /// Received on Monday, November 2, 2026 and kept from then on.
    fn facts(steps: &[(&str, &str)]) -> Facts {
        let mut facts = Facts {
            received_on: day("2026-11-02"),
            scheduled_on: None,
            seen_on: None,
            closed_on: None,
            outcome: None,
            urgency: None,
            tracked_on: Some(day("2026-11-02")),
            steps: Vec::new(),
        };
        for (step, on) in steps {
            match *step {
                "seen" => (facts.seen_on, facts.outcome) = (Some(day(on)), Some(Outcome::Seen)),
                "closed" => facts.closed_on = Some(day(on)),
                step => facts.steps.push(StepFact { step: step.into(), on: day(on), minute: None }),
            }
        }
        facts
    }

    /// Code, start, due, deadline, done.
    fn told(walk: &Walk) -> Vec<String> {
        let text = |day: Option<NaiveDate>| day.map_or("-".into(), |day| day.format("%m-%d").to_string());
        let steps = walk.steps.iter();
        steps
            .map(|s| {
                let done = match s.done {
                    Done::No => "open".into(),
                    Done::Unknown => "?".into(),
                    Done::On(day) => text(Some(day)),
                };
                format!("{} {} {} {} {done}", s.code, text(s.start), text(s.due), text(s.deadline))
            })
            .collect()
    }

    #[test]
    fn each_step_is_waited_for_since_the_one_before() {
        let facts = facts(&[
            ("acknowledged", "2026-11-03"),
            ("contacted", "2026-11-05"),
            ("scheduled", "2026-11-06"),
            ("seen", "2026-11-19"),
        ]);
        let walk = walk(&Process::inbound(), &facts, &usual());
        assert_eq!(
            told(&walk),
            [
                // Two working days, and two of grace.
                "acknowledged 11-02 11-04 11-06 11-03",
                "contacted 11-03 11-05 11-09 11-05",
                // Veterans Day is the 11th: five working days after the 5th are the 13th.
                "scheduled 11-05 11-13 11-17 11-06",
                "seen 11-06 11-20 11-24 11-19",
                // Seven days after the visit fall on Thanksgiving; two working days later it is Monday.
                "report_sent 11-19 11-26 11-30 open",
            ]
        );
        assert_eq!(walk.stage, "seen");
        assert_eq!(walk.next.map(|next| next.code), Some("report_sent".into()));
    }

    #[test]
    fn a_step_that_was_passed_over_stays_owed_and_the_next_counts_from_the_last_done() {
        let facts = facts(&[("contacted", "2026-11-04")]);
        let walk = walk(&Process::inbound(), &facts, &usual());
        assert_eq!(
            told(&walk),
            [
                "acknowledged 11-02 11-04 11-06 open",
                "contacted 11-02 11-04 11-06 11-04",
                "scheduled 11-04 11-12 11-16 open",
            ]
        );
        assert!(!walk.steps[0].leaked(day("2026-11-06")), "the deadline itself may still be kept");
        assert!(walk.steps[0].leaked(day("2026-11-07")));
        assert!(!walk.steps[1].leaked(day("2026-12-31")));
    }

    #[test]
    fn urgent_patients_have_shorter_limits() {
        let mut facts = facts(&[("acknowledged", "2026-11-02"), ("scheduled", "2026-11-03")]);
        facts.urgency = Some(Urgency::Urgent);
        let walk = walk(&Process::inbound(), &facts, &usual());
        assert_eq!(told(&walk)[1], "contacted 11-02 11-03 11-05 open");
        assert_eq!(
            told(&walk)[3],
            "seen 11-03 11-06 11-10 open",
            "three days, and two working days of grace"
        );
    }

    #[test]
    fn where_steps_were_not_kept_nothing_follows_from_their_absence() {
        let mut facts = facts(&[]);
        facts.scheduled_on = Some(day("2026-12-10"));
        facts.outcome = Some(Outcome::Scheduled);
        facts.tracked_on = None;
        let walk = walk(&Process::inbound(), &facts, &usual());
        assert_eq!(walk.stage, "scheduled");
        assert_eq!(walk.steps[2].done, Done::Unknown, "agreed, and nobody knows when");
        assert!(walk.steps.iter().all(|step| !step.leaked(day("2027-12-31"))));
        assert_eq!(walk.next.map(|next| next.code), Some("seen".into()));
    }

    #[test]
    fn what_was_due_before_steps_were_kept_does_not_count() {
        let mut facts = facts(&[("contacted", "2026-11-16")]);
        facts.tracked_on = Some(day("2026-11-16"));
        let walk = walk(&Process::inbound(), &facts, &usual());
        assert_eq!(walk.steps.iter().map(|s| s.counts).collect::<Vec<_>>(), [false, false, true]);
    }

    #[test]
    fn an_orderly_close_makes_void_what_was_not_due_yet() {
        let mut facts = facts(&[("acknowledged", "2026-11-03"), ("closed", "2026-11-09")]);
        facts.outcome = Some(Outcome::Declined);
        let walk = walk(&Process::inbound(), &facts, &usual());
        let counts: Vec<_> = walk.steps.iter().map(|s| (s.code.as_str(), s.counts)).collect();
        assert_eq!(
            counts[..2],
            [("acknowledged", true), ("contacted", false)],
            "due on the day it was closed"
        );
        assert!(walk.next.is_none() && walk.steps.iter().all(|step| !step.leaked(day("2026-12-31"))));
    }

    #[test]
    fn a_no_show_waits_for_another_visit_and_the_visit_counts_from_there() {
        let begun =
            [("acknowledged", "2026-11-02"), ("contacted", "2026-11-02"), ("scheduled", "2026-11-03")];
        let mut missed = facts(&[&begun[..], &[("no_show", "2026-11-12")]].concat());
        missed.outcome = Some(Outcome::NoShow);
        missed.scheduled_on = Some(day("2026-11-12"));
        let gone = walk(&Process::inbound(), &missed, &usual());
        assert_eq!(told(&gone)[3], "seen 11-03 - - open", "no visit is waited for");
        assert_eq!(told(&gone)[4], "rebooked 11-12 11-19 11-23 open");
        assert_eq!(gone.next.map(|next| next.code), Some("rebooked".into()));
        missed.steps.push(StepFact { step: "rebooked".into(), on: day("2026-11-16"), minute: None });
        missed.outcome = Some(Outcome::Scheduled);
        let again = walk(&Process::inbound(), &missed, &usual());
        assert_eq!(told(&again)[3], "seen 11-16 11-30 12-02 open");
        assert_eq!(told(&again)[4], "rebooked 11-12 11-19 11-23 11-16");
    }

    #[test]
    fn contact_is_lost_after_three_attempts_in_a_row_until_the_patient_is_reached() {
        let tries = [("attempt", "2026-11-03"), ("attempt", "2026-11-04"), ("attempt", "2026-11-06")];
        let lost = |steps: &[(&str, &str)]| walk(&Process::inbound(), &facts(steps), &usual()).contact_lost;
        assert_eq!(lost(&tries[..2]), []);
        assert_eq!(lost(&tries), [ContactLost { on: day("2026-11-06"), reached_on: None }]);
        let reached = [&tries[..], &[("contacted", "2026-11-09")]].concat();
        assert_eq!(
            lost(&reached),
            [ContactLost { on: day("2026-11-06"), reached_on: Some(day("2026-11-09")) }]
        );
        let between = [&tries[..2], &[("contacted", "2026-11-05"), ("attempt", "2026-11-06")]].concat();
        assert_eq!(lost(&between), []);
    }

    proptest! {
        #[test]
        fn a_walk_never_counts_a_step_twice_and_never_ends_before_it_begins(
            steps in prop::collection::vec((0usize..8, 0u64..90), 0..12),
            outcome in prop::option::of(0usize..5),
            closed in prop::option::of(0u64..120),
        ) {
            const CODES: [&str; 8] = ["acknowledged", "contacted", "scheduled", "report_sent", "returned", "no_show", "rebooked", "attempt"];
            let received = day("2026-03-02");
            let on = |offset: u64| received + chrono::Days::new(offset);
            let facts = Facts {
                received_on: received,
                scheduled_on: None,
                seen_on: None,
                closed_on: closed.map(on),
                outcome: outcome.map(|n| Outcome::ALL[n]),
                urgency: None,
                tracked_on: Some(received),
                steps: steps.iter().map(|(code, offset)| StepFact { step: CODES[*code].into(), on: on(*offset), minute: None }).collect(),
            };
            let walk = walk(&Process::inbound(), &facts, &usual());
            let stages: Vec<_> = walk.steps.iter().filter(|s| s.code != "rebooked").map(|s| &s.code).collect();
            let mut once = stages.clone();
            once.dedup();
            prop_assert_eq!(once.len(), stages.len());
            for step in &walk.steps {
                prop_assert!(step.due.is_none_or(|due| Some(due) >= step.start && Some(due) <= step.deadline));
            }
            prop_assert!(closed.is_none() || walk.next.is_none(), "nothing waits once it is closed");
        }
    }
}
