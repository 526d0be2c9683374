//! What can go wrong when things are to go for good.

use super::types::Block;
use crate::store::StoreError;

/// Why something could not be kept, held, purged or erased.
#[derive(Debug, thiserror::Error)]
pub enum RetentionError {
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The record is gone.
    #[error("this record no longer exists")]
    Missing,
    /// A field holds something that can't be kept. Show the sentence beside the field.
    #[error("{problem}")]
    Invalid {
        /// The field, as the wire names it.
        field: &'static str,
        /// What is expected.
        problem: String,
    },
    /// What was approved is not what could go now: show the preview again.
    #[error("this changed since it was shown; look at it again and approve what is there now")]
    Changed,
    /// It may not be erased now; each reason is told.
    #[error("this may not be erased now")]
    Blocked(Vec<Block>),
}

impl From<rusqlite::Error> for RetentionError {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::QueryReturnedNoRows => Self::Missing,
            other => Self::Store(other.into()),
        }
    }
}

pub(super) fn invalid<T>(field: &'static str, problem: &str) -> Result<T, RetentionError> {
    Err(RetentionError::Invalid { field, problem: problem.to_owned() })
}
