//! Backups that make themselves while a practice is open, and the restore that is being prepared.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use baton_core::store::{Room, StoreError};
use baton_core::vault::{self, BackupOutcome, DueMoment, Machine, Prepared, VaultError, Why};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager, Runtime};
use tauri_specta::Event;

use crate::desk::{AtDesk, Desk};
use crate::error::{Answer, CommandError, ErrorCode};
use crate::events::{BackupsChanged, PracticeChanged};
use crate::imports::ImportDesk;
use crate::jobs::Jobs;
use crate::vault::{Door, Open};

/// The name under which a backup tells how far it is.
pub const JOB: &str = "backup";
/// How often it is asked whether one is due.
const ASKED: Duration = Duration::from_secs(10 * 60);

/// Makes a backup at the start of work and then as the rhythm says, until the practice is locked.
pub fn watch<R: Runtime>(app: &AppHandle<R>, open: &Arc<Open>) {
    if open.is_sample() {
        return;
    }
    let (app, open) = (app.clone(), Arc::downgrade(open));
    std::thread::spawn(move || {
        let mut moment = DueMoment::Start;
        while by_itself(&app, &open, moment) {
            moment = DueMoment::WhileOpen;
            std::thread::park_timeout(ASKED);
        }
    });
}

/// `false`: the practice is closed.
fn by_itself<R: Runtime>(app: &AppHandle<R>, open: &Weak<Open>, moment: DueMoment) -> bool {
    let Some(open) = open.upgrade() else { return false };
    let machine = app.state::<Door>().machine().clone();
    match vault::is_backup_due(&machine, open.unlocked(), moment) {
        Ok(true) => {
            let why = if moment == DueMoment::Start { Why::Start } else { Why::Schedule };
            // What a place says stands in the settings and on Today; one that was stopped is due again the next time.
            let _ = everywhere(app, &open, why);
            true
        }
        Ok(false) => true,
        Err(_) => false,
    }
}

/// Backs up to every place and says so.
///
/// # Errors
/// Cancelled, locked.
pub fn everywhere<R: Runtime>(app: &AppHandle<R>, open: &Open, why: Why) -> Answer<Vec<BackupOutcome>> {
    let machine = app.state::<Door>().machine().clone();
    let made = app
        .state::<Jobs>()
        .run(app, JOB, |progress| vault::back_up_everywhere(&machine, open.unlocked(), why, progress));
    // A page that is gone reads again when it opens.
    let _ = BackupsChanged.emit(app);
    Ok(made?)
}

/// A copy in the practice's own folder before rows are imported. An import can be undone by itself, so that a full disk
/// stops no work; the state of the backups tells of it.
pub fn before_import<R: Runtime>(app: &AppHandle<R>) {
    let Ok(open) = opened(&app.state::<Desk>()) else { return };
    if !open.is_sample() {
        let _ = vault::back_up_for(open.unlocked(), None, Why::BeforeImport, &mut |_, _| {
            ControlFlow::Continue(())
        });
        let _ = BackupsChanged.emit(app);
    }
}

/// The open practice, kept open until the work ends or somebody locks.
///
/// # Errors
/// Locked.
pub fn opened(desk: &Desk) -> Answer<Arc<Open>> {
    desk.look(|at| match at {
        AtDesk::Open(open) => Ok(open.clone()),
        AtDesk::Nothing | AtDesk::Locked(_) => Err(CommandError::locked()),
    })
}

/// The restore that is being prepared. Nothing is changed by it before the person says so.
#[derive(Debug, Default)]
pub struct RestoreDesk(Mutex<Restoring>);

#[derive(Debug, Default)]
struct Restoring {
    chosen: Option<PathBuf>,
    prepared: Option<Prepared>,
}

/// How the backup is opened and where it goes.
#[derive(Debug, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RestoreForm {
    /// Whose passphrase, or who gets the new one.
    pub profile: Option<baton_core::foundation::id::ProfileId>,
    /// The passphrase of that day, where it is opened by one.
    pub passphrase: Option<String>,
    /// The recovery key, where it is opened by that.
    pub key: Option<String>,
    /// The new passphrase that goes with it.
    pub new_passphrase: Option<String>,
    /// Into a new folder of its own instead of in the practice's place.
    pub into_new: bool,
}

/// Where the old practice is kept.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RestoredView {
    /// The folder, if there was a practice.
    pub kept: Option<String>,
}

impl RestoreDesk {
    /// Lets everything go; the copy beside the practice is removed.
    pub fn clear(&self) {
        *self.lock() = Restoring::default();
    }

    /// Somebody chose a backup.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn choose(&self, backup: PathBuf) -> Answer<vault::SealedBackup> {
        let sealed = vault::look_at_backup(&backup)?;
        *self.lock() = Restoring { chosen: Some(backup), prepared: None };
        Ok(sealed)
    }

    /// Proves the chosen backup and compares it.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn prepare<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        form: &RestoreForm,
    ) -> Answer<vault::RestorePreview> {
        let nothing = || CommandError::new(ErrorCode::Missing, "Choose a backup again.");
        self.lock().prepared = None;
        let backup = self.lock().chosen.clone().ok_or_else(nothing)?;
        let door = app.state::<Door>();
        let (open, into) = place(app, &door, form.into_new)?;
        let passphrase = |text: &Option<String>| vault::Passphrase::new(text.as_deref().unwrap_or_default());
        let (old, new) = (passphrase(&form.passphrase)?, passphrase(&form.new_passphrase)?);
        let way = match (&form.key, form.profile) {
            (Some(key), profile) => vault::Way::RecoveryKey { key, profile, new_passphrase: &new },
            (None, Some(profile)) => vault::Way::Passphrase { profile, passphrase: &old },
            (None, None) => return Err(nothing()),
        };
        let unlocked = open.as_ref().map(|open| open.unlocked());
        let prepared = door.limited(|| {
            app.state::<Jobs>().run(app, JOB, |progress| {
                vault::prepare_restore(door.machine(), &backup, &way, &into, unlocked, progress)
            })
        })?;
        let preview = prepared.preview().clone();
        self.lock().prepared = Some(prepared);
        Ok(preview)
    }

    /// Restores what was prepared and opens it.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn commit<R: Runtime>(&self, app: &AppHandle<R>) -> Answer<RestoredView> {
        let prepared = self.lock().prepared.take().ok_or_else(|| {
            CommandError::new(ErrorCode::Missing, "Choose the backup again; Baton was locked meanwhile.")
        })?;
        let door = app.state::<Door>();
        let open = opened(&app.state::<Desk>()).ok();
        let unlocked = open.as_ref().map(|open| open.unlocked());
        let restored = app
            .state::<Jobs>()
            .run(app, JOB, |progress| vault::restore(door.machine(), prepared, unlocked, progress));
        let restored = match restored {
            Ok(restored) => restored,
            Err(error) => {
                // The practice that was open is whole: open still, or locked on the way and shown as such.
                if open.as_ref().is_some_and(|open| is_locked(open)) {
                    crate::vault::lock_up(app)?;
                }
                return Err(error.into());
            }
        };
        // Whoever locked meanwhile meant it.
        let left = open.as_ref().is_some_and(|before| {
            app.state::<Desk>().look(|at| !matches!(at, AtDesk::Open(now) if Arc::ptr_eq(now, before)))
        });
        if left {
            restored.unlocked.lock()?;
            return Err(CommandError::locked());
        }
        app.state::<ImportDesk>().clear();
        let about = vault::describe(restored.unlocked.folder())?;
        crate::vault::sit_down(app, restored.unlocked, about, false);
        self.clear();
        // Everything on the screen was of the file before.
        let rooms = vec![Room::Vault, Room::Network, Room::Referrals, Room::Exchange, Room::History];
        let _ = PracticeChanged { rooms, entry: None }.emit(app);
        Ok(RestoredView { kept: restored.kept })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Restoring> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_locked(open: &Open) -> bool {
    matches!(open.unlocked().describe(), Err(VaultError::Store(StoreError::Locked)))
}

/// Where a restore goes: in the place of the practice at the desk, or into a new folder.
fn place<R: Runtime>(
    app: &AppHandle<R>,
    door: &Door,
    into_new: bool,
) -> Answer<(Option<Arc<Open>>, PathBuf)> {
    if into_new {
        return Ok((None, door.new_folder(app)?));
    }
    app.state::<Desk>().look(|at| match at {
        AtDesk::Open(open) => Ok((Some(open.clone()), open.unlocked().folder().to_owned())),
        AtDesk::Locked(folder) => Ok((None, folder.clone())),
        AtDesk::Nothing => Err(CommandError::new(ErrorCode::Missing, "Choose a practice first.")),
    })
}

/// The backups the person can choose from: of the practice at the desk, open or locked.
///
/// # Errors
/// Those of the vault.
pub fn listed(desk: &Desk, machine: &Machine) -> Answer<Vec<vault::Backup>> {
    desk.look(|at| match at {
        AtDesk::Open(open) => Ok(vault::known_backups(machine, open.unlocked().folder())),
        AtDesk::Locked(folder) => Ok(vault::known_backups(machine, folder)),
        AtDesk::Nothing => Ok(Vec::new()),
    })
}
