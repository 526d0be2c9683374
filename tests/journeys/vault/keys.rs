//! Passphrases, the recovery key and the keyring.

use baton_core::foundation::clock::Clock;
use baton_core::testing::{PASSPHRASE, day, new_practice};
use baton_core::vault::{
    Machine, OnDoubt, VaultError, change_passphrase, confirm_passphrase, create, describe, disable_keyring,
    enable_keyring, prepare_recovery, unlock_by_recovery, unlock_from_keyring,
};

use super::{Place, add_tag, count_tags, passphrase, place};

const OTHER: &str = "copper harvest violin tundra plaza";

#[test]
fn a_changed_passphrase_opens_and_the_old_one_does_not_even_by_the_copy() {
    let place = place();
    let created = place.create();
    assert!(matches!(
        change_passphrase(&place.machine, &created.unlocked, &passphrase(OTHER), &passphrase(OTHER)),
        Err(VaultError::WrongPassphrase)
    ));
    let weak =
        change_passphrase(&place.machine, &created.unlocked, &passphrase(PASSPHRASE), &passphrase("short"));
    assert!(matches!(weak, Err(VaultError::WeakPassphrase(_))));
    change_passphrase(&place.machine, &created.unlocked, &passphrase(PASSPHRASE), &passphrase(OTHER))
        .expect("changed");
    confirm_passphrase(&created.unlocked, &passphrase(OTHER)).expect("the new one counts at once");
    drop(created);
    assert!(matches!(place.unlock(PASSPHRASE), Err(VaultError::WrongPassphrase)));
    drop(place.unlock(OTHER).expect("unlocked"));

    // Even if the newest vault.json is lost right after the change.
    std::fs::remove_file(place.file("vault.json")).expect("removed");
    assert!(matches!(place.unlock(PASSPHRASE), Err(VaultError::WrongPassphrase)));
    place.unlock(OTHER).expect("unlocked from the copy");
}

#[test]
fn passphrases_of_any_writing_open_however_they_are_composed() {
    let folder = tempfile::tempdir().expect("a folder");
    let machine = Machine::for_tests(&folder.path().join("config"), Clock::on(day("2026-11-02")), None);
    for (number, (set, typed)) in [
        ("cafe\u{301} müller zwölf orchard", "caf\u{e9} mu\u{308}ller zwo\u{308}lf orchard"),
        (" 🌲🌲 lantern velvet 🦊", " 🌲🌲 lantern velvet 🦊"),
        (&*format!("{PASSPHRASE}{}", "x".repeat(4000)), &*format!("{PASSPHRASE}{}", "x".repeat(4000))),
    ]
    .into_iter()
    .enumerate()
    {
        let practice = folder.path().join(format!("p{number}"));
        drop(create(&machine, &practice, &new_practice(), &passphrase(set)).expect("created"));
        let profile = describe(&practice).expect("described").profiles[0].id;
        let open = |text: &str| {
            baton_core::vault::unlock(&machine, &practice, profile, &passphrase(text), OnDoubt::Refuse)
        };
        drop(open(typed).expect("opens"));
        assert!(matches!(
            open(typed.trim_start_matches(' ').get(1..).unwrap_or("x")),
            Err(VaultError::WrongPassphrase)
        ));
    }
}

fn recover(place: &Place, key: &str, new: &str) -> Result<baton_core::vault::Unlocked, VaultError> {
    unlock_by_recovery(
        &place.machine,
        &place.practice,
        place.profile(),
        key,
        &passphrase(new),
        OnDoubt::Refuse,
    )
}

#[test]
fn the_recovery_key_opens_and_forces_a_new_passphrase() {
    let place = place();
    let key = place.created();
    assert!(
        matches!(recover(&place, &key, "short"), Err(VaultError::WeakPassphrase(_))),
        "a new passphrase is not optional"
    );
    let typed = format!(" {}\n{} ", &key[..30].to_lowercase(), &key[30..].to_lowercase());
    let unlocked = recover(&place, &typed, OTHER).expect("opened");
    add_tag(&unlocked, "Runs marathons").expect("written");
    drop(unlocked);
    assert!(matches!(place.unlock(PASSPHRASE), Err(VaultError::WrongPassphrase)));
    assert_eq!(count_tags(&place.unlock(OTHER).expect("unlocked")), 1);
}

#[test]
fn a_recovery_key_with_an_error_names_the_group_and_one_of_another_practice_says_so() {
    let place = place();
    let key = place.created();
    let mut typed: Vec<char> = key.chars().collect();
    typed[16 + 6 * 3 + 2] = if typed[16 + 6 * 3 + 2] == 'Q' { 'Z' } else { 'Q' };
    let typed: String = typed.into_iter().collect();
    assert!(matches!(recover(&place, &typed, OTHER), Err(VaultError::RecoveryKeyTypo { group: 4 })));
    let other = super::place();
    let foreign = other.created();
    assert!(matches!(recover(&place, &foreign, OTHER), Err(VaultError::RecoveryKeyOfAnother)));
    place.unlock(PASSPHRASE).expect("nothing changed");
}

#[test]
fn a_renewed_recovery_key_replaces_the_old_sheet() {
    let place = place();
    let old = place.created();
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    let about = unlocked.describe().expect("described");
    let prepared = prepare_recovery(&place.machine, &unlocked, &passphrase(PASSPHRASE)).expect("prepared");
    let renewed = prepared.commit(&unlocked).expect("renewed");
    let sheet = renewed.sheet(&about, day("2026-11-02"));
    assert!(
        sheet.text.contains(&about.vault_id.to_string()) && sheet.text.contains("Harborview Orthopedics")
    );
    drop(unlocked);
    assert!(matches!(recover(&place, &old, OTHER), Err(VaultError::RecoveryKeyOfAnother)));
    recover(&place, &sheet.groups.join(" "), OTHER).expect("opened");
}

#[test]
fn the_keyring_unlocks_until_its_entry_is_gone_and_the_passphrase_always_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let keyring = keyring_core::mock::Store::new().expect("a keyring");
    let with = Machine::for_tests(
        &folder.path().join("config"),
        Clock::on(day("2026-11-02")),
        Some(keyring.clone()),
    );
    let without = Machine::for_tests(&folder.path().join("config"), Clock::on(day("2026-11-02")), None);
    let place = Place { machine: with, practice: folder.path().join("practice"), _folder: folder };
    let from_keyring =
        |machine: &Machine| unlock_from_keyring(machine, &place.practice, place.profile(), OnDoubt::Refuse);

    let created = place.create();
    drop(created);
    assert!(matches!(from_keyring(&place.machine), Err(VaultError::KeyringEntryMissing)), "never turned on");
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    assert!(matches!(
        enable_keyring(&without, &unlocked, &passphrase(PASSPHRASE)),
        Err(VaultError::KeyringUnavailable)
    ));
    enable_keyring(&place.machine, &unlocked, &passphrase(PASSPHRASE)).expect("turned on");
    drop(unlocked);
    assert!(describe(&place.practice).expect("described").profiles[0].keyring);
    let unlocked = from_keyring(&place.machine).expect("opened without a passphrase");
    add_tag(&unlocked, "Runs marathons").expect("written");
    drop(unlocked);

    assert!(matches!(from_keyring(&without), Err(VaultError::KeyringUnavailable)));
    let unlocked = place.unlock(PASSPHRASE).expect("the passphrase still opens");
    assert_eq!(count_tags(&unlocked), 1);
    disable_keyring(&place.machine, &unlocked).expect("turned off");
    drop(unlocked);
    assert!(matches!(from_keyring(&place.machine), Err(VaultError::KeyringEntryMissing)));
    assert!(!describe(&place.practice).expect("described").profiles[0].keyring);
}

#[test]
fn a_key_in_the_keyring_that_does_not_fit_the_file_leads_to_the_passphrase() {
    let folder = tempfile::tempdir().expect("a folder");
    let keyring = keyring_core::mock::Store::new().expect("a keyring");
    let machine = Machine::for_tests(
        &folder.path().join("config"),
        Clock::on(day("2026-11-02")),
        Some(keyring.clone()),
    );
    let place = Place { machine, practice: folder.path().join("practice"), _folder: folder };
    let created = place.create();
    enable_keyring(&place.machine, &created.unlocked, &passphrase(PASSPHRASE)).expect("turned on");
    let older = std::fs::read(place.file("vault.json")).expect("read");
    enable_keyring(&place.machine, &created.unlocked, &passphrase(PASSPHRASE)).expect("turned on again");
    drop(created);
    // The file comes back from an older copy; the keyring keeps the newer key.
    for name in ["vault.json", "vault.json.bak"] {
        std::fs::write(place.file(name), &older).expect("put back");
    }
    let from_keyring =
        || unlock_from_keyring(&place.machine, &place.practice, place.profile(), OnDoubt::Refuse);
    assert!(matches!(from_keyring(), Err(VaultError::KeyringEntryMissing)));
    let unlocked = place.unlock(PASSPHRASE).expect("the passphrase opens");
    enable_keyring(&place.machine, &unlocked, &passphrase(PASSPHRASE)).expect("stored anew");
    drop(unlocked);
    from_keyring().expect("opened without a passphrase");
}
