//! Tampering with the log, and an owner's decision.

use super::*;

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
fn what_was_acknowledged_and_is_erased_afterwards_still_verifies() {
    let place = Place::new();
    let unlocked = place.open("2026-10-06");
    let new = network::NewPerson { name: "Zelda Quarry".into(), ..network::NewPerson::default() };
    let added = network::add_person(unlocked.practice(), new).expect("added");
    let entry = added.entry.expect("an entry").seq;
    spoil(
        &unlocked,
        &format!(
            "DROP TRIGGER history_is_append_only; UPDATE history SET actor_name = 'Somebody' WHERE seq = {entry}"
        ),
    );
    let looking = place.try_open("2026-10-07", PASSPHRASE, OnDoubt::Look).expect("open for looking");
    assert_eq!(looking.doubt(), Some(Doubt::HistoryBroken { entry }));
    looking.acknowledge("The vendor tried to repair the file.").expect("acknowledged");
    let request = ErasureRequest {
        requested_on: day("2026-10-07"),
        requester: "the person".into(),
        decision: Decision::Granted,
        reason: String::new(),
    };
    erase(looking.practice(), LookedFor::Person(added.value.0), &request).expect("erased");
    let state = check(looking.practice()).expect("checked");
    assert_eq!((state.broken_at, state.accepted), (None, vec![entry]));
    looking.lock().expect("locked");
    let again = place.open("2026-10-08");
    // And what is changed behind Baton's back after that is found again.
    spoil(
        &again,
        &format!(
            "DROP TRIGGER IF EXISTS history_is_append_only; UPDATE history SET actor_name = 'Another' WHERE seq = {entry}"
        ),
    );
    let refused = place.try_open("2026-10-09", PASSPHRASE, OnDoubt::Refuse);
    assert!(
        matches!(refused, Err(VaultError::HistoryBroken { entry: found }) if found == entry),
        "{refused:?}"
    );
}

#[test]
fn a_practice_that_is_watched_opens_at_once_and_changes_nothing_before_its_history_verifies() {
    let place = Place::new();
    let view = tampered(&place);
    let watched =
        place.try_open("2026-10-07", PASSPHRASE, OnDoubt::Watch).expect("opens before it is verified");
    let tried = watched.practice().write(Label::hand("story", ""), |_| Ok::<_, StoreError>(()));
    assert!(
        matches!(tried, Err(StoreError::Doubtful)),
        "whoever changes something waits and is refused: {tried:?}"
    );
    assert_eq!(watched.doubt(), Some(Doubt::HistoryBroken { entry: view }));
    assert!(back_up(&watched, None).is_err());
    watched.acknowledge("The vendor tried to repair the file.").expect("acknowledged");
    a_referral(watched.practice());
    watched.lock().expect("locked");

    let watched = place.try_open("2026-10-08", PASSPHRASE, OnDoubt::Watch).expect("opens");
    a_referral(watched.practice());
    assert_eq!(watched.doubt(), None);
    watched.lock().expect("locked");
    // Locked before the walk came to its end: nothing is waited for.
    place.try_open("2026-10-08", PASSPHRASE, OnDoubt::Watch).expect("opens").lock().expect("locked");
    place.open("2026-10-09");
}

#[test]
fn a_practice_that_is_watched_is_refused_at_once_when_its_newest_changes_are_missing() {
    let place = Place::new();
    let yesterday = fs::read(place.practice().join("practice.db")).expect("read");
    a_referral(place.open("2026-10-06").practice());
    fs::write(place.practice().join("practice.db"), yesterday).expect("put back");
    let refused = place.try_open("2026-10-07", PASSPHRASE, OnDoubt::Watch);
    assert!(matches!(refused, Err(VaultError::HeadAhead { .. })), "{refused:?}");
}
