//! When the write-ahead log goes home: at most 30 s after a commit, because a lost log loses commits silently, and soon
//! if it is long. Never within a commit: whoever waits for that waits for no more than the log to be safe on disk.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// How long a commit may wait in the log.
const AT_MOST: Duration = Duration::from_secs(30);

/// How long a log may get that waits so long, in bytes.
const LONG: u64 = 16 << 20;

/// How long a longer one waits.
const SOON: Duration = Duration::from_secs(1);

/// Wakes the thread that moves the log home.
#[derive(Default)]
pub(super) struct Checkpoints {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    dirty: bool,
    soon: bool,
    closed: bool,
}

impl Checkpoints {
    /// A commit happened, and the log is now so many bytes long.
    pub(super) fn wrote(&self, length: u64) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let soon = length > LONG;
        if !state.dirty || soon && !state.soon {
            (state.dirty, state.soon) = (true, soon);
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
        let (state, _) = self
            .changed
            .wait_timeout_while(state, AT_MOST, |s| !s.soon && !s.closed)
            .unwrap_or_else(PoisonError::into_inner);
        let more = if state.soon { SOON } else { Duration::ZERO };
        let (mut state, _) = self
            .changed
            .wait_timeout_while(state, more, |s| !s.closed)
            .unwrap_or_else(PoisonError::into_inner);
        (state.dirty, state.soon) = (false, false);
        !state.closed
    }
}
