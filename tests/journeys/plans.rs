//! Playbooks, and plans that follow them until somebody answers.

use baton_core::Practice;
use baton_core::foundation::id::PartnerId;
use baton_core::history;
use baton_core::network::{NewPartner, PartnerClass, PartnerFilter, PartnerType, add_partner};
use baton_core::outreach::{
    self, NewTouch, OutreachError, OutreachPlan, OutreachPlanState, PlanQuery, PlanStart, PlanTarget,
    PlaybookChange, StartedBy, TaskQuery, TaskRow, TouchForm, finish_task, log_touch, plans, playbooks,
    remove_playbook, save_playbook, start_plans, stop_plan,
};
use baton_core::referrals::{self, Direction, Intake, PatientLabel, ReferralSource};
use baton_core::testing::{day, practice, practice_over_time, with_role};
use baton_core::vault::Role;

fn gym(practice: &Practice, name: &str) -> PartnerId {
    let new = NewPartner::named(PartnerClass::Business, PartnerType::Gym, name);
    add_partner(practice, new).expect("a partner").value
}

fn start(practice: &Practice, target: PlanTarget) -> PlanStart {
    PlanStart {
        playbook: "gym".into(),
        name: "Gyms this winter".into(),
        target,
        holder: practice.actor().id,
        starts_on: practice.today(),
    }
}

fn begin(practice: &Practice, partner: PartnerId) {
    start_plans(practice, &start(practice, PlanTarget::Partners(vec![partner]))).expect("begun");
}

fn only(practice: &Practice) -> OutreachPlan {
    let mut all = plans(practice, &PlanQuery::default()).expect("plans");
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn open(practice: &Practice) -> Vec<TaskRow> {
    outreach::tasks(practice, &TaskQuery::default()).expect("a list").rows
}

fn answered(partner: PartnerId, on: &str, form: TouchForm) -> NewTouch {
    NewTouch {
        partner,
        people: Vec::new(),
        referral: None,
        on: day(on),
        at: None,
        form,
        started_by: StartedBy::Them,
        two_way: true,
        bulk: false,
        category: None,
        purpose: "They called back".into(),
        learned: String::new(),
        minutes: 5,
        cost_cents: 0,
        cost_kind: None,
        kept_private: false,
        next: None,
    }
}

fn sends(practice: &Practice, partner: PartnerId) {
    let intake = Intake {
        direction: Direction::Inbound,
        source: ReferralSource::Known { partner: Some(partner), person: None },
        receiver: None,
        patient: PatientLabel { name: "Ann Example".into(), chart_number: None, patient: None },
        reason: None,
        service_line: None,
        payer: None,
        received_on: None,
        urgency: None,
        note: None,
        confirm_duplicate: true,
    };
    referrals::intake(practice, &intake).expect("taken");
}

#[test]
fn a_step_becomes_a_task_when_the_one_before_is_done_and_after_the_last_the_plan_is_finished() {
    // A Monday.
    let (practice, set) = practice_over_time("2026-11-02");
    let partner = gym(&practice, "Northside Gym");
    begin(&practice, partner);
    let steps = outreach::plan(&practice, only(&practice).id).expect("a page").content.steps;
    assert_eq!(steps.iter().map(|step| step.after_days).collect::<Vec<_>>(), [0, 3, 21, 28]);
    let mut days = Vec::new();
    for (n, step) in steps.iter().enumerate() {
        let task = open(&practice).remove(0);
        assert_eq!((task.title.as_str(), task.notes.as_str()), (step.title.as_str(), step.say.as_str()));
        assert_eq!(usize::from(only(&practice).behind), n);
        days.push(task.due_on.to_string());
        // The second is done ten days late: what comes after keeps its distance.
        set(if n == 1 { day("2026-11-16") } else { task.due_on });
        finish_task(&practice, task.id).expect("done");
    }
    // 3 days after Monday; 18 after the 16th, a Friday; 7 after that, a Friday again.
    assert_eq!(days, ["2026-11-02", "2026-11-05", "2026-12-04", "2026-12-11"]);
    assert!(open(&practice).is_empty());
    let done = only(&practice);
    assert_eq!(
        (done.state, done.behind, done.ended_on),
        (OutreachPlanState::Finished, 4, Some(day("2026-12-11")))
    );
    history::undo_last(&practice).expect("taken back");
    assert_eq!(only(&practice).state, OutreachPlanState::Running);
    assert_eq!(open(&practice).len(), 1);
}

#[test]
fn an_answer_ends_it_and_with_the_answer_taken_back_it_goes_on() {
    let practice = practice("2026-11-02");
    let partner = gym(&practice, "Northside Gym");
    begin(&practice, partner);
    let letter = NewTouch { two_way: false, ..answered(partner, "2026-11-02", TouchForm::Letter) };
    log_touch(&practice, &letter).expect("logged");
    assert_eq!(only(&practice).state, OutreachPlanState::Running, "a letter is no answer");
    let before = NewTouch { on: day("2026-11-01"), ..answered(partner, "2026-11-01", TouchForm::Call) };
    log_touch(&practice, &before).expect("logged");
    assert_eq!(only(&practice).state, OutreachPlanState::Running, "that was before");
    log_touch(&practice, &answered(partner, "2026-11-02", TouchForm::Visit)).expect("logged");
    let row = only(&practice);
    assert_eq!((row.state, row.next), (OutreachPlanState::Replied, None));
    assert_eq!(
        (row.result.replied_on, row.result.met_on),
        (Some(day("2026-11-02")), Some(day("2026-11-02")))
    );
    assert!(open(&practice).is_empty(), "its open step is not to be done any more");
    let settled =
        outreach::tasks(&practice, &TaskQuery { settled: true, ..TaskQuery::default() }).expect("a list");
    assert_eq!(settled.rows[0].dropped.as_deref(), Some("They answered."));
    history::undo_last(&practice).expect("taken back");
    assert_eq!((only(&practice).state, open(&practice).len()), (OutreachPlanState::Running, 1));
}

#[test]
fn the_first_referral_ends_it_and_so_does_the_last_day() {
    let (practice, set) = practice_over_time("2026-11-02");
    let partner = gym(&practice, "Northside Gym");
    begin(&practice, partner);
    set(day("2026-11-04"));
    sends(&practice, partner);
    let row = only(&practice);
    assert_eq!((row.state, row.result.referred_on), (OutreachPlanState::Referred, Some(day("2026-11-04"))));
    assert!(open(&practice).is_empty(), "nothing is asked of anybody any more");
    let runs = outreach::plan_runs(&practice).expect("runs");
    assert_eq!((runs[0].partners, runs[0].running, runs[0].replied, runs[0].referred), (1, 0, 0, Some(1)));
    history::undo_last(&practice).expect("taken back");
    assert_eq!((only(&practice).state, open(&practice).len()), (OutreachPlanState::Running, 1));
    set(day("2026-12-17"));
    assert_eq!(only(&practice).state, OutreachPlanState::Running, "the 45th day counts");
    set(day("2026-12-18"));
    assert_eq!(only(&practice).state, OutreachPlanState::TimeOver);
    assert!(open(&practice).is_empty());
}

#[test]
fn a_segment_begins_as_one_and_nobody_twice() {
    let practice = practice("2026-11-02");
    for name in ["Northside Gym", "Harbor Gym", "Mill Gym"] {
        gym(&practice, name);
    }
    let clinic = NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, "Pine Hollow");
    add_partner(&practice, clinic).expect("a partner");
    let harbor = PlanTarget::Segment(PartnerFilter { text: "harbor".into(), ..PartnerFilter::default() });
    start_plans(&practice, &start(&practice, harbor)).expect("begun");
    let gyms = PlanTarget::Segment(PartnerFilter {
        partner_type: vec![PartnerType::Gym],
        ..PartnerFilter::default()
    });
    let done = start_plans(&practice, &start(&practice, gyms.clone())).expect("begun").value;
    assert_eq!((done.started, done.already), (2, 1));
    assert_eq!(open(&practice).len(), 3);
    match start_plans(&practice, &start(&practice, gyms)) {
        Err(OutreachError::Invalid { field, .. }) => assert_eq!(field, "target"),
        other => panic!("{other:?}"),
    }
    let of_run = plans(&practice, &PlanQuery { run: Some(done.run), ..PlanQuery::default() }).expect("plans");
    assert_eq!(of_run.len(), 2);
    history::undo_last(&practice).expect("taken back");
    assert_eq!(
        (plans(&practice, &PlanQuery::default()).expect("plans").len(), open(&practice).len()),
        (1, 1)
    );
}

#[test]
fn a_plan_is_stopped_with_a_reason_and_its_step_with_it() {
    let practice = practice("2026-11-02");
    begin(&practice, gym(&practice, "Northside Gym"));
    let id = only(&practice).id;
    assert!(matches!(stop_plan(&practice, id, " "), Err(OutreachError::Invalid { field: "note", .. })));
    stop_plan(&practice, id, "They moved away").expect("stopped");
    let row = only(&practice);
    assert_eq!((row.state, row.ended_note.as_str()), (OutreachPlanState::Stopped, "They moved away"));
    assert!(open(&practice).is_empty());
    history::undo_last(&practice).expect("taken back");
    assert_eq!((only(&practice).state, open(&practice).len()), (OutreachPlanState::Running, 1));
}

#[test]
fn who_does_not_see_referrals_does_not_learn_that_somebody_was_sent() {
    let practice = practice("2026-11-02");
    let partner = gym(&practice, "Northside Gym");
    begin(&practice, partner);
    sends(&practice, partner);
    let liaison = with_role(&practice, Role::Liaison);
    let mut rights = liaison.rights();
    rights.referrals = baton_core::vault::Level::None;
    baton_core::vault::set_rights(&practice, Role::Liaison, &rights).expect("set");
    let row = only(&liaison);
    assert_eq!((row.state, row.result.referred_on), (OutreachPlanState::Finished, None));
    assert_eq!(outreach::plan_runs(&liaison).expect("runs")[0].referred, None);
}

#[test]
fn a_playbook_that_came_with_baton_is_changed_as_a_copy_and_put_back() {
    let practice = practice("2026-11-02");
    let find = |id: &str| {
        playbooks(&practice).expect("playbooks").into_iter().find(|one| one.id == id).expect("there")
    };
    let came = find("gym");
    begin(&practice, gym(&practice, "Northside Gym"));
    let mut content = came.content.clone();
    content.steps.truncate(1);
    content.stop_after_days = None;
    let change = PlaybookChange { id: Some("gym".into()), name: "Our gyms".into(), of_type: None, content };
    save_playbook(&practice, &change).expect("kept");
    let own = find("gym");
    assert_eq!((own.name.as_str(), own.changed, own.content.steps.len()), ("Our gyms", true, 1));
    assert_eq!(only(&practice).steps, 4, "a plan goes on as it began");
    save_playbook(&practice, &PlaybookChange { name: "Ours".into(), ..change.clone() }).expect("kept");
    remove_playbook(&practice, "gym").expect("put back");
    assert_eq!(find("gym"), came);
    history::undo_last(&practice).expect("taken back");
    assert_eq!(find("gym").name, "Ours");

    let new =
        PlaybookChange { id: None, name: "Opening day".into(), of_type: Some(PartnerType::Gym), ..change };
    let id = save_playbook(&practice, &new).expect("kept").value;
    assert!(!find(&id).came_with);
    let wrong = |content| PlaybookChange { content, ..new.clone() };
    let mut backwards = came.content.clone();
    backwards.steps.swap(0, 3);
    let mut empty = came.content.clone();
    empty.steps.clear();
    let mut never = came.content.clone();
    never.stop_after_days = Some(0);
    for (expected, change) in [
        ("steps", wrong(backwards)),
        ("steps", wrong(empty)),
        ("stopAfterDays", wrong(never)),
        ("name", PlaybookChange { name: " ".into(), ..new.clone() }),
    ] {
        match save_playbook(&practice, &change) {
            Err(OutreachError::Invalid { field, .. }) => assert_eq!(field, expected),
            other => panic!("{expected}: {other:?}"),
        }
    }
    remove_playbook(&practice, &id).expect("removed");
    assert!(playbooks(&practice).expect("playbooks").iter().all(|one| one.id != id));
}

#[test]
fn a_plan_a_referral_ended_neither_blocks_the_next_nor_becomes_an_answer() {
    let (practice, set) = practice_over_time("2026-11-02");
    let partner = gym(&practice, "Northside Gym");
    begin(&practice, partner);
    sends(&practice, partner);
    assert_eq!(only(&practice).state, OutreachPlanState::Referred);
    set(day("2026-11-10"));
    log_touch(&practice, &answered(partner, "2026-11-10", TouchForm::Call)).expect("logged");
    assert_eq!(only(&practice).state, OutreachPlanState::Referred, "the referral came first");
    start_plans(&practice, &start(&practice, PlanTarget::Partners(vec![partner])))
        .expect("it may be begun again");
}

#[test]
fn a_contact_that_turns_out_to_be_a_talk_ends_the_waiting() {
    let practice = practice("2026-11-02");
    let partner = gym(&practice, "Northside Gym");
    begin(&practice, partner);
    let letter = NewTouch { two_way: false, ..answered(partner, "2026-11-02", TouchForm::Letter) };
    let touch = log_touch(&practice, &letter).expect("logged").value;
    assert_eq!(only(&practice).state, OutreachPlanState::Running);
    let stamp = practice
        .read(|c| {
            Ok::<i64, baton_core::store::StoreError>(c.query_row(
                "SELECT changed_at FROM touch",
                [],
                |r| r.get(0),
            )?)
        })
        .expect("a stamp");
    outreach::edit_touch(&practice, touch, &NewTouch { two_way: true, ..letter }, stamp).expect("changed");
    assert_eq!(only(&practice).state, OutreachPlanState::Replied);
}
