//! What a file is asked, statement by statement: for asking a plain file the very same.

use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

/// A statement as it was prepared, and the same with its values in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// With placeholders.
    pub sql: String,
    /// With values.
    pub expanded: String,
}

static HEARD: Mutex<Option<Vec<Asked>>> = Mutex::new(None);

/// From now on files that are opened tell what they are asked.
pub fn listen() {
    *HEARD.lock().unwrap_or_else(PoisonError::into_inner) = Some(Vec::new());
}

/// The statements since [`listen`] or the last call, in their order.
pub fn heard() -> Vec<Asked> {
    HEARD.lock().unwrap_or_else(PoisonError::into_inner).as_mut().map(std::mem::take).unwrap_or_default()
}

/// Nothing is kept any more.
pub fn stop_listening() {
    *HEARD.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

/// Called for every connection.
pub(crate) fn overhear(conn: &mut Connection) -> rusqlite::Result<()> {
    if HEARD.lock().unwrap_or_else(PoisonError::into_inner).is_none() {
        return Ok(());
    }
    conn.trace_v2(
        TraceEventCodes::SQLITE_TRACE_STMT,
        Some(|event: TraceEvent<'_>| {
            let TraceEvent::Stmt(statement, text) = event else { return };
            // Steps of triggers are comments; what the search index reads of its own tables names the file.
            if text.starts_with("--") || text.contains("'main'.") || text.starts_with("PRAGMA") {
                return;
            }
            if let (Some(expanded), Some(all)) =
                (statement.expanded_sql(), HEARD.lock().unwrap_or_else(PoisonError::into_inner).as_mut())
            {
                all.push(Asked { sql: statement.sql().into_owned(), expanded });
            }
        }),
    )
}
