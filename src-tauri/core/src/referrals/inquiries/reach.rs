//! How far somebody who asked has come.

use chrono::{Days, NaiveDate};
use rusqlite::Connection;

use crate::referrals::care::{Plan, PlanState};
use crate::referrals::inquiries::InquiryChannel;
use crate::referrals::rows::inquiry as rows;
use crate::referrals::types::codes;
use crate::store::StoreError;

codes! {
    /// The steps from the first question on; each takes the one before.
    InquiryStep {
        /// They asked.
        Asked = "asked",
        /// They signed up.
        SignedUp = "signed_up",
        /// They kept a first visit.
        Seen = "seen",
        /// A plan was started.
        PlanStarted = "plan_started",
        /// They came again, and again.
        Loyal = "loyal",
    }
}

/// What is known of somebody who asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inquired {
    /// When they asked.
    pub asked_on: NaiveDate,
    /// When they signed up.
    pub signed_up_on: Option<NaiveDate>,
    /// The days of visits they kept, in order, each once.
    pub visits: Vec<NaiveDate>,
    /// The plan of the referral it became.
    pub plan: Option<Plan>,
}

/// A year, within which further visits count.
const YEAR: Days = Days::new(365);

/// How far somebody came, as it was known on `as_of`. The first visit is the first one kept since they asked; whoever kept it
/// had signed up by then. A plan counts as started when it is started or completed and was proposed by then. Loyal: two
/// further visits within 365 days of the first.
pub fn reached(one: &Inquired, as_of: NaiveDate) -> InquiryStep {
    let kept = |day: &&NaiveDate| **day <= as_of;
    let Some(first) = one.visits.iter().filter(kept).find(|day| **day >= one.asked_on) else {
        let signed_up = one.signed_up_on.is_some_and(|on| on <= as_of);
        return if signed_up { InquiryStep::SignedUp } else { InquiryStep::Asked };
    };
    let started = |plan: Plan| {
        plan.proposed_on <= as_of && matches!(plan.state, PlanState::Started | PlanState::Completed)
    };
    if !one.plan.is_some_and(started) {
        return InquiryStep::Seen;
    }
    let further = one.visits.iter().filter(kept).filter(|day| **day > *first && **day <= *first + YEAR);
    if further.count() >= 2 { InquiryStep::Loyal } else { InquiryStep::PlanStarted }
}

/// An inquiry as the measures need it.
#[derive(Clone, Debug)]
pub(crate) struct InquiryFacts {
    pub(crate) channel: InquiryChannel,
    pub(crate) inquired: Inquired,
    /// The moments of question and first answer, where both are known.
    pub(crate) answer: Option<((NaiveDate, u16), (NaiveDate, u16))>,
    /// The referral it became keeps those moments itself.
    pub(crate) timed_by_referral: bool,
}

/// The inquiries dated within these days, both included.
pub(crate) fn inquired_in(
    conn: &Connection,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<InquiryFacts>, StoreError> {
    rows::facts(conn, from, to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    fn one(signed_up: Option<&str>, visits: &[&str], plan: Option<(&str, PlanState)>) -> Inquired {
        Inquired {
            asked_on: day("2026-01-10"),
            signed_up_on: signed_up.map(day),
            visits: visits.iter().map(|on| day(on)).collect(),
            plan: plan.map(|(on, state)| Plan { proposed_on: day(on), state }),
        }
    }

    fn on(as_of: &str, inquired: &Inquired) -> &'static str {
        reached(inquired, day(as_of)).code()
    }

    #[test]
    fn each_step_takes_the_one_before() {
        let started = Some(("2026-02-01", PlanState::Started));
        assert_eq!(on("2026-12-31", &one(None, &[], started)), "asked");
        assert_eq!(on("2026-12-31", &one(Some("2026-01-12"), &[], started)), "signed_up");
        assert_eq!(on("2026-12-31", &one(Some("2026-01-12"), &["2026-02-01"], None)), "seen");
        assert_eq!(
            on("2026-12-31", &one(None, &["2026-02-01"], started)),
            "plan_started",
            "came, so signed up"
        );
        let visits = &["2026-02-01", "2026-03-01", "2026-04-01"];
        assert_eq!(on("2026-12-31", &one(None, visits, started)), "loyal");
        assert_eq!(on("2026-12-31", &one(None, visits, None)), "seen", "loyal takes a plan");
        let stopped = Some(("2026-02-01", PlanState::Stopped));
        assert_eq!(on("2026-12-31", &one(None, visits, stopped)), "seen");
    }

    #[test]
    fn what_came_later_is_not_known_yet() {
        let all = one(
            Some("2026-01-12"),
            &["2026-02-01", "2026-03-01", "2026-04-01"],
            Some(("2026-02-10", PlanState::Completed)),
        );
        assert_eq!(on("2026-01-11", &all), "asked");
        assert_eq!(on("2026-01-12", &all), "signed_up");
        assert_eq!(on("2026-02-01", &all), "seen");
        assert_eq!(on("2026-02-10", &all), "plan_started");
        assert_eq!(on("2026-03-31", &all), "plan_started", "one further visit");
        assert_eq!(on("2026-04-01", &all), "loyal");
    }

    #[test]
    fn visits_before_the_question_and_after_a_year_do_not_count() {
        let started = Some(("2026-02-01", PlanState::Started));
        let before = one(None, &["2025-12-01", "2026-02-01", "2026-03-01"], started);
        assert_eq!(on("2026-12-31", &before), "plan_started", "one further visit since the first");
        // The first visit on 1 February 2026: the year ends with 1 February 2027.
        let year = |last: &str| one(None, &["2026-02-01", "2026-03-01", last], started);
        assert_eq!(on("2027-12-31", &year("2027-02-01")), "loyal");
        assert_eq!(on("2027-12-31", &year("2027-02-02")), "plan_started");
    }
}
