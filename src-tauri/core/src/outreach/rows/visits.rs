//! The SQL of days outside, as the calendar shows them. The day itself is the field room's.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, ProfileId, VisitDayId};
use crate::network::name_as_seen;
use crate::store::StoreError;
use crate::vault::Hidden;

/// Somebody's day outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::outreach) struct Outside {
    pub(in crate::outreach) id: VisitDayId,
    pub(in crate::outreach) on: NaiveDate,
    /// Minutes since midnight.
    pub(in crate::outreach) starts: u16,
    pub(in crate::outreach) ends: u16,
    pub(in crate::outreach) liaison: ProfileId,
    pub(in crate::outreach) liaison_name: String,
    /// Whom they visit, in their order, without those that are left out.
    pub(in crate::outreach) stops: Vec<String>,
    /// Some of them are still ahead.
    pub(in crate::outreach) ahead: bool,
}

/// The days outside between two days.
pub(in crate::outreach) fn between(
    conn: &Connection,
    from: NaiveDate,
    to: NaiveDate,
    liaison: Option<ProfileId>,
    hidden: Hidden,
) -> Result<Vec<Outside>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT d.id, d.held_on, d.starts, d.ends, d.liaison_id, f.name, s.id IS NOT NULL, p.id, p.class, p.name, s.outcome
         FROM visit_day d JOIN main.profile f ON f.id = d.liaison_id
         LEFT JOIN visit_stop s ON s.day_id = d.id LEFT JOIN main.partner p ON p.id = s.partner_id
         WHERE d.held_on BETWEEN ?1 AND ?2 AND (?3 IS NULL OR d.liaison_id = ?3)
         ORDER BY d.held_on, d.starts, d.id, s.position, s.id",
    )?;
    let mut rows = statement.query(params![Day(from), Day(to), liaison])?;
    let mut days: Vec<Outside> = Vec::new();
    while let Some(row) = rows.next()? {
        let id: VisitDayId = row.get(0)?;
        if days.last().is_none_or(|day| day.id != id) {
            days.push(Outside {
                id,
                on: row.get::<_, Day>(1)?.0,
                starts: row.get(2)?,
                ends: row.get(3)?,
                liaison: row.get(4)?,
                liaison_name: row.get(5)?,
                stops: Vec::new(),
                ahead: false,
            });
        }
        let outcome: Option<String> = row.get(10)?;
        if let Some(day) = days.last_mut()
            && row.get(6)?
            && outcome.as_deref() != Some("skipped")
        {
            let partner: PartnerId = row.get(7)?;
            day.stops.push(name_as_seen(hidden, row.get(8)?, partner, row.get(9)?));
            day.ahead |= outcome.is_none();
        }
    }
    Ok(days)
}
