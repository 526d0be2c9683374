//! What exports and the log have to do with each other.

use rusqlite::Connection;

use super::error::AuditError;
use super::rows::{self, Kept};
use super::types::{DisclosureSource, LogQuery, LogRow, Recipient};
use crate::foundation::id::PatientId;
use crate::practice::Practice;
use crate::store::{Cause, Entry, Label, StoreError};

/// How many lines are read at once.
const AT_ONCE: u32 = 500;

/// Puts an export on record. If patients can be recognised in it, it is a disclosure about each of them.
///
/// # Errors
/// Those of the file; nothing is on record then, and nothing may leave.
pub(crate) fn record_export(
    practice: &Practice,
    action: &'static str,
    file: &str,
    rows_written: u32,
    disclosed: Option<(&Recipient, &[PatientId])>,
) -> Result<Entry, AuditError> {
    let purpose = disclosed.map(|(to, _)| format!(": {}", to.purpose)).unwrap_or_default();
    let count = if rows_written == 1 { "1 row".to_owned() } else { format!("{rows_written} rows") };
    let label = Label { action, subject: format!("{file}, {count}{purpose}"), cause: Cause::Note };
    let written = practice.write(label, |tx| {
        if let Some((to, patients)) = disclosed.filter(|(_, patients)| !patients.is_empty()) {
            let kept =
                Kept { on: tx.today, to, what: file, source: DisclosureSource::Export, correction: None };
            rows::insert_disclosure(tx, &kept, patients)?;
        }
        Ok::<_, AuditError>(())
    })?;
    written.entry.ok_or_else(|| StoreError::Database("an export left no entry".into()).into())
}

/// Puts papers about one patient on record that leave: what they were, to whom and what for.
///
/// # Errors
/// Those of the file; nothing is on record then, and nothing may leave.
pub(crate) fn record_papers(
    practice: &Practice,
    action: &'static str,
    what: &str,
    to: &Recipient,
    patient: PatientId,
) -> Result<Entry, AuditError> {
    // Who received it may be a patient: the disclosure tells it, history does not.
    let label = Label { action, subject: what.to_owned(), cause: Cause::Note };
    let written = practice.write(label, |tx| {
        let kept = Kept { on: tx.today, to, what, source: DisclosureSource::Letter, correction: None };
        rows::insert_disclosure(tx, &kept, &[patient])
    })?;
    written.entry.ok_or_else(|| StoreError::Database("papers left no entry".into()).into())
}

/// Puts letters on record that leave and speak of no patient: into which file, or on paper, how many, and what
/// one and many are called.
///
/// # Errors
/// Those of the file; nothing is on record then, and nothing may leave.
pub(crate) fn record_letters(
    practice: &Practice,
    action: &'static str,
    file: &str,
    (count, one, many): (u32, &str, &str),
) -> Result<Entry, AuditError> {
    let count = format!("{count} {}", if count == 1 { one } else { many });
    let subject = if file.is_empty() { count } else { format!("{file}, {count}") };
    let label = Label { action, subject, cause: Cause::Note };
    let written = practice.write(label, |_| Ok::<_, AuditError>(()))?;
    written.entry.ok_or_else(|| StoreError::Database("letters left no entry".into()).into())
}

/// Every line that fits, the newest first, in one snapshot of the caller's. Returns how many there were.
///
/// # Errors
/// Those of the file and of `line`.
pub(crate) fn each_row<E: From<AuditError>>(
    practice: &Practice,
    conn: &Connection,
    query: &LogQuery,
    mut line: impl FnMut(&LogRow) -> Result<(), E>,
) -> Result<u32, E> {
    let mut asked = LogQuery { limit: AT_ONCE, ..query.clone() };
    let mut count = 0;
    loop {
        let narrowed = rows::Narrowed::of(&asked, practice.store().zone());
        let mut found = rows::events(conn, &narrowed, AT_ONCE)?;
        found.extend(rows::changes(conn, &narrowed, AT_ONCE)?);
        found.sort_unstable_by_key(|row| std::cmp::Reverse(row.seq));
        found.truncate(AT_ONCE as usize);
        rows::name_records(conn, &mut found, practice.hidden())?;
        for row in &found {
            line(row)?;
            count += 1;
        }
        match found.last() {
            Some(last) if found.len() == AT_ONCE as usize => asked.cursor = Some(last.seq),
            _ => return Ok(count),
        }
    }
}

/// How many lines fit.
pub(crate) fn period_count(
    practice: &Practice,
    conn: &Connection,
    query: &LogQuery,
) -> Result<u32, AuditError> {
    rows::count(conn, &rows::Narrowed::of(query, practice.store().zone()))
}
