//! Why the log, a review or a disclosure could not be had.

use crate::insights::InsightsError;
use crate::store::StoreError;

/// A failure of the audit room.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// A field can't be kept as it is.
    #[error("{problem}")]
    Invalid {
        /// Which.
        field: &'static str,
        /// What is expected.
        problem: &'static str,
    },
    /// The record is gone.
    #[error("this entry no longer exists")]
    Missing,
    /// The entry was corrected before; correct that one.
    #[error("this entry was corrected already; correct the newer one")]
    AlreadyCorrected,
    /// The profile may not review the log.
    #[error("only an owner or the compliance role signs a review; ask one to unlock")]
    NotAllowed,
    /// The chain does not hold: nothing is signed until an owner acknowledges it.
    #[error(
        "the log does not verify at entry {entry}; lock, unlock and have an owner look at it before anything is signed"
    )]
    Broken {
        /// The first entry that does not fit.
        entry: u32,
    },
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl AuditError {
    pub(super) fn invalid(field: &'static str, problem: &'static str) -> Self {
        Self::Invalid { field, problem }
    }
}

impl From<rusqlite::Error> for AuditError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<InsightsError> for AuditError {
    fn from(error: InsightsError) -> Self {
        match error {
            InsightsError::Invalid { field, problem } => Self::Invalid { field, problem },
            InsightsError::NoPartner => Self::Missing,
            InsightsError::Store(error) => Self::Store(error),
        }
    }
}
