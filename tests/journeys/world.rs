//! A small world for stories about numbers: partners and referrals straight in the file.

use baton_core::Practice;
use baton_core::foundation::id::{ImportId, PartnerId, PatientId, PersonId, ReferralId};
use baton_core::store::{Label, StoreError, Tx};
use rusqlite::params;

/// A referral as a story tells it. Inbound unless `to` is set.
#[derive(Clone, Default)]
pub(crate) struct Told<'a> {
    pub(crate) received: &'a str,
    pub(crate) from: Option<PartnerId>,
    pub(crate) person: Option<PersonId>,
    pub(crate) to: Option<PartnerId>,
    pub(crate) patient: Option<PatientId>,
    pub(crate) scheduled: Option<&'a str>,
    pub(crate) seen: Option<&'a str>,
    pub(crate) closed: Option<&'a str>,
    pub(crate) outcome: Option<&'a str>,
    pub(crate) reason: Option<&'a str>,
    pub(crate) note: Option<&'a str>,
    pub(crate) amount: Option<i64>,
    pub(crate) answer: Option<&'a str>,
    pub(crate) import: Option<(ImportId, u32)>,
    pub(crate) trashed: bool,
}

/// Writes what `tell` says as one action.
pub(crate) fn tell<T>(practice: &Practice, tell: impl FnOnce(&Tx<'_>) -> Result<T, StoreError>) -> T {
    practice.write(Label::hand("story", "a small world"), tell).expect("a world").value
}

pub(crate) fn partner(tx: &Tx<'_>, name: &str, class: &str, kind: &str) -> PartnerId {
    let id = PartnerId::new();
    tx.execute(
        "INSERT INTO partner (id, class, type, name, name_key, created_at, created_by, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, lower(?4), ?5, ?6, ?5, ?6)",
        params![id, class, kind, name, tx.now, tx.actor.id],
    )
    .expect("a partner");
    id
}

pub(crate) fn person(tx: &Tx<'_>, name: &str, npi: Option<&str>) -> PersonId {
    let id = PersonId::new();
    tx.execute(
        "INSERT INTO person (id, name, name_key, npi, created_at, created_by, changed_at, changed_by)
         VALUES (?1, ?2, lower(?2), ?3, ?4, ?5, ?4, ?5)",
        params![id, name, npi, tx.now, tx.actor.id],
    )
    .expect("a person");
    id
}

pub(crate) fn patient(tx: &Tx<'_>, name: &str, chart: Option<&str>) -> PatientId {
    let id = PatientId::new();
    tx.execute(
        "INSERT INTO patient (id, name, name_key, chart_number, born_on, created_at) VALUES (?1, ?2, lower(?2), ?3, '1960-02-29', ?4)",
        params![id, name, chart, tx.now],
    )
    .expect("a patient");
    id
}

pub(crate) fn import(tx: &Tx<'_>, file: &str) -> ImportId {
    let id = ImportId::new();
    tx.execute(
        "INSERT INTO import_run VALUES (?1, ?2, x'00', 'referrals', 3, ?3)",
        params![id, file, tx.now],
    )
    .expect("an import");
    id
}

pub(crate) fn referral(tx: &Tx<'_>, told: &Told<'_>) -> ReferralId {
    let id = ReferralId::new();
    let patient = told.patient.unwrap_or_else(|| patient(tx, "Somebody Else", None));
    tx.execute(
        "INSERT INTO referral (id, direction, received_on, source_answer, from_partner_id, from_person_id, to_partner_id, patient_id,
             scheduled_on, seen_on, closed_on, outcome, reason, note, amount_cents, import_id, import_record,
             created_at, created_by, changed_at, changed_by, trashed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?18, ?19, ?20)",
        params![
            id,
            if told.to.is_some() { "outbound" } else { "inbound" },
            told.received,
            told.answer.unwrap_or("named"),
            told.from,
            told.person,
            told.to,
            patient,
            told.scheduled,
            told.seen,
            told.closed,
            told.outcome,
            told.reason,
            told.note,
            told.amount,
            told.import.map(|(run, _)| run),
            told.import.map(|(_, record)| record),
            tx.now,
            tx.actor.id,
            told.trashed.then_some(tx.now),
        ],
    )
    .expect("a referral");
    id
}
