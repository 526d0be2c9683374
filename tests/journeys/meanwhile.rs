//! Two people at one record: the second to save is told what changed and sees both values.

use baton_core::network::{
    self, AffiliationChange, ContactKind, Meanwhile, NetworkError, NewAddress, NewAffiliation,
    NewContactPoint, NewPartner, NewPerson, PartnerClass, PartnerType, PartnerView, Party, PersonChange,
    PersonRole,
};
use baton_core::referrals::{self, ReferralChange, ReferralError};
use baton_core::testing::practice;

use crate::world::{self, Told, tell};

fn both<T: std::fmt::Debug>(refused: Result<T, NetworkError>) -> Vec<(String, String, String)> {
    match refused {
        Err(NetworkError::ChangedMeanwhile(fields)) => told(fields),
        other => panic!("not refused: {other:?}"),
    }
}

fn told(fields: Vec<Meanwhile>) -> Vec<(String, String, String)> {
    fields.into_iter().map(|field| (field.field, field.yours, field.theirs)).collect()
}

fn one(field: &str, yours: &str, theirs: &str) -> Vec<(String, String, String)> {
    vec![(field.into(), yours.into(), theirs.into())]
}

#[test]
fn a_stale_edit_of_every_record_of_the_network_names_both_values() {
    let practice = practice("2026-11-25");
    let p = &practice;
    let partner =
        network::add_partner(p, NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, "Pine"))
            .expect("added")
            .value;
    let person = NewPerson {
        name: "Keiko Ito".into(),
        works_at: Some(NewAffiliation::at(partner)),
        ..NewPerson::default()
    };
    let person = network::add_person(p, person).expect("added").value;

    let phone = |value: &str| NewContactPoint {
        kind: ContactKind::Phone,
        value: value.into(),
        label: String::new(),
        is_primary: true,
    };
    let point =
        network::add_contact_point(p, Party::Partner(partner), &phone("207-555-0100")).expect("added");
    let seen = phone("207-555-0100");
    network::edit_contact_point(p, point.value, &phone("207-555-0101"), Some(&seen)).expect("the first");
    let second = network::edit_contact_point(p, point.value, &phone("207-555-0102"), Some(&seen));
    assert_eq!(both(second), one("value", "207-555-0102", "207-555-0101"));
    network::edit_contact_point(p, point.value, &phone("207-555-0101"), Some(&seen))
        .expect("both say the same");

    let place = |city: &str| NewAddress { city: city.into(), is_primary: true, ..NewAddress::default() };
    let address = network::add_address(p, Party::Partner(partner), &place("Portland")).expect("added").value;
    network::edit_address(p, address, &place("Saco"), Some(&place("Portland"))).expect("the first");
    let second = network::edit_address(p, address, &place("Bath"), Some(&place("Portland")));
    assert_eq!(both(second), one("city", "Bath", "Saco"));

    let page = network::partner(p, partner).expect("a page");
    let link = page.people[0].affiliation.expect("works there");
    let role = |role| [AffiliationChange::Role(role)];
    network::edit_affiliation(p, link, &role(Some(PersonRole::Nurse)), &role(None)).expect("the first");
    let second = network::edit_affiliation(p, link, &role(Some(PersonRole::Owner)), &role(None));
    assert_eq!(both(second), one("role", "Owner", "Nurse"));

    network::tag_partners(p, &[partner], "Lunch").expect("tagged");
    let tag = network::tags(p).expect("tags")[0].id;
    network::rename_tag(p, tag, "Dinner", Some("Lunch")).expect("the first");
    assert_eq!(
        both(network::rename_tag(p, tag, "Breakfast", Some("Lunch"))),
        one("name", "Breakfast", "Dinner")
    );

    let view = PartnerView::default();
    let saved = network::save_partner_view(p, None, "Mine", &view, None).expect("saved").value;
    network::rename_view(p, saved, "Ours", Some("Mine")).expect("the first");
    assert_eq!(both(network::rename_view(p, saved, "Theirs", Some("Mine"))), one("name", "Theirs", "Ours"));
    let down = PartnerView { descending: true, ..view.clone() };
    network::save_partner_view(p, Some(saved), "Ours", &down, Some(&view)).expect("the first");
    let columns = PartnerView { columns: vec!["name".into()], ..view.clone() };
    let second = both(network::save_partner_view(p, Some(saved), "Ours", &columns, Some(&view)));
    assert_eq!(second[0].0, "view");

    let stamp = network::person(p, person).expect("a page").changed_at - 1;
    let second =
        network::edit_person(p, person, &[PersonChange::Specialty(Some("Hands".into()))], Some(stamp));
    assert_eq!(both(second), one("specialty", "Hands", ""));
}

#[test]
fn a_stale_edit_of_a_referral_names_both_values() {
    let practice = practice("2026-11-25");
    let id = tell(&practice, |tx| {
        let from = world::partner(tx, "Pine", "medical", "primary_care");
        Ok(world::referral(
            tx,
            &Told { received: "2026-11-01", from: Some(from), reason: Some("Knee"), ..Told::default() },
        ))
    });
    let stamp = referrals::referral(&practice, id).expect("a page").changed_at;
    let reason = |text: &str| [ReferralChange::Reason(Some(text.into()))];
    match referrals::edit(&practice, id, &reason("Hip"), Some(stamp - 1)) {
        Err(ReferralError::ChangedMeanwhile(fields)) => {
            assert_eq!(told(fields), one("reason", "Hip", "Knee"))
        }
        other => panic!("not refused: {other:?}"),
    }
    referrals::edit(&practice, id, &reason("Knee"), Some(stamp - 1)).expect("nothing to disagree about");
    referrals::edit(&practice, id, &reason("Hip"), Some(stamp)).expect("the newest is seen");
}
