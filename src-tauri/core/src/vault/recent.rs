//! The practices opened on this computer lately: names and folders only, outside the practices.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::VaultError;
use super::files;
use super::folder::Folder;
use super::machine::Machine;

/// How many are remembered.
const MOST: usize = 10;
/// More bytes than this are not our list.
const LARGEST: u64 = 256 * 1024;

/// A practice opened lately.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RecentPractice {
    /// Its name.
    pub name: String,
    /// Its folder.
    pub folder: String,
    /// When it was opened, UTC milliseconds.
    pub opened_at: f64,
    /// Whether the folder is there now.
    #[serde(default)]
    pub there: bool,
}

/// The newest first, at most ten. A list that can't be read is an empty one: nothing is lost with it.
pub fn recent_practices(machine: &Machine) -> Vec<RecentPractice> {
    let mut recent = read(machine);
    for practice in &mut recent {
        practice.there = Path::new(&practice.folder).join("vault.json").exists();
    }
    recent
}

/// Takes a practice off the list. The practice itself stays.
///
/// # Errors
/// [`VaultError::NoAccess`], [`VaultError::DiskFull`].
pub fn forget_recent(machine: &Machine, folder: &Path) -> Result<(), VaultError> {
    let mut recent = read(machine);
    recent.retain(|practice| Path::new(&practice.folder) != folder);
    write(machine, &recent)
}

/// Puts a practice on top of the list.
pub(super) fn remember(machine: &Machine, folder: &Folder, name: &str) -> Result<(), VaultError> {
    let mut recent = read(machine);
    let folder = folder.text();
    recent.retain(|practice| practice.folder != folder);
    #[expect(clippy::cast_precision_loss, reason = "milliseconds and bytes stay far below 2^53")]
    let opened_at = machine.clock().now_ms() as f64;
    recent.insert(0, RecentPractice { name: name.into(), folder, opened_at, there: true });
    recent.truncate(MOST);
    write(machine, &recent)
}

fn list(machine: &Machine) -> PathBuf {
    machine.folder().join("recent.json")
}

fn read(machine: &Machine) -> Vec<RecentPractice> {
    let bytes = files::read_capped(&list(machine), LARGEST).ok().flatten();
    bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

fn write(machine: &Machine, recent: &[RecentPractice]) -> Result<(), VaultError> {
    files::make_private_folder(machine.folder())?;
    let bytes =
        serde_json::to_vec_pretty(recent).map_err(|_| VaultError::NoAccess { what: "recent.json".into() })?;
    files::replace(&list(machine), &bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::clock::Clock;

    #[test]
    fn the_newest_ten_are_listed_once_each_and_can_be_forgotten() {
        let place = tempfile::tempdir().expect("a folder");
        let machine = Machine::for_tests(place.path(), Clock::system(), None);
        assert!(recent_practices(&machine).is_empty());
        let folder = |number: u32| Folder::at(&place.path().join(format!("p{number}"))).expect("a place");
        for number in (0..12).chain([5]) {
            remember(&machine, &folder(number), "Harborview").expect("written");
        }
        let recent = recent_practices(&machine);
        assert_eq!(recent.len(), 10);
        assert_eq!(recent[0].folder, folder(5).text());
        assert!(!recent[0].there);
        forget_recent(&machine, folder(5).path()).expect("written");
        assert_eq!(recent_practices(&machine).len(), 9);
        std::fs::write(list(&machine), "{").expect("written");
        assert!(recent_practices(&machine).is_empty());
    }
}
