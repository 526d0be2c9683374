//! Partners who fell off lately.

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::foundation::day::Day;
use crate::foundation::id::PartnerId;
use crate::network::PartnerClass;
use crate::store::StoreError;
use crate::store::lens::hinted;

/// A partner who is cooling or dormant.
pub(in crate::referrals) struct Quiet {
    pub(in crate::referrals) id: PartnerId,
    pub(in crate::referrals) name: String,
    pub(in crate::referrals) class: PartnerClass,
    pub(in crate::referrals) status: String,
    pub(in crate::referrals) last_on: NaiveDate,
    pub(in crate::referrals) window_days: f64,
    pub(in crate::referrals) received_year: u32,
}

const QUIET: &str = "
    SELECT s.partner_id, p.name, s.status, s.last_on, s.window_days, s.received_year, p.class
    FROM partner_standing AS s INDEXED BY partner_standing_by_received
    CROSS JOIN partner AS p ON p.id = s.partner_id AND p.trashed_at IS NULL AND p.class <> 'source'
    WHERE s.received_year >= 2 AND s.status IN ('cooling', 'dormant') AND s.last_on IS NOT NULL
    ORDER BY s.received_year DESC, s.partner_id DESC";

/// Partners who are cooling or dormant, those who sent most in the trailing year first, until `enough` says so.
pub(in crate::referrals) fn quiet(
    conn: &Connection,
    mut enough: impl FnMut(Quiet) -> bool,
) -> Result<(), StoreError> {
    let mut statement = hinted(conn, QUIET)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let quiet = Quiet {
            id: row.get(0)?,
            name: row.get(1)?,
            status: row.get(2)?,
            last_on: row.get::<_, Day>(3)?.0,
            window_days: row.get(4)?,
            received_year: row.get(5)?,
            class: row.get(6)?,
        };
        if enough(quiet) {
            break;
        }
    }
    Ok(())
}
