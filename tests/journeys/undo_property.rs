//! Any sequence of actions, undone in reverse, leaves the practice as it was.

use std::collections::BTreeMap;

use baton_core::Practice;
use baton_core::foundation::id::{PartnerId, ReferralId};
use baton_core::history::{self, UndoAnswer};
use baton_core::network::{
    self, HowMet, NewAffiliation, NewPartner, NewPerson, PartnerChange, PartnerClass, PartnerType, Party,
};
use baton_core::referrals::process::{self, Reopening};
use baton_core::referrals::{
    self, Closing, Direction, Intake, Outcome, PatientLabel, ReferralChange, ReferralSource, Taken,
};
use baton_core::store::{OnConflict, StoreError};
use baton_core::testing::{day, practice};
use proptest::prelude::*;
use rusqlite::types::Value;

/// Something somebody does. Numbers choose among what is there.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    AddPartner(String, bool),
    AddPerson(usize),
    Rename(usize, String),
    Met(usize),
    Tag(usize, bool),
    Own(usize),
    End(usize),
    TrashPartner(usize),
    RestorePartner(usize),
    Take(usize, String, bool),
    Seen(usize, u32),
    Close(usize),
    Reopen(usize),
    Resource(usize, usize),
    TrashReferral(usize),
    RestoreReferral(usize),
}

pub(crate) fn act() -> impl Strategy<Value = Act> {
    let n = || 0_usize..6;
    let name = || "[A-F][a-c]{1,4}( [G-K][d-f]{1,3})?";
    prop_oneof![
        3 => (name(), any::<bool>()).prop_map(|(name, one)| Act::AddPartner(name, one)),
        2 => n().prop_map(Act::AddPerson),
        2 => (n(), name()).prop_map(|(n, name)| Act::Rename(n, name)),
        1 => n().prop_map(Act::Met),
        2 => (n(), any::<bool>()).prop_map(|(n, on)| Act::Tag(n, on)),
        1 => n().prop_map(Act::Own),
        1 => n().prop_map(Act::End),
        1 => n().prop_map(Act::TrashPartner),
        1 => n().prop_map(Act::RestorePartner),
        5 => (n(), name(), any::<bool>()).prop_map(|(n, name, new)| Act::Take(n, name, new)),
        2 => (n(), 0_u32..20).prop_map(|(n, days)| Act::Seen(n, days)),
        1 => n().prop_map(Act::Close),
        1 => n().prop_map(Act::Reopen),
        1 => (n(), n()).prop_map(|(n, m)| Act::Resource(n, m)),
        1 => n().prop_map(Act::TrashReferral),
        1 => n().prop_map(Act::RestoreReferral),
    ]
}

#[derive(Default)]
pub(crate) struct World {
    pub(crate) partners: Vec<PartnerId>,
    pub(crate) referrals: Vec<ReferralId>,
}

/// Does it. What a rule refuses is simply not done.
pub(crate) fn perform(practice: &Practice, world: &mut World, act: &Act) {
    let partner = |n: usize| world.partners.get(n % world.partners.len().max(1)).copied();
    let referral = |n: usize| world.referrals.get(n % world.referrals.len().max(1)).copied();
    let change = |id: Option<ReferralId>, change: ReferralChange| {
        if let Some(id) = id {
            let _ = referrals::edit(practice, id, &[change], None);
        }
    };
    match act {
        Act::AddPartner(name, one) => {
            let new = if *one {
                NewPartner {
                    individual: Some(NewPerson { name: format!("{name} Smith, MD"), ..NewPerson::default() }),
                    ..NewPartner::named(PartnerClass::Medical, PartnerType::Practitioner, "")
                }
            } else {
                NewPartner::named(PartnerClass::Business, PartnerType::Gym, name)
            };
            let added = network::add_partner(practice, new).expect("a partner").value;
            world.partners.push(added);
        }
        Act::AddPerson(n) => {
            let works_at = partner(*n).map(NewAffiliation::at);
            let _ = network::add_person(
                practice,
                NewPerson { name: "Ana Ruiz, NP".into(), works_at, ..NewPerson::default() },
            );
        }
        Act::Rename(n, name) => {
            if let Some(id) = partner(*n) {
                let _ = network::edit_partner(practice, id, &[PartnerChange::Name(name.clone())], None);
            }
        }
        Act::Met(n) => {
            if let Some(id) = partner(*n) {
                let _ =
                    network::edit_partner(practice, id, &[PartnerChange::HowMet(Some(HowMet::Event))], None);
            }
        }
        Act::Tag(n, on) => {
            let Some(id) = partner(*n) else { return };
            let tag = network::tags(practice).expect("tags").into_iter().next();
            match (on, tag) {
                (false, Some(tag)) => drop(network::untag_partners(practice, &[id], tag.id)),
                _ => drop(network::tag_partners(practice, &[id], "Runs marathons")),
            }
        }
        Act::Own(n) => {
            let ids: Vec<_> = partner(*n).into_iter().collect();
            let _ = network::set_owner(practice, &ids, Some(practice.actor().id));
        }
        Act::End(n) => {
            if let Some(id) = partner(*n) {
                let _ = network::end_partner(practice, id, None, "moved away");
            }
        }
        Act::TrashPartner(n) => {
            let ids: Vec<_> = partner(*n).into_iter().collect();
            let _ = network::trash_partners(practice, &ids, Some("twice"));
        }
        Act::RestorePartner(n) => {
            if let Some(id) = partner(*n) {
                let _ = network::restore(practice, Party::Partner(id));
            }
        }
        Act::Take(n, name, new) => {
            let source = match partner(*n) {
                Some(id) if !new => ReferralSource::Known { partner: Some(id), person: None },
                _ => ReferralSource::NewName { text: name.clone(), class: None },
            };
            let intake = Intake {
                direction: Direction::Inbound,
                source,
                receiver: None,
                patient: PatientLabel { name: format!("P {name}"), chart_number: None, patient: None },
                reason: Some("Knee".into()),
                service_line: None,
                payer: None,
                received_on: Some(day("2026-10-01")),
                urgency: None,
                note: None,
                confirm_duplicate: true,
            };
            if let Ok(Taken::Saved { id, .. }) = referrals::intake(practice, &intake) {
                world.referrals.push(id);
            }
        }
        Act::Seen(n, days) => {
            change(
                referral(*n),
                ReferralChange::SeenOn(
                    day("2026-10-02").checked_add_days(chrono::Days::new(u64::from(*days))),
                ),
            );
        }
        Act::Close(n) => {
            change(
                referral(*n),
                ReferralChange::Closed(Some(Closing { on: day("2026-11-01"), outcome: Outcome::Lost })),
            );
        }
        Act::Reopen(n) => {
            if let Some(id) = referral(*n) {
                let again = Reopening {
                    reason: "again".into(),
                    on: None,
                    holder: None,
                    next_step: None,
                    due_on: None,
                };
                let _ = process::reopen(practice, id, &again);
            }
        }
        Act::Resource(n, m) => {
            if let Some(id) = partner(*m) {
                change(
                    referral(*n),
                    ReferralChange::From(ReferralSource::Known { partner: Some(id), person: None }),
                );
            }
        }
        Act::TrashReferral(n) => {
            if let Some(id) = referral(*n) {
                let _ = referrals::trash(practice, id, None);
            }
        }
        Act::RestoreReferral(n) => {
            if let Some(id) = referral(*n) {
                let _ = referrals::restore(practice, id);
            }
        }
    }
}

const SOURCE: &[&str] = &[
    "practice",
    "profile",
    "setting",
    "person",
    "partner",
    "affiliation",
    "contact_point",
    "address",
    "tag",
    "partner_tag",
    "saved_view",
    "patient",
    "import_run",
    "import_profile",
    "alias",
    "distinct_pair",
    "referral",
    "legal_hold",
    "erasure",
];

pub(crate) fn dump(practice: &Practice, sql: &[String]) -> BTreeMap<String, Vec<Vec<Value>>> {
    practice
        .read(|c| {
            let mut tables = BTreeMap::new();
            for sql in sql {
                let mut statement = c.prepare(sql)?;
                let columns = statement.column_count();
                let rows = statement.query_map([], |row| {
                    (0..columns).map(|i| row.get(i)).collect::<Result<Vec<Value>, _>>()
                })?;
                tables.insert(sql.clone(), rows.collect::<Result<Vec<_>, _>>()?);
            }
            Ok::<_, StoreError>(tables)
        })
        .expect("a dump")
}

pub(crate) fn source_tables(practice: &Practice) -> BTreeMap<String, Vec<Vec<Value>>> {
    dump(
        practice,
        &SOURCE.iter().map(|table| format!("SELECT * FROM {table} ORDER BY 1, 2")).collect::<Vec<_>>(),
    )
}

/// What follows from the source tables, as kept by triggers and as counted from scratch.
fn derived(practice: &Practice) -> [BTreeMap<String, Vec<Vec<Value>>>; 2] {
    let one = |sql: &str| {
        BTreeMap::from([(
            "derived".to_owned(),
            dump(practice, &[sql.to_owned()]).into_values().next().expect("rows"),
        )])
    };
    [
        one("SELECT partner_id, direction, month, received, seen FROM referral_month WHERE received > 0 OR seen <> 0 ORDER BY 1, 2, 3"),
        one("SELECT CASE direction WHEN 'outbound' THEN to_partner_id ELSE from_partner_id END AS p, direction, substr(received_on, 1, 7) AS m,
                    count(*), sum(outcome IS 'seen') FROM referral
             WHERE trashed_at IS NULL AND CASE direction WHEN 'outbound' THEN to_partner_id ELSE from_partner_id END IS NOT NULL
             GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"),
    ]
}

/// Who can be found by quick search, and who should be.
fn findable(practice: &Practice) -> [Vec<Vec<Value>>; 2] {
    let rows = |sql: &str| dump(practice, &[sql.to_owned()]).into_values().next().expect("rows");
    [
        rows("SELECT DISTINCT source_id FROM network_doc d JOIN network_search s ON s.rowid = d.id UNION SELECT patient_id FROM patient_doc ORDER BY 1"),
        rows("SELECT id FROM partner WHERE trashed_at IS NULL UNION SELECT id FROM person WHERE trashed_at IS NULL
              UNION SELECT id FROM contact_point UNION SELECT id FROM patient ORDER BY 1"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn actions_undone_in_reverse_leave_the_practice_as_it_was(acts in proptest::collection::vec(act(), 1..24)) {
        let practice = practice("2026-11-20");
        let mut world = World::default();
        for n in 0..2 {
            perform(&practice, &mut world, &Act::AddPartner(format!("Ground {n}"), n == 1));
        }
        let before = source_tables(&practice);
        let begun = practice.store().head().expect("a head").seq;
        let mut after_each = Vec::new();
        for act in &acts {
            perform(&practice, &mut world, act);
            after_each.push(source_tables(&practice));
        }
        let [kept, counted] = derived(&practice);
        prop_assert_eq!(kept, counted);
        let [found, findable_now] = findable(&practice);
        prop_assert_eq!(found, findable_now);
        let end = practice.store().head().expect("a head").seq;
        for seq in ((begun + 1)..=end).rev() {
            let seq = u32::try_from(seq).expect("small");
            let undone = history::undo(&practice, seq, OnConflict::Ask).expect("undone");
            prop_assert!(matches!(undone, UndoAnswer::Done { .. }), "{} of {:?}: {:?}", seq, &acts, undone);
        }
        prop_assert_eq!(source_tables(&practice), before);
        let [kept, counted] = derived(&practice);
        prop_assert_eq!(kept, counted);
        let [found, findable_now] = findable(&practice);
        prop_assert_eq!(found, findable_now);
        // And forward again, to where it was.
        while !matches!(history::redo_last(&practice).expect("redone"), UndoAnswer::Nothing) {}
        prop_assert_eq!(source_tables(&practice), after_each.pop().expect("at least one"));
        practice.store().verify_history().expect("the chain holds");
        practice.store().check().expect("no reference dangles");
    }
}
