//! Backups count when they were read back.

use std::ops::ControlFlow;

use baton_core::store::StoreError;
use baton_core::testing::PASSPHRASE;
use baton_core::vault::{
    BackupSettings, Keep, OnDoubt, VaultError, Why, add_target, all_backups, back_up, back_up_everywhere,
    back_up_for, backup_state, backups_in, check, describe, drill, remove_target, save_backup_settings,
    save_outside, unlock,
};

use super::{add_tag, count_tags, files_below, passphrase, place};

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

fn on() -> ControlFlow<()> {
    ControlFlow::Continue(())
}

#[test]
fn a_backup_says_why_it_was_made_and_what_it_holds() {
    let place = place();
    let created = place.create();
    assert_eq!(backups_in(&place.file("backups"))[0].why, Why::First);
    let made = back_up_for(&created.unlocked, None, Why::BeforeImport, &mut |_, _| on()).expect("made");
    assert_eq!((made.why, made.verified), (Why::BeforeImport, true));
    assert_eq!(made.holds.map(|holds| (holds.partners, holds.entries)), Some((0, 1)));
    assert_eq!(backups_in(&place.file("backups"))[0], made, "a list says the same");

    std::fs::write(std::path::Path::new(&made.folder).join("practice.db"), "shorter").expect("written");
    assert!(
        !backups_in(&place.file("backups"))[0].verified,
        "a file that is not as long as it was counts no more"
    );
}

#[test]
fn work_goes_on_while_a_backup_is_made_and_it_holds_the_moment_it_began() {
    let place = place();
    let created = place.create();
    add_tag(&created.unlocked, "before").expect("written");
    let mut meanwhile = 0;
    let made = back_up_for(&created.unlocked, None, Why::Asked, &mut |_, _| {
        meanwhile += 1;
        add_tag(&created.unlocked, &format!("meanwhile {meanwhile}")).expect("nobody waits for a backup");
        created.unlocked.practice().store().checkpoint().expect("not even the log");
        on()
    })
    .expect("made");
    assert!(meanwhile > 0);
    assert_eq!(made.holds.map(|holds| holds.entries), Some(2), "created, and one tag");
    assert_eq!(count_tags(&created.unlocked), 1 + meanwhile);
}

#[test]
fn stopped_in_the_middle_it_leaves_nothing() {
    let place = place();
    let created = place.create();
    let stopped = back_up_for(&created.unlocked, None, Why::Asked, &mut |_, _| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(VaultError::Store(StoreError::Cancelled))), "{stopped:?}");
    assert_eq!(std::fs::read_dir(place.file("backups")).expect("listed").count(), 1, "the first one alone");
    add_tag(&created.unlocked, "after").expect("work goes on");
}

#[test]
fn one_place_that_fails_stops_no_other_and_a_stick_that_was_taken_out_is_not_made_anew() {
    let place = place();
    let created = place.create();
    let open = &created.unlocked;
    let chosen = place.practice.with_file_name("stick");
    std::fs::create_dir(&chosen).expect("a stick");
    let target = add_target(&place.machine, open, &chosen).expect("added");
    let outcomes = back_up_everywhere(&place.machine, open, Why::Asked, &mut |_, _| on()).expect("made");
    assert!(outcomes.iter().all(|outcome| outcome.backup.is_some()), "{outcomes:?}");
    assert_eq!(all_backups(&place.machine, open).expect("listed").len(), 3);

    std::fs::rename(&chosen, chosen.with_file_name("in a pocket")).expect("taken out");
    let outcomes = back_up_everywhere(&place.machine, open, Why::Schedule, &mut |_, _| on()).expect("made");
    assert!(outcomes[0].own && outcomes[0].backup.is_some());
    assert_eq!(outcomes[1].problem.as_ref().map(|problem| problem.code.as_str()), Some("target_away"));
    assert!(!chosen.exists());
    let state = backup_state(&place.machine, open).expect("known");
    assert!(!state.targets[1].there && state.targets[1].problem.is_some());
    assert!(state.targets[1].last_good_at.is_some(), "what was made there is remembered");

    remove_target(&place.machine, open, &target).expect("removed");
    assert_eq!(backup_state(&place.machine, open).expect("known").targets.len(), 1);
    let inside = add_target(&place.machine, open, &place.practice);
    assert!(matches!(inside, Err(VaultError::Invalid { field: "target", .. })), "{inside:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_stick_that_is_full_is_named_with_the_room_it_lacks_and_keeps_what_it_has() {
    let place = place();
    let created = place.create();
    let stick = place.practice.with_file_name("stick");
    std::fs::create_dir(&stick).expect("a folder");
    let mounted = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"])
        .arg(&stick)
        .stderr(std::process::Stdio::null())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        eprintln!("skipped: mounting a small disk is not allowed here");
        return;
    }
    let first = back_up(&created.unlocked, Some(&stick));
    std::fs::write(stick.join("filler"), vec![0; 900_000]).ok();
    let full = back_up(&created.unlocked, Some(&stick));
    let saved = save_outside(&created.unlocked, &stick.join("x.baton.age"), &[], &mut |_, _| on());
    let left = backups_in(&stick).len();
    let partial = std::fs::read_dir(&stick)
        .expect("listed")
        .flatten()
        .filter(|e| e.file_name().to_string_lossy().starts_with('.'))
        .count();
    std::process::Command::new("umount").arg(&stick).status().expect("unmounted");
    assert!(matches!(full, Err(VaultError::TargetFull { megabytes: 1.., .. })), "{full:?}");
    assert!(matches!(saved, Err(VaultError::TargetFull { .. })), "{saved:?}");
    assert_eq!(left, usize::from(first.is_ok()));
    assert_eq!(partial, 0, "nothing half is left");
}

#[test]
fn older_ones_go_as_the_numbers_say_and_those_of_another_practice_stay() {
    let place = place();
    drop(place.create());
    let stick = place.practice.with_file_name("stick");
    std::fs::create_dir(&stick).expect("a stick");
    let stranger = stick.join("Baton backups/baton-2020-01-01-120000");
    std::fs::create_dir_all(&stranger).expect("made");
    for name in ["practice.db", "vault.json", "recovery.age"] {
        std::fs::write(stranger.join(name), "of somebody else").expect("written");
    }
    let on_day = |day: u32| crate::vault::machine(place._folder.path(), &format!("2026-11-{day:02}"));
    for day in 3..=12 {
        let machine = on_day(day);
        let open =
            unlock(&machine, &place.practice, place.profile(), &passphrase(PASSPHRASE), OnDoubt::Refuse)
                .expect("unlocked");
        if day == 3 {
            add_target(&machine, &open, &stick).expect("added");
            let keep = Keep { daily: 4, weekly: 1, monthly: 1 };
            save_backup_settings(&machine, &open, BackupSettings { rhythm_hours: 24, keep }).expect("set");
        }
        back_up_everywhere(&machine, &open, Why::Schedule, &mut |_, _| on()).expect("made");
    }
    for below in [place.file("backups"), stick.join("Baton backups")] {
        let days: Vec<String> = backups_in(&below)
            .iter()
            .filter(|backup| backup.folder != stranger.to_string_lossy())
            .map(|backup| backup.folder.split("baton-2026-11-").nth(1).expect("a name")[..2].to_owned())
            .collect();
        assert_eq!(days, ["12", "11", "10", "09"], "{}", below.display());
    }
    assert!(stranger.exists());

    let back = on_day(4);
    let open = unlock(&back, &place.practice, place.profile(), &passphrase(PASSPHRASE), OnDoubt::Refuse)
        .expect("unlocked");
    let outcomes = back_up_everywhere(&back, &open, Why::Schedule, &mut |_, _| on()).expect("made");
    assert!(outcomes.iter().all(|outcome| outcome.removed == 0), "a clock that was set back removes nothing");
}

#[test]
fn a_week_without_a_backup_and_a_season_without_a_test_are_said() {
    let place = place();
    drop(place.create());
    let later = |day: &str| {
        let machine = crate::vault::machine(place._folder.path(), day);
        let open =
            unlock(&machine, &place.practice, place.profile(), &passphrase(PASSPHRASE), OnDoubt::Refuse)
                .expect("unlocked");
        backup_state(&machine, &open).expect("known")
    };
    let after = later("2026-11-08");
    assert_eq!((after.days_without_backup, after.days_without_drill), (None, None));
    assert_eq!(later("2026-11-09").days_without_backup, Some(7));
    assert_eq!(later("2027-01-31").days_without_drill, Some(90));
}

#[test]
fn a_test_restores_the_newest_backup_beside_the_practice_and_leaves_nothing() {
    let place = place();
    let created = place.create();
    let open = &created.unlocked;
    add_tag(open, "before").expect("written");
    back_up(open, None).expect("made");
    let report = drill(&place.machine, open, &mut |_, _| on()).expect("tested");
    assert!(report.ok, "{report:?}");
    assert_eq!(report.entries, 2);
    let state = backup_state(&place.machine, open).expect("known");
    assert!(state.drill_ok && state.drill_at.is_some());
    let names =
        || files_below(&place.practice).into_iter().filter(|file| file.to_string_lossy().contains("drill"));
    assert_eq!(names().count(), 0);

    let newest = back_up(open, None).expect("made");
    let database = std::path::Path::new(&newest.folder).join("practice.db");
    let mut bytes = std::fs::read(&database).expect("read");
    bytes[9000] ^= 1;
    std::fs::write(&database, bytes).expect("written");
    let report = drill(&place.machine, open, &mut |_, _| on()).expect("tested");
    assert!(!report.ok && report.problem.is_some(), "{report:?}");
    assert!(!backup_state(&place.machine, open).expect("known").drill_ok);
    assert_eq!(names().count(), 0);
}

#[test]
fn a_file_for_outside_opens_with_the_programs_age_and_unzip_and_the_printed_key() {
    let place = place();
    let created = place.create();
    let open = &created.unlocked;
    let sheet =
        created.recovery.sheet(&open.describe().expect("described"), "2026-11-02".parse().expect("a day"));
    let key = format!("{}{}", sheet.prefix, sheet.groups.concat());
    let admin = age::x25519::Identity::generate();
    let file = place.practice.with_file_name("Harborview.baton.age");
    std::fs::write(&file, "an older one").expect("written");
    let stopped = save_outside(open, &file, &[], &mut |_, _| ControlFlow::Break(()));
    assert!(stopped.is_err());
    assert_eq!(std::fs::read(&file).expect("read"), b"an older one", "what stood there is untouched");

    let others = [admin.to_public().to_string()];
    let saved = save_outside(open, &file, &others, &mut |_, _| on()).expect("saved");
    assert_eq!(saved.keys, 2);
    let printed: age::x25519::Identity = key.parse().expect("a key");
    for identity in [&printed, &admin] {
        let plain = age::decrypt(identity, &std::fs::read(&file).expect("read")).expect("opened");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(plain)).expect("an archive");
        let names: std::collections::BTreeSet<String> =
            archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
        assert_eq!(
            names.iter().map(String::as_str).collect::<Vec<_>>(),
            ["backup.json", "practice.db", "recovery.age", "vault.json"]
        );
        let mut recovery = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_name("recovery.age").expect("there"), &mut recovery)
            .expect("read");
        assert_eq!(recovery, std::fs::read(place.file("recovery.age")).expect("read"));
    }
    let typo = save_outside(open, &file, &["age1nobody".into()], &mut |_, _| on());
    assert!(matches!(typo, Err(VaultError::NotARecipient { .. })), "{typo:?}");
    let left = std::fs::read_dir(place._folder.path()).expect("listed").flatten();
    assert!(left.map(|entry| entry.file_name()).all(|name| !name.to_string_lossy().starts_with(".baton")));
}
