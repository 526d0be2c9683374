//! Putting a proved copy in the practice's place: a restored one, or the same under a new key. Several files can't change
//! at once, so they are gathered beside the practice and a mark is set: before it the practice is the old one, from it on
//! the new one. Every step after the mark can be done again, and the next who opens the folder finishes what a power cut
//! left.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::backup::REPLACED;
use super::error::VaultError;
use super::files;
use super::folder::Folder;
use super::process_lock::ProcessLock;
use super::staging;

/// More bytes than this are no mark of ours.
const LARGEST: u64 = 4096;
/// What belongs to the database while it is open; only the old one may have them.
const OF_DATABASE: [&str; 3] = ["practice.db-wal", "practice.db-shm", "practice.db-journal"];
/// The files of a practice, in the order they are put in place.
const FILES: [&str; 4] = ["practice.db", "vault.json.bak", "vault.json", "recovery.age"];

/// Says that everything is gathered, and where the old files go; nowhere: they are removed.
#[derive(Serialize, Deserialize)]
struct Mark {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kept: Option<String>,
}

fn mark(folder: &Folder) -> PathBuf {
    folder.restoring().join("ready")
}

/// Whether a restore was decided and is not finished.
pub(super) fn is_decided(folder: &Folder) -> bool {
    mark(folder).exists()
}

/// Decides: from here on the new files are the practice. `kept` is the name of the folder the old ones go to, if they are
/// kept. A failure after the mark was set is none any more.
pub(super) fn decide(folder: &Folder, kept: Option<&str>) -> Result<(), VaultError> {
    let bytes = serde_json::to_vec(&Mark { kept: kept.map(str::to_owned) })
        .map_err(|_| VaultError::NoAccess { what: "the practice folder".into() })?;
    files::sync_folder(&folder.restoring())?;
    files::replace(&mark(folder), &bytes)
        .or_else(|failure| if is_decided(folder) { Ok(()) } else { Err(failure) })
}

/// Finishes what was decided, or clears what was not. Whoever calls this holds the process lock.
pub(super) fn settle(folder: &Folder) -> Result<(), VaultError> {
    if !is_decided(folder) {
        return staging::clear(&folder.restoring());
    }
    let bytes = files::read_capped(&mark(folder), LARGEST).map_err(VaultError::disk("the restore"))?;
    let read: Option<Mark> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    // A mark that can't be read keeps what there is.
    let kept = read.map_or(Some(String::new()), |mark| mark.kept);
    let aside = kept
        .map(|name| folder.backups().join(if is_plain(&name) { name } else { format!("{REPLACED}unknown") }));
    let (live, new) = (folder.path(), folder.restoring());
    let keep = |name: &str| -> Result<(), VaultError> {
        match &aside {
            None => files::remove_if_there(&live.join(name)),
            Some(_) if !live.join(name).exists() => Ok(()),
            Some(aside) => {
                files::make_private_folder(aside)?;
                files::rename(&live.join(name), &aside.join(name))
            }
        }
    };
    // As long as the new database waits, the one in place is the old one, and the log beside it belongs to it.
    if new.join("practice.db").exists() {
        OF_DATABASE.iter().try_for_each(|name| keep(name))?;
    }
    for name in FILES {
        if new.join(name).exists() {
            keep(name)?;
            files::rename(&new.join(name), &live.join(name))?;
        }
    }
    files::sync_folder(live)?;
    files::remove_if_there(&mark(folder))?;
    staging::clear(&folder.restoring())
}

/// The same for somebody who does not hold the lock. If another process has it, that one settles.
pub(super) fn settle_if_free(folder: &Folder) -> Result<(), VaultError> {
    if is_decided(folder)
        && let Ok(_process) = ProcessLock::take(folder)
    {
        settle(folder)?;
    }
    Ok(())
}

fn is_plain(name: &str) -> bool {
    name.starts_with(REPLACED) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with old files and new ones gathered, decided.
    fn decided() -> (tempfile::TempDir, Folder) {
        let place = tempfile::tempdir().expect("a folder");
        let folder = Folder::at(&place.path().join("practice")).expect("a place");
        std::fs::create_dir_all(folder.restoring()).expect("made");
        for name in FILES.iter().chain(&OF_DATABASE) {
            std::fs::write(folder.path().join(name), format!("old {name}")).expect("written");
        }
        for name in FILES {
            std::fs::write(folder.restoring().join(name), format!("new {name}")).expect("written");
        }
        decide(&folder, Some("before-restore-2026-11-02-120000")).expect("decided");
        (place, folder)
    }

    fn is_new(folder: &Folder) {
        let kept = folder.backups().join("before-restore-2026-11-02-120000");
        for name in FILES {
            assert_eq!(std::fs::read_to_string(folder.path().join(name)).expect(name), format!("new {name}"));
            assert_eq!(std::fs::read_to_string(kept.join(name)).expect(name), format!("old {name}"));
        }
        for name in OF_DATABASE {
            assert!(!folder.path().join(name).exists(), "the old log must not meet the new database");
            assert!(kept.join(name).exists());
        }
        assert!(!folder.restoring().exists());
    }

    #[test]
    fn a_power_cut_after_any_step_is_finished_by_the_next_who_opens() {
        // The steps in the order they are taken: each old file goes, then its new one comes.
        type Step = (PathBuf, PathBuf);
        let steps = |folder: &Folder| -> Vec<Step> {
            let kept = folder.backups().join("before-restore-2026-11-02-120000");
            let mut steps: Vec<Step> =
                OF_DATABASE.iter().map(|name| (folder.path().join(name), kept.join(name))).collect();
            for name in FILES {
                steps.push((folder.path().join(name), kept.join(name)));
                steps.push((folder.restoring().join(name), folder.path().join(name)));
            }
            steps
        };
        for cut in 0..=OF_DATABASE.len() + 2 * FILES.len() {
            let (_place, folder) = decided();
            std::fs::create_dir_all(folder.backups().join("before-restore-2026-11-02-120000")).expect("made");
            for (from, to) in steps(&folder).iter().take(cut) {
                std::fs::rename(from, to).expect("moved");
            }
            settle(&folder).expect("finished");
            is_new(&folder);
            settle(&folder).expect("nothing is left to do");
            is_new(&folder);
        }
    }

    #[test]
    fn what_is_not_kept_is_gone_and_the_new_is_there() {
        let (_place, folder) = decided();
        decide(&folder, None).expect("decided");
        settle(&folder).expect("finished");
        for name in FILES {
            assert_eq!(std::fs::read_to_string(folder.path().join(name)).expect(name), format!("new {name}"));
        }
        assert!(OF_DATABASE.iter().all(|name| !folder.path().join(name).exists()));
        assert!(!folder.restoring().exists() && !folder.backups().exists());
    }

    #[test]
    fn before_the_mark_nothing_happened() {
        let (_place, folder) = decided();
        std::fs::remove_file(mark(&folder)).expect("removed");
        settle(&folder).expect("cleared");
        assert_eq!(std::fs::read_to_string(folder.database()).expect("read"), "old practice.db");
        assert!(!folder.restoring().exists() && !folder.backups().exists());
    }

    #[test]
    fn a_mark_that_names_another_place_moves_nothing_there() {
        for name in ["../elsewhere", "before-restore-../x", "/tmp/x", ""] {
            assert!(!is_plain(name), "{name}");
        }
    }
}
