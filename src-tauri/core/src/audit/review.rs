//! Reviews of the log: somebody looks through a period, writes what was found and signs it.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::check::{digits, number};
use super::error::AuditError;
use super::rows;
use super::types::LogQuery;
use crate::foundation::id::ReviewId;
use crate::insights::Period;
use crate::practice::Practice;
use crate::store::{Cause, Label, Written};
use crate::vault::Need;

/// The longest findings.
const LONGEST: usize = 4000;
/// No more months than this are asked for at once.
const MOST_MONTHS: usize = 24;

/// A signed review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Review {
    /// Its id.
    pub id: ReviewId,
    /// What was looked through.
    pub period: Period,
    /// Who signed.
    pub reviewer: String,
    /// What was found.
    pub findings: String,
    /// When, UTC milliseconds.
    #[cfg_attr(feature = "specta", specta(type = f64))]
    pub signed_at: i64,
    /// How many entries the period held then.
    pub entries: u32,
    /// How far the chain was verified.
    pub head: u32,
    /// The hash of that entry.
    pub hash: String,
}

/// A review to be signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SignOff {
    /// What was looked through.
    pub period: Period,
    /// What was found: "Nothing out of the ordinary." is an answer.
    pub findings: String,
}

/// Months that wait for a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Due {
    /// The first of them, whole.
    pub next: Period,
    /// How many months wait.
    pub months: u32,
}

/// Whether whoever is at the desk reviews the log.
///
/// # Errors
/// Those of the file.
pub fn may_review(practice: &Practice) -> Result<bool, AuditError> {
    Ok(practice.may(Need::Audit).is_ok())
}

/// Signs a period that is over. It stays as it is.
///
/// # Errors
/// [`AuditError::NotAllowed`], [`AuditError::Invalid`], [`AuditError::Broken`] while the chain does not hold.
pub fn sign_off(practice: &Practice, review: &SignOff) -> Result<Written<ReviewId>, AuditError> {
    if !may_review(practice)? {
        return Err(AuditError::NotAllowed);
    }
    let period = Period::new(review.period.from, review.period.to)?;
    if period.to >= practice.today() {
        return Err(AuditError::invalid(
            "to",
            "Only days that are over can be signed. Choose an earlier last day.",
        ));
    }
    let findings = review.findings.trim();
    if findings.is_empty() || findings.chars().count() > LONGEST {
        return Err(AuditError::invalid(
            "findings",
            "Say what you found, in at most 4,000 characters. “Nothing out of the ordinary” is an answer.",
        ));
    }
    let examined = practice.store().examine_history(None)?;
    if let Some(broken) = examined.broken {
        return Err(AuditError::Broken { entry: number(broken.seq) });
    }
    let asked = LogQuery { from: Some(period.from), to: Some(period.to), ..LogQuery::default() };
    let narrowed = rows::Narrowed::of(&asked, practice.store().zone());
    let label = Label {
        action: "audit_sign_off",
        subject: format!("{} to {}", period.from, period.to),
        cause: Cause::Note,
    };
    practice.write(label, |tx| {
        let review = Review {
            id: ReviewId::new(),
            period,
            reviewer: tx.actor.name.clone(),
            findings: findings.to_owned(),
            signed_at: tx.now,
            entries: rows::count(tx, &narrowed)?,
            head: number(examined.head.seq),
            hash: digits(&examined.head.hash),
        };
        rows::insert_review(tx, &review, tx.actor.id, &examined.head.hash)?;
        Ok(review.id)
    })
}

/// Every signed review, the newest period first.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn reviews(practice: &Practice) -> Result<Vec<Review>, AuditError> {
    practice.may(Need::Audit)?;
    practice.read(rows::reviews)
}

/// The months that wait for whoever is at the desk; nothing for who does not review.
///
/// # Errors
/// Those of the file.
pub fn due(practice: &Practice) -> Result<Option<Due>, AuditError> {
    if !may_review(practice)? {
        return Ok(None);
    }
    let zone = practice.store().zone();
    let (began, signed) =
        practice.read(|conn| Ok::<_, AuditError>((rows::began(conn)?, rows::signed(conn)?)))?;
    let began =
        chrono::DateTime::from_timestamp_millis(began).unwrap_or_default().with_timezone(&zone).date_naive();
    let months = months_due(began, &signed, practice.today());
    Ok(months
        .first()
        .map(|next| Due { next: *next, months: number(i64::try_from(months.len()).unwrap_or(0)) }))
}

/// The whole months since the practice began that are over and that no signed period covers, the oldest first, of the
/// last two years.
pub fn months_due(began: NaiveDate, signed: &[Period], today: NaiveDate) -> Vec<Period> {
    let first_of = |day: NaiveDate| day.with_day(1).unwrap_or(day);
    let this = first_of(today);
    let mut due: Vec<Period> = (1..)
        .map_while(|back| this.checked_sub_months(Months::new(back)))
        .take(MOST_MONTHS)
        .take_while(|from| *from >= first_of(began))
        .filter_map(|from| {
            let to = from.checked_add_months(Months::new(1))?.checked_sub_days(Days::new(1))?;
            Some(Period { from, to })
        })
        .filter(|month| !covered(*month, began, signed))
        .collect();
    due.reverse();
    due
}

/// Whether signed periods, together, hold every day of a month since the practice began.
fn covered(month: Period, began: NaiveDate, signed: &[Period]) -> bool {
    month
        .from
        .iter_days()
        .take_while(|day| *day <= month.to)
        .filter(|day| *day >= began)
        .all(|day| signed.iter().any(|period| (period.from..=period.to).contains(&day)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    fn span(from: &str, to: &str) -> Period {
        Period { from: day(from), to: day(to) }
    }

    #[test]
    fn a_month_is_due_when_it_is_over_and_until_it_is_signed() {
        let began = day("2026-10-14");
        assert_eq!(months_due(began, &[], day("2026-10-31")), []);
        assert_eq!(months_due(began, &[], day("2026-11-01")), [span("2026-10-01", "2026-10-31")]);
        assert_eq!(months_due(began, &[span("2026-10-01", "2026-10-31")], day("2026-11-25")), []);
    }

    #[test]
    fn a_month_may_be_signed_in_two_halves_and_is_due_while_a_day_is_missing() {
        let began = day("2026-09-01");
        let halves = [span("2026-09-01", "2026-09-15"), span("2026-09-16", "2026-09-30")];
        assert_eq!(months_due(began, &halves, day("2026-10-02")), []);
        assert_eq!(months_due(began, &halves[..1], day("2026-10-02")).len(), 1);
    }

    #[test]
    fn days_before_the_practice_began_need_no_signature() {
        let signed = [span("2026-10-14", "2026-10-31")];
        assert_eq!(months_due(day("2026-10-14"), &signed, day("2026-11-02")), []);
    }

    #[test]
    fn the_oldest_unsigned_month_comes_first() {
        let due = months_due(day("2026-08-03"), &[span("2026-09-01", "2026-09-30")], day("2026-11-25"));
        assert_eq!(due, [span("2026-08-01", "2026-08-31"), span("2026-10-01", "2026-10-31")]);
    }
}
