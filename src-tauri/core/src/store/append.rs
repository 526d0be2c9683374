//! Adding many rows to one table, as an import does.
//!
//! SQLite's session reads every new row again to record it. Here the changeset is made of the very values that are bound,
//! which a STRICT table keeps as they are.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSql, ToSqlOutput, Type, Value, ValueRef};
use rusqlite::{Connection, ErrorCode, Statement};

use super::changeset::{INSERT, put_table, put_value};
use super::derived::AtRest;
use super::error::StoreError;
use super::tables::{Room, source_table};
use super::write::Tx;
use crate::foundation::id::RecordId;

/// After how many rows a part is kept.
const PART: usize = 5_000;

/// How many rows go with one statement.
const TOGETHER: usize = 256;

/// After how many rows, whole parts, the work of the triggers is done.
const LONGEST_RUN: usize = 10 * PART;

/// A table into which rows go, and the columns that are given, in the order the table has them. The first one is its key.
pub struct Into {
    /// A source table whose key is one id.
    pub table: &'static str,
    /// Other columns get their default.
    pub columns: &'static [&'static str],
}

impl Tx<'_> {
    /// Adds `rows` to a table: recorded and undoable as any other write, and much faster. Keys should ascend.
    /// `values` gives the values of a row in the order of the columns; `breathe` is told after each few thousand rows how
    /// many are done, and may stop the work.
    ///
    /// # Errors
    /// What `breathe` says, [`StoreError::Constraint`] and those of the file. Nothing of the whole write stays then.
    pub fn append<T, E: From<StoreError>>(
        &self,
        into: &Into,
        rows: &[T],
        values: impl Fn(&T, &mut Values<'_, '_>) -> Result<(), StoreError>,
        mut breathe: impl FnMut(usize) -> Result<(), E>,
    ) -> Result<(), E> {
        if rows.is_empty() {
            return Ok(());
        }
        self.recording.unheard(|| {
            let shape = Shape::of(self, into)?;
            let rest = AtRest::of(self, into.table)?;
            let unasked = Unasked::of(self, into.table)?;
            let of = BTreeSet::from([shape.of]);
            let mut adding = Adding::begin(self, &shape, rest.as_ref());
            let mut done = 0;
            for part in rows.chunks(PART) {
                for some in part.chunks(TOGETHER) {
                    adding.add(some, &values)?;
                }
                let (changeset, keys) = adding.part();
                self.recording.keep(changeset, &of, &keys)?;
                done += part.len();
                if done % LONGEST_RUN == 0 {
                    adding.close()?;
                }
                breathe(done)?;
            }
            adding.close()?;
            let among = std::mem::take(&mut adding.among);
            drop(adding);
            Ok(unasked.ask(among)?)
        })
    }
}

/// What adding has to know of a table.
struct Shape {
    of: (&'static str, Room),
    /// Of the whole table, in order.
    columns: Vec<Column>,
    given: Vec<&'static str>,
}

struct Column {
    kind: Type,
    /// What the changeset says where the column is not given; `None` if it is.
    default: Option<Vec<u8>>,
}

impl Shape {
    fn of(conn: &Connection, into: &Into) -> Result<Self, StoreError> {
        let unfit = || StoreError::Database(format!("rows can't be appended to {}", into.table));
        let table = source_table(into.table).filter(|table| table.owners == [0]).ok_or_else(unfit)?;
        let mut known =
            conn.prepare_cached("SELECT name, type, dflt_value, pk FROM pragma_table_info(?1) ORDER BY cid")?;
        let mut rows = known.query([into.table])?;
        let (mut columns, mut given) = (Vec::new(), Vec::new());
        while let Some(row) = rows.next()? {
            let kind = match row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)? {
                "INTEGER" => Type::Integer,
                "REAL" => Type::Real,
                "TEXT" => Type::Text,
                "BLOB" => Type::Blob,
                _ => return Err(unfit()),
            };
            if row.get::<_, i64>(3)? != i64::from(columns.is_empty()) {
                return Err(unfit());
            }
            let name = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            let default = if into.columns.get(given.len()) == Some(&name) {
                given.push(into.columns[given.len()]);
                None
            } else {
                Some(default(conn, row.get(2)?)?)
            };
            columns.push(Column { kind, default });
        }
        if given.len() < into.columns.len() || columns.first().is_none_or(|key| key.default.is_some()) {
            return Err(unfit());
        }
        Ok(Self { of: (table.name, table.room), columns, given })
    }

    /// The statement for so many rows at once. Where one fails the whole write is taken back, so none of it is kept ready to
    /// be: `OR FAIL`.
    fn insert(&self, rows: usize) -> String {
        let row = format!("({})", vec!["?"; self.given.len()].join(","));
        format!(
            "INSERT OR FAIL INTO {} ({}) VALUES {}",
            self.of.0,
            self.given.join(", "),
            vec![row; rows].join(",")
        )
    }

    /// What stands before the rows of a changeset.
    fn heading(&self) -> Vec<u8> {
        let keys: Vec<u8> = (0..self.columns.len()).map(|at| u8::from(at == 0)).collect();
        let mut heading = Vec::new();
        put_table(&mut heading, &keys, self.of.0);
        heading
    }
}

/// The value of a column's default, which is a literal, as a changeset has it.
fn default(conn: &Connection, literal: Option<String>) -> Result<Vec<u8>, StoreError> {
    let value = match literal {
        Some(literal) => conn.query_row(&format!("SELECT {literal}"), [], |row| row.get(0))?,
        None => Value::Null,
    };
    let mut bytes = Vec::new();
    put_value(&mut bytes, Some(ValueRef::from(&value)));
    Ok(bytes)
}

/// Rows on their way into the table.
struct Adding<'a> {
    conn: &'a Connection,
    shape: &'a Shape,
    rest: Option<&'a AtRest<'a>>,
    /// The statements for so many rows at once.
    statements: BTreeMap<usize, Statement<'a>>,
    /// Of the part that is being written.
    changeset: Vec<u8>,
    keys: Vec<RecordId>,
    /// The least and the greatest key so far.
    among: Option<(RecordId, RecordId)>,
    /// From the first to the last of these keys there are rows of ours only, and triggers have not heard of them.
    run: Option<(RecordId, RecordId)>,
}

impl<'a> Adding<'a> {
    fn begin(conn: &'a Connection, shape: &'a Shape, rest: Option<&'a AtRest<'a>>) -> Self {
        Self {
            conn,
            shape,
            rest,
            statements: BTreeMap::new(),
            changeset: shape.heading(),
            keys: Vec::with_capacity(PART),
            among: None,
            run: None,
        }
    }

    /// What was added since the last part, and its keys in order.
    fn part(&mut self) -> (Vec<u8>, Vec<RecordId>) {
        let changeset = std::mem::replace(&mut self.changeset, self.shape.heading());
        let mut keys = std::mem::replace(&mut self.keys, Vec::with_capacity(PART));
        keys.sort_unstable();
        (changeset, keys)
    }

    fn add<T>(
        &mut self,
        rows: &[T],
        values: &impl Fn(&T, &mut Values<'_, '_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut left = rows;
        while !left.is_empty() {
            // 256, 128, 64 … rows: few texts, which stay prepared.
            let (some, rest) = left.split_at(1 << left.len().ilog2());
            left = rest;
            let statement = match self.statements.entry(some.len()) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(self.conn.prepare(&self.shape.insert(some.len()))?),
            };
            let (mut bound, before) = (0, self.keys.len());
            for row in some {
                self.changeset.extend([INSERT, 0]);
                let mut of_row = Values {
                    statement,
                    bound,
                    changeset: &mut self.changeset,
                    columns: &self.shape.columns,
                    at_key: true,
                    key: None,
                };
                values(row, &mut of_row)?;
                let (now_bound, key) = of_row.finish()?;
                bound = now_bound;
                let (least, greatest) = self.among.unwrap_or((key, key));
                self.among = Some((least.min(key), greatest.max(key)));
                self.keys.push(key);
            }
            let follows = self.follow(before)?;
            let done = self.statements.get_mut(&some.len()).map_or(Ok(0), Statement::raw_execute);
            match done {
                Err(rusqlite::Error::SqliteFailure(e, _)) if e.code == ErrorCode::ConstraintViolation => {
                    return Err(StoreError::Constraint);
                }
                done => done?,
            };
            if !follows {
                self.one_by_one(before)?;
            }
        }
        Ok(())
    }

    /// Takes the keys from `from` on into the run, or begins another, if no other row lies between them.
    fn follow(&mut self, from: usize) -> Result<bool, StoreError> {
        let keys = &self.keys[from..];
        let (Some(first), Some(last)) = (keys.first().copied(), keys.last().copied()) else {
            return Ok(true);
        };
        if self.rest.is_none() {
            return Ok(true);
        }
        if !keys.is_sorted() || self.lies_between(first, last)? {
            self.close()?;
            return Ok(false);
        }
        self.run = match self.run {
            Some((start, end)) if end < first && !self.lies_between_apart(end, first)? => Some((start, last)),
            _ => {
                self.close()?;
                Some((first, last))
            }
        };
        Ok(true)
    }

    fn lies_between(&self, first: RecordId, last: RecordId) -> Result<bool, StoreError> {
        let sql = format!("SELECT 1 FROM {} WHERE id BETWEEN ?1 AND ?2", self.shape.of.0);
        Ok(self.conn.prepare_cached(&sql)?.exists([first, last])?)
    }

    fn lies_between_apart(&self, after: RecordId, before: RecordId) -> Result<bool, StoreError> {
        let sql = format!("SELECT 1 FROM {} WHERE id > ?1 AND id < ?2", self.shape.of.0);
        Ok(self.conn.prepare_cached(&sql)?.exists([after, before])?)
    }

    fn one_by_one(&self, from: usize) -> Result<(), StoreError> {
        let Some(rest) = self.rest else { return Ok(()) };
        self.keys[from..].iter().try_for_each(|key| rest.added(key.bytes(), key.bytes()))
    }

    /// Does for the run what triggers do.
    fn close(&mut self) -> Result<(), StoreError> {
        match (self.run.take(), self.rest) {
            (Some((first, last)), Some(rest)) => rest.added(first.bytes(), last.bytes()),
            _ => Ok(()),
        }
    }
}

/// What the rows of a table refer to, asked for once instead of row by row.
struct Unasked<'a> {
    conn: &'a Connection,
    /// Finds a row between two keys that refers to nothing.
    astray: Option<String>,
}

impl<'a> Unasked<'a> {
    fn of(conn: &'a Connection, table: &str) -> Result<Self, StoreError> {
        let mut known = conn.prepare_cached(
            r#"SELECT "table", "from", ifnull("to", 'id') FROM pragma_foreign_key_list(?1) ORDER BY id, seq"#,
        )?;
        let lost: Vec<String> = known
            .query_map([table], |row| {
                let (parent, from, to): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok(format!(
                    "({from} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {parent} AS other WHERE other.{to} = one.{from}))"
                ))
            })?
            .collect::<Result<_, _>>()?;
        let astray = (!lost.is_empty()).then(|| {
            format!("SELECT 1 FROM {table} AS one WHERE id BETWEEN ?1 AND ?2 AND ({})", lost.join(" OR "))
        });
        if astray.is_some() {
            conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, false)?;
        }
        Ok(Self { conn, astray })
    }

    /// All that was added lies between these keys.
    fn ask(&self, among: Option<(RecordId, RecordId)>) -> Result<(), StoreError> {
        let (Some(astray), Some((least, greatest))) = (&self.astray, among) else { return Ok(()) };
        if self.conn.prepare(astray)?.exists([least, greatest])? {
            return Err(StoreError::Constraint);
        }
        Ok(())
    }
}

impl Drop for Unasked<'_> {
    fn drop(&mut self) {
        if self.astray.is_some() {
            // The call can only fail for a setting SQLite does not know.
            let _ = self.conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true);
        }
    }
}

/// Takes the values of one row.
pub struct Values<'a, 'conn> {
    statement: &'a mut Statement<'conn>,
    bound: usize,
    changeset: &'a mut Vec<u8>,
    /// Those that are not passed yet.
    columns: &'a [Column],
    at_key: bool,
    key: Option<RecordId>,
}

impl Values<'_, '_> {
    /// The value of the next column. Its kind is the column's own, or there is none.
    ///
    /// # Errors
    /// [`StoreError::Database`] if it is not.
    pub fn put(&mut self, value: impl ToSql) -> Result<(), StoreError> {
        self.defaults();
        let value = value.to_sql()?;
        let bare = match &value {
            ToSqlOutput::Borrowed(value) => *value,
            ToSqlOutput::Owned(value) => ValueRef::from(value),
            _ => return Err(unfit()),
        };
        let (column, rest) = self.columns.split_first().ok_or_else(unfit)?;
        if bare.data_type() != column.kind && bare != ValueRef::Null {
            return Err(unfit());
        }
        self.columns = rest;
        if std::mem::take(&mut self.at_key) {
            self.key = bare.as_blob().ok().and_then(RecordId::from_slice);
        }
        put_value(self.changeset, Some(bare));
        self.bound += 1;
        Ok(self.statement.raw_bind_parameter(self.bound, &value)?)
    }

    /// Passes the columns that are not given.
    fn defaults(&mut self) {
        while let Some((Column { default: Some(default), .. }, rest)) = self.columns.split_first() {
            self.changeset.extend_from_slice(default);
            self.columns = rest;
        }
    }

    fn finish(mut self) -> Result<(usize, RecordId), StoreError> {
        self.defaults();
        if !self.columns.is_empty() {
            return Err(unfit());
        }
        Ok((self.bound, self.key.ok_or_else(unfit)?))
    }
}

fn unfit() -> StoreError {
    StoreError::Database("the values of a row do not fit its columns".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::id::{PatientId, ProfileId};
    use crate::store::Label;
    use crate::testing::{TestPractice, practice};

    const REFERRALS: Into = Into {
        table: "referral",
        columns: &[
            "id",
            "direction",
            "received_on",
            "patient_id",
            "created_at",
            "created_by",
            "changed_at",
            "changed_by",
        ],
    };

    fn add(practice: &TestPractice, of: &[PatientId]) -> Result<(), StoreError> {
        let who = ProfileId::new();
        practice
            .write(Label::hand("referral_add", ""), |tx| {
                tx.append(
                    &REFERRALS,
                    of,
                    |patient, values| {
                        values.put(RecordId::new())?;
                        values.put("inbound")?;
                        values.put("2026-11-02")?;
                        values.put(*patient)?;
                        (0..2).try_for_each(|_| {
                            values.put(tx.now)?;
                            values.put(who)
                        })
                    },
                    |_| Ok::<_, StoreError>(()),
                )
            })
            .map(drop)
    }

    fn count(practice: &TestPractice) -> i64 {
        practice
            .read(|conn| {
                Ok::<_, StoreError>(conn.query_row("SELECT count(*) FROM referral", [], |r| r.get(0))?)
            })
            .expect("a count")
    }

    #[test]
    fn rows_that_refer_to_nothing_are_refused_and_none_of_them_stays() {
        let practice = practice("2026-11-02");
        let known = PatientId::new();
        practice
            .write(Label::hand("patient_add", ""), |tx| {
                tx.execute(
                    "INSERT INTO patient (id, name, name_key, created_at) VALUES (?1, 'A', 'a', 0)",
                    [known],
                )?;
                Ok::<_, StoreError>(())
            })
            .expect("a patient");
        add(&practice, &[known; 300]).expect("all refer to somebody");
        assert_eq!(count(&practice), 300);
        let mut one_astray = [known; 300];
        one_astray[299] = PatientId::new();
        assert!(matches!(add(&practice, &one_astray), Err(StoreError::Constraint)));
        assert_eq!(count(&practice), 300);
        // The file asks of every row again.
        let alone = practice.write(Label::hand("referral_edit", ""), |tx| {
            tx.execute("UPDATE referral SET patient_id = ?1", [PatientId::new()])?;
            Ok::<_, StoreError>(())
        });
        assert!(alone.is_err());
    }
}
