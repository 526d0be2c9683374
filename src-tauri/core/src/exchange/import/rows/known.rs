//! What the practice knows already.

use std::collections::HashSet;

use chrono::NaiveDate;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};

use super::{Found, all};
use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PatientId, PersonId, ReferralId};
use crate::network::{PartnerClass, PartnerType};
use crate::store::StoreError;
use crate::store::recording::each_change;

/// A partner as matching needs it.
pub(in crate::exchange::import) struct KnownPartner {
    pub(in crate::exchange::import) id: PartnerId,
    pub(in crate::exchange::import) class: PartnerClass,
    pub(in crate::exchange::import) kind: PartnerType,
    pub(in crate::exchange::import) name: String,
    pub(in crate::exchange::import) npi: Option<String>,
    pub(in crate::exchange::import) individual: Option<PersonId>,
}

pub(in crate::exchange::import) fn partners(conn: &Connection) -> Found<Vec<KnownPartner>> {
    all(
        conn,
        "SELECT id, class, type, name, npi, individual_id FROM partner WHERE trashed_at IS NULL ORDER BY id",
        [],
        |row| {
            let class = row.get(1)?;
            Ok(KnownPartner {
                id: row.get(0)?,
                class,
                kind: PartnerType::from_code(row.get_ref(2)?.as_str()?)
                    .unwrap_or(PartnerType::of_class(class)),
                name: row.get(3)?,
                npi: row.get(4)?,
                individual: row.get(5)?,
            })
        },
    )
}

/// A person as matching needs it.
pub(in crate::exchange::import) struct KnownPerson {
    pub(in crate::exchange::import) id: PersonId,
    pub(in crate::exchange::import) given: String,
    pub(in crate::exchange::import) middle: String,
    pub(in crate::exchange::import) family: String,
    pub(in crate::exchange::import) credentials: String,
    pub(in crate::exchange::import) npi: Option<String>,
    pub(in crate::exchange::import) specialty: Option<String>,
    pub(in crate::exchange::import) role: Option<String>,
}

pub(in crate::exchange::import) fn people(conn: &Connection) -> Found<Vec<KnownPerson>> {
    all(
        conn,
        "SELECT id, given, middle, family, credentials, npi, specialty, role FROM person WHERE trashed_at IS NULL ORDER BY id",
        [],
        |row| {
            Ok(KnownPerson {
                id: row.get(0)?,
                given: row.get(1)?,
                middle: row.get(2)?,
                family: row.get(3)?,
                credentials: row.get(4)?,
                npi: row.get(5)?,
                specialty: row.get(6)?,
                role: row.get(7)?,
            })
        },
    )
}

pub(in crate::exchange::import) fn affiliations(
    conn: &Connection,
) -> Found<Vec<(PersonId, PartnerId, bool)>> {
    all(
        conn,
        "SELECT person_id, partner_id, is_primary FROM affiliation ORDER BY to_on IS NOT NULL, from_on DESC, id DESC",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// A telephone number or an e-mail address.
pub(in crate::exchange::import) struct KnownPoint {
    pub(in crate::exchange::import) partner: Option<PartnerId>,
    pub(in crate::exchange::import) person: Option<PersonId>,
    pub(in crate::exchange::import) is_phone: bool,
    pub(in crate::exchange::import) search: String,
}

pub(in crate::exchange::import) fn contact_points(conn: &Connection) -> Found<Vec<KnownPoint>> {
    all(
        conn,
        "SELECT partner_id, person_id, kind <> 'email', search FROM contact_point WHERE kind IN ('phone', 'mobile', 'email')",
        [],
        |row| {
            Ok(KnownPoint {
                partner: row.get(0)?,
                person: row.get(1)?,
                is_phone: row.get(2)?,
                search: row.get(3)?,
            })
        },
    )
}

/// Something that is told of a partner or of a person.
type Beside<T> = (Option<PartnerId>, Option<PersonId>, T);

pub(in crate::exchange::import) fn zips(conn: &Connection) -> Found<Vec<Beside<String>>> {
    all(conn, "SELECT partner_id, person_id, zip FROM address WHERE zip <> ''", [], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

pub(in crate::exchange::import) fn aliases(conn: &Connection) -> Found<Vec<Beside<String>>> {
    all(conn, "SELECT partner_id, person_id, key FROM alias", [], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

/// What a partner lacks that a file may tell.
pub(in crate::exchange::import) fn has_contact(
    conn: &Connection,
    partner: Option<PartnerId>,
    person: Option<PersonId>,
    kind: &str,
) -> Found<bool> {
    Ok(conn
        .prepare_cached(
            "SELECT 1 FROM contact_point WHERE kind = ?3 AND (partner_id = ?1 OR person_id = ?2)",
        )?
        .exists(params![partner, person, kind])?)
}

/// Whether this number or address stands there already.
pub(in crate::exchange::import) fn has_search(
    conn: &Connection,
    partner: Option<PartnerId>,
    person: Option<PersonId>,
    search: &str,
) -> Found<bool> {
    Ok(conn
        .prepare_cached(
            "SELECT 1 FROM contact_point WHERE search = ?3 AND (partner_id = ?1 OR person_id = ?2)",
        )?
        .exists(params![partner, person, search])?)
}

pub(in crate::exchange::import) fn has_address(
    conn: &Connection,
    partner: Option<PartnerId>,
    person: Option<PersonId>,
) -> Found<bool> {
    Ok(conn
        .prepare_cached("SELECT 1 FROM address WHERE partner_id = ?1 OR person_id = ?2")?
        .exists(params![partner, person])?)
}

/// A patient.
pub(in crate::exchange::import) struct KnownPatient {
    pub(in crate::exchange::import) id: PatientId,
    pub(in crate::exchange::import) name_key: String,
    pub(in crate::exchange::import) chart: Option<String>,
    pub(in crate::exchange::import) born_on: Option<String>,
}

/// Of all patients those who are meant, by the key of their name and their chart number.
pub(in crate::exchange::import) fn patients(
    conn: &Connection,
    meant: impl Fn(&str, Option<&str>) -> bool,
) -> Found<Vec<KnownPatient>> {
    let mut statement =
        conn.prepare_cached("SELECT id, name_key, chart_number, born_on FROM patient ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let name_key = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        let chart = row.get_ref(2)?.as_str_or_null().map_err(rusqlite::Error::from)?;
        if meant(name_key, chart) {
            let (name_key, chart) = (name_key.to_owned(), chart.map(str::to_owned));
            found.push(KnownPatient { id: row.get(0)?, name_key, chart, born_on: row.get(3)? });
        }
    }
    Ok(found)
}

/// A referral that may be one of the file's.
pub(in crate::exchange::import) struct KnownReferral {
    pub(in crate::exchange::import) id: ReferralId,
    pub(in crate::exchange::import) received_on: NaiveDate,
    pub(in crate::exchange::import) is_inbound: bool,
    pub(in crate::exchange::import) partner: Option<PartnerId>,
    pub(in crate::exchange::import) person: Option<PersonId>,
    pub(in crate::exchange::import) patient: PatientId,
    pub(in crate::exchange::import) key: Option<String>,
    pub(in crate::exchange::import) is_trashed: bool,
}

pub(in crate::exchange::import) fn referrals(
    conn: &Connection,
    from: NaiveDate,
    to: NaiveDate,
) -> Found<Vec<KnownReferral>> {
    all(
        conn,
        "SELECT id, received_on, direction = 'inbound', ifnull(from_partner_id, to_partner_id), ifnull(from_person_id, to_person_id),
                patient_id, import_key, trashed_at IS NOT NULL
         FROM referral WHERE received_on BETWEEN ?1 AND ?2",
        params![Day(from), Day(to)],
        |row| {
            Ok(KnownReferral {
                id: row.get(0)?,
                received_on: row.get::<_, Day>(1)?.0,
                is_inbound: row.get(2)?,
                partner: row.get(3)?,
                person: row.get(4)?,
                patient: row.get(5)?,
                key: row.get(6)?,
                is_trashed: row.get(7)?,
            })
        },
    )
}

/// The fields of a referral that a file may change, as the file keeps them, in the order of [`FIELDS`].
pub(in crate::exchange::import) struct ReferralFields {
    pub(in crate::exchange::import) values: Vec<Option<String>>,
    /// Whether anybody but an import changed the row last.
    pub(in crate::exchange::import) touched: bool,
}

/// Columns of a referral that a later file may change.
pub(in crate::exchange::import) const FIELDS: [&str; 13] = [
    "scheduled_on",
    "seen_on",
    "closed_on",
    "outcome",
    "status_text",
    "amount_cents",
    "reason",
    "service_line",
    "payer",
    "note",
    "urgency",
    "type",
    "travel",
];

pub(in crate::exchange::import) fn referral_fields(
    conn: &Connection,
    id: ReferralId,
) -> Found<ReferralFields> {
    Ok(conn
        .prepare_cached(
            "SELECT r.scheduled_on, r.seen_on, r.closed_on, r.outcome, r.status_text, r.amount_cents, r.reason, r.service_line, r.payer, r.note,
                    r.urgency, r.type, r.travel, r.changed_at IS NOT i.started_at
             FROM referral r LEFT JOIN import_run i ON i.id = r.import_id WHERE r.id = ?1",
        )?
        .query_row([id], |row| {
            let values = (0..FIELDS.len())
                .map(|at| {
                    Ok(match row.get_ref(at)? {
                        ValueRef::Null => None,
                        ValueRef::Integer(number) => Some(number.to_string()),
                        ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
                        other => return Err(rusqlite::Error::InvalidColumnType(at, FIELDS[at].into(), other.data_type())),
                    })
                })
                .collect::<Result<_, _>>()?;
            Ok(ReferralFields { values, touched: row.get(FIELDS.len())? })
        })?)
}

/// The fields of a referral that somebody changed by hand and did not take back, by their place in [`FIELDS`].
pub(in crate::exchange::import) fn changed_by_hand(
    conn: &Connection,
    id: ReferralId,
) -> Result<HashSet<usize>, StoreError> {
    let columns: Vec<String> =
        all(conn, "SELECT name FROM pragma_table_info('referral') ORDER BY cid", [], |row| row.get(0))?;
    let parts: Vec<Vec<u8>> = all(
        conn,
        "SELECT p.changeset FROM history_touch t
         JOIN history h ON h.seq = t.seq AND h.cause = 'hand' AND NOT EXISTS (SELECT 1 FROM history_undone u WHERE u.seq = t.seq)
         JOIN history_part p ON p.seq = t.seq AND p.part = t.part
         WHERE t.record_id = ?1",
        [id],
        |row| row.get(0),
    )?;
    let mut changed = HashSet::new();
    for part in parts {
        let changeset = zstd::stream::decode_all(part.as_slice())
            .map_err(|e| StoreError::Database(format!("history: {}", e.kind())))?;
        each_change(&changeset, |table, item, action| {
            if table.name != "referral" || action != rusqlite::hooks::Action::SQLITE_UPDATE {
                return Ok(());
            }
            if item.old_value(0)?.as_blob().is_ok_and(|key| key == id.0.bytes()) {
                changed.extend(FIELDS.iter().enumerate().filter_map(|(at, field)| {
                    let column = columns.iter().position(|c| c == field)?;
                    item.new_value(column).is_ok().then_some(at)
                }));
            }
            Ok(())
        })?;
    }
    Ok(changed)
}

/// The number of the newest history entry.
pub(in crate::exchange::import) fn newest_entry(conn: &Connection) -> Found<i64> {
    Ok(conn.prepare_cached("SELECT ifnull(max(seq), 0) FROM history")?.query_row([], |row| row.get(0))?)
}
