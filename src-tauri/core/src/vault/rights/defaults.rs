//! What each role may do before the practice says otherwise, and why. Editable; these are what "back to default" means.

use super::{Hidden, Level, Rights, Scope};
use crate::vault::role::Role;

const SEES_ALL: Hidden = Hidden { patients: false, reason: false, money: false };

impl Rights {
    /// The default rights of a role. Each sees the least its work needs (45 CFR 164.502(b)); an exported file leaves the
    /// lock behind, so only those who report may export.
    pub const fn of(role: Role) -> Self {
        match role {
            // Runs the practice and answers for it.
            Role::Owner => Self {
                network: Level::Approve,
                referrals: Level::Approve,
                gratitude: Level::Approve,
                outreach: Level::Approve,
                insights: Level::Approve,
                exchange: Level::Approve,
                history: Level::Approve,
                vault: Level::Approve,
                scope: Scope::All,
                hidden: SEES_ALL,
                export: true,
                manage_profiles: true,
            },
            // Treatment is not bound to the minimum, so patients and reasons are seen; what a visit earns is no part of it.
            Role::Clinician => Self {
                network: Level::Write,
                referrals: Level::Write,
                gratitude: Level::Write,
                outreach: Level::Write,
                insights: Level::Read,
                history: Level::Read,
                hidden: Hidden { money: true, ..SEES_ALL },
                ..Self::STAFF
            },
            // Records who came and who sent them; needs the patient in front of the desk, not the figures.
            Role::FrontDesk => Self {
                network: Level::Write,
                referrals: Level::Write,
                gratitude: Level::Write,
                outreach: Level::Write,
                hidden: Hidden { money: true, ..SEES_ALL },
                ..Self::STAFF
            },
            // Carries a laptop from office to office: the network whole, of patients only that there was one.
            Role::Liaison => Self {
                network: Level::Write,
                referrals: Level::Read,
                gratitude: Level::Write,
                outreach: Level::Write,
                insights: Level::Read,
                ..Self::STAFF
            },
            // Examines the record and signs it off, and answers for what is given; sees everything, changes nothing else,
            // takes evidence out.
            Role::Compliance => Self {
                network: Level::Read,
                referrals: Level::Read,
                gratitude: Level::Approve,
                outreach: Level::Read,
                insights: Level::Read,
                exchange: Level::Read,
                history: Level::Approve,
                vault: Level::Read,
                hidden: SEES_ALL,
                export: true,
                ..Self::STAFF
            },
            // Counts: reasons and amounts are figures, names are not.
            Role::Analyst => Self {
                network: Level::Read,
                referrals: Level::Read,
                gratitude: Level::Read,
                outreach: Level::Read,
                insights: Level::Read,
                hidden: Hidden { patients: true, ..SEES_ALL },
                export: true,
                ..Self::STAFF
            },
            // Somebody who only looks has no duty that needs a patient.
            Role::ReadOnly => Self {
                network: Level::Read,
                referrals: Level::Read,
                gratitude: Level::Read,
                outreach: Level::Read,
                insights: Level::Read,
                ..Self::STAFF
            },
        }
    }

    /// Where every other role begins: with nothing, seeing nothing.
    const STAFF: Self = Self::NOTHING;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::rights::Area;

    #[test]
    fn only_those_who_report_may_export() {
        let exporting: Vec<_> = Role::ALL.into_iter().filter(|role| Rights::of(*role).export).collect();
        assert_eq!(exporting, [Role::Owner, Role::Compliance, Role::Analyst]);
    }

    #[test]
    fn liaison_analyst_and_read_only_do_not_see_patients() {
        let blind: Vec<_> = Role::ALL.into_iter().filter(|role| Rights::of(*role).hidden.patients).collect();
        assert_eq!(blind, [Role::Liaison, Role::Analyst, Role::ReadOnly]);
    }

    #[test]
    fn those_who_only_look_write_nowhere() {
        for role in [Role::Analyst, Role::ReadOnly] {
            assert!(Area::ALL.into_iter().all(|area| !Rights::of(role).writes(area)), "{role:?}");
        }
    }
}
