//! The recovery sheet as a text file, where somebody asked for one.

use std::path::Path;

use super::error::VaultError;
use super::recovery::RecoverySheet;

/// Writes the sheet's text to `target`. The person chose the place, away from the practice.
///
/// # Errors
/// [`VaultError::DiskFull`], [`VaultError::NoAccess`].
pub fn save_sheet(sheet: &RecoverySheet, target: &Path) -> Result<(), VaultError> {
    std::fs::write(target, sheet.text.as_bytes()).map_err(VaultError::disk("the recovery sheet"))
}
