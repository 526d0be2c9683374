//! Reports that are owed to us: a polite letter, another one, a call; and nobody is named who may not be.

use std::io::Read;
use std::path::Path;

use baton_core::Practice;
use baton_core::audit::{DisclosureSource, disclosures};
use baton_core::exchange::export::ExportError;
use baton_core::exchange::export::letters::{
    LetterFormat, ReportStep, call_for_reports, reports_owed, save_report_reminders,
};
use baton_core::foundation::id::{PartnerId, ReferralId};
use baton_core::history;
use baton_core::network::Party;
use baton_core::outreach;
use baton_core::referrals::process::{self, StageMove, stage};
use baton_core::referrals::{self, Direction, Intake, PatientLabel, ReferralChange, ReferralSource, Taken};
use baton_core::testing::{TestPractice, day, practice_over_time};

use crate::world;

/// A patient who was sent to this partner on October 1 and seen there on the 5th.
fn sent(practice: &TestPractice, to: PartnerId, patient: &str) -> ReferralId {
    let intake = Intake {
        direction: Direction::Outbound,
        source: ReferralSource::DoesNotKnow,
        receiver: Some(ReferralSource::Known { partner: Some(to), person: None }),
        patient: PatientLabel { name: patient.into(), chart_number: None, patient: None },
        reason: None,
        service_line: None,
        payer: None,
        received_on: Some(day("2026-10-01")),
        urgency: None,
        note: None,
        confirm_duplicate: true,
    };
    let Taken::Saved { id, .. } = referrals::intake(practice, &intake).expect("taken") else {
        panic!("a duplicate")
    };
    let on = Some(day("2026-10-05"));
    let seen = StageMove {
        stage: stage::SEEN.into(),
        on,
        minute: None,
        note: None,
        changes: vec![ReferralChange::ScheduledOn(on), ReferralChange::SeenOn(on)],
    };
    process::move_to(practice, id, &seen).expect("seen there");
    id
}

fn next(practice: &Practice) -> Vec<(String, u32, u32, ReportStep)> {
    let all = reports_owed(practice).expect("told");
    all.into_iter().map(|one| (one.name, one.missing, one.due, one.next)).collect()
}

fn letter(practice: &Practice, of: &[Party], target: &Path) -> String {
    let saved = save_report_reminders(practice, of, LetterFormat::Word, target).expect("written");
    assert_eq!(saved.letters, u32::try_from(of.len()).expect("few"));
    let mut archive = zip::ZipArchive::new(std::fs::File::open(target).expect("a file")).expect("a document");
    let mut text = String::new();
    archive.by_name("word/document.xml").expect("its text").read_to_string(&mut text).expect("text");
    text
}

#[test]
fn a_missing_report_is_asked_for_twice_by_letter_and_then_by_a_call() {
    let (practice, set) = practice_over_time("2026-10-05");
    let pine = world::tell(&practice, |tx| Ok(world::partner(tx, "Pine Hollow", "medical", "specialist")));
    let id = sent(&practice, pine, "Anna Quillfeather");
    let of = Party::Partner(pine);
    let target = practice.folder.path().join("reminder.docx");
    // Fourteen days after the visit, and two working days of grace.
    set(day("2026-10-20"));
    assert_eq!(next(&practice), []);
    let nobody = save_report_reminders(&practice, &[of], LetterFormat::Pdf, &target);
    assert!(matches!(nobody, Err(ExportError::Invalid { field: "of", .. })), "{nobody:?}");
    assert!(!target.exists());

    set(day("2026-10-26"));
    assert_eq!(next(&practice), [("Pine Hollow".into(), 1, 1, ReportStep::First)]);
    let text = letter(&practice, &[of], &target);
    assert!(text.contains("Anna Quillfeather, sent to you on October 1, 2026"), "they treat her: {text}");
    assert!(text.contains("Thank you for seeing the patients we send you"));
    let patient = referrals::referral(&practice, id).expect("a page").patient_id;
    let told = || disclosures(&practice, patient, None).expect("disclosures").all;
    assert_eq!(told().iter().map(|one| one.source).collect::<Vec<_>>(), [DisclosureSource::Letter]);
    assert_eq!(next(&practice), [("Pine Hollow".into(), 1, 0, ReportStep::Waits)]);
    // What was tried can be taken back; what left is on record.
    history::undo_last(&practice).expect("taken back");
    assert_eq!(next(&practice), [("Pine Hollow".into(), 1, 1, ReportStep::First)]);
    history::redo_last(&practice).expect("brought back");

    set(day("2026-11-08"));
    assert_eq!(next(&practice), [("Pine Hollow".into(), 1, 0, ReportStep::Waits)]);
    set(day("2026-11-09"));
    assert_eq!(next(&practice), [("Pine Hollow".into(), 1, 1, ReportStep::Second)]);
    assert!(letter(&practice, &[of], &target).contains("perhaps our letter went astray"));
    assert_eq!(told().len(), 2);

    set(day("2026-11-23"));
    assert_eq!(next(&practice), [("Pine Hollow".into(), 1, 1, ReportStep::Call)]);
    call_for_reports(&practice, of).expect("put down");
    let tasks = outreach::tasks(&practice, &outreach::TaskQuery::default()).expect("tasks").rows;
    assert_eq!((tasks[0].title.as_str(), tasks[0].due_on), ("Ask for 1 missing report", day("2026-11-24")));
    assert_eq!(tasks[0].partner.as_ref().map(|partner| partner.name.as_str()), Some("Pine Hollow"));
    assert_eq!(next(&practice), [("Pine Hollow".into(), 1, 0, ReportStep::Waits)]);
    assert!(matches!(call_for_reports(&practice, of), Err(ExportError::Invalid { field: "of", .. })), "once");
}

#[test]
fn whoever_does_not_treat_the_patient_reads_no_name() {
    let (practice, set) = practice_over_time("2026-10-05");
    let (gym, pine) = world::tell(&practice, |tx| {
        Ok((
            world::partner(tx, "Northside Gym", "business", "gym"),
            world::partner(tx, "Pine Hollow", "medical", "specialist"),
        ))
    });
    let id = sent(&practice, gym, "Anna Quillfeather");
    sent(&practice, pine, "Bertram Oakes");
    sent(&practice, pine, "Cora Lindqvist");
    set(day("2026-10-26"));
    let target = practice.folder.path().join("reminders.docx");
    let text = letter(&practice, &[Party::Partner(gym)], &target);
    assert!(text.contains("a patient we sent you on October 1, 2026"), "{text}");
    assert!(!text.contains("Quillfeather"), "{text}");
    let patient = referrals::referral(&practice, id).expect("a page").patient_id;
    assert!(disclosures(&practice, patient, None).expect("disclosures").all.is_empty(), "nobody was named");
    // One letter asks for all that one partner owes.
    let text = letter(&practice, &[Party::Partner(pine)], &target);
    assert!(text.contains("Bertram Oakes") && text.contains("Cora Lindqvist"), "{text}");
}
