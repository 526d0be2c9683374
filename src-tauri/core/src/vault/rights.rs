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
use crate::store::{Actor, Lens, Permission, Room, StoreError};

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
    /// Thanks, and the ledger of what was given.
    Gratitude,
    /// Contacts with partners, tasks, plans and visits.
    Outreach,
    /// Files that come in.
    Exchange,
    /// The record of all changes.
    History,
    /// The practice's frame and settings.
    Vault,
}

impl Area {
    /// Every area, in the order people list them.
    pub const ALL: [Self; 8] = [
        Self::Network,
        Self::Referrals,
        Self::Gratitude,
        Self::Outreach,
        Self::Insights,
        Self::Exchange,
        Self::History,
        Self::Vault,
    ];

    /// The area whose data a room of the file holds.
    pub fn of(room: Room) -> Self {
        match room {
            Room::Vault => Self::Vault,
            Room::Network => Self::Network,
            Room::Referrals => Self::Referrals,
            Room::Exchange => Self::Exchange,
            Room::Gratitude => Self::Gratitude,
            Room::Outreach | Room::Field => Self::Outreach,
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
    /// Look, change, and release what needs a second person: see [`Need::Approve`].
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

/// Whose records: partners by who looks after them, referrals by their partners or who took them (`store/lens.rs`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// One's own.
    Own,
    /// Those of everybody who has or had the same role.
    Team,
    /// Everybody's.
    #[default]
    All,
}

impl Scope {
    const ALL: [Self; 3] = [Self::Own, Self::Team, Self::All];

    fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Team => "team",
            Self::All => "all",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }
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
    /// Thanks, and the ledger of what was given.
    pub gratitude: Level,
    /// Contacts with partners, tasks, plans and visits.
    pub outreach: Level,
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
        gratitude: Level::None,
        outreach: Level::None,
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
            Area::Gratitude => self.gratitude,
            Area::Outreach => self.outreach,
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

    /// Whether what needs a second person in an area may be released.
    pub fn approves(&self, area: Area) -> bool {
        self.level(area) >= Level::Approve
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

    /// Rights as a role can have them. An owner keeps everybody's records, profiles, settings, the history and the log of
    /// the practice, so that nobody locks themselves out of what would show it; nobody else manages profiles.
    fn fitted(mut self, role: Role) -> Self {
        self.manage_profiles = role == Role::Owner;
        if role == Role::Owner {
            self.vault = Level::Approve;
            self.history = Level::Approve;
            self.scope = Scope::All;
        }
        self
    }
}

/// What somebody may do, and whose records they see.
#[derive(Clone, Debug)]
pub(crate) struct Sight {
    pub(crate) rights: Rights,
    pub(crate) lens: Lens,
}

impl Sight {
    /// Of somebody who is no member of the practice (any more).
    pub(crate) const NOTHING: Self = Self { rights: Rights::NOTHING, lens: Lens::EVERYBODY };
}

/// What a profile may do and see today; nothing if it is not, or no longer, in the practice.
pub(crate) fn sight_at_desk(
    conn: &Connection,
    profile: ProfileId,
    today: NaiveDate,
) -> Result<Sight, StoreError> {
    let Some(role) = rows::role_today(conn, profile, &today.to_string())? else { return Ok(Sight::NOTHING) };
    let Some(role) = Role::from_code(&role) else { return Ok(Sight::NOTHING) };
    let rights = rows::changed(conn, role)?.unwrap_or_else(|| Rights::of(role)).fitted(role);
    let lens = match rights.scope {
        Scope::All => Lens::EVERYBODY,
        Scope::Own => Lens::of([profile]),
        // Whoever left is still of the team: what was theirs must not vanish before it is handed over.
        Scope::Team => Lens::of(rows::with_role(conn, role)?),
    };
    Ok(Sight { rights, lens })
}

/// The rule of every write: a table may be changed by whoever may write its area, in records they see; profiles and what
/// roles may do, by an owner. A practice without profiles is being created.
///
/// # Errors
/// Those of the file.
pub fn permit(conn: &Connection, actor: &Actor, today: NaiveDate) -> Result<Permission, StoreError> {
    if !rows::has_profiles(conn)? {
        return Ok(Permission::everything());
    }
    let Sight { rights, lens } = sight_at_desk(conn, actor.id, today)?;
    let judged = Permission::by(move |table, room| {
        let need = match table {
            "profile" | "role_rights" => Need::ManageProfiles,
            "audit_review" => Need::Audit,
            "legal_hold" | "erasure" => Need::Approve(Area::Vault),
            // Whoever answers for what is given decides about it, and says by which limits.
            "reward_decision" | "reward_attestation" | "gift_offer_decision" | "gift_limit" | "gift_rule" => {
                Need::Approve(Area::Gratitude)
            }
            // Two records of one person are put together in the network; their years follow.
            "reward_alias" => Need::Write(Area::Network),
            // What left the practice about patients is put down by whoever could let it leave.
            "disclosure" | "disclosure_patient" => Need::Patients,
            _ => Need::Write(Area::of(room)),
        };
        if need.is_met(&rights) { Ok(()) } else { Err(need.sentence()) }
    });
    Ok(judged.within(lens, need::NOT_THEIRS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_can_never_be_locked_out_of_profiles_settings_and_the_log() {
        let owner = Rights { scope: Scope::Own, ..Rights::NOTHING }.fitted(Role::Owner);
        assert!(owner.manage_profiles && owner.approves(Area::Vault) && owner.approves(Area::History));
        assert_eq!(owner.scope, Scope::All);
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
