//! The contacts of a partner or a person.

use chrono::{Days, NaiveDate};

use super::may_see;
use super::types::{TouchList, TouchPlace, TouchQuery, TouchRow};
use crate::network::{PartnerClass, PartnerType, Party};
use crate::outreach::error::OutreachError;
use crate::outreach::rows::touches as rows;
use crate::practice::Practice;
use crate::vault::{Area, Hidden, Need};

/// The days of a trailing year, its last one included.
pub const TRAILING_YEAR: Days = Days::new(365);

/// A page of contacts, the newest first. The words of a private one are told to whoever held it.
///
/// # Errors
/// [`OutreachError::Missing`] for somebody whoever is at the desk does not see; those of the file.
pub fn touches_of(practice: &Practice, query: &TouchQuery) -> Result<TouchList, OutreachError> {
    practice.may(Need::Read(Area::Outreach))?;
    match query.of {
        Party::Partner(id) => practice.must_see(id)?,
        Party::Person(id) => practice.must_see(id)?,
    }
    let limit = if query.limit == 0 { 50 } else { query.limit.min(200) };
    let since = practice.today().checked_sub_days(TRAILING_YEAR).unwrap_or(NaiveDate::MIN);
    let eyes = rows::Eyes { of: practice.actor().id, hidden: practice.hidden() };
    practice.read(|conn| {
        match query.of {
            Party::Partner(id) => may_see(practice, conn, id)?,
            Party::Person(id) => may_see(practice, conn, id)?,
        }
        let mut rows = rows::page(conn, query, limit + 1, eyes)?;
        let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
        if more {
            rows.pop();
        }
        let next = rows.last().filter(|_| more).map(|row| TouchPlace { on: row.on, id: row.id });
        let (trashed, mut invested) = rows::summary(conn, query.of, since)?;
        invested.cents = invested.cents.filter(|_| !eyes.hidden.money);
        Ok(TouchList { rows, next, last: rows::last(conn, query.of)?, invested, trashed })
    })
}

/// A contact of the log, with what a file of it tells beside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TouchLogged {
    /// The contact. Partners who are patients are named by a token, and nothing is told of what was said.
    pub row: TouchRow,
    /// What kind of partner.
    pub class: PartnerClass,
    /// Its type.
    pub partner_type: PartnerType,
}

/// Every contact from a day to another, both included, in order.
///
/// # Errors
/// Those of the file.
pub fn touch_log_between(
    practice: &Practice,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<TouchLogged>, OutreachError> {
    practice.may(Need::Read(Area::Outreach))?;
    let hidden = Hidden { patients: true, ..practice.hidden() };
    let eyes = rows::Eyes { of: practice.actor().id, hidden };
    Ok(practice.read(|conn| rows::between(conn, from, to, eyes))?)
}
