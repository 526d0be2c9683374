//! Volume-blind by construction: nothing this room answers changes with how much somebody refers.

use baton_core::gratitude::{self, LedgerQuery};
use baton_core::insights::{self, IndependenceVerdict};
use baton_core::network::Party;
use baton_core::store::StoreError;
use baton_core::testing::{practice, with_role};
use baton_core::vault::Role;

use super::kit::{NPI, give, item, physician};
use crate::world::{self, Told, tell};

/// Everything the room answers, as the JSON that crosses the border.
fn everything(practice: &baton_core::Practice, who: baton_core::foundation::id::PersonId) -> String {
    fn json<T: serde::Serialize, E: std::fmt::Debug>(answer: Result<T, E>) -> String {
        serde_json::to_string(&answer.expect("an answer")).unwrap()
    }
    [
        json(gratitude::queue(practice)),
        json(gratitude::thanks_due(practice)),
        json(gratitude::thanks_of(practice, Party::Person(who))),
        json(gratitude::gift_note(practice, Party::Person(who))),
        json(gratitude::preflight(practice, &item(who, 5_000, "2026-11-25"))),
        json(gratitude::ledger(practice, &LedgerQuery { year: 2026, after: None, waiting: false })),
        json(gratitude::of_person(practice, Party::Person(who))),
        json(gratitude::meters(practice, 2026)),
        json(gratitude::overruns(practice)),
        json(gratitude::gift_book(practice)),
        json(gratitude::preview_letter(practice, Party::Person(who), "thanks", "A line of one's own.")),
    ]
    .join("\n")
}

#[test]
fn one_referral_or_fifty_make_no_difference_to_anything_the_room_answers() {
    let practice = practice("2026-11-25");
    let ito = physician(&practice, "Keiko Ito", Some(NPI[0]));
    let pine = tell(&practice, |tx| Ok(world::partner(tx, "Pine Hollow", "medical", "primary_care")));
    let sends = |n: usize| {
        tell(&practice, |tx| {
            for _ in 0..n {
                let told = Told {
                    received: "2026-11-20",
                    from: Some(pine),
                    person: Some(ito),
                    amount: Some(90_000),
                    ..Told::default()
                };
                world::referral(tx, &told);
            }
            Ok(())
        });
    };
    give(&practice, &item(ito, 2_000, "2026-11-20")).expect("given");
    sends(1);
    let one = everything(&practice, ito);
    sends(49);
    assert_eq!(everything(&practice, ito), one);
    for word in ["referral", "volume", "revenue", "tier", "depth", "conversion", "count", "amount"] {
        let keys = one.split('"').filter(|part| part.to_lowercase().contains(word)).collect::<Vec<_>>();
        // The check's own name says what is forbidden, not how much there is.
        let keys: Vec<_> =
            keys.into_iter().filter(|key| !["per_referral", "discount"].contains(key)).collect();
        assert!(keys.is_empty(), "{word}: {keys:?}");
    }
}

#[test]
fn the_yearly_check_is_for_whoever_approves_and_names_nobody() {
    let owner = practice("2026-11-25");
    let pine = tell(&owner, |tx| Ok(world::partner(tx, "Pine Hollow", "medical", "primary_care")));
    for n in 0u8..6 {
        let who = physician(&owner, &format!("Doctor {n}"), Some(&format!("12453195{n:02}")));
        tell(&owner, |tx| {
            for _ in 0..=n {
                world::referral(
                    tx,
                    &Told { received: "2026-05-01", from: Some(pine), person: Some(who), ..Told::default() },
                );
            }
            Ok(())
        });
        give(&owner, &item(who, 1_000 * (i64::from(n) + 1), "2026-11-01")).expect("given");
    }
    for role in [Role::FrontDesk, Role::Liaison, Role::Analyst, Role::Clinician] {
        let refused = insights::independence_report(&with_role(&owner, role), 2026);
        assert!(
            matches!(refused, Err(insights::InsightsError::Store(StoreError::NotAllowed(_)))),
            "{role:?}"
        );
    }
    let report = insights::independence_report(&with_role(&owner, Role::Compliance), 2026).expect("a report");
    assert_eq!(
        (report.physicians, report.rho, report.verdict),
        (6, Some(1.0), IndependenceVerdict::LookCloser)
    );
    assert!(!serde_json::to_string(&report).unwrap().contains("Doctor"));
}
