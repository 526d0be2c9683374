//! What can go wrong with the file, as far as somebody can act on it.

use rusqlite::ErrorCode;

use super::trouble;

/// A failure of the practice file. Messages never hold data of the practice.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is closed. Unlock again.
    #[error("the practice is locked; unlock it to go on")]
    Locked,
    /// The key did not fit or the first page is damaged; after a right passphrase it means damage. Restore a backup.
    #[error("the practice file is damaged or belongs to another key; restore the newest backup")]
    Damaged,
    /// The file is not a Baton practice.
    #[error("this is not a Baton practice file; choose the folder of a practice")]
    Foreign,
    /// The file was made by a newer Baton. Update first.
    #[error("this practice file was made by a newer Baton; update Baton first")]
    Newer,
    /// Built without encryption: refuses to run.
    #[error("this build of Baton has no encryption and refuses to open a practice; install a released Baton")]
    NoEncryption,
    /// Another program holds the file. Try again.
    #[error("another program is using the practice file; try again in a moment")]
    Busy,
    /// The disk is full. Free some space; nothing was lost.
    #[error("the disk is full; free some space and try again, nothing was lost")]
    DiskFull,
    /// The disk refused to read or write. Nothing was lost; what was asked is done again once the disk answers.
    #[error(
        "the disk failed while the practice was read or written; check that its drive is connected, then try again"
    )]
    Disk,
    /// The file or folder is read-only.
    #[error(
        "the practice file can't be written; check that its folder is not read-only and the disk not full"
    )]
    ReadOnly,
    /// The work was cancelled, by the user or by locking. Nothing was written.
    #[error("cancelled; nothing was written")]
    Cancelled,
    /// Another record holds what must be unique. Change one of them.
    #[error("another record has the same name or key; change one of them")]
    Constraint,
    /// Whoever is at the desk may not do this. The sentence says what is missing and who can change it.
    #[error("{0}")]
    NotAllowed(&'static str),
    /// The practice is shown as of an earlier day. Go back to today to change something.
    #[error("you are looking at an earlier day; go back to today to change something")]
    ReadOnlyAsOf,
    /// The history is in doubt: until an owner acknowledges it, one can look and change nothing.
    #[error(
        "the history of this practice is in doubt and nothing can be changed; ask an owner to acknowledge it"
    )]
    Doubtful,
    /// What is asked for does not exist (any more).
    #[error("this record no longer exists; go back to the list")]
    Missing,
    /// The history does not verify at this entry.
    #[error("the history was changed outside Baton at entry {0}; restore the newest backup")]
    BrokenHistory(i64),
    /// Anything else the database says.
    #[error(
        "the practice file gave an answer nobody expected; try again, and restore the newest backup if it stays so ({0})"
    )]
    Database(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let named = Self::named(&error);
        if matches!(named, Self::Damaged | Self::Disk | Self::Database(_)) {
            trouble::note();
        }
        named
    }
}

impl StoreError {
    fn named(error: &rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::QueryReturnedNoRows => Self::Missing,
            rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt => Self::Damaged,
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
                ErrorCode::DiskFull => Self::DiskFull,
                // The log's index could not be made longer.
                _ if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE => Self::DiskFull,
                ErrorCode::SystemIoFailure => Self::Disk,
                ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Self::ReadOnly,
                // The file is being closed.
                ErrorCode::OperationInterrupted | ErrorCode::AuthorizationForStatementDenied => {
                    Self::Cancelled
                }
                // The file began to close before the commit.
                _ if failure.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_COMMITHOOK => Self::Cancelled,
                code => Self::Database(format!("{code:?} {}", failure.extended_code)),
            },
            // The text of other errors may quote values; only the kind is told.
            rusqlite::Error::InvalidColumnType(_, name, found) => {
                Self::Database(format!("column {name} holds {found}"))
            }
            rusqlite::Error::FromSqlConversionFailure(column, found, _) => {
                Self::Database(format!("column {column} holds {found}"))
            }
            rusqlite::Error::SqlInputError { .. } => {
                Self::Database("a statement does not fit the schema".into())
            }
            _ => Self::Database("unexpected answer".into()),
        }
    }
}
