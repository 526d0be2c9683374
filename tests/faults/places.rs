//! Places that can't be written, are full, or are held by another program.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use baton_core::exchange::export::ExportError;
use baton_core::store::StoreError;
use baton_core::testing::PASSPHRASE;
use baton_core::vault::{Moment, OnDoubt, VaultError, back_up, backups_in, check};

use super::oracle::has_a_name;
use super::{Standing, copy_below, story};

/// A file system of its own below a folder, as long as this value lives.
struct Mounted(PathBuf);

impl Mounted {
    /// `None`, with a word why, where mounting is not allowed.
    fn small(folder: &Path, size: &str) -> Option<Self> {
        std::fs::create_dir_all(folder).expect("made");
        mount(&["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"], folder)
            .then(|| Self(folder.to_owned()))
    }

    fn read_only(&self) {
        assert!(mount(&["-o", "remount,ro"], &self.0), "remounted");
    }

    fn writable(&self) {
        assert!(mount(&["-o", "remount,rw"], &self.0), "remounted");
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let gone =
            Command::new("umount").arg("--lazy").arg(&self.0).status().is_ok_and(|status| status.success());
        if !gone {
            eprintln!("{} stays mounted", self.0.display());
        }
    }
}

fn mount(options: &[&str], folder: &Path) -> bool {
    let done =
        Command::new("mount").args(options).arg(folder).output().is_ok_and(|output| output.status.success());
    if !done {
        eprintln!("skipped: this system does not let the test mount {}", folder.display());
    }
    done
}

/// Every file below a folder with what it holds.
fn everything(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("listed").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(everything(&path));
        } else {
            found.insert(path.clone(), std::fs::read(&path).expect("read"));
        }
    }
    found
}

#[test]
fn a_folder_that_can_only_be_read_is_opened_to_look_and_nothing_is_tried_on_it() {
    let standing = Standing::with_referrals(10);
    let below = standing.folder.path().join("snapshot");
    let Some(mounted) = Mounted::small(&below, "64m") else { return };
    copy_below(&standing.place.practice(), &below.join("practice"));
    let place = super::Place::at(&below);
    // Baton's own folder is elsewhere, as it is on a computer that opens a practice on a read-only drive.
    let machine = standing.place.machine();
    mounted.read_only();
    let before = everything(&below);
    let profile = baton_core::vault::describe(&place.practice()).expect("described").profiles[0].id;
    let open = |text: &str| {
        let passphrase = super::passphrase(text);
        baton_core::vault::unlock(&machine, &place.practice(), profile, &passphrase, OnDoubt::Watch)
    };
    assert!(matches!(open("not the passphrase of it"), Err(VaultError::WrongPassphrase)));
    for _ in 0..2 {
        let unlocked = open(PASSPHRASE).expect("opened to look");
        // Somebody else may look too.
        drop(open(PASSPHRASE).expect("opened to look"));
        assert!(unlocked.is_unwritable());
        let practice = unlocked.practice();
        assert_eq!(story::referrals(practice), 10);
        baton_core::network::partners(practice, &Default::default()).expect("a list");
        assert!(check(&unlocked).expect("checked").ok);

        let store = |error: StoreError| assert!(matches!(error, StoreError::ReadOnly), "{error:?}");
        let vault = |error: VaultError| match error {
            VaultError::Store(error) => store(error),
            other => panic!("{other:?}"),
        };
        store(story::act(practice).expect_err("a change"));
        store(practice.store().note(practice.actor(), "print", "").expect_err("a note"));
        vault(back_up(&unlocked, None).map(drop).expect_err("a backup"));
        vault(back_up(&unlocked, Some(standing.folder.path())).map(drop).expect_err("a backup elsewhere"));
        let (own, new) = (super::passphrase(PASSPHRASE), super::passphrase(super::OTHER));
        vault(
            baton_core::vault::change_passphrase(&machine, &unlocked, &own, &new).expect_err("a passphrase"),
        );
        vault(baton_core::vault::prepare_recovery(&machine, &unlocked, &own).map(drop).expect_err("a key"));
        let day = Moment::Day(super::TODAY.parse().expect("a day"));
        vault(
            unlocked.as_of(day, &mut |_, _| ControlFlow::Continue(())).map(drop).expect_err("an earlier day"),
        );
        match baton_core::history::draft_save(practice, "intake", "x") {
            Err(baton_core::history::HistoryError::Store(error)) => store(error),
            other => panic!("{other:?}"),
        }
        match story::export(practice, &standing.folder.path().join("register.xlsx")) {
            Err(ExportError::Store(error)) => store(error),
            other => panic!("{other:?}"),
        }
        assert!(!standing.folder.path().join("register.xlsx").exists());
        unlocked.lock().expect("locked");
    }
    assert!(everything(&below) == before, "nothing came, went or changed");
    mounted.writable();
    let place = super::Place { above: below };
    assert_eq!(story::referrals(place.unlock(PASSPHRASE).expect("writable again").practice()), 10);
}

#[test]
fn a_folder_that_can_only_be_read_and_has_to_be_written_first_says_so() {
    let standing = Standing::with_referrals(10);
    let below = standing.folder.path().join("snapshot");
    let Some(mounted) = Mounted::small(&below, "64m") else { return };
    // Copied while somebody worked in it: the newest changes stand in the log beside the database.
    let unlocked = standing.place.unlock(PASSPHRASE).expect("unlocked");
    story::act(unlocked.practice()).expect("written");
    copy_below(&standing.place.practice(), &below.join("practice"));
    drop(unlocked);
    // And one an older Baton made.
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/practices/v3");
    copy_below(&fixture, &below.join("older"));
    let key = std::fs::read_to_string(fixture.join("recovery-key.txt")).expect("a key");
    mounted.read_only();
    let machine = standing.place.machine();
    let profile = |folder: &Path| baton_core::vault::describe(folder).expect("described").profiles[0].id;
    let (copy, older) = (below.join("practice"), below.join("older"));
    let own = super::passphrase(PASSPHRASE);
    let refused = [
        baton_core::vault::unlock(&machine, &copy, profile(&copy), &own, OnDoubt::Refuse),
        baton_core::vault::unlock_by_recovery(
            &machine,
            &older,
            profile(&older),
            key.trim(),
            &own,
            OnDoubt::Refuse,
        ),
    ];
    for refused in refused {
        let refused = refused.expect_err("it can't be brought up to date there");
        assert!(matches!(refused, VaultError::MustBeWritten), "{refused:?}");
        has_a_name(&refused, "it has to be written first");
    }
}

#[test]
fn a_drive_that_becomes_read_only_while_one_works_is_named_and_work_goes_on_when_it_is_back() {
    let standing = Standing::with_referrals(10);
    let below = standing.folder.path().join("drive");
    let Some(mounted) = Mounted::small(&below, "64m") else { return };
    copy_below(&standing.place.practice(), &below.join("practice"));
    let place = super::Place::at(&below);
    let stick = standing.folder.path().join("stick");
    let Some(full) = Mounted::small(&stick, "300k") else { return };
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");

    // A stick too small for a backup and for a workbook: what was there stays, nothing half done is left.
    std::fs::write(stick.join("register.xlsx"), "the old one").expect("written");
    std::fs::write(stick.join("filler"), vec![1; 250 << 10]).expect("written");
    assert!(matches!(back_up(&unlocked, Some(&stick)), Err(VaultError::TargetFull { .. })));
    let mut fill = std::fs::File::options().append(true).open(stick.join("filler")).expect("opened");
    while std::io::Write::write_all(&mut fill, &[1; 4096]).is_ok() {}
    drop(fill);
    let refused = story::export(unlocked.practice(), &stick.join("register.xlsx")).expect_err("no room");
    assert!(matches!(refused, ExportError::DiskFull), "{refused:?}");
    assert_eq!(std::fs::read(stick.join("register.xlsx")).expect("read"), b"the old one");
    let names: Vec<_> = std::fs::read_dir(&stick).expect("listed").flatten().map(|e| e.file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert_eq!(backups_in(&stick).len(), 0);

    // The same stick, protected.
    full.read_only();
    has_a_name(&back_up(&unlocked, Some(&stick)).expect_err("protected"), "a protected stick");
    let refused = story::export(unlocked.practice(), &stick.join("other.xlsx")).expect_err("protected");
    assert!(matches!(refused, ExportError::FolderRefused), "{refused:?}");
    // And pulled out.
    drop(full);
    std::fs::remove_dir(&stick).expect("removed");
    let refused = story::export(unlocked.practice(), &stick.join("other.xlsx")).expect_err("gone");
    assert!(matches!(refused, ExportError::FolderRefused), "{refused:?}");
    assert!(check(&unlocked).expect("checked").ok, "the practice itself is untouched");
    drop(unlocked);
    drop(mounted);
}

#[test]
fn a_program_that_holds_the_file_is_named_after_a_while_and_work_goes_on_when_it_lets_go() {
    let standing = Standing::with_referrals(10);
    let place = &standing.place;
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    // A stock tool with the right key takes the write lock of the log and keeps it.
    let other = rusqlite::Connection::open(place.file("practice.db")).expect("opened");
    other
        .execute_batch(&format!("PRAGMA key = \"x'{}'\"; BEGIN IMMEDIATE", standing.oracle.database_key()))
        .expect("held");
    let begun = Instant::now();
    let refused = story::act(unlocked.practice());
    assert!(matches!(refused, Err(StoreError::Busy)), "{refused:?}");
    assert!(begun.elapsed() < Duration::from_secs(10), "no waiting without end");
    assert_eq!(story::referrals(unlocked.practice()), 10, "reading goes on");
    drop(other);
    story::act(unlocked.practice()).expect("free again");
}

#[test]
fn a_file_copied_alone_while_one_works_is_noticed() {
    let standing = Standing::new();
    let place = &standing.place;
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    let copied = std::fs::read(place.file("practice.db")).expect("read");
    for _ in 0..5 {
        story::act(unlocked.practice()).expect("written");
    }
    drop(unlocked);
    std::fs::write(place.file("practice.db"), copied).expect("put back");
    match place.unlock(PASSPHRASE) {
        Err(error @ VaultError::HeadAhead { .. }) => has_a_name(&error, "an older file"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_long_look_at_the_past_keeps_nobody_from_writing_and_the_log_stays_within_bounds() {
    let standing = Standing::with_referrals(10);
    let unlocked = standing.place.unlock(PASSPHRASE).expect("unlocked");
    let practice = unlocked.practice();
    let log = standing.place.file("practice.db-wal");
    let megabytes: u32 = super::rounds(24, 500);
    practice
        .read(|conn| {
            let _past = conn.unchecked_transaction()?;
            conn.query_row("SELECT count(*) FROM tag", [], |row| row.get::<_, i64>(0))?;
            for _ in 0..megabytes {
                practice.write(baton_core::store::Label::hand("story", "much"), |tx| {
                    (0..40).try_for_each(|_| {
                        let name =
                            format!("{} {}", baton_core::foundation::id::TagId::new(), "x".repeat(180));
                        story::add_tag(tx, &name)
                    })
                })?;
            }
            Ok::<(), StoreError>(())
        })
        .expect("nobody is refused");
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |about| about.len());
    practice.store().checkpoint().expect("nobody looks at the past any more");
    assert!(size(&log) < 64 << 20, "{} bytes", size(&log));
    story::act(practice).expect("written");
}
