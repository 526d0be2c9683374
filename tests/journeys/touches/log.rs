//! Contacts are put down, changed, kept private, and leave as a workbook.

use baton_core::exchange::export::{TouchLogOrder, touch_log};
use baton_core::history;
use baton_core::network::{NewPartner, NewPerson, PartnerClass, PartnerType, Party, add_partner};
use baton_core::outreach::{
    CostKind, NewTouch, NextStep, OutreachError, TouchCategory, TouchConcern, TouchForm, TouchQuery,
    edit_touch, log_touch, log_touch_with, restore_touch, sort_touch, touches_of, touches_to_sort,
    trash_touch,
};
use baton_core::referrals::help::{IssueCategory, help_facts};
use baton_core::sample::{SampleSize, create_into};
use baton_core::store::StoreError;
use baton_core::testing::{day, practice, with_role};
use baton_core::vault::{Level, Rights, Role, set_rights};
use calamine::{Data, Reader, Xlsx, open_workbook};

use super::{TODAY, clinic, invalid, of, somebody, touch};
use crate::world;

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
        next: Some(NextStep {
            title: "Send the portal's address".into(),
            due_on: day("2026-11-27"),
            promised: true,
        }),
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
    assert_eq!(
        (
            of(&practice, Party::Partner(pine), true).rows.len(),
            of(&practice, Party::Partner(pine), false).trashed
        ),
        (1, 1)
    );
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
        tx.execute(
            "DELETE FROM touch_person WHERE touch_id IN (SELECT id FROM touch WHERE form = 'visit')",
            [],
        )?;
        tx.execute("DELETE FROM touch WHERE form = 'visit'", [])?;
        Ok::<_, StoreError>(())
    });
    assert_eq!(rows(kept), rows(plain));
    // What the busiest partner took in the trailing year.
    let (busiest, touches, minutes, cents) = practice
        .read(|c| {
            c.query_row(
                "SELECT partner_id, count(*), sum(minutes), sum(cost_cents) FROM touch
                 WHERE trashed_at IS NULL AND julianday('2026-11-20') - julianday(held_on) < 365
                 GROUP BY partner_id ORDER BY count(*) DESC LIMIT 1",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
            )
            .map_err(StoreError::from)
        })
        .expect("a row");
    let invested = of(&practice, Party::Partner(busiest), false).invested;
    assert_eq!((invested.touches, invested.minutes, invested.cents), (touches, minutes, Some(cents)));
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
    let told =
        serde_json::to_string(&history::entries(&other, &history::HistoryQuery::default()).expect("told"))
            .expect("json");
    assert!(!told.contains("In spring") && !told.contains("Whether they sell"));
}

#[test]
fn what_was_logged_in_haste_is_sorted_later_by_whoever_may_read_it() {
    let practice = practice(TODAY);
    let pine = clinic(&practice, "Pine Hollow");
    let log = |touch: &NewTouch| log_touch(&practice, touch).expect("logged").value;
    let bare =
        log(&NewTouch { purpose: "Asked after them".into(), ..touch(pine, "2026-11-12", TouchForm::Call) });
    let nameless = log(&NewTouch {
        category: Some(TouchCategory::Education),
        ..touch(pine, "2026-11-10", TouchForm::Visit)
    });
    let whole = NewTouch {
        category: Some(TouchCategory::Education),
        purpose: "Showed the protocol".into(),
        ..touch(pine, "2026-11-09", TouchForm::Visit)
    };
    log(&whole);
    let private = log(&NewTouch { kept_private: true, ..touch(pine, "2026-11-08", TouchForm::Visit) });
    let told = |practice: &baton_core::Practice| {
        let found = touches_to_sort(practice).expect("told");
        assert_eq!(usize::try_from(found.total), Ok(found.rows.len()));
        found.rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(told(&practice), [bare, nameless, private]);
    let other = with_role(&practice, Role::Liaison);
    assert_eq!(told(&other), [bare, nameless], "what is private is its holder's to sort");
    assert!(matches!(sort_touch(&other, private, TouchCategory::Gratitude), Err(OutreachError::Private)));
    sort_touch(&other, bare, TouchCategory::Targeted).expect("sorted");
    assert_eq!(told(&practice), [nameless, private], "the purpose of one is still missing");
    history::undo_last(&other).expect("taken back");
    assert_eq!(told(&practice), [bare, nameless, private]);
    trash_touch(&practice, bare).expect("trashed");
    assert!(sort_touch(&practice, bare, TouchCategory::Targeted).is_err());
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
    // The mix is that of its own 90 days, whichever days the file holds.
    let order = TouchLogOrder { from: day(TODAY), to: day("2027-01-31") };
    touch_log(&practice, &order, &target).expect("written");
    let mut book: Xlsx<_> = open_workbook(&target).expect("a workbook");
    let mix = book.worksheet_range("Mix").expect("a sheet");
    let kinds: Vec<_> =
        mix.rows().map(|row| (row[0].to_string(), row[1].to_string(), row[2].to_string())).collect();
    assert!(kinds.contains(&("Education".into(), "1".into(), "1".into())), "{kinds:?}");
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
