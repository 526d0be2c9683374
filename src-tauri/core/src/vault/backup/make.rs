//! Making one verified copy.

use std::path::{Path, PathBuf};

use super::list::{self, Backup, MOMENT, PREFIX, Why, describe};
use super::manifest::Manifest;
use crate::foundation::clock::Clock;
use crate::foundation::id::RecordId;
use crate::store::{Contents, DbKey, Event, Head, Progress, Store, StoreError};
use crate::vault::document::{Document, KnownHead};
use crate::vault::error::VaultError;
use crate::vault::files;
use crate::vault::folder::Folder;
use crate::vault::secrets::MasterKey;
use crate::vault::unlocked::Unlocked;

/// How the name of one that is not verified begins and ends.
const PARTIAL: (&str, &str) = (".baton-", ".partial");

/// Makes a verified copy below `target`, or in the practice's own `backups` folder.
///
/// # Errors
/// [`VaultError::BackupUnverified`] (it was removed), [`VaultError::TargetAway`], [`VaultError::TargetFull`], those of
/// the disk. Backups made before are untouched.
pub fn back_up(unlocked: &Unlocked, target: Option<&Path>) -> Result<Backup, VaultError> {
    back_up_for(unlocked, target, Why::Asked, &mut |_, _| std::ops::ControlFlow::Continue(()))
}

/// The same for a reason, telling how far it is; before an import, a migration, a restore or a change of keys too.
///
/// # Errors
/// As [`back_up`]; [`StoreError::Cancelled`] if it was stopped, and nothing is left then.
pub fn back_up_for(
    unlocked: &Unlocked,
    target: Option<&Path>,
    why: Why,
    progress: Progress<'_>,
) -> Result<Backup, VaultError> {
    unlocked.must_be_writable()?;
    let _alone = unlocked.one_backup_at_a_time();
    let own = unlocked.place().backups();
    let (db_key, vault) = unlocked.with_open(|open| Ok((open.db_key.clone(), open.document.vault_id)))?;
    let store = unlocked.practice().store();
    let made = make(
        target.unwrap_or(&own),
        store.clock(),
        Copying {
            vault,
            why,
            key: &db_key,
            source: store.path(),
            copy: &mut |target: &Path| store.copy_to(target, &db_key, &mut *progress),
            files: &|head| {
                unlocked.with_open(|open| {
                    let mut document = open.document.clone();
                    if let Some(head) = head {
                        // A backup opens to what it holds, not to what came after.
                        document.db_head = KnownHead::from(head);
                    }
                    Ok((document.to_bytes(&open.document_key)?, document.recovery.sealed.0))
                })
            },
        },
    )?;
    let which = Path::new(&made.folder).file_name().unwrap_or_default().to_string_lossy().into_owned();
    // The copy is good whether or not the log can be written at this moment; what is to be written waits.
    let _ = store.log(unlocked.practice().actor(), Event::new("backup").detail(which));
    Ok(made)
}

/// A practice that nobody has open, with its keys.
pub(crate) struct Closed<'a> {
    pub(crate) folder: &'a Folder,
    pub(crate) document: &'a Document,
    pub(crate) master: &'a MasterKey,
    pub(crate) clock: &'a Clock,
}

/// A verified copy of a practice as it lies in its folder, before its schema is changed or it is replaced.
///
/// # Errors
/// As [`back_up`].
pub(crate) fn back_up_closed(practice: &Closed<'_>, why: Why) -> Result<Backup, VaultError> {
    let vault = practice.document.vault_id;
    let key = practice.master.derive_db_key(vault);
    let document_key = practice.master.derive_document_key(vault);
    let database = practice.folder.database();
    make(
        &practice.folder.backups(),
        practice.clock,
        Copying {
            vault,
            why,
            key: &key,
            source: &database,
            copy: &mut |target: &Path| {
                Store::copy_closed(&database, &key, target, &mut |_, _| std::ops::ControlFlow::Continue(()))
            },
            files: &|head| {
                let mut document = practice.document.clone();
                if let Some(head) = head {
                    document.db_head = KnownHead::from(head);
                }
                Ok((document.to_bytes(&document_key)?, document.recovery.sealed.0))
            },
        },
    )
}

/// `vault.json` and `recovery.age` for a database that reaches to this entry.
type VaultFiles<'a> = &'a dyn Fn(Option<&Head>) -> Result<(Vec<u8>, Vec<u8>), VaultError>;

/// What a copy is made of.
struct Copying<'a> {
    vault: RecordId,
    why: Why,
    key: &'a DbKey,
    source: &'a Path,
    copy: &'a mut dyn FnMut(&Path) -> Result<Contents, StoreError>,
    files: VaultFiles<'a>,
}

fn make(below: &Path, clock: &Clock, mut copying: Copying<'_>) -> Result<Backup, VaultError> {
    if below.to_str().is_none() {
        return Err(VaultError::UnreadableFolderName);
    }
    if !below.is_dir() {
        files::make_private_folder(below)?;
    }
    clear_partial(below, Some(copying.vault));
    let name = free_name(clock, below);
    let partial = partial_of(below, &name);
    let finished = below.join(format!("{PREFIX}{name}"));
    let result = fill(&partial, clock, &mut copying).and_then(|()| files::rename(&partial, &finished));
    if result.is_err() {
        // The failure is what counts; what is left has a name that no list shows and goes with the next backup.
        let _ = std::fs::remove_dir_all(&partial);
    }
    result.map_err(|error| at_target(error, below, copying.source))?;
    describe(&finished).ok_or(VaultError::BackupUnverified)
}

/// What the disk said, about the folder the backup goes to.
fn at_target(error: VaultError, below: &Path, source: &Path) -> VaultError {
    let folder = || below.to_string_lossy().into_owned();
    let full = || {
        let bytes = std::fs::metadata(source).map_or(0, |meta| meta.len());
        let megabytes = u32::try_from(bytes.div_ceil(1_000_000)).unwrap_or(u32::MAX) + 1;
        VaultError::TargetFull { folder: folder(), megabytes }
    };
    match error {
        VaultError::DiskFull | VaultError::Store(StoreError::DiskFull) => full(),
        // SQLite calls a copy whose journal found no room read-only.
        VaultError::Store(StoreError::ReadOnly)
            if matches!(files::try_writing(below), Err(VaultError::DiskFull)) =>
        {
            full()
        }
        VaultError::NoAccess { .. } | VaultError::Store(StoreError::ReadOnly | StoreError::Database(_)) => {
            if below.is_dir() {
                VaultError::NoAccess { what: folder() }
            } else {
                VaultError::TargetAway { folder: folder() }
            }
        }
        other => other,
    }
}

/// Removes copies that were not finished; with a practice named, not those of another one that shares the folder.
pub(crate) fn clear_partial(folder: &Path, of: Option<RecordId>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with(PARTIAL.0) || !name.ends_with(PARTIAL.1) {
            continue;
        }
        let another = of.is_some_and(|of| list::vault_of(&entry.path()).is_some_and(|vault| vault != of));
        if !another {
            // One that can't be removed is still none that counts.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

fn partial_of(below: &Path, name: &str) -> PathBuf {
    below.join(format!("{}{name}{}", PARTIAL.0, PARTIAL.1))
}

/// The moment, and a number if there is a backup of this second already.
fn free_name(clock: &Clock, below: &Path) -> String {
    let moment = clock.now().format(MOMENT).to_string();
    // Another practice that shares the folder may be at it in the same second.
    let taken =
        |name: &str| below.join(format!("{PREFIX}{name}")).exists() || partial_of(below, name).exists();
    let numbered = (2..).map(|number: u32| format!("{moment}-{number}"));
    std::iter::once(moment.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(moment)
}

/// Copies, reads back, compares, makes durable.
fn fill(partial: &Path, clock: &Clock, copying: &mut Copying<'_>) -> Result<(), VaultError> {
    files::make_private_folder(partial)?;
    let database = partial.join("practice.db");
    let write = |files: (Vec<u8>, Vec<u8>)| {
        files::replace(&partial.join("vault.json"), &files.0)?;
        files::replace(&partial.join("recovery.age"), &files.1)
    };
    // First of all it says whose it is: another practice that shares the folder leaves it alone.
    write((copying.files)(None)?)?;
    let expected = (copying.copy)(&database)?;
    files::make_private(&database)?;
    files::sync_file(&database)?;
    write((copying.files)(Some(&expected.head))?)?;
    match Store::contents_of(&database, copying.key) {
        Ok(found) if found == expected => {}
        Ok(_) | Err(StoreError::Damaged | StoreError::Database(_) | StoreError::Missing) => {
            return Err(VaultError::BackupUnverified);
        }
        Err(other) => return Err(other.into()),
    }
    let bytes = size(&database)?;
    Manifest::of(&expected, copying.vault, clock.now_ms(), copying.why, bytes).write(partial)?;
    // Whoever locked meanwhile stopped this too.
    (copying.files)(None)?;
    files::sync_folder(partial)
}

fn size(path: &PathBuf) -> Result<u64, VaultError> {
    std::fs::metadata(path).map(|meta| meta.len()).map_err(VaultError::disk("practice.db"))
}
