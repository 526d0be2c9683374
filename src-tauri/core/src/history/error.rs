//! Why history can't do what was asked.

use crate::network::NetworkError;
use crate::referrals::ReferralError;
use crate::store::StoreError;

/// A failure of the history room.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// There is no such entry, record or field.
    #[error("this entry no longer exists")]
    Missing,
    /// The entry is taken back already.
    #[error("this was taken back already")]
    AlreadyUndone,
    /// What was printed, exported or set up at the start stays; profiles and keys are changed where they are managed.
    #[error(
        "this can't be taken back here: it was printed, exported or is part of how the practice began; profiles and keys are changed under Settings"
    )]
    NotUndoable,
    /// The field can't be put back by itself; the record's own page can.
    #[error("this field can't be put back by itself: {0}")]
    NotRestorable(&'static str),
    /// The draft is larger than any form.
    #[error("this draft is too large to keep")]
    DraftTooLarge,
    /// A rule of the record's room stands against it: its sentence says which.
    #[error("{0}")]
    Refused(String),
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for HistoryError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<NetworkError> for HistoryError {
    fn from(error: NetworkError) -> Self {
        match error {
            NetworkError::Missing => Self::Missing,
            NetworkError::Store(store) => Self::Store(store),
            other => Self::Refused(other.to_string()),
        }
    }
}

impl From<ReferralError> for HistoryError {
    fn from(error: ReferralError) -> Self {
        match error {
            ReferralError::Missing | ReferralError::Store(StoreError::Missing) => Self::Missing,
            ReferralError::Store(store) => Self::Store(store),
            other => Self::Refused(other.to_string()),
        }
    }
}
