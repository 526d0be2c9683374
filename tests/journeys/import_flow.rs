//! An import from preview to undo, and what later files do to what is there.

use std::ops::ControlFlow;
use std::time::Instant;

use baton_core::exchange::import::row::{Channel, Outcome, Reject, RejectReason};
use baton_core::exchange::import::{
    Choice, Decisions, Fate, ImportError, MeantBy, PlanGroup, commit, delete_profile, find_profile, profiles,
    rejects_workbook, save_profile,
};
use baton_core::foundation::id::PartnerId;
use baton_core::history::{self, UndoAnswer};
use baton_core::network::{self, PartnerChange, PartnerQuery, Party};
use baton_core::store::{Label, OnConflict, StoreError, UndoObstacle, Undone};
use baton_core::testing::practice;

use crate::import_support::{
    at, by_channel, everything, file, import, import_with, named, number, planned, referral, rows, texts,
    try_commit, with_npi, with_outcome,
};

const IDA: &str = "1234567893";

#[test]
fn an_import_is_undone_as_one_and_leaves_everything_as_it_was() {
    let practice = practice("2026-11-02");
    import(&practice, &file(vec![referral(2, "2026-03-01", "1", named("Ida Poole"))]));
    let before = everything(&practice);
    let second = file(vec![
        with_outcome(referral(2, "2026-03-01", "1", named("Ida Poole")), Outcome::Seen, "Evaluated"),
        referral(3, "2026-04-01", "2", with_npi(at("Poole, Ida MD", "Cobalt Family Medicine"), IDA)),
        by_channel(4, "2026-04-02", "3", Channel::SelfReferred),
    ]);
    let entry = import(&practice, &second).entry.expect("an entry");
    assert_ne!(everything(&practice), before);
    let Undone::Done { conflicts, .. } =
        practice.store().undo(practice.actor(), entry.seq, OnConflict::Ask).expect("undone")
    else {
        panic!("a conflict")
    };
    assert!(conflicts.is_empty());
    assert_eq!(everything(&practice), before);
}

#[test]
fn taking_an_import_back_after_edits_names_the_edited_records_and_leaves_them() {
    let practice = practice("2026-11-02");
    let rows = vec![
        referral(2, "2026-03-01", "1", named("Ida Poole")),
        referral(3, "2026-04-01", "2", named("Omar Voss")),
    ];
    let entry = import(&practice, &file(rows)).entry.expect("an entry");
    let names = || -> Vec<(PartnerId, String)> {
        let list = network::partners(&practice, &PartnerQuery::default()).expect("a list");
        list.rows.into_iter().map(|row| (row.id, row.name)).collect()
    };
    let (ida, _) = names().into_iter().find(|(_, name)| name == "Ida Poole").expect("imported");
    let note = PartnerChange::Notes(Some("likes tea".into()));
    network::edit_partner(&practice, ida, &[note], None).expect("edited");
    let asked = history::undo(&practice, entry.seq, OnConflict::Ask).expect("asked");
    let UndoAnswer::Conflicts { conflicts, .. } = asked else { panic!("nothing is asked: {asked:?}") };
    let edited = conflicts.iter().filter(|conflict| conflict.obstacle == UndoObstacle::Changed);
    let edited: Vec<_> = edited.map(|conflict| (conflict.kind.as_str(), conflict.name.as_str())).collect();
    assert_eq!(edited, [("partner", "Ida Poole")]);
    assert_eq!(names().len(), 2, "nothing was changed by asking");
    history::undo(&practice, entry.seq, OnConflict::KeepNewer).expect("the rest is taken back");
    assert_eq!(names().into_iter().map(|(_, name)| name).collect::<Vec<_>>(), ["Ida Poole"]);
}

#[test]
fn a_stopped_import_leaves_nothing() {
    let practice = practice("2026-11-02");
    let before = everything(&practice);
    let plan = planned(
        &practice,
        &file(vec![referral(2, "2026-03-01", "1", named("Ida Poole"))]),
        &Decisions::none(),
    );
    let stopped = commit(&practice, &plan, &mut |_| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(ImportError::Cancelled)));
    assert_eq!(everything(&practice), before);
    assert!(try_commit(&practice, &plan).is_ok(), "the plan still holds");
    assert!(
        matches!(try_commit(&practice, &plan), Err(ImportError::Outdated)),
        "it was made before the practice changed"
    );
}

#[test]
fn an_overlapping_export_changes_only_what_is_new_in_it() {
    let practice = practice("2026-11-02");
    let doctor = || at("Poole, Ida MD", "Cobalt Family Medicine");
    import(
        &practice,
        &file(vec![
            with_outcome(referral(2, "2026-03-01", "1", doctor()), Outcome::Scheduled, "IE Scheduled"),
            referral(3, "2026-03-02", "2", doctor()),
        ]),
    );
    // The next export has other record numbers, writes the doctor otherwise, and knows an outcome.
    let next = file(vec![
        referral(7, "2026-04-02", "3", doctor()),
        referral(8, "2026-03-02", "2", at("POOLE, IDA", "Cobalt Fam Med")),
        with_outcome(referral(9, "2026-03-01", "1", doctor()), Outcome::Seen, "Evaluated"),
    ]);
    let plan = planned(&practice, &next, &Decisions::none());
    let changed = plan.page(PlanGroup::Updated, None, 10).rows;
    assert_eq!(changed.len(), 1);
    let fields: Vec<(&str, Option<&str>, Option<&str>)> = changed[0]
        .changes
        .iter()
        .map(|c| (c.field.as_str(), c.before.as_deref(), c.after.as_deref()))
        .collect();
    assert_eq!(
        fields,
        [
            ("outcome", Some("scheduled"), Some("seen")),
            ("status_text", Some("IE Scheduled"), Some("Evaluated"))
        ]
    );
    let done = try_commit(&practice, &plan).expect("committed").value;
    assert_eq!((done.referrals.new, done.referrals.updated, done.referrals.unchanged), (1, 1, 1));
    assert_eq!((done.people.new, done.people.matched), (0, 1));
    assert_eq!(import(&practice, &next).entry, None, "the third time there is nothing to write");
}

#[test]
fn a_word_changed_by_hand_is_kept_until_somebody_decides_for_the_file() {
    let practice = practice("2026-11-02");
    let row = || referral(2, "2026-03-01", "1", named("Ida Poole"));
    import(&practice, &file(vec![with_outcome(row(), Outcome::Scheduled, "IE Scheduled")]));
    practice
        .write(Label::hand("referral_edit", ""), |tx| {
            tx.execute("UPDATE referral SET outcome = 'declined', changed_at = changed_at + 1", [])?;
            Ok::<(), StoreError>(())
        })
        .expect("edited");
    let next = file(vec![with_outcome(row(), Outcome::Seen, "Evaluated")]);
    let plan = planned(&practice, &next, &Decisions::none());
    assert_eq!(plan.page(PlanGroup::KeptOurs, None, 10).total, 1);
    let done = try_commit(&practice, &plan).expect("committed").value;
    assert_eq!(done.kept_ours, 1);
    assert_eq!(
        texts(&practice, "SELECT outcome || ' ' || status_text FROM referral"),
        ["declined Evaluated"],
        "only what nobody touched was changed"
    );

    let mut decisions = Decisions::none();
    decisions.decide(2, Choice::TakeFile);
    import_with(&practice, &next, &decisions);
    assert_eq!(texts(&practice, "SELECT outcome FROM referral"), ["seen"]);
}

#[test]
fn a_later_file_that_tells_the_practice_credits_it_with_everything_before() {
    let practice = practice("2026-11-02");
    import(
        &practice,
        &file(vec![
            referral(2, "2026-03-01", "1", named("Ida Poole")),
            referral(3, "2026-05-01", "2", named("Ida Poole")),
        ]),
    );
    assert_eq!(texts(&practice, "SELECT name FROM partner WHERE trashed_at IS NULL"), ["Ida Poole"]);
    let plan = planned(
        &practice,
        &file(vec![referral(2, "2026-07-01", "3", at("Poole, Ida MD", "Cobalt Family Medicine"))]),
        &Decisions::none(),
    );
    assert_eq!(plan.view().counts.rolled_up, 1);
    try_commit(&practice, &plan).expect("committed");
    assert_eq!(
        texts(&practice, "SELECT name FROM partner WHERE trashed_at IS NULL"),
        ["Cobalt Family Medicine"]
    );
    assert_eq!(
        rows(&practice, "SELECT DISTINCT p.name, s.name FROM referral r JOIN partner p ON p.id = r.from_partner_id JOIN person s ON s.id = r.from_person_id").len(),
        1,
        "all three referrals are the practice's, by the same person"
    );
    assert_eq!(texts(&practice, "SELECT name FROM person"), ["Ida Poole, MD"]);
    assert_eq!(number(&practice, "SELECT count(*) FROM affiliation WHERE is_primary = 1"), 1);
}

#[test]
fn namesakes_stay_two_and_who_is_meant_is_asked() {
    let practice = practice("2026-11-02");
    import(
        &practice,
        &file(vec![
            referral(
                2,
                "2026-03-01",
                "1",
                with_npi(at("Larrabee, Marcel D MD", "Cobalt Family Medicine"), IDA),
            ),
            referral(3, "2026-03-01", "2", at("Marcel W. Larrabee, DPM", "Linden Podiatry")),
            referral(4, "2026-03-02", "3", named("Larrabee, Marcel MD")),
        ]),
    );
    assert_eq!(number(&practice, "SELECT count(*) FROM person"), 2);
    let doubtful = file(vec![
        referral(2, "2026-06-01", "4", named("Marcel Larrabee")),
        referral(3, "2026-06-09", "5", named("Marcel Larrabee")),
    ]);
    let plan = planned(&practice, &doubtful, &Decisions::none());
    let asked = plan.page(PlanGroup::Questions, None, 10);
    assert_eq!((asked.total, asked.rows[0].same_name, asked.rows[0].questions.len()), (1, 2, 2));
    assert_eq!(
        (asked.rows[0].fate, asked.rows[0].meant_by),
        (Fate::New, MeantBy::New),
        "the referral counts; the name waits"
    );

    let podiatrist =
        asked.rows[0].questions.iter().find(|q| q.name.contains("DPM")).expect("both are offered");
    let mut decisions = Decisions::none();
    decisions.decide(2, podiatrist.choice);
    let done = import_with(&practice, &doubtful, &decisions).value;
    assert_eq!((done.people.new, done.questions), (0, 0));
    assert_eq!(
        number(
            &practice,
            "SELECT count(*) FROM referral r JOIN person p ON p.id = r.from_person_id WHERE p.credentials = 'DPM'"
        ),
        3
    );

    let later = planned(
        &practice,
        &file(vec![referral(2, "2026-08-01", "6", named("Marcel Larrabee"))]),
        &Decisions::none(),
    );
    assert_eq!(later.view().counts.questions, 0, "what was decided once is not asked again");
}

#[test]
fn somebody_declared_another_person_becomes_one() {
    let practice = practice("2026-11-02");
    import(&practice, &file(vec![referral(2, "2026-03-01", "1", named("Ida Poole, MD"))]));
    let next = file(vec![referral(2, "2026-06-01", "4", named("Ida Poole"))]);
    let mut decisions = Decisions::none();
    decisions.decide(2, Choice::Another);
    import_with(&practice, &next, &decisions);
    assert_eq!(number(&practice, "SELECT count(*) FROM person"), 2);
    assert_eq!(number(&practice, "SELECT count(*) FROM distinct_pair"), 1);
}

#[test]
fn a_referral_typed_twice_waits_for_a_decision() {
    let practice = practice("2026-11-02");
    let doctor = |text: &str| with_npi(at(text, "Cobalt Family Medicine"), IDA);
    let read = file(vec![
        referral(2, "2026-03-01", "1", doctor("Poole, Ida MD")),
        referral(3, "2026-03-30", "1", doctor("Pooole, Ida MD")),
        referral(4, "2026-03-31", "1", doctor("Ida Poole")),
        referral(5, "2026-03-02", "1", at("Sam Orr MD", "Cobalt Family Medicine")),
    ]);
    let plan = planned(&practice, &read, &Decisions::none());
    let waiting = plan.page(PlanGroup::PossibleDuplicates, None, 10).rows;
    assert_eq!(
        waiting.iter().map(|r| (r.record, r.of.and_then(|of| of.record))).collect::<Vec<_>>(),
        [(3, Some(2))],
        "30 days apart is another referral"
    );
    try_commit(&practice, &plan).expect("committed");
    assert_eq!(number(&practice, "SELECT count(*) FROM referral"), 3);

    let mut decisions = Decisions::none();
    decisions.decide(3, Choice::ImportAnyway);
    let done = import_with(&practice, &read, &decisions).value;
    assert_eq!((done.referrals.new, done.referrals.unchanged), (1, 3));
    assert_eq!(import(&practice, &read).value.referrals.unchanged, 4, "imported once, it is known");
}

#[test]
fn a_decision_may_name_a_partner_or_leave_a_row_out() {
    let practice = practice("2026-11-02");
    import(&practice, &file(vec![referral(2, "2026-03-01", "1", named("Cobalt Family Medicine"))]));
    let partner = planned(
        &practice,
        &file(vec![referral(2, "2026-03-01", "1", named("Cobalt Family Medicine"))]),
        &Decisions::none(),
    );
    let id = partner.page(PlanGroup::All, None, 1).rows[0].partner.expect("a partner");
    let next = file(vec![
        referral(2, "2026-06-01", "4", named("CFM of Gorham Medical Office")),
        referral(3, "2026-06-01", "5", named("Ida Poole")),
    ]);
    let mut decisions = Decisions::none();
    decisions.decide(2, Choice::Same { with: Party::Partner(id) });
    decisions.decide(3, Choice::LeaveOut);
    import_with(&practice, &next, &decisions);
    assert_eq!(number(&practice, "SELECT count(*) FROM partner"), 1);
    assert_eq!(number(&practice, "SELECT count(*) FROM person"), 0);
    assert_eq!(number(&practice, "SELECT count(*) FROM referral"), 2);
}

#[test]
fn channels_are_sources_made_once() {
    let practice = practice("2026-11-02");
    import(
        &practice,
        &file(vec![
            by_channel(2, "2026-03-01", "1", Channel::InternetSearch),
            by_channel(3, "2026-03-01", "2", Channel::InternetSearch),
        ]),
    );
    import(
        &practice,
        &file(vec![
            by_channel(2, "2026-04-01", "1", Channel::InternetSearch),
            by_channel(3, "2026-04-01", "2", Channel::Unknown),
        ]),
    );
    assert_eq!(
        texts(&practice, "SELECT type FROM partner WHERE class = 'source' ORDER BY type"),
        ["search", "unknown"]
    );
    assert_eq!(
        texts(&practice, "SELECT source_answer FROM referral ORDER BY received_on, source_answer"),
        ["named", "named", "named", "not_asked"]
    );
}

#[test]
fn rejected_rows_come_back_as_a_workbook_in_which_nothing_runs() {
    let practice = practice("2026-11-02");
    let mut read = (*file(Vec::new())).clone();
    read.header = vec!["Referred By".into(), "Date".into()];
    read.rejected = vec![Reject {
        record: 5,
        reason: RejectReason::UnreadableDate,
        cells: vec!["=HYPERLINK(\"http://evil\")".into(), "TBD".into()],
        detail: "“TBD” is no date.".into(),
        who: "Ito, Keiko MD".into(),
        patient: "Whitcomb, Patricia".into(),
        day: "TBD".into(),
    }];
    let plan = planned(&practice, &std::sync::Arc::new(read), &Decisions::none());
    let bytes = rejects_workbook(&plan).expect("a workbook");
    let text = String::from_utf8_lossy(&bytes);
    assert!(bytes.starts_with(b"PK") && !text.contains("<f>"));
    let row = &plan.page(PlanGroup::Rejected, None, 10).rows[0];
    assert_eq!(row.reason, Some(RejectReason::UnreadableDate));
    assert_eq!((&*row.who, &*row.patient, &*row.day_as_read), ("Ito, Keiko MD", "Whitcomb, Patricia", "TBD"));
    assert!(row.remedy.starts_with("Write the day into the file"));
}

#[test]
fn a_mapping_is_saved_found_by_its_header_replaced_and_deleted() {
    let practice = practice("2026-11-02");
    let id = save_profile(&practice, "Monthly leads", "abc", "{}").expect("saved").value;
    let again = save_profile(&practice, "Monthly leads", "abc", "{\"columns\":[]}").expect("saved");
    assert_eq!(again.value, id);
    assert_eq!(
        find_profile(&practice, "abc").expect("found").map(|p| p.definition).as_deref(),
        Some("{\"columns\":[]}")
    );
    assert!(matches!(
        save_profile(&practice, "  ", "x", "{}"),
        Err(ImportError::Invalid { field: "name", .. })
    ));
    delete_profile(&practice, id).expect("deleted");
    assert_eq!(profiles(&practice).expect("list"), []);
}

#[test]
fn the_summary_for_scripts_has_the_words_that_were_promised() {
    let practice = practice("2026-11-02");
    let done = import(
        &practice,
        &file(vec![
            referral(2, "2026-03-01", "1", named("Ida Poole")),
            referral(3, "2026-03-05", "1", named("Poole, Ida")),
        ]),
    )
    .value;
    let json = serde_json::to_value(done.script()).expect("JSON");
    assert_eq!(json["referrals"], serde_json::json!({ "new": 1, "updated": 0, "unchanged": 0 }));
    assert_eq!(json["possible_duplicates"], serde_json::json!([{ "record": 3, "of": 2 }]));
    assert_eq!(json["partners"], serde_json::json!({ "new": 1, "matched": 0 }));
    assert_eq!((&json["rows"], &json["outbound"], &json["internal"]), (&2.into(), &0.into(), &0.into()));
}

/// Not part of the usual run: how long a big file takes. `cargo test --release … -- --ignored --nocapture a_hundred_thousand`
#[test]
#[ignore = "measures, takes long"]
fn a_hundred_thousand_referrals() {
    let practice = practice("2026-11-02");
    let doctors = 20_000_u32;
    let read = file(
        (0..100_000)
            .map(|n| {
                let who = n * 7_919 % doctors;
                let family: String = [who / 1_000 % 20, who / 50 % 20, who % 50]
                    .iter()
                    .map(|s| {
                        [
                            "ba", "cor", "del", "fin", "gar", "hol", "jas", "kel", "lor", "mun", "nes",
                            "pol", "quin", "ros", "sten", "tor", "ul", "vor", "wes", "yar",
                        ][(*s % 20) as usize]
                    })
                    .collect();
                let given =
                    ["Anna", "Boris", "Clara", "David", "Erik", "Fiona", "Greta", "Hugo"][(who % 8) as usize];
                let day = format!("20{}-{:02}-{:02}", 22 + n % 4, 1 + n / 4 % 12, 1 + n / 48 % 28);
                let mut row = referral(
                    n + 2,
                    &day,
                    &n.to_string(),
                    at(&format!("{family}, {given} MD"), &format!("{family} Family Medicine")),
                );
                row.patient.name = Some(format!("Patient{}, Test{n}", n % 5_000));
                row
            })
            .collect(),
    );
    let started = Instant::now();
    let plan = planned(&practice, &read, &Decisions::none());
    let planned_in = started.elapsed();
    let done = try_commit(&practice, &plan).expect("committed");
    eprintln!(
        "plan {planned_in:?}, commit {:?}: {:?}",
        started.elapsed() - planned_in,
        (done.value.partners, done.value.people)
    );
    let started = Instant::now();
    let again = import(&practice, &read);
    eprintln!("again {:?}: {:?}", started.elapsed(), again.value.referrals);
    let started = Instant::now();
    practice
        .store()
        .undo(practice.actor(), done.entry.expect("an entry").seq, OnConflict::Ask)
        .expect("undone");
    eprintln!("undo {:?}", started.elapsed());
}
