//! Bytes from outside, handed to whoever reads them: a table, `vault.json`, a changeset of history, what a page sends.
//! Each must come to an answer whatever the bytes are. Fuzzing and the replay of its finds call the same functions.

use std::ops::ControlFlow;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{TestPractice, day};
use crate::exchange::export::{RegisterOrder, WorkbookOrder};
use crate::exchange::import::reading::{Limits, Overrides, Source, read_rows, understand};
use crate::exchange::import::{Choice, Decisions};
use crate::network::{
    AffiliationChange, NewAddress, NewAffiliation, NewContactPoint, NewPartner, NewPerson, PartnerChange,
    PartnerQuery, PartnerView, Party, PeopleQuery, PersonChange,
};
use crate::referrals::ReferralQuery;
use crate::vault::{self, NewPractice};

/// Limits under which a single input is read in moments.
const SMALL: Limits = Limits {
    file_bytes: 1 << 20,
    inflated_bytes: 4 << 20,
    inflated_part_bytes: 2 << 20,
    inflation_ratio: 200,
    parts: 200,
    rows: 20_000,
    records: 20_000,
    columns: 512,
    cell_chars: 32_767,
    cells: 200_000,
};

/// A text or a workbook. Returns how many rows were read, if any could be.
pub fn table(bytes: &[u8]) -> Option<u32> {
    let source = Source::from_bytes("input", bytes.to_vec(), &SMALL).ok()?;
    let understood = understand(&source, &Overrides::default()).ok()?;
    let as_of = day("2026-11-02");
    let read =
        read_rows(&source, &understood, &understood.mapping, as_of, &mut |_| ControlFlow::Continue(()))
            .ok()?;
    Some(read.rows)
}

/// A `vault.json`. Returns whether it could be read.
pub fn vault_file(bytes: &[u8]) -> bool {
    vault::reads_vault_file(bytes).is_ok()
}

/// A changeset. Returns whether it could be applied; the practice stays as it is.
pub fn changeset(practice: &TestPractice, bytes: &[u8]) -> bool {
    practice.store().try_changeset(practice.actor(), bytes).is_ok()
}

/// What a page sends with a command. Returns as how many kinds of request it can be understood; each of them is told
/// again as it was understood.
pub fn payload(bytes: &[u8]) -> usize {
    [
        told_again::<NewPractice>,
        told_again::<NewPartner>,
        told_again::<Vec<PartnerChange>>,
        told_again::<PartnerQuery>,
        told_again::<PartnerView>,
        told_again::<Party>,
        told_again::<NewPerson>,
        told_again::<Vec<PersonChange>>,
        told_again::<PeopleQuery>,
        told_again::<NewAffiliation>,
        told_again::<Vec<AffiliationChange>>,
        told_again::<NewContactPoint>,
        told_again::<NewAddress>,
        told_again::<ReferralQuery>,
        told_again::<Overrides>,
        told_again::<Choice>,
        told_again::<Decisions>,
        told_again::<WorkbookOrder>,
        told_again::<RegisterOrder>,
    ]
    .iter()
    .filter(|understood| understood(bytes))
    .count()
}

fn told_again<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> bool {
    let Ok(value) = serde_json::from_slice::<T>(bytes) else { return false };
    let told = serde_json::to_vec(&value).expect("told");
    let again: T = serde_json::from_slice(&told).expect("understood again");
    assert_eq!(serde_json::to_vec(&again).expect("told again"), told, "the same as it was");
    true
}
