//! Erasing one person at a request: a token stands where the identity stood, and what counts keeps counting.

use super::error::{RetentionError, invalid};
use super::held::blocks;
use super::policy::release;
use super::redaction;
use super::rows;
use super::types::{Decision, ErasureDone, ErasureRequest, LookedFor, RecordKind, RecordRef};
use crate::practice::Practice;
use crate::store::{Label, Written};

/// Puts a request and its decision on record and, if it is granted, erases the identity from the file and its history.
/// Can't be taken back.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`], [`RetentionError::Blocked`] with each reason, [`RetentionError::Invalid`],
/// [`RetentionError::Missing`]; those of the file.
pub fn erase(
    practice: &Practice,
    who: LookedFor,
    request: &ErasureRequest,
) -> Result<Written<ErasureDone>, RetentionError> {
    release(practice)?;
    let requester = request.requester.trim();
    if requester.is_empty() || requester.chars().count() > 200 {
        return invalid("requester", "say who asked, in which capacity, without a name");
    }
    let reason = request.reason.trim();
    if request.decision == Decision::Refused && reason.is_empty() {
        return invalid("reason", "say why it is refused");
    }
    if request.requested_on > practice.today() {
        return invalid("requestedOn", "choose a day up to today");
    }
    let request = ErasureRequest { requester: requester.into(), reason: reason.into(), ..request.clone() };
    let record = who.record();
    let token = token(record);
    match request.decision {
        Decision::Refused => practice.write(Label::hand("erasure_refuse", ""), |tx| {
            let name = rows::name(tx, record)?.ok_or(RetentionError::Missing)?;
            tx.subject(name.clone());
            rows::record_erasure(tx, record, &token, &request)?;
            Ok(ErasureDone { token: name })
        }),
        Decision::Granted => {
            let label = Label::hand("erasure_grant", token.clone());
            practice.store().redact(practice.actor(), label, |tx| {
                let name = rows::name(tx, record)?.ok_or(RetentionError::Missing)?;
                let blocks = blocks(tx, who, tx.today)?;
                if !blocks.is_empty() {
                    return Err(RetentionError::Blocked(blocks));
                }
                if rows::erased_at(tx, record)?.is_some() {
                    return invalid("decision", "this was erased already");
                }
                let records = rows::same_person(tx, record)?;
                for one in &records {
                    rows::blank(tx, *one, &token)?;
                }
                rows::forget_drafts(tx, &name)?;
                rows::record_erasure(tx, record, &token, &request)?;
                let referrals = rows::referrals_of(tx, record)?;
                Ok((ErasureDone { token: token.clone() }, redaction::of(&records, &referrals, &token)))
            })
        }
    }
}

/// "Erased person 4F2A9C": the end of the record's own number tells tokens apart.
fn token(record: RecordRef) -> String {
    let end: String = record.id.bytes()[13..].iter().map(|byte| format!("{byte:02X}")).collect();
    match record.kind {
        RecordKind::Patient => format!("Erased patient {end}"),
        _ => format!("Erased person {end}"),
    }
}
