//! Everything in one log: a month in a practice, tampering with it, its reviews, and what left about patients.

use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use baton_core::Practice;
use baton_core::audit::{
    self, AuditError, Basis, Correction, LogAction, LogQuery, LogResult, LogRow, NewDisclosure, Recipient,
    SignOff, check, correct, disclose, disclosures, due, reviews, sign_off,
};
use baton_core::exchange::export::{
    AccountingOrder, LogOrder, PatientIdentity, RegisterFormat, RegisterOrder, accounting, log_file, register,
};
use baton_core::foundation::id::{PatientId, ProfileId, ReferralId};
use baton_core::history;
use baton_core::insights::Period;
use baton_core::referrals::referral;
use baton_core::store::{Event, Label, StoreError};
use baton_core::testing::{PASSPHRASE, day, machine, new_practice, practice};
use baton_core::vault::{
    Doubt, Machine, OnDoubt, Passphrase, Unlocked, VaultError, back_up, change_passphrase, create, describe,
    unlock,
};

use crate::world::{self, Told, tell};

const NAME: &str = "ZZPHI Achterberg";

/// A computer with a practice on it; days pass by opening it on another.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().expect("a folder") };
        let created =
            create(&place.on("2026-10-05"), &place.practice(), &new_practice(), &phrase(PASSPHRASE));
        created.expect("created").unlocked.lock().expect("locked");
        place
    }

    fn practice(&self) -> PathBuf {
        self.folder.path().join("practice")
    }

    fn on(&self, today: &str) -> Machine {
        machine(self.folder.path(), today)
    }

    fn profile(&self) -> ProfileId {
        describe(&self.practice()).expect("described").profiles[0].id
    }

    fn try_open(&self, today: &str, passphrase: &str, on_doubt: OnDoubt) -> Result<Unlocked, VaultError> {
        unlock(&self.on(today), &self.practice(), self.profile(), &phrase(passphrase), on_doubt)
    }

    fn open(&self, today: &str) -> Unlocked {
        self.try_open(today, PASSPHRASE, OnDoubt::Refuse).expect("unlocked")
    }

    fn sign_ins(&self) -> PathBuf {
        self.practice().join("sign-ins.txt")
    }
}

fn phrase(text: &str) -> Passphrase {
    Passphrase::new(text).expect("fits")
}

fn lines(practice: &Practice) -> Vec<LogRow> {
    audit::page(practice, &LogQuery { limit: 500, ..LogQuery::default() }).expect("a log").rows
}

fn of(practice: &Practice, action: LogAction) -> Vec<LogRow> {
    let query = LogQuery { action: Some(action), limit: 500, ..LogQuery::default() };
    audit::page(practice, &query).expect("a log").rows
}

fn a_referral(practice: &Practice) -> (ReferralId, PatientId) {
    tell(practice, |tx| {
        let patient = world::patient(tx, NAME, Some("4711"));
        Ok((
            world::referral(tx, &Told { received: "2026-10-06", patient: Some(patient), ..Told::default() }),
            patient,
        ))
    })
}

fn to(basis: Basis) -> Recipient {
    Recipient {
        name: "County health department".into(),
        address: String::new(),
        purpose: "Reporting".into(),
        basis,
    }
}

fn export_with_patients(practice: &Practice, target: &std::path::Path, basis: Basis) {
    let order = RegisterOrder {
        format: RegisterFormat::Csv,
        period: None,
        patients: PatientIdentity::Included { to: to(basis) },
    };
    register(practice, &order, target, &mut |_, _| ControlFlow::Continue(())).expect("exported");
}

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

/// Changes an event behind Baton's back and locks.
fn tampered(place: &Place) -> u32 {
    tampered_and(place, "")
}

fn tampered_and(place: &Place, more: &str) -> u32 {
    let unlocked = place.open("2026-10-06");
    let (id, _) = a_referral(unlocked.practice());
    referral(unlocked.practice(), id).expect("opened");
    let view = of(unlocked.practice(), LogAction::View)[0].seq;
    spoil(&unlocked, &format!("UPDATE audit SET actor_name = 'Somebody' WHERE seq = {view}; {more}"));
    view
}

fn spoil(unlocked: &Unlocked, sql: &str) {
    unlocked
        .practice()
        .store()
        .settle_day(|conn, _| {
            conn.execute_batch(
                "DROP TRIGGER IF EXISTS audit_is_append_only; DROP TRIGGER IF EXISTS audit_is_kept",
            )?;
            Ok(conn.execute_batch(sql)?)
        })
        .expect("tampered");
    unlocked.lock().expect("locked");
}

fn october() -> SignOff {
    let period = Period::new(day("2026-10-01"), day("2026-10-31")).expect("a month");
    SignOff { period, findings: "Nothing out of the ordinary.".into() }
}

#[test]
fn a_flipped_line_is_found_at_the_next_opening_and_an_owner_decides() {
    let place = Place::new();
    let view = tampered(&place);
    let refused = place.try_open("2026-11-02", PASSPHRASE, OnDoubt::Refuse);
    assert!(matches!(refused, Err(VaultError::HistoryBroken { entry }) if entry == view), "{refused:?}");

    let looking = place.try_open("2026-11-02", PASSPHRASE, OnDoubt::Look).expect("open for looking");
    assert_eq!(looking.doubt(), Some(Doubt::HistoryBroken { entry: view }));
    let practice = looking.practice();
    let (tried, kept) = (
        practice.write(Label::hand("story", ""), |_| Ok::<_, StoreError>(())),
        history::draft_save(practice, "intake", "x"),
    );
    assert!(matches!(tried, Err(StoreError::Doubtful)) && kept.is_err());
    assert!(back_up(&looking, None).is_err(), "a copy of it would pass for a good one");
    assert!(matches!(sign_off(practice, &october()), Err(AuditError::Broken { entry }) if entry == view));
    assert_eq!(check(practice).expect("checked").broken_at, Some(view));
    assert!(lines(practice).len() > 5, "one can look");
    assert!(matches!(looking.acknowledge("  "), Err(VaultError::Invalid { field: "explanation", .. })));
    drop(looking);
    assert!(place.try_open("2026-11-02", PASSPHRASE, OnDoubt::Refuse).is_err(), "looking decided nothing");

    let looking = place.try_open("2026-11-02", PASSPHRASE, OnDoubt::Look).expect("open for looking");
    looking.acknowledge("The vendor tried to repair the file.").expect("acknowledged");
    let practice = looking.practice();
    assert_eq!(looking.doubt(), None);
    a_referral(practice);
    sign_off(practice, &october()).expect("signed");
    let state = check(practice).expect("checked");
    assert_eq!((state.broken_at, state.accepted), (None, vec![view]));
    let doubts = of(practice, LogAction::Doubt);
    assert!(doubts.iter().any(|row| row.detail.contains("The vendor tried")));
    drop(looking);
    place.open("2026-11-03").lock().expect("acknowledged once, and on record");

    // What was acknowledged is what stood there, not whatever comes to stand there.
    spoil(&place.open("2026-11-03"), &format!("UPDATE audit SET actor_name = 'Another' WHERE seq = {view}"));
    assert!(matches!(
        place.try_open("2026-11-04", PASSPHRASE, OnDoubt::Refuse),
        Err(VaultError::HistoryBroken { entry }) if entry == view
    ));
}

#[test]
fn a_line_that_was_taken_out_shows_as_a_gap() {
    let place = Place::new();
    let unlocked = place.open("2026-10-06");
    let (id, _) = a_referral(unlocked.practice());
    referral(unlocked.practice(), id).expect("opened");
    let view = of(unlocked.practice(), LogAction::View)[0].seq;
    a_referral(unlocked.practice());
    spoil(&unlocked, &format!("DELETE FROM audit WHERE seq = {view}"));
    assert!(matches!(
        place.try_open("2026-10-07", PASSPHRASE, OnDoubt::Refuse),
        Err(VaultError::HistoryBroken { entry }) if entry == view + 1
    ));
}

#[test]
fn a_newest_line_that_was_taken_out_is_not_covered_up_by_the_one_that_takes_its_number() {
    let place = Place::new();
    let unlocked = place.open("2026-10-06");
    back_up(&unlocked, None).expect("backed up");
    let newest = lines(unlocked.practice())[0].seq;
    // Until vault.json knows the line; then it is taken out, and locking takes its number.
    let known = || {
        let text = fs::read_to_string(place.practice().join("vault.json")).expect("read");
        serde_json::from_str::<serde_json::Value>(&text).expect("json")["db_head"]["seq"].as_u64()
    };
    let begun = Instant::now();
    while known() != Some(u64::from(newest)) && begun.elapsed() < Duration::from_secs(20) {
        std::thread::yield_now();
    }
    spoil(&unlocked, &format!("DELETE FROM audit WHERE seq = {newest}"));
    let refused = place.try_open("2026-10-07", PASSPHRASE, OnDoubt::Refuse);
    assert!(matches!(refused, Err(VaultError::HeadAhead { .. })), "{refused:?}");
}

#[test]
fn only_an_owner_goes_on_in_spite_of_doubt() {
    let place = Place::new();
    let view = tampered_and(&place, "UPDATE profile SET role = 'clinician'");
    let knowingly = place.try_open("2026-10-07", PASSPHRASE, OnDoubt::OpenKnowingly);
    assert!(matches!(knowingly, Err(VaultError::OwnerNeeded)), "{knowingly:?}");
    let looking = place.try_open("2026-10-07", PASSPHRASE, OnDoubt::Look).expect("anybody may look");
    assert!(matches!(looking.acknowledge("I say so."), Err(VaultError::OwnerNeeded)));
    assert_eq!(looking.doubt(), Some(Doubt::HistoryBroken { entry: view }));
    let tried = looking.practice().write(Label::hand("story", ""), |_| Ok::<_, StoreError>(()));
    assert!(matches!(tried, Err(StoreError::Doubtful)));
}

#[test]
fn a_database_of_yesterday_can_be_looked_at_and_stays_in_doubt_until_acknowledged() {
    let place = Place::new();
    let yesterday = fs::read(place.practice().join("practice.db")).expect("read");
    a_referral(place.open("2026-10-06").practice());
    fs::write(place.practice().join("practice.db"), yesterday).expect("put back");
    for _ in 0..4 {
        let looking = place.try_open("2026-10-07", PASSPHRASE, OnDoubt::Look).expect("open for looking");
        assert!(
            matches!(looking.doubt(), Some(Doubt::HeadAhead { .. })),
            "each look leaves a line and decides nothing"
        );
    }
    let looking = place.try_open("2026-10-07", PASSPHRASE, OnDoubt::Look).expect("open for looking");
    looking.acknowledge("The disk was replaced.").expect("acknowledged");
    a_referral(looking.practice());
    drop(looking);
    place.open("2026-10-08");
}

#[test]
fn the_file_of_failed_sign_ins_is_taken_over_and_tampering_with_it_is_noticed() {
    let place = Place::new();
    let wrong = || {
        let tried = place.try_open("2026-10-06", "lantern orbit velvet canyon mople", OnDoubt::Refuse);
        assert!(tried.is_err());
    };
    place.open("2026-10-06").lock().expect("locked");
    wrong();
    wrong();
    let kept = fs::read_to_string(place.sign_ins()).expect("a file");
    assert!(!kept.contains("mople") && !kept.contains("Maren"), "no secret and no name");
    let unlocked = place.open("2026-10-06");
    assert_eq!(of(unlocked.practice(), LogAction::FailedSignIn).len(), 2);
    assert_eq!(of(unlocked.practice(), LogAction::Doubt), []);
    drop(unlocked);
    assert_eq!(fs::read_to_string(place.sign_ins()).expect("a file").lines().count(), 1, "begun anew");

    type Spoil = fn(&Place, &str);
    let spoils: [(&str, Spoil); 4] = [
        ("missing", |place, _| fs::remove_file(place.sign_ins()).expect("removed")),
        ("another", |place, old| fs::write(place.sign_ins(), old).expect("put back")),
        ("changed", |place, _| {
            let text = fs::read_to_string(place.sign_ins()).expect("read");
            fs::write(place.sign_ins(), text.replace("passphrase", "recovery")).expect("written");
        }),
        ("changed", |place, _| {
            let text = fs::read_to_string(place.sign_ins()).expect("read");
            fs::write(place.sign_ins(), text.replace("baton-sign-ins 1 ", "baton-sign-ins 1 9"))
                .expect("written");
        }),
    ];
    for (said, spoil) in spoils {
        let before = fs::read_to_string(place.sign_ins()).expect("a file");
        place.open("2026-10-06").lock().expect("locked");
        wrong();
        spoil(&place, &before);
        let unlocked = place.open("2026-10-06");
        let doubts = of(unlocked.practice(), LogAction::Doubt);
        assert_eq!(doubts.first().map(|row| row.detail.as_str()), Some(said));
    }
}

#[test]
fn a_review_is_due_for_each_month_that_is_over_and_stays_as_it_was_signed() {
    let place = Place::new();
    let unlocked = place.open("2026-11-02");
    let practice = unlocked.practice();
    let waits = due(practice).expect("asked").expect("October waits");
    assert_eq!((waits.next, waits.months), (october().period, 1));
    let early = SignOff { period: Period { to: day("2026-11-02"), ..october().period }, ..october() };
    assert!(matches!(sign_off(practice, &early), Err(AuditError::Invalid { field: "to", .. })));
    let silent = SignOff { findings: " ".into(), ..october() };
    assert!(matches!(sign_off(practice, &silent), Err(AuditError::Invalid { field: "findings", .. })));

    let entry = sign_off(practice, &october()).expect("signed").entry.expect("an entry");
    assert_eq!(due(practice).expect("asked"), None);
    let signed = &reviews(practice).expect("reviews")[0];
    assert_eq!((signed.reviewer.as_str(), signed.period), ("Maren Okafor", october().period));
    assert!(signed.entries >= 3 && signed.head >= signed.entries && signed.hash.len() == 64);
    assert!(history::undo(practice, entry.seq, baton_core::store::OnConflict::Overwrite).is_err());
    for sql in ["UPDATE audit_review SET findings = 'x'", "DELETE FROM audit_review"] {
        assert!(
            practice.write(Label::hand("story", ""), |tx| Ok::<_, StoreError>(tx.execute(sql, [])?)).is_err()
        );
    }

    tell(practice, |tx| {
        tx.execute("UPDATE profile SET role = 'front_desk'", [])?;
        Ok(())
    });
    assert!(matches!(sign_off(practice, &october()), Err(AuditError::NotAllowed)));
    assert_eq!(due(practice).expect("asked"), None, "nobody else is bothered");
}

fn by_hand(on: &str, basis: Basis) -> NewDisclosure {
    NewDisclosure { on: day(on), to: to(basis), what: "Operative report".into() }
}

#[test]
fn an_export_that_names_patients_is_a_disclosure_about_each_of_them() {
    let practice = practice("2026-11-02");
    let (_, named) = a_referral(&practice);
    let (trashed, left_out) = a_referral(&practice);
    baton_core::referrals::trash(&practice, trashed, None).expect("trashed");
    let folder = tempfile::tempdir().expect("a folder");
    export_with_patients(&practice, &folder.path().join("register.csv"), Basis::Other);
    let omitted =
        RegisterOrder { format: RegisterFormat::Csv, period: None, patients: PatientIdentity::Omitted };
    register(&practice, &omitted, &folder.path().join("counts.csv"), &mut |_, _| ControlFlow::Continue(()))
        .expect("exported");

    let shown = disclosures(&practice, named, None).expect("shown");
    assert_eq!(shown.all.len(), 1);
    let entry = &shown.all[0];
    assert_eq!(
        (entry.to.name.as_str(), entry.what.as_str(), entry.on, entry.patients, entry.sender.as_str()),
        ("County health department", "register.csv", day("2026-11-02"), 1, "Maren Okafor")
    );
    assert_eq!(shown.accountable, [entry.id]);
    assert_eq!(disclosures(&practice, left_out, None).expect("shown").all, []);
    assert!(
        of(&practice, LogAction::View)
            .iter()
            .any(|row| row.record.as_ref().is_some_and(|r| r.kind == "patient"))
    );
}

#[test]
fn a_disclosure_is_corrected_by_a_counter_entry_and_never_taken_back() {
    let practice = practice("2026-11-02");
    let (_, patient) = a_referral(&practice);
    let written = disclose(&practice, patient, &by_hand("2026-10-01", Basis::Other)).expect("put down");
    let entry = written.entry.expect("an entry");
    assert!(history::undo(&practice, entry.seq, baton_core::store::OnConflict::Overwrite).is_err());
    let future = disclose(&practice, patient, &by_hand("2026-11-03", Basis::Other));
    assert!(matches!(future, Err(AuditError::Invalid { field: "on", .. })));

    let right = Correction { reason: "Wrong day".into(), instead: Some(by_hand("2026-10-02", Basis::Other)) };
    let corrected = correct(&practice, written.value, &right).expect("corrected").value;
    assert!(matches!(correct(&practice, written.value, &right), Err(AuditError::AlreadyCorrected)));
    let shown = disclosures(&practice, patient, None).expect("shown");
    assert_eq!((shown.all.len(), shown.accountable), (2, vec![corrected]));

    let never = Correction { reason: "It was never sent".into(), instead: None };
    correct(&practice, corrected, &never).expect("withdrawn");
    let shown = disclosures(&practice, patient, None).expect("shown");
    assert_eq!((shown.all.len(), shown.accountable.len()), (3, 0));
    for sql in
        ["UPDATE disclosure SET what = 'x'", "DELETE FROM disclosure", "DELETE FROM disclosure_patient"]
    {
        assert!(
            practice.write(Label::hand("story", ""), |tx| Ok::<_, StoreError>(tx.execute(sql, [])?)).is_err()
        );
    }
}

#[test]
fn the_accounting_holds_what_has_to_be_told_or_everything() {
    let practice = practice("2026-11-02");
    let (_, patient) = a_referral(&practice);
    for (on, basis) in
        [("2020-11-02", Basis::Other), ("2020-11-01", Basis::Other), ("2026-01-05", Basis::Treatment)]
    {
        disclose(&practice, patient, &by_hand(on, basis)).expect("put down");
    }
    let folder = tempfile::tempdir().expect("a folder");
    for (all, rows) in [(false, 1), (true, 3)] {
        let order = AccountingOrder { patient, request_on: None, all };
        let target = folder.path().join("accounting.xlsx");
        let made = accounting(&practice, &order, &target).expect("an accounting");
        assert_eq!(made.sheets[0].rows, rows);
        assert!(target.exists());
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
