//! A year of the ledger, looked through and signed by whoever answers for it.

use serde::{Deserialize, Serialize};

use super::error::{GratitudeError, invalid, text};
use super::rows::attest as rows;
use crate::foundation::id::RecordId;
use crate::practice::Practice;
use crate::store::{Cause, Label, Written};
use crate::vault::{Area, Need};

/// A signed year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Attestation {
    /// Which.
    pub id: RecordId,
    /// The calendar year.
    pub year: i32,
    /// How many entries it had then.
    pub entries: u32,
    /// What they amounted to, in cents.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub total_cents: i64,
    /// How many it has now; more: something was put down since.
    pub entries_now: u32,
    /// What was found.
    pub findings: String,
    /// When, UTC milliseconds.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub signed_at: i64,
    /// By whom.
    pub signed_by: String,
}

/// The signed years, the newest first.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn attestations(practice: &Practice) -> Result<Vec<Attestation>, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    practice.may(Need::Everybodys)?;
    practice.read(|conn| Ok(rows::all(conn)?))
}

/// Signs a year of the ledger as it stands.
///
/// # Errors
/// [`GratitudeError::Invalid`] without findings; those of the file.
pub fn attest(practice: &Practice, year: i32, findings: &str) -> Result<Written<RecordId>, GratitudeError> {
    practice.may(Need::Approve(Area::Gratitude))?;
    practice.may(Need::Everybodys)?;
    let Some(findings) = text("findings", Some(findings), 2_000)? else {
        return invalid(
            "findings",
            "Say what you found; \u{201c}nothing to object to\u{201d} is an answer too.",
        );
    };
    let label = Label { action: "reward_attest", subject: year.to_string(), cause: Cause::Note };
    practice.write(label, |tx| {
        let (entries, total) = rows::totals(tx, year)?;
        Ok(rows::insert(tx, year, entries, total, &findings)?)
    })
}
