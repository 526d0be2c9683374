//! Who may come in: profiles are added, changed and retired by owners, and the keys follow.

use baton_core::foundation::clock::Clock;
use baton_core::foundation::id::ProfileId;
use baton_core::history::{self, Side};
use baton_core::store::OnConflict;
use baton_core::testing::{PASSPHRASE, day};
use baton_core::vault::{
    Handed, KeyKind, Machine, Member, MemberState, OnDoubt, ProfileForm, Role, Unlocked, VaultError,
    add_profile, allow_keyring, back_up, describe, edit_profile, enable_keyring, hand_phrase, members,
    remove_key, retire_profile, unlock, unlock_by_recovery, unlock_first, unlock_from_keyring, ways_in,
};

use super::{Place, passphrase, place};

const OWN: &str = "copper harvest violin tundra plaza";

fn tess() -> ProfileForm {
    ProfileForm {
        name: "Tess Lindqvist".into(),
        initials: String::new(),
        role: Role::Liaison,
        active_from: None,
        active_to: None,
    }
}

fn add(place: &Place, unlocked: &Unlocked, form: &ProfileForm) -> Handed {
    add_profile(&place.machine, unlocked, &passphrase(PASSPHRASE), form).expect("added")
}

fn member(unlocked: &Unlocked, name: &str) -> Member {
    members(unlocked).expect("listed").into_iter().find(|m| m.name == name).expect("on the list")
}

fn id_of(place: &Place, name: &str) -> ProfileId {
    describe(&place.practice).expect("described").profiles.iter().find(|p| p.name == name).expect("listed").id
}

fn open(place: &Place, profile: ProfileId, text: &str) -> Result<Unlocked, VaultError> {
    unlock(&place.machine, &place.practice, profile, &passphrase(text), OnDoubt::Refuse)
}

fn open_first(place: &Place, who: ProfileId, phrase: &str, own: &str) -> Result<Unlocked, VaultError> {
    unlock_first(&place.machine, &place.practice, who, &passphrase(phrase), &passphrase(own), OnDoubt::Refuse)
}

/// A practice with Maren, an owner, at the desk and Tess, who has chosen her passphrase.
fn two() -> (Place, ProfileId) {
    let place = place();
    let created = place.create();
    let card = add(&place, &created.unlocked, &tess());
    drop(created);
    let tess = id_of(&place, "Tess Lindqvist");
    drop(open_first(&place, tess, &card.phrase, OWN).expect("her first day"));
    (place, tess)
}

#[test]
fn who_left_opens_a_backup_of_their_day_and_nothing_after_it() {
    let (place, who) = two();
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    let backup = back_up(&unlocked, None).expect("backed up");
    retire_profile(&place.machine, &unlocked, &passphrase(PASSPHRASE), who).expect("retired");
    let later = back_up(&unlocked, None).expect("backed up");
    drop(unlocked);
    assert!(open(&place, who, OWN).is_err());
    let as_practice = |backup: &str, name: &str| {
        let home = place.practice.with_file_name(name);
        std::fs::create_dir(&home).expect("made");
        for file in ["practice.db", "vault.json", "recovery.age"] {
            std::fs::copy(std::path::Path::new(backup).join(file), home.join(file)).expect("copied");
        }
        unlock(&place.machine, &home, who, &passphrase(OWN), OnDoubt::Refuse)
    };
    // No copy can be called back. The guide says so, and that changing the practice's key is what helps from then on.
    drop(as_practice(&backup.folder, "of their day").expect("what was theirs then"));
    assert!(matches!(as_practice(&later.folder, "after it"), Err(VaultError::NoSuchProfile)));
    let guide = include_str!("../../../docs/guide/safety.md");
    assert!(guide.contains("Change the practice's key"), "the guide tells how to lock out somebody who left");
}

#[test]
fn a_new_profile_comes_in_once_with_its_phrase_and_then_with_its_own_passphrase() {
    let place = place();
    let created = place.create();
    let card = add(&place, &created.unlocked, &tess());
    assert_eq!((card.name.as_str(), card.phrase.split(' ').count()), ("Tess Lindqvist", 5));
    assert_eq!(member(&created.unlocked, "Tess Lindqvist").state, MemberState::Waiting);
    drop(created);
    let who = id_of(&place, "Tess Lindqvist");
    let listed = describe(&place.practice).expect("described");
    assert!(listed.profiles.iter().any(|p| p.id == who && p.first && p.way_in && p.initials == "TL"));

    assert!(
        matches!(open(&place, who, &card.phrase), Err(VaultError::FirstUnlock)),
        "it does not open by itself"
    );
    assert!(matches!(open(&place, who, OWN), Err(VaultError::WrongPassphrase)));
    assert!(matches!(open_first(&place, who, OWN, OWN), Err(VaultError::Invalid { field: "own", .. })));
    assert!(matches!(
        open_first(&place, who, &card.phrase, &card.phrase),
        Err(VaultError::Invalid { field: "own", .. })
    ));
    assert!(matches!(open_first(&place, who, &card.phrase, "short"), Err(VaultError::WeakPassphrase(_))));
    let unlocked = open_first(&place, who, &card.phrase, OWN).expect("her own from now on");
    assert_eq!(unlocked.practice().actor().name, "Tess Lindqvist");
    drop(unlocked);

    assert!(matches!(open(&place, who, &card.phrase), Err(VaultError::WrongPassphrase)));
    assert!(matches!(open_first(&place, who, &card.phrase, OWN), Err(VaultError::WrongPassphrase)));
    drop(open(&place, who, OWN).expect("opens"));
    std::fs::remove_file(place.file("vault.json")).expect("removed");
    assert!(matches!(open(&place, who, &card.phrase), Err(VaultError::WrongPassphrase)), "nor by the copy");
    let maren = place.unlock(PASSPHRASE).expect("unlocked");
    let tess = member(&maren, "Tess Lindqvist");
    assert_eq!(tess.state, MemberState::Active);
    assert!(tess.last_unlock.is_some());
}

#[test]
fn only_an_owner_manages_and_only_with_the_passphrase() {
    let (place, tess_id) = two();
    let own = passphrase(OWN);
    let unlocked = open(&place, tess_id, OWN).expect("unlocked");
    assert!(matches!(members(&unlocked), Err(VaultError::OwnersOnly)));
    let maren = id_of(&place, "Maren Okafor");
    assert!(matches!(
        add_profile(&place.machine, &unlocked, &own, &ProfileForm { name: "Eve".into(), ..tess() }),
        Err(VaultError::OwnersOnly)
    ));
    assert!(matches!(
        edit_profile(&unlocked, &own, tess_id, &ProfileForm { role: Role::Owner, ..tess() }),
        Err(VaultError::OwnersOnly)
    ));
    assert!(matches!(retire_profile(&place.machine, &unlocked, &own, maren), Err(VaultError::OwnersOnly)));
    assert!(matches!(hand_phrase(&place.machine, &unlocked, &own, maren), Err(VaultError::OwnersOnly)));
    assert!(matches!(allow_keyring(&unlocked, &own, false), Err(VaultError::OwnersOnly)));
    let ways = ways_in(&unlocked).expect("listed");
    assert!(!ways.owner && ways.keys.iter().all(|key| key.yours), "one's own only");
    drop(unlocked);

    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    let wrong = passphrase(OWN);
    assert!(matches!(
        retire_profile(&place.machine, &unlocked, &wrong, tess_id),
        Err(VaultError::WrongPassphrase)
    ));
    assert_eq!(member(&unlocked, "Tess Lindqvist").state, MemberState::Active, "nothing happened");
}

#[test]
fn a_retired_profile_opens_nothing_at_once_and_comes_back_with_a_new_phrase_only() {
    let (place, tess_id) = two();
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    retire_profile(&place.machine, &unlocked, &passphrase(PASSPHRASE), tess_id).expect("retired");
    assert_eq!(member(&unlocked, "Tess Lindqvist").state, MemberState::Retired);
    let entry = unlocked.practice().store().head().expect("a head").seq;
    drop(unlocked);
    assert!(describe(&place.practice).expect("described").profiles.iter().all(|p| p.id != tess_id));
    assert!(matches!(open(&place, tess_id, OWN), Err(VaultError::NoSuchProfile)));
    std::fs::remove_file(place.file("vault.json")).expect("removed");
    assert!(matches!(open(&place, tess_id, OWN), Err(VaultError::NoSuchProfile)), "nor by the copy");

    // Whatever brings the row back, the way in does not come with it.
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    let seq = u32::try_from(entry).expect("fits");
    assert!(history::undo(unlocked.practice(), seq, OnConflict::Overwrite).is_err(), "not from history");
    let practice = unlocked.practice();
    practice.store().undo(practice.actor(), seq, OnConflict::Overwrite).expect("by the store itself");
    assert_eq!(member(&unlocked, "Tess Lindqvist").state, MemberState::NoWayIn);
    drop(unlocked);
    assert!(matches!(open(&place, tess_id, OWN), Err(VaultError::NoSuchProfile)));

    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    retire_profile(&place.machine, &unlocked, &passphrase(PASSPHRASE), tess_id).expect("retired again");
    add(&place, &unlocked, &tess());
    let other = members(&unlocked).expect("listed").into_iter().find(|m| m.id != tess_id && !m.you);
    let other = other.expect("another of that name").id;
    assert!(matches!(
        hand_phrase(&place.machine, &unlocked, &passphrase(PASSPHRASE), tess_id),
        Err(VaultError::Invalid { field: "name", .. })
    ));
    retire_profile(&place.machine, &unlocked, &passphrase(PASSPHRASE), other).expect("retired too");
    let card = hand_phrase(&place.machine, &unlocked, &passphrase(PASSPHRASE), tess_id).expect("back");
    drop(unlocked);
    assert!(matches!(open(&place, tess_id, OWN), Err(VaultError::WrongPassphrase)));
    open_first(&place, tess_id, &card.phrase, OWN).expect("back again");
}

#[test]
fn undoing_an_addition_leaves_no_way_in() {
    let place = place();
    let created = place.create();
    let card = add(&place, &created.unlocked, &tess());
    let practice = created.unlocked.practice();
    let seq = u32::try_from(practice.store().head().expect("a head").seq).expect("fits");
    let who = member(&created.unlocked, "Tess Lindqvist").id;
    practice.store().undo(practice.actor(), seq, OnConflict::Overwrite).expect("by the store itself");
    drop(created);
    assert!(matches!(
        open(&place, who, &card.phrase),
        Err(VaultError::FirstUnlock | VaultError::NoSuchProfile)
    ));
    assert!(matches!(open_first(&place, who, &card.phrase, OWN), Err(VaultError::NoSuchProfile)));
    drop(place.unlock(PASSPHRASE).expect("unlocked"));
    let text = std::fs::read_to_string(place.file("vault.json")).expect("read");
    assert!(!text.contains(&who.to_string()), "nothing of it is left");
}

#[test]
fn a_forgotten_passphrase_is_replaced_by_an_owner_and_by_nobody_else() {
    let (place, tess_id) = two();
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    let maren = unlocked.practice().actor().id;
    assert!(matches!(
        hand_phrase(&place.machine, &unlocked, &passphrase(PASSPHRASE), maren),
        Err(VaultError::YourOwn)
    ));
    let card = hand_phrase(&place.machine, &unlocked, &passphrase(PASSPHRASE), tess_id).expect("handed");
    drop(unlocked);
    assert!(matches!(open(&place, tess_id, OWN), Err(VaultError::WrongPassphrase)));
    open_first(&place, tess_id, &card.phrase, "meadow cobalt thunder ribbon quartz").expect("opens");
}

#[test]
fn the_last_owner_stays_an_owner_and_nobody_retires_themselves() {
    let (place, tess_id) = two();
    let own = passphrase(PASSPHRASE);
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    let maren = unlocked.practice().actor().id;
    let as_owner = ProfileForm { name: "Maren Okafor".into(), role: Role::Owner, ..tess() };
    let demoted = ProfileForm { role: Role::Clinician, ..as_owner.clone() };
    let leaving = ProfileForm { active_to: Some(day("2027-01-31")), ..as_owner.clone() };
    for change in [&demoted, &leaving] {
        assert!(matches!(edit_profile(&unlocked, &own, maren, change), Err(VaultError::LastOwner)));
    }
    assert!(matches!(retire_profile(&place.machine, &unlocked, &own, maren), Err(VaultError::YourOwn)));

    edit_profile(&unlocked, &own, tess_id, &ProfileForm { role: Role::Owner, ..tess() }).expect("two owners");
    edit_profile(&unlocked, &own, maren, &demoted).expect("the other one is left");
    assert!(matches!(members(&unlocked), Err(VaultError::OwnersOnly)), "it counts at once");
    drop(unlocked);
    let unlocked = open(&place, tess_id, OWN).expect("unlocked");
    retire_profile(&place.machine, &unlocked, &passphrase(OWN), maren).expect("by another owner");
    assert!(matches!(
        edit_profile(&unlocked, &passphrase(OWN), tess_id, &tess()),
        Err(VaultError::LastOwner)
    ));
}

#[test]
fn a_field_of_a_profile_is_not_put_back_from_history() {
    let (place, tess_id) = two();
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    let as_owner = ProfileForm { role: Role::Owner, ..tess() };
    edit_profile(&unlocked, &passphrase(PASSPHRASE), tess_id, &as_owner).expect("an owner");
    edit_profile(&unlocked, &passphrase(PASSPHRASE), tess_id, &tess()).expect("a liaison again");
    let seq = u32::try_from(unlocked.practice().store().head().expect("a head").seq).expect("fits");
    drop(unlocked);
    let unlocked = open(&place, tess_id, OWN).expect("unlocked");
    let back = history::restore_field(unlocked.practice(), tess_id.into(), "profile.role", seq, Side::Before);
    assert!(back.is_err(), "nobody makes themselves an owner");
}

#[test]
fn a_profile_comes_in_from_its_first_to_its_last_day() {
    let place = place();
    let created = place.create();
    let card = add(
        &place,
        &created.unlocked,
        &ProfileForm { active_from: Some(day("2026-11-10")), active_to: Some(day("2026-11-20")), ..tess() },
    );
    assert_eq!(member(&created.unlocked, "Tess Lindqvist").state, MemberState::Ahead);
    drop(created);
    let who = id_of(&place, "Tess Lindqvist");
    let on = |today: &str| {
        Machine::for_tests(&place.practice.with_file_name("config"), Clock::on(day(today)), None)
    };
    let first = |machine: &Machine| {
        unlock_first(
            machine,
            &place.practice,
            who,
            &passphrase(&card.phrase),
            &passphrase(OWN),
            OnDoubt::Refuse,
        )
    };
    match first(&on("2026-11-09")) {
        Err(VaultError::NotYetActive { from }) => assert_eq!(from, day("2026-11-10")),
        other => panic!("{other:?}"),
    }
    drop(first(&on("2026-11-10")).expect("her first day"));
    let late = unlock(&on("2026-11-21"), &place.practice, who, &passphrase(OWN), OnDoubt::Refuse);
    assert!(matches!(late, Err(VaultError::ProfileEnded)));
    let back_in_time = unlock(&on("2026-11-15"), &place.practice, who, &passphrase(OWN), OnDoubt::Refuse);
    assert!(matches!(back_in_time, Err(VaultError::NoSuchProfile)), "a clock set back does not help");
}

#[test]
fn a_profile_without_a_way_in_still_comes_in_by_the_recovery_key() {
    let place = place();
    let key = place.created();
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    let card = add(&place, &unlocked, &tess());
    let who = member(&unlocked, "Tess Lindqvist").id;
    drop((unlocked, card));
    let text = std::fs::read_to_string(place.file("vault.json")).expect("read");
    assert!(text.contains("onetime"));
    let machine = &place.machine;
    let unlocked = unlock_by_recovery(machine, &place.practice, who, &key, &passphrase(OWN), OnDoubt::Refuse)
        .expect("opened");
    drop(unlocked);
    open(&place, who, OWN).expect("her own");
}

/// A practice on a computer with a keyring.
fn with_keyring() -> Place {
    let folder = tempfile::tempdir().expect("a folder");
    let keyring = keyring_core::mock::Store::new().expect("a keyring");
    let machine =
        Machine::for_tests(&folder.path().join("config"), Clock::on(day(super::TODAY)), Some(keyring));
    Place { machine, practice: folder.path().join("practice"), _folder: folder }
}

#[test]
fn every_way_in_is_listed_and_a_keyring_can_be_removed_but_no_passphrase() {
    let place = with_keyring();
    let created = place.create();
    let unlocked = &created.unlocked;
    let own = passphrase(PASSPHRASE);
    add(&place, unlocked, &tess());
    enable_keyring(&place.machine, unlocked, &own).expect("on");
    let ways = ways_in(unlocked).expect("listed");
    let kinds: Vec<KeyKind> = ways.keys.iter().map(|key| key.kind).collect();
    assert_eq!(kinds, [KeyKind::Passphrase, KeyKind::Keyring, KeyKind::OneTime, KeyKind::Recovery]);
    assert!(ways.keyring_on && ways.keyring_allowed && ways.owner);
    assert!(ways.keys.iter().all(|key| key.made_at.is_some()));
    assert!(ways.keys[0].used_at.is_some() && ways.keys[2].used_at.is_none());

    let id = |at: usize| ways.keys[at].id.expect("a slot");
    assert!(matches!(remove_key(&place.machine, unlocked, &own, id(0)), Err(VaultError::PassphraseStays)));
    assert!(matches!(remove_key(&place.machine, unlocked, &own, id(2)), Err(VaultError::PassphraseStays)));
    remove_key(&place.machine, unlocked, &own, id(1)).expect("removed");
    assert!(!ways_in(unlocked).expect("listed").keyring_on);
}

#[test]
fn a_practice_that_forbids_keyrings_drops_and_refuses_them() {
    let place = with_keyring();
    let created = place.create();
    let own = passphrase(PASSPHRASE);
    enable_keyring(&place.machine, &created.unlocked, &own).expect("on");
    let before = std::fs::read(place.file("vault.json")).expect("read");
    allow_keyring(&created.unlocked, &own, false).expect("forbidden");
    assert!(matches!(
        enable_keyring(&place.machine, &created.unlocked, &own),
        Err(VaultError::KeyringForbidden)
    ));
    drop(created);
    let from_keyring =
        || unlock_from_keyring(&place.machine, &place.practice, place.profile(), OnDoubt::Refuse);
    assert!(matches!(from_keyring(), Err(VaultError::KeyringEntryMissing)));

    // As if the process had been killed before vault.json was written: the rule in the file counts.
    let after = std::fs::read(place.file("vault.json")).expect("read");
    std::fs::write(place.file("vault.json"), before).expect("written");
    assert!(matches!(from_keyring(), Err(VaultError::KeyringForbidden)));
    assert!(matches!(from_keyring(), Err(VaultError::KeyringEntryMissing)), "and the way in is gone");
    drop(after);
    let unlocked = place.unlock(PASSPHRASE).expect("the passphrase opens");
    allow_keyring(&unlocked, &own, true).expect("allowed");
    enable_keyring(&place.machine, &unlocked, &own).expect("on again");
    drop(unlocked);
    drop(from_keyring().expect("opens"));
}
