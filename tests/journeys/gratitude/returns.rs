//! Putting an overrun right: what half of the limit, 180 days and three years mean on a real file.

use baton_core::Practice;
use baton_core::foundation::id::{PersonId, RewardId};
use baton_core::gratitude::{self, Cure, GratitudeError, NewReward, Standing};
use baton_core::testing::{day, practice, practice_over_time};

use super::kit::{NPI, check, item, meter, physician};

/// Something that was given although a rule blocks it.
fn gave_anyway(practice: &Practice, new: &NewReward) -> RewardId {
    let shown = check(practice, new).verdict;
    gratitude::record_reward(practice, new, shown, Some("It was handed over before anybody looked"))
        .expect("an exception")
        .value
}

fn only(practice: &Practice) -> gratitude::Overrun {
    let mut all = gratitude::overruns(practice).expect("overruns");
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

fn returned(practice: &Practice, who: PersonId, year: i32, on: &str) -> Result<RewardId, GratitudeError> {
    gratitude::return_excess(practice, who.0, year, day(on), "Check of that day, in the folder")
        .map(|w| w.value)
}

#[test]
fn r1_an_excess_returned_on_day_180_is_put_right_and_on_day_181_is_not() {
    let (practice, set) = practice_over_time("2026-03-01");
    let ito = physician(&practice, "Keiko Ito", Some(NPI[0]));
    gave_anyway(&practice, &item(ito, 60_000, "2026-03-01"));
    assert_eq!(only(&practice).cure, Cure::ReturnBy(day("2026-08-28")));
    set(day("2026-08-29"));
    let late = returned(&practice, ito, 2026, "2026-08-29");
    assert!(matches!(late, Err(GratitudeError::NoCure)), "{late:?}");
    assert_eq!(only(&practice).cure, Cure::TooLate(day("2026-08-28")));
    returned(&practice, ito, 2026, "2026-08-28").expect("on day 180, put down a day later");
    assert!(gratitude::overruns(&practice).expect("none").is_empty());
    assert_eq!(meter(&practice, "Keiko Ito", 2026).meter.given_cents, 53_500);
}

#[test]
fn r1_half_of_the_limit_is_put_right_and_a_cent_more_is_not() {
    for (cents, cures) in [(53_500 + 26_750, true), (53_500 + 26_751, false)] {
        let practice = practice("2026-03-02");
        let ito = physician(&practice, "Keiko Ito", Some(NPI[0]));
        gave_anyway(&practice, &item(ito, cents, "2026-03-01"));
        assert_eq!(matches!(only(&practice).cure, Cure::ReturnBy(_)), cures);
        assert_eq!(returned(&practice, ito, 2026, "2026-03-02").is_ok(), cures, "{cents}");
    }
}

#[test]
fn r1_a_second_excess_within_three_years_is_not_put_right() {
    let (practice, set) = practice_over_time("2024-05-10");
    let ito = physician(&practice, "Keiko Ito", Some(NPI[0]));
    gave_anyway(&practice, &item(ito, 51_000, "2024-05-10"));
    returned(&practice, ito, 2024, "2024-05-10").expect("the first time");
    set(day("2026-02-01"));
    gave_anyway(&practice, &item(ito, 54_000, "2026-02-01"));
    assert_eq!(only(&practice).cure, Cure::UsedBefore(day("2027-05-10")));
    let again = returned(&practice, ito, 2026, "2026-02-01");
    assert!(matches!(again, Err(GratitudeError::NoCure)), "{again:?}");
}

#[test]
fn what_ran_over_is_the_day_on_which_the_limit_was_passed() {
    let practice = practice("2026-12-20");
    let ito = physician(&practice, "Keiko Ito", Some(NPI[0]));
    super::kit::give(&practice, &item(ito, 50_000, "2026-03-01")).expect("within");
    gave_anyway(&practice, &item(ito, 5_000, "2026-12-10"));
    let over = only(&practice);
    assert_eq!((over.received_on, over.excess_cents), (day("2026-12-10"), 1_500));
    assert_eq!(over.cure, Cure::ReturnBy(day("2026-12-31")), "the end of the year comes first");
    let early = returned(&practice, ito, 2026, "2026-12-09");
    assert!(matches!(early, Err(GratitudeError::Invalid { field: "returnedOn", .. })), "{early:?}");
}

#[test]
fn what_a_rule_blocks_is_put_down_only_as_what_happened() {
    let practice = practice("2026-11-25");
    let ito = physician(&practice, "Keiko Ito", Some(NPI[0]));
    let ahead = item(ito, 60_000, "2026-12-01");
    let shown = check(&practice, &ahead).verdict;
    let planned = gratitude::record_reward(&practice, &ahead, shown, Some("We want to"));
    assert!(matches!(planned, Err(GratitudeError::Invalid { field: "exception", .. })), "{planned:?}");
    gave_anyway(&practice, &item(ito, 60_000, "2026-11-20"));
    let rows = gratitude::ledger_year(&practice, 2026).expect("a ledger");
    assert_eq!(rows.iter().map(|row| row.standing).collect::<Vec<_>>(), [Standing::Exception]);
}
