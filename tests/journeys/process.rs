//! No baton on the floor: who holds a referral, how it goes from stage to stage, and how it is handed on.

use baton_core::Practice;
use baton_core::foundation::id::{ProfileId, RecordId, ReferralId};
use baton_core::history;
use baton_core::referrals::process::{
    self, Absence, BatonQuery, BoardQuery, HandOffAnswer, HandOver, Holder, LeakAction, LeakKind, LeakResult,
    Limit, NewStep, Process, Reopening, RequiredField, Stage, StageMove, event, stage,
};
use baton_core::referrals::{
    self, Closing, Direction, Intake, Outcome, PatientLabel, Problem, ReferralChange, ReferralError,
    ReferralSource, ReferralType, Taken,
};
use baton_core::store::OnConflict;
use baton_core::testing::{TestPractice, day, practice, practice_over_time, with_role};
use baton_core::vault::Role;

use crate::world::{self, Told, tell};

fn intake(name: &str) -> Intake {
    Intake {
        direction: Direction::Inbound,
        source: ReferralSource::DoesNotKnow,
        receiver: None,
        patient: PatientLabel { name: name.into(), chart_number: None, patient: None },
        reason: None,
        service_line: None,
        payer: None,
        received_on: None,
        urgency: None,
        note: None,
        confirm_duplicate: true,
    }
}

fn taken(practice: &Practice, intake: &Intake) -> ReferralId {
    match referrals::intake(practice, intake).expect("taken") {
        Taken::Saved { id, .. } => id,
        other @ Taken::Duplicate { .. } => panic!("{other:?}"),
    }
}

fn to(stage: &str) -> StageMove {
    StageMove { stage: stage.into(), on: None, minute: None, note: None, changes: Vec::new() }
}

fn give(to: Holder) -> HandOver {
    HandOver { to, next_step: None, due_on: None, note: None }
}

fn mine(practice: &Practice) -> Vec<ReferralId> {
    let query = BatonQuery { mine: true, ..BatonQuery::default() };
    process::batons(practice, &query).expect("batons").rows.into_iter().map(|row| row.row.id).collect()
}

fn holder(practice: &Practice, id: ReferralId) -> Holder {
    process::way(practice, id).expect("a way").holder.expect("a holder").holder
}

fn me(practice: &Practice) -> Holder {
    Holder::Profile(practice.actor().id)
}

fn sentence<T: std::fmt::Debug>(answer: Result<T, ReferralError>) -> String {
    answer.expect_err("refused").to_string()
}

/// A practice with a clinician and somebody at the desk.
fn staffed() -> (TestPractice, Practice, Practice) {
    let practice = practice("2026-11-20");
    let (clinician, desk) = (with_role(&practice, Role::Clinician), with_role(&practice, Role::FrontDesk));
    (practice, clinician, desk)
}

#[test]
fn a_new_referral_is_held_by_the_owner_of_its_partner_or_else_by_who_took_it_in() {
    let (practice, clinician, desk) = staffed();
    let pine = tell(&practice, |tx| {
        let pine = world::partner(tx, "Pine Hollow", "medical", "primary_care");
        tx.execute(
            "UPDATE partner SET owner_id = ?2 WHERE id = ?1",
            rusqlite::params![pine, clinician.actor().id],
        )?;
        Ok(pine)
    });
    let known = ReferralSource::Known { partner: Some(pine), person: None };
    let from_pine = taken(&desk, &Intake { source: known, ..intake("Ann Ames") });
    let walk_in = taken(&desk, &intake("Bob Bell"));
    assert_eq!((holder(&desk, from_pine), holder(&desk, walk_in)), (me(&clinician), me(&desk)));
    assert_eq!((mine(&clinician), mine(&desk)), (vec![from_pine], vec![walk_in]));
    let way = process::way(&desk, walk_in).expect("a way");
    assert_eq!((way.stage.as_str(), way.next.as_deref()), ("received", Some("acknowledged")));
    // Friday: two working days later it is Tuesday.
    assert_eq!(way.due_on, Some(day("2026-11-24")));
    assert_eq!(process::orphans(&practice).expect("counted"), []);
}

#[test]
fn what_was_open_before_batons_were_kept_has_a_place_and_a_holder_and_nothing_is_made_up() {
    let practice = practice("2026-11-20");
    let ids = tell(&practice, |tx| {
        let run = world::import(tx, "old.csv");
        let told = |told: Told<'_>| world::referral(tx, &told);
        Ok([
            told(Told { received: "2026-11-02", ..Told::default() }),
            told(Told {
                received: "2026-11-03",
                scheduled: Some("2026-12-01"),
                outcome: Some("scheduled"),
                ..Told::default()
            }),
            // Over before anybody kept steps: seen and never closed, and one of which a file did not say how it stands.
            told(Told {
                received: "2026-09-01",
                seen: Some("2026-09-09"),
                outcome: Some("seen"),
                ..Told::default()
            }),
            told(Told { received: "2026-09-02", import: Some((run, 1)), ..Told::default() }),
        ])
    });
    let page = process::batons(&practice, &BatonQuery::default()).expect("batons");
    let told: Vec<_> =
        page.rows.iter().map(|r| (r.row.id, r.stage.as_str(), r.next.as_str(), r.due_on)).collect();
    assert_eq!(
        told,
        [
            (ids[0], "received", "acknowledged", day("2026-11-04")),
            // The next thing that happens is the agreed visit.
            (ids[1], "scheduled", "seen", day("2026-12-01")),
        ]
    );
    assert_eq!((page.total, page.overdue), (2, 1));
    assert!(page.rows.iter().all(|row| !row.leaks), "nobody kept its steps, so nothing is known to be late");
    assert_eq!(process::orphans(&practice).expect("counted"), []);
    let way = process::way(&practice, ids[1]).expect("a way");
    let scheduled = way.stages.iter().find(|s| s.code == "scheduled").expect("a stage");
    assert!(
        scheduled.done && scheduled.on.is_none() && way.tracked_on.is_none(),
        "agreed, and nobody knows when"
    );
}

#[test]
fn a_stage_asks_for_its_fields_by_name_and_days_stand_in_order() {
    let practice = practice("2026-11-20");
    let received_on = Some(day("2026-11-09"));
    let id = taken(&practice, &Intake { received_on, ..intake("Ann Ames") });
    let missing = sentence(process::move_to(&practice, id, &to(stage::SCHEDULED)));
    assert_eq!(missing, "Before this stage, give the day of the agreed visit.");
    let on = |stage: &str, on: &str| StageMove { on: Some(day(on)), ..to(stage) };
    process::move_to(&practice, id, &on(stage::CONTACTED, "2026-11-12")).expect("moved");
    let early = process::move_to(&practice, id, &on(stage::ACKNOWLEDGED, "2026-11-13"))
        .expect_err("later than contacted");
    assert!(
        matches!(early, ReferralError::Invalid { field: "on", problem: Problem::After { .. } }),
        "{early:?}"
    );
    process::move_to(&practice, id, &on(stage::ACKNOWLEDGED, "2026-11-10"))
        .expect("passed over, and put down later");
    let agreed = StageMove {
        changes: vec![ReferralChange::ScheduledOn(Some(day("2026-11-18")))],
        ..on(stage::SCHEDULED, "2026-11-11")
    };
    let before = process::move_to(&practice, id, &agreed).expect_err("before contacted");
    assert!(
        matches!(before, ReferralError::Invalid { field: "on", problem: Problem::Before { .. } }),
        "{before:?}"
    );
    process::move_to(&practice, id, &StageMove { on: Some(day("2026-11-12")), ..agreed }).expect("moved");
    let ahead = sentence(process::move_to(&practice, id, &on(stage::SEEN, "2026-11-23")));
    assert!(ahead.contains("in the future"), "{ahead}");
    process::move_to(&practice, id, &on(stage::SEEN, "2026-11-18")).expect("moved");
    let page = referrals::referral(&practice, id).expect("a page");
    assert_eq!(page.row.seen_on, Some(day("2026-11-18")), "the register knows the visit");
    let other = sentence(process::move_to(&practice, id, &to(stage::PACKET_SENT)));
    assert_eq!(other, "This stage is not on the path of this referral.");
    let unfinished = process::move_to(&practice, id, &to(stage::CLOSED));
    assert!(unfinished.is_ok(), "it was seen, so it is said how it ended");
    assert!(sentence(process::move_to(&practice, id, &to(stage::RETURNED))).contains("closed"));
    let way = process::way(&practice, id).expect("a way");
    let days: Vec<_> = way.stages.iter().map(|s| s.on.map(|on| on.to_string()).unwrap_or_default()).collect();
    assert_eq!(
        days,
        ["2026-11-09", "2026-11-10", "2026-11-12", "2026-11-12", "2026-11-18", "", "", "2026-11-20"]
    );
}

#[test]
fn the_record_page_and_the_board_tell_one_story() {
    let practice = practice("2026-11-20");
    let id = taken(&practice, &intake("Ann Ames"));
    let edit = |changes: &[ReferralChange]| referrals::edit(&practice, id, changes, None).expect("edited");
    edit(&[ReferralChange::ScheduledOn(Some(day("2026-11-20")))]);
    assert_eq!(process::way(&practice, id).expect("a way").stage, "scheduled");
    edit(&[ReferralChange::Outcome(Some(Outcome::NoShow))]);
    let missed = process::way(&practice, id).expect("a way");
    assert_eq!((missed.stage.as_str(), missed.next.as_deref()), (event::REBOOKED, Some(event::REBOOKED)));
    assert_eq!(missed.due_on, Some(day("2026-11-27")), "seven days to agree another visit");
    edit(&[ReferralChange::ScheduledOn(Some(day("2026-11-24")))]);
    let again = process::way(&practice, id).expect("a way");
    assert_eq!((again.next.as_deref(), again.due_on), (Some("seen"), Some(day("2026-11-24"))));
    assert_eq!(again.steps.iter().map(|s| s.step.as_str()).collect::<Vec<_>>(), ["no_show", "rebooked"]);
    let board = |direction| {
        let query = BoardQuery { direction, filter: BatonQuery::default(), cards: 0 };
        process::board(&practice, &query).expect("a board").columns
    };
    let columns = board(Direction::Inbound);
    assert_eq!(
        columns.iter().map(|c| (c.stage.as_str(), c.count)).collect::<Vec<_>>(),
        [
            ("received", 0),
            ("acknowledged", 0),
            ("contacted", 0),
            ("scheduled", 1),
            ("rebooked", 0),
            ("seen", 0),
            ("report_sent", 0),
            ("returned", 0)
        ]
    );
    assert_eq!(columns[3].cards[0].row.id, id);
    assert!(board(Direction::Outbound).iter().all(|column| column.count == 0));
    edit(&[ReferralChange::Closed(Some(Closing { on: day("2026-11-20"), outcome: Outcome::Declined }))]);
    assert_eq!(mine(&practice), []);
}

#[test]
fn a_baton_changes_hands_when_it_is_accepted_and_not_before() {
    let (practice, clinician, desk) = staffed();
    let id = taken(&desk, &intake("Ann Ames"));
    let offer = HandOver {
        next_step: Some("Look at the pictures".into()),
        due_on: Some(day("2026-11-23")),
        ..give(me(&clinician))
    };
    process::hand_over(&desk, id, &offer).expect("offered");
    assert_eq!(holder(&desk, id), me(&desk), "still with whoever gave it");
    let waiting = process::hand_overs(&clinician).expect("offers");
    assert_eq!((waiting.len(), waiting[0].for_me, waiting[0].from_me), (1, true, false));
    assert_eq!(process::hand_overs(&practice).expect("offers").len(), 0, "nobody else is asked");
    let row = &process::batons(&desk, &BatonQuery::default()).expect("batons").rows[0];
    assert!(row.offered_to.is_some() && !row.offer_lapsed);
    assert_eq!(
        sentence(process::answer_hand_over(&practice, id, HandOffAnswer::Accept)),
        "Somebody else was asked to take it."
    );
    process::answer_hand_over(&clinician, id, HandOffAnswer::Accept).expect("accepted");
    let way = process::way(&clinician, id).expect("a way");
    assert_eq!(way.holder.expect("a holder").holder, me(&clinician));
    assert_eq!(
        (way.next_step.as_deref(), way.due_on),
        (Some("Look at the pictures"), Some(day("2026-11-23")))
    );
    assert_eq!(
        sentence(process::hand_over(&desk, id, &give(me(&clinician)))),
        "They hold it already. Choose somebody else."
    );
    let gone = Holder::Profile(ProfileId::new());
    assert!(sentence(process::hand_over(&desk, id, &give(gone))).contains("no longer on record"));
    process::hand_over(&desk, id, &give(me(&desk))).expect("taken");
    assert_eq!(holder(&desk, id), me(&desk), "whoever takes it has it at once");
    // The next stage clears what was said to be next.
    process::set_next_step(&desk, id, Some("Call on Monday"), Some(day("2026-11-30"))).expect("said");
    process::move_to(&desk, id, &to(stage::ACKNOWLEDGED)).expect("moved");
    assert_eq!(process::way(&desk, id).expect("a way").next_step, None);
}

#[test]
fn an_offer_nobody_accepts_within_a_working_day_stays_where_it_is_and_both_are_told() {
    let (practice, set) = practice_over_time("2026-11-25");
    let (clinician, desk) = (with_role(&practice, Role::Clinician), with_role(&practice, Role::FrontDesk));
    let id = taken(&desk, &intake("Ann Ames"));
    process::hand_over(&desk, id, &give(me(&clinician))).expect("offered");
    // Thanksgiving and the weekend are none; Friday is the one.
    set(day("2026-11-29"));
    assert!(!process::hand_overs(&clinician).expect("offers")[0].lapsed);
    set(day("2026-11-30"));
    for somebody in [&clinician, &desk] {
        let offers = process::hand_overs(somebody).expect("offers");
        assert!(offers[0].lapsed && !offers[0].for_me, "both are told");
    }
    assert!(
        sentence(process::answer_hand_over(&clinician, id, HandOffAnswer::Accept))
            .contains("within a working day")
    );
    assert_eq!(holder(&desk, id), me(&desk));
    process::hand_over(&desk, id, &give(me(&clinician))).expect("offered anew");
    process::answer_hand_over(&clinician, id, HandOffAnswer::Accept).expect("accepted");
    assert_eq!(holder(&desk, id), me(&clinician));
    let hands = process::way(&desk, id).expect("a way").hands;
    assert_eq!(hands.iter().map(|h| h.state.code()).collect::<Vec<_>>(), ["withdrawn", "accepted"]);
}

#[test]
fn whoever_is_away_has_a_deputy_and_whoever_left_holds_nothing() {
    let (practice, set) = practice_over_time("2026-11-20");
    let (clinician, desk) = (with_role(&practice, Role::Clinician), with_role(&practice, Role::FrontDesk));
    let id = taken(&clinician, &intake("Ann Ames"));
    let away = Absence {
        id: RecordId::new(),
        profile: clinician.actor().id,
        from: day("2026-11-23"),
        to: day("2026-11-27"),
        deputy: Some(desk.actor().id),
    };
    process::set_absence(&desk, &away).expect("put down");
    assert!(
        sentence(process::set_absence(&desk, &Absence { id: RecordId::new(), ..away })).contains("already")
    );
    assert!(
        sentence(process::set_absence(&desk, &Absence { deputy: Some(away.profile), ..away }))
            .contains("else")
    );
    assert_eq!(mine(&desk), []);
    set(day("2026-11-23"));
    assert_eq!((mine(&desk), mine(&clinician)), (vec![id], vec![id]));
    let row = process::batons(&desk, &BatonQuery::default()).expect("batons").rows.remove(0);
    assert!(row.holder.away && row.holder.deputy == Some(desk.actor().name.clone()));
    process::hand_over(&practice, id, &give(me(&practice))).expect("taken");
    process::hand_over(&practice, id, &give(me(&clinician))).expect("offered");
    process::answer_hand_over(&desk, id, HandOffAnswer::Accept).expect("the deputy answers");
    set(day("2026-11-30"));
    assert_eq!(mine(&desk), [], "back again");
    tell(&practice, |tx| {
        Ok(tx.execute("UPDATE profile SET retired_at = 1 WHERE id = ?1", [clinician.actor().id])?)
    });
    assert_eq!(holder(&desk, id), me(&practice), "falls to an owner of the practice");
    assert_eq!(process::orphans(&practice).expect("counted"), []);
}

#[test]
fn a_referral_keeps_the_path_it_began_with() {
    let (practice, set) = practice_over_time("2026-11-20");
    let old = taken(&practice, &intake("Ann Ames"));
    let mut path = Process::inbound();
    path.stages[1].limit = Some(Limit::calendar(1));
    path.stages[1].required = vec![RequiredField::Reason, RequiredField::Payer];
    path.stages.insert(2, Stage { name: Some("Triage".into()), ..Stage::bare("own_triage") });
    set(day("2026-11-21"));
    process::set_path(&practice, Direction::Inbound, None, &path).expect("changed");
    let second = Process { attempts: 5, ..Process::inbound() };
    process::set_path(&practice, Direction::Inbound, Some(ReferralType::SecondOpinion), &second)
        .expect("changed");
    set(day("2026-11-22"));
    let new = taken(&practice, &intake("Bob Bell"));
    let stages = |id| process::way(&practice, id).expect("a way").stages.len();
    assert_eq!((stages(old), stages(new)), (8, 9));
    assert_eq!(
        sentence(process::move_to(&practice, new, &to(stage::ACKNOWLEDGED))),
        "Before this stage, give the reason, the payer."
    );
    process::move_to(&practice, old, &to(stage::ACKNOWLEDGED)).expect("the old path asks for nothing");
    referrals::edit(&practice, new, &[ReferralChange::Type(Some(ReferralType::SecondOpinion))], None)
        .expect("edited");
    assert_eq!(stages(new), 8, "the path of its type");
    process::reset_path(&practice, Direction::Inbound, None).expect("reset");
    set(day("2026-11-23"));
    assert_eq!(stages(taken(&practice, &intake("Cy Cole"))), 8, "back to the default");
    let shown = process::paths(&practice).expect("paths");
    let changed: Vec<_> = shown.iter().filter(|path| path.changed).map(|p| (p.direction, p.kind)).collect();
    assert_eq!(changed, [(Direction::Inbound, Some(ReferralType::SecondOpinion))]);
    let of = |kind| shown.iter().find(|path| (path.direction, path.kind) == (Direction::Inbound, kind));
    let (all, second) = (of(None).expect("all"), of(Some(ReferralType::SecondOpinion)).expect("one"));
    assert_eq!((all.open, second.open), (3, 1), "open referrals keep the version they began with");
    assert_eq!((&all.standard, &second.standard), (&Process::inbound(), &Process::inbound()));
    assert_ne!(second.process, second.standard);
}

#[test]
fn a_checklist_is_ticked_before_the_stage_that_asks_for_it() {
    let (practice, set) = practice_over_time("2026-11-20");
    let mut path = Process::inbound();
    let item = |code: &str, text: &str| process::ChecklistItem { code: code.into(), text: text.into() };
    path.stages[2].checklist =
        vec![item("id", "Ask for the insurance card"), item("mri", "Ask for pictures")];
    path.stages[2].required = vec![RequiredField::Checklist];
    process::set_path(&practice, Direction::Inbound, None, &path).expect("changed");
    set(day("2026-11-21"));
    let id = taken(&practice, &intake("Ann Ames"));
    process::check_item(&practice, id, "contacted", "id", true).expect("ticked");
    let missing = sentence(process::move_to(&practice, id, &to(stage::CONTACTED)));
    assert_eq!(missing, "Before this stage, give every item of the checklist.");
    process::check_item(&practice, id, "contacted", "mri", true).expect("ticked");
    process::move_to(&practice, id, &to(stage::CONTACTED)).expect("moved");
    let way = process::way(&practice, id).expect("a way");
    assert!(way.stages[2].checklist.iter().all(|item| item.done_on == Some(day("2026-11-21"))));
    assert!(process::check_item(&practice, id, "contacted", "unknown", true).is_err());
}

#[test]
fn a_closed_referral_goes_on_with_a_reason_and_its_earlier_closing_stays_told() {
    let (practice, clinician, _) = staffed();
    let id = taken(&practice, &intake("Ann Ames"));
    let lost = Closing { on: day("2026-11-20"), outcome: Outcome::Lost };
    referrals::edit(&practice, id, &[ReferralChange::Closed(Some(lost))], None).expect("closed");
    assert!(sentence(process::hand_over(&practice, id, &give(me(&clinician)))).contains("Reopen it first"));
    let again = Reopening {
        reason: "The patient called after all".into(),
        on: Some(day("2026-11-20")),
        holder: Some(me(&clinician)),
        next_step: Some("Agree a visit".into()),
        due_on: Some(day("2026-11-24")),
    };
    assert!(process::reopen(&practice, id, &Reopening { reason: " ".into(), ..again.clone() }).is_err());
    for (on, why) in [("2026-11-19", "closed after this day"), ("2026-12-24", "is in the future")] {
        let wrong = Reopening { on: Some(day(on)), ..again.clone() };
        assert!(sentence(process::reopen(&practice, id, &wrong)).contains(why), "{on}");
    }
    let entry = process::reopen(&practice, id, &again).expect("reopened").entry.expect("an entry");
    let way = process::way(&practice, id).expect("a way");
    assert!(way.open && way.due_on == Some(day("2026-11-24")));
    assert_eq!(holder(&practice, id), me(&clinician));
    let told: Vec<_> = way.steps.iter().map(|s| (s.step.as_str(), s.note.as_deref())).collect();
    assert_eq!(told, [("closed_before", Some("lost")), ("reopened", Some("The patient called after all"))]);
    assert_eq!(way.steps[1].on, day("2026-11-20"), "since the day that was given");
    assert!(process::reopen(&practice, id, &again).is_err(), "it is open");
    history::undo(&practice, entry.seq, OnConflict::Ask).expect("taken back");
    assert!(!process::way(&practice, id).expect("a way").open);
    assert_eq!(mine(&clinician), []);
}

#[test]
fn three_attempts_in_vain_are_a_leak_with_a_reason_an_action_and_a_result() {
    let practice = practice("2026-11-20");
    let received_on = Some(day("2026-11-02"));
    let id = taken(&practice, &Intake { received_on, ..intake("Ann Ames") });
    process::move_to(&practice, id, &StageMove { on: received_on, ..to(stage::ACKNOWLEDGED) })
        .expect("moved");
    let attempt =
        |on: &str| NewStep { step: event::ATTEMPT.into(), on: Some(day(on)), minute: None, note: None };
    for on in ["2026-11-18", "2026-11-19"] {
        process::add_step(&practice, id, &attempt(on)).expect("tried");
    }
    assert!(process::leaks(&practice).expect("leaks").rows.is_empty(), "its steps are kept since today");
    let third = process::add_step(&practice, id, &attempt("2026-11-20")).expect("tried").value;
    let leak = process::leaks(&practice).expect("leaks").rows.remove(0);
    assert_eq!((leak.kind, leak.since), (LeakKind::LostContact, day("2026-11-20")));
    let action = LeakAction {
        kind: LeakKind::LostContact,
        step: String::new(),
        reason: Some("not_reached".into()),
        reason_text: None,
        action: Some("Ask the referrer for another number".into()),
        action_due_on: None,
        result: None,
    };
    assert!(sentence(process::settle_leak(&practice, id, &action)).contains("by when"));
    let dated = LeakAction { action_due_on: Some(day("2026-11-24")), ..action };
    process::settle_leak(&practice, id, &dated).expect("put down");
    let unknown = LeakAction { reason: Some("weather".into()), ..dated.clone() };
    assert!(process::settle_leak(&practice, id, &unknown).is_err());
    assert_eq!(process::leaks(&practice).expect("leaks").rows[0].action, dated.action);
    process::settle_leak(&practice, id, &LeakAction { result: Some(LeakResult::GivenUp), ..dated })
        .expect("given up");
    assert!(process::leaks(&practice).expect("leaks").rows.is_empty());
    process::remove_step(&practice, third).expect("a slip of the finger");
    assert!(!process::way(&practice, id).expect("a way").contact_lost);
    assert!(
        process::add_step(&practice, id, &NewStep { step: "seen".into(), ..attempt("2026-11-20") }).is_err()
    );
    assert!(process::add_step(&practice, id, &attempt("2026-11-01")).is_err(), "before it came");
}

#[test]
fn the_list_is_paged_filtered_and_follows_what_happens() {
    let (practice, clinician, desk) = staffed();
    let pine = tell(&practice, |tx| Ok(world::partner(tx, "Pine Hollow", "medical", "primary_care")));
    let source = ReferralSource::Known { partner: Some(pine), person: None };
    for n in 0..25_u64 {
        let received_on = Some(day("2026-10-01") + chrono::Days::new(n * 2));
        let by = if n % 3 == 0 { &clinician } else { &desk };
        let source = if n % 5 == 0 { source.clone() } else { ReferralSource::NotAsked };
        taken(by, &Intake { received_on, source, ..intake(&format!("Patient {n}")) });
    }
    let all = |query: BatonQuery| {
        let mut query = BatonQuery { limit: 7, ..query };
        let mut ids = Vec::new();
        loop {
            let page = process::batons(&desk, &query).expect("a page");
            assert!(page.rows.windows(2).all(|pair| pair[0].due_on <= pair[1].due_on));
            ids.extend(page.rows.iter().map(|row| row.row.id));
            query.cursor = page.next;
            if query.cursor.is_none() {
                assert_eq!(ids.len(), page.total as usize);
                let mut once = ids.clone();
                once.sort_unstable();
                once.dedup();
                assert_eq!(once.len(), ids.len());
                return ids.len();
            }
        }
    };
    let q = BatonQuery::default;
    assert_eq!(all(q()), 25);
    assert_eq!(all(BatonQuery { mine: true, ..q() }), 16);
    assert_eq!(all(BatonQuery { holder: Some(me(&clinician)), ..q() }), 9);
    assert_eq!(all(BatonQuery { partner: Some(pine), ..q() }), 5);
    assert_eq!(all(BatonQuery { partner: Some(pine), holder: Some(me(&clinician)), ..q() }), 2);
    assert_eq!(
        all(BatonQuery { direction: Some(Direction::Inbound), stage: Some("received".into()), ..q() }),
        25
    );
    assert_eq!(all(BatonQuery { stage: Some("seen".into()), ..q() }), 0);
    let due = process::batons(&desk, &BatonQuery { overdue: true, ..q() }).expect("batons");
    assert_eq!(due.total, due.overdue);
    assert!(due.rows.iter().all(|row| row.overdue && row.due_on < day("2026-11-20")) && due.total < 25);
    let id = due.rows[0].row.id;
    referrals::trash(&desk, id, None).expect("in the trash");
    assert_eq!(all(q()), 24);
    referrals::restore(&desk, id).expect("back");
    assert_eq!(all(q()), 25);
    assert!(process::batons(&desk, &BatonQuery { cursor: Some("?".into()), ..q() }).is_err());
}

#[test]
fn undoing_an_intake_takes_its_baton_with_it() {
    let practice = practice("2026-11-20");
    let Taken::Saved { id, entry } = referrals::intake(&practice, &intake("Ann Ames")).expect("taken") else {
        panic!("no duplicate")
    };
    history::undo(&practice, entry.expect("an entry").seq, OnConflict::Ask).expect("taken back");
    assert_eq!(mine(&practice), []);
    assert!(process::way(&practice, id).is_err());
    history::redo_last(&practice).expect("brought back");
    assert_eq!(mine(&practice), [id]);
}
