//! The limits of each year and the rules of the practice, as data somebody answers for.

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::error::{GratitudeError, invalid, text};
use super::limits::{YearLimits, default_limits, of_year};
use super::rows::book as rows;
use super::verdict::PracticeRules;
use crate::practice::Practice;
use crate::store::{Label, StoreError, Written};
use crate::vault::{Area, Need};

/// The most a limit can be, in cents.
const MOST: i64 = 10_000_000;

/// A year's limits and whether the practice changed them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct YearInForce {
    /// The limits.
    pub limits: YearLimits,
    /// The practice set them itself.
    pub changed: bool,
    /// There is a default to go back to.
    pub has_default: bool,
}

/// What holds for the whole practice, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct GiftRules {
    /// CK9: the practice furnishes designated health services, so that the physicians' meter binds it.
    pub designated_services: bool,
    /// Why it does not; asked for where the meter is turned off.
    pub designated_reason: Option<String>,
    /// CK8: there is a formal medical staff.
    pub medical_staff: bool,
    /// After how many working days thanks are due.
    pub thanks_days: u32,
}

/// After how many working days thanks are due unless the practice says otherwise (E1).
const THANKS_DAYS: u32 = 2;

impl Default for GiftRules {
    fn default() -> Self {
        let rules = PracticeRules::default();
        Self {
            designated_services: rules.designated_health_services,
            designated_reason: None,
            medical_staff: rules.formal_medical_staff,
            thanks_days: THANKS_DAYS,
        }
    }
}

impl GiftRules {
    pub(super) fn judged_by(&self) -> PracticeRules {
        PracticeRules {
            designated_health_services: self.designated_services,
            formal_medical_staff: self.medical_staff,
        }
    }
}

/// The limits of all years, the newest first, and the rules.
///
/// # Errors
/// [`StoreError::NotAllowed`]; those of the file.
pub fn gift_book(practice: &Practice) -> Result<(Vec<YearInForce>, GiftRules), GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    practice.read(|conn| {
        let (own, defaults) = (rows::limits(conn)?, default_limits());
        let mut years: Vec<YearInForce> = limits_in(conn)?
            .into_iter()
            .map(|limits| YearInForce {
                changed: own.iter().any(|year| year.year == limits.year),
                has_default: of_year(&defaults, limits.year).is_some(),
                limits,
            })
            .collect();
        years.sort_by_key(|year| std::cmp::Reverse(year.limits.year));
        Ok((years, rules_in(conn)?))
    })
}

/// The limits in force: the practice's own, and the defaults of the other years.
pub(super) fn limits_in(conn: &Connection) -> Result<Vec<YearLimits>, StoreError> {
    let mut all = rows::limits(conn)?;
    let missing: Vec<YearLimits> =
        default_limits().into_iter().filter(|year| of_year(&all, year.year).is_none()).collect();
    all.extend(missing);
    Ok(all)
}

pub(super) fn rules_in(conn: &Connection) -> Result<GiftRules, StoreError> {
    Ok(rows::rules(conn)?.unwrap_or_default())
}

/// Sets the limits of a year. A day of verification is the practice's own word that somebody read them in the source.
///
/// # Errors
/// [`GratitudeError::Invalid`] for a negative limit, a missing source, a year that is none or a day ahead; those of the file.
pub fn set_limits(practice: &Practice, limits: &YearLimits) -> Result<Written<()>, GratitudeError> {
    practice.may(Need::Approve(Area::Gratitude))?;
    if !(2000..=2100).contains(&limits.year) {
        return invalid("year", "Give a year between 2000 and 2100.");
    }
    for (field, cents) in [
        ("physicianCents", limits.physician_cents),
        ("patientItemCents", limits.patient_item_cents),
        ("patientYearCents", limits.patient_year_cents),
    ] {
        if !(0..=MOST).contains(&cents) {
            return invalid(field, "Give an amount between 0 and 100,000 dollars.");
        }
    }
    let Some(source) = text("source", Some(&limits.source), 300)? else {
        return invalid("source", "Say where the limits were read.");
    };
    verified(limits.verified_on, practice.today())?;
    practice.write(Label::hand("gift_limits_set", limits.year.to_string()), |tx| {
        Ok(rows::set_limits(tx, &YearLimits { source, ..limits.clone() })?)
    })
}

fn verified(on: Option<NaiveDate>, today: NaiveDate) -> Result<(), GratitudeError> {
    match on {
        Some(on) if on > today => invalid("verifiedOn", "This day is in the future. Give a day up to today."),
        _ => Ok(()),
    }
}

/// Back to the default of a year; a year without one has no limit any more.
///
/// # Errors
/// Those of the file.
pub fn reset_limits(practice: &Practice, year: i32) -> Result<Written<()>, GratitudeError> {
    practice.may(Need::Approve(Area::Gratitude))?;
    practice
        .write(Label::hand("gift_limits_reset", year.to_string()), |tx| Ok(rows::forget_limits(tx, year)?))
}

/// Sets the rules of the practice.
///
/// # Errors
/// [`GratitudeError::Invalid`] where the physicians' meter is turned off without a reason; those of the file.
pub fn set_gift_rules(practice: &Practice, rules: &GiftRules) -> Result<Written<()>, GratitudeError> {
    practice.may(Need::Approve(Area::Gratitude))?;
    let reason = text("designatedReason", rules.designated_reason.as_deref(), 500)?;
    let reason = match (rules.designated_services, reason) {
        (true, _) => None,
        (false, Some(reason)) => Some(reason),
        (false, None) => {
            return invalid(
                "designatedReason",
                "Say why the practice furnishes none of these services; the reason is kept with the rule.",
            );
        }
    };
    if rules.thanks_days > 60 {
        return invalid("thanksDays", "Give at most 60 working days.");
    }
    let rules = GiftRules { designated_reason: reason, ..rules.clone() };
    practice.write(Label::hand("gift_rules_set", ""), |tx| Ok(rows::set_rules(tx, &rules)?))
}
