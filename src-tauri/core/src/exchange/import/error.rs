//! What can go wrong between typed rows and a finished import.

use crate::store::StoreError;

/// A failure of an import. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Somebody stopped it.
    #[error("the import was stopped; nothing was written")]
    Cancelled,
    /// The practice was changed between the preview and the commit.
    #[error("the practice was changed since this preview was made; look at the preview again, then import")]
    Outdated,
    /// A decision that does not fit.
    #[error("{problem}")]
    Invalid {
        /// Which field.
        field: &'static str,
        /// What is expected, in plain words.
        problem: &'static str,
    },
    /// The workbook of rejected rows could not be written.
    #[error("the workbook could not be written; check that the folder exists and is not read-only")]
    Workbook,
    /// The file says no.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for ImportError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl ImportError {
    /// The code screens and scripts know it by.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Outdated => "outdated",
            Self::Invalid { .. } => "invalid",
            Self::Workbook => "not_written",
            Self::Store(_) => "store",
        }
    }
}
