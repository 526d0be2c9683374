//! What a restore would take away and bring.

use serde::{Deserialize, Serialize};

use crate::store::{Contents, PastEntry, Store, StoreError};
use crate::vault::backup::Why;

/// How many entries are told one by one.
const TOLD: u32 = 12;

/// What stands before somebody who is about to restore.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RestorePreview {
    /// Whose backup it is.
    pub practice: String,
    /// When it was made, UTC milliseconds, if that is known.
    pub made_at: Option<f64>,
    /// Why.
    pub why: Why,
    /// Who opens the practice afterwards.
    pub profile_name: String,
    /// Whether it was made by an older Baton and was brought up to date.
    pub older: bool,
    /// Whether there is a practice it would replace.
    pub replaces: bool,
    /// Rows of each kind, now and then.
    pub counts: Vec<KindCount>,
    /// Entries of the practice the backup has not; not known where the practice can't be read.
    pub lost: Option<Parted>,
    /// Entries of the backup the practice has not.
    pub comes: Option<Parted>,
}

/// Kinds of rows that are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// Partners.
    Partners,
    /// People.
    People,
    /// Patients.
    Patients,
    /// Referrals.
    Referrals,
}

/// The kinds with the tables they are rows of.
const KINDS: [(RowKind, &str); 4] = [
    (RowKind::Partners, "partner"),
    (RowKind::People, "person"),
    (RowKind::Patients, "patient"),
    (RowKind::Referrals, "referral"),
];

/// Rows of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct KindCount {
    /// Of which kind.
    pub kind: RowKind,
    /// In the practice as it is, where it can be read.
    pub now: Option<u32>,
    /// In the backup.
    pub then: u32,
}

/// Entries only one of two files has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Parted {
    /// How many.
    pub count: u32,
    /// The newest of them.
    pub newest: Vec<EntryInShort>,
}

/// A history entry in a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct EntryInShort {
    /// When, UTC milliseconds.
    pub at: f64,
    /// Who.
    pub actor: String,
    /// What, as a code.
    pub action: String,
    /// About what.
    pub subject: String,
}

/// What both hold, and where they part.
pub(super) struct Compared {
    now: Contents,
    lost: Parted,
    comes: Parted,
}

pub(super) fn compare(now: &Store, then: &Store) -> Result<Compared, StoreError> {
    let common = now.common_with(then)?;
    Ok(Compared { now: now.contents()?, lost: parted(now, common)?, comes: parted(then, common)? })
}

fn parted(store: &Store, common: i64) -> Result<Parted, StoreError> {
    let newest = store.entries_after(common, TOLD)?.into_iter().map(in_short).collect();
    Ok(Parted { count: number(store.count_after(common)?), newest })
}

fn in_short(entry: PastEntry) -> EntryInShort {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds stay far below 2^53")]
    let at = entry.at as f64;
    EntryInShort { at, actor: entry.actor, action: entry.action, subject: entry.subject }
}

/// The rows of each kind, and the entries on both sides.
pub(super) fn told(
    then: &Contents,
    compared: Option<Compared>,
) -> (Vec<KindCount>, Option<Parted>, Option<Parted>) {
    let now = |table: &str| compared.as_ref().map(|compared| number(compared.now.rows_of(table)));
    let counts = KINDS
        .iter()
        .map(|(kind, table)| KindCount { kind: *kind, now: now(table), then: number(then.rows_of(table)) })
        .collect();
    match compared {
        Some(compared) => (counts, Some(compared.lost), Some(compared.comes)),
        None => (counts, None, None),
    }
}

fn number(rows: i64) -> u32 {
    u32::try_from(rows.max(0)).unwrap_or(u32::MAX)
}
