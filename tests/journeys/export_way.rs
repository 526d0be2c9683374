//! What spreadsheets tell of the way of referrals, and what they keep to themselves.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::Path;

use baton_core::Practice;
use baton_core::audit::{Basis, Recipient, disclosures};
use baton_core::exchange::export::{
    ExportError, Exported, PatientIdentity, RegisterFormat, RegisterOrder, WorkbookOrder, register,
    scorecards_workbook,
};
use baton_core::foundation::id::PatientId;
use baton_core::insights::{Period, Ratio, WayFigures, leak_report, loop_report, scorecards, way_cards};
use baton_core::referrals::care::{self, ConsentForm, NewConsent, Purpose};
use baton_core::referrals::process::{self, NewStep, StageMove};
use baton_core::referrals::{self, Direction, Intake, PatientLabel, ReferralChange, ReferralSource, Taken};
use baton_core::sample::{SampleSize, create_into};
use baton_core::testing::{TestPractice, day, practice, practice_over_time};
use calamine::{Data, Reader, Xlsx, open_workbook};

use crate::export::with_openpyxl;
use crate::world::{self, Told, tell};

/// One measure of a partner.
type Pick = fn(&WayFigures) -> Ratio;

fn go(_: u32, _: u32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn said(practice: &Practice, patient: PatientId, purpose: Purpose, given: bool) {
    let new =
        NewConsent { purpose, given, on: None, form: ConsentForm::Written, expires_on: None, note: None };
    care::give_consent(practice, patient, &new).expect("put down");
}

fn named(basis: Basis, authorised_for: Option<Purpose>) -> PatientIdentity {
    let to = Recipient {
        name: "Pine Tree Health".into(),
        address: String::new(),
        purpose: "A list".into(),
        basis,
    };
    PatientIdentity::Included { to, authorised_for }
}

fn csv(
    practice: &Practice,
    folder: &Path,
    patients: PatientIdentity,
) -> (Exported, Vec<HashMap<String, String>>) {
    let order = RegisterOrder { format: RegisterFormat::Csv, period: None, patients };
    let target = folder.join("register.csv");
    let made = register(practice, &order, &target, &mut go).expect("a register");
    let bytes = std::fs::read(&target).expect("the file");
    let mut reader = csv::Reader::from_reader(&bytes[3..]);
    (made, reader.deserialize().map(|row| row.expect("a row")).collect())
}

/// Three patients: one refused that anything is shared, one allowed marketing, one is restricted.
fn three() -> (TestPractice, [PatientId; 3]) {
    let practice = practice("2026-11-26");
    let (patients, restricted) = tell(&practice, |tx| {
        let pine = world::partner(tx, "Pine Hollow", "medical", "primary_care");
        let mut all = Vec::new();
        for (n, name) in ["Refusing Rhea", "Allowing Alma", "Restricted Rosa"].into_iter().enumerate() {
            let patient = world::patient(tx, name, Some(&format!("00{n}")));
            let told = Told {
                received: "2026-11-0",
                from: Some(pine),
                patient: Some(patient),
                note: Some("said so"),
                ..Told::default()
            };
            let received = format!("2026-11-0{}", n + 2);
            all.push((patient, world::referral(tx, &Told { received: &received, ..told })));
        }
        Ok(([all[0].0, all[1].0, all[2].0], all[2].1))
    });
    said(&practice, patients[0], Purpose::Treatment, false);
    said(&practice, patients[1], Purpose::Marketing, true);
    care::restrict(&practice, restricted, None).expect("restricted");
    (practice, patients)
}

#[test]
fn who_did_not_allow_it_stands_without_a_name_and_who_is_restricted_not_at_all() {
    let (practice, patients) = three();
    let folder = tempfile::tempdir().expect("a folder");
    for (patients_of, unnamed, names) in [
        (PatientIdentity::Omitted, 0, vec![]),
        (named(Basis::Operations, None), 0, vec!["Refusing Rhea", "Allowing Alma"]),
        (named(Basis::Treatment, None), 1, vec!["", "Allowing Alma"]),
        (named(Basis::Authorisation, Some(Purpose::Marketing)), 1, vec!["", "Allowing Alma"]),
        (named(Basis::Authorisation, Some(Purpose::SuccessStory)), 2, vec!["", ""]),
    ] {
        let (made, rows) = csv(&practice, folder.path(), patients_of.clone());
        assert_eq!((rows.len(), made.left_out, made.unnamed), (2, 1, unnamed), "{patients_of:?}");
        if !names.is_empty() {
            let told: Vec<_> = rows.iter().map(|row| row["Patient"].as_str()).collect();
            assert_eq!(told, names, "{patients_of:?}");
            for row in rows.iter().filter(|row| row["Patient"].is_empty()) {
                assert_eq!(
                    (row["Chart number"].as_str(), row["Born"].as_str(), row["Note"].as_str()),
                    ("", "", "")
                );
                assert!(!row["Patient ID"].is_empty(), "the row itself stays");
            }
        }
    }
    let disclosed = |patient| disclosures(&practice, patient, None).expect("shown").all.len();
    assert_eq!(patients.map(disclosed), [1, 3, 0], "only who is named is disclosed");
    let order = RegisterOrder {
        format: RegisterFormat::Csv,
        period: None,
        patients: named(Basis::Authorisation, None),
    };
    let refused = register(&practice, &order, &folder.path().join("no.csv"), &mut go);
    assert!(matches!(refused, Err(ExportError::Invalid { field: "authorisedFor", .. })), "{refused:?}");
}

#[test]
fn the_workbook_says_what_it_leaves_out() {
    let (practice, _) = three();
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("cards.xlsx");
    let period = Period::new(day("2026-11-01"), day("2026-11-26")).expect("a period");
    let order = WorkbookOrder { patients: named(Basis::Treatment, None), ..WorkbookOrder::of(period) };
    let made = scorecards_workbook(&practice, &order, &target, &mut go).expect("a workbook");
    assert_eq!((made.left_out, made.unnamed), (1, 1));
    let mut book: Xlsx<_> = open_workbook(&target).expect("opens");
    let summary = book.worksheet_range("Summary").expect("a sheet");
    let told = summary.get_value((2, 0)).expect("a line").to_string();
    assert!(told.contains("1 restricted referral is counted in the totals and left out"), "{told}");
    assert!(told.contains("1 patient stands without name"), "{told}");
}

#[test]
fn the_register_tells_where_each_referral_stands() {
    let (practice, on) = practice_over_time("2026-11-02");
    let pine = tell(&practice, |tx| Ok(world::partner(tx, "Pine Hollow", "medical", "primary_care")));
    let intake = Intake {
        direction: Direction::Inbound,
        source: ReferralSource::Known { partner: Some(pine), person: None },
        receiver: None,
        patient: PatientLabel { name: "Anna".into(), chart_number: None, patient: None },
        reason: None,
        service_line: None,
        payer: None,
        received_on: None,
        urgency: None,
        note: None,
        confirm_duplicate: true,
    };
    let Taken::Saved { id, .. } = referrals::intake(&practice, &intake).expect("taken") else {
        panic!("saved")
    };
    let kind = [ReferralChange::Type(Some(referrals::ReferralType::Consult))];
    referrals::edit(&practice, id, &kind, None).expect("a kind");
    on(day("2026-11-03"));
    let to = |stage: &str| StageMove {
        stage: stage.into(),
        on: None,
        minute: None,
        note: None,
        changes: Vec::new(),
    };
    process::move_to(&practice, id, &to("acknowledged")).expect("moved");
    let thanked = NewStep { step: "thanked".into(), on: None, minute: None, note: None };
    process::add_step(&practice, id, &thanked).expect("thanked");
    process::set_next_step(&practice, id, Some("Call Anna's daughter"), None).expect("set");
    let folder = tempfile::tempdir().expect("a folder");
    let (_, rows) = csv(&practice, folder.path(), PatientIdentity::Omitted);
    let row = &rows[0];
    let way = process::way(&practice, id).expect("a way");
    for (heading, value) in [
        ("Kind", "consult"),
        ("Stage", "acknowledged"),
        ("Waits for", "contacted"),
        ("Holder", "Maren Okafor"),
        ("Acknowledged", "2026-11-03"),
        ("Thanked", "2026-11-03"),
        ("Reported", ""),
        ("Returned", ""),
    ] {
        assert_eq!(row[heading], value, "{heading}");
    }
    assert_eq!(row["Stage"], way.stage);
    assert_eq!(Some(&row["Due"]), way.due_on.map(|due| due.to_string()).as_ref());
    assert!(!row.contains_key("Next step"), "somebody's words may name the patient");
    let (_, rows) = csv(&practice, folder.path(), named(Basis::Operations, None));
    assert_eq!(rows[0]["Next step"], "Call Anna's daughter");
}

#[test]
fn scorecards_show_the_numbers_of_the_leak_and_loop_reports() {
    let practice = practice("2026-11-25");
    create_into(&practice, SampleSize::Small, day("2026-11-25")).expect("a sample");
    let period = Period::new(day("2026-01-01"), day("2026-11-25")).expect("a period");
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("cards.xlsx");
    scorecards_workbook(&practice, &WorkbookOrder::of(period), &target, &mut go).expect("a workbook");
    let (leaks, loops) =
        (leak_report(&practice, &period).expect("leaks"), loop_report(&practice, &period).expect("loops"));
    let (cards, ways) =
        (scorecards(&practice, &period).expect("cards"), way_cards(&practice, &period).expect("ways"));
    let totals = ways.totals();
    assert_eq!((totals.leak_rate, totals.recovered), (leaks.overall, leaks.recovered));
    assert_eq!(
        (totals.loop_complete, totals.ack_on_time, totals.report_on_time, totals.return_rate),
        (loops.loop_complete, loops.ack_on_time, loops.report_on_time, loops.return_rate)
    );
    assert_eq!((totals.loop_seen, totals.loop_thanked), (loops.loop_seen, loops.loop_thanked));
    assert!(totals.leak_rate.a > 0 && totals.loop_complete.b > 0, "the sample has something to count");
    for partner in &leaks.partners {
        assert_eq!(ways.of(partner.partner).leak_rate, partner.ratio, "{}", partner.name);
    }

    let mut book: Xlsx<_> = open_workbook(&target).expect("opens");
    let range = book.worksheet_range("Scorecards").expect("a sheet");
    let rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
    let at = |heading: &str| {
        rows[0].iter().position(|cell| *cell == Data::String(heading.to_owned())).expect(heading)
    };
    let number =
        |row: usize, heading: &str| calamine::DataType::as_f64(&rows[row][at(heading)]).expect(heading);
    let measures: [(&str, &str, Pick); 8] = [
        ("Leaked", "Looked at", |ways| ways.leak_rate),
        ("Leaks recovered", "Leaks", |ways| ways.recovered),
        ("Loop complete", "Loops due", |ways| ways.loop_complete),
        ("Seen or explained", "To see", |ways| ways.loop_seen),
        ("Thanked", "To thank", |ways| ways.loop_thanked),
        ("Acknowledged in time", "To acknowledge", |ways| ways.ack_on_time),
        ("Report in time", "Reports due", |ways| ways.report_on_time),
        ("Returned", "To return", |ways| ways.return_rate),
    ];
    let last = cards.rows.len() + 2;
    for (a, b, pick) in measures {
        for (row, card) in (1..).zip(&cards.rows) {
            let ratio = pick(&ways.of(card.partner));
            assert_eq!(
                (number(row, a), number(row, b)),
                (f64::from(ratio.a), f64::from(ratio.b)),
                "{a} of {}",
                card.name
            );
        }
        let sum = |heading: &str| (1..last).map(|row| number(row, heading)).sum::<f64>();
        let ratio = pick(&totals);
        assert_eq!(
            (sum(a), sum(b)),
            (f64::from(ratio.a), f64::from(ratio.b)),
            "the rows are the whole of {a}"
        );
        assert_eq!((number(last, a), number(last, b)), (f64::from(ratio.a), f64::from(ratio.b)));
    }
    let definitions = book.worksheet_range("Definitions").expect("a sheet");
    let codes: Vec<String> = definitions.rows().map(|row| row[1].to_string()).collect();
    for code in [
        "leak_rate",
        "recovered_rate",
        "loop_complete",
        "loop_seen",
        "loop_thanked",
        "ack_on_time",
        "report_on_time",
        "return_rate",
    ] {
        assert!(codes.contains(&code.to_owned()), "{code} is defined");
    }

    let Some(rows) = with_openpyxl(&target, "Scorecards") else { return };
    let at = |heading: &str| rows[0].iter().position(|cell| cell == heading).expect("a heading");
    for (heading, ratio) in [
        ("Leak rate", totals.leak_rate),
        ("Loop complete %", totals.loop_complete),
        ("Report in time %", totals.report_on_time),
    ] {
        let told = rows[last][at(heading)].as_f64();
        let same = match (told, ratio.share()) {
            (Some(told), Some(share)) => (told - share).abs() < 1e-9,
            (told, share) => told.is_none() && share.is_none(),
        };
        assert!(same, "{heading}: {told:?} instead of {:?}", ratio.share());
    }
}
