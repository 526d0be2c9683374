//! The SQL of what is known about somebody before they are given anything.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PersonId, RecordId};
use crate::gratitude::kinds::{EmployerPolicy, Exclusion, Known, RecipientKind};
use crate::gratitude::notes::GiftNote;
use crate::network::Party;
use crate::store::{StoreError, Tx};

/// Somebody's name, NPI, and whether it is a patient.
pub(in crate::gratitude) struct Named {
    pub(in crate::gratitude) name: String,
    pub(in crate::gratitude) npi: bool,
}

pub(in crate::gratitude) fn person(conn: &Connection, id: PersonId) -> Result<Option<Named>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT name, npi IS NOT NULL FROM main.person WHERE id = ?1")?
        .query_row([id], |row| Ok(Named { name: row.get(0)?, npi: row.get(1)? }))
        .optional()?)
}

pub(in crate::gratitude) fn partner(conn: &Connection, id: PartnerId) -> Result<Option<Named>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT name, npi IS NOT NULL FROM main.partner WHERE id = ?1")?
        .query_row([id], |row| Ok(Named { name: row.get(0)?, npi: row.get(1)? }))
        .optional()?)
}

pub(in crate::gratitude) fn profile(conn: &Connection, id: RecordId) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT name FROM profile WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

/// The name of a person or partner; nothing if neither has this id.
pub(in crate::gratitude) fn name(conn: &Connection, id: RecordId) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT name FROM main.person WHERE id = ?1 UNION ALL SELECT name FROM main.partner WHERE id = ?1 LIMIT 1",
        )?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

const NOTE: &str = "SELECT likes, avoids, hobbies, ideas, policy, policy_cents, federal, exclusion, exclusion_on FROM main.gift_note ";

fn note(row: &Row<'_>) -> rusqlite::Result<GiftNote> {
    let policy: Option<String> = row.get(4)?;
    let policy = match policy.as_deref() {
        Some("nothing") => EmployerPolicy::Nothing,
        Some("up_to") => EmployerPolicy::UpTo(row.get(5)?),
        Some("ask") => EmployerPolicy::Ask,
        _ => EmployerPolicy::NotOnFile,
    };
    let exclusion: Option<String> = row.get(7)?;
    let exclusion = match exclusion.as_deref() {
        Some("clear") => Exclusion::Clear,
        Some("listed") => Exclusion::Listed,
        Some("same_name") => Exclusion::SameName,
        _ => Exclusion::NotChecked,
    };
    Ok(GiftNote {
        likes: row.get(0)?,
        avoids: row.get(1)?,
        hobbies: row.get(2)?,
        ideas: row.get(3)?,
        policy,
        federal: row.get::<_, Option<Known>>(6)?.unwrap_or_default(),
        exclusion,
        exclusion_on: row.get::<_, Option<Day>>(8)?.map(|day| day.0),
    })
}

/// What is on file about somebody.
pub(in crate::gratitude) fn of(conn: &Connection, id: RecordId) -> Result<Option<GiftNote>, StoreError> {
    Ok(conn.prepare_cached(&format!("{NOTE} WHERE id = ?1"))?.query_row([id], note).optional()?)
}

pub(in crate::gratitude) fn put(tx: &Tx<'_>, of: Party, note: &GiftNote) -> Result<(), StoreError> {
    let (id, partner, person): (RecordId, Option<PartnerId>, Option<PersonId>) = match of {
        Party::Partner(id) => (id.0, Some(id), None),
        Party::Person(id) => (id.0, None, Some(id)),
    };
    let (policy, cents) = match note.policy {
        EmployerPolicy::NotOnFile => (None, None),
        EmployerPolicy::Nothing => (Some("nothing"), None),
        EmployerPolicy::UpTo(cents) => (Some("up_to"), Some(cents)),
        EmployerPolicy::Ask => (Some("ask"), None),
    };
    let exclusion = match note.exclusion {
        Exclusion::NotChecked => None,
        Exclusion::Clear => Some("clear"),
        Exclusion::Listed => Some("listed"),
        Exclusion::SameName => Some("same_name"),
    };
    let federal = Some(note.federal).filter(|federal| *federal != Known::Unknown);
    tx.prepare_cached(
        "INSERT INTO gift_note (id, partner_id, person_id, likes, avoids, hobbies, ideas, policy, policy_cents, federal, exclusion,
             exclusion_on, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
         ON CONFLICT (id) DO UPDATE SET likes = ?4, avoids = ?5, hobbies = ?6, ideas = ?7, policy = ?8, policy_cents = ?9,
             federal = ?10, exclusion = ?11, exclusion_on = ?12, changed_at = ?13, changed_by = ?14",
    )?
    .execute(params![
        id,
        partner,
        person,
        note.likes,
        note.avoids,
        note.hobbies,
        note.ideas,
        policy,
        cents,
        federal,
        exclusion,
        note.exclusion_on.map(Day),
        tx.now,
        tx.actor.id
    ])?;
    Ok(())
}

/// The person an individual partner is.
pub(in crate::gratitude) fn individual(
    conn: &Connection,
    id: PartnerId,
) -> Result<Option<PersonId>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT individual_id FROM main.partner WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?
        .flatten())
}

/// What a partner is; nothing for an advertisement or a web site.
pub(in crate::gratitude) fn kind_of_partner(
    conn: &Connection,
    id: PartnerId,
) -> Result<Option<RecipientKind>, StoreError> {
    let class: Option<String> = conn
        .prepare_cached("SELECT class FROM main.partner WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    Ok(match class.as_deref() {
        Some("patient") => Some(RecipientKind::Patient),
        Some("medical" | "business") => Some(RecipientKind::Business),
        _ => None,
    })
}

/// What a person is: as a physician or with a doctor's letters, a physician; working for a medical partner,
/// somebody who works for a physician; any other, another professional.
pub(in crate::gratitude) fn kind_of_person(
    conn: &Connection,
    id: PersonId,
) -> Result<RecipientKind, StoreError> {
    const DOCTORS: [&str; 7] = ["md", "do", "dds", "dmd", "dpm", "od", "dc"];
    let (role, credentials, medical): (Option<String>, String, bool) = conn
        .prepare_cached(
            "SELECT p.role, p.credentials, EXISTS (
                 SELECT 1 FROM main.affiliation a JOIN main.partner k ON k.id = a.partner_id
                 WHERE a.person_id = p.id AND a.to_on IS NULL AND k.class = 'medical')
             FROM main.person p WHERE p.id = ?1",
        )?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let letters = credentials.to_lowercase().replace('.', "");
    let doctor = letters.split([',', ' ', '/']).any(|one| DOCTORS.contains(&one));
    Ok(match (doctor || role.as_deref() == Some("physician"), medical) {
        (true, _) => RecipientKind::Physician,
        (false, true) => RecipientKind::PhysicianStaff,
        (false, false) => RecipientKind::OtherProfessional,
    })
}
