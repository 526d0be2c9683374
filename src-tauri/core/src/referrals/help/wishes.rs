//! What a patient prefers.

use serde::{Deserialize, Serialize};

use super::strengths::Gender;
use crate::referrals::checks::line;
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::types::codes;

codes! {
    /// What a preference is about.
    WishKind {
        /// A language the patient speaks.
        Language = "language",
        /// Who sees them.
        Gender = "gender",
        /// How far they come.
        Distance = "distance",
        /// What they can pay, e.g. a payment plan.
        Cost = "cost",
        /// Who pays.
        Insurance = "insurance",
        /// How they are treated or reached, e.g. video visits.
        Technology = "technology",
        /// When they can come or be called.
        ContactTime = "contact_time",
        /// What they cannot do without, e.g. step-free access.
        Need = "need",
    }
}

/// How much one kind of preference counts against the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct WishWeight {
    /// Which.
    pub kind: WishKind,
    /// 1 to 5; kinds that are not named count 1.
    pub weight: u8,
}

/// What a patient prefers. What is left empty does not count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Wishes {
    /// A language.
    pub language: Option<String>,
    /// Who sees them.
    pub gender: Option<Gender>,
    /// How far at most, in meters.
    pub distance_m: Option<u32>,
    /// A way to pay.
    pub cost: Option<String>,
    /// Their insurance.
    pub insurance: Option<String>,
    /// A technology.
    pub technology: Option<String>,
    /// A time.
    pub contact_time: Option<String>,
    /// What they cannot do without; each counts on its own.
    pub needs: Vec<String>,
    /// What counts more.
    pub weights: Vec<WishWeight>,
}

/// Farther than any patient goes: half around the earth.
const FARTHEST_M: u32 = 20_100_000;
/// How long a preference may be, and how many needs there may be.
const WORDS: usize = 100;
const NEEDS: usize = 20;

impl Wishes {
    /// The same as it is kept: trimmed, nothing twice.
    pub(super) fn checked(&self) -> Result<Self, ReferralError> {
        let one = |field, text: &Option<String>| line(field, text.as_deref(), WORDS);
        if self.distance_m.is_some_and(|m| m == 0 || m > FARTHEST_M) {
            return invalid("distance", Problem::Path("Give a distance above 0, up to 12,500 miles."));
        }
        if self.weights.iter().any(|weight| !(1..=5).contains(&weight.weight)) {
            return invalid("weights", Problem::Path("Give a weight from 1 to 5."));
        }
        if self.needs.len() > NEEDS {
            return invalid("needs", Problem::Path("Keep it to 20 needs."));
        }
        let mut needs: Vec<String> = Vec::new();
        for need in &self.needs {
            if let Some(need) = line("needs", Some(need), WORDS)?
                && !needs.contains(&need)
            {
                needs.push(need);
            }
        }
        Ok(Self {
            language: one("language", &self.language)?,
            gender: self.gender,
            distance_m: self.distance_m,
            cost: one("cost", &self.cost)?,
            insurance: one("insurance", &self.insurance)?,
            technology: one("technology", &self.technology)?,
            contact_time: one("contactTime", &self.contact_time)?,
            needs,
            weights: self.weights.clone(),
        })
    }

    /// How much a kind counts.
    pub(super) fn weight(&self, kind: WishKind) -> u32 {
        self.weights.iter().find(|weight| weight.kind == kind).map_or(1, |weight| u32::from(weight.weight))
    }

    /// The kinds that are stated, in the order people list them.
    pub(super) fn stated(&self) -> Vec<WishKind> {
        let there = |kind: &WishKind| match kind {
            WishKind::Language => self.language.is_some(),
            WishKind::Gender => self.gender.is_some(),
            WishKind::Distance => self.distance_m.is_some(),
            WishKind::Cost => self.cost.is_some(),
            WishKind::Insurance => self.insurance.is_some(),
            WishKind::Technology => self.technology.is_some(),
            WishKind::ContactTime => self.contact_time.is_some(),
            WishKind::Need => !self.needs.is_empty(),
        };
        WishKind::ALL.iter().copied().filter(there).collect()
    }

    /// The same without one kind.
    pub(super) fn without(&self, kind: WishKind) -> Self {
        let mut rest = self.clone();
        match kind {
            WishKind::Language => rest.language = None,
            WishKind::Gender => rest.gender = None,
            WishKind::Distance => rest.distance_m = None,
            WishKind::Cost => rest.cost = None,
            WishKind::Insurance => rest.insurance = None,
            WishKind::Technology => rest.technology = None,
            WishKind::ContactTime => rest.contact_time = None,
            WishKind::Need => rest.needs.clear(),
        }
        rest
    }
}
