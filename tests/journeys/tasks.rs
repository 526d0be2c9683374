//! Tasks: put down, moved, done and come again; the calendar and the file of it.

use std::collections::BTreeMap;

use baton_core::exchange::export::{CalendarOrder, calendar_file};
use baton_core::foundation::id::{PartnerId, TaskId};
use baton_core::history;
use baton_core::network::{NewPartner, PartnerClass, PartnerType, add_partner, set_owner};
use baton_core::outreach::{
    self, CalendarQuery, NewTask, OutreachError, Repeat, TaskQuery, TaskRow, add_task, assign_tasks,
    drop_task, edit_task, finish_task, hand_over_tasks, move_task, task, tasks, tasks_due,
};
use baton_core::referrals::process::{Absence, set_absence};
use baton_core::testing::{TestPractice, day, practice, practice_over_time, with_role};
use baton_core::vault::Role;
use baton_core::{Practice, foundation::id::RecordId};

fn clinic(practice: &Practice) -> PartnerId {
    let new = NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, "Pine Hollow");
    add_partner(practice, new).expect("a partner").value
}

fn put(practice: &Practice, title: &str, on: &str) -> TaskId {
    add_task(practice, &NewTask::titled(title, day(on), practice.actor().id)).expect("put down").value
}

fn open(practice: &Practice) -> Vec<TaskRow> {
    tasks(practice, &TaskQuery::default()).expect("a list").rows
}

fn told(practice: &Practice) -> Vec<(String, String)> {
    open(practice).into_iter().map(|row| (row.title, row.due_on.to_string())).collect()
}

fn refused<T: std::fmt::Debug>(answer: Result<T, OutreachError>) -> &'static str {
    match answer {
        Err(OutreachError::Invalid { field, .. }) => field,
        other => panic!("not refused: {other:?}"),
    }
}

fn back(practice: &Practice) {
    history::undo_last(practice).expect("taken back");
}

#[test]
fn a_task_is_changed_moved_and_done_and_each_is_taken_back_at_once() {
    let practice = practice("2026-11-25");
    let id = put(&practice, "Call Pine Hollow", "2026-11-26");
    let before = task(&practice, id).expect("there");
    let partner = clinic(&practice);
    let new = NewTask {
        partner: Some(partner),
        notes: "About urgent knees".into(),
        promised: true,
        ..NewTask::titled("Call about knees", day("2026-11-27"), practice.actor().id)
    };
    edit_task(&practice, id, &new).expect("changed");
    let after = task(&practice, id).expect("there");
    assert_eq!(
        (after.title.as_str(), after.partner.map(|p| p.name)),
        ("Call about knees", Some("Pine Hollow".into()))
    );
    back(&practice);
    assert_eq!(task(&practice, id).expect("there"), before);

    move_task(&practice, id, day("2026-12-01"), Some(600)).expect("moved");
    assert_eq!(told(&practice), [("Call Pine Hollow".to_owned(), "2026-12-01".to_owned())]);
    back(&practice);
    assert_eq!(task(&practice, id).expect("there"), before);

    finish_task(&practice, id).expect("done");
    assert!(open(&practice).is_empty());
    assert_eq!(task(&practice, id).expect("there").done_by.as_deref(), Some("Maren Okafor"));
    assert_eq!(refused(finish_task(&practice, id)), "task", "once is enough");
    back(&practice);
    assert_eq!(task(&practice, id).expect("there"), before);

    assert_eq!(refused(drop_task(&practice, id, " ", false)), "reason");
    drop_task(&practice, id, "They closed", false).expect("dropped");
    let settled = tasks(&practice, &TaskQuery { settled: true, ..TaskQuery::default() }).expect("a list");
    assert_eq!(settled.rows[0].dropped.as_deref(), Some("They closed"));
    back(&practice);
    assert_eq!(task(&practice, id).expect("there"), before);
}

#[test]
fn the_first_day_that_was_promised_stays_however_often_a_task_moves() {
    let practice = practice("2026-11-25");
    let promised = NewTask {
        promised: true,
        ..NewTask::titled("Send the protocol", day("2026-11-26"), practice.actor().id)
    };
    let id = add_task(&practice, &promised).expect("put down").value;
    move_task(&practice, id, day("2026-11-30"), None).expect("moved");
    let later = NewTask { due_on: day("2026-12-04"), ..promised.clone() };
    edit_task(&practice, id, &later).expect("changed");
    let row = task(&practice, id).expect("there");
    assert_eq!((row.due_on, row.promised_on), (day("2026-12-04"), Some(day("2026-11-26"))));
    assert_eq!(refused(move_task(&practice, id, day("2026-11-24"), None)), "dueOn");
    assert_eq!(refused(move_task(&practice, id, day("2026-12-24"), Some(1440))), "dueAt");
    edit_task(&practice, id, &NewTask { promised: false, ..later }).expect("it was no promise");
    assert_eq!(task(&practice, id).expect("there").promised_on, None);
}

#[test]
fn what_repeats_comes_again_when_it_is_done_and_one_undo_takes_both_back() {
    let (practice, set) = practice_over_time("2026-01-30");
    let monthly = NewTask {
        repeat: Some(Repeat::Monthly),
        ..NewTask::titled("Walk through the list", day("2026-01-31"), practice.actor().id)
    };
    add_task(&practice, &monthly).expect("put down");
    let mut days = Vec::new();
    for _ in 0..3 {
        let row = open(&practice).remove(0);
        days.push(row.due_on.to_string());
        set(row.due_on);
        finish_task(&practice, row.id).expect("done");
    }
    assert_eq!(days, ["2026-01-31", "2026-02-28", "2026-03-31"]);
    assert_eq!(told(&practice)[0].1, "2026-04-30");
    back(&practice);
    assert_eq!(told(&practice).len(), 1, "the next one is gone with it");
    assert_eq!(told(&practice)[0].1, "2026-03-31");

    let now = open(&practice).remove(0);
    move_task(&practice, now.id, day("2026-04-02"), None).expect("this time later");
    drop_task(&practice, now.id, "Nobody was there", false).expect("dropped");
    let next = open(&practice).remove(0);
    assert_eq!(next.due_on, day("2026-04-30"), "the series keeps its day");
    drop_task(&practice, next.id, "No more", true).expect("dropped");
    assert!(open(&practice).is_empty(), "the series has ended");
}

#[test]
fn the_list_is_by_day_and_tells_mine_from_all() {
    let practice = practice("2026-11-25");
    let other = with_role(&practice, Role::Liaison);
    put(&practice, "Later", "2026-12-20");
    let morning =
        NewTask { due_at: Some(480), ..NewTask::titled("At eight", day("2026-11-25"), practice.actor().id) };
    put(&practice, "Any time", "2026-11-25");
    add_task(&practice, &morning).expect("put down");
    put(&other, "Somebody else’s", "2026-11-25");
    let titles = |rows: Vec<TaskRow>| rows.into_iter().map(|row| row.title).collect::<Vec<_>>();
    assert_eq!(titles(open(&practice)), ["At eight", "Any time", "Somebody else’s", "Later"]);
    let mine = TaskQuery { holder: Some(practice.actor().id), ..TaskQuery::default() };
    let list = tasks(&practice, &mine).expect("a list");
    assert_eq!((list.mine, list.all, list.more), (3, 4, false));
    assert_eq!(titles(list.rows), ["At eight", "Any time", "Later"]);
    assert_eq!(titles(tasks_due(&practice).expect("due")), ["At eight", "Any time"]);
}

#[test]
fn the_workbook_and_the_calendar_file_hold_every_task() {
    let practice = practice("2026-11-25");
    let me = practice.actor().id;
    for (count, from, done) in [(2_100_u32, "2026-11-26", "NULL"), (700, "2026-11-01", "'2026-11-20'")] {
        practice
            .write(baton_core::store::Label::hand("task_add", ""), |tx| {
                let mut put = tx.prepare(&format!(
                    "INSERT INTO task (id, title, notes, due_on, holder_id, done_on, done_by, created_at, created_by, changed_at, changed_by)
                     VALUES (?1, 'Call', '', ?2, ?3, {done}, CASE WHEN {done} IS NOT NULL THEN ?3 END, 0, ?3, 0, ?3)"
                ))?;
                for _ in 0..count {
                    put.execute(rusqlite::params![TaskId::new(), from, me])?;
                }
                Ok::<_, baton_core::store::StoreError>(())
            })
            .expect("many");
    }
    let target = practice.folder.path().join("all.ics");
    let done = calendar_file(&practice, &CalendarOrder { holder: None }, &target).expect("written");
    assert_eq!(done.sheets[0].rows, 2_100);
    let target = practice.folder.path().join("all.xlsx");
    let done = baton_core::exchange::export::plans_workbook(&practice, &target).expect("written");
    assert_eq!(done.sheets[0].rows, 2_800);
}

#[test]
fn whoever_stood_in_is_followed_and_nobody_stands_in_for_themselves() {
    let practice = practice("2026-11-25");
    let (leaver, next) = (with_role(&practice, Role::Liaison), with_role(&practice, Role::Liaison));
    let (theirs, others) = (clinic(&practice), clinic(&practice));
    set_owner(&practice, &[theirs], Some(next.actor().id)).expect("owned");
    set_owner(&practice, &[others], Some(practice.actor().id)).expect("owned");
    for partner in [theirs, others] {
        outreach::set_deputy(&practice, partner, Some(leaver.actor().id)).expect("a deputy");
    }
    let deputies = |of: &Practice| {
        outreach::held(&practice).expect("counted").get(&of.actor().id).map_or(0, |held| held.deputies)
    };
    assert_eq!((deputies(&leaver), deputies(&next)), (2, 0));
    hand_over_tasks(&practice, leaver.actor().id, next.actor().id).expect("handed over");
    assert_eq!((deputies(&leaver), deputies(&next)), (0, 1), "not for themselves");
    let deputy =
        |partner| outreach::closeness(&practice, partner).expect("closeness").deputy.map(|owner| owner.id);
    assert_eq!((deputy(theirs), deputy(others)), (None, Some(next.actor().id)));
    // Without anybody to follow, whoever has gone stands in for nobody.
    practice
        .write(baton_core::store::Label::hand("profile_retire", ""), |tx| {
            tx.execute(
                "UPDATE profile SET retired_at = 1, active_to = '2026-11-24' WHERE id = ?1",
                [next.actor().id],
            )?;
            Ok::<_, baton_core::store::StoreError>(())
        })
        .expect("retired");
    assert_eq!(deputy(others), None);
}

#[test]
fn whoever_leaves_hands_everything_over_in_one_step() {
    let practice = practice("2026-11-25");
    let leaver = with_role(&practice, Role::Liaison);
    let stays = with_role(&practice, Role::Liaison);
    for n in 0..3 {
        put(&leaver, &format!("Task {n}"), "2026-11-26");
    }
    let done = open(&practice)[0].id;
    finish_task(&leaver, done).expect("done");
    let count = |of: &Practice| {
        outreach::held(&practice).expect("counted").get(&of.actor().id).copied().unwrap_or_default().tasks
    };
    assert_eq!((count(&leaver), count(&stays)), (2, 0));
    let over = hand_over_tasks(&practice, leaver.actor().id, stays.actor().id).expect("handed over");
    assert_eq!(over.value, 2);
    assert_eq!((count(&leaver), count(&stays)), (0, 2));
    assert_eq!(task(&practice, done).expect("there").holder, leaver.actor().id, "what is done stays theirs");
    back(&practice);
    assert_eq!((count(&leaver), count(&stays)), (2, 0));
    let one = open(&practice)[0].id;
    assign_tasks(&practice, &[one], stays.actor().id).expect("given");
    assert_eq!(task(&practice, one).expect("there").holder, stays.actor().id);
    practice
        .write(baton_core::store::Label::hand("profile_retire", ""), |tx| {
            tx.execute(
                "UPDATE profile SET retired_at = 1, active_to = '2026-11-24' WHERE id = ?1",
                [stays.actor().id],
            )?;
            Ok::<_, baton_core::store::StoreError>(())
        })
        .expect("retired");
    assert_eq!(refused(assign_tasks(&practice, &[one], stays.actor().id)), "holder");
}

fn shown(practice: &TestPractice, from: &str, to: &str) -> outreach::CalendarShown {
    let query = CalendarQuery { from: day(from), to: day(to), holder: None };
    outreach::calendar_entries(practice, &query).expect("a calendar")
}

#[test]
fn the_calendar_shades_what_is_closed_and_who_is_away() {
    let practice = practice("2026-11-25");
    let id = put(&practice, "Call", "2026-11-27");
    put(&practice, "New year", "2027-01-04");
    let absence = Absence {
        id: RecordId::new(),
        profile: practice.actor().id,
        from: day("2026-11-27"),
        to: day("2026-11-30"),
        deputy: None,
    };
    set_absence(&practice, &absence).expect("away");
    let calendar = shown(&practice, "2026-11-23", "2027-01-10");
    assert_eq!(calendar.days.len(), 49, "over the turn of the year");
    let on = |text: &str| calendar.days.iter().find(|shown| shown.day.on == day(text)).expect("the day");
    assert!(!on("2026-11-26").day.works, "Thanksgiving");
    assert!(on("2026-11-26").day.holiday.is_some());
    assert!(!on("2026-11-28").day.works, "a Saturday");
    let away = |text: &str| on(text).away.iter().map(|away| away.name.clone()).collect::<Vec<_>>();
    assert_eq!(away("2026-11-30"), ["Maren Okafor"]);
    assert_eq!(away("2026-12-01"), [""; 0]);
    assert_eq!(on("2026-11-27").entries[0].id, id.into());
    assert_eq!(on("2027-01-04").entries[0].title, "New year");
    let wrong = |from: &str, to: &str| {
        let query = CalendarQuery { from: day(from), to: day(to), holder: None };
        refused(outreach::calendar_entries(&practice, &query))
    };
    assert_eq!(wrong("2026-11-25", "2026-11-24"), "from");
    assert_eq!(wrong("2026-01-01", "2026-12-31"), "from");
}

/// A strict reader of RFC 5545: content lines, unfolded; one component within another; nothing it does not know.
fn read_strictly(text: &str) -> Vec<BTreeMap<String, String>> {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "ends of lines");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "no line is longer than 75 octets");
    let unfolded = text.replace("\r\n ", "");
    let (mut within, mut events, mut event) = (Vec::new(), Vec::new(), BTreeMap::new());
    for line in unfolded.split_terminator("\r\n") {
        let (left, value) = line.split_once(':').expect("a name and a value");
        let name = left.split(';').next().expect("a name");
        match (name, within.as_slice()) {
            ("BEGIN", _) => within.push(value.to_owned()),
            ("END", [.., last]) => {
                assert_eq!(last, value, "components lie within each other");
                within.pop();
                if value == "VEVENT" {
                    for needed in ["UID", "DTSTAMP", "DTSTART", "SUMMARY"] {
                        assert!(event.contains_key(needed), "{needed} is missing: {event:?}");
                    }
                    events.push(std::mem::take(&mut event));
                }
            }
            ("VERSION" | "PRODID" | "CALSCALE" | "METHOD" | "X-WR-CALNAME", [one]) => {
                assert_eq!(one, "VCALENDAR")
            }
            (
                "UID" | "DTSTAMP" | "DTSTART" | "DTEND" | "DURATION" | "SUMMARY" | "RRULE" | "TRANSP",
                [_, one],
            ) => {
                assert_eq!(one, "VEVENT");
                let seen = event.insert(name.to_owned(), value.to_owned());
                assert!(seen.is_none(), "{name} twice");
                if left.ends_with("VALUE=DATE") {
                    assert!(value.len() == 8 && value.bytes().all(|b| b.is_ascii_digit()), "a day: {value}");
                }
            }
            ("ACTION" | "DESCRIPTION" | "TRIGGER", [_, _, one]) => assert_eq!(one, "VALARM"),
            other => panic!("not in a calendar of ours: {other:?}"),
        }
    }
    assert!(within.is_empty(), "every component ends");
    let uids: Vec<&String> = events.iter().map(|event: &BTreeMap<_, _>| &event["UID"]).collect();
    assert!(uids.iter().enumerate().all(|(n, uid)| !uids[..n].contains(uid)), "each has a UID of its own");
    events
}

#[test]
fn the_calendar_file_opens_and_names_no_patient() {
    let practice = practice("2026-11-25");
    let partner = clinic(&practice);
    let me = practice.actor().id;
    let patient = NewPartner::named(PartnerClass::Patient, PartnerType::Patient, "Zzpatient Marker");
    let patient = add_partner(&practice, patient).expect("a patient").value;
    let long =
        "Send the protocol, the direct number; and ask Dr. Müller how the first patients did — all of them";
    let all = [
        NewTask { partner: Some(partner), ..NewTask::titled(long, day("2026-11-26"), me) },
        NewTask {
            due_at: Some(545),
            remind_minutes: Some(30),
            ..NewTask::titled("Call", day("2026-11-27"), me)
        },
        NewTask { repeat: Some(Repeat::Monthly), ..NewTask::titled("List", day("2026-11-30"), me) },
        NewTask {
            partner: Some(patient),
            notes: "Zzpatient likes tea".into(),
            ..NewTask::titled("Thank Zzpatient", day("2026-11-28"), me)
        },
    ];
    for new in &all {
        add_task(&practice, new).expect("put down");
    }
    let target = practice.folder.path().join("tasks.ics");
    let done = calendar_file(&practice, &CalendarOrder { holder: None }, &target).expect("written");
    assert_eq!(done.sheets[0].rows, 4);
    let text = std::fs::read_to_string(&target).expect("a file");
    assert!(!text.contains("Zzpatient"), "{text}");
    let events = read_strictly(&text);
    let told: Vec<(&str, &str)> =
        events.iter().map(|event| (event["DTSTART"].as_str(), event["SUMMARY"].as_str())).collect();
    let first = format!("{} (Pine Hollow)", long.replace(',', "\\,").replace(';', "\\;"));
    assert_eq!(
        told,
        [
            ("20261126", first.as_str()),
            ("20261127T090500", "Call"),
            ("20261128", "A task about a patient"),
            ("20261130", "List"),
        ]
    );
    assert_eq!(events[3]["RRULE"], "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1");
    assert_eq!(events[0]["DTSTAMP"], "20261125T120000Z");
    let again = practice.folder.path().join("again.ics");
    calendar_file(&practice, &CalendarOrder { holder: Some(me) }, &again).expect("written");
    let uids = |events: &[BTreeMap<String, String>]| {
        events.iter().map(|event| event["UID"].clone()).collect::<Vec<_>>()
    };
    let second = read_strictly(&std::fs::read_to_string(&again).expect("a file"));
    assert_eq!(uids(&second), uids(&events), "a calendar replaces what it has");
}

#[test]
fn a_reminder_is_told_to_its_holder_without_words_about_a_patient() {
    let practice = practice("2026-11-25");
    let me = practice.actor().id;
    let patient = NewPartner::named(PartnerClass::Patient, PartnerType::Patient, "Zzpatient Marker");
    let patient = add_partner(&practice, patient).expect("a patient").value;
    let task = |title: &str, at: u16| NewTask {
        due_at: Some(at),
        remind_minutes: Some(10),
        ..NewTask::titled(title, day("2026-11-25"), me)
    };
    // Noon UTC is seven in the morning in Maine.
    add_task(&practice, &task("Call at seven", 7 * 60)).expect("put down");
    add_task(&practice, &task("Call at eight", 8 * 60)).expect("put down");
    add_task(&practice, &NewTask { partner: Some(patient), ..task("Call Zzpatient", 6 * 60) })
        .expect("put down");
    let other = with_role(&practice, Role::Liaison);
    let told = outreach::reminders(&practice, None).expect("told");
    let titles: Vec<&str> = told.tasks.iter().map(|task| task.title.as_str()).collect();
    assert_eq!(titles, ["A task about a patient", "Call at seven"]);
    assert!(told.tasks[0].partner.is_none());
    assert!(outreach::reminders(&practice, Some(told.until)).expect("told").tasks.is_empty(), "once");
    assert!(outreach::reminders(&other, None).expect("told").tasks.is_empty(), "not theirs");
}

#[test]
fn the_workbook_says_what_stands_and_what_was_kept() {
    use calamine::{Data, Reader, Xlsx, open_workbook};
    let (practice, set) = practice_over_time("2026-11-02");
    let me = practice.actor().id;
    let promise = |title: &str, on: &str| {
        add_task(&practice, &NewTask { promised: true, ..NewTask::titled(title, day(on), me) })
            .expect("put down")
            .value
    };
    let early = promise("Early", "2026-11-04");
    let late = promise("Late", "2026-11-03");
    promise("Ahead", "2026-12-20");
    let partner = clinic(&practice);
    add_task(
        &practice,
        &NewTask { partner: Some(partner), ..NewTask::titled("Call", day("2026-11-30"), me) },
    )
    .expect("put down");
    finish_task(&practice, early).expect("done");
    set(day("2026-11-05"));
    finish_task(&practice, late).expect("done");
    let measures = outreach::outreach_measures(&practice).expect("measured");
    assert_eq!((measures.follow_up_kept.of, measures.follow_up_kept.all), (1, 2));
    // The same, counted by the database.
    let by_sql: (u32, u32) = practice
        .read(|conn| {
            Ok::<_, baton_core::store::StoreError>(conn.query_row(
                "SELECT sum(done_on <= promised_on), count(*) FROM task WHERE promised_on BETWEEN '2026-01-01' AND '2026-12-31'
                 AND (done_on IS NOT NULL OR promised_on < '2026-11-05')",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?)
        })
        .expect("counted");
    assert_eq!(by_sql, (1, 2));
    let target = practice.folder.path().join("plans.xlsx");
    baton_core::exchange::export::plans_workbook(&practice, &target).expect("written");
    let mut book: Xlsx<_> = open_workbook(&target).expect("it opens");
    assert_eq!(book.sheet_names(), ["Tasks", "Plans", "Statement"]);
    let sheet = book.worksheet_range("Tasks").expect("a sheet");
    let text = |row: usize, col: usize| match sheet.get((row, col)) {
        Some(Data::String(text)) => text.clone(),
        _ => String::new(),
    };
    let head: Vec<String> = (0..14).map(|col| text(0, col)).collect();
    let at = |name: &str| head.iter().position(|one| one == name).expect("a column");
    let told: Vec<(String, String, String)> = (1..sheet.height())
        .map(|row| (text(row, at("What")), text(row, at("Stands")), text(row, at("Promise kept"))))
        .collect();
    let row = |what: &str| {
        let found = told.iter().find(|(title, ..)| title == what).expect("a row");
        (found.1.as_str(), found.2.as_str())
    };
    assert_eq!(row("Early"), ("Done", "Yes"));
    assert_eq!(row("Late"), ("Done", "No"));
    assert_eq!(row("Ahead"), ("Open", ""));
    assert_eq!(row("Call"), ("Open", ""));
}
