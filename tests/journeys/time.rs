//! Any day of the practice can be looked at again, and nothing can be changed in it.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use baton_core::Practice;
use baton_core::history::{self, HistoryQuery};
use baton_core::insights::{self, Period};
use baton_core::network::{self, NewPartner, PartnerClass, PartnerQuery, PartnerType};
use baton_core::store::{OnConflict, Store, StoreError};
use baton_core::testing::{PASSPHRASE, day, machine, new_practice, opening, practice};
use baton_core::vault::{self, Moment, OnDoubt, Passphrase, VaultError};
use proptest::prelude::*;
use rusqlite::types::Value;

use crate::undo_property::{Act, World, act, dump, perform, source_tables};

fn go_on(_: u32, _: u32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// The practice as it was right after an entry; the caller names a place for the copy.
pub(crate) fn as_of(practice: &Practice, copy: &Path, seq: i64) -> Practice {
    let today = practice.today();
    let store: Arc<Store> =
        practice.store().as_of(copy, opening(today), seq, &mut go_on).expect("an earlier state");
    store.set_zone(practice.store().zone());
    let then = Practice::new(store, practice.actor().clone());
    network::refresh_standing_for_day(&then).expect("standings of that day");
    baton_core::referrals::process::ready(&then).expect("open referrals of that day");
    then
}

/// What follows from the tables and what is taken back.
fn derived(practice: &Practice) -> BTreeMap<String, Vec<Vec<Value>>> {
    let tables = [
        "SELECT * FROM partner_standing ORDER BY 1",
        "SELECT * FROM partner_count WHERE partners > 0 ORDER BY 1, 2, 3",
        "SELECT * FROM referral_month WHERE received > 0 ORDER BY 1, 2, 3",
        "SELECT * FROM open_referral ORDER BY 1",
        "SELECT seq, by_seq FROM history_undone ORDER BY 1",
        "SELECT seq, hash FROM history ORDER BY 1",
    ];
    dump(practice, &tables.map(str::to_owned))
}

fn scorecards(practice: &Practice) -> String {
    network::refresh_standing_for_day(practice).expect("standings");
    let period = Period::trailing_year(practice.today());
    format!("{:?}", insights::scorecards(practice, &period).expect("scorecards"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, max_shrink_iters: 30, ..ProptestConfig::default() })]

    #[test]
    fn every_earlier_state_is_what_was_there_then(
        acts in proptest::collection::vec((act(), any::<bool>()), 1..20), looked_at in 0_usize..20,
    ) {
        let practice = practice("2026-11-20");
        let mut world = World::default();
        let mut seen = Vec::new();
        let mut look = |practice: &Practice| {
            let seq = practice.store().head().expect("a head").seq;
            seen.push((seq, source_tables(practice), derived(practice), scorecards(practice)));
        };
        perform(&practice, &mut world, &Act::AddPartner("Ground".into(), true));
        look(&practice);
        for (act, take_back) in &acts {
            perform(&practice, &mut world, act);
            if *take_back {
                let _ = history::undo_last(&practice);
            }
            look(&practice);
        }
        let _ = history::redo_last(&practice);
        let (seq, tables, derived_then, cards) = &seen[looked_at % seen.len()];
        let then = as_of(&practice, &practice.folder.path().join("then.db"), *seq);
        prop_assert_eq!(&source_tables(&then), tables);
        prop_assert_eq!(&derived(&then), derived_then);
        prop_assert_eq!(&scorecards(&then), cards);
        then.store().check().expect("the copy is whole");
    }
}

#[test]
fn nothing_can_be_changed_on_an_earlier_day() {
    let practice = practice("2026-11-20");
    let gym = NewPartner::named(PartnerClass::Business, PartnerType::Gym, "Iron Yard");
    let added = network::add_partner(&practice, gym.clone()).expect("added");
    let before = i64::from(added.entry.expect("an entry").seq);
    let then = as_of(&practice, &practice.folder.path().join("then.db"), before);
    let refused = network::add_partner(&then, gym);
    assert!(matches!(&refused, Err(network::NetworkError::Store(StoreError::ReadOnlyAsOf))), "{refused:?}");
    assert!(matches!(
        history::undo(&then, added_seq(before), OnConflict::Ask),
        Err(history::HistoryError::Store(StoreError::ReadOnlyAsOf))
    ));
    assert!(then.store().note(then.actor(), "export_workbook", "x").is_err());
    assert!(history::draft_save(&then, "partner_new", "{}").is_err());
    assert!(then.store().is_to_look() && !practice.store().is_to_look());
}

fn added_seq(seq: i64) -> u32 {
    u32::try_from(seq).expect("small")
}

#[test]
fn looking_back_can_be_stopped_and_leaves_nothing() {
    let practice = practice("2026-11-20");
    let gym = NewPartner::named(PartnerClass::Business, PartnerType::Gym, "Iron Yard");
    network::add_partner(&practice, gym).expect("added");
    let copy = practice.folder.path().join("then.db");
    let stopped =
        practice.store().as_of(&copy, opening(practice.today()), 1, &mut |_, _| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(StoreError::Cancelled)), "{:?}", stopped.err());
}

#[test]
fn a_day_is_looked_at_in_the_practices_own_folder_and_goes_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let place = folder.path().join("practice");
    let first = machine(folder.path(), "2026-03-07");
    let passphrase = Passphrase::new(PASSPHRASE).expect("fits");
    let gym = |name| NewPartner::named(PartnerClass::Business, PartnerType::Gym, name);
    let created = vault::create(&first, &place, &new_practice(), &passphrase).expect("created");
    network::add_partner(created.unlocked.practice(), gym("Iron Yard")).expect("added");
    drop(created);
    let second = machine(folder.path(), "2026-11-25");
    let profile = vault::describe(&place).expect("described").profiles[0].id;
    let open = vault::unlock(&second, &place, profile, &passphrase, OnDoubt::Refuse).expect("unlocked");
    network::add_partner(open.practice(), gym("Salt Works")).expect("added");
    let names = |practice: &Practice| {
        let list = network::partners(practice, &PartnerQuery::default()).expect("a list");
        list.rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(names(open.practice()), ["Iron Yard", "Salt Works"]);

    let then = open.as_of(Moment::Day(day("2026-03-07")), &mut go_on).expect("that day");
    assert_eq!(names(then.practice()), ["Iron Yard"]);
    assert_eq!((then.day, then.practice().today()), (day("2026-03-07"), day("2026-03-07")));
    let entries = history::entries(then.practice(), &HistoryQuery::default()).expect("history");
    assert_eq!(entries.rows.first().map(|row| row.seq), Some(then.seq), "history ends at that day");
    let copies = || {
        let files = std::fs::read_dir(&place).expect("a folder").flatten();
        files.filter(|file| file.file_name().to_string_lossy().starts_with("as-of")).count()
    };
    assert!(copies() > 0);
    drop(then);
    assert_eq!(copies(), 0, "the copy goes with the look");

    let early = open.as_of(Moment::Day(day("2026-03-06")), &mut go_on);
    assert!(matches!(early, Err(VaultError::Invalid { field: "day", .. })), "{early:?}");
    let late = open.as_of(Moment::Day(day("2026-11-26")), &mut go_on);
    assert!(matches!(late, Err(VaultError::Invalid { field: "day", .. })), "{late:?}");

    // A process that was killed while somebody looked back leaves a copy; it goes at the next unlocking.
    std::fs::write(place.join("as-of.db"), "half").expect("written");
    std::fs::write(place.join("as-of.db-wal"), "half").expect("written");
    drop(open);
    drop(vault::unlock(&second, &place, profile, &passphrase, OnDoubt::Refuse).expect("unlocked"));
    assert_eq!(copies(), 0);
}

#[test]
fn a_clock_that_jumped_ahead_and_back_hides_nothing_of_the_days_between() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let place = folder.path().join("practice");
    let passphrase = Passphrase::new(PASSPHRASE).expect("fits");
    let gym = |name| NewPartner::named(PartnerClass::Business, PartnerType::Gym, name);
    let created = vault::create(&machine(folder.path(), "2026-03-01"), &place, &new_practice(), &passphrase);
    drop(created.expect("created"));
    let profile = vault::describe(&place).expect("described").profiles[0].id;
    let on = |today: &str| {
        let machine = machine(folder.path(), today);
        vault::unlock(&machine, &place, profile, &passphrase, OnDoubt::Refuse).expect("unlocked")
    };
    for (today, name) in [("2036-03-02", "Ahead"), ("2026-03-03", "Back"), ("2026-03-05", "Later")] {
        network::add_partner(on(today).practice(), gym(name)).expect("added");
    }
    let open = on("2026-03-06");
    let then = open.as_of(Moment::Day(day("2026-03-04")), &mut go_on).expect("that day");
    let list = network::partners(then.practice(), &PartnerQuery::default()).expect("a list");
    let names: Vec<_> = list.rows.into_iter().map(|row| row.name).collect();
    assert_eq!(names, ["Ahead", "Back"], "the sequence counts, not the clock");
}
