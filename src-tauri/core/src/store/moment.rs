//! Two that look at the file of one moment at once, each in a thread of its own.

use std::panic::resume_unwind;
use std::thread;
use std::time::Duration;

use rusqlite::Connection;

use super::Store;
use super::error::StoreError;
use super::lens::Lens;
use super::open::Purpose;
use super::readers::Reader;

/// An interruption reaches only what is being looked up: it is said again until the other ends.
const AGAIN: Duration = Duration::from_millis(10);

impl Store {
    /// What both find, as of one moment: `beside` looks in a thread of its own while `here` does. Waits for what is being
    /// written.
    ///
    /// # Errors
    /// [`StoreError::Locked`] after closing; what `here` returns, which ends the other; what `beside` returns.
    pub(crate) fn read_both<A: Send, B, E: From<StoreError> + Send>(
        &self,
        lens: &Lens,
        beside: impl FnOnce(&Connection) -> Result<A, E> + Send,
        here: impl FnOnce(&Connection) -> Result<B, E>,
    ) -> Result<(A, B), E> {
        let (mut other, mine) = {
            // Nothing is written between the two; and of all who want two readers, one waits at a time.
            let _writer = self.writer()?;
            let reader = || self.readers.take(lens, || self.another(Purpose::Read)).and_then(Pinned::new);
            (reader()?, reader()?)
        };
        let ending = other.0.get_interrupt_handle();
        thread::scope(|scope| {
            let looking = scope.spawn(move || {
                other.0.moved_here();
                beside(&other.0)
            });
            let found = here(&mine.0);
            while found.is_err() && !looking.is_finished() {
                ending.interrupt();
                thread::park_timeout(AGAIN);
            }
            let looked = looking.join().unwrap_or_else(|panic| resume_unwind(panic));
            let found = found?;
            Ok((looked?, found))
        })
    }
}

/// A reader that sees the file as it was when it was pinned.
struct Pinned<'store>(Reader<'store>);

impl<'store> Pinned<'store> {
    fn new(reader: Reader<'store>) -> Result<Self, StoreError> {
        let pinned = Self(reader);
        pinned.0.execute_batch("BEGIN")?;
        // A moment begins with the first look.
        pinned.0.query_row("SELECT count(*) FROM main.practice", [], |_| Ok(()))?;
        Ok(pinned)
    }
}

impl Drop for Pinned<'_> {
    fn drop(&mut self) {
        // Nothing was written; a reader that fails even here is given up by the pool.
        let _ = self.0.execute_batch("ROLLBACK");
    }
}
