//! What the desk keeps while a practice is open, and how it is opened, created and locked.

mod keys;
mod unlocking;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use baton_core::Practice;
use baton_core::sample;
use baton_core::vault::{
    self, Attempts, LockedPractice, Machine, Passphrase, RecoveryChallenge, RecoveryKey, RecoverySheet,
    Unlocked, VaultError,
};
use chrono::NaiveDate;
use tauri::{AppHandle, Manager, Runtime};
use tauri_specta::Event;

use crate::backups::{self, RestoreDesk};
use crate::desk::{AtDesk, Desk};
use crate::desktop::clipboard::Clipboard;
use crate::desktop::dialogs::ChosenFiles;
use crate::error::{Answer, CommandError, ErrorCode};
use crate::events::{PracticeChanged, PracticeLocked};
use crate::imports::ImportDesk;
use crate::jobs::Jobs;

/// An open practice.
pub struct Open {
    unlocked: Unlocked,
    about: LockedPractice,
    sample: bool,
}

impl std::fmt::Debug for Open {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Open")
    }
}

impl Open {
    /// What the rooms work with.
    pub fn practice(&self) -> &Practice {
        self.unlocked.practice()
    }

    /// What was known of it before it was opened.
    pub fn about(&self) -> &LockedPractice {
        &self.about
    }

    /// Whether this is the invented practice to look around in.
    pub fn is_sample(&self) -> bool {
        self.sample
    }

    /// The opened vault.
    pub fn unlocked(&self) -> &Unlocked {
        &self.unlocked
    }
}

/// This machine, the tries so far and a recovery key that is waiting to be typed back.
#[derive(Debug)]
pub struct Door {
    machine: Machine,
    attempts: Mutex<Attempts>,
    new_folder: Mutex<Option<PathBuf>>,
    shown: Mutex<Option<Shown>>,
}

/// How trying to unlock ended, when it was no failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Unlocking {
    /// The practice is open.
    Open,
    /// The phrase was handed over: choose a passphrase of one's own.
    ChooseOwn,
    /// The keyring is locked or not there: type the passphrase.
    KeyringAway,
    /// The keyring holds no fitting key: type the passphrase, and store a key again.
    KeyringStale,
    /// The practice does not allow it (any more): type the passphrase.
    KeyringForbidden,
}

/// A recovery key on the screen.
pub struct Shown {
    /// What is asked back.
    pub challenge: RecoveryChallenge,
    /// The practice it opens.
    pub about: LockedPractice,
    /// The practice's day on which it was made.
    pub made_on: NaiveDate,
    /// What it is for.
    purpose: Purpose,
}

/// What happens once a recovery key was typed back.
enum Purpose {
    /// The new practice opens.
    Creation(RecoveryKey, Unlocked),
    /// It takes the place of the one before.
    Renewal(vault::Renewal),
    /// The practice's key may be changed; `true` once it was typed back.
    Rotation(Box<vault::Rotation>, bool),
}

impl Shown {
    /// The sheet to print or save.
    pub fn sheet(&self) -> RecoverySheet {
        self.key().sheet(&self.about, self.made_on)
    }

    /// The key.
    pub fn key(&self) -> &RecoveryKey {
        match &self.purpose {
            Purpose::Creation(key, _) => key,
            Purpose::Renewal(renewal) => renewal.recovery_key(),
            Purpose::Rotation(rotation, _) => rotation.recovery_key(),
        }
    }
}

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shown")
    }
}

impl Door {
    /// The door of this machine.
    ///
    /// # Errors
    /// [`VaultError::NoAccess`] if this user has no configuration folder.
    pub fn here() -> Result<Self, VaultError> {
        Ok(Self::of(Machine::here()?))
    }

    /// The door of a machine.
    pub fn of(machine: Machine) -> Self {
        Self { machine, attempts: Mutex::default(), new_folder: Mutex::default(), shown: Mutex::default() }
    }

    /// The machine.
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// Where the next practice is created.
    pub fn new_folder<R: Runtime>(&self, app: &AppHandle<R>) -> Answer<PathBuf> {
        if let Some(folder) = &*lock(&self.new_folder) {
            return Ok(folder.clone());
        }
        let base = app.path().app_local_data_dir().map_err(|_| {
            CommandError::new(ErrorCode::Failed, "This user has no folder for program data. Choose a folder.")
        })?;
        let free = (1..1000)
            .map(|n| base.join(if n == 1 { "practice".to_owned() } else { format!("practice {n}") }))
            .find(|folder| !folder.exists());
        free.ok_or_else(|| CommandError::new(ErrorCode::Failed, "Choose a folder for the new practice."))
    }

    /// The person chose another folder for the new practice.
    pub fn choose_new_folder(&self, folder: PathBuf) {
        *lock(&self.new_folder) = Some(folder);
    }

    /// The chosen folder has a practice now; the next one goes elsewhere.
    pub fn new_folder_is_taken(&self) {
        *lock(&self.new_folder) = None;
    }

    /// Creates a practice; it opens once the recovery key was typed back.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn create(&self, folder: &Path, new: &vault::NewPractice, passphrase: &str) -> Answer<()> {
        let created = match vault::describe(folder) {
            Err(VaultError::Unfinished) => {
                vault::discard_unfinished(folder)?;
                vault::create(&self.machine, folder, new, &Passphrase::new(passphrase)?)?
            }
            _ => vault::create(&self.machine, folder, new, &Passphrase::new(passphrase)?)?,
        };
        let about = vault::describe(folder)?;
        let challenge = created.recovery.challenge()?;
        let made_on = created.unlocked.practice().today();
        let purpose = Purpose::Creation(created.recovery, created.unlocked);
        *lock(&self.shown) = Some(Shown { challenge, about, made_on, purpose });
        *lock(&self.new_folder) = None;
        Ok(())
    }

    /// Looks at the key on the screen.
    ///
    /// # Errors
    /// [`ErrorCode::Missing`] if none is shown.
    pub fn shown<T>(&self, see: impl FnOnce(&Shown) -> T) -> Answer<T> {
        lock(&self.shown).as_ref().map(see).ok_or_else(|| {
            CommandError::new(
                ErrorCode::Missing,
                "The recovery key was shown already. Make a new one in the settings.",
            )
        })
    }

    /// Builds the sample practice anew and opens it. Its passphrase is random and kept nowhere: locking ends it.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn look_around<R: Runtime>(&self, app: &AppHandle<R>) -> Answer<()> {
        let base = app
            .path()
            .app_local_data_dir()
            .map_err(|_| CommandError::new(ErrorCode::Failed, "This user has no folder for program data."))?;
        let folder = base.join("sample");
        if folder.exists() {
            std::fs::remove_dir_all(&folder).map_err(|_| {
                CommandError::new(
                    ErrorCode::InUse,
                    "The sample practice is open in another window. Close it there.",
                )
            })?;
        }
        let new = vault::NewPractice {
            name: sample::NAME.into(),
            state: "ME".into(),
            time_zone: "America/New_York".into(),
            profile_name: "Maren Okafor".into(),
            profile_initials: String::new(),
        };
        let created =
            vault::create(&self.machine, &folder, &new, &Passphrase::new(&vault::suggest_phrase()?)?)?;
        vault::forget_recent(&self.machine, &folder)?;
        let practice = created.unlocked.practice();
        sample::create_into(practice, sample::SampleSize::Tour, practice.today())?;
        sit_down(app, created.unlocked, vault::describe(&folder)?, true);
        Ok(())
    }
}

/// Somebody unlocked: the practice is on the desk and its changes are announced.
pub fn sit_down<R: Runtime>(app: &AppHandle<R>, unlocked: Unlocked, about: LockedPractice, sample: bool) {
    let open = announcing(app, unlocked, about, sample);
    app.state::<Desk>().put(AtDesk::Open(open));
}

/// An open practice whose changes the page hears of.
fn announcing<R: Runtime>(
    app: &AppHandle<R>,
    unlocked: Unlocked,
    about: LockedPractice,
    sample: bool,
) -> Arc<Open> {
    let listener = app.clone();
    unlocked.practice().store().on_change(move |changed| {
        // The page hears what whoever is at the desk may hear. A window that is being closed reads again when it opens.
        let seen = listener.state::<Desk>().practice().map(|practice| practice.as_seen(changed));
        let _ = seen.map(|seen| PracticeChanged { rooms: seen.rooms, entry: seen.entry }.emit(&listener));
    });
    let open = Arc::new(Open { unlocked, about, sample });
    backups::watch(app, &open);
    open
}

/// Locks: work is stopped, the file closed, every choice forgotten. The page is told.
///
/// # Errors
/// Those of writing the vault's head; the practice is locked nevertheless.
pub fn lock_up<R: Runtime>(app: &AppHandle<R>) -> Answer<()> {
    app.state::<Jobs>().stop_all();
    app.state::<ImportDesk>().clear();
    app.state::<RestoreDesk>().clear();
    app.state::<ChosenFiles>().forget_all();
    app.state::<Clipboard>().forget();
    app.state::<Door>().forget_prepared();
    let desk = app.state::<Desk>();
    let next = desk.look(|at| match at {
        AtDesk::Open(open) if !open.sample => AtDesk::Locked(PathBuf::from(&open.about.folder)),
        AtDesk::Locked(folder) => AtDesk::Locked(folder.clone()),
        _ => AtDesk::Nothing,
    });
    let was = desk.put(next);
    let locked = match &was {
        AtDesk::Open(open) => open.unlocked.lock(),
        _ => Ok(()),
    };
    // A page that is gone has nothing left to hide.
    let _ = PracticeLocked.emit(app);
    Ok(locked?)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
