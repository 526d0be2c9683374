//! The rows an import reads and writes.

mod known;
mod profiles;
mod written;

use rusqlite::{Connection, Row};

pub(super) use known::*;
pub(super) use profiles::*;
pub(super) use written::*;

use crate::store::StoreError;

type Found<T> = Result<T, StoreError>;

fn all<T>(
    conn: &Connection,
    sql: &'static str,
    params: impl rusqlite::Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Found<Vec<T>> {
    Ok(conn.prepare_cached(sql)?.query_map(params, read)?.collect::<Result<_, _>>()?)
}
