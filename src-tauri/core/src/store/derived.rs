//! What the triggers of a table keep row by row (`migrations/0002_derived.sql` and later), kept for a whole range of rows at once.
//!
//! A trigger costs as much as several indexes. Where rows come and go by the thousand, the triggers rest and these
//! statements do their work, on a range of keys in which no other rows lie.

use rusqlite::config::DbConfig;
use rusqlite::{Connection, params};

use super::error::StoreError;

/// The work of the triggers of one table. `?1` and `?2`, where a statement has them, are the first and the last key of the
/// range.
struct ByRange {
    table: &'static str,
    /// The triggers the table has. With any other one among them, the triggers themselves work.
    triggers: &'static [&'static str],
    /// After rows were added.
    added: &'static [&'static str],
    /// Before rows are removed.
    removing: &'static [&'static str],
}

const BY_RANGE: &[ByRange] = &[
    ByRange {
        table: "patient",
        triggers: &["patient_search_delete", "patient_search_insert", "patient_search_update"],
        added: &[
            "INSERT INTO patient_doc (patient_id) SELECT id FROM patient WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
            "INSERT INTO patient_search (rowid, terms)
             SELECT d.id, terms(p.name || ' ' || ifnull(p.chart_number, ''))
             FROM patient AS p JOIN patient_doc AS d ON d.patient_id = p.id
             WHERE p.id BETWEEN ?1 AND ?2 ORDER BY p.id",
        ],
        removing: &[
            // Else the index is merged anew for every tenth that goes; the next removal after this one does it once.
            "INSERT INTO patient_search (patient_search, rank) VALUES ('deletemerge', 0)",
            "DELETE FROM patient_search WHERE rowid IN (SELECT id FROM patient_doc WHERE patient_id BETWEEN ?1 AND ?2)",
            "DELETE FROM patient_doc WHERE patient_id BETWEEN ?1 AND ?2",
            "INSERT INTO patient_search (patient_search, rank) VALUES ('deletemerge', 10)",
        ],
    },
    ByRange {
        table: "referral",
        triggers: &[
            "open_referral_delete",
            "open_referral_insert",
            "open_referral_update",
            "referral_count_delete",
            "referral_count_insert",
            "referral_count_update",
        ],
        added: &[
            "INSERT INTO referral_month (partner_id, direction, month, received, seen)
             SELECT CASE direction WHEN 'outbound' THEN to_partner_id ELSE from_partner_id END AS partner, direction,
                    substr(received_on, 1, 7), count(*), sum(outcome IS 'seen')
             FROM referral WHERE id BETWEEN ?1 AND ?2 AND trashed_at IS NULL AND partner IS NOT NULL
                 AND id NOT IN (SELECT id FROM restriction) GROUP BY 1, 2, 3
             ON CONFLICT DO UPDATE SET received = received + excluded.received, seen = seen + excluded.seen",
            STALE,
            "INSERT OR IGNORE INTO open_stale
             SELECT id FROM referral WHERE id BETWEEN ?1 AND ?2 AND closed_on IS NULL AND trashed_at IS NULL
                 AND (outcome = 'scheduled' OR (outcome IS NULL AND import_id IS NULL))",
        ],
        removing: &[
            "UPDATE referral_month SET received = referral_month.received - gone.received, seen = referral_month.seen - gone.seen
             FROM (SELECT CASE direction WHEN 'outbound' THEN to_partner_id ELSE from_partner_id END AS partner, direction,
                          substr(received_on, 1, 7) AS month, count(*) AS received, sum(outcome IS 'seen') AS seen
                   FROM referral WHERE id BETWEEN ?1 AND ?2 AND trashed_at IS NULL AND partner IS NOT NULL
                       AND id NOT IN (SELECT id FROM restriction)
                   GROUP BY 1, 2, 3) AS gone
             WHERE referral_month.partner_id = gone.partner AND referral_month.direction = gone.direction
               AND referral_month.month = gone.month",
            STALE,
            "DELETE FROM open_referral WHERE referral_id BETWEEN ?1 AND ?2",
            "DELETE FROM open_stale WHERE referral_id BETWEEN ?1 AND ?2",
        ],
    },
];

const STALE: &str = "INSERT OR IGNORE INTO partner_stale
    SELECT DISTINCT CASE direction WHEN 'outbound' THEN to_partner_id ELSE from_partner_id END AS partner
    FROM referral WHERE id BETWEEN ?1 AND ?2 AND trashed_at IS NULL AND partner IS NOT NULL";

/// The triggers of the file at rest, and what stands in for those of one table. They work again when this goes.
pub(super) struct AtRest<'conn> {
    conn: &'conn Connection,
    rule: &'static ByRange,
}

impl<'conn> AtRest<'conn> {
    /// `None` if the table has triggers that nothing stands in for.
    pub(super) fn of(conn: &'conn Connection, table: &str) -> Result<Option<Self>, StoreError> {
        let Some(rule) = BY_RANGE.iter().find(|rule| rule.table == table) else { return Ok(None) };
        if triggers(conn, table)? != rule.triggers {
            return Ok(None);
        }
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
        Ok(Some(Self { conn, rule }))
    }

    /// Rows were added: those from the first to the last key, and no others lie between.
    pub(super) fn added(&self, first: &[u8], last: &[u8]) -> Result<(), StoreError> {
        self.each(self.rule.added, first, last)
    }

    /// The rows from the first to the last key are about to go.
    pub(super) fn removing(&self, first: &[u8], last: &[u8]) -> Result<(), StoreError> {
        self.each(self.rule.removing, first, last)
    }

    fn each(&self, statements: &[&str], first: &[u8], last: &[u8]) -> Result<(), StoreError> {
        for sql in statements {
            let mut statement = self.conn.prepare_cached(sql)?;
            if statement.parameter_count() == 0 {
                statement.execute([])?;
            } else {
                statement.execute(params![first, last])?;
            }
        }
        Ok(())
    }
}

impl Drop for AtRest<'_> {
    fn drop(&mut self) {
        // The call can only fail for a setting SQLite does not know.
        let _ = self.conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, true);
    }
}

/// The names of a table's triggers, in order.
fn triggers(conn: &Connection, table: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1 ORDER BY name",
    )?;
    Ok(statement.query_map([table], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
