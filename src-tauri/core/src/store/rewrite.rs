//! Writing a changeset anew with other values.

use rusqlite::types::{Value, ValueRef};

use super::apply::owned;
use super::changeset::{DELETE, INSERT, Reader, TABLE, UPDATE, broken, put_table, put_value};
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
        if kind == TABLE {
            let (of_table, name) = from.table()?;
            (table, keys) = (name.to_owned(), of_table);
            let bytes: Vec<u8> = keys.iter().map(|key| u8::from(*key)).collect();
            put_table(&mut to, &bytes, &table);
            continue;
        }
        if ![INSERT, DELETE, UPDATE].contains(&kind) {
            return Err(broken());
        }
        let indirect = from.byte()?;
        let mut side = |is_there: bool| {
            if is_there { values(&mut from, keys.len()) } else { Ok(vec![None; keys.len()]) }
        };
        let (old, new) = (side(kind != INSERT)?, side(kind != DELETE)?);
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

fn values(from: &mut Reader<'_>, columns: usize) -> Result<Vec<Option<Value>>, StoreError> {
    let mut values = Vec::with_capacity(columns);
    from.values(&mut values, columns)?;
    let own = |value| match value {
        ValueRef::Text(text) if std::str::from_utf8(text).is_err() => Err(broken()),
        value => Ok(owned(value)),
    };
    values.into_iter().map(|value| value.map(own).transpose()).collect()
}

fn put_values(to: &mut Vec<u8>, values: &[Option<Value>]) {
    for value in values {
        put_value(to, value.as_ref().map(ValueRef::from));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
