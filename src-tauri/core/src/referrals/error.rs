//! Why a referral can't be kept as it was said.

use chrono::NaiveDate;

use super::process::RequiredField;
use crate::network::{Meanwhile, NetworkError};
use crate::store::StoreError;

/// What a field of a referral can't be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Nothing was said.
    #[error("Give the patient's name, a token or the chart number.")]
    NoPatient,
    /// An outbound referral needs a receiver.
    #[error("Say who receives the patient.")]
    NoReceiver,
    /// A name that was begun and left empty.
    #[error("Give a name, or choose one of the answers below.")]
    NoName,
    /// It has happened, so it can't lie ahead.
    #[error("{} is in the future. Give a day up to today.", .0.format("%m/%d/%Y"))]
    InFuture(NaiveDate),
    /// Older than any register we keep.
    #[error("{} is before 2000. Check the year.", .0.format("%m/%d/%Y"))]
    TooOld(NaiveDate),
    /// The dates of a referral follow each other.
    #[error("{} is before {}, the day it {}. Put the dates in order: received, scheduled, seen, closed.", .day.format("%m/%d/%Y"), .other.format("%m/%d/%Y"), .what)]
    Before {
        /// The day that was given.
        day: NaiveDate,
        /// The day it can't come before.
        other: NaiveDate,
        /// What happened on that day.
        what: &'static str,
    },
    /// The dates of a referral follow each other.
    #[error("{} is after {}, the day it {}. Put the dates in order: received, scheduled, seen, closed.", .day.format("%m/%d/%Y"), .other.format("%m/%d/%Y"), .what)]
    After {
        /// The day that was given.
        day: NaiveDate,
        /// The day it can't come after.
        other: NaiveDate,
        /// What happened on that day.
        what: &'static str,
    },
    /// A closed referral ended somehow.
    #[error("Say how it ended: seen, no-show, declined or lost.")]
    NoOutcome,
    /// Longer than anything meant for this field.
    #[error("This is too long. Keep it to {0} characters.")]
    TooLong(usize),
    /// The chosen partner, person or patient is not on record any more.
    #[error("This name is no longer on record. Choose again.")]
    Gone,
    /// What a path, a holder or a step can't be; the sentence says what to do.
    #[error("{0}")]
    Path(&'static str),
    /// The cursor of a list does not fit its order.
    #[error("The list changed. Load it again.")]
    Cursor,
}

/// A failure of the register.
#[derive(Debug, thiserror::Error)]
pub enum ReferralError {
    /// A field can't be kept: show the sentence beside it.
    #[error("{problem}")]
    Invalid {
        /// The field, as the screen names it.
        field: &'static str,
        /// What is wrong and what to do.
        problem: Problem,
    },
    /// A stage asks for fields that are empty: show the sentence beside the first of them.
    #[error("Before this stage, give {}.", fields.iter().map(|field| field.words()).collect::<Vec<_>>().join(", "))]
    NeedsFields {
        /// What is missing.
        fields: Vec<RequiredField>,
    },
    /// Somebody changed the referral since it was shown: load it again and compare.
    #[error("this referral was changed meanwhile; look at it again before saving")]
    ChangedMeanwhile(Vec<Meanwhile>),
    /// The referral is not there (any more): go back to the list.
    #[error("this referral no longer exists")]
    Missing,
    /// A partner or person could not be added with it: its own sentence says why.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for ReferralError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

pub(super) fn invalid<T>(field: &'static str, problem: Problem) -> Result<T, ReferralError> {
    Err(ReferralError::Invalid { field, problem })
}
