//! What a role may do and see. Pure values; the practice asks them before every read and the file at every write.

mod defaults;
mod edit;
mod hidden;
mod need;
mod rows;

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

pub use edit::{RightsOf, reset_rights, rights_of_all, set_rights};
pub use hidden::{Hidden, patient_token};
pub use need::Need;

use super::role::Role;
use crate::foundation::id::ProfileId;
use crate::store::{Actor, Permission, Room, StoreError};

/// A part of the practice that rights are given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// Partners and people.
    Network,
    /// Referrals and patients.
    Referrals,
    /// Measures and scorecards.
    Insights,
    /// Files that come in.
    Exchange,
    /// The record of all changes.
    History,
    /// The practice's frame and settings.
    Vault,
}

impl Area {
    /// Every area, in the order people list them.
    pub const ALL: [Self; 6] =
        [Self::Network, Self::Referrals, Self::Insights, Self::Exchange, Self::History, Self::Vault];

    /// The area whose data a room of the file holds.
    pub fn of(room: Room) -> Self {
        match room {
            Room::Vault => Self::Vault,
            Room::Network => Self::Network,
            Room::Referrals => Self::Referrals,
            Room::Exchange => Self::Exchange,
            Room::History | Room::Audit => Self::History,
        }
    }
}

/// How much of an area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// It is not there.
    #[default]
    None,
    /// Look.
    Read,
    /// Look and change.
    Write,
    /// Look, change, and release what needs a second person.
    Approve,
}

impl Level {
    const ALL: [Self; 4] = [Self::None, Self::Read, Self::Write, Self::Approve];

    fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Read => "read",
            Self::Write => "write",
            Self::Approve => "approve",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }
}

/// Whose records. Limits to one's own partners and to a team's are not in this version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Everybody's.
    #[default]
    All,
}

/// What a role may do and see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Rights {
    /// Partners and people.
    pub network: Level,
    /// Referrals and patients.
    pub referrals: Level,
    /// Measures and scorecards.
    pub insights: Level,
    /// Files that come in.
    pub exchange: Level,
    /// The record of all changes.
    pub history: Level,
    /// The practice's frame and settings.
    pub vault: Level,
    /// Whose records.
    pub scope: Scope,
    /// Fields that are not there for this role.
    pub hidden: Hidden,
    /// Whether spreadsheets may leave the practice.
    pub export: bool,
    /// Whether profiles, roles and keys may be changed. The owner's alone: whoever changes roles can take any.
    pub manage_profiles: bool,
}

impl Rights {
    /// Nothing at all: somebody who is no member of the practice (any more).
    pub const NOTHING: Self = Self {
        network: Level::None,
        referrals: Level::None,
        insights: Level::None,
        exchange: Level::None,
        history: Level::None,
        vault: Level::None,
        scope: Scope::All,
        hidden: Hidden::EVERYTHING,
        export: false,
        manage_profiles: false,
    };

    /// How much of an area.
    pub fn level(&self, area: Area) -> Level {
        match area {
            Area::Network => self.network,
            Area::Referrals => self.referrals,
            Area::Insights => self.insights,
            Area::Exchange => self.exchange,
            Area::History => self.history,
            Area::Vault => self.vault,
        }
    }

    /// Whether an area may be looked at.
    pub fn reads(&self, area: Area) -> bool {
        self.level(area) >= Level::Read
    }

    /// Whether an area may be changed.
    pub fn writes(&self, area: Area) -> bool {
        self.level(area) >= Level::Write
    }

    /// Whether this is allowed.
    ///
    /// # Errors
    /// [`StoreError::NotAllowed`] with the sentence for the person if not.
    pub fn may(&self, need: Need) -> Result<(), StoreError> {
        if need.is_met(self) { Ok(()) } else { Err(StoreError::NotAllowed(need.sentence())) }
    }

    /// Rights as a role can have them. An owner can always look over the practice and its profiles, so that nobody locks
    /// themselves out; nobody else manages profiles.
    fn fitted(mut self, role: Role) -> Self {
        self.manage_profiles = role == Role::Owner;
        if role == Role::Owner {
            self.vault = Level::Approve;
            self.history = self.history.max(Level::Read);
        }
        self
    }
}

/// The rights of a profile today; [`Rights::NOTHING`] for one that is not, or no longer, in the practice.
pub(crate) fn rights_at_desk(
    conn: &Connection,
    profile: ProfileId,
    today: NaiveDate,
) -> Result<Rights, StoreError> {
    let Some(role) = rows::role_today(conn, profile, &today.to_string())? else { return Ok(Rights::NOTHING) };
    let Some(role) = Role::from_code(&role) else { return Ok(Rights::NOTHING) };
    Ok(rows::changed(conn, role)?.unwrap_or_else(|| Rights::of(role)).fitted(role))
}

/// The rule of every write: a table may be changed by whoever may write its area; profiles and what roles may do, by an
/// owner. A practice without profiles is being created.
///
/// # Errors
/// Those of the file.
pub fn permit(conn: &Connection, actor: &Actor, today: NaiveDate) -> Result<Permission, StoreError> {
    if !rows::has_profiles(conn)? {
        return Ok(Permission::everything());
    }
    let rights = rights_at_desk(conn, actor.id, today)?;
    Ok(Permission::by(move |table, room| {
        let need = match table {
            "profile" | "role_rights" => Need::ManageProfiles,
            "audit_review" => Need::Audit,
            // What left the practice about patients is put down by whoever could let it leave.
            "disclosure" | "disclosure_patient" => Need::Patients,
            _ => Need::Write(Area::of(room)),
        };
        if need.is_met(&rights) { Ok(()) } else { Err(need.sentence()) }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_can_never_be_locked_out_of_profiles_and_settings() {
        let owner = Rights::NOTHING.fitted(Role::Owner);
        assert!(owner.manage_profiles && owner.writes(Area::Vault) && owner.reads(Area::History));
    }

    #[test]
    fn nobody_but_an_owner_manages_profiles() {
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Owner) {
            let greedy = Rights { manage_profiles: true, ..Rights::of(Role::Owner) };
            assert!(!greedy.fitted(role).manage_profiles, "{role:?}");
        }
    }

    #[test]
    fn levels_contain_each_other() {
        for pair in Level::ALL.windows(2) {
            assert!(pair[0] < pair[1]);
        }
    }
}
