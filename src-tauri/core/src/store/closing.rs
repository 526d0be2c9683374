//! Closing: what runs is stopped and rolls back, whatever the code around it makes of its errors.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};

use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

use super::chain::{self, Head};
use super::error::StoreError;
use super::verify::holds;
use super::{Store, Use};
use crate::foundation::point;

impl Store {
    /// Closes the file: stops what runs (it rolls back), moves the log home and closes every connection.
    /// Returns the newest history entry; `None` if the file was closed already or can't be read any more.
    pub fn close(&self) -> Option<Head> {
        self.close_after(&Head::default())
    }

    /// The same; `None` too if the entry that is known is not there any more: a newer head must not cover that up.
    pub fn close_after(&self, known: &Head) -> Option<Head> {
        self.closing.store(true, Ordering::SeqCst);
        self.checkpoints.close();
        self.waiting.close();
        self.trust.wake();
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        self.readers.close();
        *self.key.write().unwrap_or_else(PoisonError::into_inner) = None;
        writer.take().and_then(|mut conn| {
            go_on(&mut conn).ok()?;
            // What the log still waits for; a disk that refuses it now has refused it for seconds.
            let _ = self.write_waiting_alone(&conn);
            let head = chain::head(&conn).ok().filter(|_| holds(&conn, known).unwrap_or(false));
            if self.use_ == Use::Unwritable {
                return head;
            }
            point::reach("lock before checkpoint");
            // The file is whole either way; an unfinished checkpoint is done at the next opening.
            let _ = conn.execute_batch("PRAGMA optimize");
            let _ = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
            point::reach("lock after checkpoint");
            head
        })
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.close();
    }
}

/// How many steps of a statement pass before it asks whether the file closes: about a millisecond of work.
pub(super) const STEPS: i32 = 1000;

/// From the moment the file begins to close, running statements stop, no new ones start and nothing is committed any more, whatever the
/// code around them makes of their errors.
pub(super) fn stop_when_closing(
    writer: &mut Connection,
    closing: &Arc<AtomicBool>,
) -> Result<(), StoreError> {
    let (stopping, denying, refusing) = (closing.clone(), closing.clone(), closing.clone());
    writer.progress_handler(STEPS, Some(move || stopping.load(Ordering::SeqCst)))?;
    // A short statement prepared anew each time never gets that far; it is not prepared any more.
    writer.authorizer(Some(move |wanted: AuthContext<'_>| match wanted.action {
        AuthAction::Transaction { .. } => Authorization::Allow,
        _ if denying.load(Ordering::SeqCst) => Authorization::Deny,
        _ => Authorization::Allow,
    }))?;
    writer.commit_hook(Some(move || refusing.load(Ordering::SeqCst)))?;
    Ok(())
}

/// Lets the closing itself work.
fn go_on(writer: &mut Connection) -> Result<(), StoreError> {
    writer.progress_handler(0, None::<fn() -> bool>)?;
    writer.authorizer(None::<fn(AuthContext<'_>) -> Authorization>)?;
    writer.commit_hook(None::<fn() -> bool>)?;
    Ok(())
}
