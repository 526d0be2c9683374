//! The list of everybody who works or worked here.

use serde::{Deserialize, Serialize};

use super::super::error::VaultError;
use super::super::role::Role;
use super::super::rows;
use super::super::unlocked::Unlocked;
use super::rules::{PersonRow, Standing, must_be_owner};
use crate::foundation::id::ProfileId;
use crate::store::StoreError;

/// How it stands with a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum MemberState {
    /// Comes in with a passphrase of their own.
    Active,
    /// Was handed a one-time phrase and has not used it yet.
    Waiting,
    /// Nothing opens the practice for them: hand out a new phrase.
    NoWayIn,
    /// Begins on a later day.
    Ahead,
    /// Retired, or the last day is past.
    Retired,
}

/// Somebody who works or worked here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// The profile.
    pub id: ProfileId,
    /// e.g. "Tess Lindqvist".
    pub name: String,
    /// e.g. "TL".
    pub initials: String,
    /// What they do here.
    pub role: Role,
    /// How it stands.
    pub state: MemberState,
    /// The first day, yyyy-mm-dd.
    pub active_from: Option<String>,
    /// The last day, yyyy-mm-dd.
    pub active_to: Option<String>,
    /// When they last came in, UTC milliseconds.
    pub last_unlock: Option<f64>,
    /// How many partners they look after.
    pub partners: u32,
    /// How many open tasks they have.
    pub tasks: u32,
    /// How many running plans they have.
    pub plans: u32,
    /// For how many partners they stand in.
    pub deputies: u32,
    /// Whether this is whoever is at the desk.
    pub you: bool,
}

/// Everybody, those inside first, in the order they came.
///
/// # Errors
/// [`VaultError::OwnersOnly`]; those of the file.
pub fn members(unlocked: &Unlocked) -> Result<Vec<Member>, VaultError> {
    let practice = unlocked.practice();
    must_be_owner(practice)?;
    let today = practice.today();
    let slots = unlocked.with_open(|open| Ok(open.document.slots.clone()))?;
    let (people, uses) =
        practice.read(|conn| Ok::<_, StoreError>((rows::people(conn)?, rows::key_uses(conn)?)))?;
    let owned = crate::network::partners_by_owner(practice)?;
    let busy = crate::outreach::held(practice)?;
    let state = |person: &PersonRow| {
        let way_in = slots.iter().find(|slot| slot.user_id == person.id && slot.lock.is_typed());
        match (person.standing(today), way_in) {
            (Standing::Ended, _) => MemberState::Retired,
            (_, None) => MemberState::NoWayIn,
            (Standing::Ahead(_), _) => MemberState::Ahead,
            (_, Some(slot)) if slot.lock.is_one_time() => MemberState::Waiting,
            _ => MemberState::Active,
        }
    };
    let held = |person: &PersonRow| busy.get(&person.id).copied().unwrap_or_default();
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    let mut all: Vec<Member> = people
        .iter()
        .map(|person| Member {
            id: person.id,
            name: person.name.clone(),
            initials: person.initials.clone(),
            role: person.role,
            state: state(person),
            active_from: day(person.active_from),
            active_to: day(person.active_to),
            last_unlock: uses
                .iter()
                .filter(|used| used.profile == person.id)
                .map(|used| used.at)
                .max()
                .map(milliseconds),
            partners: owned.iter().find(|(owner, _)| *owner == person.id).map_or(0, |(_, number)| *number),
            tasks: held(person).tasks,
            plans: held(person).plans,
            deputies: held(person).deputies,
            you: person.id == practice.actor().id,
        })
        .collect();
    all.sort_by_key(|member| member.state == MemberState::Retired);
    Ok(all)
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds stay far below 2^53")]
fn milliseconds(at: i64) -> f64 {
    at as f64
}
