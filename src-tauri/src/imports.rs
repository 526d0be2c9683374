//! The import that is being prepared: the file as it was read, and what was decided so far. Nothing of it is written
//! before the person says so, and locking lets it go.

use std::sync::Mutex;

/// The import on the desk.
#[derive(Debug, Default)]
pub struct ImportDesk(Mutex<Option<()>>);

impl ImportDesk {
    /// Lets everything go.
    pub fn clear(&self) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = None;
    }
}
