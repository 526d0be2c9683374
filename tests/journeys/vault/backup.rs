//! Backups count when they were read back.

use baton_core::testing::PASSPHRASE;
use baton_core::vault::{OnDoubt, VaultError, back_up, backups_in, check, describe, unlock};

use super::{add_tag, count_tags, passphrase, place};

#[test]
fn a_new_practice_has_its_first_backup() {
    let place = place();
    let created = place.create();
    let backups = backups_in(&place.file("backups"));
    assert_eq!(backups.len(), 1);
    assert_eq!(check(&created.unlocked).expect("checked").newest_backup, Some(backups[0].clone()));
}

#[test]
fn a_backup_opens_like_the_practice_with_what_it_held_then() {
    let place = place();
    let created = place.create();
    add_tag(&created.unlocked, "before").expect("written");
    let elsewhere = place.practice.with_file_name("Dropbox");
    let backup = back_up(&created.unlocked, Some(&elsewhere)).expect("a cloud folder may hold backups");
    add_tag(&created.unlocked, "after").expect("written");
    drop(created);

    assert!(
        matches!(describe(backup.folder.as_ref()), Err(VaultError::UnsafePlace { .. })),
        "but not be worked in"
    );
    let home = place.practice.with_file_name("restored");
    std::fs::rename(&backup.folder, &home).expect("moved");
    let unlocked = unlock(&place.machine, &home, place.profile(), &passphrase(PASSPHRASE), OnDoubt::Refuse)
        .expect("unlocked");
    assert_eq!(count_tags(&unlocked), 1);
    assert!(check(&unlocked).expect("checked").ok);
}

#[test]
fn backups_of_the_same_second_stand_beside_each_other_and_unfinished_ones_are_not_listed() {
    let place = place();
    let created = place.create();
    let folder = place.file("backups");
    for _ in 0..3 {
        back_up(&created.unlocked, None).expect("backed up");
    }
    assert_eq!(backups_in(&folder).len(), 4);
    let partial = folder.join(".baton-2026-11-02-120000.partial");
    std::fs::create_dir(&partial).expect("made");
    std::fs::write(partial.join("practice.db"), "half").expect("written");
    std::fs::create_dir(folder.join("baton-2026-11-03-120000")).expect("an empty folder is no backup");
    assert_eq!(backups_in(&folder).len(), 4);
    back_up(&created.unlocked, None).expect("backed up");
    assert!(!partial.exists(), "cleaned away");
    let names = std::fs::read_dir(&folder)
        .expect("listed")
        .flatten()
        .filter(|e| e.file_name().to_string_lossy().contains("partial"));
    assert_eq!(names.count(), 0);
}

#[test]
fn a_target_that_can_not_be_written_is_a_named_error_and_leaves_nothing() {
    let place = place();
    let created = place.create();
    let file = place.practice.with_file_name("a file");
    std::fs::write(&file, "x").expect("written");
    assert!(matches!(back_up(&created.unlocked, Some(&file)), Err(VaultError::NoAccess { .. })));
    assert_eq!(std::fs::read(&file).expect("read"), b"x");
    assert_eq!(backups_in(&place.file("backups")).len(), 1, "what was made before is untouched");
}
