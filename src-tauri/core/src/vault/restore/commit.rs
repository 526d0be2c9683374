//! The decision: what stands there is kept, the proved copy takes its place and is opened.

use super::prepare::{Prepared, live_document};
use crate::store::{Progress, StoreError};
use crate::vault::backup::{self, Backup, ClosedPractice, REPLACED, Why};
use crate::vault::document::Document;
use crate::vault::error::VaultError;
use crate::vault::files;
use crate::vault::folder::Folder;
use crate::vault::machine::Machine;
use crate::vault::process_lock::ProcessLock;
use crate::vault::secrets::MasterKey;
use crate::vault::swap;
use crate::vault::unlock::{Closed, OnDoubt};
use crate::vault::unlocked::Unlocked;
use crate::vault::ways::Way;

/// A restored practice, open.
#[derive(Debug)]
pub struct Restored {
    /// The practice.
    pub unlocked: Unlocked,
    /// The folder that keeps what stood there, if anything did. Restoring it takes the restore back.
    pub kept: Option<String>,
    /// The verified backup that was made of it before, where it could be read.
    pub backup: Option<Backup>,
}

/// Restores. A practice that is open is backed up and locked first. A power cut at any moment leaves the old practice or
/// the new one, whole.
///
/// # Errors
/// [`StoreError::Cancelled`] while the old one is backed up, [`VaultError::AlreadyOpen`], those of the disk.
pub fn restore(
    machine: &Machine,
    prepared: Prepared,
    open: Option<&Unlocked>,
    progress: Progress<'_>,
) -> Result<Restored, VaultError> {
    let Prepared { folder, stage, fresh, mut document, master, profile, label, .. } = prepared;
    let vault = document.vault_id;
    // What can't be backed up any more is kept as it is; a restore is often needed for that very reason.
    let mut backup = match open {
        Some(open) => match backup::back_up_for(open, None, Why::BeforeRestore, progress) {
            Err(VaultError::Store(stopped @ StoreError::Cancelled)) => {
                return Err(stopped.into());
            }
            made => made.ok(),
        },
        None => None,
    };
    if let Some(open) = open {
        // The practice is locked whatever its own file says to it.
        let _ = open.lock();
    }
    let process = ProcessLock::take(&folder)?;
    if open.is_none()
        && let Some(live) = live_document(&folder, &document, &master)
    {
        let clock = machine.clock();
        let closed = ClosedPractice { folder: &folder, document: &live, master: &master, clock };
        backup = backup::back_up_closed(&closed, Why::BeforeRestore).ok();
    }
    let generations = Document::read_all(&folder).unwrap_or_default();
    let newest = generations.iter().map(|generation| generation.body.generation).max().unwrap_or(0);
    document.generation = document.generation.max(newest) + 1;
    let bytes = document.to_bytes(&master.derive_document_key(vault))?;
    for name in ["vault.json", "vault.json.bak"] {
        files::replace(&stage.path().join(name), &bytes)?;
    }
    files::replace(&stage.path().join("recovery.age"), &document.recovery.sealed.0)?;
    files::sync_file(&stage.path().join("practice.db"))?;

    let kept = format!("{REPLACED}{}", free_moment(machine, &folder));
    swap::decide(&folder, Some(&kept))?;
    // From here on the staged files are the practice.
    stage.keep();
    fresh.keep();
    swap::settle(&folder)?;

    let closed = Closed::holding(folder.clone(), process)?;
    let unlocked = closed.unlock(machine, profile, Way::Passphrase, OnDoubt::Refuse, |_| {
        MasterKey::from_bytes(master.expose()).ok_or(VaultError::VaultFileChanged)
    })?;
    let practice = unlocked.practice();
    practice.store().note(practice.actor(), "practice_restore", label)?;
    unlocked.mirror()?;
    let kept = folder.backups().join(kept);
    let kept = kept.is_dir().then(|| kept.to_string_lossy().into_owned());
    Ok(Restored { unlocked, kept, backup })
}

/// The moment, and a number if something of this second is kept already.
fn free_moment(machine: &Machine, folder: &Folder) -> String {
    let moment = machine.clock().now().format(backup::MOMENT).to_string();
    let taken = |name: &String| folder.backups().join(format!("{REPLACED}{name}")).exists();
    let numbered = (2..).map(|number: u32| format!("{moment}-{number}"));
    std::iter::once(moment.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(moment)
}
