//! Lists, search and a partner's page, against the statements that fetch the same rows from a plain file.

use std::error::Error;

use baton_core::Practice;
use baton_core::foundation::id::PartnerId;
use baton_core::network::{PartnerQuery, SearchScope, partner, partners, search};
use baton_core::referrals::{ReferralQuery, referrals};
use rusqlite::Connection;

use super::table::{Table, median};

const RUNS: usize = 25;

const REGISTER: &str = "SELECT r.id, r.received_on, p.name, p.chart_number, f.name, n.name, t.name, r.direction, r.reason, r.service_line,
        r.outcome, r.scheduled_on, r.seen_on, r.closed_on
    FROM referral r JOIN patient p ON p.id = r.patient_id LEFT JOIN partner f ON f.id = r.from_partner_id
    LEFT JOIN person n ON n.id = r.from_person_id LEFT JOIN partner t ON t.id = r.to_partner_id
    WHERE r.trashed_at IS NULL ORDER BY r.received_on DESC, r.id DESC LIMIT 100";
const REGISTER_COUNT: &str =
    "SELECT count(*) FROM (SELECT 1 FROM referral WHERE trashed_at IS NULL LIMIT 10001)";

const PARTNERS: &str = "SELECT p.id, p.name, p.class, p.type, p.specialty, s.status, o.initials, s.last_on, s.received_year, s.sent_year,
        (SELECT a.city FROM address a WHERE a.partner_id = p.id ORDER BY a.is_primary DESC LIMIT 1),
        (SELECT group_concat(m.month || m.received) FROM referral_month m
         WHERE m.partner_id = p.id AND m.direction = 'inbound' AND m.month >= '2025-12'),
        (SELECT group_concat(g.name) FROM partner_tag pt JOIN tag g ON g.id = pt.tag_id WHERE pt.partner_id = p.id)
    FROM partner p LEFT JOIN partner_standing s ON s.partner_id = p.id LEFT JOIN profile o ON o.id = p.owner_id
    WHERE p.trashed_at IS NULL ORDER BY p.name_key, p.id LIMIT 100";
const PARTNERS_COUNT: &str = "SELECT count(*) FROM partner WHERE trashed_at IS NULL";

const SEARCH: &str = "SELECT d.kind, d.entity_id, coalesce(p.name, n.name) FROM network_search s JOIN network_doc d ON d.id = s.rowid
    LEFT JOIN partner p ON p.id = d.entity_id AND d.kind = 'partner' LEFT JOIN person n ON n.id = d.entity_id AND d.kind = 'person'
    WHERE network_search MATCH ?1 LIMIT 200";

/// What a partner's page fetches.
const PAGE: [&str; 6] = [
    "SELECT p.*, s.*, o.name FROM partner p LEFT JOIN partner_standing s ON s.partner_id = p.id LEFT JOIN profile o ON o.id = p.owner_id
     WHERE p.id = ?1",
    "SELECT n.*, a.* FROM affiliation a JOIN person n ON n.id = a.person_id WHERE a.partner_id = ?1",
    "SELECT * FROM contact_point WHERE partner_id = ?1",
    "SELECT * FROM address WHERE partner_id = ?1",
    "SELECT g.name FROM partner_tag t JOIN tag g ON g.id = t.tag_id WHERE t.partner_id = ?1",
    "SELECT direction, month, received, seen FROM referral_month WHERE partner_id = ?1",
];

/// Measures each of them.
pub fn measure(
    table: &mut Table,
    column: usize,
    practice: &Practice,
    plain: &Connection,
) -> Result<(), Box<dyn Error>> {
    let ours = median(RUNS, || Ok(referrals(practice, &ReferralQuery::default())?))?;
    let bare = median(RUNS, || Ok(all(plain, REGISTER, [])? + all(plain, REGISTER_COUNT, [])?))?;
    table.put(column, "register, first page", "2", ours, bare);

    let ours = median(RUNS, || Ok(partners(practice, &PartnerQuery::default())?))?;
    let bare = median(RUNS, || Ok(all(plain, PARTNERS, [])? + all(plain, PARTNERS_COUNT, [])?))?;
    table.put(column, "partner list, first page", "2", ours, bare);

    let name: String =
        plain.query_row("SELECT family FROM person ORDER BY id LIMIT 1", [], |row| row.get(0))?;
    let word = baton_core::foundation::text::words(&name).into_iter().next().unwrap_or_default();
    let ours = median(RUNS, || Ok(search(practice, &word, SearchScope::Everything, 20)?))?;
    let bare = median(RUNS, || all(plain, SEARCH, [format!("\"{word}\"*")]))?;
    table.put(column, "search for a name", "2", ours, bare);

    let busiest: PartnerId = plain.query_row(
        "SELECT partner_id FROM referral_month GROUP BY 1 ORDER BY sum(received) DESC LIMIT 1",
        [],
        |row| row.get(0),
    )?;
    let ours = median(RUNS, || Ok(partner(practice, busiest)?))?;
    let bare = median(RUNS, || PAGE.iter().try_fold(0, |rows, sql| Ok(rows + all(plain, sql, [busiest])?)))?;
    table.put(column, "page of the busiest partner", "2", ours, bare);
    Ok(())
}

/// Reads every cell of every row.
fn all(conn: &Connection, sql: &str, bound: impl rusqlite::Params) -> Result<usize, Box<dyn Error>> {
    let mut statement = conn.prepare_cached(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query(bound)?;
    let mut found = 0;
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            std::hint::black_box(row.get::<_, rusqlite::types::Value>(column)?);
        }
        found += 1;
    }
    Ok(found)
}
