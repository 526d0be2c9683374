//! Saved mappings: a file with a known header is read the same way again.

use serde::{Deserialize, Serialize};

use super::error::ImportError;
use super::rows;
use crate::foundation::id::ImportProfileId;
use crate::practice::Practice;
use crate::store::{Label, Written};
use crate::vault::{Area, Need};

/// A saved mapping.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SavedProfile {
    /// Its id.
    pub id: ImportProfileId,
    /// How the practice calls it, as in `Monthly leads export`.
    pub name: String,
    /// Of the header it belongs to.
    pub fingerprint: String,
    /// Columns, words and date orders, as JSON.
    pub definition: String,
}

/// Saves a mapping under the fingerprint of its header; a mapping of that header is replaced.
///
/// # Errors
/// [`ImportError::Invalid`] without a name; those of the file.
pub fn save_profile(
    practice: &Practice,
    name: &str,
    fingerprint: &str,
    definition: &str,
) -> Result<Written<ImportProfileId>, ImportError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(ImportError::Invalid {
            field: "name",
            problem: "Give the mapping a name, for example after the system the file comes from.",
        });
    }
    practice.write(Label::hand("import_profile_save", name), |tx| {
        if let Some(known) = rows::profile_of(tx, fingerprint)? {
            if known.name != name || known.definition != definition {
                rows::change_profile(tx, &known.id, name, definition, tx.now)?;
            }
            return Ok(known.id);
        }
        let id = ImportProfileId::new();
        rows::add_profile(
            tx,
            &SavedProfile {
                id,
                name: name.into(),
                fingerprint: fingerprint.into(),
                definition: definition.into(),
            },
            tx.now,
        )?;
        Ok(id)
    })
}

/// The mapping of a header.
///
/// # Errors
/// Those of the file.
pub fn find_profile(practice: &Practice, fingerprint: &str) -> Result<Option<SavedProfile>, ImportError> {
    practice.may(Need::Read(Area::Exchange))?;
    practice.read(|conn| rows::profile_of(conn, fingerprint))
}

/// All mappings by name.
///
/// # Errors
/// Those of the file.
pub fn profiles(practice: &Practice) -> Result<Vec<SavedProfile>, ImportError> {
    practice.may(Need::Read(Area::Exchange))?;
    practice.read(rows::profiles)
}

/// Deletes a mapping.
///
/// # Errors
/// Those of the file.
pub fn delete_profile(practice: &Practice, id: ImportProfileId) -> Result<Written<()>, ImportError> {
    practice.write(Label::hand("import_profile_delete", ""), |tx| {
        if let Some(name) = rows::profile_name(tx, &id)? {
            tx.subject(name);
            rows::delete_profile(tx, &id)?;
        }
        Ok(())
    })
}
