//! Unlocking by the system's keyring, against opening the same file with its key and reading its schema.

use std::error::Error;

use baton_core::foundation::clock::Clock;
use baton_core::sample::create_into;
use baton_core::testing::{PASSPHRASE, day, new_practice, secrets::keys_behind};
use baton_core::vault::{Machine, OnDoubt, Passphrase, create, enable_keyring, unlock_from_keyring};
use rusqlite::Connection;

use super::table::{Table, medians};
use super::{Size, TODAY};

const RUNS: usize = 25;

/// Measures it on a practice of its own; the keyring itself answers at once. Baton opens two connections (one writes, one
/// reads) and writes down who unlocked; the bare program does neither.
pub fn measure(table: &mut Table, column: usize, size: &Size) -> Result<(), Box<dyn Error>> {
    let place = tempfile::tempdir()?;
    let keyring = keyring_core::mock::Store::new()?;
    let machine = Machine::for_tests(&place.path().join("machine"), Clock::on(day(TODAY)), Some(keyring));
    let folder = place.path().join("practice");
    let passphrase = Passphrase::new(PASSPHRASE)?;
    let created = create(&machine, &folder, &new_practice(), &passphrase)?;
    create_into(created.unlocked.practice(), size.sample, day(TODAY))?;
    enable_keyring(&machine, &created.unlocked, &passphrase)?;
    let about = created.unlocked.describe()?;
    let sheet = created.recovery.sheet(&about, day(TODAY));
    let profile = about.profiles.first().ok_or("a profile")?.id;
    created.unlocked.lock()?;
    let keys = keys_behind(&folder, &format!("{}{}", sheet.prefix, sheet.groups.concat()));
    let key = String::from_utf8(keys.get(4).ok_or("the key of the file")?.clone())?;

    let file = folder.join("practice.db");
    let (ours, bare) = medians(
        RUNS,
        || Ok(()),
        || Ok(unlock_from_keyring(&machine, &folder, profile, OnDoubt::Watch)?),
        || {
            let conn = Connection::open(&file)?;
            conn.execute_batch(&format!("PRAGMA key = \"x'{key}'\"; PRAGMA journal_mode = WAL"))?;
            Ok(conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?)
        },
    )?;
    table.put(column, "unlocking by the keyring", "1.2", ours, bare);
    Ok(())
}
