//! Which backups there are.

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::device::Device;
use super::manifest::{self, Manifest};
use crate::foundation::id::RecordId;
use crate::vault::document::Document;
use crate::vault::error::VaultError;
use crate::vault::machine::Machine;
use crate::vault::unlocked::Unlocked;

/// How the name of a backup's folder begins, and how the moment it was made (UTC) follows.
pub(super) const PREFIX: &str = "baton-";
pub(crate) const MOMENT: &str = "%Y-%m-%d-%H%M%S";
/// How the folder is called that keeps what a restore replaced.
pub(crate) const REPLACED: &str = "before-restore-";

/// Why a backup was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case", rename = "BackupWhy")]
pub enum Why {
    /// Somebody asked for it.
    Asked,
    /// With the practice's creation.
    First,
    /// At the start of a day's work.
    Start,
    /// The rhythm said so.
    Schedule,
    /// Before rows were imported.
    BeforeImport,
    /// Before a newer Baton changed the file.
    BeforeMigration,
    /// Before another backup was restored.
    BeforeRestore,
    /// Before the practice got new keys.
    BeforeKeyRotation,
    /// Not a backup: what stood there until another one was restored.
    Replaced,
    /// Made by a Baton that did not say.
    #[default]
    #[serde(other)]
    Unknown,
}

/// A verified copy of the practice: a folder that can be opened like the practice itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Backup {
    /// Its folder.
    pub folder: String,
    /// When it was made, UTC milliseconds.
    pub made_at: f64,
    /// Bytes on the disk.
    pub bytes: f64,
    /// Why.
    pub why: Why,
    /// Whether it was read back when it was made and is still as long as then.
    pub verified: bool,
    /// What it holds, where it says so.
    pub holds: Option<Holdings>,
}

/// What a backup holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Holdings {
    /// Partners.
    pub partners: u32,
    /// People.
    pub people: u32,
    /// Referrals.
    pub referrals: u32,
    /// History entries.
    pub entries: u32,
}

/// The verified copies in `folder`, the newest first.
pub fn backups_in(folder: &Path) -> Vec<Backup> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<Backup> = entries.flatten().filter_map(|entry| describe(&entry.path())).collect();
    newest_first(&mut found);
    found
}

/// The newest verified copy in the practice's own folder.
pub fn newest_backup(unlocked: &Unlocked) -> Option<Backup> {
    let own = backups_in(&unlocked.place().backups());
    own.into_iter().find(|backup| backup.verified && backup.why != Why::Replaced)
}

/// Every backup of this practice in its own folder and in those this computer knows, the newest first.
///
/// # Errors
/// [`crate::store::StoreError::Locked`].
pub fn all_backups(machine: &Machine, unlocked: &Unlocked) -> Result<Vec<Backup>, VaultError> {
    let vault = unlocked.with_open(|open| Ok(open.document.vault_id))?;
    Ok(known(machine, &unlocked.place().backups(), vault))
}

/// The same for a practice that is locked; of one whose `vault.json` can't be read, those in its own folder.
pub fn known_backups(machine: &Machine, folder: &Path) -> Vec<Backup> {
    let own = folder.join("backups");
    let read = |name: &str| vault_of_file(&folder.join(name));
    match read("vault.json").or_else(|| read("vault.json.bak")) {
        Some(vault) => known(machine, &own, vault),
        None => backups_in(&own),
    }
}

fn known(machine: &Machine, own: &Path, vault: RecordId) -> Vec<Backup> {
    let targets = Device::read(machine, vault).targets.into_iter().map(|target| PathBuf::from(target.folder));
    let folders = std::iter::once(own.to_owned()).chain(targets);
    let mut all: Vec<Backup> = folders.flat_map(|folder| of_vault(&folder, vault)).collect();
    newest_first(&mut all);
    all
}

/// The backups of one practice in a folder that may hold those of several.
pub(super) fn of_vault(folder: &Path, vault: RecordId) -> Vec<Backup> {
    let is_ours = |backup: &Backup| vault_of(Path::new(&backup.folder)) == Some(vault);
    backups_in(folder).into_iter().filter(is_ours).collect()
}

/// Whose backup a folder says it is.
pub(super) fn vault_of(folder: &Path) -> Option<RecordId> {
    vault_of_file(&folder.join("vault.json"))
}

fn vault_of_file(file: &Path) -> Option<RecordId> {
    Document::read_one(file).ok().map(|document| document.body.vault_id)
}

fn newest_first(backups: &mut [Backup]) {
    backups.sort_by(|a, b| b.made_at.total_cmp(&a.made_at).then_with(|| b.folder.cmp(&a.folder)));
}

/// A folder that carries a backup's name and has its files.
pub(crate) fn describe(folder: &Path) -> Option<Backup> {
    let name = folder.file_name()?.to_str()?;
    let replaced = name.strip_prefix(REPLACED);
    let moment = replaced.or_else(|| name.strip_prefix(PREFIX))?;
    let moment = moment.get(..17).unwrap_or(moment);
    let made = NaiveDateTime::parse_from_str(moment, MOMENT).ok()?.and_utc();
    let size = |file: &str| size_of(&folder.join(file));
    let sizes = [size("practice.db")?, size("vault.json")?, size("recovery.age")?];
    let manifest = replaced.is_none().then(|| Manifest::read(folder)).flatten();
    #[expect(clippy::cast_precision_loss, reason = "milliseconds and bytes stay far below 2^53")]
    let (made_at, bytes) = (made.timestamp_millis() as f64, sizes.iter().sum::<u64>() as f64);
    Some(Backup {
        folder: folder.to_string_lossy().into_owned(),
        made_at,
        bytes,
        why: match (&manifest, replaced) {
            (_, Some(_)) => Why::Replaced,
            (Some(manifest), None) => manifest.why,
            (None, None) => Why::Unknown,
        },
        verified: match &manifest {
            Some(manifest) => manifest.bytes == sizes[0],
            // The name alone stood for it before there was a `backup.json`.
            None => replaced.is_none() && !folder.join(manifest::NAME).exists(),
        },
        holds: manifest.map(|manifest| manifest.holdings()),
    })
}

fn size_of(file: &Path) -> Option<u64> {
    std::fs::metadata(file).ok().map(|meta| meta.len()).filter(|bytes| *bytes > 0)
}
