//! A practice with physicians one can give something to.

use baton_core::Practice;
use baton_core::foundation::id::PersonId;
use baton_core::gratitude::{
    self, Exclusion, GiftNote, GratitudeError, Known, MeterRow, NewReward, NewShare, Occasion, Preflight,
    RecipientKind, RewardKind, Split, Verdict, Whom,
};
use baton_core::network::Party;
use baton_core::testing::day;

use crate::world::{self, tell};

pub(super) const NPI: [&str; 3] = ["1234567893", "1245319599", "1987654328"];

/// Somebody about whom everything is known that a gift asks for: nothing federal, not excluded.
pub(super) fn physician(practice: &Practice, name: &str, npi: Option<&str>) -> PersonId {
    let id = tell(practice, |tx| Ok(world::person(tx, name, npi)));
    let note = GiftNote {
        federal: Known::No,
        exclusion: Exclusion::Clear,
        exclusion_on: Some(day("2024-01-05")),
        ..GiftNote::default()
    };
    gratitude::set_gift_note(practice, Party::Person(id), &note).expect("a note");
    id
}

pub(super) fn share(whom: Whom, recipient: Option<RecipientKind>) -> NewShare {
    NewShare { whom, recipient, counts_to: None, present: true, federal: Known::Unknown }
}

/// An item of so many cents for a physician, on a day.
pub(super) fn item(to: PersonId, cents: i64, on: &str) -> NewReward {
    NewReward {
        on: day(on),
        kind: RewardKind::Item,
        occasion: Occasion::Thanks,
        what: "A book".into(),
        total_cents: cents,
        split: Split::Each,
        cash: Known::No,
        solicited: Known::No,
        purpose: Some("For the shared case conference".into()),
        paid_to: None,
        receipt: None,
        fair_value: None,
        agreement: None,
        shares: vec![share(Whom::Person(to), Some(RecipientKind::Physician))],
    }
}

/// Puts it down as the form shows it now.
pub(super) fn give(
    practice: &Practice,
    new: &NewReward,
) -> Result<baton_core::foundation::id::RewardId, GratitudeError> {
    let shown = gratitude::preflight(practice, new)?.verdict;
    gratitude::record_reward(practice, new, shown, None).map(|written| written.value)
}

pub(super) fn check(practice: &Practice, new: &NewReward) -> Preflight {
    gratitude::preflight(practice, new).expect("a check")
}

pub(super) fn verdict(practice: &Practice, new: &NewReward) -> Verdict {
    check(practice, new).verdict
}

/// The meter of somebody in a year.
pub(super) fn meter(practice: &Practice, name: &str, year: i32) -> MeterRow {
    let all = gratitude::meters(practice, year).expect("meters");
    all.into_iter().find(|row| row.name == name).unwrap_or_else(|| panic!("no meter of {name}"))
}
