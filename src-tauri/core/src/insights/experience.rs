//! How patients rate their visits, partner by partner and month by month.

use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;

use super::care::{Satisfaction, satisfaction};
use super::error::InsightsError;
use super::period::Period;
use super::ratio::one_decimal;
use super::rows;
use crate::foundation::id::PartnerId;
use crate::practice::Practice;
use crate::vault::{Area, Need};

/// How many calendar months a trend has, the running one included.
const MONTHS: u32 = 12;
/// From how many ratings on a month has a mean, as `satisfaction` has it.
const FEWEST: u32 = 3;

/// The ratings of one month.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ExperienceMonth {
    /// yyyy-mm.
    pub month: String,
    /// Mean rating, 0 to 10, one decimal; none below three ratings.
    pub mean: Option<f64>,
    /// How many ratings.
    pub n: u32,
}

/// The ratings of twelve calendar months by the day of the visit.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ExperienceTrend {
    /// Oldest first; the last one is running.
    pub months: Vec<ExperienceMonth>,
    /// The measures `satisfaction` and `satisfaction_consistency` of them together.
    pub together: Satisfaction,
}

/// What patients of a partner said.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PartnerExperience {
    /// Of those the partner sent us: how it was with us.
    pub came: ExperienceTrend,
    /// Of those we sent there: how it was with them.
    pub went: ExperienceTrend,
}

/// What patients of one partner said in the last twelve calendar months. Restricted referrals are left out.
///
/// # Errors
/// [`InsightsError::NoPartner`], [`InsightsError::Store`].
pub fn partner_experience(
    practice: &Practice,
    partner: PartnerId,
) -> Result<PartnerExperience, InsightsError> {
    practice.may(Need::Read(Area::Insights))?;
    practice.read(|conn| {
        let _snapshot = conn.unchecked_transaction()?;
        rows::partner(conn, partner, practice.hidden())?.ok_or(InsightsError::NoPartner)?;
        let period = months_to(practice.today());
        let (mut came, mut went) = (Vec::new(), Vec::new());
        rows::each_rating_of(conn, partner, period, |visit_on, rating, outbound| {
            if outbound { &mut went } else { &mut came }.push((visit_on, rating));
        })?;
        Ok(PartnerExperience {
            came: experience_trend(&came, practice.today()),
            went: experience_trend(&went, practice.today()),
        })
    })
}

/// The ratings of twelve calendar months up to today, by the day of the visit; what lies outside is not counted.
pub fn experience_trend(ratings: &[(NaiveDate, u32)], today: NaiveDate) -> ExperienceTrend {
    let period = months_to(today);
    let counted: Vec<_> = ratings.iter().filter(|(visit_on, _)| period.holds(*visit_on)).collect();
    let months = (0..MONTHS).filter_map(|ahead| period.from.checked_add_months(Months::new(ahead)));
    let of_month = |first: NaiveDate| {
        let same = |on: &NaiveDate| (on.year(), on.month()) == (first.year(), first.month());
        let ratings = counted.iter().filter(|(visit_on, _)| same(visit_on)).map(|(_, rating)| *rating);
        let (n, sum) = ratings.fold((0, 0), |(n, sum), rating| (n + 1, sum + rating));
        let mean = (n >= FEWEST).then(|| one_decimal(f64::from(sum) / f64::from(n)));
        ExperienceMonth { month: first.format("%Y-%m").to_string(), mean, n }
    };
    let mut all: Vec<u32> = counted.iter().map(|(_, rating)| *rating).collect();
    ExperienceTrend { months: months.map(of_month).collect(), together: satisfaction(&mut all) }
}

/// From the first of the month eleven months ago to today.
fn months_to(today: NaiveDate) -> Period {
    let first = today.with_day(1).unwrap_or(today);
    Period { from: first.checked_sub_months(Months::new(MONTHS - 1)).unwrap_or(first), to: today }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    #[test]
    fn a_month_has_a_mean_from_three_ratings_on_and_always_its_n() {
        let said = [
            // The last day before, and the first of the twelve months.
            ("2025-12-31", 1),
            ("2026-01-01", 4),
            ("2026-10-02", 7),
            ("2026-10-20", 8),
            ("2026-10-31", 10),
            ("2026-12-01", 9),
            ("2026-12-15", 9),
            // Ahead: not yet.
            ("2026-12-16", 0),
        ];
        let ratings: Vec<_> = said.iter().map(|(on, rating)| (day(on), *rating)).collect();
        let trend = experience_trend(&ratings, day("2026-12-15"));
        assert_eq!(trend.months.len(), 12);
        let told: Vec<_> = trend
            .months
            .iter()
            .filter(|month| month.n > 0)
            .map(|month| (month.month.as_str(), month.mean, month.n))
            .collect();
        // (7 + 8 + 10) ÷ 3 = 8.33
        assert_eq!(told, [("2026-01", None, 1), ("2026-10", Some(8.3), 3), ("2026-12", None, 2)]);
        // (4 + 7 + 8 + 10 + 9 + 9) ÷ 6 = 7.83; a quarter stays at or below 7.25.
        assert_eq!(trend.together, Satisfaction { percent: Some(78.3), low_quarter: Some(7.3), n: 6 });
    }

    #[test]
    fn nothing_said_is_twelve_empty_months() {
        let trend = experience_trend(&[], day("2026-03-31"));
        assert_eq!(trend.months.first().map(|month| month.month.as_str()), Some("2025-04"));
        assert!(trend.months.iter().all(|month| month.mean.is_none() && month.n == 0));
        assert_eq!(trend.together, Satisfaction::default());
    }
}
