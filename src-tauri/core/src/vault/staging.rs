//! Folders beside the practice's files that live as long as a piece of work, and copying into them.

use std::fs::File;
use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::error::VaultError;
use super::files;
use crate::store::{Progress, StoreError};

/// Bytes that are copied at once.
const CHUNK: usize = 1024 * 1024;

/// A folder that goes when the work ends, however it ends; one that was killed is cleared with the next.
pub(super) struct Staging {
    folder: PathBuf,
    stays: bool,
}

impl Staging {
    /// Makes it anew.
    pub(super) fn begin(beside: &Path, name: &str) -> Result<Self, VaultError> {
        Self::at(&beside.join(name))
    }

    /// The same of a folder by its path.
    pub(super) fn at(folder: &Path) -> Result<Self, VaultError> {
        clear(folder)?;
        files::make_private_folder(folder)?;
        Ok(Self { folder: folder.to_owned(), stays: false })
    }

    pub(super) fn path(&self) -> &Path {
        &self.folder
    }

    /// Leaves it: what is in it counts now.
    pub(super) fn keep(mut self) {
        self.stays = true;
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.stays {
            // What is left is encrypted and goes with the next unlock.
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

/// Removes a folder that may not be there.
pub(super) fn clear(folder: &Path) -> Result<(), VaultError> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(VaultError::disk(&files::plain_name(folder))(error))
        }
        _ => Ok(()),
    }
}

/// One of several parts of a piece of work, told as its share of the whole.
pub(super) struct Part<'a> {
    progress: Progress<'a>,
    part: u32,
    parts: u32,
}

/// Steps the whole is told in, for each part.
const FINE: u64 = 1000;

impl<'a> Part<'a> {
    pub(super) fn of(progress: Progress<'a>, part: u32, parts: u32) -> Self {
        Self { progress, part, parts }
    }

    /// What the part's own work tells.
    pub(super) fn told(self) -> impl FnMut(u32, u32) -> ControlFlow<()> + use<'a> {
        let Self { progress, part, parts } = self;
        move |done, total| {
            let share = if total == 0 { 0 } else { u64::from(done) * FINE / u64::from(total) };
            let fine = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
            progress(fine(u64::from(part) * FINE + share), fine(u64::from(parts) * FINE))
        }
    }
}

/// A new file its owner alone can read.
pub(super) fn create_private(path: &Path) -> Result<File, VaultError> {
    let file = File::create_new(path).map_err(VaultError::disk(&files::plain_name(path)))?;
    files::make_private(path)?;
    Ok(file)
}

/// Copies what can be read, told in megabytes; a source that can't be read is a backup that is damaged.
pub(super) fn pour(
    from: &mut dyn Read,
    to: &mut dyn Write,
    done: &mut u64,
    all: u64,
    progress: Progress<'_>,
) -> Result<(), VaultError> {
    let megabytes = |bytes: u64| u32::try_from(bytes.div_ceil(CHUNK as u64)).unwrap_or(u32::MAX);
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = match from.read(&mut chunk) {
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(_) => return Err(VaultError::BackupDamaged),
        };
        if read == 0 {
            return Ok(());
        }
        to.write_all(chunk.get(..read).unwrap_or_default()).map_err(VaultError::disk("the copy"))?;
        *done += read as u64;
        if progress(megabytes(*done), megabytes(all.max(*done))).is_break() {
            return Err(StoreError::Cancelled.into());
        }
    }
}

/// What a practice's folder and a backup have alike. The log is there where a practice was not closed.
const COPIED: [(&str, bool); 5] = [
    ("practice.db", true),
    ("vault.json", true),
    ("recovery.age", true),
    ("practice.db-wal", false),
    ("backup.json", false),
];

/// Copies a backup's files and makes them durable. The backup itself is only read.
pub(super) fn copy_practice(from: &Path, into: &Path, progress: Progress<'_>) -> Result<(), VaultError> {
    let size = |name: &str| std::fs::metadata(from.join(name)).map_or(0, |meta| meta.len());
    let all = COPIED.iter().map(|(name, _)| size(name)).sum();
    let mut done = 0;
    for (name, needed) in COPIED {
        if !needed && size(name) == 0 {
            continue;
        }
        let mut source = match File::open(from.join(name)) {
            Ok(source) if source.metadata().is_ok_and(|meta| meta.is_file()) => source,
            _ if needed => return Err(VaultError::NotABackup),
            _ => continue,
        };
        let mut copy = create_private(&into.join(name))?;
        pour(&mut source, &mut copy, &mut done, all, progress)?;
        copy.sync_all().map_err(VaultError::disk(name))?;
    }
    Ok(())
}
