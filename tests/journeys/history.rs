//! Every change in plain words.

use baton_core::history::{self, ChangeKind, HistoryError, HistoryQuery, Shown, Side};
use baton_core::network::{
    NewAffiliation, NewPartner, NewPerson, PartnerChange, PartnerClass, PartnerType, add_partner, add_person,
    edit_partner,
};
use baton_core::referrals::{self, Direction, Intake, PatientLabel, ReferralChange, ReferralSource, Taken};
use baton_core::store::{OnConflict, Room};
use baton_core::testing::{day, practice};

#[test]
fn a_record_tells_its_own_history_field_by_field() {
    let practice = practice("2026-11-02");
    let id = add_partner(
        &practice,
        NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, "Pine Hollow"),
    )
    .expect("added")
    .value;
    let person = NewPerson {
        name: "Keiko Ito, MD".into(),
        works_at: Some(NewAffiliation::at(id)),
        ..NewPerson::default()
    };
    add_person(&practice, person).expect("a person");
    edit_partner(&practice, id, &[PartnerChange::Name("Pine Hollow Family Medicine".into())], None)
        .expect("edited");
    let told = history::record_history(&practice, id.into(), None, 0).expect("history");
    let actions: Vec<&str> = told.rows.iter().map(|entry| entry.row.action.as_str()).collect();
    assert_eq!(actions, ["partner_edit", "person_add", "partner_add"]);

    let edit = &told.rows[0];
    assert_eq!(edit.row.actor_name, "Maren Okafor");
    let fields: Vec<_> = edit.records[0]
        .fields
        .iter()
        .map(|f| (f.field.as_str(), f.before.clone(), f.after.clone()))
        .collect();
    let text = |t: &str| Some(Shown::Text(t.into()));
    assert_eq!(fields, [("partner.name", text("Pine Hollow"), text("Pine Hollow Family Medicine"))]);

    // The person came with a place of work here; only that belongs to this record.
    let joined = &told.rows[1].records;
    assert_eq!(joined.len(), 1, "{joined:?}");
    assert_eq!((joined[0].kind.as_str(), joined[0].change), ("affiliation", ChangeKind::Added));
    assert!(
        joined[0].name.contains("Keiko Ito") && joined[0].name.contains("Pine Hollow"),
        "{}",
        joined[0].name
    );
    assert!(told.rows[2].records[0].fields.iter().any(|f| f.after == Some(Shown::Code("medical".into()))));
}

#[test]
fn history_is_paged_filtered_and_searched() {
    let practice = practice("2026-11-02");
    for name in ["Pine Hollow", "Lowmoor 100%", "Millrace"] {
        add_partner(&practice, NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, name))
            .expect("added");
    }
    let all = |query: HistoryQuery| history::entries(&practice, &query).expect("entries");
    let first = all(HistoryQuery { limit: 2, ..HistoryQuery::default() });
    let second = all(HistoryQuery { limit: 2, cursor: first.next, ..HistoryQuery::default() });
    let seqs: Vec<u32> = first.rows.iter().chain(&second.rows).map(|row| row.seq).collect();
    assert_eq!(seqs, [4, 3, 2, 1]);
    assert_eq!(second.next, None);
    assert_eq!(all(HistoryQuery { text: Some("hollow".into()), ..HistoryQuery::default() }).rows.len(), 1);
    assert_eq!(all(HistoryQuery { text: Some("100%".into()), ..HistoryQuery::default() }).rows.len(), 1);
    assert_eq!(all(HistoryQuery { room: Some(Room::Network), ..HistoryQuery::default() }).rows.len(), 3);
    assert_eq!(
        all(HistoryQuery { actor: Some(practice.actor().id), ..HistoryQuery::default() }).rows.len(),
        4
    );
    history::undo(&practice, 4, OnConflict::Ask).expect("undone");
    let newest = &all(HistoryQuery::default()).rows;
    assert_eq!(
        (newest[0].action.as_str(), newest[0].of_action.as_deref(), newest[0].undoes),
        ("undo", Some("partner_add"), Some(4))
    );
    assert!(newest[1].undone && !newest[1].can_undo);
    // What is gone keeps its name.
    let gone = history::entry(&practice, 4).expect("the entry");
    assert_eq!(gone.records[0].name, "Millrace");
}

#[test]
fn one_field_is_put_back_as_a_new_change() {
    let practice = practice("2026-11-02");
    let id = add_partner(
        &practice,
        NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, "Pine Hollow"),
    )
    .expect("added")
    .value;
    let both = [PartnerChange::Name("Pine Hollow FM".into()), PartnerChange::Notes(Some("kept".into()))];
    let seq = edit_partner(&practice, id, &both, None).expect("edited").entry.expect("an entry").seq;
    history::restore_field(&practice, id.into(), "partner.name", seq, Side::Before).expect("put back");
    let (name, key, notes): (String, String, String) = practice
        .read(|c| {
            Ok::<_, baton_core::store::StoreError>(c.query_row(
                "SELECT name, name_key, notes FROM partner WHERE id = ?1",
                [id],
                |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)),
            )?)
        })
        .expect("the partner");
    assert_eq!((name.as_str(), key.as_str(), notes.as_str()), ("Pine Hollow", "pine hollow", "kept"));
    let none = history::restore_field(&practice, id.into(), "partner.npi", seq, Side::Before);
    assert!(matches!(none, Err(HistoryError::Missing)), "{none:?}");
    let stamp = history::restore_field(&practice, id.into(), "partner.changed_at", seq, Side::Before);
    assert!(matches!(stamp, Err(HistoryError::NotRestorable(_))), "{stamp:?}");
}

#[test]
fn a_referral_keeps_to_its_rules_on_the_way_back() {
    let practice = practice("2026-11-02");
    let intake = Intake {
        direction: Direction::Inbound,
        source: ReferralSource::DoesNotKnow,
        receiver: None,
        patient: PatientLabel { name: "Rosalind Achterberg".into(), chart_number: None, patient: None },
        reason: Some("Knee".into()),
        service_line: None,
        payer: None,
        received_on: Some(day("2026-10-01")),
        urgency: None,
        note: None,
        confirm_duplicate: false,
    };
    let Taken::Saved { id, .. } = referrals::intake(&practice, &intake).expect("taken") else {
        panic!("no duplicate")
    };
    let change =
        |c| referrals::edit(&practice, id, &[c], None).expect("changed").entry.expect("an entry").seq;
    let early = change(ReferralChange::SeenOn(Some(day("2026-10-03"))));
    change(ReferralChange::SeenOn(None));
    change(ReferralChange::ReceivedOn(day("2026-10-10")));
    let back = history::restore_field(&practice, id.into(), "referral.seen_on", early, Side::After);
    assert!(matches!(back, Err(HistoryError::Refused(_))), "{back:?}");
    change(ReferralChange::ReceivedOn(day("2026-10-01")));
    history::restore_field(&practice, id.into(), "referral.seen_on", early, Side::After).expect("put back");
    assert_eq!(referrals::referral(&practice, id).expect("the page").row.seen_on, Some(day("2026-10-03")));
    // Its history tells whose referral it is and knows the patient's own changes too.
    let told = history::record_history(&practice, id.into(), None, 100).expect("history");
    assert!(told.rows.iter().all(|entry| entry.row.subject == "Rosalind Achterberg"));
    let added = told.rows.last().expect("the intake");
    let kinds: Vec<&str> = added.records.iter().map(|r| r.kind.as_str()).collect();
    assert!(kinds.contains(&"patient") && kinds.contains(&"referral"), "{kinds:?}");
}

#[test]
fn a_draft_survives_and_is_not_part_of_history() {
    let practice = practice("2026-11-02");
    let before = practice.store().head().expect("a head");
    assert_eq!(history::draft_get(&practice, "intake").expect("none"), None);
    history::draft_save(&practice, "intake", "{\"patient\":\"R\"}").expect("saved");
    history::draft_save(&practice, "intake", "{\"patient\":\"Ro\"}").expect("saved");
    assert_eq!(
        history::draft_get(&practice, "intake").expect("one").expect("one").body,
        "{\"patient\":\"Ro\"}"
    );
    history::draft_clear(&practice, "intake").expect("cleared");
    assert_eq!(history::draft_get(&practice, "intake").expect("none"), None);
    assert_eq!(practice.store().head().expect("a head"), before);
}
