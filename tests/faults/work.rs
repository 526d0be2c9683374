//! Killed while working: commits, a long import, locking, a backup.

use std::time::Duration;

use baton_core::store::{Cause, Label, StoreError};
use baton_core::testing::PASSPHRASE;
use baton_core::vault::{VaultError, back_up, backups_in};

use super::killed::{Killed, moment, say};
use super::tally::Tally;
use super::{Place, Standing, rounds, story};

/// One action that adds one row.
pub fn add_tag(unlocked: &baton_core::vault::Unlocked, name: &str) {
    unlocked.practice().write(Label::hand("tag_add", name), |tx| story::add_tag(tx, name)).expect("written");
}

/// Commits one action after the other and tells of each that is done.
pub fn commits(place: &Place) {
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    say("ready");
    for _ in 0..100_000 {
        say(&story::act(unlocked.practice()).expect("written"));
    }
}

/// One action of very many rows.
pub fn import(place: &Place) {
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    say("ready");
    let label = Label { action: "import", subject: "everything".into(), cause: Cause::Import };
    unlocked
        .practice()
        .write(label, |tx| {
            for row in 0..60_000 {
                story::add_tag(tx, &format!("row {row}"))?;
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
        say(&story::act(unlocked.practice()).expect("written"));
    }
    say("locking");
    unlocked.lock().expect("locked");
    say("locked");
}

/// Commits a little and waits.
pub fn waits(place: &Place) {
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    for _ in 0..3 {
        story::act(unlocked.practice()).expect("written");
    }
    say("committed");
    loop {
        std::thread::park();
    }
}

/// The newest history entry `vault.json` knows.
fn known_head(place: &Place) -> u64 {
    let text = std::fs::read(place.file("vault.json")).expect("read");
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

#[test]
fn killed_between_commits_nothing_acknowledged_is_lost_and_nothing_is_half_there() {
    let Standing { folder: _folder, place, oracle } = Standing::new();
    let mut acknowledged = Vec::new();
    let mut tally = Tally::of("killed while committing");
    for round in 0..rounds(12, 1000) {
        let killed = Killed::start("commits", &place);
        killed.wait_for("ready");
        let after = moment(120);
        acknowledged.extend(killed.kill_after(after));
        let round = format!("round {round}, {after:?}");
        let unlocked = tally.recovery(|| oracle.whole(&place, PASSPHRASE, &round));
        story::all_kept(unlocked.practice(), &acknowledged, &round);
    }
    assert!(!acknowledged.is_empty(), "the kills came too early to mean anything");
}

#[test]
fn killed_during_an_import_it_is_there_entirely_or_not_at_all() {
    let Standing { folder: _folder, place, oracle } = Standing::new();
    let mut tally = Tally::of("killed during an import");
    for round in 0..rounds(5, 60) {
        let killed = Killed::start("import", &place);
        killed.wait_for("ready");
        let said = killed.kill_after(moment(1500));
        let round = format!("round {round}");
        let unlocked = tally.recovery(|| oracle.whole(&place, PASSPHRASE, &round));
        let there = story::number(unlocked.practice(), "SELECT count(*) FROM tag");
        if said.is_empty() {
            assert!(there == 0 || there == 60_000, "{round}: {there} rows");
        } else {
            assert_eq!(there, 60_000, "{round}: it was acknowledged");
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
    let Standing { folder: _folder, place, oracle } = Standing::new();
    let mut acknowledged = 0;
    let mut tally = Tally::of("killed while locking");
    for round in 0..rounds(6, 100) {
        let killed = Killed::start("lock", &place);
        killed.wait_for("locking");
        killed.kill_after(moment(25));
        acknowledged += 20;
        let round = format!("round {round}");
        let unlocked = tally.recovery(|| oracle.whole(&place, PASSPHRASE, &round));
        assert_eq!(story::actions(unlocked.practice(), &round).len(), acknowledged, "{round}");
    }
}

#[test]
fn killed_during_backups_only_whole_ones_are_listed() {
    let Standing { folder, place, oracle } = Standing::new();
    let own = place.file("backups");
    let mut tally = Tally::of("killed during a backup");
    for round in 0..rounds(5, 120) {
        let killed = Killed::start("backup", &place);
        killed.wait_for("ready");
        let said = killed.kill_after(moment(400));
        let listed = backups_in(&own);
        let round = format!("round {round}");
        for made in &said {
            assert!(listed.iter().any(|backup| &backup.folder == made), "{round}: {made} was acknowledged");
        }
        drop(tally.recovery(|| oracle.whole(&place, PASSPHRASE, &round)));
        let left = std::fs::read_dir(&own)
            .expect("listed")
            .flatten()
            .filter(|e| e.file_name().to_string_lossy().ends_with(".partial"));
        assert_eq!(left.count(), 0, "{round}: unlocking cleans up");
        for (number, backup) in listed.iter().enumerate() {
            let home = folder.path().join(format!("restored {round} {number}"));
            std::fs::rename(&backup.folder, &home).expect("moved");
            drop(oracle.whole_in(&place, &home, PASSPHRASE, &round));
            std::fs::remove_dir_all(&home).expect("removed");
        }
    }
}

#[test]
fn a_lost_or_damaged_write_ahead_log_is_noticed() {
    for spoil in ["lost", "damaged", "of another day"] {
        let Standing { folder: _folder, place, .. } = Standing::new();
        let killed = Killed::start("waits", &place);
        killed.wait_for("committed");
        // vault.json learns of the commits on its own, long before the log goes home.
        killed.until(|| known_head(&place) >= 4);
        let log = place.file("practice.db-wal");
        let older = std::fs::read(&log).expect("a log is there");
        killed.kill_after(Duration::ZERO);
        match spoil {
            "lost" => std::fs::remove_file(&log).expect("removed"),
            "damaged" => {
                let mut bytes = older;
                bytes[32 + 24 + 500] ^= 1;
                std::fs::write(&log, bytes).expect("written");
            }
            _ => {
                // The day goes on and its log goes home; then the older log is put beside the newer file.
                let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
                for _ in 0..3 {
                    story::act(unlocked.practice()).expect("written");
                }
                drop(unlocked);
                std::fs::write(&log, older).expect("put back");
            }
        }
        match place.unlock(PASSPHRASE) {
            Err(VaultError::HeadAhead { known, found }) => assert!(known > found, "{spoil}"),
            Err(VaultError::DatabaseDamaged) if spoil == "of another day" => {}
            other => panic!("{spoil}: {other:?}"),
        }
    }
}
