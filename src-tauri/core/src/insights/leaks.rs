//! Where referrals are lost on their way, and how many of them come back.

use chrono::NaiveDate;
use serde::Serialize;

use super::period::Period;
use super::ratio::Ratio;
use crate::referrals::process::{Done, Facts, LeakKind, Walk};

/// Something on the way of a referral that was kept or leaked on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The deadline (limit and grace) of a step, the closing, or the day contact counted as lost.
    pub on: NaiveDate,
    /// The step whose deadline it is.
    pub step: Option<String>,
    /// How it leaked, if it did.
    pub leak: Option<LeakKind>,
    /// The step was done later after all, or the patient reached.
    pub recovered_on: Option<NaiveDate>,
}

/// What a referral's way tells of leaks. `today`: a deadline of today may still be kept, so that an open step is not judged
/// before it has passed.
pub fn turns(facts: &Facts, walk: &Walk, today: NaiveDate) -> Vec<Turn> {
    let mut turns = Vec::new();
    for step in walk.steps.iter().filter(|step| step.counts && step.done != Done::Unknown) {
        let Some(deadline) = step.deadline else { continue };
        let leaked = step.leaked(today);
        if leaked || step.done != Done::No {
            turns.push(Turn {
                on: deadline,
                step: Some(step.code.clone()),
                leak: leaked.then(|| LeakKind::of_step(&step.code)),
                recovered_on: step.done.day(),
            });
        }
    }
    turns.extend(walk.contact_lost.iter().map(|lost| Turn {
        on: lost.on,
        step: None,
        leak: Some(LeakKind::LostContact),
        recovered_on: lost.reached_on,
    }));
    turns.extend(facts.closed_on.map(|on| Turn {
        on,
        step: None,
        leak: facts.lost_on().map(|_| LeakKind::WentElsewhere),
        recovered_on: None,
    }));
    turns
}

/// Counts what `leak_rate` needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Leaking {
    looked_at: u32,
    leaked: u32,
}

impl Leaking {
    /// Both together.
    pub(super) fn add(&mut self, other: Self) {
        self.looked_at += other.looked_at;
        self.leaked += other.leaked;
    }

    /// Takes one referral into account: once, however many of its turns fall in the period.
    pub fn count<'a>(&mut self, turns: impl IntoIterator<Item = &'a Turn>) {
        let mut any = false;
        let mut leaked = false;
        for turn in turns {
            any = true;
            leaked |= turn.leak.is_some();
        }
        self.looked_at += u32::from(any);
        self.leaked += u32::from(any && leaked);
    }
}

/// `leak_rate`: D = referrals with at least one step whose deadline (limit + grace) falls in P, or closed in P. N = those of
/// D with such a step not done by its deadline, or closed as lost in P. One referral counts once in overall, once per stage
/// in stage rates. Steps voided by an earlier orderly close do not count. No-show opens a step "rebook" (7 d); three failed
/// contact attempts = lost. Steps that were not kept then are unknown and in neither number (rule 8).
pub fn leak_rate(counted: Leaking) -> Ratio {
    Ratio::new(counted.leaked, counted.looked_at)
}

/// Counts what `recovered_rate` needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovering {
    leaks: u32,
    recovered: u32,
}

impl Recovering {
    /// Both together.
    pub(super) fn add(&mut self, other: Self) {
        self.leaks += other.leaks;
        self.recovered += other.recovered;
    }

    /// Takes the leaks of one referral into account, as known on `as_of`.
    pub fn count<'a>(&mut self, turns: impl IntoIterator<Item = &'a Turn>, as_of: NaiveDate) {
        for turn in turns.into_iter().filter(|turn| turn.leak.is_some()) {
            self.leaks += 1;
            self.recovered += u32::from(turn.recovered_on.is_some_and(|on| on <= as_of));
        }
    }
}

/// `recovered_rate`: leaks of P whose step was later done ÷ leaks of P.
pub fn recovered_rate(counted: Recovering) -> Ratio {
    Ratio::new(counted.recovered, counted.leaks)
}

/// The turns that fall in the period, up to the day the numbers are true for.
pub fn within(turns: &[Turn], period: Period) -> impl Iterator<Item = &Turn> {
    turns.iter().filter(move |turn| period.holds(turn.on))
}

/// A reason and its weight.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ReasonShare {
    /// The reason, as a code of the practice's list.
    pub code: String,
    /// As people read it.
    pub text: String,
    /// Leaks with this reason ÷ leaks with a reason.
    pub ratio: Ratio,
    /// This one and all before it ÷ leaks with a reason: the Pareto line.
    pub up_to_here: Ratio,
}

/// Reasons of leaks by Pareto: the most frequent first, with the running sum. Leaks without a reason are unknown and in
/// neither number.
pub fn pareto(counts: impl IntoIterator<Item = (String, u32)>) -> Vec<(String, Ratio, Ratio)> {
    let mut counts: Vec<(String, u32)> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    let all: u32 = counts.iter().map(|(_, count)| count).sum();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut sum = 0;
    counts
        .into_iter()
        .map(|(code, count)| {
            sum += count;
            (code, Ratio::new(count, all), Ratio::new(sum, all))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::working_days::{Calendar, WorkingDays};
    use crate::referrals::Outcome;
    use crate::referrals::process::{Process, StepFact, walk};
    use crate::testing::day;
    use proptest::prelude::*;

    fn facts(received: &str, steps: &[(&str, &str)], closed: Option<(&str, Outcome)>) -> Facts {
        Facts {
            received_on: day(received),
            scheduled_on: None,
            seen_on: None,
            closed_on: closed.map(|(on, _)| day(on)),
            outcome: closed.map(|(_, outcome)| outcome),
            urgency: None,
            tracked_on: Some(day(received)),
            steps: steps
                .iter()
                .map(|(step, on)| StepFact { step: (*step).into(), on: day(on), minute: None })
                .collect(),
        }
    }

    fn turns_of(facts: &Facts, today: &str) -> Vec<Turn> {
        let days = WorkingDays::new(&Calendar::default());
        turns(facts, &walk(&Process::inbound(), facts, &days), day(today))
    }

    fn november() -> Period {
        Period { from: day("2026-11-01"), to: day("2026-11-30") }
    }

    #[test]
    fn a_referral_counts_once_however_many_of_its_steps_leak() {
        // Acknowledged by 11-04 and two working days of grace: 11-06. The four, on Monday the 2nd:
        let in_time = facts("2026-11-02", &[("acknowledged", "2026-11-06")], None);
        let late = facts("2026-11-02", &[("acknowledged", "2026-11-09")], None);
        let never = facts("2026-11-02", &[], None);
        let closed = facts("2026-11-02", &[], Some(("2026-11-05", Outcome::Declined)));
        let lost =
            facts("2026-11-02", &[("acknowledged", "2026-11-02")], Some(("2026-11-09", Outcome::Lost)));
        let (mut overall, mut acknowledged, mut back) =
            (Leaking::default(), Leaking::default(), Recovering::default());
        for facts in [&in_time, &late, &never, &closed, &lost] {
            let turns = turns_of(facts, "2026-11-10");
            overall.count(within(&turns, november()));
            acknowledged
                .count(within(&turns, november()).filter(|t| t.step.as_deref() == Some("acknowledged")));
            back.count(within(&turns, november()), day("2026-11-30"));
        }
        // Late, never and lost of five; the orderly close made its step void but is itself looked at.
        assert_eq!(leak_rate(overall).words(), "3 of 5");
        assert_eq!(leak_rate(acknowledged).words(), "2 of 4", "the closed one has no such step");
        // Four leaks: late (done since), never, and of the lost one that contact was never made and that it was lost.
        assert_eq!(recovered_rate(back).words(), "1 of 4");
    }

    #[test]
    fn a_deadline_of_today_is_not_judged_yet() {
        let open = facts("2026-11-02", &[], None);
        assert_eq!(turns_of(&open, "2026-11-06"), []);
        assert_eq!(turns_of(&open, "2026-11-07")[0].leak, Some(LeakKind::OverdueStep));
    }

    #[test]
    fn three_attempts_in_vain_leak_and_a_call_that_reaches_them_recovers() {
        let tries = [
            ("acknowledged", "2026-11-02"),
            ("attempt", "2026-11-02"),
            ("attempt", "2026-11-03"),
            ("attempt", "2026-11-04"),
            ("contacted", "2026-11-05"),
        ];
        let turns = turns_of(&facts("2026-11-02", &tries, None), "2026-11-06");
        let lost: Vec<_> = turns.iter().filter(|t| t.leak == Some(LeakKind::LostContact)).collect();
        assert_eq!(
            (lost.len(), lost[0].on, lost[0].recovered_on),
            (1, day("2026-11-04"), Some(day("2026-11-05")))
        );
    }

    #[test]
    fn reasons_stand_by_weight_with_their_running_sum() {
        let found = pareto([("cost".to_owned(), 2), ("wait".to_owned(), 6), ("fear".to_owned(), 2)]);
        let told: Vec<_> =
            found.iter().map(|(code, own, sum)| (code.as_str(), own.words(), sum.words())).collect();
        assert_eq!(
            told,
            [
                ("wait", "6 of 10".into(), "6 of 10".to_owned()),
                ("cost", "2 of 10".into(), "8 of 10".into()),
                ("fear", "2 of 10".into(), "10 of 10".into())
            ]
        );
    }

    proptest! {
        #[test]
        fn what_leaks_is_part_of_what_is_looked_at_and_months_hold_every_referral(
            received in 0u64..60,
            acknowledged in prop::option::of(0u64..30),
            closed in prop::option::of(0u64..40),
            lost in any::<bool>(),
        ) {
            let on = |base: NaiveDate, days: u64| base + chrono::Days::new(days);
            let first = on(day("2026-09-01"), received);
            let facts = Facts {
                steps: acknowledged
                    .map(|d| StepFact { step: "acknowledged".into(), on: on(first, d), minute: None })
                    .into_iter()
                    .collect(),
                closed_on: closed.map(|d| on(first, d)),
                outcome: closed.map(|_| if lost { Outcome::Lost } else { Outcome::Declined }),
                ..facts("2026-09-01", &[], None)
            };
            let facts = Facts { received_on: first, tracked_on: Some(first), ..facts };
            let turns = turns_of(&facts, "2027-03-01");
            let whole = Period { from: day("2026-01-01"), to: day("2026-12-31") };
            let mut all = Leaking::default();
            all.count(within(&turns, whole));
            prop_assert!(all.leaked <= all.looked_at && all.looked_at <= 1);
            prop_assert_eq!(all.looked_at, u32::from(!turns.is_empty()));
            let mut nothing = Leaking::default();
            nothing.count(within(&turns, Period { from: day("2025-01-01"), to: day("2025-12-31") }));
            prop_assert_eq!(leak_rate(nothing).percent, None);
        }
    }
}
