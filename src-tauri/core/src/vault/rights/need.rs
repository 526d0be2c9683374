//! What something takes, and the sentence for whoever lacks it.

use super::{Area, Rights, Scope};

/// What something takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// To look at an area.
    Read(Area),
    /// To change an area.
    Write(Area),
    /// To release what needs a second person in an area: to take back what somebody else changed in partners, referrals,
    /// imports or settings; to decide about gifts and set their limits; to examine the log and sign it off (history); to set how long things are kept, place and lift
    /// holds, purge and erase (settings).
    Approve(Area),
    /// To see everybody's records: an import is matched against all of them, and a log or a request of a patient is no
    /// log or answer with gaps.
    Everybodys,
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

/// A record was touched that belongs to somebody else.
pub(super) const NOT_THEIRS: &str = refusal!("changes only records of its own");

impl Need {
    /// Whether rights meet it.
    pub fn is_met(self, rights: &Rights) -> bool {
        match self {
            Self::Read(area) => rights.reads(area),
            Self::Write(area) => rights.writes(area),
            Self::Approve(area) => rights.approves(area),
            Self::Everybodys => rights.scope == Scope::All,
            Self::Patients => !rights.hidden.patients,
            Self::Reasons => !rights.hidden.reason,
            Self::Money => !rights.hidden.money,
            Self::Export => rights.export,
            Self::Audit => rights.approves(Area::History) && Self::Everybodys.is_met(rights),
            Self::ManageProfiles => rights.manage_profiles,
        }
    }

    /// What is missing and who can change it.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Read(Area::Network) => refusal!("does not see partners and people"),
            Self::Read(Area::Referrals) => refusal!("does not see referrals"),
            Self::Read(Area::Gratitude) => refusal!("does not see thanks and gifts"),
            Self::Read(Area::Outreach) => refusal!("does not see contacts, tasks and visits"),
            Self::Read(Area::Insights) => refusal!("does not see scorecards"),
            Self::Read(Area::Exchange) => refusal!("does not see imports"),
            Self::Read(Area::History) => refusal!("does not see the history of the practice"),
            Self::Read(Area::Vault) => refusal!("does not see the settings of the practice"),
            Self::Write(Area::Network) => refusal!("does not change partners and people"),
            Self::Write(Area::Referrals) => refusal!("does not change referrals"),
            Self::Write(Area::Gratitude) => refusal!("does not record thanks and gifts"),
            Self::Write(Area::Outreach) => refusal!("does not record contacts, tasks and visits"),
            Self::Write(Area::Insights) => refusal!("does not change scorecards"),
            Self::Write(Area::Exchange) => refusal!("does not import files"),
            Self::Write(Area::History) => refusal!("does not change the history of the practice"),
            Self::Write(Area::Vault) => refusal!("does not change the settings of the practice"),
            Self::Approve(Area::Network) => {
                refusal!("does not take back what others changed in partners and people")
            }
            Self::Approve(Area::Referrals) => refusal!("does not take back what others changed in referrals"),
            Self::Approve(Area::Exchange) => refusal!("does not take back what others imported"),
            Self::Approve(Area::History) => Self::Audit.sentence(),
            Self::Approve(Area::Gratitude) => refusal!("does not approve gifts and their limits"),
            Self::Approve(Area::Outreach) => {
                refusal!("does not take back what others changed in contacts, tasks and visits")
            }
            Self::Approve(Area::Insights) => refusal!("does not approve scorecards"),
            Self::Approve(Area::Vault) => {
                refusal!("does not approve settings, retention and erasure")
            }
            Self::Everybodys => refusal!("sees a part of the practice's records, and this takes all of them"),
            Self::Patients => refusal!("does not see who patients are"),
            Self::Reasons => refusal!("does not see why patients were referred"),
            Self::Money => refusal!("does not see amounts"),
            Self::Export => refusal!("does not export"),
            Self::Audit => refusal!("does not examine the audit log"),
            Self::ManageProfiles => "profiles, roles and keys are changed by an owner of the practice",
        }
    }
}
