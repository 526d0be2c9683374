//! What leaves a line, and how the log is read.

use super::*;

#[test]
fn a_month_in_a_practice_leaves_a_line_for_each_action() {
    let place = Place::new();
    assert!(matches!(
        place.try_open("2026-10-06", "lantern orbit velvet canyon mople", OnDoubt::Refuse),
        Err(VaultError::WrongPassphrase)
    ));
    let unlocked = place.open("2026-10-06");
    let practice = unlocked.practice();
    let (id, _) = a_referral(practice);
    referral(practice, id).expect("opened");
    let target = place.folder.path().join("register.csv");
    export_with_patients(practice, &target, Basis::Operations);
    practice.store().log(practice.actor(), Event::print("referral", Some(id.0))).expect("logged");
    back_up(&unlocked, None).expect("backed up");
    change_passphrase(
        &place.on("2026-10-06"),
        &unlocked,
        &phrase(PASSPHRASE),
        &phrase("another orbit velvet canyon maple"),
    )
    .expect("changed");
    history::undo_last(practice).expect("taken back");
    unlocked.lock().expect("locked");

    let unlocked =
        place.try_open("2026-10-07", "another orbit velvet canyon maple", OnDoubt::Refuse).expect("open");
    let practice = unlocked.practice();
    let all = lines(practice);
    for action in [
        LogAction::View,
        LogAction::Change,
        LogAction::Export,
        LogAction::Print,
        LogAction::SignIn,
        LogAction::FailedSignIn,
        LogAction::Key,
        LogAction::Lock,
        LogAction::Backup,
        LogAction::Create,
    ] {
        assert!(all.iter().any(|row| row.action == action), "{action:?} left no line");
    }
    let numbers: Vec<u32> = all.iter().rev().map(|row| row.seq).collect();
    assert_eq!(numbers, (1..=numbers.len() as u32).collect::<Vec<_>>(), "one numbering, without a gap");
    let failed = &of(practice, LogAction::FailedSignIn)[0];
    assert_eq!((failed.profile_name.as_str(), failed.result), ("Maren Okafor", LogResult::Failed));
    let export = &of(practice, LogAction::Export)[0];
    assert_eq!(export.code, "export_register_with_patients");
    assert_eq!(export.detail, "register.csv, 1 row: Reporting");
    assert_eq!(check(practice).expect("checked").broken_at, None);
}

#[test]
fn the_log_refers_to_a_patient_by_id_so_that_erasing_the_name_erases_it_there_too() {
    let practice = practice("2026-11-02");
    let (id, patient) = a_referral(&practice);
    referral(&practice, id).expect("opened");
    let view = &of(&practice, LogAction::View)[0];
    assert_eq!(view.record.as_ref().map(|record| record.name.as_str()), Some(NAME));
    let kept: i64 = practice
        .read(|conn| {
            let sql = "SELECT count(*) FROM audit WHERE detail || kind || actor_name LIKE '%ZZPHI%'";
            Ok::<_, StoreError>(conn.query_row(sql, [], |row| row.get(0))?)
        })
        .expect("counted");
    assert_eq!(kept, 0);
    tell(&practice, |tx| {
        tx.execute("UPDATE patient SET name = 'T-0001' WHERE id = ?1", [patient])?;
        Ok(())
    });
    let view = &of(&practice, LogAction::View)[0];
    assert_eq!(view.record.as_ref().map(|record| record.name.as_str()), Some("T-0001"));
}

#[test]
fn the_log_can_be_filtered_by_day_person_record_and_result_and_read_page_by_page() {
    let place = Place::new();
    let unlocked = place.open("2026-10-06");
    let (id, _) = a_referral(unlocked.practice());
    referral(unlocked.practice(), id).expect("opened");
    drop(unlocked);
    let wrong = place.try_open("2026-10-20", "lantern orbit velvet canyon mople", OnDoubt::Refuse);
    assert!(wrong.is_err());
    let unlocked = place.open("2026-10-21");
    let practice = unlocked.practice();
    let asked = |query: LogQuery| audit::page(practice, &query).expect("a log").rows;

    let sixth =
        LogQuery { from: Some(day("2026-10-06")), to: Some(day("2026-10-06")), ..LogQuery::default() };
    assert!(asked(sixth.clone()).iter().any(|row| row.action == LogAction::View));
    let failed = asked(LogQuery { result: Some(LogResult::Failed), ..LogQuery::default() });
    assert_eq!(failed.len(), 1);
    let twentieth =
        LogQuery { from: Some(day("2026-10-20")), to: Some(day("2026-10-20")), ..LogQuery::default() };
    assert_eq!(asked(twentieth), failed, "a failed sign-in stands at its own time");
    let about = asked(LogQuery { record: Some(id.0), ..LogQuery::default() });
    assert_eq!(about.iter().map(|row| row.action).collect::<Vec<_>>(), [LogAction::View, LogAction::Change]);
    let nobody = LogQuery { profile: Some(ProfileId::new()), ..LogQuery::default() };
    assert_eq!(asked(nobody), []);

    let (mut by_page, mut cursor) = (Vec::new(), None);
    loop {
        let page =
            audit::page(practice, &LogQuery { limit: 3, cursor, ..LogQuery::default() }).expect("a page");
        by_page.extend(page.rows);
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(by_page, lines(practice));
}

#[test]
fn opening_the_same_record_again_and_again_is_one_view() {
    let practice = practice("2026-11-02");
    let (id, _) = a_referral(&practice);
    for _ in 0..5 {
        referral(&practice, id).expect("opened");
        history::record_history(&practice, id.0, None, 0).expect("read");
    }
    assert_eq!(of(&practice, LogAction::View).len(), 1);
}

#[test]
fn a_view_costs_no_write_of_its_own_and_rides_on_the_next_change() {
    let practice = practice("2026-11-02");
    let ids: Vec<ReferralId> = (0..100).map(|_| a_referral(&practice).0).collect();
    let begun = Instant::now();
    for id in &ids {
        practice.viewed("referral", id.0);
    }
    let took = begun.elapsed();
    assert!(took < Duration::from_millis(100), "100 views took {took:?}");
    tell(&practice, |tx| {
        world::patient(tx, "Somebody", None);
        Ok(())
    });
    let written: i64 = practice
        .read(|conn| {
            Ok::<_, StoreError>(conn.query_row(
                "SELECT count(*) FROM audit WHERE action = 'view'",
                [],
                |r| r.get(0),
            )?)
        })
        .expect("counted");
    assert_eq!(written, 100);
    assert_eq!(check(&practice).expect("checked").broken_at, None);
}

#[test]
fn a_change_that_fails_loses_no_event_that_rode_on_it() {
    let practice = practice("2026-11-02");
    let (id, _) = a_referral(&practice);
    practice.viewed("referral", id.0);
    let failed = practice.write(Label::hand("tag_add", "x"), |_| Err::<(), _>(StoreError::Cancelled));
    assert!(failed.is_err());
    assert_eq!(of(&practice, LogAction::View).len(), 1);
}

#[test]
fn nobody_changes_or_deletes_a_line() {
    let practice = practice("2026-11-02");
    practice.store().log(practice.actor(), Event::new("lock")).expect("logged");
    for sql in ["UPDATE audit SET actor_name = 'x'", "DELETE FROM audit"] {
        assert!(
            practice.write(Label::hand("story", ""), |tx| Ok::<_, StoreError>(tx.execute(sql, [])?)).is_err()
        );
    }
}

#[test]
fn the_log_as_a_file_holds_every_line_says_how_far_it_verifies_and_names_no_patient() {
    let practice = practice("2026-11-02");
    let (id, _) = a_referral(&practice);
    practice
        .write(Label::hand("referral_edit", NAME), |tx| {
            world::patient(tx, "Somebody", None);
            Ok::<_, StoreError>(())
        })
        .expect("a change that is about a patient");
    referral(&practice, id).expect("opened");
    let there = lines(&practice).len();
    let folder = tempfile::tempdir().expect("a folder");
    for format in [RegisterFormat::Csv, RegisterFormat::Xlsx] {
        let target = folder.path().join("log");
        let before = lines(&practice).len();
        let order = LogOrder { format, query: LogQuery::default() };
        let made =
            log_file(&practice, &order, &target, &mut |_, _| ControlFlow::Continue(())).expect("a file");
        assert_eq!(made.sheets[0].rows as usize, before);
        if format == RegisterFormat::Csv {
            let text = fs::read_to_string(&target).expect("text");
            assert!(!text.contains("ZZPHI"), "no name");
            assert!(text.contains(&id.to_string()), "but the record");
            assert!(text.contains(&format!("verifies from its beginning up to entry {there}")), "{text}");
        }
    }
}
