//! Who came in, who failed to and who was refused.

use super::*;

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
fn whoever_is_refused_although_the_key_fits_is_in_the_log() {
    let place = Place::new();
    let unlocked = place.open("2026-10-06");
    let form = ProfileForm {
        name: "Tess Lindqvist".into(),
        initials: "TL".into(),
        role: Role::Liaison,
        active_from: None,
        active_to: Some(day("2026-10-10")),
    };
    let card = add_profile(&place.on("2026-10-06"), &unlocked, &phrase(PASSPHRASE), &form).expect("added");
    unlocked.lock().expect("locked");
    let tess = describe(&place.practice()).expect("described").profiles[1].id;
    let own = phrase("copper harvest violin tundra plaza");
    let first = unlock_first(
        &place.on("2026-10-06"),
        &place.practice(),
        tess,
        &phrase(&card.phrase),
        &own,
        OnDoubt::Refuse,
    );
    first.expect("her own").lock().expect("locked");
    let late = unlock(&place.on("2026-10-11"), &place.practice(), tess, &own, OnDoubt::Refuse);
    assert!(matches!(late, Err(VaultError::ProfileEnded)), "{late:?}");
    let unlocked = place.open("2026-10-12");
    let refused = of(unlocked.practice(), LogAction::FailedSignIn);
    let told: Vec<_> = refused.iter().map(|row| (row.profile_name.as_str(), row.result)).collect();
    assert_eq!(told, [("Tess Lindqvist", LogResult::Refused)]);
}

#[test]
fn whoever_looks_back_is_in_the_log_with_the_day() {
    let place = Place::new();
    let unlocked = place.open("2026-10-07");
    a_referral(unlocked.practice());
    let go = &mut |_, _| ControlFlow::Continue(());
    drop(unlocked.as_of(Moment::Day(day("2026-10-06")), go).expect("an earlier day"));
    let all = lines(unlocked.practice());
    let looks: Vec<_> = all.iter().filter(|row| row.code == "look_back").collect();
    assert_eq!(looks.len(), 1);
    assert_eq!((looks[0].profile_name.as_str(), looks[0].detail.as_str()), ("Maren Okafor", "2026-10-06"));
}
