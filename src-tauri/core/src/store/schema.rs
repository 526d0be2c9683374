//! The shape of the tables as changesets and history need it: columns, keys and references, read from the file itself.

use rusqlite::Connection;

use super::error::StoreError;
use super::tables::{SOURCE_TABLES, STAMPS};

/// A source table's columns and references.
pub(crate) struct TableShape {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its columns, in order.
    pub(crate) columns: Vec<String>,
    /// Positions of the primary key's columns.
    pub(crate) key: Vec<usize>,
    /// Which column refers to which table's first column.
    pub(crate) references: Vec<Reference>,
}

/// A column that refers to another table.
pub(crate) struct Reference {
    /// The referring column.
    pub(crate) column: usize,
    /// The table it refers to.
    pub(crate) to: String,
}

impl TableShape {
    /// Whether the column only says who touched the row last.
    pub(crate) fn is_stamp(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|name| STAMPS.contains(&name.as_str()))
    }

    /// `a = ?1 AND b = ?2` over the primary key.
    pub(super) fn where_key(&self) -> String {
        let terms: Vec<String> = self
            .key
            .iter()
            .enumerate()
            .map(|(i, column)| format!("{} = ?{}", self.columns[*column], i + 1))
            .collect();
        terms.join(" AND ")
    }
}

/// All source tables.
pub(crate) struct Schema(Vec<TableShape>);

impl Schema {
    /// Reads the shapes from the file.
    pub(crate) fn read(conn: &Connection) -> Result<Self, StoreError> {
        let mut columns =
            conn.prepare_cached("SELECT name, pk FROM pragma_table_info(?1, 'main') ORDER BY cid")?;
        let mut references =
            conn.prepare_cached("SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?1, 'main')")?;
        let mut shapes = Vec::with_capacity(SOURCE_TABLES.len());
        for table in SOURCE_TABLES {
            let mut names = Vec::new();
            let mut key = Vec::new();
            let mut rows = columns.query([table.name])?;
            while let Some(row) = rows.next()? {
                let place: i64 = row.get(1)?;
                if place > 0 {
                    key.push((place, names.len()));
                }
                names.push(row.get::<_, String>(0)?);
            }
            key.sort_unstable();
            let mut refers = Vec::new();
            let mut rows = references.query([table.name])?;
            while let Some(row) = rows.next()? {
                let from: String = row.get(0)?;
                if let Some(column) = names.iter().position(|name| *name == from) {
                    refers.push(Reference { column, to: row.get(1)? });
                }
            }
            shapes.push(TableShape {
                name: table.name,
                columns: names,
                key: key.into_iter().map(|(_, column)| column).collect(),
                references: refers,
            });
        }
        Ok(Self(shapes))
    }

    /// The shape of a table.
    pub(crate) fn table(&self, name: &str) -> Option<&TableShape> {
        self.0.iter().find(|shape| shape.name == name)
    }

    /// Every column that refers to this table: the referring table and the column's name.
    pub(super) fn referring<'a>(&'a self, to: &'a str) -> impl Iterator<Item = (&'static str, &'a str)> {
        self.0.iter().flat_map(move |shape| {
            shape
                .references
                .iter()
                .filter(move |r| r.to == to)
                .map(|r| (shape.name, shape.columns[r.column].as_str()))
        })
    }
}
