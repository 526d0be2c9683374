//! Patients among partners and people. A patient who refers is a partner of the class `patient`, and perhaps a person: for
//! a role that does not see who patients are, neither is in the network.

use rusqlite::Connection;

use super::rows::patient as rows;
use super::types::PartnerClass;
use crate::foundation::id::{PartnerId, RecordId};
use crate::practice::Practice;
use crate::store::StoreError;
use crate::vault::{Hidden, Need, patient_token};

/// Whether a partner is a patient, or a person is who such a partner is.
///
/// # Errors
/// Those of the file.
pub fn is_patient(conn: &Connection, id: impl Into<RecordId>) -> Result<bool, StoreError> {
    rows::is_patient(conn, id.into())
}

/// What a partner is called for somebody who does not see some fields.
pub fn name_as_seen(hidden: Hidden, class: PartnerClass, id: impl Into<RecordId>, name: String) -> String {
    if hidden.patients && class == PartnerClass::Patient { patient_token(id) } else { name }
}

/// Goes on only if this partner or person is none that whoever is at the desk does not see.
pub(super) fn seen(
    practice: &Practice,
    conn: &Connection,
    id: impl Into<RecordId>,
) -> Result<(), StoreError> {
    if practice.hidden().patients && is_patient(conn, id)? {
        return practice.may(Need::Patients);
    }
    Ok(())
}

/// The same for all of them.
pub(super) fn all_seen(
    practice: &Practice,
    conn: &Connection,
    partners: &[PartnerId],
) -> Result<(), StoreError> {
    if practice.hidden().patients {
        for partner in partners {
            seen(practice, conn, *partner)?;
        }
    }
    Ok(())
}
