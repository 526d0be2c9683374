//! Why a contact or a task could not be put down.

use crate::store::StoreError;

/// A failure of the outreach room.
#[derive(Debug, thiserror::Error)]
pub enum OutreachError {
    /// A field can't be kept as it is: show the sentence beside it.
    #[error("{problem}")]
    Invalid {
        /// Which, as the wire names it.
        field: &'static str,
        /// What is expected.
        problem: &'static str,
    },
    /// The record is gone.
    #[error("this record no longer exists; go back to the list")]
    Missing,
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for OutreachError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

pub(super) fn invalid<T>(field: &'static str, problem: &'static str) -> Result<T, OutreachError> {
    Err(OutreachError::Invalid { field, problem })
}
