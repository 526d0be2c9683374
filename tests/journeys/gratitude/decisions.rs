//! Approving: who may, what can't be approved any more, and what counts while it waits.

use baton_core::Practice;
use baton_core::foundation::id::RewardId;
use baton_core::gratitude::{
    self, GratitudeError, Known, LedgerQuery, NewReward, RewardDecision, Standing, Verdict,
};
use baton_core::history::{self, UndoAnswer};
use baton_core::store::{OnConflict, StoreError};
use baton_core::testing::{day, practice, with_role};
use baton_core::vault::Role;

use super::kit::{NPI, give, item, meter, physician, verdict};

fn yes() -> RewardDecision {
    RewardDecision { approved: true, note: String::new() }
}

/// Somebody who refers patients of federal programmes: always approved first, even under the meter.
fn federal(to: baton_core::foundation::id::PersonId, cents: i64, on: &str) -> NewReward {
    let mut new = item(to, cents, on);
    new.shares[0].federal = Known::Yes;
    new
}

fn standing(practice: &Practice, id: RewardId) -> Standing {
    let all = gratitude::ledger_year(practice, 2026).expect("a ledger");
    all.into_iter().find(|row| row.id == id).expect("the entry").standing
}

#[test]
fn a_colleague_approves_and_nobody_their_own_while_one_can() {
    let owner = practice("2026-11-25");
    let ito = physician(&owner, "Keiko Ito", Some(NPI[0]));
    let desk = with_role(&owner, Role::FrontDesk);
    let id = give(&desk, &federal(ito, 2_000, "2026-11-25")).expect("put down");
    assert_eq!(standing(&owner, id), Standing::Waiting);
    let refused = gratitude::decide_reward(&desk, id, &yes());
    assert!(matches!(refused, Err(GratitudeError::Store(StoreError::NotAllowed(_)))), "{refused:?}");
    let compliance = with_role(&owner, Role::Compliance);
    let waiting = LedgerQuery { year: 2026, after: None, waiting: true };
    assert_eq!(gratitude::ledger(&compliance, &waiting).expect("a list").len(), 1);
    gratitude::decide_reward(&compliance, id, &yes()).expect("approved");
    assert_eq!(standing(&owner, id), Standing::Given);
    assert!(matches!(gratitude::decide_reward(&compliance, id, &yes()), Err(GratitudeError::AlreadyDecided)));

    let own = give(&owner, &federal(ito, 2_000, "2026-11-25")).expect("put down");
    assert!(matches!(gratitude::decide_reward(&owner, own, &yes()), Err(GratitudeError::OwnEntry)));
}

#[test]
fn where_nobody_else_can_ones_own_approval_stands_and_is_told() {
    let owner = practice("2026-11-25");
    let ito = physician(&owner, "Keiko Ito", Some(NPI[0]));
    let id = give(&owner, &federal(ito, 2_000, "2026-11-25")).expect("put down");
    gratitude::decide_reward(&owner, id, &yes()).expect("approved");
    assert!(gratitude::ledger_year(&owner, 2026).expect("a ledger")[0].own_decision);
}

#[test]
fn what_waits_counts_and_what_is_refused_before_its_day_does_not() {
    let owner = practice("2026-11-25");
    let ito = physician(&owner, "Keiko Ito", Some(NPI[0]));
    let id = give(&owner, &federal(ito, 50_000, "2026-12-10")).expect("planned");
    assert_eq!(meter(&owner, "Keiko Ito", 2026).meter.planned_cents, 50_000);
    assert_eq!(verdict(&owner, &item(ito, 3_501, "2026-11-25")), Verdict::Blocked);
    let no = RewardDecision { approved: false, note: String::new() };
    assert!(matches!(
        gratitude::decide_reward(&owner, id, &no),
        Err(GratitudeError::Invalid { field: "note", .. })
    ));
    gratitude::decide_reward(&owner, id, &RewardDecision { note: "Too much".into(), ..no }).expect("refused");
    assert_eq!(standing(&owner, id), Standing::Refused);
    assert_eq!(verdict(&owner, &item(ito, 53_500, "2026-11-25")), Verdict::Allowed);
}

#[test]
fn what_was_given_and_then_refused_is_an_exception_and_counts() {
    let owner = practice("2026-11-25");
    let ito = physician(&owner, "Keiko Ito", Some(NPI[0]));
    let id = give(&owner, &federal(ito, 50_000, "2026-11-20")).expect("put down");
    let no = RewardDecision { approved: false, note: "Should have asked".into() };
    gratitude::decide_reward(&owner, id, &no).expect("refused");
    assert_eq!(standing(&owner, id), Standing::Exception);
    assert_eq!(meter(&owner, "Keiko Ito", 2026).meter.given_cents, 50_000);
}

#[test]
fn what_a_rule_blocks_by_now_can_t_be_approved() {
    let owner = practice("2026-11-25");
    let (one, other) =
        (physician(&owner, "Keiko Ito", Some(NPI[0])), physician(&owner, "K. Ito", Some(NPI[1])));
    let id = give(&owner, &federal(one, 50_000, "2026-12-10")).expect("planned");
    give(&owner, &item(other, 50_000, "2026-11-20")).expect("given");
    gratitude::count_together(&owner, other, one).expect("one person after all");
    let refused = gratitude::decide_reward(&owner, id, &yes());
    assert!(matches!(refused, Err(GratitudeError::Blocked(_))), "{refused:?}");
}

#[test]
fn a_federal_referrer_needs_a_written_purpose() {
    let owner = practice("2026-11-25");
    let ito = physician(&owner, "Keiko Ito", Some(NPI[0]));
    let new = NewReward { purpose: Some("  ".into()), ..federal(ito, 100, "2026-11-25") };
    let refused = give(&owner, &new);
    assert!(matches!(refused, Err(GratitudeError::Invalid { field: "purpose", .. })), "{refused:?}");
}

#[test]
fn the_ledger_is_not_taken_back_and_an_earlier_day_is_shown_all_the_same() {
    let owner = practice("2026-11-25");
    let ito = physician(&owner, "Keiko Ito", Some(NPI[0]));
    let before = owner.store().read(|conn| {
        Ok::<_, StoreError>(conn.query_row("SELECT max(seq) FROM history", [], |row| row.get::<_, i64>(0))?)
    });
    let id = give(&owner, &item(ito, 2_000, "2026-11-25")).expect("put down");
    let last = history::entries(&owner, &history::HistoryQuery::default()).expect("history");
    let seq = last.rows[0].seq;
    assert!(history::undo(&owner, seq, OnConflict::Ask).is_err());
    assert!(
        matches!(history::undo_last(&owner), Ok(UndoAnswer::Done { .. } | UndoAnswer::Nothing)),
        "the note, not the gift"
    );
    assert_eq!(standing(&owner, id), Standing::Given);

    let folder = tempfile::tempdir().unwrap();
    let then = crate::time::as_of(&owner, &folder.path().join("copy.db"), before.unwrap());
    assert!(gratitude::ledger_year(&then, 2026).expect("empty").is_empty());
    let _ = day("2026-11-25");
}
