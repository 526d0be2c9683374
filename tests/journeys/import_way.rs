//! What a file tells of the way of its referrals: how soon, what kind, acknowledged, reported, returned, thanked.

use std::ops::ControlFlow;
use std::sync::Arc;

use baton_core::Practice;
use baton_core::exchange::export::{PatientIdentity, RegisterFormat, RegisterOrder, register};
use baton_core::exchange::import::reading::{
    Field, Limits, MappingProfile, Meaning, Overrides, Source, Understood, read_rows, understand,
};
use baton_core::exchange::import::row::ReadResult;
use baton_core::exchange::import::{Decisions, ImportFile, ImportSummary, commit, plan};
use baton_core::history;
use baton_core::insights::{Period, leak_report, loop_audit, loop_report};
use baton_core::referrals::process::way;
use baton_core::referrals::{ReferralQuery, ReferralType, Travel, Urgency, referrals};
use baton_core::store::OnConflict;
use baton_core::testing::{day, practice};

const FILE: &str = "\
Referral Date,Patient Name,MRN,Referred By,Referring Practice,Priority,Consult Type,Travel,Acknowledged,Seen On,Report Sent,Returned,Thanked,Insurance\r
2026-10-01,\"Whitcomb, Patricia\",00417,\"Smith, John MD\",Lakeside Family Medicine,STAT,2nd opinion,Out of state,2026-10-02,2026-10-09,2026-10-14,2026-10-15,2026-10-03,Aetna\r
2026-10-05,\"Achterberg, Rudi\",00418,\"Smith, John MD\",Lakeside Family Medicine,Routine,Consult,Local,,2026-10-20,,,,Cigna\r
2026-10-06,\"Okoye, Ada\",00419,\"Ito, Keiko MD\",Pine Hollow,Level 3,Evaluate and treat,,2026-10-07,,2030-01-01,,,\r
";

fn understood(text: &str, overrides: &Overrides) -> (Source, Understood) {
    let source =
        Source::from_bytes("export.csv", text.as_bytes().to_vec(), &Limits::default()).expect("a source");
    let understood = understand(&source, overrides).expect("understood");
    (source, understood)
}

fn read(text: &str, overrides: &Overrides) -> ReadResult {
    let (source, understood) = understood(text, overrides);
    let go = &mut |_| ControlFlow::Continue(());
    read_rows(&source, &understood, &understood.mapping, day("2026-11-26"), go).expect("read")
}

fn import(practice: &Practice, read: ReadResult) -> (ImportSummary, Option<u32>) {
    let file = ImportFile { name: "export.csv".into(), sha256: vec![1; 32] };
    let go = &mut |_| ControlFlow::Continue(());
    let planned = plan(practice, &file, Arc::new(read), &Decisions::none(), go).expect("a plan");
    let written = commit(practice, &planned, go).expect("committed");
    (written.value, written.entry.map(|entry| entry.seq))
}

#[test]
fn headings_of_the_way_are_guessed_and_their_words_understood() {
    let (_, seen) = understood(FILE, &Overrides::default());
    let guesses: Vec<_> =
        seen.view.columns.iter().map(|column| (column.name.as_str(), column.guess)).collect();
    for (name, field) in [
        ("Priority", Field::Urgency),
        ("Consult Type", Field::ReferralType),
        ("Travel", Field::Travel),
        ("Acknowledged", Field::AcknowledgedOn),
        ("Report Sent", Field::ReportedOn),
        ("Returned", Field::ReturnedOn),
        ("Thanked", Field::ThankedOn),
        ("Insurance", Field::Payer),
    ] {
        assert!(guesses.contains(&(name, field)), "{name}: {guesses:?}");
    }
    let asked: Vec<_> =
        seen.view.words.iter().filter(|word| word.meaning.is_none()).map(|word| word.text.as_str()).collect();
    assert!(asked.contains(&"Level 3") && asked.contains(&"Evaluate and treat"), "{asked:?}");
    let warned: String = seen.view.warnings.iter().map(|warning| warning.text.as_str()).collect();
    assert!(warned.contains("Level 3=urgent") && warned.contains("Evaluate and treat=consult"), "{warned}");
    for heading in ["Report Date", "Report Due", "Returned Call", "Acknowledged By", "Thank You Letter"] {
        let text = FILE.replace("Acknowledged,", &format!("{heading},"));
        let (_, seen) = understood(&text, &Overrides::default());
        let guess = seen.view.columns.iter().find(|column| column.name == heading).expect("a column").guess;
        let ours = [Field::AcknowledgedOn, Field::ReportedOn, Field::ReturnedOn, Field::ThankedOn];
        assert!(!ours.contains(&guess), "{heading} became {guess:?}");
    }
}

#[test]
fn what_the_file_tells_stands_on_the_page_and_nothing_is_concluded_from_its_silence() {
    let practice = practice("2026-11-26");
    let mut overrides = Overrides::default();
    overrides.decide_word("Level 3=urgent").expect("a meaning");
    overrides.decide_word("Evaluate and treat=transfer").expect("a meaning");
    let (done, entry) = import(&practice, read(FILE, &overrides));
    assert_eq!(done.referrals.new, 3);
    let rows = referrals(&practice, &ReferralQuery::default()).expect("a register").rows;
    let of = |name: &str| rows.iter().find(|row| row.patient.contains(name)).expect(name);
    let ways = |name: &str| way(&practice, of(name).id).expect("a way");
    let whole = ways("Whitcomb");
    assert_eq!(of("Whitcomb").urgency, Some(Urgency::Emergency));
    assert_eq!((whole.kind, whole.travel), (Some(ReferralType::SecondOpinion), Some(Travel::Domestic)));
    let told = loop_audit(&practice, of("Whitcomb").id).expect("a loop");
    assert_eq!(told.acknowledged.on, Some(day("2026-10-02")));
    assert_eq!(told.reported.on, Some(day("2026-10-14")));
    assert_eq!(told.returned.on, Some(day("2026-10-15")));
    assert_eq!(told.thanked.on, Some(day("2026-10-03")));
    assert_eq!(ways("Okoye").kind, Some(ReferralType::Transfer));
    assert_eq!(of("Okoye").urgency, Some(Urgency::Urgent));
    let third = loop_audit(&practice, of("Okoye").id).expect("a loop");
    assert_eq!((third.acknowledged.on, third.reported.on), (Some(day("2026-10-07")), None), "no day ahead");
    // Rudi's acknowledgment is not in the file: it may have been sent all the same.
    let period = Period::new(day("2026-10-01"), day("2026-11-26")).expect("a period");
    assert_eq!(leak_report(&practice, &period).expect("leaks").overall.a, 0);
    assert_eq!(loop_report(&practice, &period).expect("loops").ack_on_time.b, 0);

    // The same file again changes nothing; a later one that knows more adds it.
    let (again, none) = import(&practice, read(FILE, &overrides));
    assert_eq!((again.referrals.new, again.referrals.updated, none), (0, 0, None));
    let later =
        FILE.replace("Consult,Local,,2026-10-20,,,,", "Consult,Local,2026-10-06,2026-10-20,2026-10-27,,,");
    let (more, second) = import(&practice, read(&later, &overrides));
    assert_eq!((more.referrals.new, more.referrals.updated), (0, 1));
    assert_eq!(
        loop_audit(&practice, of("Achterberg").id).expect("a loop").reported.on,
        Some(day("2026-10-27"))
    );
    for seq in [second, entry].into_iter().flatten() {
        history::undo(&practice, seq, OnConflict::Ask).expect("taken back");
    }
    assert!(referrals(&practice, &ReferralQuery::default()).expect("a register").rows.is_empty());
}

#[test]
fn our_own_register_is_understood_again() {
    let from = practice("2026-11-26");
    let mut overrides = Overrides::default();
    overrides.decide_word("Level 3=urgent").expect("a meaning");
    overrides.decide_word("Evaluate and treat=transfer").expect("a meaning");
    import(&from, read(FILE, &overrides));
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("register.csv");
    let order =
        RegisterOrder { format: RegisterFormat::Csv, period: None, patients: PatientIdentity::Omitted };
    register(&from, &order, &target, &mut |_, _| ControlFlow::Continue(())).expect("a register");
    let text = std::fs::read_to_string(&target).expect("text");
    let (_, seen) = understood(&text, &Overrides::default());
    for (name, field) in [
        ("Urgency", Field::Urgency),
        ("Kind", Field::ReferralType),
        ("Travel", Field::Travel),
        ("Acknowledged", Field::AcknowledgedOn),
        ("Reported", Field::ReportedOn),
        ("Returned", Field::ReturnedOn),
        ("Thanked", Field::ThankedOn),
        ("Received", Field::ReceivedOn),
        ("Seen", Field::SeenOn),
    ] {
        let guess = seen.view.columns.iter().find(|column| column.name == name).expect(name).guess;
        assert_eq!(guess, field, "{name}");
    }
}

#[test]
fn a_saved_mapping_keeps_the_new_fields_their_words_and_that_nobody_referred() {
    let mut overrides = Overrides::default();
    overrides.decide_word("Level 3=routine").expect("a meaning");
    overrides.map_column("Thanked=ignore").expect("a field");
    overrides.without_referrer = true;
    let (_, seen) = understood(FILE, &overrides);
    let saved = serde_json::to_string(&MappingProfile::of(&seen)).expect("kept");
    let back: MappingProfile = serde_json::from_str(&saved).expect("read");
    let (_, again) = understood(FILE, &back.overrides());
    assert_eq!(again.mapping, seen.mapping);
    assert!(again.mapping.without_referrer && again.mapping.fields.contains(&Field::AcknowledgedOn));
    assert!(again.mapping.words.values().any(|meaning| *meaning == Meaning::Urgency(Urgency::Routine)));
    // One that was saved before there was a word for it.
    let old = saved.replace(",\"withoutReferrer\":true", "");
    assert!(old != saved && !serde_json::from_str::<MappingProfile>(&old).expect("read").without_referrer);
}

#[test]
fn a_practice_on_the_second_line_of_the_referrers_cell_is_a_practice() {
    let text = "\
Referral Date,Patient,Referred By\n\
2026-10-01,\"Whitcomb, Patricia\",\"Smith, John MD\nLakeside Family Medicine\"\n\
2026-10-02,\"Achterberg, Rudi\",\"Smith, John MD\nPine Hollow Clinic\"\n\
2026-10-03,\"Okoye, Ada\",\"Ito, Keiko MD\n(207) 555-0142\"\n";
    let read = read(text, &Overrides::default());
    let told: Vec<_> = read
        .referrals
        .iter()
        .map(|row| row.referrer.as_ref().map(|party| (party.text.clone(), party.organisation.clone())))
        .collect();
    assert_eq!(told[0], Some(("Smith, John MD".into(), Some("Lakeside Family Medicine".into()))));
    assert_eq!(told[1], Some(("Smith, John MD".into(), Some("Pine Hollow Clinic".into()))));
    assert_eq!(
        told[2].as_ref().and_then(|(_, practice)| practice.clone()),
        None,
        "a telephone is no practice"
    );
}
