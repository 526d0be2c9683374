//! The SQL of slips and packets.

use rusqlite::{Connection, OptionalExtension, params};

use crate::foundation::id::{PartnerId, PersonId};
use crate::network::PartnerClass;
use crate::store::{StoreError, Tx};

/// What was agreed with a partner. Read past the lens: a referral that is shown names it.
pub(super) fn agreed(conn: &Connection, partner: PartnerId) -> Result<Vec<String>, StoreError> {
    let text: Option<String> = conn
        .prepare_cached("SELECT documents FROM main.packet_agreement WHERE id = ?1")?
        .query_row([partner], |row| row.get(0))
        .optional()?;
    Ok(text.map(|text| text.lines().map(str::to_owned).collect()).unwrap_or_default())
}

/// Puts it down; nothing agreed has no row.
pub(super) fn set_agreed(tx: &Tx<'_>, partner: PartnerId, documents: &[String]) -> Result<(), StoreError> {
    if documents.is_empty() {
        tx.prepare_cached("DELETE FROM packet_agreement WHERE id = ?1")?.execute([partner])?;
        return Ok(());
    }
    tx.prepare_cached(
        "INSERT INTO packet_agreement (id, documents, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET documents = excluded.documents, changed_at = excluded.changed_at,
             changed_by = excluded.changed_by WHERE documents <> excluded.documents",
    )?
    .execute(params![partner, documents.join("\n"), tx.now, tx.actor.id])?;
    Ok(())
}

/// What a partner is called.
pub(super) fn partner_name(conn: &Connection, partner: PartnerId) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT name FROM partner WHERE id = ?1 AND trashed_at IS NULL")?
        .query_row([partner], |row| row.get(0))
        .optional()?)
}

/// Whether a partner treats patients.
pub(super) fn treats(conn: &Connection, partner: PartnerId) -> Result<bool, StoreError> {
    let class: Option<PartnerClass> = conn
        .prepare_cached("SELECT class FROM main.partner WHERE id = ?1")?
        .query_row([partner], |row| row.get(0))
        .optional()?;
    Ok(class == Some(PartnerClass::Medical))
}

/// Where a partner is: the lines of its address, the primary one first.
pub(in crate::exchange::export) fn address(
    conn: &Connection,
    partner: PartnerId,
) -> Result<Vec<String>, StoreError> {
    let found: Option<[String; 6]> = conn
        .prepare_cached(
            "SELECT street, street2, city, state, zip, country FROM main.address WHERE partner_id = ?1
             ORDER BY is_primary DESC, id LIMIT 1",
        )?
        .query_row([partner], |row| {
            Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?])
        })
        .optional()?;
    let Some([street, street2, city, state, zip, country]) = found else { return Ok(Vec::new()) };
    let region = [state, zip].join(" ").trim().to_owned();
    let town = [city.trim(), region.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let country = if country == "US" { String::new() } else { country };
    let lines = [street, street2, town.join(", "), country];
    Ok(lines.into_iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect())
}

/// How a partner, or the person there, is reached: telephone, then fax; the person's own first.
pub(super) fn reached(
    conn: &Connection,
    partner: Option<PartnerId>,
    person: Option<PersonId>,
    fax: bool,
) -> Result<Option<String>, StoreError> {
    let sql = if fax {
        "SELECT value FROM main.contact_point WHERE (person_id = ?1 OR partner_id = ?2) AND kind = 'fax'
         ORDER BY person_id IS NULL, is_primary DESC, id LIMIT 1"
    } else {
        "SELECT value FROM main.contact_point WHERE (person_id = ?1 OR partner_id = ?2) AND kind IN ('phone', 'mobile')
         ORDER BY person_id IS NULL, kind = 'mobile', is_primary DESC, id LIMIT 1"
    };
    Ok(conn.prepare_cached(sql)?.query_row(params![person, partner], |row| row.get(0)).optional()?)
}
