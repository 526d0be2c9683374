//! The practice's key is changed after somebody left.

use baton_core::testing::PASSPHRASE;
use baton_core::vault::{
    KeyKind, OnDoubt, ProfileForm, Role, Rotated, VaultError, add_profile, back_up, backups_in,
    change_passphrase, check, describe, prepare_rotation, rotate, unlock, unlock_by_recovery, unlock_first,
    ways_in,
};

use super::{Place, add_tag, count_tags, passphrase, place};

const OWN: &str = "copper harvest violin tundra plaza";

fn tess() -> ProfileForm {
    ProfileForm {
        name: "Tess Lindqvist".into(),
        initials: String::new(),
        role: Role::Owner,
        active_from: None,
        active_to: None,
    }
}

/// The recovery key as printed.
fn printed(place: &Place, key: &baton_core::vault::RecoveryKey) -> String {
    let about = describe(&place.practice).expect("described");
    key.sheet(&about, super::TODAY.parse().expect("a date")).groups.concat()
}

/// Changes the key of the practice that is open; returns it open, with the new recovery key.
fn changed(place: &Place, unlocked: &baton_core::vault::Unlocked) -> (Rotated, String) {
    let rotation = prepare_rotation(&place.machine, unlocked, &passphrase(PASSPHRASE)).expect("prepared");
    let key = printed(place, rotation.recovery_key());
    (rotate(&place.machine, unlocked, rotation).expect("changed"), key)
}

#[test]
fn after_a_change_only_new_keys_open_everything_is_there_and_history_verifies() {
    let place = place();
    let old_key = place.created();
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    let card = add_profile(&place.machine, &unlocked, &passphrase(PASSPHRASE), &tess()).expect("added");
    let who = describe(&place.practice).expect("described").profiles[1].id;
    drop(unlocked);
    let first = unlock_first(
        &place.machine,
        &place.practice,
        who,
        &passphrase(&card.phrase),
        &passphrase(OWN),
        OnDoubt::Refuse,
    );
    drop(first.expect("her own passphrase"));

    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    for number in 0..40 {
        add_tag(&unlocked, &format!("tag {number}")).expect("written");
    }
    let backup = back_up(&unlocked, None).expect("backed up");
    let before = std::fs::read(place.file("practice.db")).expect("read");
    let (rotated, new_key) = changed(&place, &unlocked);
    assert!(add_tag(&unlocked, "too late").is_err(), "the old value is locked");
    assert_eq!(rotated.handed.len(), 1);
    assert_eq!(rotated.handed[0].name, "Tess Lindqvist");
    add_tag(&rotated.unlocked, "under the new key").expect("work goes on");
    assert!(check(&rotated.unlocked).expect("checked").ok);
    let kinds: Vec<KeyKind> =
        ways_in(&rotated.unlocked).expect("listed").keys.iter().map(|key| key.kind).collect();
    assert_eq!(kinds, [KeyKind::Passphrase, KeyKind::OneTime, KeyKind::Recovery]);
    let phrase = rotated.handed[0].phrase.clone();
    drop(rotated);
    drop(unlocked);

    assert!(!place.file("restoring").exists());
    let after = std::fs::read(place.file("practice.db")).expect("read");
    assert_ne!(after[16..64], before[16..64], "the same page under another key");
    let unlocked = place.unlock(PASSPHRASE).expect("the owner's passphrase stays");
    assert_eq!(count_tags(&unlocked), 41);
    assert!(check(&unlocked).expect("checked").ok);
    drop(unlocked);
    let tess_opens = |text: &str| {
        unlock(&place.machine, &place.practice, who, &passphrase(text), OnDoubt::Refuse).map(drop)
    };
    assert!(matches!(tess_opens(OWN), Err(VaultError::WrongPassphrase)));
    assert!(matches!(tess_opens(&phrase), Err(VaultError::FirstUnlock)));
    let recover = |key: &str| {
        unlock_by_recovery(&place.machine, &place.practice, who, key, &passphrase(OWN), OnDoubt::Refuse)
            .map(drop)
    };
    assert!(matches!(recover(&old_key), Err(VaultError::RecoveryKeyOfAnother)));
    recover(&new_key).expect("opens");

    // The copy made before opens as it did then.
    let copy = std::path::Path::new(&backup.folder);
    let old = unlock(&place.machine, copy, who, &passphrase(OWN), OnDoubt::Refuse).expect("as before");
    assert_eq!(count_tags(&old), 40);
    assert_eq!(backups_in(&place.file("backups")).len(), 2);
}

#[test]
fn history_verifies_after_several_changes() {
    let place = place();
    place.created();
    for round in 0..3 {
        let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
        add_tag(&unlocked, &format!("round {round}")).expect("written");
        let (rotated, _) = changed(&place, &unlocked);
        let head = rotated.unlocked.practice().store().verify_history().expect("verifies");
        assert!(head.seq >= 2 * (i64::from(round) + 1));
    }
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    let store = unlocked.practice().store();
    let held: i64 = unlocked
        .practice()
        .read(|conn| {
            Ok::<_, baton_core::store::StoreError>(conn.query_row(
                "SELECT count(*) FROM history WHERE action = 'key_rotate'",
                [],
                |row| row.get(0),
            )?)
        })
        .expect("read");
    assert_eq!(held, 3, "each change is on record");
    store.verify_history().expect("verifies");
}

#[test]
fn a_change_that_fails_leaves_the_practice_open_as_it_was() {
    let place = place();
    place.created();
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    let rotation = prepare_rotation(&place.machine, &unlocked, &passphrase(PASSPHRASE)).expect("prepared");
    // What a restore or another change left is no hindrance.
    std::fs::create_dir_all(place.file("restoring").join("something")).expect("made");
    let copy = place.file("restoring").join("practice.db");
    let failing = place.machine.clone().watched(move |reached| {
        if reached == "key copied" {
            std::fs::remove_file(&copy).expect("the disk loses the copy");
        }
    });
    assert!(rotate(&failing, &unlocked, rotation).is_err());
    assert!(!place.file("restoring").exists(), "nothing is left of it");
    add_tag(&unlocked, "work goes on").expect("written");
    drop(unlocked);
    let unlocked = place.unlock(PASSPHRASE).expect("as it was");
    assert_eq!(count_tags(&unlocked), 1);

    let rotation = prepare_rotation(&place.machine, &unlocked, &passphrase(PASSPHRASE)).expect("prepared");
    change_passphrase(&place.machine, &unlocked, &passphrase(PASSPHRASE), &passphrase(OWN)).expect("changed");
    assert!(
        matches!(rotate(&place.machine, &unlocked, rotation), Err(VaultError::Invalid { .. })),
        "the passphrase it was prepared with does not count any more"
    );
}

#[test]
fn only_an_owner_with_the_passphrase_changes_the_key_and_a_prepared_one_changes_nothing() {
    let place = place();
    let old_key = place.created();
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    assert!(matches!(
        prepare_rotation(&place.machine, &unlocked, &passphrase(OWN)),
        Err(VaultError::WrongPassphrase)
    ));
    drop(prepare_rotation(&place.machine, &unlocked, &passphrase(PASSPHRASE)).expect("prepared"));
    drop(unlocked);
    let who = place.profile();
    unlock_by_recovery(&place.machine, &place.practice, who, &old_key, &passphrase(OWN), OnDoubt::Refuse)
        .expect("the present sheet still counts");
}
