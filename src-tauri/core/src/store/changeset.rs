//! The format of a changeset, read and written byte by byte.
//!
//! Format: <https://www.sqlite.org/session/c_changegroup.html> and the comments at the top of `sqlite3session.c`:
//! tables (`T`, number of columns, one byte a column for the primary key, name, 0), then rows (operation, indirect flag,
//! old values, new values). A value is its type and, by type, eight bytes or a length and bytes.

use rusqlite::types::ValueRef;

use super::error::StoreError;

pub(super) const TABLE: u8 = b'T';
pub(super) const INSERT: u8 = 18;
pub(super) const DELETE: u8 = 9;
pub(super) const UPDATE: u8 = 23;

pub(super) fn broken() -> StoreError {
    StoreError::Database("a part of history can't be read".into())
}

/// Reads what stands next.
pub(super) struct Reader<'a> {
    pub(super) bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    /// The next byte; `None` at the end.
    pub(super) fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    pub(super) fn byte(&mut self) -> Result<u8, StoreError> {
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

    /// What follows [`TABLE`]: which of its columns are part of the key, and its name.
    pub(super) fn table(&mut self) -> Result<(Vec<bool>, &'a str), StoreError> {
        let keys = (0..self.varint()?).map(|_| self.byte().map(|key| key != 0)).collect::<Result<_, _>>()?;
        let length = self.bytes.iter().position(|byte| *byte == 0).ok_or_else(broken)?;
        let name = std::str::from_utf8(self.take(length)?).map_err(|_| broken())?;
        self.byte()?;
        Ok((keys, name))
    }

    /// The values of one side of a row. `None` where the changeset has nothing.
    pub(super) fn values(
        &mut self,
        into: &mut Vec<Option<ValueRef<'a>>>,
        columns: usize,
    ) -> Result<(), StoreError> {
        into.clear();
        for _ in 0..columns {
            into.push(self.value()?);
        }
        Ok(())
    }

    fn value(&mut self) -> Result<Option<ValueRef<'a>>, StoreError> {
        let eight = |bytes: &[u8]| <[u8; 8]>::try_from(bytes).map_err(|_| broken());
        Ok(Some(match self.byte()? {
            0 => return Ok(None),
            1 => ValueRef::Integer(i64::from_be_bytes(eight(self.take(8)?)?)),
            2 => ValueRef::Real(f64::from_be_bytes(eight(self.take(8)?)?)),
            3 => ValueRef::Text(self.sized()?),
            4 => ValueRef::Blob(self.sized()?),
            5 => ValueRef::Null,
            _ => return Err(broken()),
        }))
    }

    fn sized(&mut self) -> Result<&'a [u8], StoreError> {
        let length = usize::try_from(self.varint()?).map_err(|_| broken())?;
        self.take(length)
    }
}

/// Begins the rows of a table. `keys` holds 0 for a column outside the key.
pub(super) fn put_table(to: &mut Vec<u8>, keys: &[u8], name: &str) {
    to.push(TABLE);
    put_varint(to, keys.len() as u64);
    to.extend_from_slice(keys);
    to.extend_from_slice(name.as_bytes());
    to.push(0);
}

/// One value, or that there is none.
pub(super) fn put_value(to: &mut Vec<u8>, value: Option<ValueRef<'_>>) {
    match value {
        None => to.push(0),
        Some(ValueRef::Integer(number)) => {
            to.push(1);
            to.extend(number.to_be_bytes());
        }
        Some(ValueRef::Real(number)) => {
            to.push(2);
            to.extend(number.to_be_bytes());
        }
        Some(ValueRef::Text(text)) => {
            to.push(3);
            put_varint(to, text.len() as u64);
            to.extend_from_slice(text);
        }
        Some(ValueRef::Blob(bytes)) => {
            to.push(4);
            put_varint(to, bytes.len() as u64);
            to.extend_from_slice(bytes);
        }
        Some(ValueRef::Null) => to.push(5),
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
}
