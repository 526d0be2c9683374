//! Killed while a passphrase is changed.

use baton_core::testing::PASSPHRASE;
use baton_core::vault::{VaultError, change_passphrase};

use super::killed::{Killed, moment, say};
use super::tally::Tally;
use super::{OTHER, Place, Standing, passphrase, rounds};

/// Changes the passphrase to and fro and tells which one counts.
pub fn changes(place: &Place) {
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    say("ready");
    for (old, new) in [(PASSPHRASE, OTHER), (OTHER, PASSPHRASE)].into_iter().cycle() {
        change_passphrase(&place.machine(), &unlocked, &passphrase(old), &passphrase(new)).expect("changed");
        say(if new == OTHER { "other" } else { "first" });
    }
}

#[test]
fn killed_while_changing_the_passphrase_the_acknowledged_or_the_next_one_opens() {
    let Standing { folder: _folder, place, oracle } = Standing::new();
    let mut tally = Tally::of("killed while changing a passphrase");
    for round in 0..rounds(6, 100) {
        let killed = Killed::start("passphrase", &place);
        killed.wait_for("ready");
        let said = killed.kill_after(moment(600));
        let (acknowledged, next) = if said.last().is_some_and(|last| last == "other") {
            (OTHER, PASSPHRASE)
        } else {
            (PASSPHRASE, OTHER)
        };
        let (opens, unlocked) = tally.recovery(|| match place.unlock(acknowledged) {
            Ok(unlocked) => (acknowledged, unlocked),
            Err(VaultError::WrongPassphrase) => {
                (next, place.unlock(next).unwrap_or_else(|error| panic!("round {round}: {error:?}")))
            }
            Err(error) => panic!("round {round}: {error:?}"),
        });
        if opens != PASSPHRASE {
            change_passphrase(&place.machine(), &unlocked, &passphrase(opens), &passphrase(PASSPHRASE))
                .expect("changed back");
        }
        drop(unlocked);
        drop(oracle.whole(&place, PASSPHRASE, &format!("round {round}")));
    }
}
