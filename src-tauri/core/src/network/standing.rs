//! Where a relationship stands: the measure `status` and what lists sort by, kept beside each partner.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::error::NetworkError;
use super::types::Status;
use crate::practice::Practice;
use crate::store::StoreError;

/// The measure `status` and the window it was told by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Where the relationship stands.
    pub status: Status,
    /// W: how many days of silence are usual.
    pub window_days: f64,
}

/// The measure `status` (section 12).
pub fn standing(_referred_on: &[NaiveDate], _ended: bool, _last_two_way_touch: Option<NaiveDate>, _as_of: NaiveDate) -> Standing {
    todo!()
}

/// Computes the standing of every partner marked stale. Runs inside each write, before it commits.
///
/// # Errors
/// Those of the file.
pub fn settle_standing(conn: &Connection, _today: NaiveDate) -> Result<(), StoreError> {
    conn.execute("DELETE FROM partner_stale", [])?;
    Ok(())
}

/// Brings standings up to today, if the day changed since. Call at unlock; lists call it themselves.
///
/// # Errors
/// Those of the file.
pub fn refresh_standing_for_day(_practice: &Practice) -> Result<(), NetworkError> {
    todo!()
}
