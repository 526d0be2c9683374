//! Power cuts, crashes, broken disks and hostile files: what was acknowledged is there, whole, and nothing leaks.
//!
//! One oracle ([`oracle`]) judges what every fault left. The faults are: a process killed at a random moment ([`work`],
//! [`creation`], [`secrets`]) and between any two steps ([`points`]); a disk that fails, is full ([`disk`]), can't be
//! written ([`places`]) or loses what was not synced ([`power`]); files made to exhaust the reader ([`hostile`],
//! [`corpus`]); logs that listen to everything ([`logs`]); and the words people read when something is refused
//! ([`words`]). `docs/faults.md` tells for each case of the catalogue where it is tested.
//!
//! `cargo xtask test --only faults` is the short form, `--soak` the long one (`BATON_FAULT_SOAK=1`).
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so by failing")]
#![allow(clippy::print_stderr, reason = "what is skipped, and what a log hears, is told on the terminal")]

mod catalogue;
mod clocks;
mod corpus;
mod creation;
#[cfg(target_os = "linux")]
mod disk;
#[cfg(target_os = "linux")]
mod hostile;
mod killed;
mod logs;
mod oracle;
#[cfg(target_os = "linux")]
mod places;
mod plain;
mod points;
#[cfg(target_os = "linux")]
mod power;
mod restoring;
mod rotation;
mod secrets;
#[cfg(target_os = "linux")]
mod shim;
mod story;
mod tally;
mod words;
mod work;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use baton_core::store::StoreError;
use baton_core::testing::{PASSPHRASE, machine, new_practice};
use baton_core::vault::{Machine, OnDoubt, Passphrase, Unlocked, VaultError, create, describe, unlock};

use oracle::Oracle;

const TODAY: &str = "2026-11-02";
const OTHER: &str = "copper harvest violin tundra plaza";

/// Whether this is the long form.
fn soak() -> bool {
    std::env::var_os("BATON_FAULT_SOAK").is_some()
}

/// How often a story is told: in every test run, and in the long form.
fn rounds(short: u32, long: u32) -> u32 {
    if soak() { long } else { short }
}

/// Where the process that suffers and the one that looks afterwards meet.
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

    fn file(&self, name: &str) -> PathBuf {
        self.practice().join(name)
    }

    fn unlock(&self, text: &str) -> Result<Unlocked, VaultError> {
        self.unlock_folder(&self.practice(), text)
    }

    fn unlock_folder(&self, folder: &Path, text: &str) -> Result<Unlocked, VaultError> {
        let profile = describe(folder)?.profiles[0].id;
        patiently(|| unlock(&self.machine(), folder, profile, &passphrase(text), OnDoubt::Refuse))
    }

    /// Opens what a killed process left: it must be whole.
    fn look(&self, round: &str) -> Unlocked {
        Oracle::new().whole(self, PASSPHRASE, round)
    }

    /// Everything below this place, somewhere else.
    fn copy_to(&self, above: &Path) -> Self {
        copy_below(&self.above, above);
        Self::at(above)
    }
}

/// A practice, locked, in a folder that lasts as long as this value, and who judges what becomes of it.
struct Standing {
    folder: tempfile::TempDir,
    place: Place,
    oracle: Oracle,
}

impl Standing {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Place::at(folder.path());
        let created = create(&place.machine(), &place.practice(), &new_practice(), &passphrase(PASSPHRASE))
            .expect("created");
        let about = created.unlocked.describe().expect("described");
        let sheet = created.recovery.sheet(&about, TODAY.parse().expect("a date"));
        let recovery = format!("{}{}", sheet.prefix, sheet.groups.concat());
        drop(created);
        let oracle = Oracle::with_keys(&place.practice(), &recovery);
        Self { folder, place, oracle }
    }

    /// The same with referrals in it.
    fn with_referrals(rows: u32) -> Self {
        let standing = Self::new();
        let unlocked = standing.place.unlock(PASSPHRASE).expect("unlocked");
        story::import(unlocked.practice(), &story::export_of(rows, 0)).expect("imported");
        drop(unlocked);
        standing
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

fn copy_below(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("made");
    for entry in std::fs::read_dir(from).expect("listed").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_below(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

fn tags(unlocked: &Unlocked) -> BTreeSet<String> {
    let look = |conn: &rusqlite::Connection| {
        let mut statement = conn.prepare("SELECT name FROM tag")?;
        let names = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok::<BTreeSet<String>, StoreError>(names)
    };
    unlocked.practice().read(look).expect("read")
}
