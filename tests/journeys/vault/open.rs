//! Creating, unlocking and locking.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use baton_core::exchange::import::{Decisions, ImportFile, commit, plan};
use baton_core::foundation::id::TagId;
use baton_core::store::{Label, StoreError};
use baton_core::testing::{PASSPHRASE, machine, new_practice};
use baton_core::vault::{
    OnDoubt, VaultError, check, create, describe, discard_unfinished, recent_practices, unlock,
};

use super::{add_tag, count_tags, passphrase, place};
use crate::import_support;

#[test]
fn a_created_practice_opens_again_with_what_was_written() {
    let place = place();
    let created = place.create();
    add_tag(&created.unlocked, "Runs marathons").expect("written");
    created.unlocked.lock().expect("locked");
    drop(created);

    let about = describe(&place.practice).expect("described");
    assert_eq!((about.name.as_str(), about.created_on.as_str()), ("Harborview Orthopedics", "2026-11-02"));
    assert_eq!(
        (about.profiles[0].name.as_str(), about.profiles[0].initials.as_str()),
        ("Maren Okafor", "MO")
    );
    assert_eq!(recent_practices(&place.machine)[0].name, "Harborview Orthopedics");

    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    assert_eq!(count_tags(&unlocked), 1);
    assert_eq!(unlocked.practice().actor().name, "Maren Okafor");
    assert_eq!(unlocked.practice().store().zone().name(), "America/New_York");
    assert!(check(&unlocked).expect("checked").ok);
}

#[test]
fn a_wrong_passphrase_is_told_quickly_and_does_no_harm() {
    let place = place();
    place.created();
    let begun = Instant::now();
    for _ in 0..10 {
        assert!(matches!(
            place.unlock("lantern orbit velvet canyon mople"),
            Err(VaultError::WrongPassphrase)
        ));
    }
    assert!(begun.elapsed() < Duration::from_secs(30), "each under three seconds");
    place.unlock(PASSPHRASE).expect("the right one still opens");
}

#[test]
fn a_weak_passphrase_creates_nothing() {
    let place = place();
    let refused = create(&place.machine, &place.practice, &new_practice(), &passphrase("password1234"));
    assert!(matches!(refused, Err(VaultError::WeakPassphrase(_))));
    assert!(!place.practice.exists());
}

#[test]
fn locked_means_locked() {
    let place = place();
    let created = place.create();
    let practice = created.unlocked.practice().clone();
    created.unlocked.lock().expect("locked");
    let read = practice.read(|conn| {
        Ok::<i64, StoreError>(conn.query_row("SELECT count(*) FROM tag", [], |row| row.get(0))?)
    });
    assert!(matches!(read, Err(StoreError::Locked)));
    assert!(matches!(add_tag(&created.unlocked, "x"), Err(StoreError::Locked)));
    assert!(matches!(check(&created.unlocked), Err(VaultError::Store(StoreError::Locked))));
    created.unlocked.lock().expect("locking twice does nothing");
    place.unlock(PASSPHRASE).expect("the process lock is free although the old value lives");
}

#[cfg(target_os = "linux")]
#[test]
fn a_locked_practice_has_no_open_file() {
    let place = place();
    let created = place.create();
    let open_files = || {
        let targets = std::fs::read_dir("/proc/self/fd")
            .expect("listed")
            .flatten()
            .filter_map(|fd| std::fs::read_link(fd.path()).ok());
        targets.filter(|target| target.starts_with(&place.practice)).count()
    };
    assert!(open_files() > 0);
    created.unlocked.lock().expect("locked");
    assert_eq!(open_files(), 0);
}

#[test]
fn locking_stops_a_long_write_at_once_and_nothing_of_it_stays() {
    let place = place();
    let created = place.create();
    let (began, begun) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            created.unlocked.practice().write(Label::hand("import", "everything"), |tx| {
                for number in 0..10_000_000_u32 {
                    if number == 2_000 {
                        began.send(()).expect("somebody waits");
                    }
                    tx.prepare_cached("INSERT INTO tag VALUES (?1, ?2, ?2)")?
                        .execute(rusqlite::params![TagId::new(), format!("tag {number}")])?;
                }
                Ok::<(), StoreError>(())
            })
        });
        begun.recv().expect("the write runs");
        let pressed = Instant::now();
        created.unlocked.lock().expect("locked");
        let took = pressed.elapsed();
        assert!(took < Duration::from_millis(200), "{took:?}");
        assert!(matches!(writer.join().expect("no panic"), Err(StoreError::Cancelled | StoreError::Locked)));
    });
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    assert_eq!(count_tags(&unlocked), 0);
    assert!(check(&unlocked).expect("checked").ok);
}

#[test]
fn locking_while_an_import_runs_takes_no_longer_than_a_blink_and_nothing_of_it_stays() {
    let referrals = |salt: usize| {
        let row = |n: usize| {
            let from = import_support::named(&format!("Dr. Ann Lee {}", n % 40));
            import_support::referral(n as u32 + 1, "2026-03-02", &format!("C{salt}-{n}"), from)
        };
        import_support::file((0..20_000).map(row).collect())
    };
    // What else this computer does can only make it longer: the quickest of a few counts.
    let mut quickest = Duration::MAX;
    for salt in 0..4 {
        let place = place();
        place.created();
        let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
        let practice = unlocked.practice().clone();
        let about = ImportFile { name: "f.csv".into(), sha256: vec![1; 32] };
        let planned =
            plan(&practice, &about, referrals(salt), &Decisions::none(), &mut |_| ControlFlow::Continue(()));
        let planned = planned.expect("planned");
        let (tell, told) = std::sync::mpsc::channel();
        let importing = std::thread::spawn(move || {
            // An import that does not stop by itself: locking stops it.
            commit(&practice, &planned, &mut |done| {
                let _ = tell.send(format!("{done:?}"));
                ControlFlow::Continue(())
            })
        });
        for _ in 0..3 {
            told.recv().expect("it is in the middle of it");
        }
        let begun = Instant::now();
        unlocked.lock().expect("locked");
        quickest = quickest.min(begun.elapsed());
        assert!(importing.join().expect("ended").is_err(), "it was stopped");
        let again = place.unlock(PASSPHRASE).expect("unlocked");
        let look = |conn: &rusqlite::Connection| {
            Ok::<i64, StoreError>(conn.query_row("SELECT count(*) FROM referral", [], |row| row.get(0))?)
        };
        assert_eq!(again.practice().read(look).expect("read"), 0, "it rolled back");
        if quickest < Duration::from_millis(200) {
            return;
        }
    }
    panic!("locking took {quickest:?} at best");
}

#[test]
fn work_that_ignores_being_stopped_commits_nothing_once_locked() {
    let place = place();
    let created = place.create();
    let (began, begun) = std::sync::mpsc::channel();
    let ignoring = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            created.unlocked.practice().write(Label::hand("import", "everything"), |tx| {
                let insert = || {
                    tx.execute(
                        "INSERT INTO tag VALUES (?1, ?2, ?2)",
                        rusqlite::params![TagId::new(), TagId::new().to_string()],
                    )
                };
                insert()?;
                began.send(()).expect("somebody waits");
                while insert().is_ok() {}
                // Whoever takes a stopped statement for a bad row goes on with the next.
                let still_written = (0..500).filter(|_| insert().is_ok()).count();
                Ok::<usize, StoreError>(still_written)
            })
        });
        begun.recv().expect("the write runs");
        created.unlocked.lock().expect("locked");
        writer.join().expect("no panic")
    });
    assert!(ignoring.is_err(), "{ignoring:?}");
    assert_eq!(count_tags(&place.unlock(PASSPHRASE).expect("unlocked")), 0);
}

#[test]
fn a_second_opening_is_told_who_has_it() {
    let place = place();
    let created = place.create();
    match place.unlock(PASSPHRASE) {
        Err(VaultError::AlreadyOpen { by }) => {
            assert!(by.starts_with(&format!("process {}", std::process::id())), "{by}")
        }
        other => panic!("{other:?}"),
    }
    drop(created);
    place.unlock(PASSPHRASE).expect("free again");
}

#[test]
fn a_folder_in_use_is_not_taken_for_a_practice() {
    let place = place();
    place.created();
    let again = create(&place.machine, &place.practice, &new_practice(), &passphrase(PASSPHRASE));
    assert!(matches!(again, Err(VaultError::PracticeExists)));
    assert!(matches!(discard_unfinished(&place.practice), Err(VaultError::PracticeExists)));

    let papers = place.practice.with_file_name("papers");
    std::fs::create_dir(&papers).expect("made");
    std::fs::write(papers.join("letter.txt"), "x").expect("written");
    let refused = create(&place.machine, &papers, &new_practice(), &passphrase(PASSPHRASE));
    assert!(matches!(refused, Err(VaultError::FolderNotEmpty)));
    assert!(matches!(describe(&papers), Err(VaultError::NoPractice)));
    assert_eq!(std::fs::read_dir(&papers).expect("listed").count(), 1, "nothing was put there");
}

#[test]
fn a_cloud_folder_is_refused_by_name() {
    let place = place();
    let cloud = place.practice.with_file_name("OneDrive - Harborview").join("practice");
    match create(&place.machine, &cloud, &new_practice(), &passphrase(PASSPHRASE)) {
        Err(VaultError::UnsafePlace { place }) => assert_eq!(place, "OneDrive"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn unusual_folder_names_open_the_right_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let machine = machine(folder.path(), "2026-11-02");
    let long = "long".repeat(50);
    for name in ["my practice", "100%#1?x=y&mode=memory", "Praxis Übergröße", "عيادة", "file:practice", &long]
    {
        let deep = folder.path().join(name).join(if name == long { long.as_str() } else { "p" });
        let created = create(&machine, &deep, &new_practice(), &passphrase(PASSPHRASE)).expect(name);
        add_tag(&created.unlocked, name).expect(name);
        drop(created);
        assert!(deep.join("practice.db").exists(), "{name}");
        let profile = describe(&deep).expect(name).profiles[0].id;
        let unlocked =
            unlock(&machine, &deep, profile, &passphrase(PASSPHRASE), OnDoubt::Refuse).expect(name);
        assert_eq!(count_tags(&unlocked), 1, "{name}");
    }
}

#[test]
fn the_lock_screen_knows_a_renamed_practice_after_locking() {
    let place = place();
    let created = place.create();
    created
        .unlocked
        .practice()
        .write(Label::hand("practice_rename", "Harborview Joint"), |tx| {
            tx.execute("UPDATE practice SET name = 'Harborview Joint'", [])?;
            Ok::<(), StoreError>(())
        })
        .expect("written");
    drop(created);
    // Unlocking writes down what the practice says of itself.
    drop(place.unlock(PASSPHRASE).expect("unlocked"));
    assert_eq!(describe(&place.practice).expect("described").name, "Harborview Joint");
}
