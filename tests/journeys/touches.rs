//! A liaison's autumn: contacts are put down and changed, partners are due and quiet, and come closer.

use std::collections::BTreeMap;

use baton_core::Practice;
use baton_core::exchange::export::{TouchLogOrder, touch_log};
use baton_core::foundation::id::{PartnerId, PersonId};
use baton_core::history;
use baton_core::network::{
    self, NewAffiliation, NewPartner, NewPerson, PartnerClass, PartnerFilter, PartnerQuery, PartnerType,
    Party, Ring, Status, add_partner, affiliate,
};
use baton_core::outreach::{
    CadenceFrom, CadenceRules, CostKind, DueLevel, DueQuery, DueShow, DueWhy, Interval, NewTouch, NextStep,
    Nurture, OutreachError, RelationStage, Snooze, StartedBy, TagCadence, TouchCategory, TouchConcern,
    TouchForm, TouchList, TouchQuery, cadence_of, closeness, due_list, edit_touch, log_touch,
    log_touch_with, outreach_figures, restore_touch, set_cadence_rules, set_deputy, set_nurture, set_ring,
    snooze_partner, touches_of, trash_touch,
};
use baton_core::referrals::help::{IssueCategory, help_facts};
use baton_core::referrals::process::{Absence, set_absence};
use baton_core::sample::{SampleSize, create_into};
use baton_core::store::StoreError;
use baton_core::testing::{TestPractice, day, practice, with_role};
use baton_core::vault::{Level, Rights, Role, set_rights};
use calamine::{Data, Reader, Xlsx, open_workbook};
use rusqlite::params;

use crate::world;

const TODAY: &str = "2026-11-20";

fn clinic(practice: &TestPractice, name: &str) -> PartnerId {
    let new = NewPartner::named(PartnerClass::Medical, PartnerType::PrimaryCare, name);
    add_partner(practice, new).expect("a partner").value
}

fn somebody(practice: &TestPractice, at: PartnerId, name: &str) -> PersonId {
    let person = NewPerson { name: name.into(), ..NewPerson::default() };
    let id = network::add_person(practice, person).expect("a person").value;
    affiliate(practice, id, &NewAffiliation::at(at)).expect("works there");
    id
}

fn touch(partner: PartnerId, on: &str, form: TouchForm) -> NewTouch {
    NewTouch {
        partner,
        people: Vec::new(),
        referral: None,
        on: day(on),
        at: None,
        form,
        started_by: StartedBy::Us,
        two_way: true,
        bulk: false,
        category: None,
        purpose: String::new(),
        learned: String::new(),
        minutes: 10,
        cost_cents: 0,
        cost_kind: None,
        kept_private: false,
        next: None,
    }
}

fn of(practice: &Practice, of: Party, trashed: bool) -> TouchList {
    touches_of(practice, &TouchQuery { of, trashed, after: None, limit: 0 }).expect("a list")
}

fn due(practice: &TestPractice, mine: bool, show: DueShow) -> baton_core::outreach::DueList {
    due_list(practice, &DueQuery { mine, show, offset: 0, limit: 0 }).expect("a list")
}

fn invalid<T: std::fmt::Debug>(answer: Result<T, OutreachError>) -> &'static str {
    match answer {
        Err(OutreachError::Invalid { field, .. }) => field,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_visit_with_all_that_belongs_to_it_is_one_action() {
    let practice = practice(TODAY);
    let pine = clinic(&practice, "Pine Hollow");
    let ruth = somebody(&practice, pine, "Ruth Halvorsen");
    let visit = NewTouch {
        people: vec![ruth],
        learned: "Reports by fax get lost".into(),
        cost_cents: 1_240,
        cost_kind: Some(CostKind::Meal),
        next: Some(NextStep { title: "Send the portal's address".into(), due_on: day("2026-11-27"), promised: true }),
        ..touch(pine, "2026-11-20", TouchForm::Lunch)
    };
    let concern = TouchConcern { category: IssueCategory::Communication, severity: 2 };
    log_touch_with(&practice, &visit, Some(&concern)).expect("logged");
    let list = of(&practice, Party::Partner(pine), false);
    let row = &list.rows[0];
    assert_eq!((row.people[0].name.as_str(), row.cost_cents), ("Ruth Halvorsen", Some(1_240)));
    assert_eq!(row.next.as_ref().map(|next| next.due_on), Some(day("2026-11-27")));
    let today = Some(day(TODAY));
    assert_eq!((list.last.on, list.last.two_way_on, list.last.face_on), (today, today, today));
    assert_eq!((list.invested.touches, list.invested.minutes, list.invested.cents), (1, 10, Some(1_240)));
    assert_eq!(of(&practice, Party::Person(ruth), false).rows.len(), 1);
    let issues = help_facts(&practice, pine).expect("facts").issues;
    assert_eq!((issues.len(), issues[0].what.as_str()), (1, "Reports by fax get lost"));
    history::undo_last(&practice).expect("undone");
    assert!(of(&practice, Party::Partner(pine), false).rows.is_empty());
    assert!(help_facts(&practice, pine).expect("facts").issues.is_empty());
    assert_eq!(of(&practice, Party::Partner(pine), false).last.on, None);
}

#[test]
fn a_concern_without_words_is_none_and_nothing_is_written() {
    let practice = practice(TODAY);
    let pine = clinic(&practice, "Pine Hollow");
    let concern = |severity| TouchConcern { category: IssueCategory::Access, severity };
    let call = touch(pine, TODAY, TouchForm::Call);
    assert_eq!(invalid(log_touch_with(&practice, &call, Some(&concern(2)))), "learned");
    let told = NewTouch { learned: "Nobody answers".into(), ..call };
    assert_eq!(invalid(log_touch_with(&practice, &told, Some(&concern(4)))), "severity");
    assert!(of(&practice, Party::Partner(pine), false).rows.is_empty());
}

#[test]
fn changing_trashing_and_restoring_move_the_days_it_last_happened() {
    let practice = practice(TODAY);
    let (pine, cove) = (clinic(&practice, "Pine Hollow"), clinic(&practice, "Cove Street"));
    let ruth = somebody(&practice, pine, "Ruth Halvorsen");
    log_touch(&practice, &touch(pine, "2026-10-01", TouchForm::Visit)).expect("logged");
    let call = NewTouch { people: vec![ruth], ..touch(pine, "2026-11-02", TouchForm::Call) };
    let id = log_touch(&practice, &call).expect("logged").value;
    let last = |of_whom| {
        let last = of(&practice, Party::Partner(of_whom), false).last;
        (last.on, last.two_way_on, last.face_on)
    };
    let on = |on| Some(day(on));
    assert_eq!(last(pine), (on("2026-11-02"), on("2026-11-02"), on("2026-10-01")));
    let stamp = || of(&practice, Party::Partner(pine), false).rows[0].changed_at;
    let shown_at = stamp();
    // It was a letter nobody answered, a day later, and Ruth was not there.
    let letter = NewTouch {
        form: TouchForm::Letter,
        two_way: false,
        on: day("2026-11-03"),
        people: Vec::new(),
        ..call.clone()
    };
    edit_touch(&practice, id, &letter, shown_at).expect("changed");
    assert_eq!(last(pine), (on("2026-11-03"), on("2026-10-01"), on("2026-10-01")));
    assert!(of(&practice, Party::Person(ruth), false).rows.is_empty());
    match edit_touch(&practice, id, &letter, shown_at - 1) {
        Err(OutreachError::Changed) => {}
        other => panic!("{other:?}"),
    }
    trash_touch(&practice, id).expect("trashed");
    assert_eq!(last(pine), (on("2026-10-01"), on("2026-10-01"), on("2026-10-01")));
    assert_eq!((of(&practice, Party::Partner(pine), true).rows.len(), of(&practice, Party::Partner(pine), false).trashed), (1, 1));
    restore_touch(&practice, id).expect("restored");
    // And it was with somebody else.
    edit_touch(&practice, id, &NewTouch { partner: cove, ..letter }, stamp()).expect("moved");
    assert_eq!(last(pine), (on("2026-10-01"), on("2026-10-01"), on("2026-10-01")));
    assert_eq!(last(cove), (on("2026-11-03"), None, None));
    for _ in 0..5 {
        history::undo_last(&practice).expect("undone");
    }
    assert_eq!(last(pine), (on("2026-10-01"), on("2026-10-01"), on("2026-10-01")));
    assert_eq!(last(cove), (None, None, None));
}

#[test]
fn what_is_kept_beside_a_partner_is_what_its_contacts_say() {
    let practice = practice(TODAY);
    create_into(&practice, SampleSize::Small, day(TODAY)).expect("a sample");
    let kept = "SELECT partner_id, last_on, last_two_way_on, last_face_on FROM partner_contact ORDER BY 1";
    let plain = "SELECT partner_id, max(held_on), max(iif(two_way, held_on, NULL)),
             max(iif(two_way AND form IN ('visit', 'video', 'lunch', 'event'), held_on, NULL))
         FROM touch WHERE trashed_at IS NULL AND NOT bulk GROUP BY partner_id ORDER BY 1";
    let rows = |sql: &str| {
        practice
            .read(|c| {
                let mut statement = c.prepare(sql)?;
                let rows = statement.query_map([], |row| {
                    Ok((
                        row.get::<_, Vec<u8>>(0)?,
                        row.get::<_, String>(1)?,
                        row.get::<_, Option<String>>(2)?,
                        row.get::<_, Option<String>>(3)?,
                    ))
                })?;
                Ok::<_, StoreError>(rows.collect::<Result<Vec<_>, _>>()?)
            })
            .expect("rows")
    };
    let all = rows(plain);
    assert!(all.len() > 60, "{} partners were in touch", all.len());
    assert_eq!(rows(kept), all);
    world::tell(&practice, |tx| {
        tx.execute("UPDATE touch SET trashed_at = 1 WHERE form = 'call'", [])?;
        tx.execute("UPDATE touch SET bulk = 1, two_way = 0 WHERE form = 'email'", [])?;
        tx.execute("DELETE FROM touch_person WHERE touch_id IN (SELECT id FROM touch WHERE form = 'visit')", [])?;
        tx.execute("DELETE FROM touch WHERE form = 'visit'", [])?;
        Ok::<_, StoreError>(())
    });
    assert_eq!(rows(kept), rows(plain));
}

#[test]
fn a_private_talk_is_told_to_whoever_held_it_alone() {
    let practice = practice(TODAY);
    let pine = clinic(&practice, "Pine Hollow");
    let secret = NewTouch {
        purpose: "Whether they sell".into(),
        learned: "In spring".into(),
        kept_private: true,
        next: Some(NextStep { title: "Ask about spring".into(), due_on: day("2026-12-01"), promised: false }),
        ..touch(pine, TODAY, TouchForm::Lunch)
    };
    let id = log_touch(&practice, &secret).expect("logged").value;
    let own = of(&practice, Party::Partner(pine), false).rows.remove(0);
    assert_eq!((own.learned.as_str(), own.withheld), ("In spring", false));
    let other = with_role(&practice, Role::Owner);
    let seen = of(&other, Party::Partner(pine), false).rows.remove(0);
    assert_eq!((seen.purpose.as_str(), seen.learned.as_str(), seen.withheld), ("", "", true));
    assert_eq!(seen.next.expect("a step").title, "");
    for refused in [
        edit_touch(&other, id, &touch(pine, TODAY, TouchForm::Call), own.changed_at),
        trash_touch(&other, id),
    ] {
        assert!(matches!(refused, Err(OutreachError::Private)), "{refused:?}");
    }
    let told = serde_json::to_string(&history::entries(&other, &history::HistoryQuery::default()).expect("told"))
        .expect("json");
    assert!(!told.contains("In spring") && !told.contains("Whether they sell"));
}

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
        id: baton_core::foundation::id::RecordId::new(),
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
    let count = |sql: &str| practice.read(|c| Ok::<u32, StoreError>(c.query_row(sql, [], |r| r.get(0))?)).expect("n");
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
        count(&format!("SELECT count(*) FROM touch WHERE category = '{kind}' AND held_on > date('{TODAY}', '-90 days')"))
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

#[test]
fn the_log_leaves_as_a_workbook_without_patients() {
    let practice = practice(TODAY);
    let pine = clinic(&practice, "Pine Hollow");
    let mary = NewPartner {
        individual: Some(NewPerson { name: "Mary Zzpatient".into(), ..NewPerson::default() }),
        ..NewPartner::named(PartnerClass::Patient, PartnerType::Patient, "")
    };
    let mary = add_partner(&practice, mary).expect("a patient").value;
    let lunch = NewTouch {
        category: Some(TouchCategory::Education),
        purpose: "=1+1".into(),
        cost_cents: 2_550,
        cost_kind: Some(CostKind::Meal),
        minutes: 90,
        ..touch(pine, "2026-11-02", TouchForm::Lunch)
    };
    log_touch(&practice, &lunch).expect("logged");
    log_touch(&practice, &touch(pine, "2026-11-12", TouchForm::Call)).expect("logged");
    let thanks = NewTouch { learned: "Zzsecret".into(), ..touch(mary, "2026-11-03", TouchForm::Call) };
    log_touch(&practice, &thanks).expect("logged");
    let target = practice.folder.path().join("log.xlsx");
    let order = TouchLogOrder { from: day("2026-11-01"), to: day(TODAY) };
    let written = touch_log(&practice, &order, &target).expect("written");
    let rows: Vec<u32> = written.sheets.iter().map(|sheet| sheet.rows).collect();
    assert_eq!(rows, [3, 2, 4]);
    let mut book: Xlsx<_> = open_workbook(&target).expect("a workbook");
    let mut all = String::new();
    for sheet in book.sheet_names() {
        for row in book.worksheet_range(&sheet).expect("a sheet").rows() {
            all.extend(row.iter().map(|cell| format!("{cell}\t")));
        }
    }
    assert!(all.contains("Pine Hollow") && all.contains("two-way"), "{all}");
    assert!(!all.contains("Zz"), "a patient stands in it: {all}");
    let partners = book.worksheet_range("Partners").expect("a sheet");
    let pine = partners.rows().find(|row| row[0] == Data::String("Pine Hollow".into())).expect("a row");
    assert_eq!((&pine[3], &pine[7], &pine[8]), (&Data::Float(2.0), &Data::Float(100.0), &Data::Float(25.5)));
    let back = TouchLogOrder { from: day(TODAY), to: day("2026-11-01") };
    assert!(touch_log(&practice, &back, &target).is_err());
}

#[test]
fn amounts_are_for_those_who_see_them() {
    let practice = practice(TODAY);
    let pine = clinic(&practice, "Pine Hollow");
    let lunch = NewTouch {
        cost_cents: 77_315,
        cost_kind: Some(CostKind::Meal),
        ..touch(pine, TODAY, TouchForm::Lunch)
    };
    log_touch(&practice, &lunch).expect("logged");
    let mut rights = Rights::of(Role::Liaison);
    rights.outreach = Level::Read;
    rights.hidden.money = true;
    set_rights(&practice, Role::Liaison, &rights).expect("set");
    let other = with_role(&practice, Role::Liaison);
    let query = TouchQuery { of: Party::Partner(pine), trashed: false, after: None, limit: 0 };
    let list = touches_of(&other, &query).expect("a list");
    assert_eq!((list.rows[0].cost_cents, list.invested.cents), (None, None));
    assert!(log_touch(&other, &touch(pine, TODAY, TouchForm::Call)).is_err());
}
