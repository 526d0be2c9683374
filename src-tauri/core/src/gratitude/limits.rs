//! The yearly limits of the law, as data. They are defaults: each practice edits its own, with source and the day it was
//! verified. A year without a row has no limit, and nothing is carried over into it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The limits of one calendar year, in US cents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct YearLimits {
    /// The calendar year they hold in.
    pub year: i32,
    /// Non-monetary compensation to one physician in the year, 42 CFR 411.357(k).
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub physician_cents: i64,
    /// One gift to a patient, OIG nominal value.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub patient_item_cents: i64,
    /// All gifts to a patient in the year, OIG nominal value.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub patient_year_cents: i64,
    /// Where they were read.
    pub source: String,
    /// When somebody of the practice read them there; none while nobody has.
    pub verified_on: Option<NaiveDate>,
}

/// The limits as far as they were known when this version was made. None is marked as verified: that is for the
/// practice's compliance officer.
///
/// Sources: CMS, "CPI-U Updates" (2020–2024); 2025 is derived from the limit of 2024 and the change of the CPI-U;
/// 2026: Horty Springer, Q&A of 8 January 2026. Patients: OIG nominal value since 7 December 2016 (McGuireWoods, "OIG
/// Raises Nominal Value Gifts").
pub fn default_limits() -> Vec<YearLimits> {
    const CMS: &str = "CMS, CPI-U Updates; OIG nominal value of 7 December 2016";
    const DERIVED: &str =
        "Derived: limit of 2024 × CPI-U change (2.4 %), nearest dollar; OIG nominal value of 7 December 2016";
    const HORTY: &str = "Horty Springer, Q&A of 8 January 2026; OIG nominal value of 7 December 2016";
    [
        (2020, 423, CMS),
        (2021, 429, CMS),
        (2022, 452, CMS),
        (2023, 489, CMS),
        (2024, 507, CMS),
        (2025, 519, DERIVED),
        (2026, 535, HORTY),
    ]
    .map(|(year, dollars, source)| YearLimits {
        year,
        physician_cents: dollars * 100,
        patient_item_cents: 1_500,
        patient_year_cents: 7_500,
        source: source.to_owned(),
        verified_on: None,
    })
    .into()
}

/// The limits of a year, if it has any.
pub fn of_year(limits: &[YearLimits], year: i32) -> Option<&YearLimits> {
    limits.iter().find(|limit| limit.year == year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_of_2026_is_535_dollars() {
        assert_eq!(of_year(&default_limits(), 2026).map(|limit| limit.physician_cents), Some(53_500));
    }

    #[test]
    fn a_year_without_a_row_has_no_limit_not_even_that_of_the_year_before() {
        assert_eq!(of_year(&default_limits(), 2027), None);
        assert_eq!(of_year(&default_limits(), 2019), None);
    }
}
