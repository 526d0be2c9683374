//! Why a day outside could not be put down.

use super::route::RouteError;
use crate::outreach::OutreachError;
use crate::store::StoreError;

/// A failure of the field room.
#[derive(Debug, thiserror::Error)]
pub enum FieldError {
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
    /// The day can't be ordered.
    #[error(transparent)]
    Route(#[from] RouteError),
    /// The contact or the task it makes.
    #[error(transparent)]
    Outreach(#[from] OutreachError),
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for FieldError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

pub(super) fn invalid<T>(field: &'static str, problem: &'static str) -> Result<T, FieldError> {
    Err(FieldError::Invalid { field, problem })
}
