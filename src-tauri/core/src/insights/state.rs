//! Where a referral stood on a given day, by its key dates.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What became of a referral, as far as it was known on the day. Every referral is in exactly one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ReferralState {
    /// The patient came: a kept visit.
    Seen,
    /// The patient did not come and it was closed so.
    NoShow,
    /// The patient or we said no.
    Declined,
    /// Contact was lost or the patient went elsewhere.
    Lost,
    /// None of these yet.
    Open,
}

/// The state on `as_of`. What happened later is not yet known on that day: a visit after it leaves the referral
/// open. A visit without a date (a file told only that it took place) counts as kept, a closing without a date as
/// closed.
pub fn state_on(
    as_of: NaiveDate,
    outcome: Option<&str>,
    seen_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
) -> ReferralState {
    let happened = |day: Option<NaiveDate>| day.is_none_or(|day| day <= as_of);
    match outcome {
        Some("no_show") if happened(closed_on) => ReferralState::NoShow,
        Some("declined") if happened(closed_on) => ReferralState::Declined,
        Some("no_show" | "declined") => ReferralState::Open,
        Some("seen") if happened(seen_on) => ReferralState::Seen,
        _ if seen_on.is_some_and(|day| day <= as_of) => ReferralState::Seen,
        Some("lost") if happened(closed_on) => ReferralState::Lost,
        _ => ReferralState::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    fn on(as_of: &str, outcome: Option<&str>, seen: Option<&str>, closed: Option<&str>) -> ReferralState {
        state_on(day(as_of), outcome, seen.map(day), closed.map(day))
    }

    #[test]
    fn a_visit_after_the_day_is_not_known_on_it() {
        assert_eq!(on("2026-03-31", Some("seen"), Some("2026-04-02"), None), ReferralState::Open);
        assert_eq!(on("2026-04-02", Some("seen"), Some("2026-04-02"), None), ReferralState::Seen);
        assert_eq!(on("2026-03-31", Some("lost"), None, Some("2026-04-02")), ReferralState::Open);
    }

    #[test]
    fn a_visit_without_a_date_took_place() {
        assert_eq!(on("2026-03-31", Some("seen"), None, None), ReferralState::Seen);
        assert_eq!(on("2026-03-31", None, Some("2026-03-01"), None), ReferralState::Seen);
    }

    #[test]
    fn a_patient_lost_after_the_first_visit_was_seen() {
        assert_eq!(
            on("2026-03-31", Some("lost"), Some("2026-03-01"), Some("2026-03-20")),
            ReferralState::Seen
        );
    }

    #[test]
    fn closed_without_a_visit_stays_what_it_was_closed_as() {
        for (outcome, state) in [
            ("no_show", ReferralState::NoShow),
            ("declined", ReferralState::Declined),
            ("lost", ReferralState::Lost),
        ] {
            assert_eq!(on("2026-03-31", Some(outcome), None, None), state);
        }
        assert_eq!(on("2026-03-31", Some("scheduled"), None, None), ReferralState::Open);
        assert_eq!(on("2026-03-31", None, None, None), ReferralState::Open);
    }
}
