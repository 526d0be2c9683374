//! When the write-ahead log goes home: at most 30 s after a commit, because a lost log loses commits silently.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// How long a commit may wait in the log.
const AT_MOST: Duration = Duration::from_secs(30);

/// Wakes the thread that moves the log home.
#[derive(Default)]
pub(super) struct Checkpoints {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    dirty: bool,
    closed: bool,
}

impl Checkpoints {
    /// A commit happened.
    pub(super) fn wrote(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if !state.dirty {
            state.dirty = true;
            self.changed.notify_all();
        }
    }

    /// The file closes; the thread ends.
    pub(super) fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.changed.notify_all();
    }

    /// Waits until a checkpoint is due. `false`: the file closes.
    pub(super) fn due(&self) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state =
            self.changed.wait_while(state, |s| !s.dirty && !s.closed).unwrap_or_else(PoisonError::into_inner);
        let (mut state, _) = self
            .changed
            .wait_timeout_while(state, AT_MOST, |s| !s.closed)
            .unwrap_or_else(PoisonError::into_inner);
        state.dirty = false;
        !state.closed
    }
}
