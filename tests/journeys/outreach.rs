//! Contacts with partners and what is promised in them.

use baton_core::foundation::id::PartnerId;
use baton_core::history;
use baton_core::network::{NewPartner, PartnerClass, PartnerType, add_partner};
use baton_core::outreach::{
    CostKind, NewTask, NewTouch, NextStep, OutreachError, StartedBy, TouchForm, add_task, log_touch,
};
use baton_core::store::StoreError;
use baton_core::testing::{TestPractice, day, practice};

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
