//! How it stands with the backups of a practice on this computer.

use std::path::Path;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::device::{Device, Memory};
use super::due::{DueMoment, is_due, next};
use super::everywhere::BackupProblem;
use super::list::{Backup, Why, all_backups};
use super::targets::BackupSettings;
use crate::vault::error::VaultError;
use crate::vault::machine::Machine;
use crate::vault::unlocked::Unlocked;

/// After so many days without a backup, or without a test, it is said so.
const DAYS_WITHOUT_BACKUP: i64 = 7;
const DAYS_WITHOUT_DRILL: i64 = 90;

/// Everything the screen shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct BackupState {
    /// When the newest good one was made, UTC milliseconds.
    pub last_good_at: Option<f64>,
    /// When the next one is made while somebody works, UTC milliseconds.
    pub next_at: f64,
    /// When a backup was last tested, UTC milliseconds.
    pub drill_at: Option<f64>,
    /// Whether that test was passed.
    pub drill_ok: bool,
    /// Days without a backup, where those are too many.
    pub days_without_backup: Option<u32>,
    /// Days without a test, where those are too many.
    pub days_without_drill: Option<u32>,
    /// The places, the practice's own first.
    pub targets: Vec<TargetState>,
    /// Every backup in them, the newest first.
    pub backups: Vec<Backup>,
    /// What is set.
    pub settings: BackupSettings,
}

/// A place backups go to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TargetState {
    /// Its folder.
    pub folder: String,
    /// Whether it is the practice's own.
    pub own: bool,
    /// Whether it can be reached now.
    pub there: bool,
    /// When a backup was last made there, UTC milliseconds.
    pub last_good_at: Option<f64>,
    /// What went wrong since.
    pub problem: Option<BackupProblem>,
}

/// How it stands.
///
/// # Errors
/// [`crate::store::StoreError::Locked`].
pub fn backup_state(machine: &Machine, unlocked: &Unlocked) -> Result<BackupState, VaultError> {
    let (vault, created) =
        unlocked.with_open(|open| Ok((open.document.vault_id, open.document.created.clone())))?;
    let device = Device::read(machine, vault);
    let backups = all_backups(machine, unlocked)?;
    let own = unlocked.place().backups();
    let mut targets = vec![target(&own, true, &device.own, &backups)];
    targets.extend(device.targets.iter().map(|t| target(Path::new(&t.folder), false, &t.memory, &backups)));
    let last_good_at = targets.iter().filter_map(|target| target.last_good_at).max_by(f64::total_cmp);
    let now = machine.clock().now_ms();
    let today = unlocked.practice().today();
    let since_created = created.parse::<NaiveDate>().map_or(0, |day| (today - day).num_days());
    let days = |at: Option<i64>| at.map_or(since_created, |at| (now - at) / (24 * 3_600_000));
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds")]
    let last = last_good_at.map(|at| at as i64);
    let too_many = |days: i64, most: i64| (days >= most).then(|| u32::try_from(days).unwrap_or(u32::MAX));
    Ok(BackupState {
        last_good_at,
        next_at: ms(next(device.last_run_at.or(last), now, device.rhythm_hours)),
        drill_at: device.drill.as_ref().map(|drill| ms(drill.at)),
        drill_ok: device.drill.as_ref().is_some_and(|drill| drill.ok),
        days_without_backup: too_many(days(last), DAYS_WITHOUT_BACKUP),
        days_without_drill: too_many(days(device.drill.as_ref().map(|d| d.at)), DAYS_WITHOUT_DRILL),
        targets,
        backups,
        settings: BackupSettings { rhythm_hours: device.rhythm_hours, keep: device.keep },
    })
}

/// Whether one is due by itself.
///
/// # Errors
/// [`crate::store::StoreError::Locked`].
pub fn is_backup_due(machine: &Machine, unlocked: &Unlocked, moment: DueMoment) -> Result<bool, VaultError> {
    // What can't be written can't change either.
    if unlocked.is_unwritable() {
        return Ok(false);
    }
    let vault = unlocked.with_open(|open| Ok(open.document.vault_id))?;
    let device = Device::read(machine, vault);
    let last = device.last_run_at.or_else(|| {
        #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds")]
        super::list::newest_backup(unlocked).map(|backup| backup.made_at as i64)
    });
    Ok(is_due(last, machine.clock().now_ms(), moment, device.rhythm_hours))
}

fn target(folder: &Path, own: bool, memory: &Memory, backups: &[Backup]) -> TargetState {
    let listed = backups
        .iter()
        .filter(|b| b.verified && b.why != Why::Replaced && Path::new(&b.folder).parent() == Some(folder))
        .map(|backup| backup.made_at)
        .max_by(f64::total_cmp);
    let there = folder.is_dir();
    TargetState {
        folder: folder.to_string_lossy().into_owned(),
        own,
        there,
        // What lies there counts; what is remembered counts while the place can't be looked at.
        last_good_at: if there { listed } else { memory.last_good_at.map(ms) },
        problem: memory.problem.clone(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds stay far below 2^53")]
fn ms(at: i64) -> f64 {
    at as f64
}
