//! The SQL of who is near.

use rusqlite::{Connection, params};

use super::stops::Address;
use crate::field::around::Nearby;
use crate::store::StoreError;

/// Offices and businesses with coordinates in a box of degrees, both ends included.
pub(in crate::field) fn within(
    conn: &Connection,
    (south, north): (f64, f64),
    (west, east): (f64, f64),
) -> Result<Vec<Nearby>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT p.id, p.name, a.latitude, a.longitude, a.zip, ifnull(s.status, 'prospect') = 'prospect'
         FROM address a JOIN partner p ON p.id = a.partner_id LEFT JOIN main.partner_standing s ON s.partner_id = p.id
         WHERE a.latitude BETWEEN ?1 AND ?2 AND a.longitude BETWEEN ?3 AND ?4
             AND p.trashed_at IS NULL AND p.ended_on IS NULL AND p.class IN ('medical', 'business')
         GROUP BY p.id ORDER BY p.name_key, p.id LIMIT 400",
    )?;
    let rows = statement.query_map(params![south, north, west, east], |row| {
        let spot = Address::read(row, 2)?.spot();
        Ok(match spot {
            Some(spot) => {
                Some(Nearby { partner: row.get(0)?, name: row.get(1)?, spot, prospect: row.get(5)? })
            }
            None => None,
        })
    })?;
    Ok(rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}
