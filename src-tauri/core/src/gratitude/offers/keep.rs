//! Keeping an offer. Each change is judged anew, and asks for approval anew.

use chrono::{Datelike, Months};

use super::check::judged;
use super::types::Offer;
use crate::foundation::id::RecordId;
use crate::gratitude::error::{GratitudeError, invalid, text};
use crate::gratitude::rows::{notes, offers as rows};
use crate::practice::Practice;
use crate::store::{Label, StoreError, Written};
use crate::vault::{Area, Need};

/// Keeps an offer with what the check says of it. One that is blocked is kept as well: it says what is missing, and may not take
/// place.
///
/// # Errors
/// [`GratitudeError::Invalid`] with the field; [`GratitudeError::Missing`]; those of the file.
pub fn save_offer(practice: &Practice, offer: &Offer) -> Result<Written<RecordId>, GratitudeError> {
    practice.may(Need::Write(Area::Gratitude))?;
    practice.must_see(offer.partner)?;
    let kept = checked(practice, offer)?;
    let hidden = practice.hidden();
    if let Some(id) = offer.id {
        practice.read(|conn| rows::by_id(conn, id))?.ok_or(GratitudeError::Missing)?;
    }
    practice.write(Label::hand("gift_offer_save", ""), |tx| {
        let named = notes::partner(tx, kept.partner)?.ok_or(GratitudeError::Missing)?;
        tx.subject(format!("{}, {}", named.name, kept.what));
        if let Some(id) = kept.id {
            let before = rows::by_id(tx, id)?.ok_or(GratitudeError::Missing)?;
            if before.trashed {
                return Err(GratitudeError::Missing);
            }
            if before.offer == kept {
                return Ok(id);
            }
        }
        let judgement = judged(tx, &kept, tx.today, hidden)?;
        let findings = judgement.findings.first().map(Vec::as_slice).unwrap_or_default();
        let findings =
            serde_json::to_string(findings).map_err(|error| StoreError::Database(error.to_string()))?;
        Ok(rows::put(tx, &kept, judgement.shown.verdict, &findings)?)
    })
}

fn checked(practice: &Practice, offer: &Offer) -> Result<Offer, GratitudeError> {
    let Some(what) = text("what", Some(&offer.what), 300)? else {
        return invalid("what", "Say what it is, in a few words.");
    };
    if offer.from_on.year() < 2000 {
        return invalid("fromOn", "This day is before 2000. Check the year.");
    }
    if offer.from_on > practice.today() + Months::new(24) {
        return invalid("fromOn", "This day is more than two years ahead. Check the year.");
    }
    if offer.to_on.is_some_and(|to| to < offer.from_on) {
        return invalid("toOn", "It ends before it begins. Choose a later day.");
    }
    Ok(Offer {
        what,
        to_on: offer.to_on.filter(|to| *to != offer.from_on),
        purpose: text("purpose", offer.purpose.as_deref(), 1_000)?,
        materials: text("materials", offer.materials.as_deref(), 1_000)?,
        fair_value: text("fairValue", offer.fair_value.as_deref(), 1_000)?,
        agreement: text("agreement", offer.agreement.as_deref(), 300)?,
        ..offer.clone()
    })
}
