//! The ways of many referrals, one after the other, for whoever counts them.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::leaks::LeakKind;
use super::model::Process;
use super::paths::Paths;
use super::walk::Facts;
use crate::foundation::id::{PartnerId, ReferralId};
use crate::referrals::rows::{leaks, process as rows};
use crate::referrals::types::{Direction, ReferralType};
use crate::store::StoreError;

/// A referral on its way, as measures see it.
pub(crate) struct Way<'a> {
    pub(crate) id: ReferralId,
    pub(crate) direction: Direction,
    pub(crate) kind: Option<ReferralType>,
    /// Who sent it, or receives it.
    pub(crate) partner: Option<PartnerId>,
    pub(crate) facts: &'a Facts,
    pub(crate) process: &'a Process,
}

/// Every referral that is open, or was closed on `since` or later.
pub(crate) fn each_way(
    conn: &Connection,
    since: NaiveDate,
    mut each: impl FnMut(&Way<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let paths = Paths::read(conn)?;
    rows::open_or_closed_since(conn, since, |way| {
        each(&Way {
            id: way.id,
            direction: way.direction,
            kind: way.kind,
            partner: way.partner,
            facts: &way.facts,
            process: paths.of(way.direction, way.kind, way.created_at),
        })
    })
}

/// The reasons given for the leaks of a referral: kind, step, reason.
pub(crate) fn leak_reasons_of(
    conn: &Connection,
    id: ReferralId,
) -> Result<Vec<(LeakKind, String, String)>, StoreError> {
    leaks::reasons_of(conn, id)
}

/// One of them; `None` if it is not there or in the trash.
pub(crate) fn one_way<T>(
    conn: &Connection,
    id: ReferralId,
    look: impl FnOnce(&Way<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let Some(way) = rows::way(conn, id)?.filter(|way| !way.trashed) else { return Ok(None) };
    let paths = Paths::read(conn)?;
    look(&Way {
        id: way.id,
        direction: way.direction,
        kind: way.kind,
        partner: way.partner,
        facts: &way.facts,
        process: paths.of(way.direction, way.kind, way.created_at),
    })
    .map(Some)
}

/// Whether it was said why a referral leaked or ended.
pub(crate) fn has_reason(conn: &Connection, id: ReferralId) -> Result<bool, StoreError> {
    rows::has_reason(conn, id)
}
