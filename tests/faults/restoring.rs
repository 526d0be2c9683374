//! Killed while a backup takes the practice's place.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use baton_core::foundation::id::TagId;
use baton_core::store::{Label, StoreError};
use baton_core::testing::{PASSPHRASE, new_practice};
use baton_core::vault::{
    Unlocked, Way, Why, back_up, backups_in, create, describe, prepare_restore, restore,
};

use super::killed::{Killed, say};
use super::tally::Tally;
use super::{Place, passphrase, rounds, tags};

fn add(unlocked: &Unlocked, name: &str) {
    unlocked
        .practice()
        .write(Label::hand("tag_add", name), |tx| {
            tx.execute("INSERT INTO tag VALUES (?1, ?2, ?2)", rusqlite::params![TagId::new(), name])?;
            Ok::<(), StoreError>(())
        })
        .expect("written");
}

/// Restores the oldest backup that was asked for, the one with a single tag.
pub fn restores(place: &Place) {
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    let own = place.practice().join("backups");
    let asked = backups_in(&own).into_iter().rfind(|backup| backup.why == Why::Asked).expect("a backup");
    let profile = describe(&place.practice()).expect("described").profiles[0].id;
    let words = passphrase(PASSPHRASE);
    let way = Way::Passphrase { profile, passphrase: &words };
    say("ready");
    let mut on = |_: u32, _: u32| ControlFlow::Continue(());
    let prepared = prepare_restore(
        &place.machine(),
        asked.folder.as_ref(),
        &way,
        &place.practice(),
        Some(&unlocked),
        &mut on,
    )
    .expect("prepared");
    drop(restore(&place.machine(), prepared, Some(&unlocked), &mut on).expect("restored"));
    say("restored");
}

/// A practice with two tags and a backup of the day when it had one.
fn practice() -> (tempfile::TempDir, Place) {
    let folder = tempfile::tempdir().expect("a folder");
    let place = Place::at(folder.path());
    let created = create(&place.machine(), &place.practice(), &new_practice(), &passphrase(PASSPHRASE))
        .expect("created");
    add(&created.unlocked, "old");
    back_up(&created.unlocked, None).expect("made");
    add(&created.unlocked, "new");
    drop(created);
    (folder, place)
}

/// How long a restore takes here when nobody disturbs it.
fn whole_restore() -> Duration {
    let (_folder, place) = practice();
    let undisturbed = Killed::start("restore", &place);
    undisturbed.wait_for("ready");
    let begun = Instant::now();
    undisturbed.wait_for("restored");
    begun.elapsed()
}

#[test]
fn killed_while_restoring_the_old_practice_or_the_new_one_is_there_whole() {
    let whole = whole_restore();
    let all = rounds(12, 100);
    let mut tally = Tally::of("killed while restoring");
    for round in 0..all {
        let (_folder, place) = practice();
        let killed = Killed::start("restore", &place);
        killed.wait_for("ready");
        let after = whole * (round + 1) / (all + 1);
        let said = killed.kill_after(after);
        let unlocked = tally.recovery(|| place.look(&format!("round {round}, {after:?}")));
        let there: Vec<String> = tags(&unlocked).into_iter().collect();
        let kept = backups_in(&place.practice().join("backups")).iter().any(|b| b.why == Why::Replaced);
        match there.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["new", "old"] => {
                assert!(said.is_empty() && !kept, "round {round}, {after:?}: it was acknowledged")
            }
            ["old"] => assert!(kept, "round {round}, {after:?}: what stood there is kept"),
            _ => panic!("round {round}, {after:?}: {there:?}"),
        }
        assert!(!place.practice().join("restoring").exists(), "round {round}: unlocking cleans up");
    }
}
