//! Logs that listen to everything: no key, passphrase, recovery key or patient is ever said, whoever listens.

use std::io::Write;
use std::process::Stdio;

use baton_core::testing::secrets::{forms, holds, keys_behind};
use baton_core::testing::{PASSPHRASE, new_practice};
use baton_core::vault::{
    back_up, change_passphrase, check, confirm_passphrase, create, prepare_recovery, unlock_by_recovery,
};

use super::killed::{Killed, say};
use super::oracle::Oracle;
use super::{OTHER, Place, TODAY, passphrase, story};

const THIRD: &str = "granite willow compass nectar badge";

/// Says everything any library says, however unimportant.
struct Everything;

impl log::Log for Everything {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        eprintln!("{} {}", record.target(), record.args());
    }

    fn flush(&self) {}
}

/// Set-up, opening, a wrong passphrase, every way to change how it is opened, a backup, an import, an export, damage.
/// The secrets that were made on the way are left beside, for whoever listens.
pub fn talks(place: &Place) {
    log::set_logger(&Everything).expect("the only logger");
    log::set_max_level(log::LevelFilter::Trace);
    log::trace!("listening");
    let created = create(&place.machine(), &place.practice(), &new_practice(), &passphrase(PASSPHRASE))
        .expect("created");
    eprintln!("{created:?} {:?} {:?}", created.unlocked, passphrase(PASSPHRASE));
    let about = created.unlocked.describe().expect("described");
    let printed = |key: &baton_core::vault::RecoveryKey| {
        let sheet = key.sheet(&about, TODAY.parse().expect("a date"));
        format!("{}{}", sheet.prefix, sheet.groups.concat())
    };
    let first = printed(&created.recovery);
    story::import(created.unlocked.practice(), &story::export_of(20, 0)).expect("imported");
    story::act(created.unlocked.practice()).expect("written");
    drop(created);
    let wrong = place.unlock("lantern orbit velvet canyon mople").expect_err("wrong");
    eprintln!("{wrong} {wrong:?}");
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    eprintln!("{:?} {unlocked:?}", place.machine());
    change_passphrase(&place.machine(), &unlocked, &passphrase(PASSPHRASE), &passphrase(OTHER))
        .expect("changed");
    confirm_passphrase(&unlocked, &passphrase(OTHER)).expect("confirmed");
    let renewal = prepare_recovery(&place.machine(), &unlocked, &passphrase(OTHER)).expect("made");
    let second = printed(&renewal.commit(&unlocked).expect("renewed"));
    back_up(&unlocked, None).expect("backed up");
    check(&unlocked).expect("checked");
    story::export(unlocked.practice(), &place.above.join("register.xlsx")).expect("exported");
    drop(unlocked);
    let profile = baton_core::vault::describe(&place.practice()).expect("described").profiles[0].id;
    let refuse = baton_core::vault::OnDoubt::Refuse;
    let recover = |key: &str| {
        unlock_by_recovery(&place.machine(), &place.practice(), profile, key, &passphrase(THIRD), refuse)
    };
    eprintln!("{:?}", recover(&first).expect_err("replaced"));
    drop(recover(&second).expect("opened"));
    std::fs::write(place.above.join("recovery keys"), format!("{first}\n{second}")).expect("written");
    let mut bytes = std::fs::read(place.file("practice.db")).expect("read");
    bytes[100] ^= 1;
    std::fs::write(place.file("practice.db"), bytes).expect("written");
    eprintln!("{:?}", place.unlock(THIRD).expect_err("damaged"));
    say("done");
}

#[test]
fn nobody_who_listens_to_everything_hears_a_secret() {
    let (folder, outside) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let place = Place::at(folder.path());
    let heard = outside.path().join("log");
    let log = std::fs::File::create(&heard).expect("a file");
    let talking = Killed::start_with("talk", &place, |command| {
        command.env("RUST_LOG", "trace").env("RUST_BACKTRACE", "full").stderr(Stdio::from(log));
    });
    let (said, whole) = talking.ended();
    let log = std::fs::read(&heard).expect("read");
    assert!(whole, "{}", String::from_utf8_lossy(&log));
    assert!(log.starts_with(b"faults::logs listening") || holds(&log, &[b"listening".to_vec()]));
    assert!(said.contains(&"done".to_owned()), "{said:?}");

    let mut secrets = Oracle::new().secrets().to_vec();
    let recovery = std::fs::read_to_string(place.above.join("recovery keys")).expect("left beside");
    for key in recovery.lines() {
        secrets.extend(forms(key));
        secrets.extend(forms(key.trim_start_matches("AGE-SECRET-KEY-1")));
    }
    secrets.extend(keys_behind(&place.practice(), recovery.lines().last().expect("a key")));
    secrets.extend(forms(THIRD));
    // The listener itself would be noticed.
    assert!(holds(format!("a log with {OTHER}").as_bytes(), &secrets));
    if holds(&log, &secrets) {
        std::io::stderr().write_all(&log).expect("shown");
        panic!("a secret was said");
    }
    std::fs::remove_file(place.above.join("recovery keys")).expect("removed");
    Oracle::new().silent(&place, "after everything");
}
