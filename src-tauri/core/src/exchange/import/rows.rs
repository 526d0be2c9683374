//! The rows an import reads and writes.

use std::collections::HashSet;

use chrono::NaiveDate;
use rusqlite::types::{ToSql, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::error::ImportError;
use super::profile::SavedProfile;
use crate::foundation::day::Day;
use crate::foundation::id::{
    AliasId, ImportId, ImportProfileId, PartnerId, PatientId, PersonId, RecordId, ReferralId,
};
use crate::network::{PartnerClass, PartnerType};
use crate::store::recording::each_change;
use crate::store::{self, StoreError};

type Found<T> = Result<T, StoreError>;

fn all<T>(
    conn: &Connection,
    sql: &'static str,
    params: impl rusqlite::Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Found<Vec<T>> {
    Ok(conn.prepare_cached(sql)?.query_map(params, read)?.collect::<Result<_, _>>()?)
}

/// A partner as matching needs it.
pub(super) struct KnownPartner {
    pub(super) id: PartnerId,
    pub(super) class: PartnerClass,
    pub(super) kind: PartnerType,
    pub(super) name: String,
    pub(super) npi: Option<String>,
    pub(super) individual: Option<PersonId>,
}

pub(super) fn partners(conn: &Connection) -> Found<Vec<KnownPartner>> {
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
pub(super) struct KnownPerson {
    pub(super) id: PersonId,
    pub(super) given: String,
    pub(super) middle: String,
    pub(super) family: String,
    pub(super) credentials: String,
    pub(super) npi: Option<String>,
    pub(super) specialty: Option<String>,
    pub(super) role: Option<String>,
}

pub(super) fn people(conn: &Connection) -> Found<Vec<KnownPerson>> {
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

pub(super) fn affiliations(conn: &Connection) -> Found<Vec<(PersonId, PartnerId, bool)>> {
    all(
        conn,
        "SELECT person_id, partner_id, is_primary FROM affiliation ORDER BY to_on IS NOT NULL, from_on DESC, id DESC",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// A telephone number or an e-mail address.
pub(super) struct KnownPoint {
    pub(super) partner: Option<PartnerId>,
    pub(super) person: Option<PersonId>,
    pub(super) is_phone: bool,
    pub(super) search: String,
}

pub(super) fn contact_points(conn: &Connection) -> Found<Vec<KnownPoint>> {
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

pub(super) fn zips(conn: &Connection) -> Found<Vec<Beside<String>>> {
    all(conn, "SELECT partner_id, person_id, zip FROM address WHERE zip <> ''", [], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

pub(super) fn aliases(conn: &Connection) -> Found<Vec<Beside<String>>> {
    all(conn, "SELECT partner_id, person_id, key FROM alias", [], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

/// What a partner lacks that a file may tell.
pub(super) fn has_contact(
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
pub(super) fn has_search(
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

pub(super) fn has_address(
    conn: &Connection,
    partner: Option<PartnerId>,
    person: Option<PersonId>,
) -> Found<bool> {
    Ok(conn
        .prepare_cached("SELECT 1 FROM address WHERE partner_id = ?1 OR person_id = ?2")?
        .exists(params![partner, person])?)
}

/// A patient.
pub(super) struct KnownPatient {
    pub(super) id: PatientId,
    pub(super) name_key: String,
    pub(super) chart: Option<String>,
    pub(super) born_on: Option<String>,
}

pub(super) fn patients(conn: &Connection) -> Found<Vec<KnownPatient>> {
    all(conn, "SELECT id, name_key, chart_number, born_on FROM patient ORDER BY id", [], |row| {
        Ok(KnownPatient { id: row.get(0)?, name_key: row.get(1)?, chart: row.get(2)?, born_on: row.get(3)? })
    })
}

/// A referral that may be one of the file's.
pub(super) struct KnownReferral {
    pub(super) id: ReferralId,
    pub(super) received_on: NaiveDate,
    pub(super) is_inbound: bool,
    pub(super) partner: Option<PartnerId>,
    pub(super) person: Option<PersonId>,
    pub(super) patient: PatientId,
    pub(super) key: Option<String>,
    pub(super) is_trashed: bool,
}

pub(super) fn referrals(conn: &Connection, from: NaiveDate, to: NaiveDate) -> Found<Vec<KnownReferral>> {
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
pub(super) struct ReferralFields {
    pub(super) values: Vec<Option<String>>,
    /// Whether anybody but an import changed the row last.
    pub(super) touched: bool,
}

/// Columns of a referral that a later file may change.
pub(super) const FIELDS: [&str; 13] = [
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

pub(super) fn referral_fields(conn: &Connection, id: ReferralId) -> Found<ReferralFields> {
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
pub(super) fn changed_by_hand(conn: &Connection, id: ReferralId) -> Result<HashSet<usize>, StoreError> {
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
pub(super) fn newest_entry(conn: &Connection) -> Found<i64> {
    Ok(conn.prepare_cached("SELECT ifnull(max(seq), 0) FROM history")?.query_row([], |row| row.get(0))?)
}

// Writing

pub(super) const REFERRALS: store::Into = store::Into {
    table: "referral",
    columns: &[
        "id",
        "direction",
        "received_on",
        "source_answer",
        "from_partner_id",
        "from_person_id",
        "to_partner_id",
        "to_person_id",
        "patient_id",
        "reason",
        "service_line",
        "payer",
        "urgency",
        "scheduled_on",
        "seen_on",
        "closed_on",
        "outcome",
        "status_text",
        "amount_cents",
        "note",
        "import_id",
        "import_record",
        "import_key",
        "created_at",
        "created_by",
        "changed_at",
        "changed_by",
        "type",
        "travel",
    ],
};

/// Puts down a step of a referral, unless that step is there already.
pub(super) fn add_step(
    conn: &Connection,
    referral: ReferralId,
    step: &str,
    on: NaiveDate,
    stamp: Stamp<'_>,
) -> Found<()> {
    conn.prepare_cached(
        "INSERT INTO referral_step (id, referral_id, step, done_on, created_at, created_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![RecordId::new(), referral, step, Day(on), stamp.now, stamp.actor.id])?;
    Ok(())
}

/// The steps of a referral that were put down, whoever did.
pub(super) fn steps(conn: &Connection, referral: ReferralId) -> Found<HashSet<String>> {
    let mut statement = conn.prepare_cached("SELECT step FROM referral_step WHERE referral_id = ?1")?;
    Ok(statement.query_map([referral], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

pub(super) const PATIENTS: store::Into = store::Into {
    table: "patient",
    columns: &["id", "name", "name_key", "chart_number", "born_on", "created_at"],
};

pub(super) const ADD_PERSON: &str = "INSERT INTO person (id, given, middle, family, credentials, name, name_key, npi, specialty, role, notes,
    created_at, created_by, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?12, ?13)";

pub(super) const ADD_PARTNER: &str = "INSERT INTO partner (id, class, type, name, name_key, individual_id, npi, specialty, notes,
    created_at, created_by, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?10, ?11)";

pub(super) const ADD_AFFILIATION: &str =
    "INSERT INTO affiliation (id, person_id, partner_id, role, is_primary) VALUES (?1, ?2, ?3, ?4, ?5)";

pub(super) const ADD_CONTACT: &str = "INSERT INTO contact_point (id, partner_id, person_id, kind, value, search, is_primary) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

pub(super) const ADD_ADDRESS: &str = "INSERT INTO address (id, partner_id, person_id, street, city, state, zip, is_primary) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1)";

pub(super) fn add_run(
    conn: &Connection,
    id: ImportId,
    file_name: &str,
    sha256: &[u8],
    kind: &str,
    rows: u32,
    now: i64,
) -> Found<()> {
    conn.prepare_cached("INSERT INTO import_run (id, file_name, file_sha256, kind, rows, started_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![id, file_name, sha256, kind, rows, now])?;
    Ok(())
}

/// Who changes a row, when and by which import.
#[derive(Clone, Copy)]
pub(super) struct Stamp<'tx> {
    pub(super) run: ImportId,
    pub(super) now: i64,
    pub(super) actor: &'tx crate::store::Actor,
}

pub(super) fn change_referral(
    conn: &Connection,
    id: ReferralId,
    changes: &[(usize, Option<String>)],
    stamp: Stamp<'_>,
) -> Found<()> {
    const SET: [&str; 13] = [
        "UPDATE referral SET scheduled_on = ?2 WHERE id = ?1",
        "UPDATE referral SET seen_on = ?2 WHERE id = ?1",
        "UPDATE referral SET closed_on = ?2 WHERE id = ?1",
        "UPDATE referral SET outcome = ?2 WHERE id = ?1",
        "UPDATE referral SET status_text = ?2 WHERE id = ?1",
        "UPDATE referral SET amount_cents = CAST(?2 AS INTEGER) WHERE id = ?1",
        "UPDATE referral SET reason = ?2 WHERE id = ?1",
        "UPDATE referral SET service_line = ?2 WHERE id = ?1",
        "UPDATE referral SET payer = ?2 WHERE id = ?1",
        "UPDATE referral SET note = ?2 WHERE id = ?1",
        "UPDATE referral SET urgency = ?2 WHERE id = ?1",
        "UPDATE referral SET type = ?2 WHERE id = ?1",
        "UPDATE referral SET travel = ?2 WHERE id = ?1",
    ];
    for (field, value) in changes {
        conn.prepare_cached(SET[*field])?.execute(params![id, value])?;
    }
    conn.prepare_cached(
        "UPDATE referral SET import_id = ?2, changed_at = ?3, changed_by = ?4 WHERE id = ?1",
    )?
    .execute(params![id, stamp.run, stamp.now, stamp.actor.id])?;
    Ok(())
}

/// What an import may add to a person we know.
pub(super) struct PersonAdditions<'name> {
    pub(super) given: &'name str,
    pub(super) middle: &'name str,
    pub(super) credentials: &'name str,
    pub(super) name: &'name str,
    pub(super) name_key: &'name str,
    pub(super) npi: Option<&'name str>,
    pub(super) specialty: Option<&'name str>,
}

pub(super) fn complete_person(
    conn: &Connection,
    id: PersonId,
    add: &PersonAdditions<'_>,
    now: i64,
    actor: &dyn ToSql,
) -> Found<()> {
    conn.prepare_cached(
        "UPDATE person SET given = ?2, middle = ?3, credentials = ?4, name = ?5, name_key = ?6, npi = ifnull(npi, ?7), specialty = ifnull(specialty, ?8),
         changed_at = ?9, changed_by = ?10 WHERE id = ?1",
    )?
    .execute(params![id, add.given, add.middle, add.credentials, add.name, add.name_key, add.npi, add.specialty, now, actor])?;
    Ok(())
}

pub(super) fn complete_partner(
    conn: &Connection,
    id: PartnerId,
    npi: &str,
    now: i64,
    actor: &dyn ToSql,
) -> Found<()> {
    conn.prepare_cached(
        "UPDATE partner SET npi = ?2, changed_at = ?3, changed_by = ?4 WHERE id = ?1 AND npi IS NULL",
    )?
    .execute(params![id, npi, now, actor])?;
    Ok(())
}

pub(super) fn rename_individual(
    conn: &Connection,
    id: PartnerId,
    name: &str,
    name_key: &str,
    now: i64,
    actor: &dyn ToSql,
) -> Found<()> {
    conn.prepare_cached("UPDATE partner SET name = ?2, name_key = ?3, changed_at = ?4, changed_by = ?5 WHERE id = ?1 AND name <> ?2")?
        .execute(params![id, name, name_key, now, actor])?;
    Ok(())
}

pub(super) fn make_patient_partner(
    conn: &Connection,
    id: PartnerId,
    now: i64,
    actor: &dyn ToSql,
) -> Found<()> {
    conn.prepare_cached("UPDATE partner SET class = 'patient', type = 'patient', changed_at = ?2, changed_by = ?3 WHERE id = ?1")?
        .execute(params![id, now, actor])?;
    Ok(())
}

/// Credits everything of a partner that is one person to the organisation the person works at, and moves the empty partner to the trash.
pub(super) fn roll_up(
    conn: &Connection,
    individual: PartnerId,
    organisation: PartnerId,
    now: i64,
    actor: &dyn ToSql,
) -> Found<()> {
    for sql in [
        "UPDATE referral SET from_partner_id = ?2 WHERE from_partner_id = ?1",
        "UPDATE referral SET to_partner_id = ?2 WHERE to_partner_id = ?1",
    ] {
        conn.prepare_cached(sql)?.execute(params![individual, organisation])?;
    }
    conn.prepare_cached(
        "UPDATE partner SET trashed_at = ?2, trashed_by = ?3, trash_reason = 'Counted at the practice where this person works', changed_at = ?2, changed_by = ?3
         WHERE id = ?1",
    )?
    .execute(params![individual, now, actor])?;
    Ok(())
}

pub(super) fn add_alias(
    conn: &Connection,
    key: &str,
    partner: Option<PartnerId>,
    person: Option<PersonId>,
) -> Found<()> {
    let known: Option<(Option<PartnerId>, Option<PersonId>)> = conn
        .prepare_cached("SELECT partner_id, person_id FROM alias WHERE key = ?1")?
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match known {
        Some(same) if same == (partner, person) => {}
        Some(_) => {
            conn.prepare_cached("UPDATE alias SET partner_id = ?2, person_id = ?3 WHERE key = ?1")?
                .execute(params![key, partner, person])?;
        }
        None => {
            conn.prepare_cached(
                "INSERT INTO alias (id, key, partner_id, person_id) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![AliasId::new(), key, partner, person])?;
        }
    }
    Ok(())
}

pub(super) fn declare_different(conn: &Connection, one: PersonId, other: PersonId) -> Found<()> {
    let (low, high) = if one < other { (one, other) } else { (other, one) };
    conn.prepare_cached("INSERT OR IGNORE INTO distinct_pair (one_id, other_id) VALUES (?1, ?2)")?
        .execute(params![low, high])?;
    Ok(())
}

// Saved mappings

fn profile(row: &Row<'_>) -> rusqlite::Result<SavedProfile> {
    Ok(SavedProfile { id: row.get(0)?, name: row.get(1)?, fingerprint: row.get(2)?, definition: row.get(3)? })
}

pub(super) fn profile_of(conn: &Connection, fingerprint: &str) -> Result<Option<SavedProfile>, ImportError> {
    Ok(conn
        .prepare_cached(
            "SELECT id, name, fingerprint, definition FROM import_profile WHERE fingerprint = ?1",
        )?
        .query_row([fingerprint], profile)
        .optional()?)
}

pub(super) fn profiles(conn: &Connection) -> Result<Vec<SavedProfile>, ImportError> {
    Ok(all(
        conn,
        "SELECT id, name, fingerprint, definition FROM import_profile ORDER BY name, id",
        [],
        profile,
    )?)
}

pub(super) fn profile_name(conn: &Connection, id: &ImportProfileId) -> Result<Option<String>, ImportError> {
    Ok(conn
        .prepare_cached("SELECT name FROM import_profile WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

pub(super) fn add_profile(conn: &Connection, profile: &SavedProfile, now: i64) -> Result<(), ImportError> {
    conn.prepare_cached("INSERT INTO import_profile (id, name, fingerprint, definition, changed_at) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![profile.id, profile.name, profile.fingerprint, profile.definition, now])?;
    Ok(())
}

pub(super) fn change_profile(
    conn: &Connection,
    id: &ImportProfileId,
    name: &str,
    definition: &str,
    now: i64,
) -> Result<(), ImportError> {
    conn.prepare_cached(
        "UPDATE import_profile SET name = ?2, definition = ?3, changed_at = ?4 WHERE id = ?1",
    )?
    .execute(params![id, name, definition, now])?;
    Ok(())
}

pub(super) fn delete_profile(conn: &Connection, id: &ImportProfileId) -> Result<(), ImportError> {
    conn.prepare_cached("DELETE FROM import_profile WHERE id = ?1")?.execute([id])?;
    Ok(())
}
