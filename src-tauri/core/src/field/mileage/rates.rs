//! What a mile is paid with, by calendar year.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::field::error::{FieldError, invalid};
use crate::field::rows::mileage as rows;
use crate::practice::Practice;
use crate::store::{Label, Written};
use crate::vault::{Area, Need};

/// The rate of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct MileageRate {
    /// The calendar year.
    pub year: i32,
    /// In tenths of a cent a mile: 670 is 67.0 cents.
    pub tenth_cents: u32,
    /// Where it comes from.
    pub source: String,
    /// When somebody looked there.
    pub verified_on: NaiveDate,
    /// The practice set it; otherwise it comes with Baton.
    pub own: bool,
}

/// The standard rates for business use of a car that come with Baton: only years whose notice was read.
fn shipped() -> [MileageRate; 2] {
    let rate = |year, tenth_cents, source: &str, (y, m, d)| MileageRate {
        year,
        tenth_cents,
        source: source.to_owned(),
        verified_on: NaiveDate::from_ymd_opt(y, m, d).unwrap_or_default(),
        own: false,
    };
    [
        rate(2024, 670, "IRS Notice 2024-08, standard mileage rate for business", (2026, 11, 26)),
        rate(2025, 700, "IRS Notice 2025-05, standard mileage rate for business", (2026, 11, 26)),
    ]
}

/// The rate in force of each year that has one: the practice's own, else the one that comes with Baton.
pub(super) fn in_force(own: Vec<MileageRate>) -> Vec<MileageRate> {
    let mut all = own;
    for rate in shipped() {
        if !all.iter().any(|other| other.year == rate.year) {
            all.push(rate);
        }
    }
    all.sort_by_key(|rate| std::cmp::Reverse(rate.year));
    all
}

/// The rates of all years that have one, the newest first.
///
/// # Errors
/// Those of the file.
pub fn mileage_rates(practice: &Practice) -> Result<Vec<MileageRate>, FieldError> {
    practice.may(Need::Read(Area::Outreach))?;
    Ok(in_force(practice.read(rows::rates)?))
}

/// Sets the rate of a year.
///
/// # Errors
/// [`FieldError::Invalid`] with the field; those of the file.
pub fn set_mileage_rate(
    practice: &Practice,
    year: i32,
    tenth_cents: u32,
    source: &str,
) -> Result<Written<()>, FieldError> {
    practice.may(Need::Write(Area::Outreach))?;
    if !(2000..=practice.today().year() + 1).contains(&year) {
        return invalid("year", "Give a year from 2000 to next year.");
    }
    if !(1..=10_000).contains(&tenth_cents) {
        return invalid("rate", "Give cents a mile between 0.1 and 1,000, such as 67.0.");
    }
    let source = source.split_whitespace().collect::<Vec<_>>().join(" ");
    if source.is_empty() || source.chars().count() > 200 {
        return invalid("source", "Say where the rate comes from, such as the notice of the IRS.");
    }
    practice.write(Label::hand("mileage_rate_set", year.to_string()), |tx| {
        let rate = MileageRate { year, tenth_cents, source, verified_on: tx.today, own: true };
        Ok(rows::set_rate(tx, &rate)?)
    })
}
