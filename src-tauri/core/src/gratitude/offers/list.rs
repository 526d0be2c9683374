//! The offers, the next ones first.

use chrono::NaiveDate;

use super::types::{KeptOffer, OfferRow, OfferStanding};
use crate::gratitude::error::GratitudeError;
use crate::gratitude::ledger::rules_shown;
use crate::gratitude::rows::offers as rows;
use crate::network::is_patient;
use crate::practice::Practice;
use crate::vault::{Area, Need};

/// Every offer one sees, the latest first; with `trashed`, those in the trash instead.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn offers(practice: &Practice, trashed: bool) -> Result<Vec<OfferRow>, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    let (today, hidden) = (practice.today(), practice.hidden());
    practice.read(|conn| {
        let mut all = rows::all(conn, trashed)?;
        if hidden.patients {
            // Whoever became a patient since stands apart, with all that was said of them.
            let mut seen = Vec::with_capacity(all.len());
            for kept in all {
                if !is_patient(conn, kept.offer.partner)? {
                    seen.push(kept);
                }
            }
            all = seen;
        }
        Ok(all.into_iter().map(|kept| shown(kept, today)).collect())
    })
}

/// Those that take place in a calendar year, the first first, for the register.
///
/// # Errors
/// As [`offers`].
pub fn offers_of_year(practice: &Practice, year: i32) -> Result<Vec<OfferRow>, GratitudeError> {
    let mut all = offers(practice, false)?;
    all.retain(|row| {
        let (first, last) = (year_of(row.offer.from_on), row.offer.to_on.map(year_of));
        first <= year && last.unwrap_or(first) >= year
    });
    all.reverse();
    Ok(all)
}

fn year_of(day: NaiveDate) -> i32 {
    chrono::Datelike::year(&day)
}

fn shown(kept: KeptOffer, today: NaiveDate) -> OfferRow {
    let approved = kept.decision.as_ref().map(|decision| decision.approved);
    let own_decision = kept.decision.as_ref().is_some_and(|decision| decision.by == kept.by);
    let days = (kept.offer.from_on, kept.offer.to_on);
    let (decided_on, decided_by, decision_note) = match kept.decision {
        Some(decision) => (Some(decision.on), Some(decision.by_name), Some(decision.note)),
        None => (None, None, None),
    };
    OfferRow {
        id: kept.id,
        standing: OfferStanding::of(kept.verdict, approved, days, today),
        offer: kept.offer,
        partner_name: kept.partner_name,
        verdict: kept.verdict,
        findings: rules_shown(&kept.findings),
        approved,
        decided_on,
        decided_by,
        decision_note: decision_note.filter(|note| !note.is_empty()),
        own_decision,
        by: kept.by_name,
        trash_reason: kept.trash_reason,
    }
}
