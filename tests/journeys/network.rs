//! Partners and people: added, changed, linked, tagged, thrown away and brought back.

use baton_core::network::*;
use baton_core::testing::day;

use crate::network_kit::{dump, partner, person, practice, refer, undo_last};

fn phone(value: &str) -> NewContactPoint {
    NewContactPoint { kind: ContactKind::Phone, value: value.into(), label: String::new(), is_primary: false }
}

fn address(city: &str, zip: &str) -> NewAddress {
    NewAddress {
        street: "12 Elm St".into(),
        city: city.into(),
        state: "ME".into(),
        zip: zip.into(),
        ..NewAddress::default()
    }
}

fn pine_hollow() -> NewPartner {
    NewPartner {
        npi: Some("1234567893".into()),
        contact_points: vec![phone("(207) 555-0133"), phone("207-555-0134")],
        addresses: vec![address("Alder", "04102")],
        beginning: Beginning {
            how: Some(HowMet::Introduced),
            on: Some(day("2025-03-01")),
            ..Beginning::default()
        },
        tags: vec!["Runs marathons".into()],
        notes: Some("Calls before noon.".into()),
        ..NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, "Pine Hollow Family Medicine")
    }
}

#[test]
fn a_partner_is_added_in_one_action_and_its_page_shows_everything() {
    let practice = practice();
    let added = add_partner(&practice, pine_hollow()).expect("added");
    assert_eq!(added.entry.expect("one entry").subject, "Pine Hollow Family Medicine");
    refer(&practice, added.value, "inbound", &["2026-10-01", "2026-10-15", "2025-01-05"]);
    refer(&practice, added.value, "outbound", &["2026-09-09"]);

    let page = baton_core::network::partner(&practice, added.value).expect("a page");
    assert_eq!(page.header.name, "Pine Hollow Family Medicine");
    assert_eq!((page.header.city.as_str(), page.header.status), ("Alder", Status::Active));
    assert_eq!(page.header.tags.len(), 1);
    assert_eq!(page.contact_points.iter().filter(|point| point.is_primary).count(), 1, "one first number");
    assert_eq!(
        (page.counts.received_year, page.counts.sent_year, page.counts.received, page.counts.days_silent),
        (2, 1, 3, Some(18))
    );
    assert_eq!(
        (page.counts.first_on, page.counts.last_on),
        (Some(day("2025-01-05")), Some(day("2026-10-15")))
    );
    assert_eq!(page.months.len(), 24);
    assert_eq!(page.months[22], PartnerMonth { month: "2026-10".into(), received: 2, sent: 0 });
    assert_eq!(page.beginning.how, Some(HowMet::Introduced));
    assert_eq!(
        page.completeness.missing,
        [RequiredItem::FaxOrEmail, RequiredItem::Person, RequiredItem::Owner],
        "a page says what is missing"
    );
}

#[test]
fn what_can_not_be_kept_is_refused_beside_its_field() {
    let practice = practice();
    let refused = |new: NewPartner| match add_partner(&practice, new) {
        Err(NetworkError::Invalid { field, problem }) => {
            assert!(!problem.is_empty());
            field
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(NewPartner { name: "  ".into(), ..pine_hollow() }), "name");
    assert_eq!(refused(NewPartner { npi: Some("1234567890".into()), ..pine_hollow() }), "npi");
    assert_eq!(refused(NewPartner { partner_type: PartnerType::Gym, ..pine_hollow() }), "type");
    assert_eq!(refused(NewPartner { addresses: vec![address("Alder", "410")], ..pine_hollow() }), "zip");
    let tomorrow = Beginning { on: Some(day("2026-11-03")), ..Beginning::default() };
    assert_eq!(refused(NewPartner { beginning: tomorrow, ..pine_hollow() }), "howMetOn");
    assert_eq!(partner_counts(&practice).expect("counts").total, 0, "nothing was written");
}

#[test]
fn a_partner_that_is_one_person_shares_its_name_both_ways() {
    let practice = practice();
    let new = NewPartner {
        individual: Some(NewPerson::default()),
        ..NewPartner::named(PartnerClass::Medical, PartnerType::Practitioner, "Priscilla Vane, DO")
    };
    let id = add_partner(&practice, new).expect("added").value;
    let page = baton_core::network::partner(&practice, id).expect("a page");
    let who = page.header.individual.expect("a person");
    assert_eq!((page.people.len(), page.people[0].id), (1, who));

    edit_partner(&practice, id, &[PartnerChange::Name("Priscilla Vane-Holt, DO".into())], None)
        .expect("edited");
    let shown = baton_core::network::person(&practice, who).expect("the person");
    assert_eq!((shown.name.as_str(), shown.parts.family.as_str()), ("Priscilla Vane-Holt, DO", "Vane-Holt"));

    edit_person(&practice, who, &[PersonChange::Credentials("MD".into())], None).expect("edited");
    assert_eq!(
        baton_core::network::partner(&practice, id).expect("a page").header.name,
        "Priscilla Vane-Holt, MD"
    );
}

#[test]
fn fields_changed_by_somebody_else_meanwhile_are_shown_and_not_overwritten() {
    let practice = practice();
    let id = partner(&practice, "Pine Hollow");
    let read = baton_core::network::partner(&practice, id).expect("a page").header.changed_at;
    // The clock of the test stands still, so a stale stamp is one of another moment.
    let stale = Some(read - 1);
    let change = [PartnerChange::Name("Pine Hollow Medical".into())];
    match edit_partner(&practice, id, &change, stale) {
        Err(NetworkError::ChangedMeanwhile(fields)) => {
            assert_eq!(fields.len(), 1);
            assert_eq!(
                (fields[0].yours.as_str(), fields[0].theirs.as_str()),
                ("Pine Hollow Medical", "Pine Hollow")
            );
        }
        other => panic!("{other:?}"),
    }
    let same = [PartnerChange::Name("Pine Hollow".into())];
    assert!(
        edit_partner(&practice, id, &same, stale).expect("the same value is no conflict").entry.is_none()
    );
    edit_partner(&practice, id, &change, Some(read)).expect("fresh");
    edit_partner(&practice, id, &[PartnerChange::Name("Pine".into())], None)
        .expect("overwrites without a stamp");
}

#[test]
fn an_organisation_never_belongs_to_itself() {
    let practice = practice();
    let (top, site) = (partner(&practice, "Harbor Health"), partner(&practice, "Harbor Health North"));
    edit_partner(&practice, site, &[PartnerChange::Parent(Some(top))], None).expect("a site");
    for (id, parent) in [(top, site), (top, top)] {
        let refused = edit_partner(&practice, id, &[PartnerChange::Parent(Some(parent))], None);
        assert!(matches!(refused, Err(NetworkError::Invalid { field: "parent", .. })));
    }
    assert_eq!(baton_core::network::partner(&practice, top).expect("a page").sites[0].id, site);
}

#[test]
fn a_person_has_one_main_place_at_a_time() {
    let practice = practice();
    let (one, two) = (partner(&practice, "Pine Hollow"), partner(&practice, "Cove Street"));
    let who = person(&practice, "Keiko Ito, MD");
    let at_one = affiliate(&practice, who, &NewAffiliation::at(one)).expect("works").value;
    let at_two = affiliate(&practice, who, &NewAffiliation { is_primary: true, ..NewAffiliation::at(two) })
        .expect("works")
        .value;
    let main = || -> Vec<_> {
        let places = baton_core::network::person(&practice, who).expect("a person").places;
        places.into_iter().filter(|place| place.is_primary).map(|place| place.affiliation).collect()
    };
    assert_eq!(main(), [at_two], "the one chosen");
    end_affiliation(&practice, at_two, Some(day("2026-10-01"))).expect("ended");
    assert_eq!(main(), [at_one], "a place left is not the main one");
    edit_affiliation(&practice, at_two, &[AffiliationChange::Primary(true)], &[]).expect("chosen again");
    assert_eq!(main(), [at_two]);
    undo_last(&practice);
    assert_eq!(main(), [at_one]);
    remove_affiliation(&practice, at_one).expect("removed");
    assert_eq!(main(), [at_two]);
    let again = affiliate(&practice, who, &NewAffiliation::at(two));
    assert!(again.is_ok(), "somebody may come back");
    let twice = affiliate(&practice, who, &NewAffiliation::at(two));
    assert!(matches!(twice, Err(NetworkError::Invalid { field: "partner", .. })));
    let backwards = [AffiliationChange::FromOn(Some(day("2026-10-02")))];
    assert!(matches!(
        edit_affiliation(&practice, at_two, &backwards, &[]),
        Err(NetworkError::Invalid { field: "toOn", .. })
    ));
}

#[test]
fn people_who_choose_stand_first_on_a_partners_page() {
    let practice = practice();
    let id = partner(&practice, "Pine Hollow");
    let decides = Influence { decides: true, ..Influence::default() };
    for (name, influence) in [("Ada Aho", Influence::default()), ("Rosa Stroud", decides)] {
        let works_at = Some(NewAffiliation {
            influence,
            role: Some(PersonRole::ReferralCoordinator),
            ..NewAffiliation::at(id)
        });
        add_person(&practice, NewPerson { name: name.into(), works_at, ..NewPerson::default() })
            .expect("added");
    }
    let names: Vec<String> = baton_core::network::partner(&practice, id)
        .expect("a page")
        .people
        .into_iter()
        .map(|person| person.name)
        .collect();
    assert_eq!(names, ["Rosa Stroud", "Ada Aho"]);
}

#[test]
fn the_first_number_of_a_kind_is_replaced_when_it_goes() {
    let practice = practice();
    let id = partner(&practice, "Pine Hollow");
    let of = Party::Partner(id);
    let first = add_contact_point(&practice, of, &phone("207-555-0101")).expect("added").value;
    let second = add_contact_point(&practice, of, &phone("207-555-0102")).expect("added").value;
    let primary = || {
        let points = baton_core::network::partner(&practice, id).expect("a page").contact_points;
        points.into_iter().find(|point| point.is_primary).map(|point| point.id)
    };
    assert_eq!(primary(), Some(first));
    remove_contact_point(&practice, first).expect("removed");
    assert_eq!(primary(), Some(second));
    undo_last(&practice);
    assert_eq!(primary(), Some(first));
    edit_contact_point(
        &practice,
        second,
        &NewContactPoint { is_primary: true, ..phone("207-555-0109") },
        None,
    )
    .expect("edited");
    assert_eq!(primary(), Some(second));
    assert!(matches!(
        add_contact_point(&practice, of, &phone(" ")),
        Err(NetworkError::Invalid { field: "value", .. })
    ));
}

#[test]
fn the_city_of_the_list_follows_the_main_address() {
    let practice = practice();
    let id = partner(&practice, "Pine Hollow");
    let city = || partners(&practice, &PartnerQuery::default()).expect("a list").rows[0].city.clone();
    let first = add_address(&practice, Party::Partner(id), &address("Alder", "04102")).expect("added").value;
    add_address(
        &practice,
        Party::Partner(id),
        &NewAddress { is_primary: true, ..address("Port Ansel", "04103") },
    )
    .expect("added");
    assert_eq!(city(), "Port Ansel");
    edit_address(&practice, first, &NewAddress { is_primary: true, ..address("Birchfield", "04104") }, None)
        .expect("edited");
    assert_eq!(city(), "Birchfield");
    remove_address(&practice, first).expect("removed");
    assert_eq!(city(), "Port Ansel");
}

#[test]
fn ending_a_relationship_needs_a_reason_and_can_be_taken_up_again() {
    let practice = practice();
    let id = partner(&practice, "Pine Hollow");
    assert!(matches!(
        end_partner(&practice, id, None, " "),
        Err(NetworkError::Invalid { field: "endedReason", .. })
    ));
    end_partner(&practice, id, None, "Moved to Oregon").expect("ended");
    let status = || baton_core::network::partner(&practice, id).expect("a page").header.status;
    assert_eq!(status(), Status::Ended);
    assert_eq!(partners(&practice, &PartnerQuery::default()).expect("a list").rows[0].status, Status::Ended);
    reopen_partner(&practice, id).expect("open again");
    assert_eq!(status(), Status::Prospect);
}

#[test]
fn tags_go_on_many_partners_as_one_action() {
    let practice = practice();
    let all: Vec<_> = (0..7).map(|n| partner(&practice, &format!("Partner {n}"))).collect();
    let done = tag_partners(&practice, &all[..5], "Sends  athletes").expect("tagged");
    assert_eq!((done.value.changed, done.value.unchanged), (5, 0));
    let again = tag_partners(&practice, &all, "sends athletes").expect("tagged");
    assert_eq!((again.value.changed, again.value.unchanged), (2, 5), "the same tag whatever the case");
    let known = tags(&practice).expect("tags");
    assert_eq!((known.len(), known[0].name.as_str(), known[0].partners), (1, "Sends athletes", 7));
    undo_last(&practice);
    assert_eq!(tags(&practice).expect("tags")[0].partners, 5, "one undo takes back the whole action");

    tag_partners(&practice, &all[5..], "Lunch").expect("tagged");
    let lunch = tags(&practice).expect("tags")[0].id;
    rename_tag(&practice, lunch, "Sends athletes", None).expect("both become one");
    let known = tags(&practice).expect("tags");
    assert_eq!((known.len(), known[0].partners), (1, 7));
    untag_partners(&practice, &all[..1], known[0].id).expect("taken off");
    delete_tag(&practice, known[0].id).expect("gone");
    assert!(tags(&practice).expect("tags").is_empty());
}

#[test]
fn an_owner_is_given_to_many_partners_as_one_action() {
    let practice = practice();
    let all: Vec<_> = (0..3).map(|n| partner(&practice, &format!("Partner {n}"))).collect();
    let before = dump(&practice);
    let done = set_owner(&practice, &all, Some(practice.actor().id)).expect("given");
    assert_eq!((done.value.changed, done.entry.expect("one entry").subject.as_str()), (3, "3 partners"));
    let mine = PartnerFilter { owner: vec![practice.actor().id], ..PartnerFilter::default() };
    let list =
        partners(&practice, &PartnerQuery { filter: mine, ..PartnerQuery::default() }).expect("a list");
    assert_eq!(
        (list.total, list.rows[0].owner.as_ref().map(|owner| owner.initials.as_str())),
        (3, Some("MO"))
    );
    undo_last(&practice);
    assert_eq!(dump(&practice), before);
    let nobody = PartnerFilter { without_owner: true, ..PartnerFilter::default() };
    assert_eq!(
        partners(&practice, &PartnerQuery { filter: nobody, ..PartnerQuery::default() })
            .expect("a list")
            .total,
        3
    );
}

#[test]
fn partners_with_referrals_need_a_reason_for_the_trash_and_come_back_with_all_links() {
    let practice = practice();
    let (sender, quiet) = (partner(&practice, "Pine Hollow"), partner(&practice, "Old Ferry"));
    let who = person(&practice, "Keiko Ito");
    affiliate(&practice, who, &NewAffiliation::at(sender)).expect("works");
    refer(&practice, sender, "inbound", &["2026-10-01"]);
    let both = [Party::Partner(sender), Party::Partner(quiet)];
    let preview = preview_trash(&practice, &both).expect("a preview");
    assert_eq!((preview.records, preview.with_referrals, preview.referrals), (2, 1, 1));
    let refused = trash_partners(&practice, &[sender, quiet], None);
    assert!(matches!(refused, Err(NetworkError::NeedsReason { referrals: 1 })));
    assert_eq!(partner_counts(&practice).expect("counts").total, 2, "nothing went");

    let before = dump(&practice);
    trash_partners(&practice, &[sender, quiet], Some("Entered twice")).expect("trashed");
    assert_eq!(partner_counts(&practice).expect("counts").total, 0);
    assert!(partners(&practice, &PartnerQuery::default()).expect("a list").rows.is_empty());
    assert!(search(&practice, "Pine Hollow", SearchScope::Everything, 10).expect("hits").is_empty());
    let thrown = trash(&practice).expect("the trash");
    assert_eq!(thrown.len(), 2);
    assert!(
        thrown.iter().all(|one| one.by == "Maren Okafor" && one.reason.as_deref() == Some("Entered twice"))
    );

    restore(&practice, Party::Partner(sender)).expect("back");
    let page = baton_core::network::partner(&practice, sender).expect("a page");
    assert_eq!((page.people.len(), page.counts.received, page.header.status), (1, 1, Status::Active));
    restore(&practice, Party::Partner(quiet)).expect("back");
    assert_eq!(dump(&practice), before, "restored as it was");
    assert!(matches!(restore(&practice, Party::Partner(quiet)), Err(NetworkError::Missing)));
}

#[test]
fn the_person_an_individual_partner_is_goes_to_the_trash_and_comes_back_along() {
    let practice = practice();
    let new = NewPartner {
        individual: Some(NewPerson::default()),
        ..NewPartner::named(PartnerClass::Medical, PartnerType::Practitioner, "Priscilla Vane, DO")
    };
    let id = add_partner(&practice, new).expect("added").value;
    trash_partners(&practice, &[id], None).expect("trashed");
    assert_eq!(people(&practice, &PeopleQuery::default()).expect("people").total, 0);
    restore(&practice, Party::Partner(id)).expect("back");
    assert_eq!(people(&practice, &PeopleQuery::default()).expect("people").total, 1);
}

#[test]
fn views_are_saved_with_their_filter_and_count() {
    let practice = practice();
    let id = partner(&practice, "Pine Hollow");
    partner(&practice, "Cove Street");
    refer(&practice, id, "inbound", &["2026-10-30"]);
    let filter = PartnerFilter { status: vec![Status::Active], ..PartnerFilter::default() };
    let view = PartnerView {
        filter,
        sort: PartnerSort::LastReferral,
        descending: true,
        columns: vec!["name".into(), "last".into()],
    };
    let saved = save_partner_view(&practice, None, "Active", &view, None).expect("saved").value;
    assert!(matches!(
        save_partner_view(&practice, None, "ACTIVE", &view, None),
        Err(NetworkError::Invalid { field: "name", .. })
    ));
    rename_view(&practice, saved, "Sending now", None).expect("renamed");
    let views = partner_views(&practice).expect("views");
    assert_eq!((views.len(), views[0].name.as_str(), views[0].partners), (1, "Sending now", 1));
    assert_eq!(views[0].view, view);
    delete_view(&practice, saved).expect("deleted");
    assert!(partner_views(&practice).expect("views").is_empty());
    undo_last(&practice);
    assert_eq!(partner_views(&practice).expect("views")[0].view, view);
}

#[test]
fn every_operation_is_one_action_that_undo_takes_back_completely() {
    let practice = practice();
    let one = add_partner(&practice, pine_hollow()).expect("added").value;
    let two = partner(&practice, "Cove Street");
    let who = person(&practice, "Keiko Ito, MD");
    let link = affiliate(&practice, who, &NewAffiliation::at(one)).expect("works").value;
    let tag = tags(&practice).expect("tags")[0].id;
    let page = baton_core::network::partner(&practice, one).expect("a page");
    let (point, place) = (page.contact_points[0].id, page.addresses[0].id);
    type Operation<'a> = (&'static str, Box<dyn Fn() + 'a>);
    let p = &*practice;
    let operations: Vec<Operation<'_>> = vec![
        (
            "partner_add",
            Box::new(|| drop(add_partner(p, NewPartner { npi: None, ..pine_hollow() }).expect("ok"))),
        ),
        (
            "partner_edit",
            Box::new(|| {
                drop(
                    edit_partner(
                        p,
                        one,
                        &[PartnerChange::Class(PartnerClass::Business), PartnerChange::Notes(None)],
                        None,
                    )
                    .expect("ok"),
                )
            }),
        ),
        ("partner_end", Box::new(|| drop(end_partner(p, one, None, "Moved").expect("ok")))),
        (
            "person_add",
            Box::new(|| {
                drop(
                    add_person(
                        p,
                        NewPerson {
                            name: "Ito".into(),
                            works_at: Some(NewAffiliation::at(two)),
                            ..NewPerson::default()
                        },
                    )
                    .expect("ok"),
                )
            }),
        ),
        (
            "person_edit",
            Box::new(|| {
                drop(edit_person(p, who, &[PersonChange::Name("Keiko Ito-Brandt".into())], None).expect("ok"))
            }),
        ),
        (
            "affiliation_add",
            Box::new(|| {
                drop(
                    affiliate(p, who, &NewAffiliation { is_primary: true, ..NewAffiliation::at(two) })
                        .expect("ok"),
                )
            }),
        ),
        ("affiliation_end", Box::new(|| drop(end_affiliation(p, link, None).expect("ok")))),
        ("affiliation_remove", Box::new(|| drop(remove_affiliation(p, link).expect("ok")))),
        (
            "contact_add",
            Box::new(|| drop(add_contact_point(p, Party::Person(who), &phone("207 555 0199")).expect("ok"))),
        ),
        (
            "contact_edit",
            Box::new(|| drop(edit_contact_point(p, point, &phone("207 555 0198"), None).expect("ok"))),
        ),
        ("contact_remove", Box::new(|| drop(remove_contact_point(p, point).expect("ok")))),
        (
            "address_edit",
            Box::new(|| drop(edit_address(p, place, &address("Elsewhere", "04103-1234"), None).expect("ok"))),
        ),
        ("address_remove", Box::new(|| drop(remove_address(p, place).expect("ok")))),
        ("tag_add", Box::new(|| drop(tag_partners(p, &[one, two], "New").expect("ok")))),
        ("tag_remove", Box::new(|| drop(untag_partners(p, &[one], tag).expect("ok")))),
        ("tag_rename", Box::new(|| drop(rename_tag(p, tag, "Runs far", None).expect("ok")))),
        ("tag_delete", Box::new(|| drop(delete_tag(p, tag).expect("ok")))),
        ("owner_set", Box::new(|| drop(set_owner(p, &[one, two], Some(p.actor().id)).expect("ok")))),
        ("partner_trash", Box::new(|| drop(trash_partners(p, &[one, two], None).expect("ok")))),
        ("person_trash", Box::new(|| drop(trash_person(p, who, None).expect("ok")))),
        (
            "view_save",
            Box::new(|| drop(save_partner_view(p, None, "Mine", &PartnerView::default(), None).expect("ok"))),
        ),
        (
            "marked_different",
            Box::new(|| drop(mark_different(p, Party::Partner(one), Party::Partner(two)).expect("ok"))),
        ),
    ];
    let before = dump(p);
    let listed = || partners(p, &PartnerQuery::default()).expect("a list");
    let list = listed();
    for (name, operation) in operations {
        let head = p.store().head().expect("a head").seq;
        operation();
        assert_eq!(p.store().head().expect("a head").seq, head + 1, "{name} is one action");
        assert_ne!(dump(p), before, "{name} changes something");
        undo_last(p);
        assert_eq!(dump(p), before, "{name} is taken back");
        assert_eq!(listed(), list, "what follows from it too, after {name}");
    }
    p.store().verify_history().expect("the chain holds");
}
