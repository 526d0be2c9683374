//! Why a contact or a task could not be put down.

use crate::network::NetworkError;
use crate::referrals::ReferralError;
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
    /// Somebody changed it since it was shown.
    #[error("somebody else changed this meanwhile; look at it again")]
    Changed,
    /// A private contact of somebody else.
    #[error("this contact is private; only whoever held it can change it")]
    Private,
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl OutreachError {
    /// Standings that could not be brought up to today.
    pub(super) fn of_network(error: NetworkError) -> Self {
        match error {
            NetworkError::Store(error) => Self::Store(error),
            _ => Self::Missing,
        }
    }

    /// A concern that could not be opened.
    pub(super) fn of_issue(error: ReferralError) -> Self {
        match error {
            ReferralError::Store(error) => Self::Store(error),
            ReferralError::Invalid { field: "severity", .. } => {
                Self::Invalid { field: "severity", problem: "Give a severity from 1 to 3." }
            }
            ReferralError::Invalid { .. } => {
                Self::Invalid { field: "learned", problem: "Say what the concern is." }
            }
            _ => Self::Invalid {
                field: "partner",
                problem: "A concern is about a medical partner or a business. Log the contact without it.",
            },
        }
    }
}

impl From<rusqlite::Error> for OutreachError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

pub(super) fn invalid<T>(field: &'static str, problem: &'static str) -> Result<T, OutreachError> {
    Err(OutreachError::Invalid { field, problem })
}
