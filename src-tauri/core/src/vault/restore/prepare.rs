//! Everything before the decision: fetch, prove, bring up to date, compare. Neither the backup nor the practice is
//! changed by any of it.

use std::path::Path;

use super::preview::{self, RestorePreview, compare};
use super::source::of_backup;
use crate::foundation::id::{PracticeId, ProfileId};
use crate::store::{Contents, Opening, Progress, Store};
use crate::vault::backup;
use crate::vault::document::{Document, KnownHead};
use crate::vault::doubt;
use crate::vault::error::VaultError;
use crate::vault::files;
use crate::vault::folder::{Folder, State};
use crate::vault::machine::Machine;
use crate::vault::passphrase::Passphrase;
use crate::vault::process_lock::ProcessLock;
use crate::vault::recovery;
use crate::vault::rows;
use crate::vault::secrets::MasterKey;
use crate::vault::slot::Slot;
use crate::vault::staging::{Part, Staging, copy_practice};
use crate::vault::swap;
use crate::vault::unlock::admitted;
use crate::vault::unlocked::Unlocked;
use crate::vault::ways::Way as Entrance;

/// How a backup is opened: by its own keys, which may be older than those of today.
#[derive(Debug)]
pub enum Way<'a> {
    /// With a passphrase of the day it was made.
    Passphrase {
        /// Whose.
        profile: ProfileId,
        /// The passphrase.
        passphrase: &'a Passphrase,
    },
    /// With the printed key; somebody gets a new passphrase.
    RecoveryKey {
        /// As typed.
        key: &'a str,
        /// Who gets it; the first profile if nobody is named.
        profile: Option<ProfileId>,
        /// The new passphrase.
        new_passphrase: &'a Passphrase,
    },
}

/// A proved copy beside the practice, waiting for the decision. Dropping it changes nothing.
pub struct Prepared {
    pub(super) folder: Folder,
    pub(super) stage: Staging,
    pub(super) fresh: Fresh,
    pub(super) document: Document,
    pub(super) master: MasterKey,
    pub(super) profile: ProfileId,
    pub(super) label: String,
    preview: RestorePreview,
}

/// A folder that was made for this restore and goes again if nothing comes of it.
pub(super) struct Fresh {
    folder: Folder,
    stays: bool,
}

impl Fresh {
    pub(super) fn keep(mut self) {
        self.stays = true;
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if !self.stays {
            // An empty folder that can't be removed does no harm; one that is not empty is not removed.
            let _ = files::remove_if_there(&self.folder.lock_file());
            let _ = files::remove_if_there(&self.folder.lock_note());
            let _ = std::fs::remove_dir(self.folder.path());
        }
    }
}

impl Prepared {
    /// What would be lost and what comes.
    pub fn preview(&self) -> &RestorePreview {
        &self.preview
    }
}

impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Prepared(…)")
    }
}

/// Brings a backup (a folder, or a file for outside) beside the practice in `into`, which may be new, and proves it.
/// `open` is that practice where it is open in this process.
///
/// # Errors
/// [`VaultError::NotABackup`], [`VaultError::BackupDamaged`], [`VaultError::BackupForeign`], [`VaultError::Newer`],
/// [`VaultError::BackupOfAnother`], [`VaultError::WrongPassphrase`], those of a recovery key, [`crate::store::StoreError::Cancelled`],
/// those of the place and of the disk. Nothing is changed then.
pub fn prepare_restore(
    machine: &Machine,
    backup: &Path,
    way: &Way<'_>,
    into: &Path,
    open: Option<&Unlocked>,
    progress: Progress<'_>,
) -> Result<Prepared, VaultError> {
    if let Way::RecoveryKey { new_passphrase, .. } = way {
        new_passphrase.acceptable()?;
    }
    let folder = Folder::at(into)?;
    let replaces = match folder.state()? {
        State::Practice => true,
        State::Empty => false,
        State::Unfinished => return Err(VaultError::Unfinished),
        State::Other => return Err(VaultError::FolderNotEmpty),
    };
    let fresh = Fresh { folder: folder.clone(), stays: folder.path().exists() };
    files::make_private_folder(folder.path())?;
    let process = if open.is_some() { None } else { Some(ProcessLock::take(&folder)?) };
    swap::settle(&folder)?;
    let stage = Staging::at(&folder.restoring())?;
    fetch(backup, way, &folder, &stage, progress)?;

    let unchecked = Document::read_one(&stage.path().join("vault.json")).map_err(of_backup)?;
    must_be_the_same(&folder, &unchecked.body)?;
    let vault = unchecked.body.vault_id;
    let (master, profile) = unwrap(&unchecked.body, way)?;
    let document = unchecked.checked(&master.derive_document_key(vault)).map_err(of_backup)?;
    let (then, older) = prove(stage.path(), &document, &master)?;
    let brought = bring_up_to_date(machine, stage.path(), &document, &master)?;
    let people = brought.read(rows::people).map_err(backup::of_backup)?;
    let actor = admitted(&people, (profile, Entrance::Passphrase), false, &brought)?;
    // A practice that can't be read is no reason against a restore, but often the reason for it.
    let compared = match open {
        Some(open) => compare(open.practice().store(), &brought).ok(),
        None if replaces => compare_closed(machine, &folder, &document, &master, &brought),
        None => None,
    };
    let head = brought.head().map_err(backup::of_backup)?;
    brought.close();
    let described = backup::describe(backup);
    let (counts, lost, comes) = preview::told(&then, compared);
    let preview = RestorePreview {
        practice: document.name.clone(),
        made_at: described.as_ref().map(|backup| backup.made_at),
        why: described.map_or(backup::Why::Unknown, |backup| backup.why),
        profile_name: actor.name,
        older,
        replaces,
        counts,
        lost,
        comes,
    };
    let mut document = document;
    document.db_head = KnownHead::from(&head);
    if let Way::RecoveryKey { new_passphrase, .. } = way {
        document.put_slot(Slot::seal_for_passphrase(
            &master,
            vault,
            profile,
            new_passphrase,
            machine.cost()?,
        )?);
    }
    drop(process);
    let label = files::plain_name(backup);
    Ok(Prepared { folder, stage, fresh, document, master, profile, label, preview })
}

/// Copies or unpacks the backup. The practice's own files are no backup of it.
fn fetch(
    backup: &Path,
    way: &Way<'_>,
    folder: &Folder,
    stage: &Staging,
    progress: Progress<'_>,
) -> Result<(), VaultError> {
    let told = &mut Part::of(progress, 0, 1).told();
    if backup.is_file() {
        return match way {
            Way::RecoveryKey { key, .. } => backup::unpack(backup, key, stage.path(), told),
            Way::Passphrase { .. } => Err(VaultError::RecoveryKeyUnreadable),
        };
    }
    let same = |path: &Path| std::fs::canonicalize(path).ok();
    if same(backup).is_some() && same(backup) == same(folder.path()) {
        return Err(VaultError::NotABackup);
    }
    copy_practice(backup, stage.path(), told)
}

/// A practice is only replaced by a backup of its own.
fn must_be_the_same(folder: &Folder, backup: &Document) -> Result<(), VaultError> {
    let live = Document::read_all(folder).unwrap_or_default();
    match live.first() {
        Some(live) if live.body.vault_id != backup.vault_id => {
            Err(VaultError::BackupOfAnother { practice: backup.name.clone() })
        }
        _ => Ok(()),
    }
}

fn unwrap(document: &Document, way: &Way<'_>) -> Result<(MasterKey, ProfileId), VaultError> {
    match way {
        Way::Passphrase { profile, passphrase } => {
            let slot = document.passphrase_slot(*profile)?;
            Ok((slot.open_with_passphrase(document.vault_id, passphrase)?, *profile))
        }
        Way::RecoveryKey { key, profile, .. } => {
            let master = recovery::open(&document.recovery, key)?;
            let first = document.profiles.first().map(|profile| profile.id);
            Ok((master, profile.or(first).ok_or(VaultError::NoSuchProfile)?))
        }
    }
}

/// Every page, every table, and what the backup says of itself.
fn prove(stage: &Path, document: &Document, master: &MasterKey) -> Result<(Contents, bool), VaultError> {
    let key = master.derive_db_key(document.vault_id);
    let found = Store::contents_of(&stage.join("practice.db"), &key).map_err(backup::of_backup)?;
    let is_whole = found.practice() == Some(document.vault_id.bytes().as_slice())
        && backup::fits_manifest(stage, &found);
    let older = found.is_older();
    if is_whole { Ok((found, older)) } else { Err(VaultError::BackupDamaged) }
}

fn opening(machine: &Machine, document: &Document, master: &MasterKey) -> Result<Opening, VaultError> {
    Ok(Opening {
        key: master.derive_db_key(document.vault_id),
        chain_key: document.chain_key(master)?,
        device: machine.device()?,
        clock: machine.clock().clone(),
        settle: crate::referrals::process::settle,
        permit: crate::vault::permit,
    })
}

/// Opens the copy, which gives it the schema of today, and proves its history.
fn bring_up_to_date(
    machine: &Machine,
    stage: &Path,
    document: &Document,
    master: &MasterKey,
) -> Result<std::sync::Arc<Store>, VaultError> {
    let opened = Store::open(&stage.join("practice.db"), opening(machine, document, master)?);
    let store = opened.map_err(backup::of_backup)?;
    match doubt::find(&store, document) {
        Ok(None) => {}
        Ok(Some(_)) => return Err(VaultError::BackupDamaged),
        Err(error) => return Err(of_backup(error)),
    }
    let id = store.read(rows::practice_id).map_err(backup::of_backup)?;
    if id == Some(PracticeId(document.vault_id)) { Ok(store) } else { Err(VaultError::BackupDamaged) }
}

/// Compares with a practice that is locked, if the backup's key opens it as it is.
fn compare_closed(
    machine: &Machine,
    folder: &Folder,
    document: &Document,
    master: &MasterKey,
    then: &Store,
) -> Option<preview::Compared> {
    live_document(folder, document, master)?;
    let key = master.derive_db_key(document.vault_id);
    // Opening would change an older file.
    if Store::is_older(&folder.database(), &key).ok()? {
        return None;
    }
    let live = Store::open(&folder.database(), opening(machine, document, master).ok()?).ok()?;
    compare(&live, then).ok()
}

/// The locked practice's own `vault.json`, if it has the same keys as the backup.
pub(super) fn live_document(folder: &Folder, backup: &Document, master: &MasterKey) -> Option<Document> {
    let key = master.derive_document_key(backup.vault_id);
    let live = Document::read_all(folder).ok()?;
    live.into_iter()
        .find_map(|generation| generation.checked(&key).ok())
        .filter(|d| d.vault_id == backup.vault_id)
}
