//! Testing a restore: the newest backup is brought into a practice of its own, opened with the keys of today, read back
//! and removed again. The practice itself is not touched.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use serde::{Deserialize, Serialize};

use super::device::{Device, Drilled};
use super::list::{Backup, Why, all_backups};
use super::manifest;
use crate::store::{Head, Progress, Store, StoreError};
use crate::vault::document::Document;
use crate::vault::error::VaultError;
use crate::vault::machine::Machine;
use crate::vault::staging::{Part, Staging, copy_practice};
use crate::vault::unlocked::Unlocked;

/// Where, in the practice's folder.
pub(crate) const STAGE: &str = ".baton-drill";

/// What a test found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DrillReport {
    /// Whether the practice could be restored from it.
    pub ok: bool,
    /// Which backup was tested.
    pub backup: Backup,
    /// What is wrong with it, as a sentence.
    pub problem: Option<String>,
    /// History entries that were recomputed.
    pub entries: u32,
    /// Referrals found.
    pub referrals: u32,
    /// Partners found.
    pub partners: u32,
    /// How long it took.
    pub seconds: f64,
}

/// Tests the newest backup, wherever it lies. That it was done is put on record.
///
/// # Errors
/// [`VaultError::NoBackup`], [`StoreError::Cancelled`], [`StoreError::Locked`]; what is wrong with the backup is in the
/// report.
pub fn drill(
    machine: &Machine,
    unlocked: &Unlocked,
    progress: Progress<'_>,
) -> Result<DrillReport, VaultError> {
    unlocked.must_be_writable()?;
    let begun = Instant::now();
    let backup = all_backups(machine, unlocked)?
        .into_iter()
        .find(|backup| backup.why != Why::Replaced)
        .ok_or(VaultError::NoBackup)?;
    let found = restored(unlocked, Path::new(&backup.folder), progress);
    let (holds, problem) = match found {
        Ok(holds) => (holds, None),
        Err(VaultError::Store(stopped @ (StoreError::Cancelled | StoreError::Locked))) => {
            return Err(stopped.into());
        }
        Err(error) => (Held::default(), Some(error.to_string())),
    };
    let ok = problem.is_none();
    let now = machine.clock().now_ms();
    let vault = unlocked.with_open(|open| Ok(open.document.vault_id))?;
    // History knows it as well; this computer's memory is for the reminder.
    let _ = Device::change(machine, vault, |device| device.drill = Some(Drilled { at: now, ok }));
    let practice = unlocked.practice();
    let which = Path::new(&backup.folder).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let action = if ok { "backup_test" } else { "backup_test_failed" };
    practice.store().note(practice.actor(), action, which)?;
    Ok(DrillReport {
        ok,
        backup,
        problem,
        entries: holds.entries,
        referrals: holds.referrals,
        partners: holds.partners,
        seconds: begun.elapsed().as_secs_f64(),
    })
}

#[derive(Default)]
struct Held {
    entries: u32,
    referrals: u32,
    partners: u32,
}

/// Everything a restore would do, short of putting it in the practice's place.
fn restored(unlocked: &Unlocked, backup: &Path, progress: Progress<'_>) -> Result<Held, VaultError> {
    let stage = Staging::begin(unlocked.folder(), STAGE)?;
    copy_practice(backup, stage.path(), &mut Part::of(progress, 0, 2).told())?;
    let document =
        Document::read_one(&stage.path().join("vault.json")).map_err(|_| VaultError::BackupDamaged)?;
    let (checked, key) = unlocked.with_open(|open| {
        if document.body.vault_id != open.document.vault_id {
            return Err(VaultError::BackupOfAnother { practice: document.body.name.clone() });
        }
        Ok((document.checked(&open.document_key), open.db_key.clone()))
    })?;
    let database = stage.path().join("practice.db");
    let contents = Store::contents_of(&database, &key);
    let document = match (checked, &contents) {
        (Ok(document), _) => document,
        (Err(_), Ok(_)) => return Err(VaultError::BackupForeign),
        (Err(_), Err(_)) => return Err(VaultError::BackupOfOlderKey),
    };
    let contents = contents.map_err(of_backup)?;
    if progress(3, 4) == ControlFlow::Break(()) {
        return Err(StoreError::Cancelled.into());
    }
    let history =
        unlocked.practice().store().verify_history_of(&database, &key, document.known_break.map(i64::from));
    let whole = match history {
        Ok(head) => head == contents.head,
        Err(StoreError::BrokenHistory(_)) => false,
        Err(other) => return Err(of_backup(other)),
    };
    let sealed = std::fs::read(stage.path().join("recovery.age")).unwrap_or_default();
    let fits = whole
        && Head::from(&document.db_head) == contents.head
        && contents.practice() == Some(document.vault_id.bytes().as_slice())
        && manifest::fits(stage.path(), &contents)
        && sealed == document.recovery.sealed.0
        && !document.slots.is_empty();
    if !fits {
        return Err(VaultError::BackupDamaged);
    }
    let rows = |table| u32::try_from(contents.rows_of(table)).unwrap_or(u32::MAX);
    // An unhurried listener may stop here as well; there is nothing left to stop.
    let _ = progress(4, 4);
    Ok(Held { entries: rows("history"), referrals: rows("referral"), partners: rows("partner") })
}

/// What the database says, about the backup it came from.
pub(crate) fn of_backup(error: StoreError) -> VaultError {
    match error {
        StoreError::Damaged
        | StoreError::Database(_)
        | StoreError::Missing
        | StoreError::BrokenHistory(_) => VaultError::BackupDamaged,
        StoreError::Foreign => VaultError::BackupForeign,
        StoreError::Newer => VaultError::Newer,
        other => other.into(),
    }
}
