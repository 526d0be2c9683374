//! Partners are due, late and quiet; whose they are; and how close they come.

use std::collections::BTreeMap;

use baton_core::Practice;
use baton_core::foundation::id::{PartnerId, RecordId};
use baton_core::network::{self, PartnerClass, PartnerFilter, PartnerQuery, Ring, Status};
use baton_core::outreach::{
    CadenceFrom, CadenceRules, DueLevel, DueQuery, DueShow, DueWhy, Interval, NewTouch, Nurture,
    RelationStage, Snooze, TagCadence, TouchForm, cadence_of, closeness, due_list, log_touch,
    outreach_figures, set_cadence_rules, set_deputy, set_nurture, set_ring, snooze_partner,
};
use baton_core::referrals::process::{Absence, set_absence};
use baton_core::sample::{SampleSize, create_into};
use baton_core::store::StoreError;
use baton_core::testing::{TestPractice, day, practice, with_role};
use baton_core::vault::Role;
use rusqlite::params;

use super::{TODAY, clinic, due, invalid, touch};
use crate::world;

#[test]
fn partners_are_due_late_and_quiet() {
    let practice = practice(TODAY);
    let names = ["In time", "Due", "Late", "Prospect", "Parked", "Wish", "Tagged", "Letter"];
    let all: BTreeMap<&str, PartnerId> = names.iter().map(|name| (*name, clinic(&practice, name))).collect();
    // All but the prospect have sent somebody.
    world::tell(&practice, |tx| {
        tx.execute("INSERT INTO patient (id, name, name_key, created_at) VALUES (x'01900000000070008000000000000001', 'A', 'a', 0)", [])?;
        for (n, (name, partner)) in all.iter().enumerate() {
            if *name != "Prospect" {
                let id = format!("019000000000700080000000000001{n:02}");
                tx.execute(
                    &format!(
                        "INSERT INTO referral (id, direction, received_on, from_partner_id, patient_id, created_at, created_by, changed_at, changed_by)
                         VALUES (x'{id}', 'inbound', '2026-10-01', ?1, x'01900000000070008000000000000001', 0, ?2, 0, ?2)"
                    ),
                    params![partner, tx.actor.id],
                )?;
            }
        }
        Ok::<_, StoreError>(())
    });
    // 60 days before today is 21 September, 90 days 22 August.
    for (name, on) in [
        ("In time", "2026-09-22"),
        ("Due", "2026-09-21"),
        ("Late", "2026-08-22"),
        ("Parked", "2026-01-05"),
        ("Wish", "2026-11-06"),
        ("Tagged", "2026-10-30"),
        ("Letter", "2026-09-21"),
    ] {
        log_touch(&practice, &touch(all[name], on, TouchForm::Visit)).expect("logged");
    }
    // What went to many and what nobody answered sets nothing anew.
    let letter = NewTouch { two_way: false, bulk: true, ..touch(all["Letter"], TODAY, TouchForm::Letter) };
    log_touch(&practice, &letter).expect("logged");
    let wish = Nurture { every_days: Some(14), best_time: "Mornings".into(), ..Nurture::default() };
    set_nurture(&practice, all["Wish"], &wish).expect("set");
    set_ring(&practice, all["Parked"], Some(Ring::Parked), "Their own system").expect("set");
    network::tag_partners(&practice, &[all["Tagged"]], "Sports").expect("tagged");
    let tag = network::tags(&practice).expect("tags")[0].id;
    let rules = CadenceRules { tags: vec![TagCadence { tag, days: 14 }], ..CadenceRules::default() };
    set_cadence_rules(&practice, &rules).expect("set");

    let list = due(&practice, false, DueShow::Due);
    let mut told: Vec<(DueLevel, &str)> =
        list.rows.iter().map(|row| (row.due.level, row.name.as_str())).collect();
    assert!(told.is_sorted_by_key(|(level, _)| std::cmp::Reverse(*level)), "the late ones first: {told:?}");
    told.sort_unstable();
    assert_eq!(
        told,
        [
            (DueLevel::Soft, "Due"),
            (DueLevel::Soft, "Letter"),
            (DueLevel::Soft, "Wish"),
            (DueLevel::Hard, "Late"),
            (DueLevel::Hard, "Tagged"),
        ]
    );
    // In time: 1. With a rhythm: that and the five; the parked one is silent, the prospect was never begun with.
    assert_eq!((list.due, list.late, list.kept.kept, list.kept.of), (5, 2, 1, 6));
    let every = |name: &str| cadence_of(&practice, all[name]).expect("a rhythm");
    assert_eq!(every("Wish").every, Interval { days: 14, from: CadenceFrom::Preference });
    assert_eq!(every("Tagged").every, Interval { days: 14, from: CadenceFrom::Tag });
    assert_eq!(every("Prospect").due.why, DueWhy::NotBegun);
    assert_eq!(every("Parked").due.why, DueWhy::Parked);

    // Seen today: quiet today. Snoozed: quiet, and due again on its day.
    log_touch(&practice, &touch(all["Late"], TODAY, TouchForm::Call)).expect("logged");
    let until = |until: &str| Snooze { until: day(until), reason: "They move house".into() };
    for (snooze, field) in [
        (Snooze { reason: " ".into(), ..until("2026-11-30") }, "reason"),
        (until(TODAY), "until"),
        (until("2026-12-21"), "until"),
    ] {
        assert_eq!(invalid(snooze_partner(&practice, all["Due"], Some(&snooze))), field);
    }
    snooze_partner(&practice, all["Due"], Some(&until("2026-12-20"))).expect("snoozed");
    let list = due(&practice, false, DueShow::Due);
    let told: Vec<&str> = list.rows.iter().map(|row| row.name.as_str()).collect();
    assert!(!told.contains(&"Late") && !told.contains(&"Due"), "{told:?}");
    let snoozed = due(&practice, false, DueShow::Snoozed);
    assert_eq!((snoozed.rows.len(), snoozed.snoozed), (1, 1));
    snooze_partner(&practice, all["Due"], None).expect("woken");
    assert_eq!(due(&practice, false, DueShow::Due).due, 4);
}

#[test]
fn while_the_owner_is_away_the_deputy_sees_theirs() {
    let practice = practice(TODAY);
    let pine = clinic(&practice, "Pine Hollow");
    let wish = Nurture { every_days: Some(7), ..Nurture::default() };
    set_nurture(&practice, pine, &wish).expect("set");
    log_touch(&practice, &touch(pine, "2026-11-01", TouchForm::Visit)).expect("logged");
    let (me, stand_in) = (practice.actor().id, with_role(&practice, Role::Liaison));
    network::set_owner(&practice, &[pine], Some(me)).expect("owned");
    let mine = |of_whom: &TestPractice| due(of_whom, true, DueShow::Due).rows.len();
    let other = |of_whom: &Practice| {
        due_list(of_whom, &DueQuery { mine: true, show: DueShow::Due, offset: 0, limit: 0 })
            .expect("a list")
            .rows
            .iter()
            .filter(|row| row.standing_in)
            .count()
    };
    assert_eq!((mine(&practice), other(&stand_in)), (1, 0));
    assert_eq!(invalid(set_deputy(&practice, pine, Some(me))), "deputy");
    set_deputy(&practice, pine, Some(stand_in.actor().id)).expect("set");
    assert_eq!(other(&stand_in), 0, "the owner is here");
    let away = Absence {
        id: RecordId::new(),
        profile: me,
        from: day("2026-11-19"),
        to: day("2026-11-25"),
        deputy: None,
    };
    set_absence(&practice, &away).expect("away");
    assert_eq!(other(&stand_in), 1);
    assert_eq!(
        closeness(&practice, pine).expect("close").deputy.map(|deputy| deputy.id),
        Some(stand_in.actor().id)
    );
}

#[test]
fn a_relationship_comes_closer_on_facts_and_rings_are_set_by_hand() {
    let practice = practice(TODAY);
    let pine = clinic(&practice, "Pine Hollow");
    let stages = || {
        let page = closeness(&practice, pine).expect("close");
        (page.ring, page.stages.into_iter().map(|one| one.stage).collect::<Vec<_>>())
    };
    assert_eq!(stages(), (Ring::Prospect, vec![RelationStage::Prospect]));
    let letter = NewTouch { two_way: false, ..touch(pine, "2026-11-02", TouchForm::Letter) };
    log_touch(&practice, &letter).expect("logged");
    log_touch(&practice, &touch(pine, "2026-11-10", TouchForm::Visit)).expect("logged");
    use RelationStage::*;
    assert_eq!(stages().1, [Prospect, Contacted, Met]);
    assert_eq!(invalid(set_ring(&practice, pine, Some(Ring::Ended), "")), "ring");
    set_ring(&practice, pine, Some(Ring::Core), "Shares our patients").expect("set");
    let page = closeness(&practice, pine).expect("close");
    assert_eq!((page.ring, page.by_hand, page.core, page.since), (Ring::Core, true, 1, Some(day(TODAY))));
    let listed = |ring: Ring| {
        let filter = PartnerFilter { ring: vec![ring], ..PartnerFilter::default() };
        let list = network::partners(&practice, &PartnerQuery { filter, ..PartnerQuery::default() });
        list.expect("a list").rows.len()
    };
    assert_eq!((listed(Ring::Core), listed(Ring::Prospect), listed(Ring::Active)), (1, 0, 0));
    set_ring(&practice, pine, None, "").expect("set");
    assert_eq!((listed(Ring::Core), listed(Ring::Prospect)), (0, 1));
    let figures = outreach_figures(&practice).expect("figures").funnel;
    assert_eq!((figures.all, figures.contacted, figures.met, figures.referring), (1, 1, 1, 0));
    assert_eq!((figures.core, figures.without_owner), (0, 1));
}

#[test]
fn a_talk_keeps_a_silent_partner_from_being_dormant() {
    let practice = practice(TODAY);
    create_into(&practice, SampleSize::Small, day(TODAY)).expect("a sample");
    let dormant = PartnerFilter {
        status: vec![Status::Dormant],
        class: vec![PartnerClass::Medical],
        ..PartnerFilter::default()
    };
    let query = PartnerQuery { filter: dormant, ..PartnerQuery::default() };
    let row = network::partners(&practice, &query).expect("a list").rows.into_iter().next().expect("one");
    log_touch(&practice, &touch(row.id, TODAY, TouchForm::Call)).expect("logged");
    let page = network::partner(&practice, row.id).expect("a page");
    assert_eq!(page.header.status, Status::Cooling);
}

#[test]
fn figures_agree_with_what_plain_sql_counts() {
    let practice = practice(TODAY);
    create_into(&practice, SampleSize::Small, day(TODAY)).expect("a sample");
    let count =
        |sql: &str| practice.read(|c| Ok::<u32, StoreError>(c.query_row(sql, [], |r| r.get(0))?)).expect("n");
    let figures = outreach_figures(&practice).expect("figures");
    let kept = "class IN ('medical', 'business') AND trashed_at IS NULL AND ended_on IS NULL";
    assert_eq!(figures.funnel.all, count(&format!("SELECT count(*) FROM partner WHERE {kept}")));
    assert_eq!(
        figures.funnel.contacted,
        count(&format!(
            "SELECT count(*) FROM partner p WHERE {kept} AND EXISTS (SELECT 1 FROM touch t WHERE t.partner_id = p.id AND NOT t.bulk)"
        ))
    );
    assert_eq!(
        figures.funnel.without_owner,
        count(&format!("SELECT count(*) FROM partner WHERE {kept} AND owner_id IS NULL"))
    );
    let by_sql = |kind: &str| {
        count(&format!(
            "SELECT count(*) FROM touch WHERE category = '{kind}' AND held_on > date('{TODAY}', '-90 days')"
        ))
    };
    for share in &figures.mix.shares {
        assert_eq!(share.touches, by_sql(share.category.code()), "{:?}", share.category);
    }
    assert!(figures.mix.of > 10);
    // The due list against the rule in SQL, for partners without wishes, rings and tags.
    let list = due(&practice, false, DueShow::Due);
    let days = "CASE WHEN n.every_days IS NOT NULL THEN n.every_days WHEN s.status = 'prospect' THEN 45 WHEN s.class = 'business' THEN 90 ELSE 60 END";
    let by_sql = count(&format!(
        "SELECT count(*) FROM partner_standing s JOIN (SELECT partner_id, max(held_on) AS last FROM touch WHERE two_way GROUP BY 1) t
             ON t.partner_id = s.partner_id LEFT JOIN nurture n ON n.id = s.partner_id LEFT JOIN closeness k ON k.id = s.partner_id
         WHERE s.class IN ('medical', 'business') AND s.status <> 'ended' AND k.ring IS NOT 'parked'
             AND julianday('{TODAY}') - julianday(t.last) >= {days}"
    ));
    assert_eq!(list.total, by_sql);
    assert!(list.late > 0 && list.late < list.total, "{} of {}", list.late, list.total);
}
