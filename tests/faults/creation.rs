//! Killed while a practice is created.

use std::time::{Duration, Instant};

use baton_core::testing::{PASSPHRASE, new_practice};
use baton_core::vault::{VaultError, backups_in, create, describe};

use super::killed::{Killed, say};
use super::{Place, passphrase, rounds};

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

#[test]
fn killed_while_creating_the_folder_is_finished_or_says_that_it_is_not() {
    let whole = whole_creation();
    let mut unfinished = 0;
    let all = rounds(10);
    for round in 0..all {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Place::at(folder.path());
        let killed = Killed::start("creation", &place);
        killed.wait_for("ready");
        let after = whole * (round + 1) / (all + 1);
        let said = killed.kill_after(after);
        match describe(&place.practice()) {
            Ok(_) => {}
            Err(error) => {
                assert!(said.is_empty(), "round {round}, {after:?}: it was acknowledged, but {error:?}");
                assert!(
                    matches!(error, VaultError::Unfinished | VaultError::NoPractice),
                    "round {round}, {after:?}: {error:?}"
                );
                unfinished += u32::from(matches!(error, VaultError::Unfinished));
                drop(
                    create(&place.machine(), &place.practice(), &new_practice(), &passphrase(PASSPHRASE))
                        .expect("created again"),
                );
            }
        }
        place.look(&format!("round {round}, {after:?}"));
        assert_eq!(
            backups_in(&place.practice().join("backups")).len(),
            1,
            "round {round}: the first backup is there"
        );
    }
    assert!(unfinished > 0, "no kill fell into a creation");
}
