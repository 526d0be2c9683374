//! The SQL of quick search. Every statement reads a bounded number of rows.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::search::HitKind;
use super::super::types::{PartnerType, PersonRole, Status};
use crate::foundation::id::{PartnerId, RecordId};
use crate::store::StoreError;

/// A partner as far as a hit tells of it.
pub(crate) struct PartnerFound {
    pub(crate) name: String,
    pub(crate) partner_type: PartnerType,
    pub(crate) specialty: Option<String>,
    pub(crate) city: String,
    pub(crate) status: Status,
    pub(crate) received_year: u32,
    pub(crate) individual: bool,
}

/// A person as far as a hit tells of it.
pub(crate) struct PersonFound {
    pub(crate) name: String,
    pub(crate) role: Option<PersonRole>,
    pub(crate) specialty: Option<String>,
    /// The main place of work and its name.
    pub(crate) place: Option<(PartnerId, String)>,
    pub(crate) received_year: u32,
    /// The partner that is this person.
    pub(crate) as_partner: Option<PartnerId>,
}

/// A patient as far as a hit tells of it.
pub(crate) struct PatientFound {
    pub(crate) name: String,
    pub(crate) chart_number: Option<String>,
    pub(crate) referrals: u32,
}

/// Records whose terms match, at most `limit` terms' rows.
pub(crate) fn network(
    conn: &Connection,
    matching: &str,
    limit: u32,
) -> Result<Vec<(HitKind, RecordId)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT d.kind, d.entity_id FROM network_search CROSS JOIN network_doc d ON d.id = network_search.rowid
         WHERE network_search MATCH ?1 LIMIT ?2",
    )?;
    let rows = statement.query_map(params![matching, limit], |row| {
        let kind = if row.get_ref(0)?.as_str()? == "partner" { HitKind::Partner } else { HitKind::Person };
        Ok((kind, row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Patients whose terms match.
pub(crate) fn patients(conn: &Connection, matching: &str, limit: u32) -> Result<Vec<RecordId>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT d.patient_id FROM patient_search CROSS JOIN patient_doc d ON d.id = patient_search.rowid
         WHERE patient_search MATCH ?1 LIMIT ?2",
    )?;
    Ok(statement.query_map(params![matching, limit], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Partners and people whose name begins with one letter, by name.
pub(crate) fn beginning_with(
    conn: &Connection,
    letter: char,
    limit: u32,
) -> Result<Vec<(HitKind, RecordId)>, StoreError> {
    let mut found = Vec::new();
    let until = char::from_u32(u32::from(letter) + 1).unwrap_or(char::MAX);
    for (kind, sql) in [
        (
            HitKind::Partner,
            "SELECT id FROM partner WHERE trashed_at IS NULL AND name_key >= ?1 AND name_key < ?2 ORDER BY name_key, id LIMIT ?3",
        ),
        (
            HitKind::Person,
            "SELECT id FROM person WHERE trashed_at IS NULL AND name_key >= ?1 AND name_key < ?2 ORDER BY name_key, id LIMIT ?3",
        ),
    ] {
        let mut statement = conn.prepare_cached(sql)?;
        let rows = statement.query_map(params![letter.to_string(), until.to_string(), limit], |row| {
            Ok((kind, row.get(0)?))
        })?;
        found.extend(rows.collect::<Result<Vec<_>, _>>()?);
    }
    Ok(found)
}

/// The partners that sent most in the trailing year.
pub(crate) fn most_active(conn: &Connection, limit: u32) -> Result<Vec<(HitKind, RecordId)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT partner_id FROM partner_standing WHERE received_year > 0 ORDER BY received_year DESC, name_key, partner_id LIMIT ?1",
    )?;
    Ok(statement.query_map([limit], |row| Ok((HitKind::Partner, row.get(0)?)))?.collect::<Result<_, _>>()?)
}

/// Words of the index that begin with this letter, at most `limit`.
pub(crate) fn vocabulary(conn: &Connection, letter: char, limit: u32) -> Result<Vec<String>, StoreError> {
    let until = char::from_u32(u32::from(letter) + 1).unwrap_or(char::MAX);
    let mut statement =
        conn.prepare_cached("SELECT term FROM network_vocabulary WHERE term >= ?1 AND term < ?2 LIMIT ?3")?;
    let rows =
        statement.query_map(params![letter.to_string(), until.to_string(), limit], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn partner(conn: &Connection, id: RecordId) -> Result<Option<PartnerFound>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT p.name, p.type, p.specialty, s.city, s.status, s.received_year, p.individual_id IS NOT NULL
             FROM partner p JOIN partner_standing s ON s.partner_id = p.id WHERE p.id = ?1",
        )?
        .query_row([id], |row| {
            Ok(PartnerFound {
                name: row.get(0)?,
                partner_type: row.get(1)?,
                specialty: row.get(2)?,
                city: row.get(3)?,
                status: row.get(4)?,
                received_year: row.get(5)?,
                individual: row.get(6)?,
            })
        })
        .optional()?)
}

pub(crate) fn person(conn: &Connection, id: RecordId) -> Result<Option<PersonFound>, StoreError> {
    let found = conn
        .prepare_cached(
            "SELECT name, role, specialty, (SELECT id FROM partner WHERE individual_id = person.id AND trashed_at IS NULL LIMIT 1)
             FROM person WHERE id = ?1 AND trashed_at IS NULL",
        )?
        .query_row([id], |row| {
            Ok(PersonFound {
                name: row.get(0)?,
                role: row.get(1)?,
                specialty: row.get(2)?,
                as_partner: row.get(3)?,
                place: None,
                received_year: 0,
            })
        })
        .optional()?;
    let Some(mut found) = found else { return Ok(None) };
    let place = conn
        .prepare_cached(
            "SELECT p.id, p.name, s.received_year FROM affiliation a JOIN partner p ON p.id = a.partner_id
             JOIN partner_standing s ON s.partner_id = p.id
             WHERE a.person_id = ?1 ORDER BY a.is_primary DESC, a.id LIMIT 1",
        )?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    if let Some((id, name, received)) = place {
        found.place = Some((id, name));
        found.received_year = received;
    }
    Ok(Some(found))
}

pub(crate) fn patient(conn: &Connection, id: RecordId) -> Result<Option<PatientFound>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT name, chart_number, (SELECT count(*) FROM referral WHERE patient_id = patient.id AND trashed_at IS NULL AND id NOT IN (SELECT id FROM restriction))
             FROM patient WHERE id = ?1",
        )?
        .query_row([id], |row| Ok(PatientFound { name: row.get(0)?, chart_number: row.get(1)?, referrals: row.get(2)? }))
        .optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matching_begins_with_the_index_of_words() {
        let practice = crate::testing::practice("2026-11-02");
        practice
            .read(|conn| {
                let mut statement = conn.prepare(
                    "EXPLAIN QUERY PLAN SELECT d.kind, d.entity_id FROM network_search
                     CROSS JOIN network_doc d ON d.id = network_search.rowid WHERE network_search MATCH ?1 LIMIT ?2",
                )?;
                let plan: Vec<String> =
                    statement.query_map(params!["\"a\"*", 9], |row| row.get(3))?.collect::<Result<_, _>>()?;
                assert!(plan[0].contains("network_search VIRTUAL TABLE INDEX"), "{plan:?}");
                assert!(plan[1].contains("SEARCH d USING INTEGER PRIMARY KEY"), "{plan:?}");
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }
}
