//! A backup in every place at once: one that fails stops no other.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::DateTime;
use serde::{Deserialize, Serialize};

use super::device::{Device, Memory};
use super::list::{Backup, Why, of_vault};
use super::make::back_up_for;
use super::thin::{Copy, Keep, thin};
use crate::store::{Progress, StoreError};
use crate::vault::error::VaultError;
use crate::vault::machine::Machine;
use crate::vault::unlocked::Unlocked;

/// What went wrong in one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BackupProblem {
    /// For scripts.
    pub code: String,
    /// For people: what to do.
    pub sentence: String,
    /// When, UTC milliseconds.
    pub at: f64,
}

/// How it went in one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BackupOutcome {
    /// The place.
    pub folder: String,
    /// Whether it is the practice's own folder.
    pub own: bool,
    /// What was made.
    pub backup: Option<Backup>,
    /// Or why nothing was.
    pub problem: Option<BackupProblem>,
    /// Older ones that went, as the numbers to keep say.
    pub removed: u32,
}

/// Backs up to the practice's own folder and to every further one this computer knows, and removes what the numbers
/// to keep let go.
///
/// # Errors
/// [`StoreError::Cancelled`], [`StoreError::Locked`]; what a place says is in its [`BackupOutcome`].
pub fn back_up_everywhere(
    machine: &Machine,
    unlocked: &Unlocked,
    why: Why,
    progress: Progress<'_>,
) -> Result<Vec<BackupOutcome>, VaultError> {
    let vault = unlocked.with_open(|open| Ok(open.document.vault_id))?;
    let device = Device::read(machine, vault);
    let own = std::iter::once((unlocked.place().backups(), true));
    let further = device.targets.iter().map(|target| (PathBuf::from(&target.folder), false));
    let places: Vec<(PathBuf, bool)> = own.chain(further).collect();
    let (count, mut outcomes) = (u32::try_from(places.len()).unwrap_or(u32::MAX), Vec::new());
    for (at, (place, is_own)) in (0_u32..).zip(&places) {
        let mut told = |done: u32, total: u32| -> ControlFlow<()> {
            progress(total.saturating_mul(at).saturating_add(done), total.saturating_mul(count))
        };
        outcomes.push(one(unlocked, place, *is_own, why, device.keep, &mut told)?);
    }
    let now = machine.clock().now_ms();
    // What is remembered is told again by the next run.
    let _ = Device::change(machine, vault, |device| {
        device.last_run_at = Some(now);
        for outcome in &outcomes {
            remember(device, outcome, now);
        }
    });
    Ok(outcomes)
}

fn one(
    unlocked: &Unlocked,
    place: &Path,
    own: bool,
    why: Why,
    keep: Keep,
    progress: Progress<'_>,
) -> Result<BackupOutcome, VaultError> {
    let folder = place.to_string_lossy().into_owned();
    // A folder that went with its stick is not made anew on this computer's own disk.
    let made = if own || place.is_dir() {
        back_up_for(unlocked, Some(place), why, progress)
    } else {
        Err(VaultError::TargetAway { folder: folder.clone() })
    };
    Ok(match made {
        Ok(backup) => {
            let removed = clear_old(unlocked, place, keep);
            BackupOutcome { folder, own, backup: Some(backup), problem: None, removed }
        }
        Err(VaultError::Store(stopped @ (StoreError::Cancelled | StoreError::Locked))) => {
            return Err(stopped.into());
        }
        Err(error) => {
            BackupOutcome { folder, own, backup: None, problem: Some(problem(&error, unlocked)), removed: 0 }
        }
    })
}

fn problem(error: &VaultError, unlocked: &Unlocked) -> BackupProblem {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds and bytes stay far below 2^53")]
    let at = unlocked.practice().store().clock().now_ms() as f64;
    BackupProblem { code: error.code().into(), sentence: error.to_string(), at }
}

fn remember(device: &mut Device, outcome: &BackupOutcome, now: i64) {
    let memory: Option<&mut Memory> = if outcome.own {
        Some(&mut device.own)
    } else {
        device.targets.iter_mut().find(|target| target.folder == outcome.folder).map(|t| &mut t.memory)
    };
    if let Some(memory) = memory {
        memory.problem.clone_from(&outcome.problem);
        if outcome.backup.is_some() {
            memory.last_good_at = Some(now);
        }
    }
}

/// Removes what may go of this practice's backups in a folder; how many went.
fn clear_old(unlocked: &Unlocked, place: &Path, keep: Keep) -> u32 {
    let Ok(vault) = unlocked.with_open(|open| Ok(open.document.vault_id)) else { return 0 };
    let store = unlocked.practice().store();
    let Ok(known) = store.newest_entry_at() else { return 0 };
    let backups: Vec<Backup> =
        of_vault(place, vault).into_iter().filter(|backup| backup.why != Why::Replaced).collect();
    let copies: Vec<Copy> = backups
        .iter()
        .map(|backup| {
            #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds")]
            let made_at = backup.made_at as i64;
            let made = DateTime::from_timestamp_millis(made_at).unwrap_or_default();
            Copy { made_at, day: made.with_timezone(&store.zone()).date_naive(), good: backup.verified }
        })
        .collect();
    let gone = thin(&copies, store.clock().now_ms(), known, keep);
    // One that can't be removed now is thinned again after the next backup.
    let removed = gone.into_iter().filter(|at| remove(Path::new(&backups[*at].folder)).is_ok());
    u32::try_from(removed.count()).unwrap_or(u32::MAX)
}

/// Takes the name away first, so that half a backup never carries it.
fn remove(folder: &Path) -> std::io::Result<()> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let going = folder.with_file_name(format!(".{name}.partial"));
    std::fs::rename(folder, &going)?;
    std::fs::remove_dir_all(going)
}
