//! An offer as it is planned, kept and shown.

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::foundation::id::{PartnerId, ProfileId, RecordId};
use crate::gratitude::kinds::{Known, Occasion, RewardKind, kept_as};
use crate::gratitude::ledger::RuleShown;
use crate::gratitude::verdict::Verdict;
use crate::network::is_patient;
use crate::store::StoreError;

/// What is done together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum OfferKind {
    /// An advertisement, an evening, a leaflet of both.
    CoPromotion,
    /// They are shown around here, or we there.
    Tour,
    /// Their people get something from us at less than its price.
    Offer,
}

kept_as!(OfferKind {
    CoPromotion = "co_promotion",
    Tour = "tour",
    Offer = "offer",
});

impl OfferKind {
    /// What it is in the eyes of the law.
    pub(in crate::gratitude) const fn as_gift(self) -> (RewardKind, Occasion) {
        match self {
            Self::CoPromotion => (RewardKind::Service, Occasion::CoPromotion),
            Self::Tour => (RewardKind::Education, Occasion::Learning),
            Self::Offer => (RewardKind::Discount, Occasion::Other),
        }
    }
}

/// Something done together with a partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// Which; none: a new one.
    pub id: Option<RecordId>,
    /// With whom.
    pub partner: PartnerId,
    /// What kind.
    pub kind: OfferKind,
    /// In a few words.
    pub what: String,
    /// Its first day.
    pub from_on: NaiveDate,
    /// Its last day; none: one day.
    pub to_on: Option<NaiveDate>,
    /// What we bear of its cost, in cents.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub ours_cents: i64,
    /// What they bear.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub theirs_cents: i64,
    /// Whether money, or what is as good as money, goes to them.
    pub cash: Known,
    /// Whether they asked for it.
    pub solicited: Known,
    /// Whether they refer patients of federal programmes; unknown: what is on file about them.
    pub federal: Known,
    /// What it is for, in a sentence.
    pub purpose: Option<String>,
    /// What is handed out or shown, and where it is kept.
    pub materials: Option<String>,
    /// Why the shares are fair.
    pub fair_value: Option<String>,
    /// Where the agreement and counsel's note are kept.
    pub agreement: Option<String>,
}

impl Offer {
    /// What they have of it, in cents: all that we bear beyond what they bear.
    pub(in crate::gratitude) fn value_cents(&self) -> i64 {
        (self.ours_cents - self.theirs_cents).max(0)
    }

    /// Both bear as much.
    pub(in crate::gratitude) fn is_equal(&self) -> bool {
        self.ours_cents == self.theirs_cents
    }
}

/// Where an offer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum OfferStanding {
    /// A rule does not allow it as it is planned.
    Blocked,
    /// Waits for somebody who approves.
    Waiting,
    /// Not approved.
    Refused,
    /// It may be, and its first day is ahead.
    Planned,
    /// It may be, and takes place.
    Running,
    /// It is over.
    Over,
}

impl KeptOffer {
    /// What history calls it; nothing where the partner became a patient since.
    pub(super) fn subject(&self, conn: &Connection) -> Result<String, StoreError> {
        let patient = is_patient(conn, self.offer.partner)?;
        Ok(if patient { String::new() } else { format!("{}, {}", self.partner_name, self.offer.what) })
    }
}

impl OfferStanding {
    /// The one rule of where an offer stands. `approved`: what was decided about it as it is now.
    pub(in crate::gratitude) fn of(
        verdict: Verdict,
        approved: Option<bool>,
        (from, to): (NaiveDate, Option<NaiveDate>),
        today: NaiveDate,
    ) -> Self {
        match (verdict, approved) {
            (Verdict::Blocked, _) => Self::Blocked,
            (Verdict::NeedsApproval, None) => Self::Waiting,
            (Verdict::NeedsApproval, Some(false)) => Self::Refused,
            _ if today < from => Self::Planned,
            _ if today <= to.unwrap_or(from) => Self::Running,
            _ => Self::Over,
        }
    }
}

/// An offer as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct OfferRow {
    /// Which.
    pub id: RecordId,
    /// What it says.
    pub offer: Offer,
    /// The partner's name.
    pub partner_name: String,
    /// The check, as it was when it was last changed.
    pub verdict: Verdict,
    /// Every rule that had something to say, the strictest first.
    pub findings: Vec<RuleShown>,
    /// Where it stands.
    pub standing: OfferStanding,
    /// Approved or not.
    pub approved: Option<bool>,
    /// When that was decided.
    pub decided_on: Option<NaiveDate>,
    /// By whom.
    pub decided_by: Option<String>,
    /// In these words.
    pub decision_note: Option<String>,
    /// Decided by whoever put it down, as nobody else could.
    pub own_decision: bool,
    /// Who put it down last.
    pub by: String,
    /// In the trash, and why.
    pub trash_reason: Option<String>,
}

/// What was decided about the offer as it is now.
#[derive(Clone, Debug)]
pub(in crate::gratitude) struct KeptDecision {
    pub(in crate::gratitude) approved: bool,
    pub(in crate::gratitude) on: NaiveDate,
    pub(in crate::gratitude) by: ProfileId,
    pub(in crate::gratitude) by_name: String,
    pub(in crate::gratitude) note: String,
}

/// An offer as it is kept.
#[derive(Clone, Debug)]
pub(in crate::gratitude) struct KeptOffer {
    pub(in crate::gratitude) id: RecordId,
    pub(in crate::gratitude) offer: Offer,
    pub(in crate::gratitude) partner_name: String,
    pub(in crate::gratitude) verdict: Verdict,
    pub(in crate::gratitude) findings: String,
    pub(in crate::gratitude) version: RecordId,
    pub(in crate::gratitude) by: ProfileId,
    pub(in crate::gratitude) by_name: String,
    pub(in crate::gratitude) trashed: bool,
    pub(in crate::gratitude) trash_reason: Option<String>,
    pub(in crate::gratitude) decision: Option<KeptDecision>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    #[test]
    fn where_it_stands_follows_from_the_check_the_decision_and_the_day() {
        let at = |verdict, approved, today: &str| {
            OfferStanding::of(verdict, approved, (day("2026-12-01"), Some(day("2026-12-05"))), day(today))
        };
        assert_eq!(at(Verdict::Blocked, Some(true), "2026-12-02"), OfferStanding::Blocked);
        assert_eq!(at(Verdict::NeedsApproval, None, "2026-12-02"), OfferStanding::Waiting);
        assert_eq!(at(Verdict::NeedsApproval, Some(false), "2026-12-02"), OfferStanding::Refused);
        for (today, standing) in [
            ("2026-11-30", OfferStanding::Planned),
            ("2026-12-01", OfferStanding::Running),
            ("2026-12-05", OfferStanding::Running),
            ("2026-12-06", OfferStanding::Over),
        ] {
            assert_eq!(at(Verdict::NeedsApproval, Some(true), today), standing);
            assert_eq!(at(Verdict::Allowed, None, today), standing);
        }
    }
}
