//! A deterministic sample practice: invented people in an invented county, with seasons, growing and quiet referrers.
//!
//! Used by the first-run screen, tests and benches. The same size and day always make the same practice.

mod cast;
mod dice;
mod field;
mod gratitude;
mod help;
mod network;
mod outreach;
mod register;
mod rows;
mod touches;
mod ways;
mod words;

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::practice::Practice;
use crate::store::{Cause, Label, StoreError};
use dice::Dice;

/// How large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum SampleSize {
    /// To look around: 247 partners and two years of referrals.
    Tour,
    /// 200 partners, 5,000 referrals.
    Small,
    /// 2,000 partners, 100,000 referrals.
    Medium,
    /// 20,000 partners, 1,000,000 referrals.
    Large,
}

/// What was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SampleMade {
    /// Partners of all classes.
    pub partners: u32,
    /// People.
    pub people: u32,
    /// Referrals.
    pub referrals: u32,
}

/// The sample practice's name.
pub const NAME: &str = "Wrenfield Orthopedics";

impl SampleSize {
    /// For how many days the practice has kept the steps of its referrals.
    const fn tracked_days(self) -> u64 {
        match self {
            Self::Tour | Self::Small => 365,
            Self::Medium => 90,
            Self::Large => 21,
        }
    }

    /// How many contacts a partner one is in touch with has in the mean.
    const fn touches_each(self) -> i64 {
        match self {
            Self::Tour => 9,
            Self::Small => 12,
            Self::Medium | Self::Large => 30,
        }
    }

    /// Partners, referrals and the years they stretch over.
    const fn extent(self) -> (usize, usize, u32) {
        match self {
            Self::Tour => (247, 4_800, 2),
            Self::Small => (200, 5_000, 3),
            Self::Medium => (2_000, 100_000, 4),
            Self::Large => (20_000, 1_000_000, 5),
        }
    }
}

/// Fills a practice that has no partners yet. One history entry with the cause `sample`.
///
/// # Errors
/// [`StoreError::Foreign`] if there are partners already; those of the file. Nothing is written then.
pub fn create_into(
    practice: &Practice,
    size: SampleSize,
    today: NaiveDate,
) -> Result<SampleMade, StoreError> {
    let (partners, referrals, years) = size.extent();
    let since = today.checked_sub_months(Months::new(12 * years)).unwrap_or(today);
    let label = Label { action: "sample_create", subject: NAME.to_owned(), cause: Cause::Sample };
    let written = practice.write(label, |tx| {
        if tx.prepare_cached(rows::ANY_PARTNER)?.exists([])? {
            return Err(StoreError::Foreign);
        }
        let mut dice = Dice::new(SEED ^ partners as u64);
        let network = network::fill(tx, &mut dice, partners, since)?;
        tx.breathe()?;
        let span = register::Span { since, tracked_since: today - Days::new(size.tracked_days()), today };
        register::fill(tx, &mut dice, &network, referrals, span)?;
        if size == SampleSize::Tour {
            help::Help::new(tx, today).fill()?;
        }
        tx.breathe()?;
        gratitude::fill(tx, &mut dice, today)?;
        tx.breathe()?;
        touches::Touches::new(tx, since, today, size.touches_each()).fill()?;
        if size == SampleSize::Tour {
            outreach::fill(tx, today)?;
            field::fill(tx, today)?;
        }
        Ok(network.people)
    })?;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(SampleMade { partners: count(partners), people: written.value, referrals: count(referrals) })
}

/// Where the sample's chance begins. Another number is another county.
const SEED: u64 = 0x5752_454e_4649_454c;
