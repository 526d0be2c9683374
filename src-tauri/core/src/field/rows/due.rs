//! The SQL of who is due a visit.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::stops::Address;
use crate::foundation::day::Day;
use crate::foundation::id::PartnerId;
use crate::store::StoreError;

/// A partner somebody might visit.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::field) struct Due {
    pub(in crate::field) partner: PartnerId,
    pub(in crate::field) name: String,
    pub(in crate::field) place: Address,
    /// The last time somebody there answered.
    pub(in crate::field) last: Option<NaiveDate>,
    /// The earliest day something is promised for.
    pub(in crate::field) promised: Option<NaiveDate>,
    /// How grave the gravest open concern is; 0: none.
    pub(in crate::field) concern: u8,
    /// The first referral came on this day.
    pub(in crate::field) first_referral: Option<NaiveDate>,
}

/// Every office and business one can visit, with what is open there: promises and concerns first. Who is due is the due list's.
pub(in crate::field) fn due(conn: &Connection) -> Result<Vec<Due>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT p.id, p.name, a.latitude, a.longitude, a.zip,
             (SELECT max(held_on) FROM touch t WHERE t.partner_id = p.id AND t.two_way AND t.trashed_at IS NULL) AS last,
             (SELECT min(promised_on) FROM task k WHERE k.partner_id = p.id AND k.done_on IS NULL AND k.dropped IS NULL) AS promised,
             ifnull((SELECT max(severity) FROM partner_issue i WHERE i.partner_id = p.id AND i.closed_on IS NULL), 0) AS concern,
             (SELECT min(received_on) FROM main.referral r WHERE r.from_partner_id = p.id AND r.direction = 'inbound'
                 AND r.trashed_at IS NULL AND r.id NOT IN (SELECT id FROM main.restriction)) AS first
         FROM partner p
         LEFT JOIN address a ON a.id = (SELECT id FROM main.address WHERE partner_id = p.id
             ORDER BY latitude IS NULL, is_primary DESC, id LIMIT 1)
         WHERE p.trashed_at IS NULL AND p.ended_on IS NULL AND p.class IN ('medical', 'business')
         ORDER BY promised IS NULL AND concern = 0, promised IS NULL, promised, concern DESC, last, p.name_key, p.id",
    )?;
    let date = |row: &rusqlite::Row<'_>, at| {
        Ok::<_, rusqlite::Error>(row.get::<_, Option<Day>>(at)?.map(|day| day.0))
    };
    let rows = statement.query_map([], |row| {
        Ok(Due {
            partner: row.get(0)?,
            name: row.get(1)?,
            place: Address::read(row, 2)?,
            last: date(row, 5)?,
            promised: date(row, 6)?,
            concern: row.get(7)?,
            first_referral: date(row, 8)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
