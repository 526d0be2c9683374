//! Why a number can't be given.

use crate::store::StoreError;

/// A question that has no answer.
#[derive(Debug, thiserror::Error)]
pub enum InsightsError {
    /// The period ends before it starts, or is not one. Choose other dates.
    #[error("{problem}")]
    Invalid {
        /// `from` or `to`.
        field: &'static str,
        /// What is expected.
        problem: &'static str,
    },
    /// The partner does not exist (any more). Go back to the list.
    #[error("this partner no longer exists")]
    NoPartner,
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for InsightsError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
