//! What exports read from the file. Trashed referrals never leave it.

use std::collections::HashMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, Rows, Statement, params};

use super::error::ExportError;
use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PatientId, PersonId};
use crate::insights::Period;
use crate::network::{PartnerClass, PartnerType, name_as_seen};
use crate::vault::Hidden;

/// An id as the file keeps it.
pub(super) type Id = [u8; 16];

/// A partner as the register names it.
pub(super) struct PartnerNamed {
    pub(super) name: String,
    pub(super) class: &'static str,
    pub(super) kind: &'static str,
    pub(super) npi: Option<String>,
}

/// A person as the register names them.
pub(super) struct PersonNamed {
    pub(super) name: String,
    pub(super) npi: Option<String>,
}

/// Everything a referral refers to, by id. As large as the network, not as the register.
pub(super) struct Names {
    pub(super) partners: HashMap<Id, PartnerNamed>,
    pub(super) people: HashMap<Id, PersonNamed>,
    pub(super) profiles: HashMap<Id, String>,
    pub(super) imports: HashMap<Id, String>,
    pub(super) currency: String,
}

impl Names {
    /// Reads them; patients who are not seen go by a token.
    pub(super) fn read(conn: &Connection, hidden: Hidden) -> Result<Self, ExportError> {
        Ok(Self {
            partners: map(conn, "SELECT id, name, class, type, npi FROM main.partner", |row| {
                let (id, class): (PartnerId, PartnerClass) = (row.get(0)?, row.get(2)?);
                Ok(PartnerNamed {
                    name: name_as_seen(hidden, class, id, row.get(1)?),
                    class: class.label(),
                    kind: row.get::<_, PartnerType>(3)?.label(),
                    npi: row.get(4)?,
                })
            })?,
            people: map(conn, PEOPLE, |row| {
                let class = if row.get(3)? { PartnerClass::Patient } else { PartnerClass::Medical };
                let name = name_as_seen(hidden, class, row.get::<_, PersonId>(0)?, row.get(1)?);
                Ok(PersonNamed { name, npi: row.get(2)? })
            })?,
            profiles: map(conn, "SELECT id, name FROM profile", |row| row.get(1))?,
            imports: map(conn, "SELECT id, file_name FROM import_run", |row| row.get(1))?,
            currency: conn
                .prepare_cached("SELECT currency FROM practice LIMIT 1")?
                .query_row([], |row| row.get(0))?,
        })
    }
}

fn map<T>(
    conn: &Connection,
    sql: &'static str,
    value: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<HashMap<Id, T>, ExportError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut found = HashMap::new();
    while let Some(row) = rows.next()? {
        found.insert(row.get(0)?, value(row)?);
    }
    Ok(found)
}

/// People, and whether they are patients.
const PEOPLE: &str = "SELECT id, name, npi,
        EXISTS (SELECT 1 FROM main.partner AS own WHERE own.individual_id = person.id AND own.class = 'patient') FROM main.person AS person";

/// Columns of both statements below, by position.
pub(super) mod at {
    pub(in super::super) const ID: usize = 0;
    pub(in super::super) const DIRECTION: usize = 1;
    pub(in super::super) const RECEIVED: usize = 2;
    pub(in super::super) const ANSWER: usize = 3;
    pub(in super::super) const FROM_PARTNER: usize = 4;
    pub(in super::super) const FROM_PERSON: usize = 5;
    pub(in super::super) const TO_PARTNER: usize = 6;
    pub(in super::super) const TO_PERSON: usize = 7;
    pub(in super::super) const PATIENT: usize = 8;
    pub(in super::super) const REASON: usize = 9;
    pub(in super::super) const SERVICE: usize = 10;
    pub(in super::super) const PAYER: usize = 11;
    pub(in super::super) const URGENCY: usize = 12;
    pub(in super::super) const SCHEDULED: usize = 13;
    pub(in super::super) const SEEN: usize = 14;
    pub(in super::super) const CLOSED: usize = 15;
    pub(in super::super) const OUTCOME: usize = 16;
    pub(in super::super) const STATUS_TEXT: usize = 17;
    pub(in super::super) const AMOUNT: usize = 18;
    pub(in super::super) const IMPORT: usize = 19;
    pub(in super::super) const IMPORT_RECORD: usize = 20;
    pub(in super::super) const CREATED_AT: usize = 21;
    pub(in super::super) const CREATED_BY: usize = 22;
    pub(in super::super) const CHANGED_AT: usize = 23;
    pub(in super::super) const CHANGED_BY: usize = 24;
    pub(in super::super) const TYPE: usize = 25;
    pub(in super::super) const TRAVEL: usize = 26;
    pub(in super::super) const STAGE: usize = 27;
    pub(in super::super) const NEXT: usize = 28;
    pub(in super::super) const DUE: usize = 29;
    pub(in super::super) const HOLDER: usize = 30;
    pub(in super::super) const HOLDER_IS_PERSON: usize = 31;
    pub(in super::super) const HELD: usize = 32;
    /// What was done when: "acknowledged 2026-11-03;thanked 2026-11-04".
    pub(in super::super) const STEPS: usize = 33;
    pub(in super::super) const DIAGNOSIS: usize = 34;
    pub(in super::super) const COUNTRY: usize = 35;
    pub(in super::super) const NOTE: usize = 36;
    pub(in super::super) const NEXT_STEP: usize = 37;
    pub(in super::super) const PATIENT_NAME: usize = 38;
    pub(in super::super) const CHART: usize = 39;
    pub(in super::super) const BORN: usize = 40;
}

/// The columns both statements begin with. Where a referral is on its way stands beside it already.
macro_rules! register {
    ($columns:literal, $from:literal) => {
        concat!(
            "SELECT r.id, r.direction, r.received_on, r.source_answer, r.from_partner_id, r.from_person_id, r.to_partner_id,
                    r.to_person_id, r.patient_id, r.reason, r.service_line, r.payer, r.urgency, r.scheduled_on, r.seen_on,
                    r.closed_on, r.outcome, r.status_text, r.amount_cents, r.import_id, r.import_record, r.created_at,
                    r.created_by, r.changed_at, r.changed_by, r.type, r.travel,
                    CASE WHEN r.closed_on IS NOT NULL THEN 'closed' ELSE o.stage END, o.next, o.due_on, o.holder_id,
                    o.holder_is_person, o.held_on,
                    (SELECT group_concat(s.step || ' ' || s.done_on, ';') FROM referral_step s WHERE s.referral_id = r.id),
                    r.diagnosis_group,
                    (SELECT a.value FROM referral_answer a WHERE a.referral_id = r.id AND a.topic = 'origin' AND a.item = 'country')",
            $columns,
            " FROM referral r LEFT JOIN open_referral o ON o.referral_id = r.id",
            $from,
            " WHERE r.trashed_at IS NULL AND r.received_on BETWEEN ?1 AND ?2 AND r.id NOT IN (SELECT id FROM restriction)
              ORDER BY r.received_on, r.id"
        )
    };
}

const REGISTER: &str = register!("", "");

const REGISTER_WITH_PATIENTS: &str = register!(
    ", r.note, b.next_step, p.name, p.chart_number, p.born_on",
    " JOIN patient p ON p.id = r.patient_id LEFT JOIN baton b ON b.id = r.id AND r.closed_on IS NULL"
);

/// The statement that walks the register by date. Patients are joined only when they are asked for.
pub(super) fn register<'conn>(
    conn: &'conn Connection,
    with_patients: bool,
) -> Result<rusqlite::CachedStatement<'conn>, ExportError> {
    Ok(conn.prepare_cached(if with_patients { REGISTER_WITH_PATIENTS } else { REGISTER })?)
}

/// Its rows in a period.
pub(super) fn in_period<'stmt>(
    statement: &'stmt mut Statement<'_>,
    period: Option<Period>,
) -> Result<Rows<'stmt>, ExportError> {
    Ok(match period {
        Some(period) => statement.query(params![Day(period.from), Day(period.to)])?,
        None => statement.query(params!["0000-01-01", "9999-12-31"])?,
    })
}

/// How many rows that will be.
pub(super) fn count(conn: &Connection, period: Option<Period>) -> Result<u32, ExportError> {
    let sql = "SELECT count(*) FROM referral WHERE trashed_at IS NULL AND received_on BETWEEN ?1 AND ?2 AND id NOT IN (SELECT id FROM restriction)";
    let mut statement = conn.prepare_cached(sql)?;
    Ok(match period {
        Some(period) => statement.query_row(params![Day(period.from), Day(period.to)], |row| row.get(0))?,
        None => statement.query_row(params!["0000-01-01", "9999-12-31"], |row| row.get(0))?,
    })
}

/// How many referrals of the period are restricted and left out.
pub(super) fn restricted(conn: &Connection, period: Option<Period>) -> Result<u32, ExportError> {
    let sql = "SELECT count(*) FROM restriction s JOIN referral r ON r.id = s.id
         WHERE r.trashed_at IS NULL AND r.received_on BETWEEN ?1 AND ?2";
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = in_period(&mut statement, period)?;
    Ok(match rows.next()? {
        Some(row) => row.get(0)?,
        None => 0,
    })
}

/// Whom those rows are about.
pub(super) fn patients(conn: &Connection, period: Option<Period>) -> Result<Vec<PatientId>, ExportError> {
    let mut statement = conn.prepare_cached(
        "SELECT DISTINCT patient_id FROM referral WHERE trashed_at IS NULL AND received_on BETWEEN ?1 AND ?2 AND id NOT IN (SELECT id FROM restriction)",
    )?;
    let mut found = in_period(&mut statement, period)?;
    let mut patients = Vec::new();
    while let Some(row) = found.next()? {
        patients.push(row.get(0)?);
    }
    Ok(patients)
}

/// A text of the row, empty when there is none.
pub(super) fn text<'row>(row: &'row Row<'_>, column: usize) -> Result<&'row str, ExportError> {
    match row.get_ref(column)? {
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).map_err(|_| {
            ExportError::Store(crate::store::StoreError::Database(format!("column {column} is not text")))
        }),
        _ => Ok(""),
    }
}
