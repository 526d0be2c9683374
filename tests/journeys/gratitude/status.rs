//! Status letters: both halves or none, named where the patient agreed, de-identified where not.

use std::path::Path;

use baton_core::Practice;
use baton_core::audit::{Disclosure, DisclosureSource, disclosures};
use baton_core::exchange::export::ExportError;
use baton_core::exchange::export::letters::{
    LetterFormat, LettersSaved, StatusMoment, StatusOrder, print_status, save_status, status,
};
use baton_core::foundation::id::{PatientId, ReferralId};
use baton_core::network::Party;
use baton_core::referrals::care::{self, ConsentForm, Gate, NewConsent, Purpose};
use baton_core::testing::{TestPractice, practice};

use crate::world::{self, Told, tell};

const THANKS: &str = "Thank you for thinking of us; your notes saved a second visit.";

struct Story {
    practice: TestPractice,
    patient: PatientId,
    referral: ReferralId,
}

/// An inbound referral of a patient who was seen, by a medical partner or by a business.
fn story(class: &str) -> Story {
    let practice = practice("2026-11-26");
    let (patient, referral) = tell(&practice, |tx| {
        let kind = if class == "medical" { "primary_care" } else { "gym" };
        let pine = world::partner(tx, "Pine Hollow", class, kind);
        let patient = world::patient(tx, "Anna Quillfeather", Some("A-4711"));
        world::patient(tx, "Bertram Oakes", None);
        let told = Told {
            received: "2026-11-02",
            from: Some(pine),
            patient: Some(patient),
            scheduled: Some("2026-11-10"),
            seen: Some("2026-11-10"),
            ..Told::default()
        };
        Ok((patient, world::referral(tx, &told)))
    });
    Story { practice, patient, referral }
}

fn order(journey: &str, deidentified: bool) -> StatusOrder {
    StatusOrder { moment: StatusMoment::Seen, thanks: THANKS.into(), journey: journey.into(), deidentified }
}

fn save(story: &Story, order: &StatusOrder, target: &Path) -> Result<LettersSaved, ExportError> {
    save_status(&story.practice, story.referral, order, LetterFormat::Pdf, target)
}

fn told_of(story: &Story) -> Vec<Disclosure> {
    disclosures(&story.practice, story.patient, None).expect("disclosures").all
}

fn restrict(practice: &Practice, referral: ReferralId) {
    care::restrict(practice, referral, Some("Substance use")).expect("restricted");
}

#[test]
fn a_letter_to_whoever_treats_the_patient_names_them_and_is_a_disclosure() {
    let story = story("medical");
    let folder = tempfile::tempdir().expect("a folder");
    let view = status(&story.practice, story.referral).expect("a view");
    assert_eq!((view.gate, view.refusal, view.unnamed_because), (Gate::Treating, None, None));
    assert!(matches!(view.of, Some(Party::Partner(_))));
    let seen = view.texts.iter().find(|text| text.moment == StatusMoment::Seen).expect("a text");
    assert!(seen.reached && seen.named.contains("Anna Quillfeather on November 10, 2026"), "{}", seen.named);
    assert!(!view.texts.iter().any(|text| text.bare.contains("Quillfeather") || text.bare.contains("2026")));

    let saved = save(&story, &order(&seen.named, false), &folder.path().join("status.pdf")).expect("saved");
    assert_eq!((saved.letters, saved.pages), (1, 1));
    let (sheet, _) =
        print_status(&story.practice, story.referral, &order(&seen.named, false)).expect("printed");
    assert_eq!(sheet.paragraphs[1], "To everybody at Pine Hollow,");
    assert_eq!(sheet.paragraphs[2], THANKS);
    let told = told_of(&story);
    assert_eq!(told.len(), 2);
    assert!(
        told.iter().all(|one| one.source == DisclosureSource::Letter && one.what == "Status letter: seen")
    );
}

#[test]
fn with_half_of_it_missing_it_is_not_complete_and_stays() {
    let story = story("medical");
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("status.pdf");
    let whole = order("We saw the patient you sent us. Our report follows.", false);
    for (half, field) in [
        (StatusOrder { thanks: "Thanks".into(), ..whole.clone() }, "thanks"),
        (StatusOrder { journey: String::new(), ..whole.clone() }, "journey"),
    ] {
        let refused = save(&story, &half, &target);
        assert!(matches!(refused, Err(ExportError::Invalid { field: f, .. }) if f == field), "{refused:?}");
        assert!(print_status(&story.practice, story.referral, &half).is_err());
    }
    assert!(!target.exists());
    assert!(told_of(&story).is_empty());
}

#[test]
fn without_consent_it_goes_de_identified_or_not_at_all() {
    let story = story("business");
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("status.pdf");
    let view = status(&story.practice, story.referral).expect("a view");
    assert_eq!(view.gate, Gate::NoRecord);
    assert!(view.unnamed_because.is_some() && view.texts.iter().all(|text| text.named.is_empty()));
    let named = order("We saw Anna Quillfeather. Our report follows.", false);
    assert!(matches!(save(&story, &named, &target), Err(ExportError::Invalid { field: "deidentified", .. })));
    for journey in [
        "We saw Anna last week, and she walks again.",
        "The patient you sent us was seen on November 10.",
        "The patient you sent us, chart A-4711, was seen.",
    ] {
        let refused = save(&story, &order(journey, true), &target);
        assert!(matches!(refused, Err(ExportError::Identified(_))), "{journey}: {refused:?}");
    }
    assert!(!target.exists());
    for text in view.texts {
        let journey = format!("{} They are well.", text.bare);
        save(&story, &StatusOrder { moment: text.moment, ..order(&journey, true) }, &target)
            .expect("it goes");
    }
    assert!(told_of(&story).is_empty(), "nobody was told of");

    let yes = NewConsent {
        purpose: Purpose::Treatment,
        given: true,
        on: None,
        form: ConsentForm::Written,
        expires_on: None,
        note: None,
    };
    care::give_consent(&story.practice, story.patient, &yes).expect("put down");
    save(&story, &named, &target).expect("agreed");
    assert_eq!(told_of(&story).len(), 1);
}

#[test]
fn nobody_else_is_named_and_what_is_restricted_stays() {
    let story = story("medical");
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("status.pdf");
    let other = order("We saw Anna Quillfeather, and so did Bertram Oakes.", false);
    assert!(matches!(save(&story, &other, &target), Err(ExportError::Invalid { field: "journey", .. })));
    restrict(&story.practice, story.referral);
    let view = status(&story.practice, story.referral).expect("a view");
    assert_eq!(view.gate, Gate::Restricted);
    assert!(view.refusal.is_some());
    for deidentified in [false, true] {
        let journey = "We saw the patient you sent us, and they are well.";
        let refused = save(&story, &order(journey, deidentified), &target);
        assert!(matches!(refused, Err(ExportError::Invalid { field: "moment", .. })), "{refused:?}");
    }
    assert!(!target.exists());
}
