//! What each role may do and see, through every way there is to do or see it.

mod commands;
mod reads;
mod scope;
mod story;
mod writes;

use baton_core::Practice;
use baton_core::history::{self, UndoAnswer};
use baton_core::referrals::process::{self, LeakAction, LeakKind, LeakResult};
use baton_core::referrals::{self, ReferralChange, ReferralQuery};
use baton_core::store::{Changed, Entry, Label, OnConflict, Room, StoreError};
use baton_core::testing::{self, with_role};
use baton_core::vault::{Area, Hidden, Level, Need, Rights, Role, patient_token, set_rights};
use reads::{Told, costs, looks};
use story::{Story, WHO, WHY, story};

/// Whether an answer tells who a patient is: the name, the chart number or the birth date.
fn tells_who(told: &Told) -> bool {
    let text = told.as_ref().unwrap_or_else(|refusal| refusal).to_lowercase();
    text.contains(&WHO.to_lowercase()) || text.contains("zzphi") || text.contains("1961-07-31")
}

fn tells_why(told: &Told) -> bool {
    told.as_ref().unwrap_or_else(|refusal| refusal).contains(WHY)
}

fn tells_cost(told: &Told) -> bool {
    let text = told.as_ref().unwrap_or_else(|refusal| refusal);
    costs().iter().any(|cost| text.contains(cost))
}

/// Walks every look and fails with the first that tells what is hidden.
fn nothing_hidden_is_told(practice: &Practice, story: &Story, who: &str) {
    let hidden = practice.hidden();
    for (command, told) in looks(practice, story, story.practice.folder.path()) {
        let found = (tells_who(&told), tells_why(&told), tells_cost(&told));
        let text = told.unwrap_or_else(|refusal| refusal);
        assert!(!(hidden.patients && found.0), "{who} learns from {command} who a patient is: {text}");
        assert!(!(hidden.reason && found.1), "{who} learns from {command} why a patient came: {text}");
        assert!(!(hidden.money && found.2), "{who} learns from {command} what it cost: {text}");
    }
}

#[test]
fn the_story_can_be_read_whole_by_an_owner() {
    let story = story();
    let all = looks(&story.practice, &story, story.practice.folder.path());
    for (command, told) in &all {
        assert!(told.is_ok(), "{command}: {told:?}");
    }
    let telling = |tells: fn(&Told) -> bool| {
        all.iter().filter(move |(_, told)| tells(told)).map(|(command, _)| *command)
    };
    // What an owner finds is what the walks of the other roles would find if it were not hidden.
    let who: Vec<_> = telling(tells_who).collect();
    for command in [
        "partners_list",
        "partner_get",
        "people_list",
        "person_get",
        "network_duplicates",
        "search_everything",
        "referrals_list",
        "referral_get",
        "referral_sources",
        "referrals_open_of_patient",
        "today_overview",
        "history_entries",
        "history_entry",
        "history_record",
        "trash_list",
        "draft_get",
        "insights_scorecards",
        "insights_scorecard",
        "export_register",
        "export_scorecards",
    ] {
        assert!(who.contains(&command), "{command} tells who a patient is: {who:?}");
    }
    let why: Vec<_> = telling(tells_why).collect();
    for command in ["referrals_list", "referral_get", "referral_words", "history_entry", "export_register"] {
        assert!(why.contains(&command), "{command} tells why: {why:?}");
    }
    let cost: Vec<_> = telling(tells_cost).collect();
    for command in ["referral_get", "history_entry", "export_register"] {
        assert!(cost.contains(&command), "{command} tells the cost: {cost:?}");
    }
}

#[test]
fn no_role_learns_what_is_hidden_for_it_by_any_way_there_is() {
    let story = story();
    for role in Role::ALL {
        let somebody = with_role(&story.practice, role);
        nothing_hidden_is_told(&somebody, &story, role.code());
    }
}

#[test]
fn hidden_stays_hidden_for_a_role_that_may_do_everything_else() {
    let story = story();
    let blind = Rights { hidden: Hidden::EVERYTHING, ..Rights::of(Role::Owner) };
    set_rights(&story.practice, Role::FrontDesk, &blind).expect("set");
    let desk = with_role(&story.practice, Role::FrontDesk);
    nothing_hidden_is_told(&desk, &story, "a blind desk");
    // Also where it does something: answers, conflicts and what history will say of it.
    let edit = referrals::edit(&desk, story.referral, &[ReferralChange::Payer(Some("Acme".into()))], None)
        .expect("edited");
    let subject = edit.entry.clone().expect("an entry").subject;
    assert!(subject.starts_with("Patient ") && !subject.contains("ZZ"), "{subject}");
    let raw = story.practice.store().head().expect("a head");
    let written = Entry {
        subject: format!("{WHO} Married"),
        seq: u32::try_from(raw.seq).expect("few"),
        ..edit.entry.expect("an entry")
    };
    let heard = desk.as_seen(&Changed { rooms: vec![Room::Referrals], entry: Some(written) });
    assert!(!heard.entry.expect("an entry").subject.contains(WHO), "what the page hears");
    let head = u32::try_from(story.practice.store().head().expect("a head").seq).expect("few");
    let mut conflicts = 0;
    for seq in 1..=head {
        let answer = history::undo(&desk, seq, OnConflict::Ask);
        conflicts += u32::from(matches!(answer, Ok(UndoAnswer::Conflicts { .. })));
        let told =
            answer.map(|answer| serde_json::to_string(&answer).expect("json")).map_err(|e| e.to_string());
        assert!(!tells_who(&told) && !tells_why(&told) && !tells_cost(&told), "undoing {seq}: {told:?}");
    }
    assert!(conflicts > 0, "something was changed since");
    nothing_hidden_is_told(&desk, &story, "a blind desk after undoing");
}

#[test]
fn a_patient_keeps_the_same_token_everywhere() {
    let story = story();
    let liaison = with_role(&story.practice, Role::Liaison);
    let page = referrals::referral(&liaison, story.referral).expect("a page");
    assert_eq!(page.row.patient, patient_token(page.patient_id));
    assert_eq!((page.row.chart_number, page.patient_born_on, page.note), (None, None, None));
    let register = referrals::referrals(&liaison, &ReferralQuery::default()).expect("a register");
    assert!(register.rows.iter().any(|row| row.patient == patient_token(page.patient_id)));
}

#[test]
fn hidden_words_about_a_leak_outlast_whoever_can_not_see_them() {
    let story = story();
    let blind = Rights { hidden: Hidden::EVERYTHING, ..Rights::of(Role::Owner) };
    set_rights(&story.practice, Role::FrontDesk, &blind).expect("set");
    let desk = with_role(&story.practice, Role::FrontDesk);
    let words = || {
        let sql = "SELECT reason_text, action FROM leak WHERE referral_id = ?1";
        let row = |row: &rusqlite::Row<'_>| {
            Ok((row.get::<_, Option<String>>(0)?, row.get::<_, Option<String>>(1)?))
        };
        story
            .practice
            .read(|conn| Ok::<_, StoreError>(conn.query_row(sql, [story.referral], row)?))
            .expect("a leak")
    };
    let before = words();
    assert!(before.0.is_some() && before.1.is_some(), "{before:?}");
    let given_up = LeakAction {
        kind: LeakKind::LostContact,
        step: String::new(),
        reason: None,
        reason_text: None,
        action: None,
        action_due_on: None,
        result: Some(LeakResult::GivenUp),
    };
    process::settle_leak(&desk, story.referral, &given_up).expect("given up");
    assert_eq!(words(), before);
}

#[test]
fn hidden_words_are_not_found_by_searching_for_them() {
    let story = story();
    let count = |practice: &Practice, text: &str| {
        let query = ReferralQuery { text: Some(text.into()), ..ReferralQuery::default() };
        referrals::referrals(practice, &query).expect("a register").total.count
    };
    assert!(count(&story.practice, WHO) > 0 && count(&story.practice, WHY) > 0);
    let liaison = with_role(&story.practice, Role::Liaison);
    assert_eq!((count(&liaison, WHO), count(&liaison, "married"), count(&liaison, WHY)), (0, 0, 0));
    let analyst = with_role(&story.practice, Role::Analyst);
    assert_eq!(count(&analyst, WHO), 0);
    assert!(count(&analyst, WHY) > 0, "an analyst counts by reason");
}

#[test]
fn a_register_in_the_order_of_names_that_are_hidden_is_paged_whole() {
    let story = story();
    let liaison = with_role(&story.practice, Role::Liaison);
    for sort in [referrals::ReferralSort::Patient, referrals::ReferralSort::Partner] {
        let mut query = ReferralQuery { sort, limit: 1, ..ReferralQuery::default() };
        let mut seen = Vec::new();
        loop {
            let page = referrals::referrals(&liaison, &query).expect("a page");
            seen.extend(page.rows.into_iter().map(|row| row.id));
            query.cursor = page.next;
            if query.cursor.is_none() {
                break;
            }
        }
        let all = referrals::referrals(&story.practice, &ReferralQuery::default()).expect("a register");
        assert_eq!(seen.len(), all.rows.len(), "{sort:?}");
    }
}

#[test]
fn a_change_of_role_holds_at_once() {
    let story = story();
    let somebody = with_role(&story.practice, Role::Liaison);
    assert!(
        referrals::referral(&somebody, story.referral).expect("a page").row.patient.starts_with("Patient ")
    );
    let becomes = |role: &str| {
        story
            .practice
            .write(Label::hand("profile_role", "Somebody"), |tx| {
                tx.execute(
                    "UPDATE profile SET role = ?2 WHERE id = ?1",
                    rusqlite::params![somebody.actor().id, role],
                )?;
                Ok::<_, StoreError>(())
            })
            .expect("changed");
    };
    becomes("clinician");
    assert!(referrals::referral(&somebody, story.referral).expect("a page").row.patient.contains(WHO));
    becomes("a role nobody knows");
    let refused = referrals::referral(&somebody, story.referral).expect_err("no role, no rights");
    assert!(refused.to_string().contains("Settings, Roles"), "{refused}");
}

#[test]
fn a_profile_that_was_retired_has_no_rights_left() {
    let story = story();
    let somebody = with_role(&story.practice, Role::Clinician);
    story
        .practice
        .write(Label::hand("profile_retire", "Somebody"), |tx| {
            tx.execute("UPDATE profile SET active_to = '2026-11-19' WHERE id = ?1", [somebody.actor().id])?;
            Ok::<_, StoreError>(())
        })
        .expect("retired");
    assert_eq!(somebody.rights(), Rights::NOTHING);
    let edit = referrals::edit(&somebody, story.referral, &[ReferralChange::Payer(None)], None);
    assert!(edit.is_err());
}

#[test]
fn the_practice_may_change_what_a_role_may_do_and_take_it_back() {
    let practice = testing::practice("2026-11-20");
    let liaison = with_role(&practice, Role::Liaison);
    let wider = Rights { hidden: Hidden::default(), export: true, ..Rights::of(Role::Liaison) };
    let written = set_rights(&practice, Role::Liaison, &wider).expect("set");
    assert_eq!(liaison.rights(), wider);
    let entry = written.entry.expect("on record");
    let detail = history::entry(&practice, entry.seq).expect("an entry");
    let fields: Vec<_> = detail.records[0].fields.iter().map(|field| field.field.as_str()).collect();
    assert!(fields.contains(&"role_rights.hides_patients"), "what changed is told: {fields:?}");
    history::undo(&practice, entry.seq, OnConflict::Ask).expect("undone");
    assert_eq!(liaison.rights(), Rights::of(Role::Liaison));
    set_rights(&practice, Role::Liaison, &wider).expect("set again");
    baton_core::vault::reset_rights(&practice, Role::Liaison).expect("back to default");
    assert_eq!(liaison.rights(), Rights::of(Role::Liaison));
    let again = set_rights(&practice, Role::Liaison, &Rights::of(Role::Liaison)).expect("nothing to do");
    assert!(again.entry.is_none(), "the default is not a change");
}

#[test]
fn an_owner_can_not_be_locked_out_and_nobody_else_changes_roles() {
    let practice = testing::practice("2026-11-20");
    set_rights(&practice, Role::Owner, &Rights::NOTHING).expect("as far as it goes");
    practice.may(Need::ManageProfiles).expect("profiles");
    practice.may(Need::Write(Area::Vault)).expect("settings");
    set_rights(&practice, Role::Owner, &Rights::of(Role::Owner)).expect("back again");
    assert_eq!(practice.rights(), Rights::of(Role::Owner));
    let greedy = Rights { vault: Level::Approve, manage_profiles: true, ..Rights::of(Role::Owner) };
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Owner) {
        set_rights(&practice, role, &greedy).expect("set");
        let somebody = with_role(&practice, role);
        assert!(set_rights(&somebody, role, &greedy).is_err(), "{role:?}");
        let own = somebody.write(Label::hand("profile_role", ""), |tx| {
            tx.execute("UPDATE profile SET role = 'owner' WHERE id = ?1", [somebody.actor().id])?;
            Ok::<_, StoreError>(())
        });
        assert!(matches!(own, Err(StoreError::NotAllowed(_))), "{role:?} can't make themselves an owner");
    }
}
