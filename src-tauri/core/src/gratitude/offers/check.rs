//! What the rules of gifts say of an offer before it is kept, and again inside the write.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::types::Offer;
use crate::gratitude::error::{GratitudeError, invalid};
use crate::gratitude::kinds::RecipientKind;
use crate::gratitude::ledger::{Judgement, NewReward, NewShare, Preflight, Split, Whom, judge_offer};
use crate::gratitude::rows::notes;
use crate::network::is_patient;
use crate::practice::Practice;
use crate::vault::{Area, Hidden, Need};

/// What would be said of it now. Writes nothing.
///
/// # Errors
/// [`GratitudeError::Invalid`] with the field; [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn offer_check(practice: &Practice, offer: &Offer) -> Result<Preflight, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    practice.must_see(offer.partner)?;
    let (today, hidden) = (practice.today(), practice.hidden());
    practice.read(|conn| Ok(judged(conn, offer, today, hidden)?.shown))
}

/// The answer to an offer, as a gift of what they have of it.
pub(super) fn judged(
    conn: &Connection,
    offer: &Offer,
    today: NaiveDate,
    hidden: Hidden,
) -> Result<Judgement, GratitudeError> {
    for (field, cents) in [("oursCents", offer.ours_cents), ("theirsCents", offer.theirs_cents)] {
        if !(0..=10_000_000).contains(&cents) {
            return invalid(field, "Give an amount between 0 and 100,000 dollars.");
        }
    }
    let (kind, occasion) = offer.kind.as_gift();
    let gift = NewReward {
        on: offer.from_on,
        kind,
        occasion,
        what: offer.what.clone(),
        total_cents: offer.value_cents(),
        split: Split::Each,
        cash: offer.cash,
        solicited: offer.solicited,
        purpose: offer.purpose.clone(),
        paid_to: None,
        receipt: None,
        fair_value: offer.fair_value.clone(),
        agreement: offer.agreement.clone(),
        shares: vec![recipient(conn, offer)?],
    };
    judge_offer(conn, &gift, offer.is_equal(), today, hidden)
}

/// Whoever has it: the person a partner is, or the partner.
fn recipient(conn: &Connection, offer: &Offer) -> Result<NewShare, GratitudeError> {
    if is_patient(conn, offer.partner)? {
        return invalid(
            "partner",
            "This partner is a patient. Patients who tell a friend have programs of their own.",
        );
    }
    let (whom, kind) = match notes::individual(conn, offer.partner)? {
        Some(person) => (Whom::Person(person), notes::kind_of_person(conn, person)?),
        None => match notes::kind_of_partner(conn, offer.partner)? {
            Some(RecipientKind::Patient) | None => {
                return invalid("partner", "Choose an office, a business or a professional.");
            }
            Some(kind) => (Whom::Partner(offer.partner), kind),
        },
    };
    Ok(NewShare { whom, recipient: Some(kind), counts_to: None, present: true, federal: offer.federal })
}
