//! Writing a changeset anew with other values: the format of SQLite's session extension, read and written byte by byte.
//!
//! Format: <https://www.sqlite.org/session/c_changegroup.html> and the comments at the top of `sqlite3session.c`:
//! tables (`T`, number of columns, one byte a column for the primary key, name, 0), then rows (operation, indirect flag,
//! old values, new values). A value is its type and, by type, eight bytes or a length and bytes.

use rusqlite::types::Value;

use super::error::StoreError;

/// One changed row. `None` where the changeset has nothing.
pub(super) struct ChangedRow {
    pub(super) table: String,
    /// Whether each column is part of the primary key.
    pub(super) keys: Vec<bool>,
    pub(super) old: Vec<Option<Value>>,
    pub(super) new: Vec<Option<Value>>,
}

impl ChangedRow {
    /// The bytes of the first column, which is the id of every record.
    pub(super) fn id(&self) -> Option<&[u8]> {
        let first = |side: &'_ [Option<Value>]| matches!(side.first(), Some(Some(_)));
        let side = if first(&self.old) { &self.old } else { &self.new };
        match side.first() {
            Some(Some(Value::Blob(bytes))) => Some(bytes),
            _ => None,
        }
    }

    /// What stands in a column on either side.
    pub(super) fn values(&self, column: usize) -> impl Iterator<Item = &Value> {
        [&self.old, &self.new].into_iter().filter_map(move |side| side.get(column)?.as_ref())
    }
}

const INSERT: u8 = 18;
const DELETE: u8 = 9;
const UPDATE: u8 = 23;

/// Calls `edit` for every row; the changeset with what it changed, or `None` if it changed nothing.
pub(super) fn rewrite(
    changeset: &[u8],
    mut edit: impl FnMut(&mut ChangedRow) -> bool,
) -> Result<Option<Vec<u8>>, StoreError> {
    let mut from = Reader { bytes: changeset };
    let mut to = Vec::with_capacity(changeset.len());
    let (mut table, mut keys) = (String::new(), Vec::new());
    let mut edited = false;
    while let Some(kind) = from.next() {
        if kind == b'T' {
            keys = (0..from.varint()?).map(|_| from.byte().map(|key| key != 0)).collect::<Result<_, _>>()?;
            table = from.name()?;
            to.push(kind);
            put_varint(&mut to, keys.len() as u64);
            to.extend(keys.iter().map(|key| u8::from(*key)));
            to.extend_from_slice(table.as_bytes());
            to.push(0);
            continue;
        }
        let indirect = from.byte()?;
        let none = || vec![None; keys.len()];
        let old = if kind == INSERT { none() } else { from.values(keys.len())? };
        let new = if kind == DELETE { none() } else { from.values(keys.len())? };
        if ![INSERT, DELETE, UPDATE].contains(&kind) {
            return Err(broken());
        }
        let mut row = ChangedRow { table: table.clone(), keys: keys.clone(), old, new };
        edited |= edit(&mut row);
        to.extend([kind, indirect]);
        if kind != INSERT {
            put_values(&mut to, &row.old);
        }
        if kind != DELETE {
            put_values(&mut to, &row.new);
        }
    }
    Ok(edited.then_some(to))
}

fn broken() -> StoreError {
    StoreError::Database("a part of history can't be read".into())
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn byte(&mut self) -> Result<u8, StoreError> {
        self.next().ok_or_else(broken)
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], StoreError> {
        let (taken, rest) = self.bytes.split_at_checked(count).ok_or_else(broken)?;
        self.bytes = rest;
        Ok(taken)
    }

    /// SQLite's variable-length integer: seven bits a byte, the highest first; the ninth byte has eight.
    fn varint(&mut self) -> Result<u64, StoreError> {
        let mut value = 0_u64;
        for _ in 0..8 {
            let byte = self.byte()?;
            value = value << 7 | u64::from(byte & 0x7f);
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Ok(value << 8 | u64::from(self.byte()?))
    }

    fn name(&mut self) -> Result<String, StoreError> {
        let length = self.bytes.iter().position(|byte| *byte == 0).ok_or_else(broken)?;
        let name = String::from_utf8(self.take(length)?.to_vec()).map_err(|_| broken())?;
        self.byte()?;
        Ok(name)
    }

    fn values(&mut self, columns: usize) -> Result<Vec<Option<Value>>, StoreError> {
        (0..columns).map(|_| self.value()).collect()
    }

    fn value(&mut self) -> Result<Option<Value>, StoreError> {
        let eight = |bytes: &[u8]| <[u8; 8]>::try_from(bytes).map_err(|_| broken());
        Ok(Some(match self.byte()? {
            0 => return Ok(None),
            1 => Value::Integer(i64::from_be_bytes(eight(self.take(8)?)?)),
            2 => Value::Real(f64::from_be_bytes(eight(self.take(8)?)?)),
            3 => {
                let text = self.sized()?;
                Value::Text(String::from_utf8(text.to_vec()).map_err(|_| broken())?)
            }
            4 => Value::Blob(self.sized()?.to_vec()),
            5 => Value::Null,
            _ => return Err(broken()),
        }))
    }

    fn sized(&mut self) -> Result<&'a [u8], StoreError> {
        let length = usize::try_from(self.varint()?).map_err(|_| broken())?;
        self.take(length)
    }
}

fn put_varint(to: &mut Vec<u8>, value: u64) {
    if value >> 56 != 0 {
        for shift in (0..8).rev() {
            to.push((value >> (8 + 7 * shift)) as u8 & 0x7f | 0x80);
        }
        to.push(value as u8);
        return;
    }
    let groups = (1..8).rev().find(|group| value >> (7 * group) != 0).unwrap_or(0);
    for group in (0..=groups).rev() {
        let more = if group > 0 { 0x80 } else { 0 };
        to.push((value >> (7 * group)) as u8 & 0x7f | more);
    }
}

fn put_values(to: &mut Vec<u8>, values: &[Option<Value>]) {
    for value in values {
        match value {
            None => to.push(0),
            Some(Value::Integer(number)) => {
                to.push(1);
                to.extend(number.to_be_bytes());
            }
            Some(Value::Real(number)) => {
                to.push(2);
                to.extend(number.to_be_bytes());
            }
            Some(Value::Text(text)) => {
                to.push(3);
                put_varint(to, text.len() as u64);
                to.extend_from_slice(text.as_bytes());
            }
            Some(Value::Blob(bytes)) => {
                to.push(4);
                put_varint(to, bytes.len() as u64);
                to.extend_from_slice(bytes);
            }
            Some(Value::Null) => to.push(5),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_length_are_written_as_they_are_read() {
        for bits in 0..64 {
            for value in [1_u64 << bits, (1 << bits) - 1, u64::MAX >> bits] {
                let mut bytes = Vec::new();
                put_varint(&mut bytes, value);
                let mut reader = Reader { bytes: &bytes };
                assert_eq!(reader.varint().expect("a number"), value);
                assert!(reader.bytes.is_empty(), "{value} leaves nothing");
            }
        }
    }

    #[test]
    fn a_changeset_is_written_as_sqlite_wrote_it_and_only_what_is_edited_differs() {
        let conn = rusqlite::Connection::open_in_memory().expect("memory");
        conn.execute_batch(
            "CREATE TABLE t (id BLOB PRIMARY KEY NOT NULL, name TEXT, n INTEGER, r REAL) STRICT, WITHOUT ROWID;
             INSERT INTO t VALUES (x'01', 'Ada', 1, 0.5), (x'02', 'Ben', NULL, NULL)",
        )
        .expect("a table");
        let mut session = rusqlite::session::Session::new(&conn).expect("a session");
        session.attach(Some("t")).expect("attached");
        let long = "x".repeat(300);
        conn.execute_batch(&format!(
            "UPDATE t SET name = '{long}' WHERE id = x'01'; DELETE FROM t WHERE id = x'02';
             INSERT INTO t VALUES (x'03', 'Cleo', -7, 1e300)"
        ))
        .expect("changed");
        let mut changeset = Vec::new();
        session.changeset_strm(&mut changeset).expect("recorded");

        assert_eq!(rewrite(&changeset, |_| false).expect("read"), None);
        assert_eq!(rewrite(&changeset, |_| true).expect("read").expect("written"), changeset);
        let blank = rewrite(&changeset, |row| {
            for side in [&mut row.old, &mut row.new] {
                if let Some(Some(Value::Text(name))) = side.get_mut(1) {
                    *name = "—".into();
                }
            }
            true
        });
        let blank = blank.expect("read").expect("written");
        for gone in ["Ada", "Ben", "Cleo", "xxx"] {
            assert!(!blank.windows(gone.len()).any(|w| w == gone.as_bytes()), "{gone}");
        }
        assert!(rewrite(&changeset[..changeset.len() - 3], |_| false).is_err(), "half a changeset is none");
    }
}
