//! A year of a practice: four hundred referrals on every way there is, told day by day. At the end nobody's baton lies on
//! the floor, and every number is the one the story was written with.

use baton_core::Practice;
use baton_core::foundation::id::{PartnerId, RecordId, ReferralId};
use baton_core::insights::{LeakReport, Period, care_report, leak_report, loop_report};
use baton_core::referrals::care::{self, Answers, SecondOpinion, TravelChecks, YesNo};
use baton_core::referrals::process::{
    self, Absence, BatonQuery, DayUnit, HandOffAnswer, HandOver, Holder, LeakAction, LeakKind, NewStep,
    Reopening, StageMove,
};
use baton_core::referrals::{
    self, Closing, Direction, Intake, Outcome, PatientLabel, ReferralChange, ReferralQuery, ReferralSource,
    ReferralType, Taken, Travel,
};
use baton_core::testing::{day, practice_over_time, with_role};
use baton_core::vault::Role;
use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::world::{self, tell};

/// The days of 2026 on which the practice is closed, as a wall calendar has them.
const CLOSED: [&str; 12] = [
    "2026-01-01",
    "2026-01-19",
    "2026-02-16",
    "2026-05-25",
    "2026-06-19",
    "2026-07-03",
    "2026-09-07",
    "2026-10-12",
    "2026-11-11",
    "2026-11-26",
    "2026-12-25",
    "2027-01-01",
];

fn works(on: NaiveDate) -> bool {
    !matches!(on.weekday(), Weekday::Sat | Weekday::Sun) && !CLOSED.contains(&on.to_string().as_str())
}

/// The day itself, or the next on which somebody is there.
fn open_from(on: NaiveDate) -> NaiveDate {
    on.iter_days().find(|day| works(*day)).expect("some day")
}

/// The nth working day after.
fn working(on: NaiveDate, n: usize) -> NaiveDate {
    on.iter_days().skip(1).filter(|day| works(*day)).nth(n - 1).expect("some day")
}

fn after(on: NaiveDate, days: u64) -> NaiveDate {
    open_from(on + Days::new(days))
}

/// The ways of the story, and how many go each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Goes {
    /// Everything in time, and back to the referrer.
    Whole,
    /// Acknowledged on the sixth working day.
    LateWord,
    /// Three attempts in vain, and closed as lost.
    Lost,
    /// Did not come, and another visit was agreed three weeks later.
    Missed,
    /// Seen, and nobody wrote the report.
    Silent,
    /// Sent out, some of them abroad.
    Out,
    /// Declined.
    Declined,
    /// Lost, and called after all.
    CalledBack,
    /// Came in the last days of the year.
    Still,
}
use Goes::*;

const STORY: [(Goes, usize); 9] = [
    (Whole, 200),
    (LateWord, 40),
    (Lost, 40),
    (Missed, 30),
    (Silent, 30),
    (Out, 30),
    (Declined, 20),
    (CalledBack, 5),
    (Still, 5),
];

/// Something that happens on a day to one of them.
enum Act {
    Take(Goes),
    Stage(&'static str, Vec<ReferralChange>),
    Step(&'static str),
    Edit(ReferralChange),
    Why(LeakKind, &'static str),
    Again,
    Hide,
    Checks,
    Moved(bool),
    Offer,
    Accept,
}

fn closed(on: NaiveDate, outcome: Outcome) -> Act {
    Act::Edit(ReferralChange::Closed(Some(Closing { on, outcome })))
}

/// What happens to one that came on `came`, in order.
fn way(goes: Goes, came: NaiveDate, offered: bool) -> Vec<(NaiveDate, Act)> {
    let at = |stage: &'static str| Act::Stage(stage, Vec::new());
    let mut acts = vec![(came, Act::Take(goes))];
    if goes == Out {
        let agreed = working(came, 3);
        let visit = after(agreed, 10);
        let (report, asked) = (after(visit, 7), after(visit, 11));
        acts.extend([
            (working(came, 1), Act::Checks),
            (working(came, 1), at("packet_sent")),
            (working(came, 2), at("confirmed")),
            (agreed, Act::Stage("scheduled", vec![ReferralChange::ScheduledOn(Some(visit))])),
            (visit, at("seen")),
            (report, at("report_received")),
            (asked, at("patient_asked")),
            (asked, at("closed")),
        ]);
        return acts;
    }
    acts.push((came, Act::Step("thanked")));
    if offered {
        acts.extend([(came, Act::Offer), (working(came, 1), Act::Accept)]);
    }
    let word = if goes == LateWord { working(came, 6) } else { working(came, 1) };
    acts.push((word, at("acknowledged")));
    let mut reached = working(word, 1);
    match goes {
        Still => return acts,
        Declined => {
            let end = working(reached, 1);
            acts.extend([(reached, at("contacted")), (end, closed(end, Outcome::Declined))]);
            return acts;
        }
        Lost | CalledBack => {
            let end = working(came, 5);
            acts.extend((2..=4).map(|n| (working(came, n), Act::Step("attempt"))));
            if goes == Lost {
                acts.push((end, at("report_sent")));
            }
            acts.extend([
                (end, closed(end, Outcome::Lost)),
                (end, Act::Why(LeakKind::WentElsewhere, "not_reached")),
            ]);
            if goes == Lost {
                return acts;
            }
            reached = after(end, 14);
            acts.push((reached, Act::Again));
        }
        _ => {}
    }
    let agreed = working(reached, 1);
    let mut visit = after(agreed, 7);
    acts.extend([
        (reached, at("contacted")),
        (agreed, Act::Stage("scheduled", vec![ReferralChange::ScheduledOn(Some(visit))])),
    ]);
    if goes == Missed {
        acts.push((visit, Act::Edit(ReferralChange::Outcome(Some(Outcome::NoShow)))));
        let anew = after(visit, 20);
        visit = after(anew, 5);
        acts.push((anew, Act::Edit(ReferralChange::ScheduledOn(Some(visit)))));
    }
    acts.push((visit, at("seen")));
    if goes == Silent {
        let end = after(visit, 30);
        acts.push((end, at("closed")));
        return acts;
    }
    let report = after(visit, 3);
    let back = working(report, 1);
    acts.extend([(report, at("report_sent")), (back, at("returned")), (back, at("closed"))]);
    acts
}

/// One of those who went the whole way, out of sight.
const RESTRICTED: usize = 7;

/// The first of those who went the whole way came for a second opinion, and most of them moved to us.
const OPINIONS: usize = 10;
const MOVED: usize = 6;

struct Year {
    desk: Practice,
    clinician: Practice,
    pine: PartnerId,
    referrals: Vec<Option<ReferralId>>,
}

impl Year {
    fn act(&mut self, who: usize, act: &Act) {
        if let Act::Take(goes) = act {
            self.referrals[who] = Some(self.take(who, *goes));
            return;
        }
        let id = self.referrals[who].expect("it came first");
        let desk = &self.desk;
        match act {
            Act::Take(_) => unreachable!("told above"),
            Act::Stage(stage, changes) => {
                let to = StageMove {
                    stage: (*stage).into(),
                    on: None,
                    minute: None,
                    note: None,
                    changes: changes.clone(),
                };
                process::move_to(desk, id, &to).unwrap_or_else(|e| panic!("{who} to {stage}: {e}"));
            }
            Act::Step(step) => {
                let step = NewStep { step: (*step).into(), on: None, minute: None, note: None };
                process::add_step(desk, id, &step).expect("put down");
            }
            Act::Edit(change) => {
                referrals::edit(desk, id, std::slice::from_ref(change), None).expect("edited");
            }
            Act::Why(kind, reason) => {
                let why = LeakAction {
                    kind: *kind,
                    step: String::new(),
                    reason: Some((*reason).into()),
                    reason_text: None,
                    action: None,
                    action_due_on: None,
                    result: None,
                };
                process::settle_leak(desk, id, &why).expect("put down");
            }
            Act::Hide => {
                care::restrict(desk, id, None).expect("out of sight");
            }
            Act::Checks => {
                let yes = Some(YesNo::Yes);
                let travel = TravelChecks {
                    credentials: yes,
                    records: yes,
                    aftercare: yes,
                    complications: yes,
                    consent: yes,
                };
                care::set_answers(desk, id, &Answers { travel, ..Answers::default() }).expect("settled");
            }
            Act::Moved(moved) => {
                let came_to = if *moved { SecondOpinion::Moved } else { SecondOpinion::Stayed };
                let answers = Answers { second_opinion: Some(came_to), ..Answers::default() };
                care::set_answers(desk, id, &answers).expect("put down");
            }
            Act::Again => {
                let again = Reopening {
                    reason: "called after all".into(),
                    on: None,
                    holder: None,
                    next_step: None,
                    due_on: None,
                };
                process::reopen(desk, id, &again).expect("reopened");
            }
            Act::Offer => {
                let to = Holder::Profile(self.clinician.actor().id);
                let offer = HandOver { to, next_step: None, due_on: None, note: None };
                process::hand_over(desk, id, &offer).expect("offered");
            }
            Act::Accept => {
                // While the clinician is away, the desk stands in and answers for them.
                let away = process::absences(desk).expect("absences");
                let today = desk.today();
                let gone = away.iter().any(|absence| absence.from <= today && today <= absence.to);
                let by = if gone { desk } else { &self.clinician };
                process::answer_hand_over(by, id, HandOffAnswer::Accept).expect("accepted");
            }
        }
    }

    fn take(&self, who: usize, goes: Goes) -> ReferralId {
        let partner = ReferralSource::Known { partner: Some(self.pine), person: None };
        let out = goes == Out;
        let intake = Intake {
            direction: if out { Direction::Outbound } else { Direction::Inbound },
            source: if out { ReferralSource::NotAsked } else { partner.clone() },
            receiver: out.then_some(partner),
            patient: PatientLabel {
                name: format!("Patient Number {who}"),
                chart_number: None,
                patient: None,
            },
            reason: None,
            service_line: None,
            payer: None,
            received_on: None,
            urgency: None,
            note: None,
            confirm_duplicate: true,
        };
        let Taken::Saved { id, .. } = referrals::intake(&self.desk, &intake).expect("taken") else {
            panic!("no duplicate")
        };
        let kind = match who % 8 {
            0 if out => vec![
                ReferralChange::Type(Some(ReferralType::Travel)),
                ReferralChange::Travel(Some(Travel::International)),
            ],
            _ if who < OPINIONS => vec![ReferralChange::Type(Some(ReferralType::SecondOpinion))],
            _ => vec![ReferralChange::Type(Some(ReferralType::Consult))],
        };
        referrals::edit(&self.desk, id, &kind, None).expect("edited");
        id
    }
}

#[test]
fn a_year_of_a_practice() {
    let (practice, set) = practice_over_time("2026-01-02");
    let (clinician, desk) = (with_role(&practice, Role::Clinician), with_role(&practice, Role::FrontDesk));
    let pine = tell(&practice, |tx| Ok(world::partner(tx, "Pine Hollow", "medical", "primary_care")));
    let leave = Absence {
        id: RecordId::new(),
        profile: clinician.actor().id,
        from: day("2026-07-06"),
        to: day("2026-07-17"),
        deputy: Some(desk.actor().id),
    };
    process::set_absence(&practice, &leave).expect("on leave");

    let mut story: Vec<(NaiveDate, usize, usize, Act)> = Vec::new();
    let all: Vec<Goes> = STORY.iter().flat_map(|(goes, count)| std::iter::repeat_n(*goes, *count)).collect();
    for (who, goes) in all.iter().enumerate() {
        // From January to September, every way all the year round; the last ones between the years.
        let spread = (who * 149 % 395) as u64 * 265 / 395;
        let came =
            if *goes == Still { day("2026-12-28") } else { open_from(day("2026-01-05") + Days::new(spread)) };
        let offered = *goes == Whole && who % 5 == 0;
        let mut acts = way(*goes, came, offered);
        if who < OPINIONS {
            let closed_on = acts[acts.len() - 1].0;
            acts.insert(acts.len() - 1, (closed_on, Act::Moved(who < MOVED)));
        }
        if who == RESTRICTED {
            acts.insert(1, (came, Act::Hide));
        }
        let acts = acts.into_iter().enumerate();
        story.extend(acts.map(|(order, (on, act))| (on, who, order, act)));
    }
    story.sort_by_key(|(on, who, order, _)| (*on, *who, *order));

    let mut year = Year { desk, clinician, pine, referrals: vec![None; all.len()] };
    let mut stood_in = false;
    for (on, who, _, act) in &story {
        set(*on);
        year.act(*who, act);
        if *on == day("2026-07-08") && !stood_in {
            stood_in = true;
            let of_clinician = BatonQuery {
                holder: Some(Holder::Profile(year.clinician.actor().id)),
                ..BatonQuery::default()
            };
            let theirs = process::batons(&year.desk, &of_clinician).expect("batons");
            let mine = BatonQuery { mine: true, ..BatonQuery::default() };
            let mine = process::batons(&year.desk, &mine).expect("batons");
            let ids: Vec<_> = mine.rows.iter().map(|row| row.row.id).collect();
            assert!(theirs.total > 0 && theirs.rows.iter().all(|row| ids.contains(&row.row.id)));
            assert!(theirs.rows.iter().all(|row| row.holder.away && row.holder.deputy.is_some()));
        }
    }
    set(day("2026-12-31"));
    assert!(stood_in, "the story went through July");
    assert_eq!(process::orphans(&practice).expect("counted"), []);
    let open = process::batons(&practice, &BatonQuery::default()).expect("batons");
    assert_eq!((open.total, open.overdue), (5, 0), "those of the last days");
    let whole = Period::new(day("2026-01-01"), day("2026-12-31")).expect("a period");
    let leaks = leak_report(&practice, &whole).expect("a report");
    let loops = loop_report(&practice, &whole).expect("a report");

    let told = |ratio: baton_core::insights::Ratio| (ratio.a, ratio.b);
    // All but the last five have a deadline or a closing in the year; late word, lost, missed, silent and called back leak.
    assert_eq!(told(leaks.overall), (40 + 40 + 30 + 30 + 5, 395));
    assert_eq!(
        stages(&leaks),
        [
            ("acknowledged", 40, 365),
            ("confirmed", 0, 30),
            ("contacted", 5, 325), // not the lost, whose closing came before the deadline
            ("packet_sent", 0, 30),
            ("patient_asked", 0, 30),
            ("rebooked", 30, 30),
            ("report_received", 0, 30),
            ("report_sent", 30, 305),
            ("scheduled", 0, 335),
            ("seen", 0, 335),
        ]
    );
    // Late word 40, lost contact and lost 80, missed 30, silent 30, called back twice 10; of these late word, missed and
    // called back were made good.
    assert_eq!(told(leaks.recovered), (40 + 30 + 10, 190));
    assert_eq!((told(leaks.with_reason), leaks.reasons[0].code.as_str()), ((40, 190), "not_reached"));
    assert_eq!(leaks.months.iter().map(|month| month.ratio.a).sum::<u32>(), months_of(&story, &all));
    assert_eq!(leaks.partners.len(), 1);
    assert_eq!(told(leaks.partners[0].ratio), (145, 394), "the restricted one counts for nobody");
    let hidden = care::restricted(&practice).expect("restricted");
    assert_eq!((hidden.len(), hidden[0].row.closed_on.is_some()), (1, true));
    let all = referrals::referrals(&practice, &ReferralQuery::default()).expect("a register");
    assert_eq!(all.total.count, 399, "and stands in no list");

    assert_eq!(told(loops.ack_on_time), (330, 370), "with the last five, without the forty");
    assert_eq!(told(loops.report_on_time), (305, 335));
    assert_eq!(told(loops.loop_complete), (345, 395), "all but the silent and the declined");
    assert_eq!(told(loops.loop_seen), (375, 395), "nobody said why the declined were not seen");
    assert_eq!(
        told(loops.loop_thanked),
        (364, 364),
        "nobody sends the outbound, and for the restricted one nobody is told"
    );
    assert_eq!(told(loops.return_rate), (275, 365));
    assert_eq!(loops.wait_days.n, 305);
    let cared = care_report(&practice, &whole).expect("a report");
    assert_eq!(told(cared.second_opinion_transfer), (6, 10), "the restricted one counts for the practice");
    let acknowledged = loops.response_time.iter().find(|pace| pace.code == "acknowledged").expect("a pace");
    // Each way its own limits: agreed on the third working day of those that went out, the next of those that came in.
    let of = |direction| {
        let pace =
            loops.response_time.iter().find(|pace| pace.code == "scheduled" && pace.direction == direction);
        pace.map(|pace| (pace.taken.n, pace.unit))
    };
    assert_eq!(of(Direction::Outbound), Some((30, DayUnit::Calendar)));
    assert_eq!(of(Direction::Inbound), Some((305, DayUnit::Working)));
    assert_eq!((acknowledged.taken.median, acknowledged.taken.n), (Some(1.0), 370));
    assert_eq!(acknowledged.taken.p90, Some(6.0), "forty of 370 took six working days");
}

fn stages(leaks: &LeakReport) -> Vec<(&str, u32, u32)> {
    let mut all: Vec<_> = leaks.stages.iter().map(|s| (s.code.as_str(), s.ratio.a, s.ratio.b)).collect();
    all.sort_unstable();
    all
}

/// In how many months each of them leaked, added up: from the days the story names.
fn months_of(story: &[(NaiveDate, usize, usize, Act)], all: &[Goes]) -> u32 {
    let mut months = 0;
    for (who, goes) in all.iter().enumerate() {
        let acts: Vec<_> = story.iter().filter(|(_, of, ..)| *of == who).collect();
        let came = acts[0].0;
        let seen = acts.iter().find(|(.., act)| matches!(act, Act::Stage("seen", _))).map(|(on, ..)| *on);
        let missed = acts.iter().find(|(.., act)| matches!(act, Act::Edit(ReferralChange::Outcome(_))));
        let mut days = match goes {
            LateWord => vec![working(came, 4)],
            Lost => vec![working(came, 4), working(came, 5)],
            Missed => vec![working(missed.expect("a day").0 + Days::new(7), 2)],
            Silent => vec![working(seen.expect("a visit") + Days::new(7), 2)],
            CalledBack => vec![working(came, 4), working(came, 5)],
            _ => Vec::new(),
        };
        days.iter_mut().for_each(|day| *day = day.with_day(1).expect("a first"));
        days.dedup();
        months += u32::try_from(days.len()).expect("few");
    }
    months
}
