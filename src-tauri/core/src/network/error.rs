//! What can go wrong in the network room, in sentences that say what to do.

use crate::store::StoreError;

/// Why something in the network could not be done.
#[derive(Debug, thiserror::Error)]
pub enum NetworkError {
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The record is gone. Go back to the list.
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
    /// Somebody changed the same fields since they were read. Show both values; saving without the stamp overwrites.
    #[error("{}", meanwhile(.0))]
    ChangedMeanwhile(Vec<Meanwhile>),
    /// These records have referrals: moving them to the trash needs a reason.
    #[error("say why: {referrals} referrals belong to what you are moving to the trash")]
    NeedsReason {
        /// How many referrals.
        referrals: u32,
    },
}

/// A field somebody else changed since it was read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Meanwhile {
    /// The field, as the wire names it.
    pub field: String,
    /// What you would save.
    pub yours: String,
    /// What stands there now.
    pub theirs: String,
}

/// Finds what somebody else changed between the moment a record was seen and now.
#[derive(Default)]
pub(super) struct Since(Vec<Meanwhile>);

impl Since {
    /// A field as it was seen, as it stands now and as it would be saved, each in words.
    pub(super) fn field(&mut self, field: &str, seen: String, now: String, yours: String) {
        if seen != now && now != yours {
            self.0.push(Meanwhile { field: field.to_owned(), yours, theirs: now });
        }
    }

    /// # Errors
    /// [`NetworkError::ChangedMeanwhile`] with both values if any field was changed.
    pub(super) fn settle(self) -> Result<(), NetworkError> {
        if self.0.is_empty() { Ok(()) } else { Err(NetworkError::ChangedMeanwhile(self.0)) }
    }
}

fn meanwhile(fields: &[Meanwhile]) -> String {
    let told: Vec<String> =
        fields.iter().map(|f| format!("{} is “{}” now, you have “{}”", f.field, f.theirs, f.yours)).collect();
    format!("changed meanwhile: {}", told.join("; "))
}

impl From<rusqlite::Error> for NetworkError {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::QueryReturnedNoRows => Self::Missing,
            other => Self::Store(other.into()),
        }
    }
}

pub(super) fn invalid<T>(field: &'static str, problem: impl Into<String>) -> Result<T, NetworkError> {
    Err(NetworkError::Invalid { field, problem: problem.into() })
}
