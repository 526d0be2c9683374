//! Contacts with partners and what is promised in them.

use baton_core::foundation::id::PartnerId;
use baton_core::history::{self, Side, UndoAnswer};
use baton_core::network::{NewPartner, PartnerClass, PartnerType, add_partner};
use baton_core::outreach::{
    CostKind, NewTask, NewTouch, NextStep, OutreachError, Repeat, StartedBy, TouchForm, add_task, edit_task,
    edit_touch, finish_task, log_touch,
};
use baton_core::store::{OnConflict, StoreError};
use baton_core::testing::{TestPractice, day, practice};
use baton_core::vault::Role;

fn clinic(practice: &TestPractice) -> PartnerId {
    let new = NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, "Pine Hollow");
    add_partner(practice, new).expect("a partner").value
}

fn call(partner: PartnerId) -> NewTouch {
    NewTouch {
        partner,
        people: Vec::new(),
        referral: None,
        on: day("2026-11-02"),
        at: Some(9 * 60),
        form: TouchForm::Call,
        started_by: StartedBy::Us,
        two_way: true,
        bulk: false,
        category: None,
        purpose: "Who books urgent knees".into(),
        learned: String::new(),
        minutes: 10,
        cost_cents: 0,
        cost_kind: None,
        kept_private: false,
        next: None,
    }
}

fn rows(practice: &TestPractice) -> (i64, i64) {
    practice
        .read(|c| {
            let count = |sql: &str| c.query_row(sql, [], |row| row.get(0));
            Ok::<_, StoreError>((count("SELECT count(*) FROM touch")?, count("SELECT count(*) FROM task")?))
        })
        .expect("counts")
}

#[test]
fn a_contact_and_its_next_step_are_one_action() {
    let practice = practice("2026-11-02");
    let next = NextStep { title: "Send the direct number".into(), due_on: day("2026-11-05"), promised: true };
    log_touch(&practice, &NewTouch { next: Some(next), ..call(clinic(&practice)) }).expect("logged");
    assert_eq!(rows(&practice), (1, 1));
    history::undo_last(&practice).expect("undone");
    assert_eq!(rows(&practice), (0, 0));
    history::redo_last(&practice).expect("redone");
    assert_eq!(rows(&practice), (1, 1));
}

#[test]
fn what_can_t_be_is_told_beside_its_field_and_nothing_is_written() {
    let practice = practice("2026-11-02");
    let good = call(clinic(&practice));
    let wrong = [
        ("on", NewTouch { on: day("2026-11-03"), ..good.clone() }),
        ("on", NewTouch { on: day("1899-12-31"), ..good.clone() }),
        ("at", NewTouch { at: Some(1440), ..good.clone() }),
        ("minutes", NewTouch { minutes: 1441, ..good.clone() }),
        ("costCents", NewTouch { cost_cents: -1, ..good.clone() }),
        ("costKind", NewTouch { cost_cents: 1, ..good.clone() }),
        ("bulk", NewTouch { bulk: true, ..good.clone() }),
        ("purpose", NewTouch { purpose: "x".repeat(201), ..good.clone() }),
        (
            "dueOn",
            NewTouch {
                next: Some(NextStep { title: "Call".into(), due_on: day("2026-11-01"), promised: false }),
                ..good.clone()
            },
        ),
    ];
    for (expected, touch) in wrong {
        match log_touch(&practice, &touch) {
            Err(OutreachError::Invalid { field, .. }) => assert_eq!(field, expected),
            other => panic!("{expected}: {other:?}"),
        }
    }
    assert_eq!(rows(&practice), (0, 0));
    let meal = NewTouch { cost_cents: 1_250, cost_kind: Some(CostKind::Meal), ..good };
    log_touch(&practice, &meal).expect("a lunch is paid for");
}

#[test]
fn a_task_needs_words_a_day_to_come_and_a_colleague() {
    let practice = practice("2026-11-02");
    let me = practice.actor().id;
    for (expected, task) in [
        ("title", NewTask::titled("  ", day("2026-11-03"), me)),
        ("dueOn", NewTask::titled("Call", day("2026-11-01"), me)),
        ("dueOn", NewTask::titled("Call", day("2037-01-01"), me)),
    ] {
        match add_task(&practice, &task) {
            Err(OutreachError::Invalid { field, .. }) => assert_eq!(field, expected),
            other => panic!("{expected}: {other:?}"),
        }
    }
    add_task(&practice, &NewTask::titled("Call", day("2026-11-02"), me)).expect("today is in time");
    assert_eq!(rows(&practice), (0, 1));
}

fn as_colleague(practice: &TestPractice) -> baton_core::Practice {
    baton_core::testing::with_role(practice, Role::Liaison)
}

#[test]
fn what_was_private_is_read_back_by_no_undo_and_no_restored_field() {
    let practice = practice("2026-11-02");
    let partner = clinic(&practice);
    let touch = log_touch(&practice, &call(partner)).expect("logged").value;
    let stamp = || {
        practice
            .read(|c| {
                Ok::<i64, StoreError>(c.query_row(
                    "SELECT changed_at FROM touch WHERE id = ?1",
                    [touch],
                    |r| r.get(0),
                )?)
            })
            .expect("a stamp")
    };
    let colleague = as_colleague(&practice);
    let theirs = NewTouch { purpose: "Who books".into(), ..call(partner) };
    let edited =
        edit_touch(&colleague, touch, &theirs, stamp()).expect("changed").entry.expect("an entry").seq;
    let secret = NewTouch { purpose: "They may sell".into(), kept_private: true, ..call(partner) };
    edit_touch(&practice, touch, &secret, stamp()).expect("private now");
    let UndoAnswer::Conflicts { conflicts, .. } =
        history::undo(&colleague, edited, OnConflict::Ask).expect("an answer")
    else {
        panic!("it was changed since");
    };
    assert!(!format!("{conflicts:?}").contains("They may sell"), "{conflicts:?}");
    let open = history::restore_field(&colleague, touch.0, "touch.kept_private", edited, Side::Before);
    assert!(open.is_err(), "{open:?}");
}

#[test]
fn a_colleague_without_money_leaves_what_a_contact_cost() {
    let practice = practice("2026-11-02");
    let partner = clinic(&practice);
    let meal = NewTouch { cost_cents: 1_250, cost_kind: Some(CostKind::Meal), ..call(partner) };
    let touch = log_touch(&practice, &meal).expect("logged").value;
    let stamp = practice
        .read(|c| Ok::<i64, StoreError>(c.query_row("SELECT changed_at FROM touch", [], |r| r.get(0))?))
        .expect("a stamp");
    edit_touch(&as_colleague(&practice), touch, &call(partner), stamp).expect("changed");
    let cost = practice
        .read(|c| Ok::<i64, StoreError>(c.query_row("SELECT cost_cents FROM touch", [], |r| r.get(0))?))
        .expect("a cost");
    assert_eq!(cost, 1_250);
}

#[test]
fn a_webinar_for_many_is_no_talk() {
    let practice = practice("2026-11-02");
    let many = NewTouch { form: TouchForm::Video, two_way: false, bulk: true, ..call(clinic(&practice)) };
    log_touch(&practice, &many).expect("logged");
}

#[test]
fn whoever_does_not_see_patients_writes_over_no_task_about_one() {
    let practice = practice("2026-11-02");
    let referral = crate::network_kit::refer(&practice, clinic(&practice), "inbound", &["2026-11-01"])[0];
    let about = NewTask {
        referral: Some(referral),
        ..NewTask::titled("Call Jane about the scan", day("2026-11-03"), practice.actor().id)
    };
    let task = add_task(&practice, &about).expect("added").value;
    let blank =
        NewTask { referral: Some(referral), ..NewTask::titled("x", day("2026-11-04"), practice.actor().id) };
    assert!(edit_task(&as_colleague(&practice), task, &blank).is_err());
}

#[test]
fn a_task_is_done_once() {
    let practice = practice("2026-11-02");
    let weekly = NewTask {
        repeat: Some(Repeat::Weekly),
        ..NewTask::titled("Look through the list", day("2026-11-02"), practice.actor().id)
    };
    let task = add_task(&practice, &weekly).expect("added").value;
    let done = std::thread::scope(|scope| {
        let both = [(); 2].map(|()| scope.spawn(|| finish_task(&practice, task).is_ok()));
        both.map(|one| one.join().expect("no panic")).iter().filter(|done| **done).count()
    });
    assert_eq!((done, rows(&practice).1), (1, 2));
}
