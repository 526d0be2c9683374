//! Unlocking with a passphrase or from the system's keyring.
//!
//! A wrong passphrase ends at the wrapped key and never reaches the database, so a database that does not open after
//! a right passphrase is damaged, not mistyped.

use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;

use super::as_of;
use super::backup;
use super::document::{Document, Unchecked};
use super::doubt::{self, Doubt};
use super::error::VaultError;
use super::files;
use super::folder::Folder;
use super::keyring;
use super::machine::Machine;
use super::passphrase::Passphrase;
use super::people::{PersonRow, Standing};
use super::process_lock::ProcessLock;
use super::recent;
use super::rekey::put_passphrase;
use super::rows;
use super::secrets::MasterKey;
use super::sign_ins;
use super::staging;
use super::swap;
use super::unlocked::{Open, Unlocked};
use super::ways::Way;
use crate::foundation::id::{PracticeId, ProfileId};
use crate::practice::Practice;
use crate::store::{Actor, Event, Opening, Outcome, Store, StoreError};

/// What to do if history is shorter than known or does not verify.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnDoubt {
    /// Refuse with [`VaultError::HeadAhead`] or [`VaultError::HistoryBroken`].
    #[default]
    Refuse,
    /// Open, and let nothing be changed until an owner acknowledges it.
    Look,
    /// Refuse history that is shorter than known; open before all of it was verified, let nothing be changed until it is,
    /// and go on as [`OnDoubt::Look`] where it does not verify.
    Watch,
    /// Open, and put on record which owner did so knowingly.
    OpenKnowingly,
}

/// Unlocks with a passphrase.
///
/// # Errors
/// [`VaultError::WrongPassphrase`] before the database is touched, as is [`VaultError::FirstUnlock`] for a phrase that
/// was handed over; after that every failure names the damage.
pub fn unlock(
    machine: &Machine,
    folder: &Path,
    profile: ProfileId,
    passphrase: &Passphrase,
    on_doubt: OnDoubt,
) -> Result<Unlocked, VaultError> {
    Closed::at(folder)?.unlock(machine, profile, Way::Passphrase, on_doubt, |document| {
        let slot = document.passphrase_slot(profile)?;
        let master = slot.open_with_passphrase(document.vault_id, passphrase)?;
        if slot.lock.is_one_time() { Err(VaultError::FirstUnlock) } else { Ok(master) }
    })
}

/// Unlocks with a phrase that was handed over and puts a passphrase of one's own in its place, before anything else.
///
/// # Errors
/// [`VaultError::WeakPassphrase`], [`VaultError::Invalid`] if the two are the same, and as [`unlock`].
pub fn unlock_first(
    machine: &Machine,
    folder: &Path,
    profile: ProfileId,
    phrase: &Passphrase,
    own: &Passphrase,
    on_doubt: OnDoubt,
) -> Result<Unlocked, VaultError> {
    own.acceptable()?;
    if own.bytes() == phrase.bytes() {
        return Err(VaultError::Invalid {
            field: "own",
            problem: "choose another passphrase than the phrase you were handed".into(),
        });
    }
    let kept = std::cell::RefCell::new(None);
    let unlocked = Closed::at(folder)?.unlock(machine, profile, Way::Passphrase, on_doubt, |document| {
        let slot = document.passphrase_slot(profile)?;
        let master = slot.open_with_passphrase(document.vault_id, phrase)?;
        *kept.borrow_mut() = MasterKey::from_bytes(master.expose());
        Ok(master)
    })?;
    let master = kept.into_inner().ok_or(VaultError::WrongPassphrase)?;
    let vault = unlocked.with_open(|open| Ok(open.document.vault_id))?;
    put_passphrase(machine, &unlocked, &master, vault, own)?;
    let practice = unlocked.practice();
    practice.store().note(practice.actor(), "passphrase_first", practice.actor().name.as_str())?;
    Ok(unlocked)
}

/// Unlocks with what the system's keyring holds for this profile.
///
/// # Errors
/// [`VaultError::KeyringUnavailable`], [`VaultError::KeyringEntryMissing`], [`VaultError::KeyringForbidden`] (use the
/// passphrase then), and as [`unlock`].
pub fn unlock_from_keyring(
    machine: &Machine,
    folder: &Path,
    profile: ProfileId,
    on_doubt: OnDoubt,
) -> Result<Unlocked, VaultError> {
    Closed::at(folder)?.unlock(machine, profile, Way::Keyring, on_doubt, |document| {
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
    process: Option<ProcessLock>,
    /// Nothing can be written where it lies: it is opened to be looked at.
    unwritable: bool,
    generations: Vec<Unchecked>,
}

impl Closed {
    /// Takes the process lock and reads what can be read without a key.
    pub(super) fn at(folder: &Path) -> Result<Self, VaultError> {
        let folder = Folder::at(folder)?;
        folder.must_hold_practice()?;
        if folder.is_unwritable() {
            return Self::to_look(folder);
        }
        let process = ProcessLock::take(&folder)?;
        // Somebody may have been creating it until a moment ago.
        folder.must_hold_practice()?;
        Self::holding(folder, process)
    }

    /// The same for whoever holds the process lock already.
    pub(super) fn holding(folder: Folder, process: ProcessLock) -> Result<Self, VaultError> {
        swap::settle(&folder)?;
        let generations = Document::read_all(&folder)?;
        Ok(Self { folder, process: Some(process), unwritable: false, generations })
    }

    /// The same where nothing can be written: what stands there has to be whole as it is.
    fn to_look(folder: Folder) -> Result<Self, VaultError> {
        let process = ProcessLock::look(&folder)?;
        if !folder.is_at_rest() {
            return Err(VaultError::MustBeWritten);
        }
        let generations = Document::read_all(&folder)?;
        Ok(Self { folder, process, unwritable: true, generations })
    }

    /// Unwraps the master key by `open` and opens the practice. The generation before helps only if the newest was
    /// changed by somebody else: what a passphrase used to open must not count again.
    pub(super) fn unlock(
        self,
        machine: &Machine,
        profile: ProfileId,
        way: Way,
        on_doubt: OnDoubt,
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
                    let who = (profile, way);
                    let (practice, mut document, doubt) = open_database(
                        machine,
                        &self.folder,
                        document,
                        &master,
                        who,
                        on_doubt,
                        self.unwritable,
                    )?;
                    if self.unwritable {
                        let db_key = Arc::new(master.derive_db_key(document.vault_id));
                        let open = Open { document, document_key, db_key, _process: self.process };
                        let unlocked = Unlocked::new(practice, self.folder, open, doubt);
                        // Baton's own list lies elsewhere.
                        let described = unlocked.describe()?;
                        let _ = recent::remember(machine, unlocked.place(), &described.name);
                        return Ok(unlocked);
                    }
                    if is_copy || document != before || !document.fits_beside(&self.folder) {
                        // The file is lost or was changed, a kill fell between the two, or an owner opened in spite of a
                        // doubt: it is written anew.
                        document.save_both(&self.folder, &document_key)?;
                    }
                    let db_key = Arc::new(master.derive_db_key(document.vault_id));
                    let open = Open { document, document_key, db_key, _process: self.process };
                    let watched = on_doubt == OnDoubt::Watch;
                    return Ok(welcome(
                        machine,
                        Unlocked::new(practice, self.folder, open, doubt),
                        way,
                        watched,
                    ));
                }
                Err(VaultError::VaultFileChanged) => failure = VaultError::VaultFileChanged,
                Err(other) => {
                    if other.is_wrong_key() && !self.unwritable {
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
    (profile, way): (ProfileId, Way),
    on_doubt: OnDoubt,
    unwritable: bool,
) -> Result<(Practice, Document, Option<Doubt>), VaultError> {
    let path = folder.database();
    if !std::fs::metadata(&path).is_ok_and(|meta| meta.len() > 0) {
        return Err(VaultError::DatabaseMissing);
    }
    let opening = || {
        Ok::<_, VaultError>(Opening {
            key: master.derive_db_key(document.vault_id),
            chain_key: document.chain_key(master)?,
            device: machine.device()?,
            clock: machine.clock().clone(),
            settle: crate::referrals::process::settle,
            permit: crate::vault::permit,
        })
    };
    let store = if unwritable {
        Store::open_unwritable(&path, opening()?).map_err(|error| match error {
            StoreError::ReadOnly => VaultError::MustBeWritten,
            other => named(other),
        })?
    } else {
        match Store::open_current(&path, opening()?).map_err(named)? {
            Some(store) => store,
            None => {
                back_up_before_migration(machine, folder, &document, master)?;
                Store::open(&path, opening()?).map_err(named)?
            }
        }
    };
    let (id, people, keyring_allowed) = store
        .read(|conn| Ok((rows::practice_id(conn)?, rows::people(conn)?, rows::keyring_allowed(conn)?)))
        .map_err(named)?;
    if id != Some(PracticeId(document.vault_id)) {
        return Err(VaultError::DatabaseDamaged);
    }
    let mut doubt = match on_doubt {
        OnDoubt::Watch => doubt::shorter(&store, &document)?,
        _ => doubt::find(&store, &document)?,
    };
    let actor = match admitted(&people, (profile, way), keyring_allowed, &store) {
        Ok(actor) => actor,
        Err(refusal) => {
            if doubt.is_none() && !unwritable {
                let (names, name) = (&people, store.read(rows::practice_name)?);
                refused(&store, names, (profile, way));
                // A way in that a kill left behind goes, unless the database itself is in doubt.
                if document.reconcile(name, names, keyring_allowed, store.today()) {
                    document.save_both(folder, &master.derive_document_key(document.vault_id))?;
                }
            }
            return Err(refusal);
        }
    };
    match (doubt, on_doubt) {
        (Some(found), OnDoubt::Refuse | OnDoubt::Watch) => return Err(found.into()),
        (Some(found), OnDoubt::OpenKnowingly) => {
            doubt::accept(&store, &mut document, &actor, found, "")?;
            doubt = None;
        }
        (Some(_), OnDoubt::Look) => store.distrust(),
        (None, _) => {}
    }
    Ok((Practice::new(store, actor), document, doubt))
}

/// A file an older Baton made is copied before its schema changes.
fn back_up_before_migration(
    machine: &Machine,
    folder: &Folder,
    document: &Document,
    master: &MasterKey,
) -> Result<(), VaultError> {
    let practice = backup::ClosedPractice { folder, document, master, clock: machine.clock() };
    backup::back_up_closed(&practice, backup::Why::BeforeMigration)?;
    Ok(())
}

/// Somebody whose key fits is not let in: that goes to the log at once, which is open already.
fn refused(store: &Store, people: &[PersonRow], (profile, way): (ProfileId, Way)) {
    let name = people.iter().find(|person| person.id == profile).map(|person| person.name.clone());
    let event = Event::new("sign_in_failed").detail(way.code()).outcome(Outcome::Refused);
    // A log that can't be written now is no reason to let them in.
    let _ = store.log(&Actor { id: profile, name: name.unwrap_or_default() }, event);
}

/// Whoever may come in today this way, as history will name them.
pub(super) fn admitted(
    people: &[PersonRow],
    (profile, way): (ProfileId, Way),
    keyring_allowed: bool,
    store: &Store,
) -> Result<Actor, VaultError> {
    let person = people.iter().find(|person| person.id == profile).ok_or(VaultError::NoSuchProfile)?;
    match person.standing(store.today()) {
        Standing::Ended => Err(VaultError::ProfileEnded),
        Standing::Ahead(from) => Err(VaultError::NotYetActive { from }),
        Standing::Active if way == Way::Keyring && !keyring_allowed => Err(VaultError::KeyringForbidden),
        Standing::Active => Ok(Actor { id: profile, name: person.name.clone() }),
    }
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

/// What follows a successful unlock. None of it is worth refusing to open: each is done again the next time. Nobody who is
/// `watched` waits for the walk through the history, nor for what has to be written once that is done.
fn welcome(machine: &Machine, unlocked: Unlocked, way: Way, watched: bool) -> Unlocked {
    let practice = unlocked.practice();
    // A disk that is full refuses the log for now; what is to be written waits and is tried again.
    let anew = sign_ins::take_over(unlocked.place(), practice.store(), practice.actor(), way).ok();
    backup::clear_partial(&unlocked.place().backups(), None);
    for stage in [backup::OUTSIDE_STAGE, backup::DRILL_STAGE] {
        let _ = staging::clear(&unlocked.folder().join(stage));
    }
    files::clear_leftovers(unlocked.folder());
    as_of::clear(unlocked.place());
    let machine = machine.clone();
    let then = move |practice: &Practice, folder: &Folder, name: &str| {
        let used = |conn: &Connection| rows::used(conn, practice.actor().id, way, machine.clock().now_ms());
        let _ = practice.store().unrecorded(used);
        // Standing that can't be brought up to today is computed at the first read of the list; work goes on.
        let _ = crate::network::refresh_standing_for_day(practice);
        crate::exchange::export::clear_left(practice);
        let _ = recent::remember(&machine, folder, name);
    };
    if watched {
        unlocked.watch(anew, then)
    } else {
        unlocked.at_once(anew, then)
    }
    unlocked
}
