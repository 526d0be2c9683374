//! Finding while typing, and noticing that somebody is there already.

use baton_core::foundation::id::PatientId;
use baton_core::network::*;
use baton_core::store::{Label, StoreError};
use baton_core::testing::TestPractice;
use rusqlite::params;

use crate::network_kit::{partner, person, practice, refer};

fn town() -> TestPractice {
    let practice = practice();
    for name in [
        "Pine Hollow Family Medicine",
        "Tamarack Physical Therapy",
        "Brandt Internal Medicine",
        "Bayberry Rheumatology",
        "Saint Orrin Primary Care",
    ] {
        partner(&practice, name);
    }
    let pine = partner_ids(
        &practice,
        &PartnerQuery {
            filter: PartnerFilter { text: "pine".into(), ..PartnerFilter::default() },
            ..PartnerQuery::default()
        },
    )
    .expect("ids")[0];
    for name in ["Keiko Ito, MD", "John Smith, MD", "Thérèse O’Halloran, DO", "Catherine Larrabee"] {
        let works_at = (name == "Keiko Ito, MD").then(|| NewAffiliation::at(pine));
        add_person(&practice, NewPerson { name: name.into(), works_at, ..NewPerson::default() })
            .expect("added");
    }
    add_contact_point(
        &practice,
        Party::Partner(pine),
        &NewContactPoint {
            kind: ContactKind::Phone,
            value: "(207) 555-0133".into(),
            label: String::new(),
            is_primary: true,
        },
    )
    .expect("a number");
    practice
        .write(Label::hand("patient_add", ""), |tx| {
            tx.execute(
                "INSERT INTO patient (id, name, name_key, chart_number, created_at) VALUES (?1, 'Nora Pineda', 'pineda nora', 'H-20417', 0)",
                params![PatientId::new()],
            )?;
            Ok::<_, StoreError>(())
        })
        .expect("a patient");
    practice
}

fn found(practice: &TestPractice, text: &str) -> Vec<String> {
    search(practice, text, SearchScope::Everything, 5)
        .expect("hits")
        .into_iter()
        .map(|hit| hit.title)
        .collect()
}

#[test]
fn search_forgives_sound_slips_accents_and_half_words() {
    let practice = town();
    for (text, first) in [
        ("Jon Smyth", "John Smith, MD"),
        ("kei it", "Keiko Ito, MD"),
        ("ito keiko", "Keiko Ito, MD"),
        ("therese ohalloran", "Thérèse O’Halloran, DO"),
        ("O'HALL", "Thérèse O’Halloran, DO"),
        ("kathrin larabee", "Catherine Larrabee"),
        ("tamarck", "Tamarack Physical Therapy"),
        ("brnadt", "Brandt Internal Medicine"),
        ("pihne hollow", "Pine Hollow Family Medicine"),
        ("bayverry", "Bayberry Rheumatology"),
        ("Dr. Ito", "Keiko Ito, MD"),
        ("st orin", "Saint Orrin Primary Care"),
        ("ito pine hollow", "Keiko Ito, MD"),
        ("555-0133", "Pine Hollow Family Medicine"),
        ("12075550133", "Pine Hollow Family Medicine"),
        ("0133", "Pine Hollow Family Medicine"),
        ("H-20417", "Nora Pineda"),
        ("t", "Tamarack Physical Therapy"),
    ] {
        assert_eq!(found(&practice, text).first().map(String::as_str), Some(first), "{text}");
    }
    for text in ["", "  ", "\"", "xylophone quartz"] {
        assert!(found(&practice, text).is_empty(), "{text}");
    }
}

#[test]
fn words_come_before_beginnings_and_busy_partners_before_quiet_ones() {
    let practice = practice();
    let quiet = partner(&practice, "Pine Street Dental");
    let busy = partner(&practice, "Pine Grove Pediatrics");
    partner(&practice, "Pineview Imaging");
    refer(&practice, busy, "inbound", &["2026-10-01", "2026-10-02"]);
    let _ = quiet;
    assert_eq!(found(&practice, "pine"), ["Pine Grove Pediatrics", "Pine Street Dental", "Pineview Imaging"]);
}

#[test]
fn a_hit_tells_what_it_is_and_what_matched() {
    let practice = town();
    let hits = search(&practice, "kei", SearchScope::Everything, 5).expect("hits");
    assert_eq!((hits[0].kind, hits[0].matches.as_slice()), (HitKind::Person, [(0, 3)].as_slice()));
    assert_eq!(hits[0].detail, "Pine Hollow Family Medicine");
    assert!(hits[0].partner.is_some());
    let pine = &search(&practice, "pine", SearchScope::Everything, 5).expect("hits")[0];
    assert_eq!(
        (pine.kind, pine.status, pine.detail.as_str()),
        (HitKind::Partner, Some(Status::Prospect), "Primary care")
    );
}

#[test]
fn who_refers_is_looked_for_without_patients() {
    let practice = town();
    let kinds = |scope| -> Vec<HitKind> {
        search(&practice, "pine", scope, 9).expect("hits").into_iter().map(|hit| hit.kind).collect()
    };
    assert!(kinds(SearchScope::Everything).contains(&HitKind::Patient));
    assert!(!kinds(SearchScope::Referrers).contains(&HitKind::Patient));
}

#[test]
fn a_partner_that_is_one_person_is_one_hit() {
    let practice = practice();
    let new = NewPartner {
        individual: Some(NewPerson::default()),
        ..NewPartner::named(PartnerClass::Medical, PartnerType::Practitioner, "Priscilla Vane, DO")
    };
    add_partner(&practice, new).expect("added");
    let hits = search(&practice, "vane", SearchScope::Everything, 9).expect("hits");
    assert_eq!(hits.len(), 1);
    assert!(hits[0].individual);
}

fn candidate(name: &str) -> Candidate {
    Candidate { kind: CandidateKind::Person, name: name.into(), ..Candidate::default() }
}

#[test]
fn somebody_typed_in_twice_is_noticed_and_says_why() {
    let practice = practice();
    let pine = partner(&practice, "Pine Hollow Family Medicine");
    add_address(
        &practice,
        Party::Partner(pine),
        &NewAddress { zip: "04102-1234".into(), ..NewAddress::default() },
    )
    .expect("added");
    let new = NewPerson {
        name: "Keiko Ito, MD".into(),
        npi: Some("1234567893".into()),
        specialty: Some("Family medicine".into()),
        contact_points: vec![NewContactPoint {
            kind: ContactKind::Phone,
            value: "207-555-0133".into(),
            label: String::new(),
            is_primary: true,
        }],
        works_at: Some(NewAffiliation::at(pine)),
        ..NewPerson::default()
    };
    let keiko = add_person(&practice, new).expect("added").value;
    let offered = |candidate: Candidate| possible_duplicates(&practice, &candidate).expect("offered");

    let by_npi = offered(Candidate { npi: "1234567893".into(), ..candidate("K") });
    assert_eq!(
        (by_npi[0].record, by_npi[0].certain, by_npi[0].why.as_slice()),
        (Party::Person(keiko), true, [Why::SameNpi].as_slice())
    );
    assert_eq!(by_npi[0].detail, "Pine Hollow Family Medicine");

    let by_phone = offered(Candidate { phone: "+1 (207) 555-0133".into(), ..candidate("Ito, Keiko") });
    assert!(by_phone[0].certain && by_phone[0].why.contains(&Why::SamePhone));

    let by_zip = offered(Candidate { zip: "04102".into(), ..candidate("Keiko Itoh") });
    assert!(
        !by_zip[0].certain
            && by_zip[0].why.contains(&Why::SimilarName)
            && by_zip[0].why.contains(&Why::SameZip)
    );

    assert_eq!(
        offered(candidate("Keiko Ito, MD")).len(),
        1,
        "the same name with nothing that tells them apart"
    );
    assert!(
        offered(Candidate { npi: "1679576722".into(), ..candidate("Keiko Ito, MD") }).is_empty(),
        "another NPI is another person"
    );
    assert!(
        offered(Candidate { zip: "90210".into(), ..candidate("Keiko Ito, MD") }).is_empty(),
        "elsewhere is somebody else"
    );
    assert!(offered(candidate("Kenji Ito")).is_empty());
    assert!(
        offered(Candidate { phone: "207-555-0133".into(), ..candidate("Bob Ferris") }).is_empty(),
        "people share a telephone"
    );
    assert!(
        offered(Candidate { exclude: Some(Party::Person(keiko)), ..candidate("Keiko Ito, MD") }).is_empty(),
        "not with itself"
    );
    assert!(offered(candidate("")).is_empty());
}

#[test]
fn two_records_declared_different_are_not_offered_again() {
    let practice = practice();
    let (one, other) = (person(&practice, "John Smith"), person(&practice, "John Smith"));
    let editing = Candidate { exclude: Some(Party::Person(one)), ..candidate("John Smith") };
    assert_eq!(possible_duplicates(&practice, &editing).expect("offered")[0].record, Party::Person(other));
    mark_different(&practice, Party::Person(other), Party::Person(one)).expect("marked");
    assert!(possible_duplicates(&practice, &editing).expect("offered").is_empty());
    assert!(mark_different(&practice, Party::Person(one), Party::Person(one)).is_err());
}

#[test]
fn a_practice_typed_with_an_abbreviation_is_noticed() {
    let practice = practice();
    let id = add_partner(
        &practice,
        NewPartner {
            specialty: Some("Internal medicine".into()),
            ..NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, "Larkspur Internal Medicine")
        },
    )
    .expect("added")
    .value;
    let typed = Candidate {
        name: "Larkspur Int Med".into(),
        specialty: "internal medicine".into(),
        ..Candidate::default()
    };
    assert_eq!(possible_duplicates(&practice, &typed).expect("offered")[0].record, Party::Partner(id));
}
