//! The partner list: filter, sort, pages, and standings that change by time passing.

use std::collections::HashSet;

use baton_core::network::*;
use baton_core::store::{Label, StoreError};
use proptest::prelude::*;

use crate::network_kit::{on_another_day, partner, person, practice, refer};

const SORTS: [PartnerSort; 7] = [
    PartnerSort::Name,
    PartnerSort::Status,
    PartnerSort::LastReferral,
    PartnerSort::ReceivedYear,
    PartnerSort::SentYear,
    PartnerSort::Type,
    PartnerSort::City,
];

fn names(list: &PartnerList) -> Vec<&str> {
    list.rows.iter().map(|row| row.name.as_str()).collect()
}

#[test]
fn a_list_shows_standing_year_and_the_last_twelve_months() {
    let practice = practice();
    let id = partner(&practice, "Pine Hollow");
    refer(&practice, id, "inbound", &["2025-11-03", "2025-11-02", "2026-11-01", "2026-10-31", "2025-12-24"]);
    let row = &partners(&practice, &PartnerQuery::default()).expect("a list").rows[0];
    assert_eq!(
        (row.received_year, row.sent_year, row.status),
        (4, 0, Status::Active),
        "the trailing year is 365 days"
    );
    assert_eq!(row.months, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1], "December first, the running November last");
}

#[test]
fn filters_work_alone_and_together() {
    let practice = practice();
    let pine = partner(&practice, "Pine Hollow Family Medicine");
    let gym = NewPartner::named(PartnerClass::Business, PartnerType::Gym, "Ironwood Strength");
    let gym = add_partner(&practice, gym).expect("added").value;
    partner(&practice, "Cove Street Urgent Care");
    refer(&practice, pine, "inbound", &["2026-10-30"]);
    tag_partners(&practice, &[gym, pine], "Sport").expect("tagged");
    let who = person(&practice, "Keiko Ito, MD");
    affiliate(&practice, who, &NewAffiliation::at(pine)).expect("works");
    add_contact_point(
        &practice,
        Party::Partner(gym),
        &NewContactPoint {
            kind: ContactKind::Phone,
            value: "207-555-0133".into(),
            label: String::new(),
            is_primary: true,
        },
    )
    .expect("a number");
    let tag = tags(&practice).expect("tags")[0].id;
    let any = PartnerFilter::default();
    let cases: Vec<(&str, PartnerFilter, Vec<&str>)> = vec![
        (
            "class",
            PartnerFilter { class: vec![PartnerClass::Business], ..any.clone() },
            vec!["Ironwood Strength"],
        ),
        (
            "status",
            PartnerFilter { status: vec![Status::Active], ..any.clone() },
            vec!["Pine Hollow Family Medicine"],
        ),
        (
            "tag",
            PartnerFilter { tag: vec![tag], ..any.clone() },
            vec!["Ironwood Strength", "Pine Hollow Family Medicine"],
        ),
        (
            "beginnings",
            PartnerFilter { text: "hol pin".into(), ..any.clone() },
            vec!["Pine Hollow Family Medicine"],
        ),
        (
            "a person there",
            PartnerFilter { text: "keiko".into(), ..any.clone() },
            vec!["Pine Hollow Family Medicine"],
        ),
        ("its number", PartnerFilter { text: "555-0133".into(), ..any.clone() }, vec!["Ironwood Strength"]),
        (
            "its sound",
            PartnerFilter { text: "koav streat".into(), ..any.clone() },
            vec!["Cove Street Urgent Care"],
        ),
        (
            "both",
            PartnerFilter { tag: vec![tag], status: vec![Status::Prospect], ..any.clone() },
            vec!["Ironwood Strength"],
        ),
        ("none", PartnerFilter { text: "zebra".into(), ..any.clone() }, vec![]),
    ];
    for (what, filter, expected) in cases {
        let list = partners(&practice, &PartnerQuery { filter, ..PartnerQuery::default() }).expect("a list");
        assert_eq!(names(&list), expected, "{what}");
        assert_eq!(list.total as usize, expected.len(), "{what}");
    }
    let counts = partner_counts(&practice).expect("counts");
    assert_eq!(counts.total, 3);
    assert_eq!(counts.by_type.iter().map(|one| one.partners).sum::<u32>(), 3);
    assert_eq!(counts.by_status[0], StatusCount { status: Status::Active, partners: 1 });
}

#[test]
fn a_place_that_is_none_is_refused() {
    let practice = practice();
    for cursor in ["", "x", "[1]", "[{}, \"a\", \"b\"]"] {
        let query = PartnerQuery { cursor: Some(cursor.into()), ..PartnerQuery::default() };
        assert!(
            matches!(partners(&practice, &query), Err(NetworkError::Invalid { field: "cursor", .. })),
            "{cursor}"
        );
    }
}

#[test]
fn people_are_paged_by_family_name() {
    let practice = practice();
    for name in ["Keiko Ito", "Ann Brandt", "Jon Smyth", "Bea Brandt"] {
        person(&practice, name);
    }
    let mut query = PeopleQuery { limit: 3, ..PeopleQuery::default() };
    let first = people(&practice, &query).expect("people");
    query.cursor = first.next.clone();
    let second = people(&practice, &query).expect("people");
    let names: Vec<_> = first.rows.iter().chain(&second.rows).map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Ann Brandt", "Bea Brandt", "Keiko Ito", "Jon Smyth"]);
    assert_eq!((first.total, second.next), (4, None));
    let found =
        people(&practice, &PeopleQuery { text: "smith".into(), ..PeopleQuery::default() }).expect("people");
    assert_eq!(found.rows[0].name, "Jon Smyth");
}

/// How every partner stands, as the list keeps it and as a fresh computation would.
fn kept(practice: &baton_core::Practice) -> Vec<(String, Status, u32, u32)> {
    let list = partners(practice, &PartnerQuery { limit: 500, ..PartnerQuery::default() }).expect("a list");
    list.rows.into_iter().map(|row| (row.name, row.status, row.received_year, row.sent_year)).collect()
}

fn computed(practice: &baton_core::Practice) -> Vec<(String, Status, u32, u32)> {
    let mut all: Vec<_> = partner_ids(practice, &PartnerQuery::default())
        .expect("ids")
        .into_iter()
        .map(|id| baton_core::network::partner(practice, id).expect("a page"))
        .map(|page| (page.header.name, page.header.status, page.counts.received_year, page.counts.sent_year))
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

#[test]
fn standings_follow_the_calendar_without_a_change() {
    let practice = practice();
    let id = partner(&practice, "Pine Hollow");
    refer(&practice, id, "inbound", &["2026-11-01"]);
    let (later, _folder) = on_another_day(practice, "2027-01-30");
    assert_eq!(kept(&later)[0].1, Status::Active, "90 days");
    drop(later);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn paging_never_skips_or_repeats_in_any_order(
        partners_made in prop::collection::vec((0usize..4, 0usize..4, 0u32..4), 1..25),
        limit in 1u32..7,
    ) {
        let practice = practice();
        practice.write(Label::hand("sample", ""), |tx| {
            for (n, (name, city, _)) in partners_made.iter().enumerate() {
                let partner_type = if n % 2 == 0 { PartnerType::Gym } else { PartnerType::School };
                // Many share a name, a city and a number of referrals: the order must still be total.
                let mut new = NewPartner::named(PartnerClass::Business, partner_type, ["Ash", "Elm", "Oak", "Yew"][*name]);
                new.addresses = vec![NewAddress { city: ["Alder", "alder", "Birch", "Cove"][*city].into(), ..NewAddress::default() }];
                add_partner_in(tx, &new)?;
            }
            Ok::<_, NetworkError>(())
        }).expect("partners");
        let all = partner_ids(&practice, &PartnerQuery::default()).expect("ids");
        for (id, (_, _, referrals)) in all.iter().zip(&partners_made) {
            let days = ["2026-10-01", "2026-03-01", "2024-01-01"];
            refer(&practice, *id, "inbound", &days[..*referrals as usize]);
        }
        for sort in SORTS {
            for descending in [false, true] {
                let mut query = PartnerQuery { sort, descending, limit, ..PartnerQuery::default() };
                let whole = partner_ids(&practice, &query).expect("ids");
                let mut paged = Vec::new();
                loop {
                    let page = partners(&practice, &query).expect("a page");
                    prop_assert_eq!(page.total as usize, all.len());
                    paged.extend(page.rows.iter().map(|row| row.id));
                    let Some(next) = page.next else { break };
                    query.cursor = Some(next);
                }
                prop_assert_eq!(&paged, &whole, "{:?} descending {}", sort, descending);
                prop_assert_eq!(paged.iter().collect::<HashSet<_>>().len(), all.len());
                let jump = PartnerQuery { cursor: None, offset: Some(2), ..query };
                let jumped: Vec<_> = partners(&practice, &jump).expect("a page").rows.iter().map(|row| row.id).collect();
                prop_assert_eq!(jumped, whole.iter().skip(2).take(limit as usize).copied().collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn rolling_to_a_later_day_gives_what_computing_everything_gives(
        ages in prop::collection::vec((0usize..6, 0u64..800, any::<bool>()), 0..60),
        days_later in prop::collection::vec(1u64..50, 1..4),
    ) {
        let practice = practice();
        let ids: Vec<_> = (0..6).map(|n| partner(&practice, &format!("Partner {n}"))).collect();
        let mut today = practice.today();
        for (which, age, outbound) in ages {
            let day = (today - chrono::Days::new(age)).to_string();
            refer(&practice, ids[which], if outbound { "outbound" } else { "inbound" }, &[&day]);
        }
        prop_assert_eq!(kept(&practice), computed(&practice));
        let baton_core::testing::TestPractice { practice, folder } = practice;
        let actor = practice.actor().clone();
        drop(practice);
        for later in days_later {
            today = today + chrono::Days::new(later);
            let store = baton_core::testing::reopened(folder.path(), &today.to_string()).expect("opened");
            let practice = baton_core::Practice::new(store, actor.clone());
            prop_assert_eq!(kept(&practice), computed(&practice), "as of {}", today);
            let total: i64 = practice
                .read(|conn| Ok::<_, StoreError>(conn.query_row("SELECT sum(partners) FROM partner_count", [], |row| row.get(0))?))
                .expect("counts");
            prop_assert_eq!(total, 6);
        }
    }
}
