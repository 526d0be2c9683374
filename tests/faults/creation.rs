//! Killed while a practice is created.

use std::time::{Duration, Instant};

use baton_core::testing::{PASSPHRASE, new_practice};
use baton_core::vault::{VaultError, backups_in, create, describe};

use super::killed::{Killed, after, say};
use super::oracle::{Oracle, has_a_name};
use super::tally::Tally;
use super::{Place, passphrase, rounds, soak};

/// Creates a practice and tells when it is done.
pub fn creates(place: &Place) {
    say("ready");
    let created = create(&place.machine(), &place.practice(), &new_practice(), &passphrase(PASSPHRASE))
        .expect("created");
    say("done");
    drop(created);
}

/// How long a creation takes here when nobody disturbs it.
fn whole_creation() -> Duration {
    let folder = tempfile::tempdir().expect("a folder");
    let undisturbed = Killed::start("creation", &Place::at(folder.path()));
    undisturbed.wait_for("ready");
    let begun = Instant::now();
    undisturbed.wait_for("done");
    begun.elapsed()
}

/// What a killed creation left is a practice, or is refused by name and can be created again. Returns whether it was
/// found unfinished.
pub fn judged(place: &Place, said: &[String], round: &str, tally: &mut Tally) -> bool {
    let mut unfinished = false;
    if let Err(error) = describe(&place.practice()) {
        assert!(!said.contains(&"done".to_owned()), "{round}: it was acknowledged, but {error:?}");
        assert!(matches!(error, VaultError::Unfinished | VaultError::NoPractice), "{round}: {error:?}");
        has_a_name(&error, round);
        unfinished = matches!(error, VaultError::Unfinished);
        let again = create(&place.machine(), &place.practice(), &new_practice(), &passphrase(PASSPHRASE));
        drop(again.unwrap_or_else(|error| panic!("{round}: {error:?}")));
    }
    drop(tally.recovery(|| Oracle::new().whole(place, PASSPHRASE, round)));
    assert_eq!(backups_in(&place.file("backups")).len(), 1, "{round}: the first backup is there");
    unfinished
}

#[test]
fn killed_while_creating_the_folder_is_finished_or_says_that_it_is_not() {
    let whole = whole_creation();
    let mut unfinished = 0;
    let mut tally = Tally::of("killed while creating");
    let all = rounds(8, 60);
    for round in 0..all {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Place::at(folder.path());
        let killed = Killed::start("creation", &place);
        killed.wait_for("ready");
        let moment = whole * (round + 1) / (all + 1);
        let said = killed.kill_after(moment);
        unfinished += u32::from(judged(&place, &said, &format!("round {round}, {moment:?}"), &mut tally));
    }
    assert!(unfinished > 0, "no kill fell into a creation");
}

#[test]
fn killed_between_any_two_steps_of_a_creation_it_is_finished_or_says_that_it_is_not() {
    let rehearsal = tempfile::tempdir().expect("a folder");
    let (said, _) = Killed::start_for_point("creation", &Place::at(rehearsal.path()), 0).ended();
    let steps = after(&said, "passed").next().expect("told").split(',').count();
    assert!(steps > 15, "a creation passes its steps: {said:?}");
    let mut tally = Tally::of("killed at a step of creating");
    for number in (1..=steps).step_by(if soak() { 1 } else { 3 }) {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Place::at(folder.path());
        let (said, _) = Killed::start_for_point("creation", &place, number).ended();
        judged(&place, &said, &format!("step {number}"), &mut tally);
    }
}
