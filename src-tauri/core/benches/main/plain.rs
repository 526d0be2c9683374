//! The same file without encryption: what a program without a key would read.

use std::error::Error;
use std::path::Path;

use rusqlite::{Connection, Statement};

/// The key every practice of the tests has, as SQLCipher is told it.
const KEY: &str = "x'0707070707070707070707070707070707070707070707070707070707070707'";

const NAME: &str = "plain.db";

/// Copies the whole file, search indexes included.
pub fn copy(practice: &Path, folder: &Path) -> Result<Connection, Box<dyn Error>> {
    let target = folder.join(NAME);
    let keyed = Connection::open(practice)?;
    keyed.pragma_update(None, "key", KEY)?;
    keyed.execute("ATTACH ?1 AS plain KEY ''", [target.to_str().ok_or("the folder has a name")?])?;
    keyed.query_row("SELECT sqlcipher_export('plain')", [], |_| Ok(()))?;
    drop(keyed);
    opened(folder)
}

/// The copy, opened as the core opens its readers.
pub fn opened(folder: &Path) -> Result<Connection, Box<dyn Error>> {
    let plain = Connection::open(folder.join(NAME))?;
    plain.execute_batch("PRAGMA journal_mode = WAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384")?;
    Ok(plain)
}

/// Statements the core executed, prepared on the plain copy.
pub fn prepared<'plain>(
    plain: &'plain Connection,
    heard: &[String],
) -> Result<Vec<Statement<'plain>>, Box<dyn Error>> {
    Ok(heard.iter().map(|sql| plain.prepare(sql)).collect::<Result<_, _>>()?)
}

/// Steps through every row of each of them and reads every cell.
pub fn step(statements: &mut [Statement<'_>]) -> Result<usize, Box<dyn Error>> {
    let mut found = 0;
    for statement in statements {
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                std::hint::black_box(row.get_ref(column)?);
            }
            found += 1;
        }
    }
    Ok(found)
}
