//! How far the chain of the log holds.

use serde::{Deserialize, Serialize};

use super::error::AuditError;
use crate::practice::Practice;
use crate::vault::Need;

/// What walking the whole chain found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ChainState {
    /// Everything verifies, or was acknowledged, up to this entry.
    pub verified: u32,
    /// The hash of that entry, in hexadecimal digits: written down elsewhere, it proves the log up to here.
    pub hash: String,
    /// The first entry that does not verify.
    pub broken_at: Option<u32>,
    /// Entries that do not verify and that an owner acknowledged.
    pub accepted: Vec<u32>,
}

/// Walks the whole chain of changes and events.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn check(practice: &Practice) -> Result<ChainState, AuditError> {
    practice.may(Need::Audit)?;
    // What was looked at a moment ago belongs to it. In a file that can't be written it waits.
    let _ = practice.store().write_log();
    let examined = practice.store().examine_history(None)?;
    Ok(ChainState {
        verified: number(examined.head.seq),
        hash: digits(&examined.head.hash),
        broken_at: examined.broken.map(|broken| number(broken.seq)),
        accepted: examined.accepted.into_iter().map(number).collect(),
    })
}

pub(super) fn number(seq: i64) -> u32 {
    u32::try_from(seq).unwrap_or(u32::MAX)
}

pub(super) fn digits(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
