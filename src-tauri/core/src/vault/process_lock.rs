//! One process at a time: an exclusive lock of the operating system, freed by the kernel however the process ends.

use std::fs::{File, TryLockError};

use super::error::VaultError;
use super::files;
use super::folder::Folder;

/// Held as long as the practice is open.
#[derive(Debug)]
pub(super) struct ProcessLock {
    held: File,
}

impl ProcessLock {
    /// Keeps others from working in what is looked at and can't be written, as far as there is a lock to hold.
    pub(super) fn look(folder: &Folder) -> Result<Option<Self>, VaultError> {
        let Ok(file) = File::open(folder.lock_file()) else { return Ok(None) };
        match file.try_lock_shared() {
            Ok(()) => Ok(Some(Self { held: file })),
            Err(TryLockError::WouldBlock) => Err(VaultError::AlreadyOpen { by: holder(folder) }),
            // A medium that knows no locks has nobody who works on it.
            Err(TryLockError::Error(_)) => Ok(None),
        }
    }

    /// Takes the lock, or tells who has it.
    pub(super) fn take(folder: &Folder) -> Result<Self, VaultError> {
        let path = folder.lock_file();
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(VaultError::disk("practice.lock"))?;
        files::make_private(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(VaultError::AlreadyOpen { by: holder(folder) }),
            Err(TryLockError::Error(error)) => return Err(VaultError::disk("practice.lock")(error)),
        }
        // A note for whoever is refused. It says nothing by itself: only the lock counts, and nothing waits for the disk.
        let note = format!("process {} on {}", std::process::id(), computer());
        let _ = std::fs::write(folder.lock_note(), note)
            .is_ok_and(|()| files::make_private(&folder.lock_note()).is_ok());
        Ok(Self { held: file })
    }
}

impl Drop for ProcessLock {
    fn drop(&mut self) {
        // A program being started at this moment may have inherited the file; unlocking frees it there too. What can't
        // be unlocked is freed when the file is closed.
        let _ = self.held.unlock();
    }
}

fn holder(folder: &Folder) -> String {
    let note = files::read_capped(&folder.lock_note(), 300)
        .ok()
        .flatten()
        .and_then(|bytes| String::from_utf8(bytes).ok());
    note.unwrap_or_else(|| "another process".into())
}

#[cfg(unix)]
fn computer() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn computer() -> String {
    std::env::var("COMPUTERNAME").unwrap_or_else(|_| "this computer".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_which_process_has_it_and_gets_it_once_freed() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = Folder::at(place.path()).expect("a place");
        let first = ProcessLock::take(&folder).expect("free");
        match ProcessLock::take(&folder) {
            Err(VaultError::AlreadyOpen { by }) => {
                assert!(by.contains(&std::process::id().to_string()), "{by}")
            }
            other => panic!("{other:?}"),
        }
        drop(first);
        ProcessLock::take(&folder).expect("free again");
    }
}
