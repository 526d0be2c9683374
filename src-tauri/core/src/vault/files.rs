//! Private folders and files, and replacing one so that either the old or the new one is there, whole.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::error::VaultError;
use crate::foundation::point;

/// How often a busy target is tried again (antivirus and indexers hold files for moments on Windows).
const TRIES: u32 = 20;
/// How long between tries.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(100);

/// How the name of a file begins and ends while it is written.
const BESIDE: (&str, &str) = (".baton-", ".tmp");

/// Whether this is what a killed process left of a file it was writing.
pub(super) fn is_leftover(name: &str) -> bool {
    name.starts_with(BESIDE.0) && name.ends_with(BESIDE.1)
}

/// Removes what killed processes left of files they were writing. One that can't be removed does no harm.
pub(super) fn clear_leftovers(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_str().is_some_and(is_leftover)) {
        let _ = std::fs::remove_file(entry.path());
    }
}

/// The plain name of a file for a message.
pub(super) fn plain_name(path: &Path) -> String {
    path.file_name().map_or_else(|| "the folder".into(), |name| name.to_string_lossy().into_owned())
}

/// Makes a folder only its owner may enter, if it is not there.
pub(super) fn make_private_folder(folder: &Path) -> Result<(), VaultError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(VaultError::disk(&plain_name(folder)))?;
    only_owner(folder, 0o700)
}

/// Makes a file readable by its owner alone.
pub(super) fn make_private(file: &Path) -> Result<(), VaultError> {
    only_owner(file, 0o600)
}

#[cfg(unix)]
fn only_owner(path: &Path, mode: u32) -> Result<(), VaultError> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
        .map_err(VaultError::disk(&plain_name(path)))
}

/// On Windows a folder below the user's own is private already.
#[cfg(not(unix))]
fn only_owner(_path: &Path, _mode: u32) -> Result<(), VaultError> {
    Ok(())
}

/// Reads at most `cap` bytes; a longer file is `None`.
pub(super) fn read_capped(path: &Path, cap: u64) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(cap + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= cap).then_some(bytes))
}

/// Replaces a file: written beside it, synced, renamed over it, and the folder synced.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), VaultError> {
    let disk = || VaultError::disk("the practice folder");
    let mut beside = beside(path.parent().unwrap_or(Path::new(".")))?;
    beside.write_all(bytes).map_err(disk())?;
    beside.as_file().sync_all().map_err(disk())?;
    point::reach("replace written");
    persist(beside, path)
}

/// A file that is being written beside the one it becomes. A temporary file of this crate is made for its owner alone.
pub(super) fn beside(folder: &Path) -> Result<NamedTempFile, VaultError> {
    let made = tempfile::Builder::new().prefix(BESIDE.0).suffix(BESIDE.1).tempfile_in(folder);
    made.map_err(VaultError::disk("the practice folder"))
}

/// Gives a file that was written and synced its name, patiently.
pub(super) fn persist(beside: NamedTempFile, path: &Path) -> Result<(), VaultError> {
    // Closed first: Windows renames no file that is open.
    let (file, written) =
        beside.keep().map_err(|kept| VaultError::disk("the practice folder")(kept.error))?;
    drop(file);
    let renamed = rename(&written, path);
    if renamed.is_err() {
        // What can't be removed has a name that is cleared at the next unlocking.
        let _ = std::fs::remove_file(&written);
    }
    renamed
}

/// Whether the system refuses to let us write this file or in this folder at all: its medium or its permission says so.
/// Asks, and tries nothing. What is not there is not refused.
pub(super) fn is_refused(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use rustix::io::Errno;
        let asked = rustix::fs::access(path, rustix::fs::Access::WRITE_OK);
        matches!(asked, Err(Errno::ROFS | Errno::ACCESS | Errno::PERM))
    }
    #[cfg(not(unix))]
    {
        path.is_file() && std::fs::metadata(path).is_ok_and(|about| about.permissions().readonly())
    }
}

/// Finds out whether something can be written in a folder.
pub(super) fn try_writing(folder: &Path) -> Result<(), VaultError> {
    let mut trial = beside(folder)?;
    trial
        .write_all(&[0; 4096])
        .and_then(|()| trial.as_file().sync_all())
        .map_err(VaultError::disk(&folder.to_string_lossy()))
}

/// Renames a finished folder or file into place, patiently.
pub(super) fn rename(from: &Path, to: &Path) -> Result<(), VaultError> {
    let mut tries = 0;
    loop {
        match std::fs::rename(from, to) {
            Ok(()) => {
                point::reach("replace renamed");
                return to.parent().map_or(Ok(()), sync_folder);
            }
            Err(error) if is_held(&error) && tries < TRIES => {
                tries += 1;
                std::thread::park_timeout(PAUSE);
            }
            Err(error) => return Err(VaultError::disk(&plain_name(to))(error)),
        }
    }
}

/// Whether somebody else holds the file for the moment: access denied (5), sharing violation (32) on Windows.
fn is_held(error: &std::io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32))
}

/// Makes the names in a folder durable.
pub(super) fn sync_folder(folder: &Path) -> Result<(), VaultError> {
    if cfg!(unix) {
        match File::open(folder).and_then(|opened| opened.sync_all()) {
            // Sticks and shares that can't sync a folder say so; their files are synced all the same.
            Err(error)
                if !matches!(
                    error.kind(),
                    std::io::ErrorKind::InvalidInput | std::io::ErrorKind::Unsupported
                ) =>
            {
                return Err(VaultError::disk(&plain_name(folder))(error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Makes a file's content durable.
pub(super) fn sync_file(path: &Path) -> Result<(), VaultError> {
    File::options()
        .write(true)
        .open(path)
        .and_then(|opened| opened.sync_all())
        .map_err(VaultError::disk(&plain_name(path)))
}

/// Removes a file that may not be there.
pub(super) fn remove_if_there(path: &Path) -> Result<(), VaultError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(VaultError::disk(&plain_name(path))(error))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replaced_file_is_whole_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vault.json");
        replace(&path, b"old").expect("written");
        replace(&path, b"new").expect("replaced");
        assert_eq!(std::fs::read(&path).expect("there"), b"new");
        assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn folders_and_files_are_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("a/b");
        make_private_folder(&inner).expect("made");
        replace(&inner.join("f"), b"x").expect("written");
        let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode(&inner), 0o700);
        assert_eq!(mode(&inner.join("f")), 0o600);
    }

    #[test]
    fn a_file_over_the_cap_is_not_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("big");
        std::fs::write(&path, [0; 11]).expect("written");
        assert_eq!(read_capped(&path, 10).expect("read"), None);
        assert_eq!(read_capped(&path, 11).expect("read").map(|b| b.len()), Some(11));
    }
}
