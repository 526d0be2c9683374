//! Whether the history can be trusted, and who waits until that is known.
//!
//! Looking begins at once; a change waits until the whole chain was walked, so that nothing is ever built on a history
//! that does not verify.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

use super::Store;
use super::error::StoreError;

/// How much is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Known {
    /// It verifies, or an owner acknowledged what does not.
    #[default]
    Sound,
    /// It is being walked.
    Examining,
    /// It does not verify: one can look, and change nothing.
    Doubtful,
}

/// What is known of the history.
#[derive(Default)]
pub(super) struct Trust {
    known: Mutex<Known>,
    changed: Condvar,
}

impl Trust {
    fn known(&self) -> Known {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, known: Known) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = known;
        self.changed.notify_all();
    }

    /// Whoever waits looks again.
    pub(super) fn wake(&self) {
        self.changed.notify_all();
    }

    /// Waits until it is known, or the file closes.
    fn wait(&self, closing: &AtomicBool) -> Known {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let unknown = |known: &mut Known| *known == Known::Examining && !closing.load(Ordering::SeqCst);
        *self.changed.wait_while(known, unknown).unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// From now on changes wait until [`Store::trust`] or [`Store::distrust`] says what was found.
    pub(crate) fn examining(&self) {
        self.trust.set(Known::Examining);
    }

    /// Whether the chain is being walked.
    pub(crate) fn is_examining(&self) -> bool {
        self.trust.known() == Known::Examining
    }

    /// From now on one can look and change nothing, until [`Store::trust`].
    pub fn distrust(&self) {
        self.trust.set(Known::Doubtful);
    }

    /// It verifies, or the doubt was acknowledged: work goes on.
    pub fn trust(&self) {
        self.trust.set(Known::Sound);
    }

    /// Whether one can only look.
    pub fn is_doubtful(&self) -> bool {
        self.trust.known() == Known::Doubtful
    }

    /// Waits until the history was walked. Whoever calls this does not hold the writer: the log goes on meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Doubtful`], [`StoreError::Locked`].
    pub(super) fn must_be_trusted(&self) -> Result<(), StoreError> {
        match self.trust.wait(&self.closing) {
            Known::Sound => Ok(()),
            Known::Doubtful => Err(StoreError::Doubtful),
            Known::Examining => Err(StoreError::Locked),
        }
    }
}
