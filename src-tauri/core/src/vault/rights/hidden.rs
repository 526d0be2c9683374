//! Fields that are not there for a role, and what stands in their place.

use serde::{Deserialize, Serialize};

use crate::foundation::id::RecordId;

/// Which fields a role does not see (45 CFR 164.502(b), minimum necessary).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Hidden {
    /// Who a patient is: name, chart number, birth date, what is written about the person in free text, and everything of a
    /// partner who is a patient. A token stands for the name.
    pub patients: bool,
    /// Why a patient was referred.
    pub reason: bool,
    /// Amounts.
    pub money: bool,
}

impl Hidden {
    /// Every field that can be hidden.
    pub const EVERYTHING: Self = Self { patients: true, reason: true, money: true };
}

/// What stands for a patient whose name is hidden: "Patient 7F3A". The same record always gets the same token; it says
/// nothing about the person. Made from the last two bytes of the id, which are random.
pub fn patient_token(id: impl Into<RecordId>) -> String {
    let id = id.into();
    let bytes = id.bytes();
    format!("Patient {:02X}{:02X}", bytes[14], bytes[15])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_keeps_its_token() {
        let mut bytes = [0; 16];
        (bytes[14], bytes[15]) = (0x7f, 0x3a);
        let id = RecordId::from_bytes(bytes);
        assert_eq!(patient_token(id), "Patient 7F3A");
        assert_eq!(patient_token(id), patient_token(id));
    }
}
