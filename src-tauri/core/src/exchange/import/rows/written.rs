//! What an import puts down.

use std::collections::HashSet;

use chrono::NaiveDate;
use rusqlite::types::ToSql;
use rusqlite::{Connection, OptionalExtension, params};

use super::Found;
use crate::foundation::day::Day;
use crate::foundation::id::{AliasId, ImportId, PartnerId, PersonId, RecordId, ReferralId};
use crate::store;

pub(in crate::exchange::import) const REFERRALS: store::Into = store::Into {
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
pub(in crate::exchange::import) fn add_step(
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
pub(in crate::exchange::import) fn steps(conn: &Connection, referral: ReferralId) -> Found<HashSet<String>> {
    let mut statement = conn.prepare_cached("SELECT step FROM referral_step WHERE referral_id = ?1")?;
    Ok(statement.query_map([referral], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

pub(in crate::exchange::import) const PATIENTS: store::Into = store::Into {
    table: "patient",
    columns: &["id", "name", "name_key", "chart_number", "born_on", "created_at"],
};

pub(in crate::exchange::import) const ADD_PERSON: &str = "INSERT INTO person (id, given, middle, family, credentials, name, name_key, npi, specialty, role, notes,
    created_at, created_by, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?12, ?13)";

pub(in crate::exchange::import) const ADD_PARTNER: &str = "INSERT INTO partner (id, class, type, name, name_key, individual_id, npi, specialty, notes,
    created_at, created_by, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?10, ?11)";

pub(in crate::exchange::import) const ADD_AFFILIATION: &str =
    "INSERT INTO affiliation (id, person_id, partner_id, role, is_primary) VALUES (?1, ?2, ?3, ?4, ?5)";

pub(in crate::exchange::import) const ADD_CONTACT: &str = "INSERT INTO contact_point (id, partner_id, person_id, kind, value, search, is_primary) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

pub(in crate::exchange::import) const ADD_ADDRESS: &str = "INSERT INTO address (id, partner_id, person_id, street, city, state, zip, is_primary) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1)";

pub(in crate::exchange::import) fn add_run(
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
pub(in crate::exchange::import) struct Stamp<'tx> {
    pub(in crate::exchange::import) run: ImportId,
    pub(in crate::exchange::import) now: i64,
    pub(in crate::exchange::import) actor: &'tx crate::store::Actor,
}

pub(in crate::exchange::import) fn change_referral(
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
pub(in crate::exchange::import) struct PersonAdditions<'name> {
    pub(in crate::exchange::import) given: &'name str,
    pub(in crate::exchange::import) middle: &'name str,
    pub(in crate::exchange::import) credentials: &'name str,
    pub(in crate::exchange::import) name: &'name str,
    pub(in crate::exchange::import) name_key: &'name str,
    pub(in crate::exchange::import) npi: Option<&'name str>,
    pub(in crate::exchange::import) specialty: Option<&'name str>,
}

pub(in crate::exchange::import) fn complete_person(
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

pub(in crate::exchange::import) fn complete_partner(
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

pub(in crate::exchange::import) fn rename_individual(
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

pub(in crate::exchange::import) fn make_patient_partner(
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
pub(in crate::exchange::import) fn roll_up(
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

pub(in crate::exchange::import) fn add_alias(
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

pub(in crate::exchange::import) fn declare_different(
    conn: &Connection,
    one: PersonId,
    other: PersonId,
) -> Found<()> {
    let (low, high) = if one < other { (one, other) } else { (other, one) };
    conn.prepare_cached("INSERT OR IGNORE INTO distinct_pair (one_id, other_id) VALUES (?1, ?2)")?
        .execute(params![low, high])?;
    Ok(())
}
