//! Whether the loop was closed: acknowledged, seen, reported, returned, thanked, and each of it in time.

use chrono::NaiveDate;
use serde::Serialize;

use super::period::Period;
use super::ratio::Ratio;
use crate::referrals::process::{Done, Facts, StepState, Walk, event, stage};
use crate::referrals::{Direction, Outcome, ReferralType};

/// One thing that closes the loop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LoopItem {
    /// Whether this referral owes it.
    pub owed: bool,
    /// It is done.
    pub done: bool,
    /// When, if that is known.
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub on: Option<NaiveDate>,
    /// By when it was promised; none: no limit, or it does not run yet.
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub due: Option<NaiveDate>,
}

/// How far the loop of one referral is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LoopState {
    /// Inbound: the referrer was told that it came. Outbound: the receiver confirmed.
    pub acknowledged: LoopItem,
    /// The patient was seen, or it was closed with a reason.
    pub seen: LoopItem,
    /// Inbound: our report went out. Outbound: theirs came. Where nobody was seen, word that it is closed.
    pub reported: LoopItem,
    /// The patient went back to whoever sent them.
    pub returned: LoopItem,
    /// The referrer was thanked.
    pub thanked: LoopItem,
    /// The home doctor was told.
    pub home_doctor: LoopItem,
    /// Everything the measure `loop_complete` asks for is done.
    pub complete: bool,
    /// The day that decides to which period it belongs: the earlier of its closing and its last required deadline; none
    /// while neither is known, or where its steps were not kept.
    #[cfg_attr(feature = "specta", specta(type = Option<String>))]
    pub decided_on: Option<NaiveDate>,
}

/// What a referral's loop follows from, beside its way.
#[derive(Clone, Copy, Debug)]
pub struct Looped<'a> {
    /// Which way.
    pub direction: Direction,
    /// What kind.
    pub kind: Option<ReferralType>,
    /// What is known of it.
    pub facts: &'a Facts,
    /// How far it got.
    pub walk: &'a Walk,
    /// It was said why it ended without a visit.
    pub has_reason: bool,
    /// Somebody sent it who is to be thanked: a partner, not a source such as an advertisement.
    pub thanks_due: bool,
    /// When they were thanked for what had come by then; a thank-you answers more than one.
    pub thanked_on: Option<NaiveDate>,
    /// It came with a home doctor who is to be told.
    pub home_doctor: bool,
}

impl Looped<'_> {
    fn step(&self, code: &str) -> Option<&StepState> {
        self.walk.steps.iter().find(|step| step.code == code)
    }

    fn codes(&self) -> (&'static str, &'static str) {
        match self.direction {
            Direction::Outbound => (stage::CONFIRMED, stage::REPORT_RECEIVED),
            Direction::Inbound | Direction::Internal => (stage::ACKNOWLEDGED, stage::REPORT_SENT),
        }
    }

    fn item(&self, code: &str, as_of: NaiveDate) -> LoopItem {
        let step = self.step(code);
        let done = step.map_or(Done::No, |step| step.done);
        let on = done.day().filter(|on| *on <= as_of);
        LoopItem {
            owed: true,
            done: done == Done::Unknown || on.is_some(),
            on,
            due: step.and_then(|s| s.due),
        }
    }

    fn event(&self, code: &str, owed: bool, as_of: NaiveDate) -> LoopItem {
        let on = self.facts.last(code).filter(|on| *on <= as_of);
        LoopItem { owed, done: on.is_some(), on, due: None }
    }

    /// The last deadline of what the measure asks for; none while it is not known: what comes before still runs.
    fn last_deadline(&self) -> Option<NaiveDate> {
        let counts = |code: &str| self.step(code).filter(|step| step.counts).and_then(|step| step.deadline);
        let (acknowledged, reported) = self.codes();
        match self.facts.seen_on {
            Some(_) => counts(reported),
            None => {
                counts(stage::SEEN).map(|seen| counts(acknowledged).map_or(seen, |first| first.max(seen)))
            }
        }
    }

    /// How far the loop is closed, as known on `as_of`.
    pub fn state(&self, as_of: NaiveDate) -> LoopState {
        let (acknowledged, reported) = self.codes();
        let acknowledged = self.item(acknowledged, as_of);
        let reported = self.item(reported, as_of);
        let mut seen = self.item(stage::SEEN, as_of);
        let closed = self.facts.closed_on.filter(|on| *on <= as_of);
        let ended = matches!(self.facts.outcome, Some(Outcome::NoShow | Outcome::Declined | Outcome::Lost));
        if !seen.done && closed.is_some() && ended && self.has_reason {
            (seen.done, seen.on) = (true, closed);
        }
        let mut thanked = self.event(event::THANKED, self.thanks_due, as_of);
        if let Some(on) = self.thanked_on.filter(|on| !thanked.done && *on <= as_of) {
            thanked = LoopItem { done: true, on: Some(on), ..thanked };
        }
        let returned = LoopItem { owed: self.returns(), ..self.item(stage::RETURNED, as_of) };
        let tracked = self.facts.tracked_on.is_some();
        let decided = closed.into_iter().chain(self.last_deadline()).min();
        LoopState {
            acknowledged,
            seen,
            reported,
            returned,
            thanked,
            home_doctor: self.event(event::HOME_DOCTOR, self.home_doctor, as_of),
            complete: acknowledged.done && seen.done && reported.done && (thanked.done || !thanked.owed),
            decided_on: decided.filter(|_| tracked),
        }
    }

    /// Consults, second opinions and shared care go back to whoever sent them.
    fn returns(&self) -> bool {
        self.direction == Direction::Inbound
            && matches!(
                self.kind,
                Some(ReferralType::Consult | ReferralType::SecondOpinion | ReferralType::CoManagement)
            )
    }
}

/// a and b of a measure in the making.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    a: u32,
    b: u32,
}

impl Counted {
    /// Takes one case into account.
    pub fn count(&mut self, counts: bool) {
        self.b += 1;
        self.a += u32::from(counts);
    }

    fn add(&mut self, other: Self) {
        self.a += other.a;
        self.b += other.b;
    }

    fn ratio(self) -> Ratio {
        Ratio::new(self.a, self.b)
    }
}

/// What the measures of the loop count over a period, `today` being the day that is not over yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looping {
    complete: Counted,
    seen: Counted,
    thanked: Counted,
    acknowledged: Counted,
    reported: Counted,
    returned: Counted,
    home_doctor: Counted,
}

impl Looping {
    /// Both together.
    pub(super) fn add(&mut self, other: Self) {
        self.complete.add(other.complete);
        self.seen.add(other.seen);
        self.thanked.add(other.thanked);
        self.acknowledged.add(other.acknowledged);
        self.reported.add(other.reported);
        self.returned.add(other.returned);
        self.home_doctor.add(other.home_doctor);
    }

    /// Takes one referral into account. `period` ends on the day the numbers are true for.
    pub fn count(&mut self, looped: &Looped<'_>, period: Period, today: NaiveDate) {
        let state = looped.state(period.to);
        // A deadline of today may still be kept.
        let over = |on: NaiveDate| on < today || looped.facts.closed_on == Some(on);
        if state.decided_on.is_some_and(|on| period.holds(on) && (over(on) || state.complete)) {
            self.complete.count(state.complete);
            self.seen.count(state.seen.done);
            if state.thanked.owed {
                self.thanked.count(state.thanked.done);
            }
        }
        let (acknowledged, reported) = looped.codes();
        if looped.direction == Direction::Inbound
            && let Some(kept) = in_time(looped, acknowledged, period, today)
        {
            self.acknowledged.count(kept);
        }
        if let Some(kept) = in_time(looped, reported, period, today) {
            self.reported.count(kept);
        }
        let closed_in = looped.facts.closed_on.is_some_and(|on| period.holds(on));
        if closed_in && state.returned.owed && looped.facts.tracked_on.is_some() {
            self.returned.count(state.returned.on.is_some() && state.reported.done);
        }
        if closed_in && state.home_doctor.owed {
            self.home_doctor.count(state.home_doctor.done);
        }
    }
}

/// Whether a step that was due in the period was done within its limit; none if it was not due then, was not kept, or an
/// orderly close came first.
fn in_time(looped: &Looped<'_>, code: &str, period: Period, today: NaiveDate) -> Option<bool> {
    let step = looped.step(code)?;
    let due = step.due.filter(|due| period.holds(*due))?;
    let tracked = looped.facts.tracked_on.is_some_and(|since| due >= since);
    match step.done {
        _ if !tracked => None,
        Done::Unknown => None,
        Done::On(on) => Some(on <= due),
        Done::No if looped.facts.closed_on.is_some_and(|closed| closed <= due) => None,
        Done::No => (due < today).then_some(false),
    }
}

/// `loop_complete`: D = referrals by closing date or last required deadline, assigned to P by the earlier of the two. N =
/// acknowledged ∧ (seen ∨ closed with reason) ∧ report sent (inbound) / received (outbound), a closure notice counting when
/// not seen ∧ thanked where due. Outbound: "acknowledged" = receiver confirmed. The last required deadline is known once the
/// visit is waited for (its own) or has taken place (that of the report).
pub fn loop_complete(counted: &Looping) -> Ratio {
    counted.complete.ratio()
}

/// `loop_seen`: of the D of `loop_complete`: seen, or closed with a reason ÷ D.
pub fn loop_seen(counted: &Looping) -> Ratio {
    counted.seen.ratio()
}

/// `loop_thanked`: of the D of `loop_complete` that somebody sent who is to be thanked: thanked ÷ all of those.
pub fn loop_thanked(counted: &Looping) -> Ratio {
    counted.thanked.ratio()
}

/// `ack_on_time`: inbound with acknowledgment due in P, sent ≤ limit ÷ all due in P.
pub fn ack_on_time(counted: &Looping) -> Ratio {
    counted.acknowledged.ratio()
}

/// `report_on_time`: report due in P sent (or received) ≤ limit ÷ due in P.
pub fn report_on_time(counted: &Looping) -> Ratio {
    counted.reported.ratio()
}

/// `return_rate`: consult, second opinion, co-management inbound closed in P: returned with date and letter ÷ all. The
/// letter is the report.
pub fn return_rate(counted: &Looping) -> Ratio {
    counted.returned.ratio()
}

/// `home_doctor_share`: report to home doctor ÷ those with a home doctor, closed in P.
pub fn home_doctor_share(counted: &Looping) -> Ratio {
    counted.home_doctor.ratio()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::working_days::{Calendar, WorkingDays};
    use crate::referrals::process::{Process, StepFact, walk};
    use crate::testing::day;

    fn november() -> Period {
        Period { from: day("2026-11-01"), to: day("2026-11-30") }
    }

    /// Received on Monday, November 2.
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
                "lost" => (facts.closed_on, facts.outcome) = (Some(day(on)), Some(Outcome::Lost)),
                step => facts.steps.push(StepFact { step: step.into(), on: day(on), minute: None }),
            }
        }
        facts
    }

    fn looping(all: &[&Facts], change: impl Fn(&mut Looped<'_>)) -> Looping {
        let days = WorkingDays::new(&Calendar::default());
        let mut looping = Looping::default();
        for facts in all {
            let walk = walk(&Process::inbound(), facts, &days);
            let mut looped = Looped {
                direction: Direction::Inbound,
                kind: Some(ReferralType::Consult),
                facts,
                walk: &walk,
                has_reason: true,
                thanks_due: true,
                thanked_on: None,
                home_doctor: false,
            };
            change(&mut looped);
            looping.count(&looped, november(), day("2026-12-31"));
        }
        looping
    }

    const WHOLE: [(&str, &str); 8] = [
        ("acknowledged", "2026-11-04"),
        ("contacted", "2026-11-04"),
        ("scheduled", "2026-11-05"),
        ("seen", "2026-11-12"),
        ("report_sent", "2026-11-19"),
        ("returned", "2026-11-20"),
        ("thanked", "2026-11-04"),
        ("closed", "2026-11-20"),
    ];

    fn without(step: &str) -> Facts {
        facts(&WHOLE.iter().copied().filter(|(code, _)| *code != step).collect::<Vec<_>>())
    }

    #[test]
    fn a_loop_is_complete_when_all_that_is_owed_is_done() {
        let (whole, silent, unthanked) = (facts(&WHOLE), without("report_sent"), without("thanked"));
        let counted = looping(&[&whole, &silent, &unthanked], |_| {});
        assert_eq!(loop_complete(&counted).words(), "1 of 3");
        let no_thanks = looping(&[&whole, &silent, &unthanked], |looped| looped.thanks_due = false);
        assert_eq!(loop_complete(&no_thanks).words(), "2 of 3");
        assert_eq!(loop_seen(&counted).words(), "3 of 3");
        assert_eq!(loop_thanked(&counted).words(), "2 of 3");
        assert_eq!(loop_thanked(&no_thanks).words(), "—", "nobody is to be thanked");
        assert_eq!(return_rate(&counted).words(), "2 of 3", "returned with a letter");
        // The report was due on the 19th, seven days after the visit; without one it is not in time.
        assert_eq!(report_on_time(&counted).words(), "2 of 3");
        assert_eq!(ack_on_time(&counted).words(), "3 of 3");
    }

    #[test]
    fn a_patient_who_was_lost_closes_the_loop_with_a_reason_and_word_to_the_referrer() {
        let told = facts(&[
            ("acknowledged", "2026-11-03"),
            ("report_sent", "2026-11-16"),
            ("thanked", "2026-11-03"),
            ("lost", "2026-11-16"),
        ]);
        let (with, without) =
            (looping(&[&told], |_| {}), looping(&[&told], |looped| looped.has_reason = false));
        assert_eq!(
            (loop_complete(&with).words(), loop_seen(&with).words()),
            ("1 of 1".into(), "1 of 1".into())
        );
        assert_eq!(
            (loop_complete(&without).words(), loop_seen(&without).words()),
            ("0 of 1".into(), "0 of 1".into())
        );
    }

    #[test]
    fn an_open_referral_is_judged_once_its_last_deadline_has_passed() {
        // Seen on the 12th; the report is due on the 19th and late after two working days, the 23rd.
        let waiting = facts(&WHOLE[..4]);
        let days = WorkingDays::new(&Calendar::default());
        let walk = walk(&Process::inbound(), &waiting, &days);
        let looped = Looped {
            direction: Direction::Inbound,
            kind: None,
            facts: &waiting,
            walk: &walk,
            has_reason: false,
            thanks_due: false,
            thanked_on: None,
            home_doctor: false,
        };
        assert_eq!(looped.state(day("2026-11-30")).decided_on, Some(day("2026-11-23")));
        let on = |today: &str| {
            let mut looping = Looping::default();
            looping.count(&looped, Period { from: day("2026-11-01"), to: day(today) }, day(today));
            loop_complete(&looping).words()
        };
        assert_eq!((on("2026-11-23").as_str(), on("2026-11-24").as_str()), ("—", "0 of 1"));
    }

    #[test]
    fn what_was_not_kept_is_in_no_number() {
        let mut imported = facts(&WHOLE[3..4]);
        (imported.tracked_on, imported.closed_on) = (None, Some(day("2026-11-20")));
        let counted = looping(&[&imported], |_| {});
        assert_eq!(counted, Looping::default());
    }

    #[test]
    fn the_home_doctor_counts_where_there_is_one() {
        let (told, not) =
            (facts(&[&WHOLE[..], &[("home_doctor_told", "2026-11-19")]].concat()), facts(&WHOLE));
        let counted = looping(&[&told, &not], |looped| looped.home_doctor = true);
        assert_eq!(home_doctor_share(&counted).words(), "1 of 2");
        assert_eq!(home_doctor_share(&looping(&[&told], |_| {})).words(), "—");
    }
}
