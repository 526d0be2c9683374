//! Why thanks or a gift could not be put down.

use super::ledger::Preflight;
use crate::store::StoreError;

/// A failure of the gratitude room.
#[derive(Debug, thiserror::Error)]
pub enum GratitudeError {
    /// A field can't be kept as it is: show the sentence beside it.
    #[error("{problem}")]
    Invalid {
        /// Which, as the wire names it.
        field: &'static str,
        /// What is expected.
        problem: &'static str,
    },
    /// A rule does not allow it; the pre-flight says which. Something that was given all the same is put down as an
    /// exception.
    #[error("a rule blocks this; the check beside the form says which")]
    Blocked(Box<Preflight>),
    /// Somebody recorded something since the check was shown, and it is stricter now.
    #[error("something was recorded meanwhile and the check is stricter now; look at it again before saving")]
    Stricter(Box<Preflight>),
    /// The entry was corrected before: one counter-entry is enough.
    #[error("this entry was corrected already; look at the counter-entry")]
    AlreadyCorrected,
    /// Somebody decided about it before.
    #[error("somebody decided about this already; look at the decision")]
    AlreadyDecided,
    /// Nobody approves what they put down themselves while a colleague can.
    #[error("you put this down yourself; ask a colleague who approves gifts to decide about it")]
    OwnEntry,
    /// The excess can't be put right by returning it.
    #[error("this can't be put right by returning it; ask counsel, and keep the answer with the entry")]
    NoCure,
    /// The record is gone.
    #[error("this record no longer exists; go back to the list")]
    Missing,
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for GratitudeError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

pub(super) fn invalid<T>(field: &'static str, problem: &'static str) -> Result<T, GratitudeError> {
    Err(GratitudeError::Invalid { field, problem })
}

/// A text as it is kept: trimmed, nothing for empty.
pub(super) fn text(
    field: &'static str,
    value: Option<&str>,
    most: usize,
) -> Result<Option<String>, GratitudeError> {
    let value = value.map(str::trim).filter(|value| !value.is_empty());
    if value.is_some_and(|value| value.chars().count() > most) {
        return invalid(field, "This is too long. Keep it shorter.");
    }
    Ok(value.map(str::to_owned))
}
