//! Power cuts and crashes: a process is killed at a random moment, and what it acknowledged must be there, whole.
//!
//! `BATON_FAULT_ROUNDS` multiplies the rounds (1 by default, for every test run; 50 for the long form).
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so by failing")]

mod creation;
mod killed;
mod restoring;
mod rotation;
mod secrets;
mod work;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use baton_core::store::StoreError;
use baton_core::testing::{PASSPHRASE, machine};
use baton_core::vault::{Machine, OnDoubt, Passphrase, Unlocked, VaultError, check, describe, unlock};

const TODAY: &str = "2026-11-02";

/// How often a story is told.
fn rounds(short: u32) -> u32 {
    let times =
        std::env::var("BATON_FAULT_ROUNDS").ok().and_then(|text| text.parse::<u32>().ok()).unwrap_or(1);
    short * times
}

/// Where the killed process and the one that looks afterwards meet.
#[derive(Clone)]
struct Place {
    above: PathBuf,
}

impl Place {
    fn at(above: &Path) -> Self {
        Self { above: above.to_owned() }
    }

    fn machine(&self) -> Machine {
        machine(&self.above, TODAY)
    }

    fn practice(&self) -> PathBuf {
        self.above.join("practice")
    }

    fn unlock(&self, text: &str) -> Result<Unlocked, VaultError> {
        self.unlock_folder(&self.practice(), text)
    }

    fn unlock_folder(&self, folder: &Path, text: &str) -> Result<Unlocked, VaultError> {
        let profile = describe(folder)?.profiles[0].id;
        patiently(|| unlock(&self.machine(), folder, profile, &passphrase(text), OnDoubt::Refuse))
    }

    /// Opens what the killed process left: it must be whole, and its history must verify.
    fn look(&self, round: &str) -> Unlocked {
        let unlocked = self.unlock(PASSPHRASE).expect(round);
        let report = check(&unlocked).expect("checked");
        assert!(report.ok, "{round}: {report:?}");
        unlocked
    }
}

/// Tries again while a process that another test is just starting holds a copy of our lock: until it runs its own
/// program, a moment later, it has all our files open.
fn patiently<T>(open: impl Fn() -> Result<T, VaultError>) -> Result<T, VaultError> {
    let at_latest = std::time::Instant::now() + std::time::Duration::from_secs(10);
    loop {
        match open() {
            Err(VaultError::AlreadyOpen { .. }) if std::time::Instant::now() < at_latest => {
                std::thread::yield_now();
            }
            done => return done,
        }
    }
}

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text).expect("fits")
}

fn tags(unlocked: &Unlocked) -> BTreeSet<String> {
    let look = |conn: &rusqlite::Connection| {
        let mut statement = conn.prepare("SELECT name FROM tag")?;
        let names = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok::<BTreeSet<String>, StoreError>(names)
    };
    unlocked.practice().read(look).expect("read")
}
