//! A patient is sent, taken in, seen and closed.

use std::collections::HashSet;

use baton_core::Practice;
use baton_core::foundation::id::{PartnerId, ReferralId};
use baton_core::history;
use baton_core::network::{
    NewAffiliation, NewPartner, NewPerson, PartnerClass, PartnerType, add_partner, add_person,
};
use baton_core::referrals::process::{self, Reopening};
use baton_core::referrals::{
    self, Closing, Direction, Intake, MilestoneKind, Outcome, PatientLabel, Problem, ReferralChange,
    ReferralError, ReferralQuery, ReferralSort, ReferralSource, ReferralState, RegisterPreset, RegisterRow,
    SourceAnswer, Taken,
};
use baton_core::sample::{SampleSize, create_into};
use baton_core::store::OnConflict;
use baton_core::testing::{TestPractice, day, practice, with_role};
use baton_core::vault::Role;
use proptest::prelude::*;

use crate::world::tell;

const TODAY: &str = "2026-11-20";

fn from(source: ReferralSource, patient: &str) -> Intake {
    Intake {
        direction: Direction::Inbound,
        source,
        receiver: None,
        patient: PatientLabel { name: patient.into(), chart_number: None, patient: None },
        reason: None,
        service_line: None,
        payer: None,
        received_on: None,
        urgency: None,
        note: None,
        confirm_duplicate: false,
    }
}

fn known(partner: PartnerId) -> ReferralSource {
    ReferralSource::Known { partner: Some(partner), person: None }
}

fn clinic(practice: &Practice, name: &str) -> PartnerId {
    add_partner(practice, NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, name))
        .expect("a partner")
        .value
}

fn saved(practice: &Practice, intake: &Intake) -> ReferralId {
    match referrals::intake(practice, intake).expect("taken") {
        Taken::Saved { id, .. } => id,
        Taken::Duplicate { of } => panic!("looks like {of:?}"),
    }
}

fn problem<T: std::fmt::Debug>(answer: Result<T, ReferralError>) -> (&'static str, Problem) {
    match answer {
        Err(ReferralError::Invalid { field, problem }) => (field, problem),
        other => panic!("{other:?}"),
    }
}

fn row(practice: &Practice, id: ReferralId) -> RegisterRow {
    referrals::referral(practice, id).expect("the referral").row
}

#[test]
fn a_known_referrer_a_name_and_enter() {
    let practice = practice(TODAY);
    let pine = clinic(&practice, "Pine Hollow");
    let ito = NewPerson {
        name: "Keiko Ito, MD".into(),
        works_at: Some(NewAffiliation::at(pine)),
        ..NewPerson::default()
    };
    let ito = add_person(&practice, ito).expect("a person").value;
    let id = saved(
        &practice,
        &from(ReferralSource::Known { partner: None, person: Some(ito) }, "  Rosalind   Achterberg "),
    );
    let row = row(&practice, id);
    assert_eq!(
        (row.patient.as_str(), row.received_on, row.state),
        ("Rosalind Achterberg", day(TODAY), ReferralState::Open)
    );
    // Whoever sends counts for where they work.
    assert_eq!((row.from.partner, row.from.person), (Some(pine), Some(ito)));
    assert_eq!(
        (row.from.partner_name.as_deref(), row.from.person_name.as_deref()),
        (Some("Pine Hollow"), Some("Keiko Ito, MD"))
    );
    assert_eq!(referrals::open_of_patient(&practice, "rosalind achterberg", None).expect("open").len(), 1);
}

#[test]
fn a_new_name_is_added_with_the_referral_and_goes_with_its_undo() {
    let practice = practice(TODAY);
    let new = ReferralSource::NewName { text: "Lena Voss, PT".into(), class: None };
    let Taken::Saved { id, entry } = referrals::intake(&practice, &from(new, "T. Odell")).expect("taken")
    else {
        panic!("new")
    };
    let from = row(&practice, id).from;
    assert_eq!(
        (from.class, from.person_name.as_deref()),
        (Some(PartnerClass::Medical), Some("Lena Voss, PT"))
    );
    let undone = practice.store().undo(
        practice.actor(),
        entry.expect("an entry").seq,
        baton_core::store::OnConflict::Ask,
    );
    undone.expect("undone");
    let left: i64 = practice
        .read(|c| {
            Ok::<_, baton_core::store::StoreError>(c.query_row(
                "SELECT (SELECT count(*) FROM referral) + (SELECT count(*) FROM partner) + (SELECT count(*) FROM person) + (SELECT count(*) FROM patient)",
                [],
                |r| r.get(0),
            )?)
        })
        .expect("a count");
    assert_eq!(left, 0);
}

#[test]
fn a_patient_who_refers_becomes_one_partner() {
    let practice = practice(TODAY);
    let first = saved(&practice, &from(ReferralSource::NotAsked, "Kei Itagaki"));
    let kei = referrals::referral(&practice, first).expect("the page").patient_id;
    let friends: Vec<_> = ["A. Whitlock", "M. Feeney"]
        .map(|n| saved(&practice, &from(ReferralSource::Patient { patient: kei }, n)))
        .into();
    let senders: HashSet<_> = friends.iter().map(|id| row(&practice, *id).from.partner).collect();
    assert_eq!(senders.len(), 1);
    assert_eq!(row(&practice, friends[0]).from.class, Some(PartnerClass::Patient));
}

#[test]
fn no_name_is_as_easy_as_a_name() {
    let practice = practice(TODAY);
    for (source, answer) in [
        (ReferralSource::DoesNotKnow, SourceAnswer::DoesNotKnow),
        (ReferralSource::Declined, SourceAnswer::Declined),
        (ReferralSource::NotAsked, SourceAnswer::NotAsked),
    ] {
        let id = saved(&practice, &Intake { confirm_duplicate: true, ..from(source, "G. Salvatore") });
        assert_eq!(row(&practice, id).source_answer, answer);
    }
    assert_eq!(referrals::today(&practice).expect("today").not_asked.total.count, 1);
}

#[test]
fn bad_input_is_refused_beside_its_field_and_nothing_is_written() {
    let practice = practice(TODAY);
    let pine = clinic(&practice, "Pine Hollow");
    let head = practice.store().head().expect("a head");
    let base = || from(known(pine), "B. Renner");
    let tried = |intake: Intake| problem(referrals::intake(&practice, &intake));
    assert_eq!(tried(from(known(pine), " ")), ("patient", Problem::NoPatient));
    assert_eq!(
        tried(Intake { received_on: Some(day("2026-11-21")), ..base() }),
        ("receivedOn", Problem::InFuture(day("2026-11-21")))
    );
    assert_eq!(
        tried(Intake { received_on: Some(day("1999-12-31")), ..base() }),
        ("receivedOn", Problem::TooOld(day("1999-12-31")))
    );
    assert_eq!(tried(Intake { direction: Direction::Outbound, ..base() }), ("receiver", Problem::NoReceiver));
    assert_eq!(
        tried(from(ReferralSource::NewName { text: "–".into(), class: None }, "B")),
        ("source", Problem::NoName)
    );
    assert_eq!(tried(from(known(PartnerId::new()), "B")), ("source", Problem::Gone));
    assert_eq!(tried(Intake { reason: Some("x".repeat(201)), ..base() }), ("reason", Problem::TooLong(200)));
    assert_eq!(practice.store().head().expect("a head"), head);
    let sentence =
        referrals::intake(&practice, &Intake { received_on: Some(day("2027-03-31")), ..base() }).unwrap_err();
    assert_eq!(sentence.to_string(), "03/31/2027 is in the future. Give a day up to today.");
}

#[test]
fn the_same_patient_partner_and_service_within_30_days_is_asked_about() {
    let practice = practice(TODAY);
    let (pine, lowmoor) = (clinic(&practice, "Pine Hollow"), clinic(&practice, "Lowmoor"));
    let on = |received: &str| Intake {
        received_on: Some(day(received)),
        service_line: Some("Spine".into()),
        ..from(known(pine), "T. Odell")
    };
    let first = saved(&practice, &on("2026-09-01"));
    let Taken::Duplicate { of } = referrals::intake(&practice, &on("2026-10-01")).expect("asked") else {
        panic!("30 days")
    };
    assert_eq!(of.iter().map(|r| r.id).collect::<Vec<_>>(), [first]);
    saved(&practice, &on("2026-10-02"));
    saved(&practice, &Intake { service_line: Some("Hand".into()), ..on("2026-09-02") });
    saved(&practice, &Intake { source: known(lowmoor), ..on("2026-09-02") });
    saved(&practice, &Intake { confirm_duplicate: true, ..on("2026-09-02") });
    // Another chart number is another patient of the same name.
    let chart =
        |n: &str| PatientLabel { name: "M. Feeney".into(), chart_number: Some(n.into()), patient: None };
    saved(&practice, &Intake { patient: chart("1"), ..on("2026-09-02") });
    saved(&practice, &Intake { patient: chart("2"), ..on("2026-09-02") });
    let again =
        referrals::intake(&practice, &Intake { patient: chart("2"), ..on("2026-09-03") }).expect("asked");
    assert!(matches!(again, Taken::Duplicate { .. }));
}

#[test]
fn key_dates_follow_each_other() {
    let practice = practice(TODAY);
    let pine = clinic(&practice, "Pine Hollow");
    let id =
        saved(&practice, &Intake { received_on: Some(day("2026-10-10")), ..from(known(pine), "T. Odell") });
    let set = |change| referrals::edit(&practice, id, &[change], None);
    let before = |d: &str, o: &str, what| Problem::Before { day: day(d), other: day(o), what };
    assert_eq!(
        problem(set(ReferralChange::ScheduledOn(Some(day("2026-10-09"))))),
        ("scheduledOn", before("2026-10-09", "2026-10-10", "was received"))
    );
    set(ReferralChange::ScheduledOn(Some(day("2026-10-20")))).expect("agreed");
    assert_eq!(row(&practice, id).state, ReferralState::Scheduled);
    assert_eq!(
        problem(set(ReferralChange::SeenOn(Some(day("2026-10-19"))))),
        ("seenOn", before("2026-10-19", "2026-10-20", "is scheduled"))
    );
    assert_eq!(
        problem(set(ReferralChange::SeenOn(Some(day("2026-11-21"))))),
        ("seenOn", Problem::InFuture(day("2026-11-21")))
    );
    set(ReferralChange::SeenOn(Some(day("2026-10-20")))).expect("seen");
    assert_eq!(row(&practice, id).state, ReferralState::Seen);
    let closing = |d: &str, outcome| ReferralChange::Closed(Some(Closing { on: day(d), outcome }));
    assert_eq!(problem(set(closing("2026-10-12", Outcome::Seen))).0, "closed");
    assert_eq!(problem(set(closing("2026-10-22", Outcome::Scheduled))), ("outcome", Problem::NoOutcome));
    set(closing("2026-10-22", Outcome::Seen)).expect("closed");
    assert!(matches!(problem(set(ReferralChange::ReceivedOn(day("2026-10-21")))).1, Problem::After { .. }));
    assert_eq!(problem(set(ReferralChange::Closed(None))).0, "closed", "only with a reason");
    let again =
        Reopening { reason: "Not done yet".into(), on: None, holder: None, next_step: None, due_on: None };
    process::reopen(&practice, id, &again).expect("reopened");
    let page = referrals::referral(&practice, id).expect("the page");
    assert_eq!((page.row.closed_on, page.row.state), (None, ReferralState::Seen));
    let kinds: Vec<_> = page.timeline.iter().map(|m| (m.kind, m.days)).collect();
    assert_eq!(
        kinds,
        [(MilestoneKind::Received, 0), (MilestoneKind::Scheduled, 10), (MilestoneKind::Seen, 10)]
    );
    // Nobody came: it may be closed before the agreed day.
    let other = saved(
        &practice,
        &Intake { received_on: Some(day("2026-11-01")), ..from(known(pine), "G. Salvatore") },
    );
    let both =
        [ReferralChange::ScheduledOn(Some(day("2026-12-01"))), closing("2026-11-10", Outcome::Declined)];
    referrals::edit(&practice, other, &both, None).expect("declined before the visit");
}

#[test]
fn who_was_changed_meanwhile_is_not_overwritten() {
    let practice = practice(TODAY);
    let id = saved(&practice, &from(ReferralSource::NotAsked, "T. Odell"));
    let seen = referrals::referral(&practice, id).expect("the page").changed_at;
    let reason = [ReferralChange::Reason(Some("Knee".into()))];
    let late = referrals::edit(&practice, id, &reason, Some(seen - 1));
    assert!(matches!(late, Err(ReferralError::ChangedMeanwhile(_))), "{late:?}");
    referrals::edit(&practice, id, &reason, Some(seen)).expect("edited");
    assert_eq!(referrals::used_words(&practice).expect("words").reasons, ["Knee"]);
    let same = referrals::edit(&practice, id, &reason, None).expect("nothing to do");
    assert_eq!(same.entry, None, "what changes nothing leaves no entry");
}

#[test]
fn the_trash_keeps_a_referral_out_of_every_list_until_it_is_restored() {
    let practice = practice(TODAY);
    let pine = clinic(&practice, "Pine Hollow");
    let id = saved(&practice, &from(known(pine), "T. Odell"));
    let listed = || referrals::referrals(&practice, &ReferralQuery::default()).expect("a page").rows.len();
    referrals::trash(&practice, id, Some("entered twice")).expect("trashed");
    assert_eq!(listed(), 0);
    assert!(matches!(referrals::trash(&practice, id, None), Err(ReferralError::Missing)));
    assert!(matches!(referrals::edit(&practice, id, &[], None), Err(ReferralError::Missing)));
    assert!(referrals::referral(&practice, id).expect("still readable").trashed_at.is_some());
    referrals::restore(&practice, id).expect("restored");
    assert_eq!(listed(), 1);
}

fn sample() -> TestPractice {
    let practice = practice(TODAY);
    create_into(&practice, SampleSize::Small, day(TODAY)).expect("a sample");
    practice
}

/// Every row of a query, page by page.
fn all(practice: &Practice, query: &ReferralQuery) -> Vec<RegisterRow> {
    let mut query = query.clone();
    let mut rows = Vec::new();
    loop {
        let page = referrals::referrals(practice, &query).unwrap_or_else(|e| panic!("{query:?}: {e:?}"));
        rows.extend(page.rows);
        match page.next {
            Some(next) => query.cursor = Some(next),
            None => return rows,
        }
    }
}

#[test]
fn the_register_finds_what_it_is_asked_for() {
    let practice = sample();
    let everything = all(&practice, &ReferralQuery { limit: 500, ..ReferralQuery::default() });
    assert_eq!(everything.len(), 5_000);
    assert!(everything.windows(2).all(|w| (w[0].received_on, w[0].id) > (w[1].received_on, w[1].id)));
    let check = |query: ReferralQuery, fits: &dyn Fn(&RegisterRow) -> bool, what: &str| {
        let found: HashSet<_> = all(&practice, &query).iter().map(|r| r.id).collect();
        let wanted: HashSet<_> = everything.iter().filter(|r| fits(r)).map(|r| r.id).collect();
        assert!(found == wanted, "{what}: {} found, {} wanted", found.len(), wanted.len());
        assert!(!wanted.is_empty(), "{what} has no case");
        let total =
            referrals::referrals(&practice, &ReferralQuery { limit: 1, ..query }).expect("a page").total;
        assert_eq!((total.count as usize, total.exact), (wanted.len(), true), "{what}");
    };
    let q = ReferralQuery::default;
    let partner = everything.iter().find_map(|r| r.from.partner).expect("a sender");
    let person = everything.iter().find_map(|r| r.from.person).expect("a person");
    check(
        ReferralQuery { direction: Some(Direction::Outbound), ..q() },
        &|r| r.direction == Direction::Outbound,
        "outbound",
    );
    check(
        ReferralQuery { partner: Some(partner), ..q() },
        &|r| r.from.partner == Some(partner) || r.to.partner == Some(partner),
        "a partner",
    );
    check(
        ReferralQuery { person: Some(person), ..q() },
        &|r| r.from.person == Some(person) || r.to.person == Some(person),
        "a person",
    );
    for state in ReferralState::ALL.iter().filter(|s| **s != ReferralState::Unknown) {
        check(ReferralQuery { states: vec![*state], ..q() }, &|r| r.state == *state, state.code());
    }
    check(
        ReferralQuery {
            states: vec![ReferralState::Open, ReferralState::Lost],
            partner: Some(partner),
            ..q()
        },
        &|r| {
            matches!(r.state, ReferralState::Open | ReferralState::Lost)
                && (r.from.partner == Some(partner) || r.to.partner == Some(partner))
        },
        "states of a partner",
    );
    check(
        ReferralQuery { classes: vec![PartnerClass::Business], ..q() },
        &|r| r.from.class == Some(PartnerClass::Business),
        "businesses",
    );
    check(
        ReferralQuery { service_line: Some("Spine".into()), ..q() },
        &|r| r.service_line.as_deref() == Some("Spine"),
        "a service",
    );
    check(
        ReferralQuery { service_line: Some("Spine".into()), states: vec![ReferralState::Seen], ..q() },
        &|r| r.service_line.as_deref() == Some("Spine") && r.state == ReferralState::Seen,
        "a service seen",
    );
    check(
        ReferralQuery { period: Some(RegisterPreset::LastMonth), ..q() },
        &|r| (day("2026-10-01")..=day("2026-10-31")).contains(&r.received_on),
        "last month",
    );
    check(
        ReferralQuery { text: Some("knee".into()), ..q() },
        &|r| r.reason.as_deref().is_some_and(|t| t.starts_with("Knee")),
        "a reason",
    );
    let named = everything.iter().find(|r| r.chart_number.is_some()).expect("a chart number");
    let chart = named.chart_number.clone();
    check(ReferralQuery { text: chart.clone(), ..q() }, &|r| r.chart_number == chart, "a chart number");
    let family = named.patient.split(' ').next_back().expect("a name").to_owned();
    let hits = all(&practice, &ReferralQuery { text: Some(family.clone()), ..q() });
    assert!(
        hits.iter().any(|r| r.id == named.id)
            && hits
                .iter()
                .all(|r| r.patient.to_lowercase().contains(&family.to_lowercase()) || r.reason.is_some())
    );
}

/// A third of the sample belongs to a group of diagnoses, every fiftieth comes from abroad.
const GROUPED: &str = "
    CREATE TEMP TABLE nth AS SELECT id, row_number() OVER (ORDER BY id) AS n FROM referral;
    UPDATE referral SET diagnosis_group = CASE (SELECT n FROM nth WHERE nth.id = referral.id) % 6 WHEN 0 THEN 'M17' ELSE 'Knee' END
        WHERE (SELECT n FROM nth WHERE nth.id = referral.id) % 3 = 0;
    INSERT INTO referral_answer (id, referral_id, topic, item, value, changed_at, changed_by)
    SELECT randomblob(16), id, 'origin', 'country', CASE n % 150 WHEN 0 THEN 'DE' ELSE 'MX' END, 0, x'00000000000000000000000000000000'
        FROM nth WHERE n % 50 = 0;";

#[test]
fn a_group_of_diagnoses_and_a_country_choose_in_every_order_of_the_list() {
    let practice = sample();
    tell(&practice, |tx| Ok(tx.execute_batch(GROUPED)?));
    let everything = all(&practice, &ReferralQuery::default());
    let q = ReferralQuery::default;
    let queries = [
        ReferralQuery { diagnosis_group: Some("Knee".into()), ..q() },
        ReferralQuery { country: Some("DE".into()), ..q() },
        ReferralQuery { service_line: Some("Spine".into()), ..q() },
        ReferralQuery { diagnosis_group: Some("M17".into()), country: Some("DE".into()), ..q() },
        ReferralQuery { diagnosis_group: Some("Knee".into()), states: vec![ReferralState::Seen], ..q() },
        ReferralQuery { country: Some("MX".into()), states: vec![ReferralState::Seen], ..q() },
        ReferralQuery {
            diagnosis_group: Some("Knee".into()),
            service_line: Some("Spine".into()),
            direction: Some(Direction::Inbound),
            ..q()
        },
    ];
    for query in queries {
        let fits = |row: &RegisterRow| {
            let same = |asked: &Option<String>, has: &Option<String>| asked.is_none() || asked == has;
            same(&query.diagnosis_group, &row.diagnosis_group)
                && same(&query.country, &row.country)
                && same(&query.service_line, &row.service_line)
                && (query.states.is_empty() || query.states.contains(&row.state))
                && query.direction.is_none_or(|direction| direction == row.direction)
        };
        let wanted: HashSet<_> = everything.iter().filter(|row| fits(row)).map(|row| row.id).collect();
        assert!(!wanted.is_empty() && wanted.len() < everything.len(), "{query:?} has cases");
        for sort in
            [ReferralSort::Received, ReferralSort::Patient, ReferralSort::Partner, ReferralSort::Outcome]
        {
            let query = ReferralQuery { sort, ..query.clone() };
            let found: HashSet<_> = all(&practice, &query).iter().map(|row| row.id).collect();
            assert!(found == wanted, "{query:?}: {} found, {} wanted", found.len(), wanted.len());
            let first =
                referrals::referrals(&practice, &ReferralQuery { limit: 1, ..query }).expect("a page");
            assert_eq!(first.total.count as usize, wanted.len());
        }
    }
    let words = referrals::used_words(&practice).expect("words");
    assert_eq!(words.countries, ["MX", "DE"], "most first");
    assert!(words.diagnosis_groups.iter().any(|group| group == "M17"));
}

#[test]
fn a_group_of_diagnoses_is_put_down_taken_back_and_hidden_with_the_reason() {
    let practice = practice(TODAY);
    let id = saved(&practice, &from(ReferralSource::NotAsked, "A. Keel"));
    let group = |text: &str| [ReferralChange::DiagnosisGroup(Some(text.into()))];
    let too_long = referrals::edit(&practice, id, &group(&"x".repeat(101)), None);
    assert_eq!(problem(too_long).0, "diagnosisGroup");
    let entry =
        referrals::edit(&practice, id, &group("  Knee "), None).expect("put down").entry.expect("told");
    assert_eq!(row(&practice, id).diagnosis_group.as_deref(), Some("Knee"));
    let visitor = with_role(&practice, Role::ReadOnly);
    assert!(visitor.hidden().reason, "whoever only looks sees no reasons");
    let asked = ReferralQuery { diagnosis_group: Some("M17".into()), ..ReferralQuery::default() };
    let seen = referrals::referrals(&visitor, &asked).expect("a list").rows;
    assert_eq!(seen.iter().map(|row| row.diagnosis_group.as_deref()).collect::<Vec<_>>(), [None]);
    assert!(referrals::used_words(&visitor).expect("words").diagnosis_groups.is_empty());
    history::undo(&practice, entry.seq, OnConflict::Ask).expect("taken back");
    assert_eq!(row(&practice, id).diagnosis_group, None);
}

#[test]
fn today_shows_what_waits() {
    let practice = sample();
    let today = referrals::today(&practice).expect("today");
    assert_eq!(today.date, day(TODAY));
    assert!(today.visits_to_confirm.total.count > 0);
    assert!(
        today
            .visits_to_confirm
            .rows
            .iter()
            .all(|r| r.state == ReferralState::Scheduled && r.scheduled_on < Some(day(TODAY)))
    );
    assert!(today.open_long.rows.iter().all(|r| r.received_on < day("2026-09-21")));
    assert!(
        today
            .not_asked
            .rows
            .iter()
            .all(|r| r.source_answer == SourceAnswer::NotAsked && r.direction == Direction::Inbound)
    );
    assert!(!today.gone_quiet.is_empty(), "somebody always goes quiet");
    assert!(today.gone_quiet.iter().all(|p| p.quiet_days > p.window_days));
}

#[test]
fn a_cursor_of_another_order_is_refused() {
    let practice = sample();
    let page = referrals::referrals(&practice, &ReferralQuery::default()).expect("a page");
    let wrong = ReferralQuery { cursor: page.next, sort: ReferralSort::Patient, ..ReferralQuery::default() };
    assert_eq!(problem(referrals::referrals(&practice, &wrong)), ("cursor", Problem::Cursor));
    let garbage = ReferralQuery { cursor: Some("x".into()), ..ReferralQuery::default() };
    assert_eq!(problem(referrals::referrals(&practice, &garbage)), ("cursor", Problem::Cursor));
}

#[test]
fn paging_never_skips_or_repeats() {
    let practice = sample();
    let partner =
        all(&practice, &ReferralQuery::default()).iter().find_map(|r| r.from.partner).expect("a sender");
    let query = (
        prop_oneof![
            Just(ReferralSort::Received),
            Just(ReferralSort::Patient),
            Just(ReferralSort::Partner),
            Just(ReferralSort::Outcome)
        ],
        any::<bool>(),
        prop_oneof![Just(None), Just(Some(partner))],
        proptest::sample::subsequence(
            vec![ReferralState::Open, ReferralState::Scheduled, ReferralState::Lost],
            0..=3,
        ),
        prop_oneof![Just(None), Just(Some(RegisterPreset::ThisQuarter))],
        7_u32..160,
    );
    let mut runner =
        proptest::test_runner::TestRunner::new(ProptestConfig { cases: 24, ..ProptestConfig::default() });
    runner
        .run(&query, |(sort, reversed, partner, states, period, limit)| {
            // Without any filter there would be five thousand rows in pages of seven.
            let period = if partner.is_none() && states.is_empty() {
                Some(RegisterPreset::ThisQuarter)
            } else {
                period
            };
            let query =
                ReferralQuery { sort, reversed, partner, states, period, limit, ..ReferralQuery::default() };
            let paged: Vec<_> = all(&practice, &query).iter().map(|r| r.id).collect();
            let plain =
                ReferralQuery { sort: ReferralSort::Received, reversed: false, limit: 500, ..query.clone() };
            let wanted: HashSet<_> = all(&practice, &plain).iter().map(|r| r.id).collect();
            prop_assert_eq!(paged.len(), wanted.len(), "{:?}", &query);
            prop_assert_eq!(paged.into_iter().collect::<HashSet<_>>(), wanted);
            Ok(())
        })
        .expect("every page follows the one before");
}

#[test]
fn lists_by_name_are_in_the_order_of_names() {
    let practice = sample();
    let query =
        ReferralQuery { period: Some(RegisterPreset::ThisYear), limit: 300, ..ReferralQuery::default() };
    let by_partner = all(&practice, &ReferralQuery { sort: ReferralSort::Partner, ..query.clone() });
    let folded = |r: &RegisterRow| {
        r.from.partner_name.as_deref().map(|n| baton_core::foundation::text::words(n).join(" "))
    };
    let names: Vec<_> = by_partner.iter().map(folded).collect();
    let first_nameless = names.iter().position(Option::is_none).unwrap_or(names.len());
    assert!(names[..first_nameless].is_sorted() && first_nameless > 100);
    assert!(names[first_nameless..].iter().all(Option::is_none));
    let by_outcome = all(&practice, &ReferralQuery { sort: ReferralSort::Outcome, ..query });
    assert!(by_outcome.iter().map(|r| r.state).is_sorted());
}
