//! What this computer knows about the backups of a practice: folders are of this computer, so they are kept here and
//! not in the practice.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::everywhere::BackupProblem;
use super::thin::Keep;
use crate::foundation::id::RecordId;
use crate::vault::error::VaultError;
use crate::vault::files;
use crate::vault::machine::Machine;

/// More bytes than this are not ours.
const LARGEST: u64 = 1024 * 1024;
/// Hours between two backups while somebody works.
const DAILY: u32 = 24;

/// One file for each practice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Device {
    pub(super) targets: Vec<Target>,
    /// The practice's own folder.
    pub(super) own: Memory,
    pub(super) keep: Keep,
    pub(super) rhythm_hours: u32,
    /// When backups were last made by themselves, by this computer's clock.
    pub(super) last_run_at: Option<i64>,
    pub(super) drill: Option<Drilled>,
}

/// A further folder for backups.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Target {
    pub(super) folder: String,
    #[serde(flatten)]
    pub(super) memory: Memory,
}

/// How it went there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Memory {
    pub(super) last_good_at: Option<i64>,
    /// What went wrong the last time.
    pub(super) problem: Option<BackupProblem>,
}

/// The last test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Drilled {
    pub(super) at: i64,
    pub(super) ok: bool,
}

impl Default for Device {
    fn default() -> Self {
        Self {
            targets: Vec::new(),
            own: Memory::default(),
            keep: Keep::default(),
            rhythm_hours: DAILY,
            last_run_at: None,
            drill: None,
        }
    }
}

/// One change at a time.
static CHANGING: Mutex<()> = Mutex::new(());

impl Device {
    /// What is known. A file that can't be read is an empty one: it holds no data of the practice.
    pub(super) fn read(machine: &Machine, vault: RecordId) -> Self {
        let bytes = files::read_capped(&path(machine, vault), LARGEST).ok().flatten();
        bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Changes what is known.
    pub(super) fn change(
        machine: &Machine,
        vault: RecordId,
        change: impl FnOnce(&mut Self),
    ) -> Result<(), VaultError> {
        let _alone = CHANGING.lock().unwrap_or_else(PoisonError::into_inner);
        let mut device = Self::read(machine, vault);
        change(&mut device);
        let bytes = serde_json::to_vec_pretty(&device)
            .map_err(|_| VaultError::NoAccess { what: "the list of backup folders".into() })?;
        files::make_private_folder(machine.folder())?;
        files::replace(&path(machine, vault), &bytes)
    }
}

fn path(machine: &Machine, vault: RecordId) -> PathBuf {
    machine.folder().join(format!("backups-{vault}.json"))
}
