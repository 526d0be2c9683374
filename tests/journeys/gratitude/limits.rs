//! R1–R4: what the limits of a year allow, to the cent and to the minute.

use std::sync::Barrier;
use std::thread;

use baton_core::gratitude::{
    self, Check, CorrectionKind, GiftRules, GratitudeError, Known, NewReward, Occasion, RecipientKind,
    RewardCorrection, RewardKind, Split, Verdict, Whom, YearLimits,
};
use baton_core::network::Party;
use baton_core::testing::{day, practice, practice_at};
use proptest::prelude::*;

use super::kit::{NPI, check, give, item, meter, physician, share, verdict};
use crate::world::{self, tell};

fn found(practice: &baton_core::Practice, new: &NewReward) -> Vec<Check> {
    check(practice, new)
        .shares
        .iter()
        .flat_map(|share| share.findings.iter().map(|rule| rule.check))
        .collect()
}

#[test]
fn r1_exactly_535_00_is_allowed_and_a_cent_more_is_blocked() {
    let practice = practice("2026-11-25");
    let ito = physician(&practice, "Keiko Ito", Some(NPI[0]));
    assert_eq!(verdict(&practice, &item(ito, 53_500, "2026-11-25")), Verdict::Allowed);
    let over = item(ito, 53_501, "2026-11-25");
    assert_eq!(found(&practice, &over), [Check::PhysicianLimit]);
    assert!(matches!(give(&practice, &over), Err(GratitudeError::Blocked(_))));
    give(&practice, &item(ito, 53_499, "2026-03-01")).expect("within");
    give(&practice, &item(ito, 1, "2026-11-25")).expect("exactly the limit");
    assert_eq!(verdict(&practice, &item(ito, 1, "2026-11-25")), Verdict::Blocked);
    assert_eq!(meter(&practice, "Keiko Ito", 2026).meter.total_cents(), 53_500);
}

#[test]
fn r1_nothing_and_less_than_nothing_are_no_gift() {
    let practice = practice("2026-11-25");
    let ito = physician(&practice, "Keiko Ito", Some(NPI[0]));
    for cents in [0, -1, -53_500, i64::MIN] {
        let refused = give(&practice, &item(ito, cents, "2026-11-25"));
        assert!(
            matches!(refused, Err(GratitudeError::Invalid { field: "totalCents", .. })),
            "{cents}: {refused:?}"
        );
    }
    let thanks = NewReward { kind: RewardKind::Recognition, total_cents: 0, ..item(ito, 0, "2026-11-25") };
    assert_eq!(verdict(&practice, &thanks), Verdict::Allowed, "thanks without a value need nobody");
}

#[test]
fn r1_a_counter_entry_gives_back_what_it_takes_out_and_once_alone() {
    let practice = practice("2026-11-25");
    let ito = physician(&practice, "Keiko Ito", Some(NPI[0]));
    let first = give(&practice, &item(ito, 40_000, "2026-02-01")).expect("given");
    assert_eq!(verdict(&practice, &item(ito, 20_000, "2026-11-25")), Verdict::Blocked);
    let wrong = RewardCorrection { kind: CorrectionKind::Wrong, reason: "It was 40.00".into() };
    gratitude::correct_reward(&practice, first, &wrong).expect("corrected");
    assert_eq!(verdict(&practice, &item(ito, 20_000, "2026-11-25")), Verdict::Allowed);
    let twice = gratitude::correct_reward(&practice, first, &wrong);
    assert!(matches!(twice, Err(GratitudeError::AlreadyCorrected)), "{twice:?}");
    let rows = gratitude::ledger_year(&practice, 2026).expect("a ledger");
    assert_eq!(rows.iter().map(|row| row.total_cents).sum::<i64>(), 0, "both stay on record");
}

#[test]
fn r1_a_year_without_a_limit_blocks_and_takes_none_from_the_year_before() {
    let practice = practice("2027-01-04");
    let ito = physician(&practice, "Keiko Ito", Some(NPI[0]));
    assert_eq!(found(&practice, &item(ito, 100, "2027-01-04")), [Check::LimitNotSet]);
    let limits = YearLimits {
        year: 2027,
        physician_cents: 55_000,
        patient_item_cents: 1_500,
        patient_year_cents: 7_500,
        source: "CMS, CPI-U Updates".into(),
        verified_on: Some(day("2027-01-04")),
    };
    gratitude::set_limits(&practice, &limits).expect("set");
    assert_eq!(verdict(&practice, &item(ito, 55_000, "2027-01-04")), Verdict::Allowed);
    gratitude::reset_limits(&practice, 2027).expect("taken back");
    assert_eq!(verdict(&practice, &item(ito, 100, "2027-01-04")), Verdict::Blocked);
}

#[test]
fn r1_a_physician_without_an_npi_is_not_approvable() {
    let practice = practice("2026-11-25");
    let nobody = physician(&practice, "Owen Tully", None);
    assert_eq!(found(&practice, &item(nobody, 100, "2026-11-25")), [Check::NpiMissing]);
}

/// Half past eleven at night on 31 December in New York: there the year still runs, in London it is over.
#[test]
fn r1_the_last_half_hour_of_the_year_belongs_to_the_practices_year() {
    let half_past_eleven = day("2027-01-01").and_hms_opt(4, 30, 0).unwrap().and_utc().timestamp_millis();
    let practice = practice_at(half_past_eleven);
    assert_eq!(practice.today(), day("2026-12-31"));
    let ito = physician(&practice, "Keiko Ito", Some(NPI[0]));
    let now = |practice: &baton_core::Practice| NewReward {
        on: practice.today(),
        ..item(ito, 53_500, "2026-01-01")
    };
    give(&practice, &now(&practice)).expect("in 2026");
    assert_eq!(meter(&practice, "Keiko Ito", 2026).meter.given_cents, 53_500);
    practice.store().set_zone("Europe/London".parse().unwrap());
    assert_eq!(practice.today(), day("2027-01-01"));
    assert_eq!(found(&practice, &now(&practice)), [Check::LimitNotSet], "the same minute is another year");
}

#[test]
fn r2_cash_and_pay_for_a_referral_are_blocked_with_their_reason() {
    let practice = practice("2026-11-25");
    let ito = physician(&practice, "Keiko Ito", Some(NPI[0]));
    let card = NewReward { cash: Known::Yes, what: "Gift card".into(), ..item(ito, 100, "2026-11-25") };
    assert_eq!(found(&practice, &card), [Check::CashEquivalent]);
    let unknown = NewReward { cash: Known::Unknown, ..card };
    assert_eq!(found(&practice, &unknown), [Check::CashEquivalent], "unknown is the worst case");
    let paid = NewReward { occasion: Occasion::PerReferral, ..item(ito, 100, "2026-11-25") };
    assert_eq!(found(&practice, &paid), [Check::PerReferral]);
    let thanks = NewReward { kind: RewardKind::Recognition, total_cents: 0, ..paid };
    assert_eq!(verdict(&practice, &thanks), Verdict::Blocked, "not even a word is paid for a referral");
}

#[test]
fn r3_two_records_of_one_person_count_together_and_part_again() {
    let practice = practice("2026-11-25");
    let (one, other) =
        (physician(&practice, "Keiko Ito", Some(NPI[0])), physician(&practice, "K. Ito", None));
    give(&practice, &item(one, 40_000, "2026-02-01")).expect("given");
    let npi_of_other = found(&practice, &item(other, 20_000, "2026-11-25"));
    assert_eq!(npi_of_other, [Check::NpiMissing]);
    let together = gratitude::count_together(&practice, other, one).expect("together");
    assert_eq!(found(&practice, &item(other, 20_000, "2026-11-25")), [Check::PhysicianLimit]);
    assert_eq!(verdict(&practice, &item(other, 13_500, "2026-11-25")), Verdict::Allowed);
    let entry = together.entry.expect("an entry").seq;
    baton_core::history::undo(&practice, entry, baton_core::store::OnConflict::Ask).expect("parted");
    assert_eq!(found(&practice, &item(other, 20_000, "2026-11-25")), [Check::NpiMissing]);
}

#[test]
fn r3_one_npi_on_two_records_is_one_meter() {
    let practice = practice("2026-11-25");
    let one = physician(&practice, "Keiko Ito", Some(NPI[0]));
    let other = physician(&practice, "Keiko Ito-Brandt", Some(NPI[0]));
    give(&practice, &item(one, 40_000, "2026-02-01")).expect("given");
    assert_eq!(verdict(&practice, &item(other, 13_501, "2026-11-25")), Verdict::Blocked);
    assert_eq!(gratitude::meters(&practice, 2026).expect("meters").len(), 1);
}

#[test]
fn r3_merged_ledgers_that_run_over_together_are_shown_as_an_overrun() {
    let practice = practice("2026-11-25");
    let (one, other) =
        (physician(&practice, "Keiko Ito", Some(NPI[0])), physician(&practice, "K. Ito", Some(NPI[1])));
    give(&practice, &item(one, 40_000, "2026-02-01")).expect("given");
    give(&practice, &item(other, 20_000, "2026-03-01")).expect("given");
    assert!(gratitude::overruns(&practice).expect("none").is_empty());
    gratitude::count_together(&practice, other, one).expect("together");
    let over = gratitude::overruns(&practice).expect("one");
    assert_eq!(
        over.iter().map(|one| (one.excess_cents, one.received_on)).collect::<Vec<_>>(),
        [(6_500, day("2026-03-01"))]
    );
}

#[test]
fn r3_a_person_in_the_trash_keeps_the_ledger_and_is_not_purged() {
    let practice = practice("2026-11-25");
    let ito = physician(&practice, "Keiko Ito", Some(NPI[0]));
    give(&practice, &item(ito, 40_000, "2026-02-01")).expect("given");
    baton_core::network::trash_person(&practice, ito, Some("retired")).expect("trashed");
    assert_eq!(meter(&practice, "Keiko Ito", 2026).meter.given_cents, 40_000);
    let preview = baton_core::retention::purge_preview(&practice).expect("a preview");
    assert!(preview.ready.is_empty(), "{preview:?}");
}

#[test]
fn r4_of_two_entries_at_once_that_fit_alone_one_is_written() {
    let practice = practice("2026-11-25");
    let ito = physician(&practice, "Keiko Ito", Some(NPI[0]));
    let new = item(ito, 30_000, "2026-11-25");
    let both_checked = Barrier::new(2);
    let done: Vec<_> = thread::scope(|scope| {
        let write = || {
            let shown = verdict(&practice, &new);
            both_checked.wait();
            gratitude::record_reward(&practice, &new, shown, None)
        };
        let both = [scope.spawn(write), scope.spawn(write)];
        both.map(|one| one.join().unwrap()).into_iter().collect()
    });
    assert_eq!(done.iter().filter(|one| one.is_ok()).count(), 1, "{done:?}");
    assert!(done.iter().any(|one| matches!(one, Err(GratitudeError::Stricter(_)))), "{done:?}");
    assert_eq!(meter(&practice, "Keiko Ito", 2026).meter.given_cents, 30_000);
}

#[test]
fn a_lunch_is_split_by_who_was_there_and_a_guest_counts_to_the_physician() {
    let practice = practice("2026-11-25");
    let (sorby, tully) =
        (physician(&practice, "Hanna Sorby", Some(NPI[0])), physician(&practice, "Owen Tully", Some(NPI[1])));
    let ours = Whom::Ours(practice.actor().id);
    let mut guest = share(Whom::Guest("A guest of Dr. Tully".into()), Some(RecipientKind::PhysicianStaff));
    guest.counts_to = Some(tully);
    guest.federal = Known::No;
    let mut absent = share(Whom::Person(sorby), Some(RecipientKind::Physician));
    absent.present = false;
    let lunch = NewReward {
        kind: RewardKind::Meal,
        total_cents: 10_000,
        split: Split::Shared,
        shares: vec![
            absent,
            share(Whom::Person(tully), Some(RecipientKind::Physician)),
            guest.clone(),
            share(ours, None),
        ],
        ..item(tully, 0, "2026-11-25")
    };
    let shown = check(&practice, &lunch);
    assert_eq!(shown.each_cents, Some(3_334));
    let cents: Vec<i64> = shown.shares.iter().map(|share| share.cents).collect();
    assert_eq!(cents, [0, 3_334, 3_334, 3_334], "who stayed away has none");
    let meters: Vec<(&str, i64)> =
        shown.meters.iter().map(|one| (one.name.as_str(), one.meter.this_cents)).collect();
    assert_eq!(meters, [("Owen Tully", 6_668)], "the guest's part is the physician's");
    // Nobody looked the guest up in the list of the excluded.
    assert_eq!(shown.verdict, Verdict::NeedsApproval);
    let big = NewReward { total_cents: 53_500 * 2 + 300, ..lunch.clone() };
    assert_eq!(verdict(&practice, &big), Verdict::Blocked, "both parts together run over");
    let nobodys = NewReward {
        shares: vec![share(Whom::Guest("Somebody".into()), Some(RecipientKind::PhysicianFamily))],
        ..lunch
    };
    assert!(
        found(&practice, &nobodys).contains(&Check::NpiMissing),
        "without a physician it can't be tracked"
    );
}

#[test]
fn what_is_not_divided_counts_in_full_for_each() {
    let practice = practice("2026-11-25");
    let (one, other) =
        (physician(&practice, "Hanna Sorby", Some(NPI[0])), physician(&practice, "Owen Tully", Some(NPI[1])));
    let basket = NewReward {
        shares: [one, other].map(|who| share(Whom::Person(who), Some(RecipientKind::Physician))).into(),
        ..item(one, 8_000, "2026-11-25")
    };
    give(&practice, &basket).expect("given");
    for name in ["Hanna Sorby", "Owen Tully"] {
        assert_eq!(meter(&practice, name, 2026).meter.given_cents, 8_000);
    }
}

#[test]
fn the_employers_stricter_policy_wins_and_the_patients_limits_hold() {
    let practice = practice("2026-11-25");
    let ito = physician(&practice, "Keiko Ito", Some(NPI[0]));
    let employer = tell(&practice, |tx| {
        let id = world::partner(tx, "Saint Orrin", "medical", "hospital");
        tx.execute(
            "INSERT INTO affiliation (id, person_id, partner_id) VALUES (?1, ?2, ?3)",
            rusqlite::params![baton_core::foundation::id::RecordId::new(), ito, id],
        )?;
        Ok(id)
    });
    let mut note =
        gratitude::GiftNote { policy: gratitude::EmployerPolicy::UpTo(2_500), ..Default::default() };
    gratitude::set_gift_note(&practice, Party::Partner(employer), &note).expect("a policy");
    assert_eq!(verdict(&practice, &item(ito, 2_500, "2026-11-25")), Verdict::Allowed);
    assert_eq!(found(&practice, &item(ito, 2_501, "2026-11-25")), [Check::EmployerLimit]);
    note.policy = gratitude::EmployerPolicy::Nothing;
    gratitude::set_gift_note(&practice, Party::Partner(employer), &note).expect("a policy");
    assert_eq!(found(&practice, &item(ito, 1, "2026-11-25")), [Check::EmployerForbids]);

    let patient = tell(&practice, |tx| Ok(world::partner(tx, "Ada Quill", "patient", "patient")));
    let to_patient = |cents| NewReward {
        shares: vec![share(Whom::Partner(patient), Some(RecipientKind::Patient))],
        ..item(ito, cents, "2026-11-25")
    };
    assert_eq!(verdict(&practice, &to_patient(1_500)), Verdict::Allowed);
    assert_eq!(found(&practice, &to_patient(1_501)), [Check::PatientItem]);
}

#[test]
fn the_meter_is_turned_off_with_a_reason_only() {
    let practice = practice("2026-11-25");
    let ito = physician(&practice, "Keiko Ito", Some(NPI[0]));
    let off = GiftRules { designated_services: false, ..GiftRules::default() };
    let refused = gratitude::set_gift_rules(&practice, &off);
    assert!(matches!(refused, Err(GratitudeError::Invalid { field: "designatedReason", .. })), "{refused:?}");
    let reason = GiftRules { designated_reason: Some("No such services, counsel of 3 March".into()), ..off };
    gratitude::set_gift_rules(&practice, &reason).expect("turned off");
    assert_eq!(
        verdict(&practice, &item(ito, 53_501, "2026-11-25")),
        Verdict::NeedsApproval,
        "still looked at"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Adding an entry never makes a later verdict milder, and the order within a day does not change the year.
    #[test]
    fn the_ledger_only_gets_stricter_and_a_days_order_does_not_matter(
        mut cents in proptest::collection::vec(1i64..20_000, 1..5), asked in 1i64..53_500,
    ) {
        let practice = practice("2026-11-25");
        let (one, other) = (physician(&practice, "Keiko Ito", Some(NPI[0])), physician(&practice, "Owen Tully", Some(NPI[1])));
        let mut before = verdict(&practice, &item(one, asked, "2026-11-25"));
        for value in &cents {
            let _ = give(&practice, &item(one, *value, "2026-11-20"));
            let now = verdict(&practice, &item(one, asked, "2026-11-25"));
            prop_assert!(now >= before);
            before = now;
        }
        if cents.iter().sum::<i64>() <= 53_500 {
            cents.reverse();
            for value in &cents {
                give(&practice, &item(other, *value, "2026-11-20")).expect("within");
            }
            let total = |name| meter(&practice, name, 2026).meter.given_cents;
            prop_assert_eq!(total("Keiko Ito"), total("Owen Tully"));
        }
    }

    /// What is not known is never judged milder than what is.
    #[test]
    fn unknown_is_never_milder_than_known(cents in 1i64..60_000, which in 0usize..3, answer in prop_oneof![Just(Known::Yes), Just(Known::No)]) {
        let practice = practice("2026-11-25");
        let id = tell(&practice, |tx| Ok(world::person(tx, "Keiko Ito", Some(NPI[0]))));
        let with = |known: Known| {
            let mut new = item(id, cents, "2026-11-25");
            match which {
                0 => new.cash = known,
                1 => new.solicited = known,
                _ => new.shares[0].federal = known,
            }
            verdict(&practice, &new)
        };
        prop_assert!(with(Known::Unknown) >= with(answer));
    }
}
