//! The one place with `unsafe`: what only the C API can do. The key is handed to SQLCipher through it, so that it never
//! stands in an SQL text.

#![allow(unsafe_code, reason = "two calls of the C API; nothing else here is unsafe")]

use std::sync::Once;

use rusqlite::{Connection, ffi};

use super::key::DbKey;

/// Tells SQLite, once and before its first use, not to count the memory it takes: nobody asks, and each count takes a lock.
pub(super) fn count_no_memory() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: the option takes one int. After SQLite's first use the call changes nothing and says so, which is all right.
        unsafe { ffi::sqlite3_config(ffi::SQLITE_CONFIG_MEMSTATUS, 0 as std::ffi::c_int) };
    });
}

/// Sets the raw key on a fresh connection. The key text is wiped with `key`.
pub(super) fn set_key(conn: &Connection, key: &DbKey) -> rusqlite::Result<()> {
    let literal = key.literal();
    let length = i32::try_from(literal.len()).unwrap_or(0);
    // SAFETY: `handle` is the open connection borrowed for the whole call, "main" is NUL-terminated and
    // `literal` outlives the call; SQLCipher copies the key before it returns.
    let code =
        unsafe { ffi::sqlite3_key_v2(conn.handle(), c"main".as_ptr(), literal.as_ptr().cast(), length) };
    answer(code)
}

/// Encrypts the file of an open connection anew. The key text is wiped with `key`.
pub(super) fn change_key(conn: &Connection, key: &DbKey) -> rusqlite::Result<()> {
    let literal = key.literal();
    let length = i32::try_from(literal.len()).unwrap_or(0);
    // SAFETY: as in `set_key`; no statement of the connection runs while it is borrowed here.
    let code =
        unsafe { ffi::sqlite3_rekey_v2(conn.handle(), c"main".as_ptr(), literal.as_ptr().cast(), length) };
    answer(code)
}

fn answer(code: i32) -> rusqlite::Result<()> {
    if code == ffi::SQLITE_OK {
        Ok(())
    } else {
        Err(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None))
    }
}
