//! What something takes, and the sentence for whoever lacks it.

use super::{Area, Level, Rights};

/// What something takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// To look at an area.
    Read(Area),
    /// To change an area.
    Write(Area),
    /// To see who patients are.
    Patients,
    /// To see why patients were referred.
    Reasons,
    /// To see amounts.
    Money,
    /// To let spreadsheets leave the practice.
    Export,
    /// To read the audit log and sign it off: who examines the record releases it.
    Audit,
    /// To change profiles, roles and keys.
    ManageProfiles,
}

/// Who can change a right, as every refusal ends.
macro_rules! refusal {
    ($what:literal) => {
        concat!("your role ", $what, "; an owner of the practice can change that in Settings, Roles")
    };
}

impl Need {
    /// Whether rights meet it.
    pub fn is_met(self, rights: &Rights) -> bool {
        match self {
            Self::Read(area) => rights.reads(area),
            Self::Write(area) => rights.writes(area),
            Self::Patients => !rights.hidden.patients,
            Self::Reasons => !rights.hidden.reason,
            Self::Money => !rights.hidden.money,
            Self::Export => rights.export,
            Self::Audit => rights.history >= Level::Approve,
            Self::ManageProfiles => rights.manage_profiles,
        }
    }

    /// What is missing and who can change it.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Read(Area::Network) => refusal!("does not see partners and people"),
            Self::Read(Area::Referrals) => refusal!("does not see referrals"),
            Self::Read(Area::Insights) => refusal!("does not see scorecards"),
            Self::Read(Area::Exchange) => refusal!("does not see imports"),
            Self::Read(Area::History) => refusal!("does not see the history of the practice"),
            Self::Read(Area::Vault) => refusal!("does not see the settings of the practice"),
            Self::Write(Area::Network) => refusal!("does not change partners and people"),
            Self::Write(Area::Referrals) => refusal!("does not change referrals"),
            Self::Write(Area::Insights) => refusal!("does not change scorecards"),
            Self::Write(Area::Exchange) => refusal!("does not import files"),
            Self::Write(Area::History) => refusal!("does not change the history of the practice"),
            Self::Write(Area::Vault) => refusal!("does not change the settings of the practice"),
            Self::Patients => refusal!("does not see who patients are"),
            Self::Reasons => refusal!("does not see why patients were referred"),
            Self::Money => refusal!("does not see amounts"),
            Self::Export => refusal!("does not export"),
            Self::Audit => refusal!("does not examine the audit log"),
            Self::ManageProfiles => "profiles, roles and keys are changed by an owner of the practice",
        }
    }
}
