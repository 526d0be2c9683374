//! Damaged, lost and swapped files: each has a name and a way out, and nothing is made worse.

use std::fs;
use std::path::Path;

use baton_core::testing::PASSPHRASE;
use baton_core::vault::{OnDoubt, VaultError, check, describe, unlock};

use super::{Place, add_tag, count_tags, passphrase, place};

const PAGE: u64 = 4096;

/// A practice with a few hundred records, locked.
fn filled() -> Place {
    let place = place();
    let created = place.create();
    for number in 0..60 {
        add_tag(&created.unlocked, &format!("tag number {number}")).expect("written");
    }
    drop(created);
    place
}

fn cut(path: &Path, length: u64) {
    fs::File::options().write(true).open(path).expect("opened").set_len(length).expect("cut");
}

/// What lies in a practice's folder, to be put back as it was: opening one, however damaged, leaves a line in its log.
fn kept(place: &Place) -> impl Fn() {
    let files = ["practice.db", "vault.json", "vault.json.bak", "sign-ins.txt"].map(|name| place.file(name));
    let files: Vec<_> = files.into_iter().filter_map(|path| Some((fs::read(&path).ok()?, path))).collect();
    move || files.iter().for_each(|(bytes, path)| fs::write(path, bytes).expect("put back"))
}

fn flip(path: &Path, offset: u64) {
    let mut bytes = fs::read(path).expect("read");
    bytes[usize::try_from(offset).expect("fits")] ^= 1;
    fs::write(path, bytes).expect("written");
}

#[test]
fn a_truncated_database_is_refused_by_name_and_never_taken_for_a_new_one() {
    let place = filled();
    let path = place.file("practice.db");
    let whole = fs::read(&path).expect("read");
    let length = whole.len() as u64;
    let put_back = kept(&place);
    for cut_to in [length - PAGE, length - PAGE / 2, 10 * PAGE, 1000, 0] {
        put_back();
        cut(&path, cut_to);
        let damage = match place.unlock(PASSPHRASE) {
            Err(VaultError::DatabaseDamaged | VaultError::DatabaseMissing | VaultError::HeadAhead { .. }) => {
                true
            }
            Ok(unlocked) => !check(&unlocked).expect("checked").ok,
            Err(other) => panic!("{cut_to} bytes: {other:?}"),
        };
        assert!(damage, "{cut_to} of {length} bytes must not pass for whole");
        assert!(fs::metadata(&path).expect("there").len() <= length);
    }
    fs::remove_file(&path).expect("removed");
    assert!(matches!(place.unlock(PASSPHRASE), Err(VaultError::DatabaseMissing)));
    assert!(!path.exists(), "no new database was made");
    put_back();
    assert_eq!(count_tags(&place.unlock(PASSPHRASE).expect("unlocked")), 60);
}

#[test]
fn one_flipped_bit_anywhere_is_found() {
    let place = filled();
    let path = place.file("practice.db");
    let whole = fs::read(&path).expect("read");
    let length = whole.len() as u64;
    let put_back = kept(&place);
    for (what, offset) in [
        ("salt", 3),
        ("first page", 200),
        ("interior page", 7 * PAGE + 900),
        ("last page", length - PAGE + 100),
        ("reserve area", 9 * PAGE - 5),
    ] {
        put_back();
        flip(&path, offset);
        match place.unlock(PASSPHRASE) {
            Err(VaultError::DatabaseDamaged) => {}
            Ok(unlocked) => assert!(!check(&unlocked).expect("checked").file_whole, "{what}"),
            Err(other) => panic!("{what}: {other:?}"),
        }
    }
}

#[test]
fn a_database_of_yesterday_is_noticed_and_opened_only_knowingly() {
    let place = filled();
    let path = place.file("practice.db");
    let yesterday = fs::read(&path).expect("read");
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    add_tag(&unlocked, "today's work").expect("written");
    drop(unlocked);
    fs::write(&path, yesterday).expect("written");

    match place.unlock(PASSPHRASE) {
        // Coming in, the work and locking.
        Err(VaultError::HeadAhead { known, found }) => assert_eq!(known, found + 3),
        other => panic!("{other:?}"),
    }
    let knowingly = || {
        unlock(
            &place.machine,
            &place.practice,
            place.profile(),
            &passphrase(PASSPHRASE),
            OnDoubt::OpenKnowingly,
        )
    };
    let unlocked = knowingly().expect("opened");
    assert_eq!(count_tags(&unlocked), 60);
    drop(unlocked);
    place.unlock(PASSPHRASE).expect("acknowledged once, and on record");
}

#[test]
fn a_change_of_history_by_another_program_is_found_at_the_next_opening() {
    let place = filled();
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    // The triggers stop everybody but somebody who removes them first.
    unlocked
        .practice()
        .store()
        .settle_day(|conn, _| {
            conn.execute_batch("DROP TRIGGER history_is_append_only; UPDATE history SET actor_name = 'Somebody' WHERE seq = 20")?;
            Ok(())
        })
        .expect("tampered");
    drop(unlocked);
    assert!(matches!(place.unlock(PASSPHRASE), Err(VaultError::HistoryBroken { entry: 20 })));
    let knowingly = unlock(
        &place.machine,
        &place.practice,
        place.profile(),
        &passphrase(PASSPHRASE),
        OnDoubt::OpenKnowingly,
    );
    let report = check(&knowingly.expect("opened")).expect("checked");
    assert_eq!((report.ok, report.history_broken_at, report.history_entries), (false, Some(20), 19));
    place.unlock(PASSPHRASE).expect("acknowledged once");
}

#[test]
fn a_damaged_vault_file_is_replaced_by_its_copy() {
    for spoil in ["", "{", "not json"] {
        let place = filled();
        fs::write(place.file("vault.json"), spoil).expect("written");
        assert_eq!(count_tags(&place.unlock(PASSPHRASE).expect("unlocked")), 60);
        let healed = fs::read_to_string(place.file("vault.json")).expect("read");
        assert!(healed.contains("\"mac\""), "written anew");
    }
}

#[test]
fn a_vault_file_that_is_lost_damaged_or_newer_is_refused_by_name() {
    let place = filled();
    let both = |content: Option<&str>| {
        for name in ["vault.json", "vault.json.bak"] {
            match content {
                Some(content) => fs::write(place.file(name), content).expect("written"),
                None => fs::remove_file(place.file(name)).expect("removed"),
            }
        }
    };
    let text = fs::read_to_string(place.file("vault.json")).expect("read");
    let profile = place.profile();
    let open = || unlock(&place.machine, &place.practice, profile, &passphrase(PASSPHRASE), OnDoubt::Refuse);
    let cases: [(&str, String); 5] = [
        ("vault_file_damaged", text[..text.len() / 2].to_owned()),
        ("vault_file_damaged", text.replace("\"m\": 19456", "\"m\": 19457")),
        ("vault_file_damaged", text.replace("\"t\": 2", "\"t\": 1")),
        ("newer", text.replace("\"format\": 1", "\"format\": 2")),
        ("vault_file_damaged", "x".repeat(2 * 1024 * 1024)),
    ];
    for (code, content) in cases {
        both(Some(&content));
        assert_eq!(open().expect_err("refused").code(), code);
        assert_eq!(describe(&place.practice).expect_err("refused").code(), code);
    }
    both(None);
    assert_eq!(open().expect_err("refused").code(), "vault_file_missing");
    fs::write(place.file("vault.json"), text).expect("put back");
    assert_eq!(count_tags(&open().expect("unlocked")), 60);
}

#[test]
fn a_vault_file_of_another_practice_does_not_open_this_one() {
    let (place, other) = (filled(), filled());
    for name in ["vault.json", "vault.json.bak"] {
        fs::copy(other.file(name), place.file(name)).expect("copied");
    }
    let before = fs::read(place.file("practice.db")).expect("read");
    assert!(matches!(place.unlock(PASSPHRASE), Err(VaultError::DatabaseDamaged)));
    assert_eq!(fs::read(place.file("practice.db")).expect("read"), before, "unchanged byte for byte");
}

#[test]
fn copies_left_by_a_synchronising_program_are_listed_and_left_alone() {
    let place = filled();
    fs::write(place.file("practice (conflicted copy).db"), "x").expect("written");
    assert_eq!(
        describe(&place.practice).expect("described").conflicted_copies,
        ["practice (conflicted copy).db"]
    );
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    assert_eq!(check(&unlocked).expect("checked").conflicted_copies.len(), 1);
    assert!(place.file("practice (conflicted copy).db").exists());
}
