//! Clocks that are wrong, hours that are missing, and years that end elsewhere.

use baton_core::foundation::clock::Clock;
use baton_core::testing::{PASSPHRASE, new_practice};
use baton_core::vault::{Machine, OnDoubt, check, create, describe, unlock};
use chrono::{DateTime, Days, NaiveDate, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};

use super::{passphrase, story};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

#[test]
fn a_clock_set_back_or_years_ahead_keeps_the_order_of_history_and_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let practice = folder.path().join("practice");
    let machine = |now: &str| Machine::for_tests(&folder.path().join("config"), Clock::fixed(at(now)), None);
    drop(
        create(&machine("2026-11-02T12:00:00Z"), &practice, &new_practice(), &passphrase(PASSPHRASE))
            .expect("created"),
    );
    let profile = describe(&practice).expect("described").profiles[0].id;
    let mut kept = Vec::new();
    for now in [
        "2026-11-01T12:00:00Z",
        "2023-11-02T12:00:00Z",
        "2036-11-02T12:00:00Z",
        "1999-12-31T23:59:59Z",
        "2026-11-03T12:00:00Z",
    ] {
        let machine = machine(now);
        let unlocked =
            unlock(&machine, &practice, profile, &passphrase(PASSPHRASE), OnDoubt::Refuse).expect(now);
        kept.push(story::act(unlocked.practice()).expect(now));
        let backup = baton_core::vault::back_up(&unlocked, None).expect(now);
        assert!(std::path::Path::new(&backup.folder).exists(), "{now}");
        story::all_kept(unlocked.practice(), &kept, now);
        assert!(check(&unlocked).expect("checked").ok, "{now}");
    }
    let unlocked = unlock(
        &machine("2026-11-03T12:00:00Z"),
        &practice,
        profile,
        &passphrase(PASSPHRASE),
        OnDoubt::Refuse,
    )
    .expect("unlocked");
    let subjects = story::texts(
        unlocked.practice(),
        "SELECT subject FROM history WHERE action = 'tag_add' ORDER BY seq",
    );
    assert_eq!(subjects, kept, "history is in the order it was made, whatever the clock said");
}

#[test]
fn every_hour_of_every_zone_has_its_day() {
    let begun = at("2026-01-01T00:30:00Z");
    for zone in TZ_VARIANTS {
        let mut before = NaiveDate::MIN;
        for hour in (0..24 * 366).step_by(3) {
            let now = begun + chrono::Duration::hours(hour);
            let today = Clock::fixed(now).today(zone);
            assert!(today >= before, "{zone}: a day never comes twice");
            assert!(
                before == NaiveDate::MIN || today <= before + Days::new(2),
                "{zone}: {before} to {today}"
            );
            before = today;
        }
    }
}

#[test]
fn the_last_evening_of_the_year_is_still_that_year_where_the_practice_is() {
    for (zone, utc) in [
        ("America/New_York", "2027-01-01T04:30:00Z"),
        ("Asia/Tokyo", "2026-12-31T14:30:00Z"),
        ("Pacific/Kiritimati", "2026-12-31T09:30:00Z"),
    ] {
        let zone: Tz = zone.parse().expect("a zone");
        let now = at(utc);
        assert_eq!(zone.from_utc_datetime(&now.naive_utc()).format("%H:%M").to_string(), "23:30");
        assert_eq!(Clock::fixed(now).today(zone).to_string(), "2026-12-31", "{zone}");
    }
}

#[test]
fn days_stay_what_they_were_when_the_practice_moves() {
    let standing = super::Standing::with_referrals(10);
    let days = |unlocked: &baton_core::vault::Unlocked| {
        story::texts(unlocked.practice(), "SELECT received_on FROM referral ORDER BY id")
    };
    let unlocked = standing.place.unlock(PASSPHRASE).expect("unlocked");
    let before = days(&unlocked);
    for zone in ["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Havana"] {
        unlocked.practice().store().set_zone(zone.parse().expect("a zone"));
        assert_eq!(days(&unlocked), before, "{zone}");
    }
}
