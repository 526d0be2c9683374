//! Which path a referral goes: the one of its direction and type that was in force when it was put on record.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::model::{Process, stage, wrong};
use super::place::ready;
use crate::practice::Practice;
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::rows::{open, process as rows};
use crate::referrals::types::{Direction, ReferralType};
use crate::store::{Label, StoreError, Written};
use crate::vault::{Area, Need};

/// Every path the practice ever had.
pub struct Paths {
    versions: Vec<Version>,
    inbound: Process,
    outbound: Process,
}

struct Version {
    direction: Direction,
    kind: Option<ReferralType>,
    /// None: back to the default.
    process: Option<Process>,
    made_at: i64,
}

impl Paths {
    /// Reads them.
    pub(crate) fn read(conn: &Connection) -> Result<Self, StoreError> {
        let versions = rows::versions(conn)?.into_iter().map(|row| Version {
            direction: row.direction,
            kind: row.kind,
            // A path of a newer Baton that can't be read is no reason to lose the referrals on it.
            process: row.definition.and_then(|text| serde_json::from_str(&text).ok()),
            made_at: row.made_at,
        });
        Ok(Self { versions: versions.collect(), inbound: Process::inbound(), outbound: Process::outbound() })
    }

    /// The path of a referral that was put on record at `created_at` (UTC milliseconds). One within the house goes the way
    /// of one that comes in.
    pub fn of(&self, direction: Direction, kind: Option<ReferralType>, created_at: i64) -> &Process {
        let direction = side(direction);
        let newest = |kind: Option<ReferralType>| {
            let fits = |v: &&Version| v.direction == direction && v.kind == kind && v.made_at <= created_at;
            self.versions.iter().rev().find(fits).and_then(|version| version.process.as_ref())
        };
        let own = kind.and_then(|kind| newest(Some(kind)));
        own.or_else(|| newest(None)).unwrap_or(match direction {
            Direction::Outbound => &self.outbound,
            Direction::Inbound | Direction::Internal => &self.inbound,
        })
    }
}

fn side(direction: Direction) -> Direction {
    match direction {
        Direction::Outbound => Direction::Outbound,
        Direction::Inbound | Direction::Internal => Direction::Inbound,
    }
}

/// A path as the editor shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PathShown {
    /// Inbound or outbound.
    pub direction: Direction,
    /// The type; none: every type without a path of its own.
    pub kind: Option<ReferralType>,
    /// New referrals go this way.
    pub process: Process,
    /// What it is without a change of its own: the default, or for a type the path of its direction.
    pub standard: Process,
    /// It is not that.
    pub changed: bool,
    /// How many open referrals of this direction and type there are; each keeps the version it began with.
    pub open: u32,
    /// When it was changed last, UTC milliseconds; none: never.
    #[cfg_attr(feature = "specta", specta(type = Option<f64>))]
    pub changed_at: Option<i64>,
    /// By whom.
    pub changed_by: Option<String>,
}

/// The paths new referrals go: for each direction that of all types, then of each type.
///
/// # Errors
/// Those of the file.
pub fn paths(practice: &Practice) -> Result<Vec<PathShown>, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    ready(practice)?;
    practice.read(|conn| {
        let open = open::by_type(conn)?;
        let (paths, versions) = (Paths::read(conn)?, rows::versions(conn)?);
        let kinds = || std::iter::once(None).chain(ReferralType::ALL.iter().copied().map(Some));
        let all = [Direction::Inbound, Direction::Outbound]
            .into_iter()
            .flat_map(|direction| kinds().map(move |kind| (direction, kind)));
        Ok(all
            .map(|(direction, kind)| {
                let last = versions.iter().rev().find(|v| v.direction == direction && v.kind == kind);
                let fits = |(way, of): (Direction, Option<ReferralType>)| {
                    side(way) == direction && (kind.is_none() || kind == of)
                };
                PathShown {
                    direction,
                    kind,
                    standard: match kind {
                        Some(_) => paths.of(direction, None, i64::MAX).clone(),
                        None => Process::usual(direction),
                    },
                    open: open.iter().filter(|(way, of, _)| fits((*way, *of))).map(|(.., n)| n).sum(),
                    process: paths.of(direction, kind, i64::MAX).clone(),
                    changed: last.is_some_and(|version| version.definition.is_some()),
                    changed_at: last.map(|version| version.made_at),
                    changed_by: last.map(|version| version.made_by.clone()),
                }
            })
            .collect())
    })
}

/// Changes a path: a new version, which referrals go that are put on record from now on.
///
/// # Errors
/// [`ReferralError::Invalid`] with what is wrong with it; those of the file.
pub fn set_path(
    practice: &Practice,
    direction: Direction,
    kind: Option<ReferralType>,
    process: &Process,
) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Vault))?;
    let first = match direction {
        Direction::Inbound => stage::RECEIVED,
        Direction::Outbound => stage::DECIDED,
        Direction::Internal => return invalid("direction", Problem::Path("A path is inbound or outbound.")),
    };
    if let Some((field, sentence)) = wrong(process, first) {
        return invalid(field, Problem::Path(sentence));
    }
    let definition = serde_json::to_string(process).map_err(|e| StoreError::Database(e.to_string()))?;
    practice.write(Label::hand("process_set", ""), |tx| {
        Ok(rows::add_version(tx, direction, kind, Some(&definition))?)
    })
}

/// Back to the default, for referrals that are put on record from now on. A type goes the way of its direction again.
///
/// # Errors
/// Those of the file.
pub fn reset_path(
    practice: &Practice,
    direction: Direction,
    kind: Option<ReferralType>,
) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Vault))?;
    practice
        .write(Label::hand("process_reset", ""), |tx| Ok(rows::add_version(tx, side(direction), kind, None)?))
}
