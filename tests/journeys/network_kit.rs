//! What the stories about the network share.

use baton_core::foundation::id::{PartnerId, PatientId, PersonId, ReferralId};
use baton_core::network::{NewPartner, NewPerson, PartnerClass, PartnerType, add_partner, add_person};
use baton_core::store::{Label, OnConflict, StoreError, Undone};
use baton_core::{Practice, testing};
use rusqlite::params;

/// Everything the network's source tables hold, row by row, without the stamps of the last change.
pub fn dump(practice: &Practice) -> Vec<String> {
    const TABLES: [&str; 9] = [
        "SELECT quote(id), class, type, name, name_key, quote(individual_id), quote(parent_id), quote(npi), quote(specialty), quote(how_met),
            quote(how_met_on), quote(how_met_place), quote(how_met_note), quote(introducer_id), quote(owner_id), quote(ended_on),
            quote(ended_reason), quote(notes), quote(trashed_at), quote(trashed_by), quote(trash_reason) FROM partner ORDER BY id",
        "SELECT quote(id), given, middle, family, credentials, name, name_key, quote(npi), quote(specialty), quote(role),
            quote(first_name_terms), quote(connection_note), quote(notes), quote(trashed_at) FROM person ORDER BY id",
        "SELECT quote(id), quote(person_id), quote(partner_id), quote(role), quote(decides), quote(usually_picks), quote(is_primary),
            quote(from_on), quote(to_on) FROM affiliation ORDER BY id",
        "SELECT quote(id), quote(partner_id), quote(person_id), kind, value, search, label, quote(is_primary) FROM contact_point ORDER BY id",
        "SELECT quote(id), quote(partner_id), quote(person_id), kind, street, city, zip, quote(is_primary) FROM address ORDER BY id",
        "SELECT quote(id), name, name_key FROM tag ORDER BY id",
        "SELECT quote(partner_id), quote(tag_id) FROM partner_tag ORDER BY 1, 2",
        "SELECT quote(id), list, name, definition, quote(position) FROM saved_view ORDER BY id",
        "SELECT quote(one_id), quote(other_id) FROM distinct_pair ORDER BY 1, 2",
    ];
    practice
        .read(|conn| {
            let mut all = Vec::new();
            for sql in TABLES {
                let mut statement = conn.prepare(sql)?;
                let columns = statement.column_count();
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    let cells: Vec<String> = (0..columns).map(|c| row.get(c)).collect::<Result<_, _>>()?;
                    all.push(cells.join("|"));
                }
            }
            Ok::<_, StoreError>(all)
        })
        .expect("the tables")
}

/// Takes the last change back.
pub fn undo_last(practice: &Practice) {
    let head = practice.store().head().expect("a head");
    let seq = u32::try_from(head.seq).expect("a number");
    match practice.store().undo(practice.actor(), seq, OnConflict::Ask).expect("undone") {
        Undone::Done { conflicts, .. } => assert!(conflicts.is_empty(), "{conflicts:?}"),
        Undone::Conflicts(conflicts) => panic!("{conflicts:?}"),
    }
}

/// A primary-care practice of this name.
pub fn partner(practice: &Practice, name: &str) -> PartnerId {
    add_partner(practice, NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, name))
        .expect("added")
        .value
}

/// A person of this name.
pub fn person(practice: &Practice, name: &str) -> PersonId {
    add_person(practice, NewPerson { name: name.into(), ..NewPerson::default() }).expect("added").value
}

/// Referrals received from a partner on these days, or sent to it.
pub fn refer(practice: &Practice, partner: PartnerId, direction: &str, days: &[&str]) -> Vec<ReferralId> {
    practice
        .write(Label::hand("referral_add", ""), |tx| {
            let patient = PatientId::new();
            tx.execute("INSERT INTO patient (id, name, name_key, created_at) VALUES (?1, 'Zz Test', 'test zz', 0)", [patient])?;
            let mut all = Vec::new();
            for day in days {
                let id = ReferralId::new();
                let (from, to) = if direction == "outbound" { (None, Some(partner)) } else { (Some(partner), None) };
                tx.execute(
                    "INSERT INTO referral (id, direction, received_on, from_partner_id, to_partner_id, patient_id, created_at, created_by,
                         changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, x'00', 0, x'00')",
                    params![id, direction, day, from, to, patient],
                )?;
                all.push(id);
            }
            Ok::<_, StoreError>(all)
        })
        .expect("referred")
        .value
}

/// The practice of a day.
pub fn practice() -> testing::TestPractice {
    testing::practice("2026-11-02")
}

/// The same practice on another day.
pub fn on_another_day(practice: testing::TestPractice, today: &str) -> (Practice, tempfile::TempDir) {
    let testing::TestPractice { practice, folder } = practice;
    let actor = practice.actor().clone();
    drop(practice);
    (Practice::new(testing::reopened(folder.path(), today).expect("opened"), actor), folder)
}
