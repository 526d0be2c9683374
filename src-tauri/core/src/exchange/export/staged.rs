//! A file that appears under its name only when it is whole.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::NamedTempFile;

use super::error::ExportError;
use crate::foundation::id::RecordId;
use crate::foundation::point;
use crate::practice::Practice;
use crate::store::Store;

const PREFIX: &str = ".baton-";
const SUFFIX: &str = ".partial";

/// A file being written beside its target. Dropped before [`Staged::finish`], it is gone. It is not encrypted, so that the
/// practice remembers it from before its first byte until it is gone or whole: what a kill leaves is removed by whoever
/// opens the practice next, on whichever drive it lies.
pub(super) struct Staged {
    file: Option<NamedTempFile>,
    target: PathBuf,
    _remembered: Remembered,
}

/// Forgets the file when dropped: it has its own name by then, or is gone.
struct Remembered {
    store: Arc<Store>,
    path: PathBuf,
}

impl Drop for Remembered {
    fn drop(&mut self) {
        if !self.path.exists() {
            // A practice that was locked meanwhile forgets it at the next unlocking.
            let _ = self.store.end_outside(&self.path);
        }
    }
}

impl Staged {
    /// Begins a file that will stand at `target`.
    ///
    /// # Errors
    /// [`ExportError::FolderRefused`], [`ExportError::TargetInUse`], [`ExportError::DiskFull`].
    pub(super) fn begin(practice: &Practice, target: &Path) -> Result<Self, ExportError> {
        let folder = folder_of(target);
        if target.file_name().is_none() || target.is_dir() || !folder.is_dir() {
            return Err(ExportError::FolderRefused);
        }
        if target.metadata().is_ok_and(|meta| meta.permissions().readonly()) || open_elsewhere(target) {
            return Err(ExportError::TargetInUse);
        }
        sweep(&folder);
        let name = format!("{PREFIX}{}{SUFFIX}", RecordId::new());
        let path = std::path::absolute(folder.join(&name))?;
        practice.store().begin_outside(&path)?;
        let remembered = Remembered { store: practice.store().clone(), path };
        point::reach("export remembered");
        let file = tempfile::Builder::new().prefix(&name).rand_bytes(0).tempfile_in(&folder)?;
        // Held for as long as we live, so that nobody takes it for a left-over.
        file.as_file().try_lock().map_err(|_| ExportError::FolderRefused)?;
        point::reach("export begun");
        Ok(Self { file: Some(file), target: target.to_owned(), _remembered: remembered })
    }

    /// The file to write to and to read back.
    pub(super) fn file(&mut self) -> &mut File {
        self.file.as_mut().unwrap_or_else(|| unreachable!("held until it is finished")).as_file_mut()
    }

    /// The folder it is written in.
    pub(super) fn folder(&self) -> PathBuf {
        folder_of(&self.target)
    }

    /// The name it will have.
    pub(super) fn file_name(&self) -> String {
        self.target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Makes it durable and puts it in place of whatever stands there.
    ///
    /// # Errors
    /// [`ExportError::TargetInUse`] if another program holds the old file; that one is unchanged then.
    pub(super) fn finish(mut self) -> Result<(), ExportError> {
        self.file().sync_all()?;
        point::reach("export before rename");
        let folder = folder_of(&self.target);
        let Some(file) = self.file.take() else { return Err(ExportError::NotVerified) };
        put_in_place(file, &self.target)?;
        point::reach("export after rename");
        if cfg!(unix) {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

fn put_in_place(mut file: NamedTempFile, target: &Path) -> Result<(), ExportError> {
    // On Windows a virus scanner may hold the target for a moment.
    let mut patience = if cfg!(windows) { 20 } else { 0 };
    loop {
        match file.persist(target) {
            Ok(_) => return Ok(()),
            Err(refused) if refused.error.kind() == std::io::ErrorKind::StorageFull => {
                return Err(ExportError::DiskFull);
            }
            Err(_) if patience == 0 => return Err(ExportError::TargetInUse),
            Err(refused) => {
                file = refused.file;
                patience -= 1;
                std::thread::park_timeout(std::time::Duration::from_millis(100));
            }
        }
    }
}

fn folder_of(target: &Path) -> PathBuf {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Whether an office program says it has the file open: LibreOffice leaves `.~lock.name#`, Excel `~$name` beside it.
fn open_elsewhere(target: &Path) -> bool {
    let Some(name) = target.file_name().map(|name| name.to_string_lossy().into_owned()) else { return false };
    let beside = |name: String| folder_of(target).join(name).exists();
    target.exists() && (beside(format!(".~lock.{name}#")) || beside(format!("~${name}")))
}

/// Removes what exports of this practice left that were killed, wherever they lie. One on a drive that is not there waits
/// until it is.
pub fn clear_left(practice: &Practice) {
    for path in practice.store().left_outside().unwrap_or_default() {
        let ours = path.file_name().and_then(|name| name.to_str()).is_some_and(is_partial);
        let away = !path.parent().is_some_and(Path::is_dir);
        if ours && !away {
            remove_if_free(&path);
        }
        if !ours || (!away && !path.exists()) {
            // What can't be forgotten now is forgotten the next time.
            let _ = practice.store().end_outside(&path);
        }
    }
}

fn is_partial(name: &str) -> bool {
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// What another Baton is writing at this moment is locked and stays.
fn remove_if_free(path: &Path) {
    if let Ok(file) = File::options().write(true).open(path)
        && file.try_lock().is_ok()
    {
        // Somebody else may have removed it first; then it is gone, which is what is wanted.
        let _ = std::fs::remove_file(path);
    }
}

/// Removes what any killed export left in this folder.
fn sweep(folder: &Path) {
    let Ok(entries) = folder.read_dir() else { return };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_str().is_some_and(is_partial);
        if ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            remove_if_free(&entry.path());
        }
    }
}

/// Reads a workbook back: every part decompresses with its checksum, and the sheets named here hold so many rows.
///
/// # Errors
/// [`ExportError::NotVerified`] if not.
pub(super) fn verify_workbook(
    file: &mut File,
    sheets: usize,
    rows: &[(usize, u32)],
) -> Result<(), ExportError> {
    file.seek(SeekFrom::Start(0))?;
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(|_| ExportError::NotVerified)?;
    let mut found = 0;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|_| ExportError::NotVerified)?;
        let number = part
            .name()
            .map_err(|_| ExportError::NotVerified)?
            .strip_prefix("xl/worksheets/sheet")
            .and_then(|rest| rest.strip_suffix(".xml"))
            .and_then(|number| number.parse::<usize>().ok());
        match number {
            Some(number) => {
                found += 1;
                let counted = count_rows(&mut part)?;
                if rows.iter().any(|(sheet, expected)| *sheet == number && *expected != counted) {
                    return Err(ExportError::NotVerified);
                }
            }
            None => {
                std::io::copy(&mut part, &mut std::io::sink()).map_err(|_| ExportError::NotVerified)?;
            }
        }
    }
    if found == sheets { Ok(()) } else { Err(ExportError::NotVerified) }
}

/// How many `<row` elements there are. Text of cells can't hold one: `<` is escaped in it.
fn count_rows(part: &mut impl Read) -> Result<u32, ExportError> {
    const TAG: &[u8] = b"<row ";
    let tag = memchr::memmem::Finder::new(TAG);
    let mut reader = BufReader::with_capacity(1 << 16, part);
    let (mut rows, mut window) = (0, Vec::new());
    loop {
        let chunk = reader.fill_buf().map_err(|_| ExportError::NotVerified)?;
        if chunk.is_empty() {
            return Ok(rows);
        }
        let read = chunk.len();
        window.extend_from_slice(chunk);
        reader.consume(read);
        rows += u32::try_from(tag.find_iter(&window).count()).unwrap_or(u32::MAX);
        // A tag may lie across the border: what could be its beginning is looked at again.
        window.drain(..window.len().saturating_sub(TAG.len() - 1));
    }
}

/// Reads a CSV file back: so many records, all as wide as the first.
///
/// # Errors
/// [`ExportError::NotVerified`] if not.
pub(super) fn verify_csv(file: &mut File, records: u32) -> Result<(), ExportError> {
    file.seek(SeekFrom::Start(0))?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(BufReader::new(file));
    let (mut record, mut counted) = (csv::ByteRecord::new(), 0);
    while reader.read_byte_record(&mut record).map_err(|_| ExportError::NotVerified)? {
        counted += 1;
    }
    if counted == records { Ok(()) } else { Err(ExportError::NotVerified) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn partials(folder: &Path) -> usize {
        folder
            .read_dir()
            .unwrap()
            .flatten()
            .filter(|e| e.file_name().to_string_lossy().ends_with(SUFFIX))
            .count()
    }

    #[test]
    fn a_file_given_up_leaves_nothing_and_the_old_one_stays() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("cards.xlsx");
        std::fs::write(&target, "old").unwrap();
        let practice = crate::testing::practice("2026-11-02");
        let mut staged = Staged::begin(&practice, &target).unwrap();
        assert_eq!(practice.store().left_outside().unwrap().len(), 1);
        staged.file().write_all(b"half").unwrap();
        drop(staged);
        assert_eq!(std::fs::read(&target).unwrap(), b"old");
        assert_eq!(partials(folder.path()), 0);
        assert!(practice.store().left_outside().unwrap().is_empty());
    }

    #[test]
    fn what_is_remembered_is_removed_once_its_drive_is_there_and_nothing_else_is() {
        let practice = crate::testing::practice("2026-11-02");
        let drive = tempfile::tempdir().unwrap();
        let (here, away) = (drive.path().join("here"), drive.path().join("away"));
        std::fs::create_dir(&here).unwrap();
        let (left, gone) = (here.join(".baton-1.partial"), away.join(".baton-2.partial"));
        let foreign = here.join("thesis.docx");
        for path in [&left, &foreign] {
            std::fs::write(path, "left").unwrap();
        }
        for path in [&left, &gone, &foreign] {
            practice.store().begin_outside(path).unwrap();
        }
        clear_left(&practice);
        assert!(!left.exists() && foreign.exists());
        assert_eq!(practice.store().left_outside().unwrap(), std::slice::from_ref(&gone));
        std::fs::create_dir(&away).unwrap();
        std::fs::write(&gone, "left").unwrap();
        clear_left(&practice);
        assert!(!gone.exists());
        assert!(practice.store().left_outside().unwrap().is_empty());
    }

    #[test]
    fn what_a_killed_export_left_is_swept_and_what_is_being_written_is_not() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(".baton-dead.partial"), "left over").unwrap();
        let practice = crate::testing::practice("2026-11-02");
        let living = Staged::begin(&practice, &folder.path().join("one.xlsx")).unwrap();
        let other = Staged::begin(&practice, &folder.path().join("two.xlsx")).unwrap();
        assert_eq!(partials(folder.path()), 2, "the left-over is gone, the two being written are there");
        living.finish().unwrap();
        other.finish().unwrap();
        assert!(folder.path().join("one.xlsx").exists() && folder.path().join("two.xlsx").exists());
    }

    #[test]
    fn a_target_somebody_has_open_is_refused_before_any_work() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("cards.xlsx");
        std::fs::write(&target, "old").unwrap();
        std::fs::write(folder.path().join(".~lock.cards.xlsx#"), "").unwrap();
        let practice = crate::testing::practice("2026-11-02");
        assert!(matches!(Staged::begin(&practice, &target), Err(ExportError::TargetInUse)));
        assert!(matches!(Staged::begin(&practice, folder.path()), Err(ExportError::FolderRefused)));
        assert!(matches!(
            Staged::begin(&practice, &folder.path().join("no/such/cards.xlsx")),
            Err(ExportError::FolderRefused)
        ));
    }

    #[test]
    fn a_workbook_that_lost_bytes_does_not_verify() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for row in 0..50 {
            sheet.write_string(row, 0, format!("row {row} <row >")).unwrap();
        }
        let whole = book.save_to_buffer().unwrap();
        let check = |bytes: &[u8], rows| {
            let mut file = tempfile::NamedTempFile::new_in(".").unwrap();
            file.write_all(bytes).unwrap();
            verify_workbook(file.as_file_mut(), 1, &[(1, rows)])
        };
        assert!(check(&whole, 50).is_ok());
        assert!(check(&whole, 49).is_err());
        assert!(check(&whole[..whole.len() - 200], 50).is_err());
        let mut flipped = whole.clone();
        let at = whole.windows(24).position(|w| w == b"xl/worksheets/sheet1.xml").unwrap() + 60;
        flipped[at] ^= 0x40;
        assert!(check(&flipped, 50).is_err());
    }
}
