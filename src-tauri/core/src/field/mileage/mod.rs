//! What the days outside cost: miles at the rate of their year, and what was spent.

mod rates;

use chrono::{Datelike, NaiveDate};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

pub use rates::{MileageRate, mileage_rates, set_mileage_rate};

use super::error::FieldError;
use super::rows::mileage as rows;
use crate::foundation::id::{ProfileId, TouchId, VisitDayId};
use crate::outreach::CostKind;
use crate::practice::Practice;
use crate::referrals::care::Naming;
use crate::store::StoreError;
use crate::vault::{Area, Need};

/// A way that was driven.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Trip {
    /// The day it belongs to.
    pub day: VisitDayId,
    /// When.
    pub on: NaiveDate,
    /// Who drove.
    pub driver: String,
    /// From where.
    pub from: String,
    /// To where.
    pub to: String,
    /// What for.
    pub purpose: String,
    /// In tenths of a mile.
    pub tenths: u32,
    /// The rate of its year in tenths of a cent a mile; none: not set.
    pub tenth_cents: Option<u32>,
    /// What it comes to; none where the rate of its year is not set, or money is not seen.
    #[cfg_attr(feature = "specta", specta(type = Option<f64>))]
    pub cents: Option<i64>,
}

/// Something that was spent on a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Expense {
    /// The contact.
    pub touch: TouchId,
    /// When.
    pub on: NaiveDate,
    /// Who spent it.
    pub spender: String,
    /// With whom.
    pub partner: String,
    /// On what.
    pub kind: CostKind,
    /// What for.
    pub purpose: String,
    /// How much.
    #[cfg_attr(feature = "specta", specta(type = f64))]
    pub cents: i64,
}

/// The sheet of a calendar year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct MileageSheet {
    /// The year.
    pub year: i32,
    /// The ways, the oldest first.
    pub trips: Vec<Trip>,
    /// What was spent, the oldest first.
    pub expenses: Vec<Expense>,
    /// All ways, in tenths of a mile.
    pub tenths: u32,
    /// What the ways come to; none where the rate is not set, or money is not seen.
    #[cfg_attr(feature = "specta", specta(type = Option<f64>))]
    pub mileage_cents: Option<i64>,
    /// What was spent.
    #[cfg_attr(feature = "specta", specta(type = f64))]
    pub expense_cents: i64,
    /// Minutes spent with partners on visits.
    pub visit_minutes: u32,
    /// The rate, if it is set.
    pub rate: Option<MileageRate>,
}

/// The measure `trip_amount`: the miles of a trip times the rate of its year, rounded to the cent, half a cent up. 8.1 miles at 67.0
/// cents are 542.7 cents: $5.43.
///
/// `tenths` are tenths of a mile, `tenth_cents` tenths of a cent a mile.
pub fn trip_amount(tenths: u32, tenth_cents: u32) -> i64 {
    (i64::from(tenths) * i64::from(tenth_cents) + 50) / 100
}

/// The sheet of a year: of one person, or of everybody whose records one sees.
///
/// # Errors
/// Those of the file.
pub fn mileage_sheet(
    practice: &Practice,
    year: i32,
    liaison: Option<ProfileId>,
) -> Result<MileageSheet, FieldError> {
    practice.may(Need::Read(Area::Outreach))?;
    let hides_money = practice.hidden().money;
    let mut naming = Naming::of_nobody(practice.today());
    practice.read(|conn| {
        let rate = rates::in_force(rows::rates(conn)?).into_iter().find(|rate| rate.year == year);
        let mut trips = rows::trips(conn, year, liaison)?;
        for trip in &mut trips {
            debug_assert_eq!(trip.on.year(), year);
            trip.tenth_cents = rate.as_ref().map(|rate| rate.tenth_cents);
            if !hides_money {
                trip.cents = trip.tenth_cents.map(|cents| trip_amount(trip.tenths, cents));
            }
            unnamed(conn, &mut naming, &mut trip.purpose, &[&trip.to, &trip.driver])?;
        }
        let mut expenses = if hides_money { Vec::new() } else { rows::expenses(conn, year, liaison)? };
        for expense in &mut expenses {
            unnamed(conn, &mut naming, &mut expense.purpose, &[&expense.partner, &expense.spender])?;
        }
        Ok(MileageSheet {
            year,
            tenths: trips.iter().map(|trip| trip.tenths).sum(),
            mileage_cents: rate
                .as_ref()
                .filter(|_| !hides_money)
                .map(|_| trips.iter().filter_map(|trip| trip.cents).sum()),
            expense_cents: expenses.iter().map(|expense| expense.cents).sum(),
            visit_minutes: rows::minutes(conn, year, liaison)?,
            trips,
            expenses,
            rate,
        })
    })
}

/// What a way or an expense was for, on a sheet that leaves the practice: no patient is named on it.
fn unnamed(
    conn: &Connection,
    naming: &mut Naming,
    purpose: &mut String,
    except: &[&str],
) -> Result<(), StoreError> {
    if naming.found(conn, purpose, except)? {
        "A visit".clone_into(purpose);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trip_is_rounded_to_the_cent_by_hand() {
        // 8.1 × 67.0 = 542.7; 33.8 × 70.0 = 2,366.0; 0.1 × 65.0 = 6.5, half a cent up.
        assert_eq!([trip_amount(81, 670), trip_amount(338, 700), trip_amount(1, 650)], [543, 2_366, 7]);
        assert_eq!(trip_amount(0, 670), 0);
    }

    #[test]
    fn a_trip_is_the_same_in_dollars_and_in_whole_numbers() {
        for tenths in 0..2_000u32 {
            for tenth_cents in [560, 575, 585, 625, 655, 670, 700] {
                let dollars = f64::from(tenths) / 10.0 * (f64::from(tenth_cents) / 10.0);
                let whole = dollars.floor();
                let second = whole as i64 + i64::from(dollars - whole > 0.499_999_9);
                assert_eq!(trip_amount(tenths, tenth_cents), second, "{tenths} at {tenth_cents}");
            }
        }
    }
}
