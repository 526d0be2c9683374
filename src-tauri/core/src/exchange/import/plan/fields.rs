//! The fields of a referral row as the file of the practice keeps them.

use crate::exchange::import::row::{Outcome, ReferralRow};

pub(in super::super) fn outcome_code(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Scheduled => "scheduled",
        Outcome::Seen => "seen",
        Outcome::NoShow => "no_show",
        Outcome::Declined => "declined",
        Outcome::Lost => "lost",
    }
}

/// A text of the file as it is kept.
pub(in super::super) fn kept(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

/// The values in the order of `rows::FIELDS`.
pub(super) fn values_of(row: &ReferralRow) -> [Option<String>; 13] {
    let text = |value: &Option<String>| kept(value).map(str::to_owned);
    [
        row.scheduled_on.map(|d| d.to_string()),
        row.seen_on.map(|d| d.to_string()),
        row.closed_on.map(|d| d.to_string()),
        row.outcome.map(|o| outcome_code(o).to_owned()),
        text(&row.status_text),
        row.amount_cents.map(|a| a.to_string()),
        text(&row.reason),
        text(&row.service),
        text(&row.payer),
        text(&row.note),
        row.urgency.map(|urgency| urgency.code().to_owned()),
        row.kind.map(|kind| kind.code().to_owned()),
        row.travel.map(|travel| travel.code().to_owned()),
    ]
}
