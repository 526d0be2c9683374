//! Killed while the practice's key is changed, or while people are added and retired.

use std::time::{Duration, Instant};

use baton_core::foundation::id::{ProfileId, RecordId};
use baton_core::store::StoreError;
use baton_core::testing::{PASSPHRASE, new_practice};
use baton_core::vault::{
    Machine, MemberState, OnDoubt, ProfileForm, Role, Unlocked, VaultError, add_profile, create, describe,
    members, prepare_rotation, retire_profile, rotate, unlock, unlock_by_recovery, unlock_first,
};

use super::killed::{Killed, moment, say};
use super::tally::Tally;
use super::work::add_tag;
use super::{Place, passphrase, patiently, rounds, tags};

const OWN: &str = "copper harvest violin tundra plaza";

/// Every point of a change that is told, in order; it is decided between the third and the fourth.
const POINTS: [&str; 5] = ["key begun", "key copied", "key ready", "key decided", "key in place"];
/// Records that are looked at while the key is changed.
const LOOKED_AT: (RecordId, RecordId) = (RecordId::from_bytes([3; 16]), RecordId::from_bytes([4; 16]));

/// How often each of them was looked at, as the log knows it.
fn looks(unlocked: &Unlocked) -> (i64, i64) {
    let count = |record: RecordId| {
        let look = |conn: &rusqlite::Connection| {
            let sql = "SELECT count(*) FROM audit WHERE action = 'view' AND record_id = ?1";
            Ok::<i64, StoreError>(conn.query_row(sql, [record], |row| row.get(0))?)
        };
        unlocked.practice().read(look).expect("read")
    };
    (count(LOOKED_AT.0), count(LOOKED_AT.1))
}

/// From this point on only the new key opens.
const DECIDED: usize = 3;

fn tess() -> ProfileForm {
    ProfileForm {
        name: "Tess Lindqvist".into(),
        initials: "TL".into(),
        role: Role::Liaison,
        active_from: None,
        active_to: None,
    }
}

/// A machine that stops for ever at a point, once it has said so.
fn stopping_at(place: &Place, point: String) -> Machine {
    meeting(place, point, |_| {})
}

/// The same, doing something at each point it passes.
fn meeting(place: &Place, point: String, pass: impl Fn(&str) + Send + Sync + 'static) -> Machine {
    place.machine().watched(move |reached| {
        pass(reached);
        if reached == point {
            say("there");
            loop {
                std::thread::park();
            }
        }
    })
}

/// The point this process was told to stop at; none: it runs on.
fn point(place: &Place) -> String {
    std::fs::read_to_string(place.above.join("point")).unwrap_or_default()
}

/// Changes the key and tells the new recovery key before anything is decided.
pub fn changes(place: &Place) {
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    let practice = unlocked.practice().clone();
    // Somebody looks at a record while the file is copied, and at another when the copy is ready.
    let machine = meeting(place, point(place), move |reached| match reached {
        "key copied" => practice.viewed("referral", LOOKED_AT.0),
        "key ready" => practice.viewed("referral", LOOKED_AT.1),
        _ => {}
    });
    let rotation = prepare_rotation(&machine, &unlocked, &passphrase(PASSPHRASE)).expect("prepared");
    say(&format!("key {}", printed(place, rotation.recovery_key())));
    say("ready");
    let rotated = rotate(&machine, &unlocked, rotation).expect("changed");
    say("done");
    drop(rotated);
    say("locked");
}

/// Adds a profile.
pub fn adds(place: &Place) {
    let machine = stopping_at(place, point(place));
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    say("ready");
    add_profile(&machine, &unlocked, &passphrase(PASSPHRASE), &tess()).expect("added");
    say("done");
}

/// Retires the profile that was added.
pub fn retires(place: &Place) {
    let machine = stopping_at(place, point(place));
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    let who = members(&unlocked).expect("listed")[1].id;
    say("ready");
    retire_profile(&machine, &unlocked, &passphrase(PASSPHRASE), who).expect("retired");
    say("done");
}

fn printed(place: &Place, key: &baton_core::vault::RecoveryKey) -> String {
    let about = describe(&place.practice()).expect("described");
    key.sheet(&about, super::TODAY.parse().expect("a date")).groups.concat()
}

/// A practice of two, locked: Maren, who changes the key, and Tess, who has a passphrase. Returns the recovery key.
fn two() -> (tempfile::TempDir, Place, ProfileId, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let place = Place::at(folder.path());
    let machine = place.machine();
    let created =
        create(&machine, &place.practice(), &new_practice(), &passphrase(PASSPHRASE)).expect("created");
    let key = printed(&place, &created.recovery);
    let card = add_profile(&machine, &created.unlocked, &passphrase(PASSPHRASE), &tess()).expect("added");
    let who = members(&created.unlocked).expect("listed")[1].id;
    for number in 0..200 {
        add_tag(&created.unlocked, &format!("tag {number}"));
    }
    drop(created);
    let (phrase, own) = (passphrase(&card.phrase), passphrase(OWN));
    drop(
        patiently(|| unlock_first(&machine, &place.practice(), who, &phrase, &own, OnDoubt::Refuse))
            .expect("her own"),
    );
    (folder, place, who, key)
}

fn recovers(place: &Place, who: ProfileId, key: &str) -> bool {
    let own = passphrase("meadow cobalt thunder ribbon quartz");
    let opened = patiently(|| {
        unlock_by_recovery(&place.machine(), &place.practice(), who, key, &own, OnDoubt::Refuse)
    });
    match opened {
        Ok(_) => true,
        Err(VaultError::RecoveryKeyOfAnother) => false,
        Err(other) => panic!("{other:?}"),
    }
}

/// Opens what the killed change left: whole, and by exactly one set of keys. Returns whether it is the new one.
fn by_one_key_only(
    tally: &mut Tally,
    (place, who): (&Place, ProfileId),
    (old, new): (&str, &str),
    round: &str,
) -> bool {
    let unlocked: Unlocked = tally.recovery(|| place.look(round));
    assert_eq!(tags(&unlocked).len(), 200, "{round}: everything is there");
    drop(unlocked);
    assert!(!place.practice().join("restoring").exists(), "{round}: what was gathered is cleaned up");
    let tess =
        patiently(|| unlock(&place.machine(), &place.practice(), who, &passphrase(OWN), OnDoubt::Refuse));
    let is_new = match tess {
        Ok(unlocked) => {
            drop(unlocked);
            false
        }
        Err(VaultError::WrongPassphrase) => true,
        Err(other) => panic!("{round}: {other:?}"),
    };
    // The copy of vault.json must not open by the other set either.
    std::fs::remove_file(place.practice().join("vault.json")).expect("removed");
    drop(place.look(&format!("{round}, by the copy")));
    let (right, wrong) = if is_new { (new, old) } else { (old, new) };
    assert!(!recovers(place, who, wrong), "{round}: the other recovery key opens nothing");
    assert!(recovers(place, who, right), "{round}: the recovery key that counts opens");
    is_new
}

/// What the process said its new recovery key is.
fn new_key(killed: &Killed) -> String {
    killed.wait_for_begin("key ")
}

#[test]
fn killed_at_each_point_of_a_change_of_the_key_exactly_one_set_of_keys_opens() {
    let mut tally = Tally::of("killed at a point of a change of the key");
    for (at, point) in POINTS.into_iter().enumerate() {
        let (folder, place, who, old) = two();
        std::fs::write(folder.path().join("point"), point).expect("written");
        let killed = Killed::start("rotation", &place);
        let new = new_key(&killed);
        killed.wait_for("there");
        killed.kill_after(Duration::ZERO);
        if at >= DECIDED {
            assert_eq!(
                looks(&place.look(point)).0,
                1,
                "{point}: what came while it was copied is in the log, once"
            );
        }
        let is_new = by_one_key_only(&mut tally, (&place, who), (&old, &new), point);
        assert_eq!(is_new, at >= DECIDED, "{point}");
    }
}

#[test]
fn what_is_looked_at_while_the_key_is_changed_is_in_the_log_afterwards() {
    let (_folder, place, ..) = two();
    let undisturbed = Killed::start("rotation", &place);
    undisturbed.wait_for("done");
    undisturbed.wait_for("locked");
    drop(undisturbed.kill_after(Duration::ZERO));
    assert_eq!(looks(&place.look("undisturbed")), (1, 1));
}

#[test]
fn killed_at_any_moment_of_a_change_of_the_key_exactly_one_set_of_keys_opens() {
    let (_folder, place, ..) = two();
    let undisturbed = Killed::start("rotation", &place);
    undisturbed.wait_for("ready");
    let begun = Instant::now();
    undisturbed.wait_for("done");
    let whole = begun.elapsed();
    drop(undisturbed.kill_after(Duration::ZERO));
    let mut tally = Tally::of("killed while the key is changed");
    for round in 0..rounds(10, 50) {
        let (_folder, place, who, old) = two();
        let killed = Killed::start("rotation", &place);
        let new = new_key(&killed);
        killed.wait_for("ready");
        let after = moment(u32::try_from(whole.as_millis()).unwrap_or(2000).max(20));
        let said = killed.kill_after(after);
        let is_new =
            by_one_key_only(&mut tally, (&place, who), (&old, &new), &format!("round {round}, {after:?}"));
        assert!(is_new || said.is_empty(), "round {round}, {after:?}: it was acknowledged");
    }
}

#[test]
fn killed_while_a_profile_is_added_it_has_a_way_in_or_asks_an_owner_for_one() {
    for point in ["profile sealed", "profile written", "profile added"] {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Place::at(folder.path());
        drop(
            create(&place.machine(), &place.practice(), &new_practice(), &passphrase(PASSPHRASE))
                .expect("created"),
        );
        std::fs::write(folder.path().join("point"), point).expect("written");
        let killed = Killed::start("profile", &place);
        killed.wait_for("there");
        killed.kill_after(Duration::ZERO);
        let unlocked = place.look(point);
        let state = members(&unlocked).expect("listed").get(1).map(|member| member.state);
        let expected = match point {
            "profile sealed" => None,
            "profile written" => Some(MemberState::NoWayIn),
            _ => Some(MemberState::Waiting),
        };
        assert_eq!(state, expected, "{point}");
    }
}

#[test]
fn killed_while_a_profile_is_retired_it_opens_nothing_any_more() {
    let (folder, place, who, _) = two();
    std::fs::write(folder.path().join("point"), "profile retired").expect("written");
    let killed = Killed::start("retirement", &place);
    killed.wait_for("there");
    killed.kill_after(Duration::ZERO);
    let text = || std::fs::read_to_string(place.practice().join("vault.json")).expect("read");
    let open =
        || patiently(|| unlock(&place.machine(), &place.practice(), who, &passphrase(OWN), OnDoubt::Refuse));
    assert!(matches!(open(), Err(VaultError::ProfileEnded | VaultError::NoSuchProfile)));
    assert!(matches!(open(), Err(VaultError::NoSuchProfile)), "the way in was dropped at the first look");
    assert!(!text().contains(&who.to_string()));
    drop(place.look("afterwards"));
}
