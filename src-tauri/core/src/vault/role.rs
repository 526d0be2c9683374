//! The roles a profile can have. What each may do is in `rights.rs`; here they only have their names.

use serde::{Deserialize, Serialize};

/// What a member of staff does in the practice, as far as the file is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the practice: everything, profiles and keys included.
    Owner,
    /// Treats patients: sees everything about them, decides nothing about the vault.
    Clinician,
    /// Answers the telephone: records referrals and the people they come from.
    FrontDesk,
    /// Visits partners: the network without the patients.
    Liaison,
    /// Looks over the log, the disclosures and what was given.
    Compliance,
    /// Counts: numbers without names of patients.
    Analyst,
    /// Looks, and changes nothing.
    ReadOnly,
}

impl Role {
    /// Every role, the widest first.
    pub const ALL: [Self; 7] = [
        Self::Owner,
        Self::Clinician,
        Self::FrontDesk,
        Self::Liaison,
        Self::Compliance,
        Self::Analyst,
        Self::ReadOnly,
    ];

    /// As the file keeps it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Clinician => "clinician",
            Self::FrontDesk => "front_desk",
            Self::Liaison => "liaison",
            Self::Compliance => "compliance",
            Self::Analyst => "analyst",
            Self::ReadOnly => "read_only",
        }
    }

    /// The role with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_found_by_the_code_the_file_keeps() {
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(role));
            assert_eq!(serde_json::to_value(role).expect("json"), role.code());
        }
    }
}
