//! Correcting a disclosure: a counter-entry, never a change.

use serde::{Deserialize, Serialize};

use super::disclose::checked;
use super::error::AuditError;
use super::rows::{self, Kept};
use super::types::{Disclosure, NewDisclosure};
use crate::foundation::id::DisclosureId;
use crate::practice::Practice;
use crate::store::{Cause, Label, Written};
use crate::vault::Need;

/// What is to stand instead of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Correction {
    /// Why.
    pub reason: String,
    /// What it should have said; nothing: nothing was disclosed.
    pub instead: Option<NewDisclosure>,
}

/// A counter-entry as it is kept.
pub(super) struct CounterEntry<'a> {
    pub(super) of: DisclosureId,
    pub(super) reason: &'a str,
    pub(super) withdrawn: bool,
}

/// Puts a counter-entry down, for every patient the entry was about.
///
/// # Errors
/// [`AuditError::Missing`], [`AuditError::AlreadyCorrected`], [`AuditError::Invalid`]; those of the file.
pub fn correct(
    practice: &Practice,
    entry: DisclosureId,
    correction: &Correction,
) -> Result<Written<DisclosureId>, AuditError> {
    practice.may(Need::Patients)?;
    practice.may(Need::Everybodys)?;
    let reason = correction.reason.trim();
    if reason.is_empty() || reason.chars().count() > 500 {
        return Err(AuditError::invalid("reason", "Say why it is corrected, in at most 500 characters."));
    }
    let instead =
        correction.instead.as_ref().map(|new| Ok((new.on, checked(new, practice.today())?))).transpose();
    let instead = instead.map_err(|error: AuditError| error)?;
    let label = Label { action: "disclosure_correct", subject: String::new(), cause: Cause::Note };
    practice.write(label, |tx| {
        let wrong: Disclosure = rows::disclosure(tx, entry)?.ok_or(AuditError::Missing)?;
        if wrong.corrected_by.is_some() {
            return Err(AuditError::AlreadyCorrected);
        }
        let (on, to, what) = match &instead {
            Some((on, (to, what))) => (*on, to, what),
            None => (wrong.on, &wrong.to, &wrong.what),
        };
        tx.subject(what.as_str());
        let correction = CounterEntry { of: entry, reason, withdrawn: instead.is_none() };
        let kept = Kept { on, to, what, source: wrong.source, correction: Some(correction) };
        rows::insert_disclosure(tx, &kept, &rows::patients_of(tx, entry)?)
    })
}
