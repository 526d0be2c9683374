//! The recovery key: an age X25519 identity, shown once, printed or saved, typed back in part.

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::error::VaultError;

/// The key that opens the practice when every passphrase is lost. Exists in memory until it was shown.
pub struct RecoveryKey {
    pub(super) text: Zeroizing<String>,
}

/// The sheet to print or save, ready to show. It holds the key: show it, print it, then let it go.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RecoverySheet {
    /// e.g. "Harborview Orthopedics".
    pub practice: String,
    /// The practice's number, to tell sheets apart.
    pub vault_id: String,
    /// yyyy-mm-dd.
    pub made_on: String,
    /// "AGE-SECRET-KEY-1", which stands before the groups.
    pub prefix: String,
    /// The ten groups, numbered from 1.
    pub groups: Vec<String>,
    /// The whole sheet as plain text, to save or print as it is.
    pub text: String,
}

/// Which two groups are asked back, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RecoveryChallenge {
    /// The first.
    pub first: u8,
    /// The second, greater than the first.
    pub second: u8,
}

impl RecoveryKey {
    /// The sheet.
    pub fn sheet(&self, _practice: &super::LockedPractice, _made_on: chrono::NaiveDate) -> RecoverySheet {
        todo!()
    }

    /// Draws two different groups to ask back.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub fn challenge(&self) -> Result<RecoveryChallenge, VaultError> {
        todo!()
    }

    /// Whether what was typed back is what the sheet says (case and spaces don't matter).
    ///
    /// # Errors
    /// [`VaultError::GroupDiffers`] with the first group that differs.
    pub fn confirm(&self, _challenge: RecoveryChallenge, _first: &str, _second: &str) -> Result<(), VaultError> {
        todo!()
    }
}
