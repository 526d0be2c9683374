//! Killed while a passphrase is changed.

use baton_core::testing::{PASSPHRASE, new_practice};
use baton_core::vault::{VaultError, change_passphrase, create};

use super::killed::{Killed, moment, say};
use super::{Place, passphrase, rounds};

const OTHER: &str = "copper harvest violin tundra plaza";

/// Changes the passphrase to and fro and tells which one counts.
pub fn changes(place: &Place) {
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    say("ready");
    for (old, new) in [(PASSPHRASE, OTHER), (OTHER, PASSPHRASE)].into_iter().cycle() {
        change_passphrase(&place.machine(), &unlocked, &passphrase(old), &passphrase(new)).expect("changed");
        say(new);
    }
}

#[test]
fn killed_while_changing_the_passphrase_the_acknowledged_or_the_next_one_opens() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = Place::at(folder.path());
    drop(create(&place.machine(), &place.practice(), &new_practice(), &passphrase(PASSPHRASE)).expect("created"));
    for round in 0..rounds(6) {
        let killed = Killed::start("passphrase", &place);
        killed.wait_for("ready");
        let said = killed.kill_after(moment(600));
        let acknowledged = said.last().map_or(PASSPHRASE, String::as_str);
        let next = if acknowledged == PASSPHRASE { OTHER } else { PASSPHRASE };
        let opened = match place.unlock(acknowledged) {
            Ok(unlocked) => (acknowledged, unlocked),
            Err(VaultError::WrongPassphrase) => (next, place.unlock(next).unwrap_or_else(|error| panic!("round {round}: {error:?}"))),
            Err(error) => panic!("round {round}: {error:?}"),
        };
        if opened.0 != PASSPHRASE {
            change_passphrase(&place.machine(), &opened.1, &passphrase(opened.0), &passphrase(PASSPHRASE)).expect("changed back");
        }
        drop(opened);
        place.look(&format!("round {round}"));
    }
}
