//! A disk that fails or is full, at each of the operations a piece of work asks of it.
//!
//! The process that suffers has the shim loaded and tries one failure after the other: the first, second, … read, write,
//! sync and rename, until the work is through without meeting it.

use baton_core::exchange::export::ExportError;
use baton_core::exchange::import::ImportError;
use baton_core::store::StoreError;
use baton_core::testing::PASSPHRASE;
use baton_core::vault::{Unlocked, VaultError, back_up, backups_in, change_passphrase, confirm_passphrase};

use super::killed::{Killed, after, say};
use super::oracle::{Oracle, has_a_name};
use super::shim::{self, Class, Failure};
use super::tally::Tally;
use super::{OTHER, Place, Standing, passphrase, plain, soak, story};

const BEFORE: u32 = 40;
const FILE: u32 = 1_000;

/// What is done while the disk fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Work {
    Unlock,
    Save,
    Import,
    BackUp,
    Export,
    ChangePassphrase,
}

const ALL: [Work; 6] =
    [Work::Unlock, Work::Save, Work::Import, Work::BackUp, Work::Export, Work::ChangePassphrase];

/// A failure of any room, for its words and its name.
#[derive(Debug)]
enum Refusal {
    Vault(VaultError),
    Export(ExportError),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Vault(VaultError::Store(error))
    }
}

impl From<VaultError> for Refusal {
    fn from(error: VaultError) -> Self {
        Self::Vault(error)
    }
}

impl From<ExportError> for Refusal {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Store(error) => error.into(),
            error => Self::Export(error),
        }
    }
}

impl From<ImportError> for Refusal {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Store(error) => error.into(),
            error => panic!("an import on a failing disk says {error:?}"),
        }
    }
}

impl Refusal {
    fn must_have_a_name(&self, round: &str) {
        match self {
            Self::Vault(error) => has_a_name(error, round),
            Self::Export(error) => plain::must_be_plain(&error.to_string()),
        }
    }

    /// A file that can't even be made is told together with a folder that can't be written.
    fn is_of_a_full_disk(&self) -> bool {
        matches!(
            self,
            Self::Vault(
                VaultError::DiskFull
                    | VaultError::TargetFull { .. }
                    | VaultError::Store(StoreError::DiskFull | StoreError::ReadOnly)
            ) | Self::Export(ExportError::DiskFull)
        )
    }
}

/// The part of the process that suffers.
pub fn suffers(place: &Place) {
    let told = std::env::var("BATON_FAULT_FAILURE").expect("which failure");
    let (failure, classes): (Failure, &[Class]) = match told.as_str() {
        "once" => (Failure::Once, &[Class::Read, Class::Write, Class::Sync, Class::Names]),
        "from then on" => (Failure::FromThenOn, &[Class::Read, Class::Write, Class::Sync]),
        "full" => (Failure::Full, &[Class::Write]),
        other => panic!("no failure is called {other}"),
    };
    for work in ALL {
        for class in classes {
            let met = numbers().take_while(|number| meets(place, work, *class, failure, *number)).count();
            say(&format!("met {met} {work:?} {class:?}"));
        }
    }
}

/// One after the other at first, then ever wider apart; the long form tries many more.
fn numbers() -> impl Iterator<Item = u32> {
    let wider = if soak() { 24 } else { 2 };
    std::iter::successors(Some(1), move |number| Some(number + 1 + number / wider))
}

/// Does the work with this failure ahead, and judges what is left. Returns whether the failure was met.
fn meets(origin: &Place, work: Work, class: Class, failure: Failure, number: u32) -> bool {
    let round = format!("{work:?}, {class:?} {number}, {failure:?}");
    let scratch = origin.above.join("scratch");
    super::copy_below(&origin.practice(), &scratch.join("practice"));
    let place = Place::at(&scratch);
    let open = if work == Work::Unlock { None } else { Some(place.unlock(PASSPHRASE).expect(&round)) };
    let backups = backups_in(&place.file("backups")).len();

    shim::arm(class, number, failure);
    let done = attempt(&place, work, open.as_ref());
    // Whoever looks something up meanwhile is answered, or hears why not.
    let looked = open.as_ref().map(|open| open.practice().store().head());
    let met = shim::disarm();

    if let Err(refusal) = &done {
        refusal.must_have_a_name(&round);
        assert!(met, "{round}: it failed without a failure: {refusal:?}");
        if failure == Failure::Full {
            assert!(refusal.is_of_a_full_disk(), "{round}: the disk was full, but {refusal:?}");
        }
    }
    if failure == Failure::Full {
        assert!(looked.is_none_or(|looked| looked.is_ok()), "{round}: a full disk can be read");
    }
    // The disk is well again: what was refused is done now, in the same window.
    let mut times = u32::from(done.is_ok());
    if done.is_err() && work != Work::Unlock {
        let again = attempt(&place, work, open.as_ref());
        times += 1;
        assert!(again.is_ok(), "{round}: once the disk is well again: {again:?}");
    }
    drop(open);
    leaves_all_whole(&place, work, done.is_ok(), times, backups, &round);
    std::fs::remove_dir_all(&scratch).expect("removed");
    met
}

fn attempt(place: &Place, work: Work, open: Option<&Unlocked>) -> Result<(), Refusal> {
    let Some(open) = open else {
        place.unlock(PASSPHRASE)?;
        return Ok(());
    };
    let practice = open.practice();
    match work {
        Work::Unlock => {}
        Work::Save => drop(story::act(practice)?),
        Work::Import => drop(story::import(practice, &story::export_of(FILE, 1))?),
        Work::BackUp => drop(back_up(open, None)?),
        Work::Export => drop(story::export(practice, &place.above.join("register.xlsx"))?),
        Work::ChangePassphrase => {
            let (old, new) = (passphrase(PASSPHRASE), passphrase(OTHER));
            match change_passphrase(&place.machine(), open, &old, &new) {
                // Only its entry in history was refused the first time: the new one counts.
                Err(VaultError::WrongPassphrase) => confirm_passphrase(open, &new)?,
                done => done?,
            }
        }
    }
    Ok(())
}

/// What counts as done is there; what does not is there whole or not at all.
fn leaves_all_whole(place: &Place, work: Work, first: bool, times: u32, backups: usize, round: &str) {
    let opens = if work == Work::ChangePassphrase { OTHER } else { PASSPHRASE };
    let unlocked = Oracle::new().whole(place, opens, round);
    let practice = unlocked.practice();
    let (referrals, actions) = (story::referrals(practice), story::actions(practice, round).len());
    let done = usize::from(times > 0);
    match work {
        Work::Import => assert_eq!(referrals, i64::from(BEFORE + FILE), "{round}: imported once"),
        _ => assert_eq!(referrals, i64::from(BEFORE), "{round}"),
    }
    match work {
        // A commit that failed at its very end may turn out to be there when the file is opened again.
        Work::Save => assert!(actions == done || !first && actions == 2, "{round}: {actions} actions"),
        _ => assert_eq!(actions, 0, "{round}"),
    }
    match work {
        Work::BackUp => {
            assert!(backups_in(&place.file("backups")).len() > backups, "{round}: the backup is listed");
            assert!(names(place, "backups", ".partial").is_empty(), "{round}: nothing half done is left");
        }
        Work::Export => {
            assert!(place.above.join("register.xlsx").exists(), "{round}");
            assert!(names(place, "..", ".partial").is_empty(), "{round}: nothing half done is left");
        }
        _ => {}
    }
    assert!(names(place, ".", ".tmp").is_empty(), "{round}: nothing half written is left");
}

fn names(place: &Place, folder: &str, ending: &str) -> Vec<String> {
    let entries = std::fs::read_dir(place.file(folder)).expect("listed").flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| name.ends_with(ending)).collect()
}

fn all_works_meet(failure: &str, kind: &'static str) {
    let Standing { folder: _folder, place, .. } = Standing::with_referrals(BEFORE);
    let suffering = Killed::start_with("disk", &place, |command| {
        shim::under_control(command, &place.above);
        command.env("BATON_FAULT_FAILURE", failure);
    });
    let (said, whole) = suffering.ended();
    assert!(whole, "it ended by itself: {said:?}");
    let mut tally = Tally::of(kind);
    let mut met = 0;
    for told in after(&said, "met") {
        met += told.split(' ').next().and_then(|count| count.parse::<u32>().ok()).expect("a number");
    }
    assert!(met > 30, "the works meet their failures: {said:?}");
    (0..met).for_each(|_| tally.recovery(|| ()));
}

#[test]
fn a_disk_that_fails_once_is_named_and_forgotten() {
    all_works_meet("once", "an operation of the disk failed");
}

#[test]
fn a_disk_that_fails_for_a_while_is_named_and_work_goes_on_afterwards() {
    all_works_meet("from then on", "the disk failed for a while");
}

#[test]
fn a_full_disk_is_named_read_from_and_left_clean() {
    all_works_meet("full", "the disk was full");
}
