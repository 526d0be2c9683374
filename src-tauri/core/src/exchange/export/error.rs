//! Why a spreadsheet or a paper could not be written.

use crate::audit::AuditError;
use crate::insights::InsightsError;
use crate::store::StoreError;

/// A file that was not written. What stood under its name before is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Patients' names were asked for without saying for whom or what for. Fill in the field.
    #[error("{problem}")]
    Invalid {
        /// The field.
        field: &'static str,
        /// What is expected.
        problem: &'static str,
    },
    /// A letter has fields nothing is known for; they are named.
    #[error("nothing is known for {0}; put it on record, or choose another text")]
    Unfilled(String),
    /// A letter that was to be de-identified tells who the patient is.
    #[error("this still tells who the patient is: {0}; leave it out")]
    Identified(String),
    /// The target is open in another program or read-only. Close it there or choose another name.
    #[error("the file can't be replaced; close it in the other program or choose another name")]
    TargetInUse,
    /// The folder does not exist or can't be written to. Choose another folder.
    #[error("the folder can't be written to; choose another folder")]
    FolderRefused,
    /// The disk is full. Free some space; nothing was left behind.
    #[error("the disk is full; free some space and try again")]
    DiskFull,
    /// The user stopped it. Nothing was left behind.
    #[error("cancelled; no file was written")]
    Cancelled,
    /// What was written did not read back as it should. Try again or choose another disk.
    #[error("the written file did not read back whole; try again or choose another disk")]
    NotVerified,
    /// Anything else while writing.
    #[error("the file could not be written; try again, or choose another folder ({0})")]
    Write(String),
    /// The log could not be read or written.
    #[error(transparent)]
    Audit(AuditError),
    /// A number could not be given.
    #[error(transparent)]
    Insights(#[from] InsightsError),
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for ExportError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<crate::referrals::ReferralError> for ExportError {
    fn from(error: crate::referrals::ReferralError) -> Self {
        match error {
            crate::referrals::ReferralError::Store(error) => Self::Store(error),
            other => Self::Write(other.to_string()),
        }
    }
}

impl From<crate::outreach::OutreachError> for ExportError {
    fn from(error: crate::outreach::OutreachError) -> Self {
        match error {
            crate::outreach::OutreachError::Store(error) => Self::Store(error),
            other => Self::Write(other.to_string()),
        }
    }
}

impl From<crate::gratitude::GratitudeError> for ExportError {
    fn from(error: crate::gratitude::GratitudeError) -> Self {
        match error {
            crate::gratitude::GratitudeError::Store(error) => Self::Store(error),
            crate::gratitude::GratitudeError::Invalid { field, problem } => Self::Invalid { field, problem },
            other => Self::Write(other.to_string()),
        }
    }
}

impl From<crate::field::FieldError> for ExportError {
    fn from(error: crate::field::FieldError) -> Self {
        match error {
            crate::field::FieldError::Store(error) => Self::Store(error),
            crate::field::FieldError::Invalid { field, problem } => Self::Invalid { field, problem },
            crate::field::FieldError::Missing => Self::Store(StoreError::Missing),
            other => Self::Write(other.to_string()),
        }
    }
}

impl From<AuditError> for ExportError {
    fn from(error: AuditError) -> Self {
        match error {
            AuditError::Invalid { field, problem } => Self::Invalid { field, problem },
            AuditError::Store(error) => Self::Store(error),
            other => Self::Audit(other),
        }
    }
}

impl From<std::io::Error> for ExportError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            ErrorKind::NotFound
            | ErrorKind::NotADirectory
            | ErrorKind::PermissionDenied
            | ErrorKind::ReadOnlyFilesystem => Self::FolderRefused,
            ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => Self::TargetInUse,
            kind => Self::Write(kind.to_string()),
        }
    }
}
