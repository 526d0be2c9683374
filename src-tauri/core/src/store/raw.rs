//! The one place with `unsafe`: handing the key to SQLCipher through the C API, so that it never stands in an SQL text.

#![allow(unsafe_code, reason = "the key goes through the C API; nothing else here is unsafe")]

use rusqlite::{Connection, ffi};

use super::key::DbKey;

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
