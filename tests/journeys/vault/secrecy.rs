//! Nothing readable is left outside the encrypted file.

use baton_core::store::StoreError;
use baton_core::testing::PASSPHRASE;
use baton_core::vault::{back_up, change_passphrase, check};

use super::{files_below, passphrase, place};

const MARKER: &str = "ZZPHI-7731";
const OTHER: &str = "copper harvest violin tundra plaza";

/// How a text may lie in a file.
fn forms(text: &str) -> [Vec<u8>; 3] {
    let wide = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hex = text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    [text.as_bytes().to_vec(), wide, hex.into_bytes()]
}

#[test]
fn no_file_holds_a_patient_a_passphrase_or_a_key() {
    let place = place();
    let created = place.create();
    let about = created.unlocked.describe().expect("described");
    let sheet = created.recovery.sheet(&about, "2026-11-02".parse().expect("a date"));
    let recovery = sheet.groups.concat();
    let master = recovered_keys(&place, &format!("{}{recovery}", sheet.prefix));
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
        let files = files_below(&above);
        assert!(files.iter().any(|file| file.ends_with("practice.db")));
        for file in files {
            let bytes = std::fs::read(&file).expect("read");
            assert!(!bytes.starts_with(b"SQLite format 3"), "{} is encrypted", file.display());
            for secret in &secrets {
                let found = bytes.windows(secret.len()).any(|window| window == secret.as_slice());
                assert!(!found, "{} holds a secret while {moment}", file.display());
            }
        }
    };
    assert!(place.file("practice.db-wal").exists(), "the log is scanned too");
    scan("open");
    drop(created);
    scan("locked");
}

/// The master and the database key, raw and as hexadecimal text, as the recovery key opens them with the stock age tool.
fn recovered_keys(place: &super::Place, recovery: &str) -> Vec<Vec<u8>> {
    let identity: age::x25519::Identity = recovery.parse().expect("a key");
    let sealed = std::fs::read(place.file("recovery.age")).expect("there");
    let text = String::from_utf8(age::decrypt(&identity, &sealed).expect("opens")).expect("text");
    let keys: Vec<String> = text
        .lines()
        .skip(2)
        .map(|line| line.chars().filter(|c| c.is_ascii_hexdigit()).collect::<String>())
        .collect();
    let keys: Vec<String> = keys.iter().map(|key| key[key.len() - 64..].to_owned()).collect();
    assert_eq!(keys.len(), 2);
    let raw = |key: &String| {
        (0..32).map(|i| u8::from_str_radix(&key[i * 2..i * 2 + 2], 16).expect("hex")).collect::<Vec<u8>>()
    };
    keys.iter()
        .flat_map(|key| [raw(key), key.clone().into_bytes(), key.to_uppercase().into_bytes()])
        .collect()
}

#[test]
fn the_recovery_key_and_stock_tools_open_the_database_without_baton() {
    let place = place();
    let key = place.created();
    let database_key = String::from_utf8(recovered_keys(&place, &key)[4].clone()).expect("hex");
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
