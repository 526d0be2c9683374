//! An open practice: the room keys, the process lock and what is needed to lock it again.

use std::path::Path;

use super::error::VaultError;
use crate::practice::Practice;

/// A practice somebody unlocked. Dropping it locks.
pub struct Unlocked {}

impl Unlocked {
    /// What every room works with.
    pub fn practice(&self) -> &Practice {
        todo!()
    }

    /// The practice's folder.
    pub fn folder(&self) -> &Path {
        todo!()
    }

    /// Locks: running work is rolled back, the file is closed, the keys are wiped. Locking twice does nothing.
    ///
    /// # Errors
    /// Those of writing `vault.json`; the practice is locked nevertheless.
    pub fn lock(&self) -> Result<(), VaultError> {
        todo!()
    }
}
