//! Nothing readable is left outside the encrypted file.

use baton_core::store::StoreError;
use baton_core::testing::PASSPHRASE;
use baton_core::vault::{back_up, change_passphrase, check};

use baton_core::testing::secrets::{forms, keys_behind, told_below};

use super::{files_below, passphrase, place};

const MARKER: &str = "ZZPHI-7731";
const OTHER: &str = "copper harvest violin tundra plaza";

#[test]
fn no_file_holds_a_patient_a_passphrase_or_a_key() {
    let place = place();
    let created = place.create();
    let about = created.unlocked.describe().expect("described");
    let sheet = created.recovery.sheet(&about, "2026-11-02".parse().expect("a date"));
    let recovery = sheet.groups.concat();
    let master = keys_behind(&place.practice, &format!("{}{recovery}", sheet.prefix));
    let practice = created.unlocked.practice().clone();
    practice
        .write(baton_core::store::Label::hand("tag_add", MARKER), |tx| {
            tx.execute(
                "INSERT INTO tag VALUES (?1, ?2, ?2)",
                rusqlite::params![baton_core::foundation::id::TagId::new(), MARKER],
            )?;
            Ok::<(), StoreError>(())
        })
        .expect("written");
    practice.store().note(practice.actor(), "marker", MARKER).expect("noted");
    change_passphrase(&place.machine, &created.unlocked, &passphrase(PASSPHRASE), &passphrase(OTHER))
        .expect("changed");
    back_up(&created.unlocked, None).expect("backed up");
    check(&created.unlocked).expect("checked");

    let above = place.practice.parent().expect("a folder above").to_owned();
    let mut secrets: Vec<Vec<u8>> =
        [MARKER, PASSPHRASE, OTHER, &recovery].iter().flat_map(|text| forms(text)).collect();
    secrets.extend(master);
    let scan = |moment: &str| {
        assert!(place.file("practice.db").exists());
        let told = told_below(&above, &secrets);
        assert!(told.is_empty(), "{told:?} can be read while {moment}");
    };
    assert!(place.file("practice.db-wal").exists(), "the log is scanned too");
    scan("open");
    drop(created);
    scan("locked");
}

#[test]
fn the_recovery_key_and_stock_tools_open_the_database_without_baton() {
    let place = place();
    let key = place.created();
    let database_key = String::from_utf8(keys_behind(&place.practice, &key)[4].clone()).expect("hex");
    let conn = rusqlite::Connection::open(place.file("practice.db")).expect("opened");
    conn.execute_batch(&format!("PRAGMA key = \"x'{database_key}'\"")).expect("keyed");
    let name: String = conn.query_row("SELECT name FROM practice", [], |row| row.get(0)).expect("read");
    assert_eq!(name, "Harborview Orthopedics");
}

#[cfg(unix)]
#[test]
fn folders_and_files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let place = place();
    let created = place.create();
    super::add_tag(&created.unlocked, "x").expect("written");
    back_up(&created.unlocked, None).expect("backed up");
    let mode = |path: &std::path::Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    let looked_at = |moment: &str| {
        assert_eq!(mode(&place.practice), 0o700);
        assert_eq!(mode(&place.file("backups")), 0o700);
        for file in files_below(&place.practice) {
            assert_eq!(mode(&file), 0o600, "{} {moment}", file.display());
        }
    };
    looked_at("open");
    drop(created);
    let unlocked = place.unlock(PASSPHRASE).expect("unlocked");
    super::add_tag(&unlocked, "y").expect("written");
    looked_at("opened again");
}
