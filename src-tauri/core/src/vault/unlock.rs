//! Unlocking with a passphrase or from the system's keyring.
//!
//! A wrong passphrase ends at the wrapped key and never reaches the database, so a database that does not open after
//! a right passphrase is damaged, not mistyped.

use std::path::Path;
use std::sync::Arc;

use super::backup;
use super::document::{Document, Unchecked};
use super::doubt::{self, Doubt};
use super::error::VaultError;
use super::files;
use super::folder::Folder;
use super::keyring;
use super::machine::Machine;
use super::passphrase::Passphrase;
use super::process_lock::ProcessLock;
use super::recent;
use super::rows;
use super::secrets::MasterKey;
use super::sign_ins::{self, Way};
use super::unlocked::{Open, Unlocked};
use crate::foundation::id::{PracticeId, ProfileId};
use crate::practice::Practice;
use crate::store::{Opening, Store, StoreError};

/// What to do if history is shorter than known or does not verify.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnDoubt {
    /// Refuse with [`VaultError::HeadAhead`] or [`VaultError::HistoryBroken`].
    #[default]
    Refuse,
    /// Open, and let nothing be changed until an owner acknowledges it.
    Look,
    /// Open, and put on record which owner did so knowingly.
    OpenKnowingly,
}

/// Unlocks with a passphrase.
///
/// # Errors
/// [`VaultError::WrongPassphrase`] before the database is touched; after that every failure names the damage.
pub fn unlock(
    machine: &Machine,
    folder: &Path,
    profile: ProfileId,
    passphrase: &Passphrase,
    on_doubt: OnDoubt,
) -> Result<Unlocked, VaultError> {
    Closed::at(folder)?.unlock(machine, profile, on_doubt, Way::Passphrase, |document| {
        document.passphrase_slot(profile)?.open_with_passphrase(document.vault_id, passphrase)
    })
}

/// Unlocks with what the system's keyring holds for this profile.
///
/// # Errors
/// [`VaultError::KeyringUnavailable`], [`VaultError::KeyringEntryMissing`] (use the passphrase then), and as [`unlock`].
pub fn unlock_from_keyring(
    machine: &Machine,
    folder: &Path,
    profile: ProfileId,
    on_doubt: OnDoubt,
) -> Result<Unlocked, VaultError> {
    Closed::at(folder)?.unlock(machine, profile, on_doubt, Way::Keyring, |document| {
        let slot = document.keyring_slot(profile)?;
        let store = machine.keyring()?;
        let key = keyring::find(&*store, document.vault_id, profile)?;
        // A key that does not fit is of an older vault.json: the passphrase opens, and the key is stored anew.
        slot.open_with_key(document.vault_id, &key)?.ok_or(VaultError::KeyringEntryMissing)
    })
}

/// A locked practice that this process alone may open.
pub(super) struct Closed {
    folder: Folder,
    process: ProcessLock,
    generations: Vec<Unchecked>,
}

impl Closed {
    /// Takes the process lock and reads what can be read without a key.
    pub(super) fn at(folder: &Path) -> Result<Self, VaultError> {
        let folder = Folder::at(folder)?;
        folder.must_hold_practice()?;
        let process = ProcessLock::take(&folder)?;
        // Somebody may have been creating it until a moment ago.
        folder.must_hold_practice()?;
        let generations = Document::read_all(&folder)?;
        Ok(Self { folder, process, generations })
    }

    /// Unwraps the master key by `open` and opens the practice. The generation before helps only if the newest was
    /// changed by somebody else: what a passphrase used to open must not count again.
    pub(super) fn unlock(
        self,
        machine: &Machine,
        profile: ProfileId,
        on_doubt: OnDoubt,
        way: Way,
        open: impl Fn(&Document) -> Result<MasterKey, VaultError>,
    ) -> Result<Unlocked, VaultError> {
        let mut failure = VaultError::VaultFileMissing;
        for generation in self.generations {
            let is_copy = generation.is_copy;
            let unwrapped = open(&generation.body).and_then(|master| {
                let key = master.derive_document_key(generation.body.vault_id);
                Ok((generation.checked(&key)?, key, master))
            });
            match unwrapped {
                Ok((document, document_key, master)) => {
                    let before = document.clone();
                    let (practice, mut document, doubt) =
                        open_database(machine, &self.folder, document, &master, profile, on_doubt)?;
                    if is_copy || document != before {
                        // The file is lost or was changed, or an owner opened in spite of a doubt: it is written anew.
                        document.save_both(&self.folder, &document_key)?;
                    }
                    let db_key = Arc::new(master.derive_db_key(document.vault_id));
                    let open = Open { document, document_key, db_key, _process: self.process };
                    return Ok(welcome(machine, Unlocked::new(practice, self.folder, open, doubt), way));
                }
                Err(VaultError::VaultFileChanged) => failure = VaultError::VaultFileChanged,
                Err(other) => {
                    if other.is_wrong_key() {
                        sign_ins::keep(
                            &self.folder,
                            machine.clock().now_ms(),
                            profile,
                            machine.device()?,
                            way,
                        );
                    }
                    return Err(other);
                }
            }
        }
        Err(failure)
    }
}

/// Opens the database and makes sure that it is the vault's, whole and as new as known.
fn open_database(
    machine: &Machine,
    folder: &Folder,
    mut document: Document,
    master: &MasterKey,
    profile: ProfileId,
    on_doubt: OnDoubt,
) -> Result<(Practice, Document, Option<Doubt>), VaultError> {
    let path = folder.database();
    if !std::fs::metadata(&path).is_ok_and(|meta| meta.len() > 0) {
        return Err(VaultError::DatabaseMissing);
    }
    let opening = Opening {
        key: master.derive_db_key(document.vault_id),
        chain_key: master.derive_chain_key(document.vault_id),
        device: machine.device()?,
        clock: machine.clock().clone(),
        settle: crate::network::settle_standing,
    };
    let store = Store::open(&path, opening).map_err(named)?;
    let today = store.today().to_string();
    let (id, actor) = store
        .read(|conn| Ok((rows::practice_id(conn)?, rows::actor(conn, profile, &today)?)))
        .map_err(named)?;
    if id != Some(PracticeId(document.vault_id)) {
        return Err(VaultError::DatabaseDamaged);
    }
    let actor = actor.ok_or(VaultError::NoSuchProfile)?;
    let mut doubt = doubt::find(&store, &document)?;
    match (doubt, on_doubt) {
        (Some(found), OnDoubt::Refuse) => return Err(found.into()),
        (Some(found), OnDoubt::OpenKnowingly) => {
            doubt::accept(&store, &mut document, &actor, found, "")?;
            doubt = None;
        }
        (Some(_), OnDoubt::Look) => store.distrust(),
        (None, _) => {}
    }
    Ok((Practice::new(store, actor), document, doubt))
}

/// What the right key can't open is damaged.
pub(super) fn named(error: StoreError) -> VaultError {
    match error {
        StoreError::Damaged | StoreError::Foreign | StoreError::Missing | StoreError::Database(_) => {
            VaultError::DatabaseDamaged
        }
        StoreError::Newer => VaultError::Newer,
        other => other.into(),
    }
}

/// What follows a successful unlock. None of it is worth refusing to open: each is done again the next time.
fn welcome(machine: &Machine, unlocked: Unlocked, way: Way) -> Unlocked {
    // A disk that is full refuses the log for now; what is to be written waits and is tried again.
    let practice = unlocked.practice();
    let _ = sign_ins::take_over(unlocked.place(), practice.store(), practice.actor(), way);
    // Standing that can't be brought up to today is computed at the first read of the list; unlocking goes on.
    let _ = crate::network::refresh_standing_for_day(unlocked.practice());
    let _ = unlocked.mirror();
    backup::clear_partial(&unlocked.place().backups());
    files::clear_leftovers(unlocked.folder());
    if let Ok(described) = unlocked.describe() {
        let _ = recent::remember(machine, unlocked.place(), &described.name);
    }
    unlocked
}
