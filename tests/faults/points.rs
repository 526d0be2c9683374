//! Killed between any two steps: at each named moment that a piece of work passes, one after the other.

use baton_core::store::Store;
use baton_core::testing::{self, PASSPHRASE, day as date};
use baton_core::vault::{VaultError, Why, back_up, backups_in, change_passphrase};

use super::killed::{Killed, after, say};
use super::tally::Tally;
use super::{OTHER, Place, Standing, TODAY, passphrase, soak, story};

/// One of everything a practice does to its files in a day.
pub fn day(place: &Place) {
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    let practice = unlocked.practice();
    say("ready");
    let keep = || say(&format!("kept {}", story::act(practice).expect("written")));
    keep();
    practice.store().checkpoint().expect("moved home");
    keep();
    let made = back_up(&unlocked, None).expect("backed up");
    say(&format!("backup {}", made.folder));
    say("changing");
    change_passphrase(&place.machine(), &unlocked, &passphrase(PASSPHRASE), &passphrase(OTHER))
        .expect("changed");
    say("changed");
    let target = exports(place).join("register.csv");
    say(&format!("exported {}", story::export(practice, &target).expect("exported").sheets[0].rows));
    keep();
    unlocked.lock().expect("locked");
    say("locked");
}

/// An import as the desk does it.
pub fn imports(place: &Place) {
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    say("ready");
    story::import(unlocked.practice(), &story::export_of(FILE, 1)).expect("imported");
    say("done");
}

/// Brings an older file up to date.
pub fn migrates(place: &Place) {
    say("ready");
    drop(testing::reopened(&place.above, TODAY).expect("opened"));
    say("done");
}

/// Opens a practice an older Baton made.
pub fn opens_older(place: &Place) {
    say("ready");
    drop(place.unlock(PASSPHRASE).expect("opened"));
    say("done");
}

const FILE: u32 = 120;
const BEFORE: u32 = 30;

/// Where exports go: not into the practice's folder.
fn exports(place: &Place) -> std::path::PathBuf {
    place.above.join("exports")
}

/// The moments to be killed at, by number. The short form takes each name where it is passed first and last, the long
/// one all of them.
fn moments(part: &str, place: &Place) -> Vec<(usize, String)> {
    let (said, whole) = Killed::start_for_point(part, place, 0).ended();
    assert!(whole, "undisturbed it gets to its end: {said:?}");
    let passed = after(&said, "passed").next().expect("told");
    let passed: Vec<String> = passed.split(',').map(str::to_owned).collect();
    let numbered = passed.iter().cloned().enumerate().map(|(at, name)| (at + 1, name));
    let telling = |at: usize, name: &String| {
        let last = passed.iter().rposition(|other| other == name) == Some(at - 1);
        last || passed.iter().position(|other| other == name) == Some(at - 1)
    };
    let all: Vec<(usize, String)> = numbered.filter(|(at, name)| soak() || telling(*at, name)).collect();
    assert!(!all.is_empty(), "{part} passes named moments");
    all
}

#[test]
fn killed_between_any_two_steps_of_a_day_everything_acknowledged_is_there() {
    let standing = Standing::with_referrals(BEFORE);
    std::fs::create_dir(exports(&standing.place)).expect("made");
    std::fs::write(exports(&standing.place).join("register.csv"), "the old one").expect("written");
    let rehearsal = tempfile::tempdir().expect("a folder");
    let moments = moments("day", &standing.place.copy_to(rehearsal.path()));
    for name in
        ["write before commit", "checkpoint after", "copy after", "replace written", "lock after checkpoint"]
    {
        assert!(moments.iter().any(|(_, passed)| passed == name), "a day passes “{name}”: {moments:?}");
    }
    let mut tally = Tally::of("killed between two steps");
    for (number, name) in moments {
        let round = format!("{number} ({name})");
        let folder = tempfile::tempdir().expect("a folder");
        let place = standing.place.copy_to(folder.path());
        let (said, whole) = Killed::start_for_point("day", &place, number).ended();
        if whole {
            // vault.json learns in one write of what belongs together: there may be fewer moments than in the rehearsal.
            let passed = after(&said, "passed").next().expect("told").split(',').count();
            assert!(passed < number, "{round}: it was killed");
            continue;
        }

        let opens = passphrase_of(&place, &said, &round);
        let unlocked = tally.recovery(|| standing.oracle.whole(&place, opens, &round));
        let acknowledged: Vec<String> = after(&said, "kept").collect();
        story::all_kept(unlocked.practice(), &acknowledged, &round);
        assert_eq!(story::referrals(unlocked.practice()), i64::from(BEFORE), "{round}");
        backups_are_whole(&standing, &place, &said, &round);
        export_is_whole(&place, &said, &round);
        story::act(unlocked.practice())
            .unwrap_or_else(|error| panic!("{round}: work goes on, but {error:?}"));
        let left = std::fs::read_dir(exports(&place)).expect("listed").count();
        assert_eq!(left, 1, "{round}: opening removed what the killed export left");
        story::export(unlocked.practice(), &exports(&place).join("register.csv")).expect("exported again");
        let left = std::fs::read_dir(exports(&place)).expect("listed").count();
        assert_eq!(left, 1, "{round}: nothing of the killed export is left");
    }
}

/// The passphrase that must open: the acknowledged one, and either while it is being changed.
fn passphrase_of(place: &Place, said: &[String], round: &str) -> &'static str {
    let heard = |what: &str| said.iter().any(|line| line == what);
    match (heard("changing"), heard("changed")) {
        (_, true) => OTHER,
        (false, _) => PASSPHRASE,
        (true, false) => match place.unlock(PASSPHRASE) {
            Ok(_) => PASSPHRASE,
            Err(VaultError::WrongPassphrase) => OTHER,
            Err(error) => panic!("{round}: {error:?}"),
        },
    }
}

fn backups_are_whole(standing: &Standing, place: &Place, said: &[String], round: &str) {
    let listed = backups_in(&place.file("backups"));
    for made in after(said, "backup") {
        assert!(listed.iter().any(|backup| backup.folder == made), "{round}: {made} was acknowledged");
    }
    for (number, backup) in listed.iter().enumerate() {
        let home = place.above.join(format!("restored {number}"));
        super::copy_below(backup.folder.as_ref(), &home);
        drop(standing.oracle.whole_in(place, &home, PASSPHRASE, round));
        std::fs::remove_dir_all(&home).expect("removed");
    }
}

fn export_is_whole(place: &Place, said: &[String], round: &str) {
    let text =
        std::fs::read_to_string(exports(place).join("register.csv")).expect("the old one or the new one");
    let rows = text.lines().count() as u32;
    assert!(text == "the old one" || rows == BEFORE + 1, "{round}: {rows} rows");
    if after(said, "exported").next().is_some() {
        assert_eq!(rows, BEFORE + 1, "{round}: it was acknowledged");
    }
}

#[test]
fn killed_at_any_part_of_an_import_it_is_there_entirely_or_not_at_all_and_can_be_imported_again() {
    let standing = Standing::with_referrals(BEFORE);
    let rehearsal = tempfile::tempdir().expect("a folder");
    let mut tally = Tally::of("killed at a part of an import");
    for (number, name) in moments("file", &standing.place.copy_to(rehearsal.path())) {
        let round = format!("{number} ({name})");
        let folder = tempfile::tempdir().expect("a folder");
        let place = standing.place.copy_to(folder.path());
        let (said, _) = Killed::start_for_point("file", &place, number).ended();
        let unlocked = tally.recovery(|| standing.oracle.whole(&place, PASSPHRASE, &round));
        let (before, all) = (i64::from(BEFORE), i64::from(BEFORE + FILE));
        let there = story::referrals(unlocked.practice());
        assert!(there == before || there == all, "{round}: {there} referrals");
        assert!(there == all || !said.contains(&"done".to_owned()), "{round}: it was acknowledged");
        story::import(unlocked.practice(), &story::export_of(FILE, 1)).expect("importable again");
        assert_eq!(story::referrals(unlocked.practice()), all, "{round}: once, not twice");
    }
}

#[test]
fn killed_at_any_step_of_a_migration_the_file_is_old_or_new_and_keeps_its_rows() {
    let standing = tempfile::tempdir().expect("a folder");
    testing::before_the_last_step(standing.path(), date(TODAY), &["first", "second", "third"]);
    let rehearsal = tempfile::tempdir().expect("a folder");
    let origin = Place::at(standing.path());
    let all = moments("migration", &origin.copy_to(rehearsal.path()));
    for name in ["migration step", "migration before commit", "migration after commit"] {
        assert!(all.iter().any(|(_, passed)| passed == name), "{all:?}");
    }
    let mut tally = Tally::of("killed at a step of a migration");
    for (number, name) in all {
        let round = format!("{number} ({name})");
        let folder = tempfile::tempdir().expect("a folder");
        let place = origin.copy_to(folder.path());
        let (_, whole) = Killed::start_for_point("migration", &place, number).ended();
        assert!(!whole, "{round}: it was killed");
        let version = testing::version_of(&place.above);
        let newest = Store::newest_version();
        assert!(version == newest || version + 1 == newest, "{round}: version {version}");
        let store = tally.recovery(|| testing::reopened(&place.above, TODAY).expect("opened"));
        assert_eq!(testing::version_of(&place.above), newest, "{round}");
        store.check().expect(&round);
        let names: Vec<String> = store
            .read(|conn| {
                let mut statement = conn.prepare("SELECT name FROM tag ORDER BY name")?;
                let names = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
                Ok::<_, baton_core::store::StoreError>(names)
            })
            .expect("read");
        assert_eq!(names, ["first", "second", "third"], "{round}");
    }
}

#[test]
fn killed_at_any_step_from_the_third_schema_to_the_newest_a_copy_of_it_is_kept_and_every_row() {
    let standing = tempfile::tempdir().expect("a folder");
    let origin = Place::at(standing.path());
    let fixture = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/practices/v3");
    super::copy_below(&fixture, &origin.practice());
    let rehearsal = tempfile::tempdir().expect("a folder");
    let all = moments("older", &origin.copy_to(rehearsal.path()));
    let steps = all.iter().filter(|(_, name)| name == "migration after commit").count();
    assert!(steps >= 2, "its first and its last step at least: {all:?}");
    let mut tally = Tally::of("killed while an older practice is brought up to date");
    for (number, name) in all {
        let round = format!("{number} ({name})");
        let folder = tempfile::tempdir().expect("a folder");
        let place = origin.copy_to(folder.path());
        let (_, whole) = Killed::start_for_point("older", &place, number).ended();
        assert!(!whole, "{round}: it was killed");
        let unlocked =
            tally.recovery(|| place.unlock(PASSPHRASE).unwrap_or_else(|error| panic!("{round}: {error:?}")));
        assert!(baton_core::vault::check(&unlocked).expect("checked").ok, "{round}");
        assert_eq!(super::tags(&unlocked).len(), 2, "{round}: every row is there");
        let copies = backups_in(&place.file("backups"));
        assert!(copies.iter().any(|copy| copy.why == Why::BeforeMigration), "{round}: {copies:?}");
    }
}
