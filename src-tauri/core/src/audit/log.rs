//! Everything in one log: changes and events, newest first.

use super::error::AuditError;
use super::rows;
use super::types::{LogPage, LogQuery};
use crate::practice::Practice;
use crate::vault::{Colleague, Need};

/// Lines of a page when nothing is said, and at most.
const PAGE: u32 = 100;
const LARGEST_PAGE: u32 = 500;

/// One page of the log, for whoever examines it.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn page(practice: &Practice, query: &LogQuery) -> Result<LogPage, AuditError> {
    practice.may(Need::Audit)?;
    // What was looked at a moment ago belongs to it. In a file that can't be written it waits.
    let _ = practice.store().write_log();
    let limit = if query.limit == 0 { PAGE } else { query.limit.min(LARGEST_PAGE) };
    practice.read(|conn| {
        // One snapshot for both tables.
        let _snapshot = conn.unchecked_transaction()?;
        let narrowed = rows::Narrowed::of(query, practice.store().zone());
        let mut found = rows::events(conn, &narrowed, limit + 1)?;
        found.extend(rows::changes(conn, &narrowed, limit + 1)?);
        found.sort_unstable_by_key(|row| std::cmp::Reverse(row.seq));
        let more = found.len() > limit as usize;
        found.truncate(limit as usize);
        rows::name_records(conn, &mut found, practice.hidden())?;
        let next = found.last().filter(|_| more).map(|row| row.seq);
        Ok(LogPage { rows: found, next })
    })
}

/// Everybody who ever had a profile, by name.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn people(practice: &Practice) -> Result<Vec<Colleague>, AuditError> {
    practice.may(Need::Audit)?;
    practice.read(rows::profiles)
}
