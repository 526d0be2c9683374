//! The rules a referral keeps to: its dates, and how long its words may be.

use chrono::NaiveDate;

use super::error::{Problem, ReferralError, invalid};

/// Registers begin here; anything before is a slip of the finger.
const OLDEST: NaiveDate = match NaiveDate::from_ymd_opt(2000, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// Something that has happened: not ahead, not before 2000.
pub(super) fn happened(field: &'static str, on: NaiveDate, today: NaiveDate) -> Result<(), ReferralError> {
    if on > today {
        return invalid(field, Problem::InFuture(on));
    }
    not_ancient(field, on)
}

/// A day that may lie ahead, but not before 2000.
pub(super) fn not_ancient(field: &'static str, on: NaiveDate) -> Result<(), ReferralError> {
    if on < OLDEST { invalid(field, Problem::TooOld(on)) } else { Ok(()) }
}

/// A key date of a referral, with the words for it.
#[derive(Clone, Copy)]
pub(super) struct KeyDate {
    pub(super) field: &'static str,
    pub(super) what: &'static str,
    pub(super) on: Option<NaiveDate>,
    /// It is being set now; only pairs with such a date are checked, so that an imported oddity can be mended in steps.
    pub(super) set: bool,
}

/// Received, scheduled, seen, closed: none may come before an earlier one. A referral may be closed before the agreed
/// day when nobody came.
pub(super) fn in_order(dates: &[KeyDate; 4], seen: bool) -> Result<(), ReferralError> {
    for (i, earlier) in dates.iter().enumerate() {
        for later in &dates[i + 1..] {
            let closed_before_visit = earlier.field == "scheduledOn" && later.field == "closed" && !seen;
            let (Some(first), Some(second)) = (earlier.on, later.on) else { continue };
            if second >= first || closed_before_visit || !(earlier.set || later.set) {
                continue;
            }
            return if later.set {
                invalid(later.field, Problem::Before { day: second, other: first, what: earlier.what })
            } else {
                invalid(earlier.field, Problem::After { day: first, other: second, what: later.what })
            };
        }
    }
    Ok(())
}

/// Words as they are kept: trimmed, inner spaces single, empty = nothing.
pub(super) fn line(
    field: &'static str,
    text: Option<&str>,
    limit: usize,
) -> Result<Option<String>, ReferralError> {
    let text = text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > limit {
        return invalid(field, Problem::TooLong(limit));
    }
    Ok((!text.is_empty()).then_some(text))
}

/// A text of several lines as it is kept.
pub(super) fn text(
    field: &'static str,
    text: Option<&str>,
    limit: usize,
) -> Result<Option<String>, ReferralError> {
    let text = text.unwrap_or_default().trim();
    if text.chars().count() > limit {
        return invalid(field, Problem::TooLong(limit));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// How long each field may be.
pub(super) mod limits {
    pub(in crate::referrals) const PATIENT: usize = 200;
    pub(in crate::referrals) const CHART: usize = 64;
    pub(in crate::referrals) const REASON: usize = 200;
    pub(in crate::referrals) const SERVICE: usize = 100;
    pub(in crate::referrals) const PAYER: usize = 100;
    pub(in crate::referrals) const NOTE: usize = 4_000;
}
