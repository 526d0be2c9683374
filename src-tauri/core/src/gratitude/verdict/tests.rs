//! Every edge of the limits, by name.

use proptest::prelude::*;

use super::*;
use crate::gratitude::limits::default_limits;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A physician's lunch that nothing speaks against: not federal, not asked for, no cash, looked up.
fn lunch(cents: i64) -> Planned {
    Planned {
        recipient: RecipientKind::Physician,
        npi_on_file: true,
        kind: RewardKind::Meal,
        cents,
        on: day("2026-09-14"),
        occasion: Occasion::Thanks,
        cash: Known::No,
        solicited: Known::No,
        federal: Known::No,
        purpose: true,
        agreement: false,
        unequal: false,
        programme: false,
        employer: EmployerPolicy::NotOnFile,
        excluded: Exclusion::Clear,
    }
}

fn mug(cents: i64) -> Planned {
    Planned { recipient: RecipientKind::Patient, kind: RewardKind::Item, ..lunch(cents) }
}

fn given(on: &str, cents: i64) -> Entry {
    Entry { on: day(on), cents, planned: false }
}

fn judge(planned: &Planned, ledger: &[Entry]) -> Judged {
    verdict(planned, ledger, &default_limits(), PracticeRules::default())
}

fn checks(judged: &Judged) -> Vec<(Check, Verdict)> {
    judged.findings.iter().map(|finding| (finding.check, finding.verdict)).collect()
}

#[test]
fn exactly_the_limit_is_allowed() {
    assert_eq!(judge(&lunch(53_500), &[]).verdict, Verdict::Allowed);
    assert_eq!(judge(&lunch(500), &[given("2026-01-02", 53_000)]).verdict, Verdict::Allowed);
}

#[test]
fn one_cent_over_the_limit_is_blocked() {
    let judged = judge(&lunch(501), &[given("2026-01-02", 53_000)]);
    assert_eq!(checks(&judged), [(Check::PhysicianLimit, Verdict::Blocked)]);
    assert_eq!(judged.meter.unwrap().excess_cents(), Some(1));
}

#[test]
fn the_split_that_rounds_up_is_what_counts() {
    let each = crate::gratitude::split::share(53_501 * 5 - 4, 5).unwrap();
    assert_eq!((each, judge(&lunch(each), &[]).verdict), (53_501, Verdict::Blocked));
}

#[test]
fn what_is_planned_already_leaves_less() {
    let planned = Entry { planned: true, ..given("2026-12-01", 53_000) };
    assert_eq!(judge(&lunch(501), &[planned]).verdict, Verdict::Blocked);
}

#[test]
fn last_year_does_not_count_and_the_last_minute_of_december_counts_to_its_own_year() {
    let ledger = [given("2025-12-31", 51_900)];
    assert_eq!(judge(&lunch(53_500), &ledger).verdict, Verdict::Allowed);
    let on_new_years_eve = Planned { on: day("2025-12-31"), ..lunch(1) };
    assert_eq!(judge(&on_new_years_eve, &ledger).verdict, Verdict::Blocked);
}

#[test]
fn a_year_without_a_limit_blocks_and_never_takes_last_years() {
    let judged = judge(&Planned { on: day("2027-01-01"), ..lunch(1) }, &[]);
    assert_eq!(checks(&judged), [(Check::LimitNotSet, Verdict::Blocked)]);
    assert_eq!(judged.meter.unwrap().limit_cents, None);
    assert_eq!(judge(&Planned { on: day("2027-01-01"), ..mug(1) }, &[]).verdict, Verdict::Blocked);
}

#[test]
fn a_physician_without_an_npi_can_be_given_nothing_of_value() {
    let judged = judge(&Planned { npi_on_file: false, ..lunch(1) }, &[]);
    assert_eq!(checks(&judged), [(Check::NpiMissing, Verdict::Blocked)]);
}

#[test]
fn what_goes_to_family_or_staff_counts_on_the_physicians_meter() {
    for recipient in [RecipientKind::PhysicianFamily, RecipientKind::PhysicianStaff] {
        let judged = judge(&Planned { recipient, ..lunch(501) }, &[given("2026-01-02", 53_000)]);
        assert_eq!(checks(&judged), [(Check::PhysicianLimit, Verdict::Blocked)]);
    }
}

#[test]
fn cash_and_what_is_as_good_as_cash_is_blocked_for_physicians_their_family_and_staff_and_patients() {
    use RecipientKind::*;
    for recipient in [Physician, PhysicianFamily, PhysicianStaff, Patient] {
        let gift = Planned { recipient, cash: Known::Yes, kind: RewardKind::Item, ..lunch(1_000) };
        assert_eq!(checks(&judge(&gift, &[])), [(Check::CashEquivalent, Verdict::Blocked)]);
    }
    for recipient in [OtherProfessional, Business] {
        let gift = Planned { recipient, cash: Known::Yes, kind: RewardKind::Item, ..lunch(1_000) };
        assert_eq!(checks(&judge(&gift, &[])), [(Check::CashEquivalent, Verdict::NeedsApproval)]);
    }
}

#[test]
fn what_was_asked_for_is_blocked_and_so_is_not_knowing() {
    for solicited in [Known::Yes, Known::Unknown] {
        let judged = judge(&Planned { solicited, ..lunch(1_000) }, &[]);
        assert_eq!(checks(&judged), [(Check::Solicited, Verdict::Blocked)]);
    }
}

#[test]
fn a_gift_for_each_referral_is_blocked_whatever_it_is() {
    for kind in [RewardKind::Meal, RewardKind::Recognition] {
        let judged = judge(&Planned { kind, occasion: Occasion::PerReferral, ..lunch(1_000) }, &[]);
        assert_eq!(judged.verdict, Verdict::Blocked);
        assert_eq!(judged.findings[0].check, Check::PerReferral);
    }
}

#[test]
fn recognition_needs_no_approval_whoever_receives_it() {
    let thanks = Planned {
        kind: RewardKind::Recognition,
        federal: Known::Unknown,
        solicited: Known::Unknown,
        npi_on_file: false,
        on: day("2030-01-01"),
        ..lunch(0)
    };
    assert_eq!(judge(&thanks, &[]), Judged { verdict: Verdict::Allowed, findings: Vec::new(), meter: None });
}

#[test]
fn value_to_who_refers_federal_patients_needs_approval_and_a_written_purpose_even_under_the_meter() {
    for federal in [Known::Yes, Known::Unknown] {
        for recipient in [RecipientKind::Physician, RecipientKind::OtherProfessional, RecipientKind::Business]
        {
            let judged = judge(&Planned { federal, recipient, purpose: false, ..lunch(1) }, &[]);
            assert_eq!(
                checks(&judged),
                [
                    (Check::FederalReferrer, Verdict::NeedsApproval),
                    (Check::PurposeMissing, Verdict::NeedsApproval)
                ]
            );
        }
    }
}

#[test]
fn a_patient_may_get_15_dollars_at_once_and_75_in_the_year() {
    let federal = |cents| Planned { federal: Known::Yes, ..mug(cents) };
    assert_eq!(judge(&federal(1_500), &[]).verdict, Verdict::Allowed);
    assert_eq!(checks(&judge(&federal(1_501), &[])), [(Check::PatientItem, Verdict::Blocked)]);
    let four = [given("2026-01-01", 1_500); 4];
    assert_eq!(judge(&federal(1_500), &four).verdict, Verdict::Allowed);
    let over = [&four[..], &[given("2026-02-01", 1)]].concat();
    assert_eq!(checks(&judge(&federal(1_500), &over)), [(Check::PatientYear, Verdict::Blocked)]);
}

#[test]
fn a_patient_whose_payer_nobody_knows_counts_as_federal() {
    let judged = judge(&Planned { federal: Known::Unknown, ..mug(1_501) }, &[]);
    assert_eq!(judged.verdict, Verdict::Blocked);
}

#[test]
fn telling_a_friend_is_rewarded_only_by_a_reviewed_programme_and_never_for_federal_business() {
    let friend = Planned { occasion: Occasion::ReferAFriend, ..mug(1_000) };
    assert_eq!(checks(&judge(&friend, &[])), [(Check::ProgrammeMissing, Verdict::Blocked)]);
    let running = Planned { programme: true, ..friend };
    assert_eq!(judge(&running, &[]).verdict, Verdict::Allowed);
    let federal = Planned { federal: Known::Unknown, ..running };
    assert_eq!(checks(&judge(&federal, &[])), [(Check::FederalFriend, Verdict::Blocked)]);
}

#[test]
fn a_discount_to_a_physician_or_a_federal_patient_is_blocked_and_any_other_needs_approval() {
    let discount = |recipient, federal| {
        judge(&Planned { recipient, federal, kind: RewardKind::Discount, ..lunch(1_000) }, &[]).verdict
    };
    assert_eq!(discount(RecipientKind::Physician, Known::No), Verdict::Blocked);
    assert_eq!(discount(RecipientKind::Patient, Known::Unknown), Verdict::Blocked);
    assert_eq!(discount(RecipientKind::Patient, Known::No), Verdict::NeedsApproval);
    assert_eq!(discount(RecipientKind::Business, Known::No), Verdict::NeedsApproval);
}

#[test]
fn a_co_promotion_needs_agreement_fair_value_and_counsels_note() {
    let joint =
        Planned { recipient: RecipientKind::Business, occasion: Occasion::CoPromotion, ..lunch(1_000) };
    assert_eq!(checks(&judge(&joint, &[])), [(Check::AgreementMissing, Verdict::Blocked)]);
    assert_eq!(judge(&Planned { agreement: true, ..joint }, &[]).verdict, Verdict::Allowed);
}

#[test]
fn the_staff_event_is_outside_the_limit_only_with_a_formal_medical_staff() {
    let event = Planned { occasion: Occasion::MedicalStaffEvent, ..lunch(60_000) };
    assert_eq!(checks(&judge(&event, &[])), [(Check::PhysicianLimit, Verdict::Blocked)]);
    let rules = PracticeRules { formal_medical_staff: true, ..PracticeRules::default() };
    let judged = verdict(&event, &[], &default_limits(), rules);
    assert_eq!(checks(&judged), [(Check::MedicalStaffEvent, Verdict::NeedsApproval)]);
}

#[test]
fn without_designated_health_services_the_meter_asks_instead_of_blocking() {
    let rules = PracticeRules { designated_health_services: false, ..PracticeRules::default() };
    let judged = verdict(&lunch(53_501), &[], &default_limits(), rules);
    assert_eq!(checks(&judged), [(Check::PhysicianLimit, Verdict::NeedsApproval)]);
}

#[test]
fn unequal_shares_without_a_note_ask_for_approval() {
    let tour = Planned { recipient: RecipientKind::Business, occasion: Occasion::Learning, ..lunch(1_000) };
    assert_eq!(judge(&tour, &[]).verdict, Verdict::Allowed);
    let judged = judge(&Planned { unequal: true, ..tour }, &[]);
    assert_eq!(checks(&judged), [(Check::FairValueMissing, Verdict::NeedsApproval)]);
}

#[test]
fn the_excluded_get_nothing() {
    let of = |excluded| judge(&Planned { excluded, ..lunch(1) }, &[]).verdict;
    assert_eq!(of(Exclusion::Listed), Verdict::Blocked);
    assert_eq!(of(Exclusion::SameName), Verdict::NeedsApproval);
    assert_eq!(of(Exclusion::NotChecked), Verdict::NeedsApproval);
}

#[test]
fn an_employer_stricter_than_the_law_wins() {
    let of = |employer| judge(&Planned { employer, ..lunch(501) }, &[given("2026-01-02", 2_000)]).verdict;
    assert_eq!(of(EmployerPolicy::Nothing), Verdict::Blocked);
    assert_eq!(of(EmployerPolicy::UpTo(2_501)), Verdict::Allowed);
    assert_eq!(of(EmployerPolicy::UpTo(2_500)), Verdict::Blocked);
    assert_eq!(of(EmployerPolicy::Ask), Verdict::NeedsApproval);
}

fn known() -> impl Strategy<Value = Known> {
    prop_oneof![Just(Known::Yes), Just(Known::No), Just(Known::Unknown)]
}

prop_compose! {
    fn any_planned()(
        recipient in prop_oneof![
            Just(RecipientKind::Physician), Just(RecipientKind::PhysicianFamily), Just(RecipientKind::PhysicianStaff),
            Just(RecipientKind::OtherProfessional), Just(RecipientKind::Business), Just(RecipientKind::Patient)
        ],
        kind in prop_oneof![
            Just(RewardKind::Item), Just(RewardKind::Meal), Just(RewardKind::Discount), Just(RewardKind::Recognition)
        ],
        occasion in prop_oneof![
            Just(Occasion::Thanks), Just(Occasion::MedicalStaffEvent), Just(Occasion::CoPromotion),
            Just(Occasion::ReferAFriend), Just(Occasion::PerReferral)
        ],
        cents in 1i64..60_000,
        cash in known(), solicited in known(), federal in known(),
        flags in any::<(bool, bool, bool, bool)>(),
    ) -> Planned {
        let (npi_on_file, purpose, agreement, programme) = flags;
        Planned { recipient, kind, occasion, cents, cash, solicited, federal, npi_on_file, purpose, agreement, programme, ..lunch(1) }
    }
}

prop_compose! {
    fn any_entry()(days in 0u64..1_000, cents in 1i64..60_000, planned in any::<bool>()) -> Entry {
        Entry { on: day("2024-06-01") + chrono::Days::new(days), cents, planned }
    }
}

proptest! {
    #[test]
    fn another_entry_never_makes_a_later_verdict_milder(
        planned in any_planned(),
        ledger in proptest::collection::vec(any_entry(), 0..6),
        more in any_entry(),
    ) {
        let before = judge(&planned, &ledger).verdict;
        let after = judge(&planned, &[&ledger[..], &[more]].concat()).verdict;
        prop_assert!(after >= before);
    }

    #[test]
    fn unknown_is_never_milder_than_known(
        planned in any_planned(), ledger in proptest::collection::vec(any_entry(), 0..6), answer in known(),
    ) {
        let of = |planned: Planned| judge(&planned, &ledger).verdict;
        let pairs = [
            (Planned { cash: Known::Unknown, ..planned }, Planned { cash: answer, ..planned }),
            (Planned { solicited: Known::Unknown, ..planned }, Planned { solicited: answer, ..planned }),
            (Planned { federal: Known::Unknown, ..planned }, Planned { federal: answer, ..planned }),
        ];
        for (unknown, known) in pairs {
            prop_assert!(of(unknown) >= of(known));
        }
    }

    #[test]
    fn more_value_is_never_judged_milder(planned in any_planned(), more in 1i64..60_000) {
        let of = |cents| judge(&Planned { cents, ..planned }, &[]).verdict;
        prop_assert!(of(planned.cents + more) >= of(planned.cents));
    }
}
