//! Opening connections: key first, proof that encryption is there, then the settings every connection has.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OpenFlags};

use super::error::StoreError;
use super::key::DbKey;
use super::raw;
use crate::foundation::text;

/// What a connection is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Write,
    Read,
}

/// `PRAGMA application_id` of a practice file: "BATN".
pub(super) const APPLICATION_ID: i32 = 0x4241_544E;

/// Opens a file and proves that it is encrypted and that the key fits. Nothing in it is changed.
pub(super) fn keyed(path: &Path, key: &DbKey, flags: OpenFlags) -> Result<Connection, StoreError> {
    raw::count_no_memory();
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(Duration::from_secs(5))?;
    raw::set_key(&conn, key)?;
    let cipher: Option<String> = conn.query_row("PRAGMA cipher_version", [], |row| row.get(0)).ok();
    if cipher.is_none_or(|version| version.is_empty()) {
        return Err(StoreError::NoEncryption);
    }
    conn.execute_batch("PRAGMA cipher_log_level = NONE")?;
    // Connecting alone proves nothing; the first read does.
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    Ok(conn)
}

/// Opens a copy that nobody works with and that may come from outside: nothing in its schema is trusted.
pub(super) fn closed(path: &Path, key: &DbKey) -> Result<Connection, StoreError> {
    let conn = keyed(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON")?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    Ok(conn)
}

/// Opens one connection. `create` makes the file if it is not there.
pub(super) fn connect(
    path: &Path,
    key: &DbKey,
    purpose: Purpose,
    create: bool,
) -> Result<Connection, StoreError> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    #[cfg_attr(not(feature = "testing"), allow(unused_mut, reason = "only a file under test is listened to"))]
    let mut conn = keyed(path, key, flags)?;
    conn.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA recursive_triggers = ON;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA mmap_size = 0;
         PRAGMA journal_size_limit = 67108864;
         PRAGMA wal_autocheckpoint = 0;",
    )?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    match purpose {
        Purpose::Write => conn.execute_batch("PRAGMA cache_size = -98304")?,
        Purpose::Read => conn.execute_batch("PRAGMA cache_size = -16384; PRAGMA query_only = ON")?,
    }
    conn.set_prepared_statement_cache_capacity(256);
    own_functions(&conn)?;
    #[cfg(feature = "testing")]
    crate::testing::statements::overhear(&mut conn)?;
    Ok(conn)
}

/// Opens a file where nothing can be written: it is taken as it stands, without its log and without any lock, and nothing
/// is ever tried on it.
pub(super) fn unwritable(path: &Path, key: &DbKey) -> Result<Connection, StoreError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = keyed(Path::new(&as_immutable(path)?), key, flags)?;
    conn.execute_batch(
        "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;
         PRAGMA mmap_size = 0; PRAGMA cache_size = -16384; PRAGMA query_only = ON",
    )?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_prepared_statement_cache_capacity(256);
    own_functions(&conn)?;
    Ok(conn)
}

/// The address of a file nobody changes (<https://sqlite.org/uri.html>).
fn as_immutable(path: &Path) -> Result<String, StoreError> {
    let name =
        path.to_str().ok_or_else(|| StoreError::Database("the folder's name is not readable text".into()))?;
    let name = if cfg!(windows) { name.replace('\\', "/") } else { name.to_owned() };
    let mut address = String::from(if name.starts_with('/') { "file://" } else { "file:///" });
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~:".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address.push_str("?immutable=1");
    Ok(address)
}

/// The functions the schema's triggers call.
pub(super) fn own_functions(conn: &Connection) -> Result<(), StoreError> {
    // With the connection, what it heard goes.
    let ear = Mutex::new(text::Ear::default());
    conn.create_scalar_function(
        "terms",
        1,
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS,
        move |context| {
            let text = context.get_raw(0).as_str()?;
            Ok(ear.lock().unwrap_or_else(PoisonError::into_inner).terms(text))
        },
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_any_letters_is_an_address() {
        let of = |name: &str| as_immutable(Path::new(name)).expect("text");
        assert_eq!(of("/a b/100%?#é.db"), "file:///a%20b/100%25%3F%23%C3%A9.db?immutable=1");
        assert_eq!(of("C:/Praxis/practice.db"), "file:///C:/Praxis/practice.db?immutable=1");
    }
}
