//! A real encrypted practice in a temporary folder, for tests of every crate. Compiled for tests only.

pub mod inputs;
pub mod points;
pub mod secrets;
#[cfg(feature = "testing")]
pub mod statements;

use std::sync::Arc;

use chrono::NaiveDate;
use rusqlite::params;

use crate::foundation::clock::Clock;
use crate::foundation::id::{PracticeId, ProfileId, RecordId, TagId};
use crate::practice::Practice;
use crate::store::{Actor, Cause, ChainKey, DbKey, Label, Opening, Store, StoreError};

/// A practice that goes away with this value.
pub struct TestPractice {
    /// The practice.
    pub practice: Practice,
    /// Its folder.
    pub folder: tempfile::TempDir,
}

impl std::ops::Deref for TestPractice {
    type Target = Practice;

    fn deref(&self) -> &Practice {
        &self.practice
    }
}

/// What a test opens a file with.
pub fn opening(today: NaiveDate) -> Opening {
    Opening {
        key: DbKey::new([7; 32]),
        chain_key: ChainKey::new([9; 32]),
        device: RecordId::from_bytes([1; 16]),
        clock: Clock::on(today),
        settle: crate::referrals::process::settle,
        permit: crate::vault::permit,
    }
}

/// A date that must exist.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// An empty practice "Harborview Orthopedics" in Maine, on `today` (yyyy-mm-dd).
pub fn practice(today: &str) -> TestPractice {
    practice_with(opening(day(today)))
}

/// The same with a clock that can be set: noon UTC of the day one gives it.
pub fn practice_over_time(today: &str) -> (TestPractice, impl Fn(NaiveDate)) {
    let noon = |day: NaiveDate| (day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp() + 43_200) * 1000;
    let ms = Arc::new(std::sync::atomic::AtomicI64::new(noon(day(today))));
    let clock = Clock::told_by(ms.clone());
    let practice = practice_with(Opening { clock, ..opening(day(today)) });
    (practice, move |day| ms.store(noon(day), std::sync::atomic::Ordering::SeqCst))
}

/// The same with a clock that stands at this instant, UTC milliseconds.
pub fn practice_at(ms: i64) -> TestPractice {
    let clock = Clock::told_by(Arc::new(std::sync::atomic::AtomicI64::new(ms)));
    let day = chrono::DateTime::from_timestamp_millis(ms).map(|at| at.date_naive()).unwrap_or_default();
    practice_with(Opening { clock, ..opening(day) })
}

fn practice_with(opening: Opening) -> TestPractice {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Store::create(&folder.path().join("practice.db"), opening).expect("a new file");
    let actor = Actor { id: ProfileId::new(), name: "Maren Okafor".into() };
    let label =
        Label { action: "practice_create", subject: "Harborview Orthopedics".into(), cause: Cause::Hand };
    store
        .write(&actor, label, |tx| {
            tx.execute(
                "INSERT INTO practice (id, name, state, time_zone, created_at) VALUES (?1, 'Harborview Orthopedics', 'ME', 'America/New_York', ?2)",
                params![PracticeId::new(), tx.now],
            )?;
            tx.execute(
                "INSERT INTO profile (id, name, initials, role, created_at) VALUES (?1, ?2, 'MO', 'owner', ?3)",
                params![actor.id, actor.name, tx.now],
            )?;
            Ok::<(), StoreError>(())
        })
        .expect("the practice row");
    store.set_zone("America/New_York".parse().expect("a zone"));
    TestPractice { practice: Practice::new(store, actor), folder }
}

/// The same open file with a member of staff of this role at the desk.
///
/// # Panics
/// If the file can't be written.
pub fn with_role(practice: &Practice, role: crate::vault::Role) -> Practice {
    let actor = Actor { id: ProfileId::new(), name: format!("Somebody ({})", role.code()) };
    practice
        .write(Label::hand("profile_add", actor.name.as_str()), |tx| {
            tx.execute(
                "INSERT INTO profile (id, name, initials, role, created_at) VALUES (?1, ?2, 'SB', ?3, ?4)",
                params![actor.id, actor.name, role.code(), tx.now],
            )?;
            Ok::<(), StoreError>(())
        })
        .expect("a profile");
    Practice::new(practice.store().clone(), actor)
}

/// The same file, opened again.
pub fn reopened(folder: &std::path::Path, today: &str) -> Result<Arc<Store>, StoreError> {
    Store::open(&folder.join("practice.db"), opening(day(today)))
}

/// A file in `folder` as the Baton before this one left it, with these tags in it.
pub fn before_the_last_step(folder: &std::path::Path, today: NaiveDate, tags: &[&str]) {
    let conn = Store::create_older(&folder.join("practice.db"), &opening(today).key).expect("an older file");
    for tag in tags {
        conn.execute("INSERT INTO tag VALUES (?1, ?2, ?2)", params![TagId::new(), tag]).expect("a tag");
    }
}

/// How many steps of the schema the file in `folder` has.
pub fn version_of(folder: &std::path::Path) -> i64 {
    Store::version_of(&folder.join("practice.db"), &DbKey::new([7; 32])).expect("opened")
}

/// A passphrase that may protect a practice.
pub const PASSPHRASE: &str = "lantern orbit velvet canyon maple";

/// A computer whose clock stands at noon of `today`, with Baton's own folder in `place` and no keyring.
pub fn machine(place: &std::path::Path, today: &str) -> crate::vault::Machine {
    crate::vault::Machine::for_tests(&place.join("config"), Clock::on(day(today)), None)
}

/// What the first-run screen sends for "Harborview Orthopedics".
pub fn new_practice() -> crate::vault::NewPractice {
    crate::vault::NewPractice {
        name: "Harborview Orthopedics".into(),
        state: "ME".into(),
        time_zone: "America/New_York".into(),
        profile_name: "Maren Okafor".into(),
        profile_initials: "MO".into(),
    }
}
