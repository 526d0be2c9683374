//! The moment at which the practice's key changes, and what a kill around it leaves.
//!
//! The copy under the new key stands beside the database as `practice.db.next`, whole and compared. Replacing
//! `vault.json` decides: before that the old key opens `practice.db` and the copy is a leftover, after that the new
//! key opens the copy, which takes the database's place. Which of the two it is, the key itself tells.

use std::path::PathBuf;

use super::error::VaultError;
use super::files;
use super::folder::Folder;
use crate::store::{DbKey, Store};

/// Ends what a kill interrupted, once it is known which key `vault.json` gives.
pub(super) fn settle(folder: &Folder, key: &DbKey) -> Result<(), VaultError> {
    let (next, database) = (folder.next_database(), folder.database());
    if !next.exists() || (database.exists() && Store::opens(&database, key)?) {
        // A leftover that can't be removed does no harm; it is tried again the next time.
        let _ = clear_next(folder);
        Ok(())
    } else if Store::opens(&next, key)? {
        into_place(folder)
    } else {
        Ok(())
    }
}

/// Puts the copy in the place of the database. Nobody has either open.
pub(super) fn into_place(folder: &Folder) -> Result<(), VaultError> {
    // The log of the old database must not be taken for one of the new.
    for side in sides(folder.database()) {
        files::remove_if_there(&side)?;
    }
    files::sync_folder(folder.path())?;
    files::rename(&folder.next_database(), &folder.database())?;
    clear_next(folder)
}

/// Removes the copy and what SQLite keeps beside it.
pub(super) fn clear_next(folder: &Folder) -> Result<(), VaultError> {
    let next = folder.next_database();
    for file in sides(next.clone()).into_iter().chain([next]) {
        files::remove_if_there(&file)?;
    }
    Ok(())
}

/// The files SQLite keeps beside a database.
fn sides(database: PathBuf) -> [PathBuf; 3] {
    ["-wal", "-shm", "-journal"].map(|end| {
        let mut name = database.clone().into_os_string();
        name.push(end);
        name.into()
    })
}
