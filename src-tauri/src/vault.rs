//! What the desk keeps while a practice is open, and how it is opened, created and locked.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use baton_core::Practice;
use baton_core::foundation::id::ProfileId;
use baton_core::sample;
use baton_core::vault::{
    self, Attempts, LockedPractice, Machine, OnDoubt, Passphrase, RecoveryChallenge, RecoveryKey, Unlocked,
    VaultError,
};
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
        let purpose = Purpose::Creation(created.recovery, created.unlocked);
        *lock(&self.shown) = Some(Shown { challenge, about, purpose });
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

    /// The key was typed back: a new practice opens, a renewed key counts, a change of the practice's key may begin.
    ///
    /// # Errors
    /// Those of writing `vault.json`.
    pub fn confirmed<R: Runtime>(&self, app: &AppHandle<R>) -> Answer<()> {
        let Some(shown) = lock(&self.shown).take() else { return Ok(()) };
        match shown.purpose {
            Purpose::Creation(_, unlocked) => sit_down(app, unlocked, shown.about, false),
            Purpose::Renewal(renewal) => {
                app.state::<Desk>().with_open(|open| Ok(renewal.commit(&open.unlocked).map(drop)?))?;
            }
            Purpose::Rotation(rotation, _) => {
                *lock(&self.shown) = Some(Shown { purpose: Purpose::Rotation(rotation, true), ..shown });
            }
        }
        Ok(())
    }

    /// A recovery key that was prepared while the practice is open is let go.
    pub fn forget_prepared(&self) {
        let mut shown = lock(&self.shown);
        if !matches!(&*shown, Some(Shown { purpose: Purpose::Creation(..), .. })) {
            *shown = None;
        }
    }

    /// Works with the open practice and its owner's passphrase, asked again, at most as often as the tries allow.
    ///
    /// # Errors
    /// Those of `work` and of the passphrase.
    pub fn confirming<T>(
        &self,
        desk: &Desk,
        passphrase: String,
        work: impl FnOnce(&Unlocked, &Passphrase) -> Result<T, VaultError>,
    ) -> Answer<T> {
        let passphrase = zeroize::Zeroizing::new(passphrase);
        desk.with_open(|open| {
            lock(&self.attempts).check(Instant::now())?;
            let done = Passphrase::new(&passphrase).and_then(|own| work(&open.unlocked, &own));
            lock(&self.attempts).learn(&done, Instant::now());
            Ok(done?)
        })
    }

    /// Makes a recovery key that takes the place of the one before once it was typed back.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn prepare_recovery(&self, desk: &Desk, passphrase: String) -> Answer<()> {
        self.prepare(desk, passphrase, |open, own| {
            vault::prepare_recovery(&self.machine, open, own).map(Purpose::Renewal)
        })
    }

    /// Makes a new key for the practice, whose recovery key is typed back first.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn prepare_rotation(&self, desk: &Desk, passphrase: String) -> Answer<()> {
        self.prepare(desk, passphrase, |open, own| {
            vault::prepare_rotation(&self.machine, open, own)
                .map(|rotation| Purpose::Rotation(Box::new(rotation), false))
        })
    }

    fn prepare(
        &self,
        desk: &Desk,
        passphrase: String,
        make: impl FnOnce(&Unlocked, &Passphrase) -> Result<Purpose, VaultError>,
    ) -> Answer<()> {
        let shown = self.confirming(desk, passphrase, |open, own| {
            let (purpose, about) = (make(open, own)?, open.describe()?);
            let mut shown = Shown { challenge: RecoveryChallenge { first: 1, second: 2 }, about, purpose };
            shown.challenge = shown.key().challenge()?;
            Ok(shown)
        })?;
        *lock(&self.shown) = Some(shown);
        Ok(())
    }

    /// Changes the practice's key. Nobody looks at the desk meanwhile: what is asked waits for the new practice.
    ///
    /// # Errors
    /// [`ErrorCode::Missing`] if its recovery key was not typed back; those of the vault. If the practice had to be
    /// locked, the page is told.
    pub fn rotate<R: Runtime>(&self, app: &AppHandle<R>) -> Answer<Vec<vault::Handed>> {
        let desk = app.state::<Desk>();
        desk.with_open(|_| Ok(()))?;
        let prepared = lock(&self.shown).take();
        let rotation = match prepared {
            Some(Shown { purpose: Purpose::Rotation(rotation, true), .. }) => rotation,
            other => {
                *lock(&self.shown) = other;
                return Err(CommandError::new(
                    ErrorCode::Missing,
                    "Print the new recovery key and type two of its parts back first.",
                ));
            }
        };
        let handed = desk.change(|at| {
            let AtDesk::Open(open) = at else { return Err(CommandError::locked()) };
            let rotated = vault::rotate(&self.machine, &open.unlocked, *rotation)?;
            let about = rotated.unlocked.describe()?;
            *at = AtDesk::Open(announcing(app, rotated.unlocked, about, false));
            Ok(rotated.handed)
        });
        // An earlier day that was looked at was one of the practice under its former key.
        desk.look_at_today();
        let locked = desk.with_open(|open| Ok(open.unlocked.describe()?)).is_err();
        if handed.is_err() && locked {
            // The failure that led here is what counts.
            let _ = lock_up(app);
        }
        handed
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

    /// Unlocks with a passphrase, at most as often as the tries allow.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn unlock<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        folder: &Path,
        profile: ProfileId,
        passphrase: &str,
        store_again: bool,
    ) -> Answer<Unlocking> {
        self.unlock_as(app, folder, profile, passphrase, (OnDoubt::Refuse, store_again))
    }

    /// Unlocks a practice whose history is in doubt, for looking.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn look_only<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        folder: &Path,
        profile: ProfileId,
        passphrase: &str,
    ) -> Answer<Unlocking> {
        self.unlock_as(app, folder, profile, passphrase, (OnDoubt::Look, false))
    }

    fn unlock_as<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        folder: &Path,
        profile: ProfileId,
        passphrase: &str,
        (on_doubt, store_again): (OnDoubt, bool),
    ) -> Answer<Unlocking> {
        lock(&self.attempts).check(Instant::now())?;
        let tried = Passphrase::new(passphrase).and_then(|own| {
            let unlocked = vault::unlock(&self.machine, folder, profile, &own, on_doubt)?;
            if store_again {
                // The practice is open; what the keyring does not take now is offered again under Settings.
                let _ = vault::enable_keyring(&self.machine, &unlocked, &own);
            }
            Ok(unlocked)
        });
        lock(&self.attempts).learn(&tried, Instant::now());
        match tried {
            Err(VaultError::FirstUnlock) => Ok(Unlocking::ChooseOwn),
            tried => {
                sit_down(app, tried?, vault::describe(folder)?, false);
                Ok(Unlocking::Open)
            }
        }
    }

    /// Unlocks with a phrase that was handed over and sets a passphrase of one's own.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn unlock_first<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        folder: &Path,
        profile: ProfileId,
        phrase: &str,
        own: &str,
    ) -> Answer<()> {
        let unlocked = self.limited(|| {
            let phrase = Passphrase::new(phrase)?;
            let own = Passphrase::new(own)?;
            vault::unlock_first(&self.machine, folder, profile, &phrase, &own, OnDoubt::Refuse)
        })?;
        sit_down(app, unlocked, vault::describe(folder)?, false);
        Ok(())
    }

    /// Tries a passphrase, at most as often as the tries allow.
    ///
    /// # Errors
    /// [`VaultError::TooSoon`], and what `attempt` says.
    pub fn limited<T>(&self, attempt: impl FnOnce() -> Result<T, VaultError>) -> Answer<T> {
        lock(&self.attempts).check(Instant::now())?;
        let tried = attempt();
        lock(&self.attempts).learn(&tried, Instant::now());
        Ok(tried?)
    }

    /// Unlocks with what this computer's keyring holds, or says why the passphrase is needed.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn unlock_from_keyring<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        folder: &Path,
        profile: ProfileId,
    ) -> Answer<Unlocking> {
        match vault::unlock_from_keyring(&self.machine, folder, profile, OnDoubt::Refuse) {
            Err(VaultError::KeyringUnavailable) => Ok(Unlocking::KeyringAway),
            Err(VaultError::KeyringEntryMissing) => Ok(Unlocking::KeyringStale),
            Err(VaultError::KeyringForbidden) => Ok(Unlocking::KeyringForbidden),
            tried => {
                sit_down(app, tried?, vault::describe(folder)?, false);
                Ok(Unlocking::Open)
            }
        }
    }

    /// Unlocks with the recovery key and sets a new passphrase.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn recover<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        folder: &Path,
        profile: ProfileId,
        key: &str,
        passphrase: &str,
    ) -> Answer<()> {
        let unlocked = vault::unlock_by_recovery(
            &self.machine,
            folder,
            profile,
            key,
            &Passphrase::new(passphrase)?,
            OnDoubt::Refuse,
        )?;
        sit_down(app, unlocked, vault::describe(folder)?, false);
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
