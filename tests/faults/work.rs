//! Killed while working: commits, a long import, locking, a backup.

use std::time::Duration;

use baton_core::foundation::id::TagId;
use baton_core::store::{Label, StoreError, Tx};
use baton_core::testing::{PASSPHRASE, new_practice};
use baton_core::vault::{VaultError, back_up, backups_in, check, create};

use super::killed::{Killed, moment, say};
use super::{Place, passphrase, rounds, tags};

/// Rows of an action that must come and stay together.
const TOGETHER: [&str; 2] = ["first", "second"];

fn add(tx: &Tx<'_>, name: &str) -> Result<(), StoreError> {
    tx.prepare_cached("INSERT INTO tag VALUES (?1, ?2, ?2)")?
        .execute(rusqlite::params![TagId::new(), name])?;
    Ok(())
}

/// One action that adds one row.
pub fn add_tag(unlocked: &baton_core::vault::Unlocked, name: &str) {
    unlocked.practice().write(Label::hand("tag_add", name), |tx| add(tx, name)).expect("written");
}

/// Commits one action after the other and tells of each that is done.
pub fn commits(place: &Place) {
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    say("ready");
    for _ in 0..100_000 {
        let action = TagId::new().to_string();
        unlocked
            .practice()
            .write(Label::hand("tag_add", action.as_str()), |tx| {
                TOGETHER.iter().try_for_each(|row| add(tx, &format!("{action} {row}")))
            })
            .expect("written");
        say(&action);
    }
}

/// One action of very many rows.
pub fn import(place: &Place) {
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    say("ready");
    let label =
        Label { action: "import", subject: "everything".into(), cause: baton_core::store::Cause::Import };
    unlocked
        .practice()
        .write(label, |tx| {
            for row in 0..60_000 {
                add(tx, &format!("row {row}"))?;
                if row % 5_000 == 0 {
                    tx.breathe()?;
                }
            }
            Ok::<(), StoreError>(())
        })
        .expect("written");
    say("done");
}

/// Commits a little and locks.
pub fn lock(place: &Place) {
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    for _ in 0..20 {
        let action = TagId::new().to_string();
        unlocked
            .practice()
            .write(Label::hand("tag_add", action.as_str()), |tx| add(tx, &action))
            .expect("written");
        say(&action);
    }
    say("locking");
    unlocked.lock().expect("locked");
    say("locked");
}

/// Commits a little and waits.
pub fn waits(place: &Place) {
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    for _ in 0..3 {
        let action = TagId::new().to_string();
        unlocked
            .practice()
            .write(Label::hand("tag_add", action.as_str()), |tx| add(tx, &action))
            .expect("written");
    }
    say("committed");
    loop {
        std::thread::park();
    }
}

/// The newest history entry `vault.json` knows.
fn known_head(place: &Place) -> u64 {
    let text = std::fs::read(place.practice().join("vault.json")).expect("read");
    let document: serde_json::Value = serde_json::from_slice(&text).expect("json");
    document["db_head"]["seq"].as_u64().expect("a number")
}

/// Makes one backup after the other.
pub fn backs_up(place: &Place) {
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    say("ready");
    for _ in 0..10_000 {
        say(&back_up(&unlocked, None).expect("backed up").folder);
    }
}

/// A practice, locked, in a folder that lasts as long as the first value.
fn practice() -> (tempfile::TempDir, Place) {
    let folder = tempfile::tempdir().expect("a folder");
    let place = Place::at(folder.path());
    drop(
        create(&place.machine(), &place.practice(), &new_practice(), &passphrase(PASSPHRASE))
            .expect("created"),
    );
    (folder, place)
}

#[test]
fn killed_between_commits_nothing_acknowledged_is_lost_and_nothing_is_half_there() {
    let (_folder, place) = practice();
    let mut acknowledged = Vec::new();
    for round in 0..rounds(8) {
        let killed = Killed::start("commits", &place);
        killed.wait_for("ready");
        let after = moment(120);
        acknowledged.extend(killed.kill_after(after));
        let there = tags(&place.look(&format!("round {round}, {after:?}")));
        for action in &acknowledged {
            assert!(there.contains(&format!("{action} first")), "round {round}: {action} was acknowledged");
        }
        for row in &there {
            let action = row.split(' ').next().unwrap_or_default();
            assert!(
                TOGETHER.iter().all(|part| there.contains(&format!("{action} {part}"))),
                "round {round}: {action} is half there"
            );
        }
    }
    assert!(!acknowledged.is_empty(), "the kills came too early to mean anything");
}

#[test]
fn killed_during_an_import_it_is_there_entirely_or_not_at_all() {
    let (_folder, place) = practice();
    for round in 0..rounds(5) {
        let killed = Killed::start("import", &place);
        killed.wait_for("ready");
        let said = killed.kill_after(moment(1500));
        let unlocked = place.look(&format!("round {round}"));
        let there = tags(&unlocked).len();
        if said.is_empty() {
            assert!(there == 0 || there == 60_000, "round {round}: {there} rows");
        } else {
            assert_eq!(there, 60_000, "round {round}: it was acknowledged");
        }
        if there > 0 {
            unlocked
                .practice()
                .write(Label::hand("clean", "tags"), |tx| {
                    tx.execute("DELETE FROM tag", []).map(drop).map_err(StoreError::from)
                })
                .expect("emptied for the next round");
        }
    }
}

#[test]
fn killed_while_locking_everything_is_there_and_opens() {
    let (_folder, place) = practice();
    let mut acknowledged = 0;
    for round in 0..rounds(6) {
        let killed = Killed::start("lock", &place);
        killed.wait_for("locking");
        killed.kill_after(moment(25));
        acknowledged += 20;
        let unlocked = place.look(&format!("round {round}"));
        assert_eq!(tags(&unlocked).len(), acknowledged, "round {round}");
    }
}

#[test]
fn killed_during_backups_only_whole_ones_are_listed() {
    let (folder, place) = practice();
    let own = place.practice().join("backups");
    for round in 0..rounds(5) {
        let killed = Killed::start("backup", &place);
        killed.wait_for("ready");
        let said = killed.kill_after(moment(400));
        let listed = backups_in(&own);
        for made in &said {
            assert!(
                listed.iter().any(|backup| &backup.folder == made),
                "round {round}: {made} was acknowledged"
            );
        }
        place.look(&format!("round {round}"));
        let left = std::fs::read_dir(&own)
            .expect("listed")
            .flatten()
            .filter(|e| e.file_name().to_string_lossy().ends_with(".partial"));
        assert_eq!(left.count(), 0, "round {round}: unlocking cleans up");
        for (number, backup) in listed.iter().enumerate() {
            let home = folder.path().join(format!("restored {round} {number}"));
            std::fs::rename(&backup.folder, &home).expect("moved");
            let unlocked = place
                .unlock_folder(&home, PASSPHRASE)
                .unwrap_or_else(|error| panic!("round {round}: {error:?}"));
            assert!(check(&unlocked).expect("checked").ok, "round {round}");
        }
    }
}

#[test]
fn a_lost_or_damaged_write_ahead_log_is_noticed() {
    for spoil in ["lost", "damaged"] {
        let (_folder, place) = practice();
        let killed = Killed::start("waits", &place);
        killed.wait_for("committed");
        // vault.json learns of the commits on its own, long before the log goes home.
        killed.until(|| known_head(&place) >= 4);
        killed.kill_after(Duration::ZERO);
        let log = place.practice().join("practice.db-wal");
        let mut bytes = std::fs::read(&log).expect("a log is there");
        if spoil == "lost" {
            std::fs::remove_file(&log).expect("removed");
        } else {
            bytes[32 + 24 + 500] ^= 1;
            std::fs::write(&log, bytes).expect("written");
        }
        match place.unlock(PASSPHRASE) {
            Err(VaultError::HeadAhead { known, found }) => assert!(known > found, "{spoil}"),
            other => panic!("{spoil}: {other:?}"),
        }
    }
}
