//! Whether a connection was left unusable. SQLCipher remembers a page it could not read and refuses every later one,
//! so that a disk that failed once would look damaged until the practice is locked. Such a connection is replaced.

use std::cell::Cell;

thread_local! {
    static SEEN: Cell<u64> = const { Cell::new(0) };
}

/// A failure of this kind went by in this thread.
pub(super) fn note() {
    SEEN.set(SEEN.get() + 1);
}

/// How many went by so far; more at the end of some work than at its beginning means that its connection is doubtful.
pub(super) fn seen() -> u64 {
    SEEN.get()
}
