//! The same file without encryption: what a program without a key would read.

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;

use baton_core::testing::statements::Asked;
use rusqlite::types::Value;
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
    plain
        .execute_batch("PRAGMA journal_mode = WAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384")?;
    Ok(plain)
}

/// What the core asked, to be asked here: each text is prepared once and bound each time, as in the core.
pub struct Asking<'plain> {
    statements: Vec<Statement<'plain>>,
    order: Vec<(usize, Vec<(usize, Value)>)>,
}

impl<'plain> Asking<'plain> {
    pub fn new(plain: &'plain Connection, heard: &[Asked]) -> Result<Self, Box<dyn Error>> {
        let (mut asking, mut at) = (Self { statements: Vec::new(), order: Vec::new() }, HashMap::new());
        for asked in heard {
            let next = asking.statements.len();
            let place = *at.entry(&asked.sql).or_insert(next);
            if place == next {
                asking.statements.push(plain.prepare(&asked.sql)?);
            }
            asking.order.push((place, bound(plain, asked)?));
        }
        Ok(asking)
    }

    /// Steps through every row of each statement and reads every cell.
    pub fn ask(&mut self) -> Result<usize, Box<dyn Error>> {
        let mut found = 0;
        for (place, values) in &self.order {
            let statement = &mut self.statements[*place];
            for (number, value) in values {
                statement.raw_bind_parameter(*number, value)?;
            }
            let columns = statement.column_count();
            let mut rows = statement.raw_query();
            while let Some(row) = rows.next()? {
                for column in 0..columns {
                    std::hint::black_box(row.get_ref(column)?);
                }
                found += 1;
            }
        }
        Ok(found)
    }
}

/// The values of the placeholders, found where the text with placeholders and the one with values differ.
fn bound(plain: &Connection, asked: &Asked) -> Result<Vec<(usize, Value)>, Box<dyn Error>> {
    let (mut sql, mut expanded) = (asked.sql.as_str(), asked.expanded.as_str());
    let (mut values, mut last) = (Vec::new(), 0);
    while let Some(at) = sql.find('?') {
        expanded = &expanded[at..];
        sql = &sql[at + 1..];
        let digits = sql.bytes().take_while(u8::is_ascii_digit).count();
        let number = if digits > 0 { sql[..digits].parse()? } else { last + 1 };
        last = last.max(number);
        sql = &sql[digits..];
        let length = literal(expanded);
        let value = plain.query_row(&format!("SELECT {}", &expanded[..length]), [], |row| row.get(0))?;
        values.push((number, value));
        expanded = &expanded[length..];
    }
    Ok(values)
}

/// How long the literal is that the text begins with.
fn literal(text: &str) -> usize {
    let quoted = if text.starts_with("x'") { 2 } else { usize::from(text.starts_with('\'')) };
    if quoted == 0 {
        return text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte)).count();
    }
    let mut at = quoted;
    loop {
        at += text[at..].find('\'').map_or(text.len() - at, |quote| quote + 1);
        if !text[at..].starts_with('\'') {
            return at;
        }
        at += 1;
    }
}
