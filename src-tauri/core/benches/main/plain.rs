//! The same rows in an unencrypted file: what a program without a key would read.

use std::error::Error;
use std::path::Path;

use baton_core::Practice;
use baton_core::foundation::text::terms;
use baton_core::store::StoreError;
use rusqlite::Connection;
use rusqlite::types::Value;

/// Copies every table and index, and fills the search index, without triggers.
pub fn copy(practice: &Practice, folder: &Path) -> Result<Connection, Box<dyn Error>> {
    let plain = Connection::open(folder.join("plain.db"))?;
    plain.execute_batch("PRAGMA journal_mode = WAL; PRAGMA cache_size = -16384; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; BEGIN")?;
    practice.read(|conn| {
        let schema = |kind: &str| -> Result<Vec<(String, String)>, StoreError> {
            let mut statement = conn.prepare(
                "SELECT name, sql FROM sqlite_schema WHERE type = ?1 AND sql IS NOT NULL AND sql NOT LIKE 'CREATE VIRTUAL%'
                 AND name NOT LIKE 'network_search%' AND name NOT LIKE 'patient_search%' AND name NOT LIKE 'network_vocabulary%'
                 AND name NOT LIKE 'history%' AND name NOT LIKE 'sqlite_%'",
            )?;
            Ok(statement.query_map([kind], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
        };
        for (name, sql) in schema("table")? {
            plain.execute_batch(&sql)?;
            let mut rows = conn.prepare(&format!("SELECT * FROM {name}"))?;
            let columns = rows.column_count();
            let mut insert = plain.prepare(&format!("INSERT INTO {name} VALUES ({})", vec!["?"; columns].join(",")))?;
            let mut found = rows.query([])?;
            while let Some(row) = found.next()? {
                let values: Vec<Value> = (0..columns).map(|column| row.get(column)).collect::<Result<_, _>>()?;
                insert.execute(rusqlite::params_from_iter(values))?;
            }
        }
        for (_, sql) in schema("index")? {
            plain.execute_batch(&sql)?;
        }
        Ok::<(), StoreError>(())
    })?;
    fill_search(&plain)?;
    plain.execute_batch("COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)")?;
    plain.set_prepared_statement_cache_capacity(64);
    Ok(plain)
}

fn fill_search(plain: &Connection) -> Result<(), rusqlite::Error> {
    plain.execute_batch(
        "CREATE VIRTUAL TABLE network_search USING fts5 (terms, content = '', contentless_delete = 1, detail = none, prefix = '2 3',
             tokenize = 'unicode61 remove_diacritics 2')",
    )?;
    let mut names = plain.prepare(
        "SELECT d.id, p.name FROM network_doc d JOIN partner p ON p.id = d.source_id
         UNION ALL SELECT d.id, p.name FROM network_doc d JOIN person p ON p.id = d.source_id",
    )?;
    let mut insert = plain.prepare("INSERT INTO network_search (rowid, terms) VALUES (?1, ?2)")?;
    let mut rows = names.query([])?;
    while let Some(row) = rows.next()? {
        insert.execute((row.get::<_, i64>(0)?, terms(&row.get::<_, String>(1)?)))?;
    }
    Ok(())
}
