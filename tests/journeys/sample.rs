//! The sample practice is believable, and the same every time.

use baton_core::foundation::npi::Npi;
use baton_core::sample::{SampleSize, create_into};
use baton_core::store::StoreError;
use baton_core::testing::{TestPractice, day, practice};

const TODAY: &str = "2026-11-20";

fn sample(size: SampleSize) -> TestPractice {
    let practice = practice(TODAY);
    create_into(&practice, size, day(TODAY)).expect("a sample");
    practice
}

fn number(practice: &TestPractice, sql: &'static str) -> i64 {
    practice.read(|c| Ok::<i64, StoreError>(c.query_row(sql, [], |r| r.get(0))?)).expect("a number")
}

fn texts(practice: &TestPractice, sql: &'static str) -> Vec<String> {
    practice
        .read(|c| {
            let mut statement = c.prepare(sql)?;
            let rows = statement.query_map([], |r| r.get(0))?;
            Ok::<_, StoreError>(rows.collect::<Result<Vec<String>, _>>()?)
        })
        .expect("texts")
}

#[test]
fn the_same_size_and_day_make_the_same_practice() {
    let content = |practice: &TestPractice| {
        texts(
            practice,
            "SELECT hex(r.id) || r.received_on || p.name || ifnull(f.name, '') || ifnull(r.outcome, '') FROM referral r
             JOIN patient p ON p.id = r.patient_id LEFT JOIN partner f ON f.id = r.from_partner_id ORDER BY r.id",
        )
    };
    let (one, other) = (content(&sample(SampleSize::Small)), content(&sample(SampleSize::Small)));
    assert_eq!(one.len(), 5_000);
    assert!(one == other, "two samples of one day differ");
}

#[test]
fn to_look_around_there_are_247_partners_and_two_years() {
    let practice = sample(SampleSize::Tour);
    assert_eq!(number(&practice, "SELECT count(*) FROM partner"), 247);
    assert_eq!(number(&practice, "SELECT count(*) FROM referral"), 4_800);
    assert_eq!(
        number(
            &practice,
            "SELECT count(*) FROM referral WHERE received_on < '2024-11-20' OR received_on > '2026-11-20'"
        ),
        0
    );
    assert_eq!(number(&practice, "SELECT count(DISTINCT class) FROM partner"), 4);
    // One of the design's stories: usually every few weeks, and silent for two months.
    assert_eq!(
        texts(
            &practice,
            "SELECT p.name FROM partner p WHERE p.name = 'Pine Hollow Family Medicine'
             AND (SELECT max(received_on) FROM referral WHERE from_partner_id = p.id) <= '2026-09-20'
             AND (SELECT count(*) FROM referral WHERE from_partner_id = p.id AND received_on > '2025-09-20') > 10"
        ),
        ["Pine Hollow Family Medicine"]
    );
    // Two people of one name who are not the same.
    assert!(number(&practice, "SELECT count(*) FROM person WHERE name LIKE 'Samuel Brandt,%'") >= 2);
}

#[test]
fn dates_follow_each_other_and_nothing_lies_ahead_that_has_happened() {
    let practice = sample(SampleSize::Small);
    assert_eq!(
        number(
            &practice,
            "SELECT count(*) FROM referral WHERE received_on > '2026-11-20' OR seen_on > '2026-11-20' OR closed_on > '2026-11-20'
             OR scheduled_on < received_on OR seen_on < scheduled_on OR closed_on < seen_on OR (outcome = 'seen') <> (seen_on IS NOT NULL)"
        ),
        0
    );
    let of = |outcome: &str| {
        practice
            .read(|c| {
                Ok::<i64, StoreError>(c.query_row(
                    "SELECT count(*) FROM referral WHERE outcome IS ?1 AND received_on < '2026-08-20'",
                    [outcome],
                    |r| r.get(0),
                )?)
            })
            .expect("a count")
    };
    let all = number(&practice, "SELECT count(*) FROM referral WHERE received_on < '2026-08-20'");
    assert!(of("seen") * 100 / all > 70 && of("seen") * 100 / all < 88, "{} of {all} seen", of("seen"));
    assert!(of("no_show") > 0 && of("lost") > 0 && of("declined") > 0);
}

#[test]
fn every_npi_passes_its_check_and_no_address_can_be_written_to() {
    let practice = sample(SampleSize::Small);
    let npis = texts(
        &practice,
        "SELECT npi FROM person WHERE npi IS NOT NULL UNION ALL SELECT npi FROM partner WHERE npi IS NOT NULL",
    );
    assert!(npis.len() > 100);
    assert!(npis.iter().all(|npi| Npi::parse(npi).is_ok()));
    let mut unique = npis.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), npis.len(), "an NPI belongs to one");
    assert_eq!(
        number(
            &practice,
            "SELECT count(*) FROM contact_point WHERE kind = 'email' AND value NOT LIKE '%.example'"
        ),
        0
    );
    assert_eq!(
        number(
            &practice,
            "SELECT count(*) FROM contact_point WHERE kind <> 'email' AND value NOT LIKE '(___) 555-%'"
        ),
        0
    );
}

#[test]
fn a_practice_with_partners_is_left_alone() {
    let practice = sample(SampleSize::Small);
    assert!(create_into(&practice, SampleSize::Tour, day(TODAY)).is_err());
    assert_eq!(number(&practice, "SELECT count(*) FROM partner"), 200);
}

/// `cargo test --release … -- --ignored large_sample --nocapture` tells how long it takes.
#[test]
#[ignore = "takes a minute in release, ten otherwise"]
fn a_large_sample_is_made() {
    let begun = std::time::Instant::now();
    let practice = sample(SampleSize::Large);
    println!("large sample: {:.1} s", begun.elapsed().as_secs_f64());
    assert_eq!(number(&practice, "SELECT count(*) FROM referral"), 1_000_000);
    assert_eq!(number(&practice, "SELECT count(*) FROM partner"), 20_000);
}
