//! Backups, their places and their tests, and bringing one back.

use baton_core::vault::{
    self, Backup, BackupOutcome, BackupSettings, BackupState, DrillReport, OutsideFile, RestorePreview,
    SealedBackup, Why,
};
use tauri::{AppHandle, Runtime, State, WebviewWindow};

use crate::backups::{self, JOB, RestoreDesk, RestoreForm, RestoredView, opened};
use crate::desk::Desk;
use crate::desktop::dialogs::{self, ChosenFiles, FileKind};
use crate::error::{Answer, CommandError, ErrorCode};
use crate::jobs::Jobs;
use crate::vault::Door;

const SEALED: FileKind<'_> = FileKind { name: "Baton backup", endings: &["age"] };

#[tauri::command(async)]
#[specta::specta]
pub fn backup_state(desk: State<'_, Desk>, door: State<'_, Door>) -> Answer<BackupState> {
    Ok(vault::backup_state(door.machine(), opened(&desk)?.unlocked())?)
}

/// Backs up to every place now.
#[tauri::command(async)]
#[specta::specta]
pub fn backup_now<R: Runtime>(app: AppHandle<R>, desk: State<'_, Desk>) -> Answer<Vec<BackupOutcome>> {
    backups::everywhere(&app, &*opened(&desk)?, Why::Asked)
}

/// Asks for a folder backups go to from now on; what it is called, or `null` if the person changed their mind.
#[tauri::command(async)]
#[specta::specta]
pub fn backup_target_add<R: Runtime>(
    window: WebviewWindow<R>,
    desk: State<'_, Desk>,
    door: State<'_, Door>,
    chosen: State<'_, ChosenFiles>,
) -> Answer<Option<String>> {
    let open = opened(&desk)?;
    let Some(folder) = dialogs::ask_for_folder(&window, &chosen, "Keep backups in")
        .and_then(|folder| chosen.path_of_folder(&folder.token))
    else {
        return Ok(None);
    };
    Ok(Some(vault::add_target(door.machine(), open.unlocked(), &folder)?))
}

#[tauri::command(async)]
#[specta::specta]
pub fn backup_target_remove(desk: State<'_, Desk>, door: State<'_, Door>, folder: String) -> Answer<()> {
    Ok(vault::remove_target(door.machine(), opened(&desk)?.unlocked(), &folder)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn backup_settings_save(
    desk: State<'_, Desk>,
    door: State<'_, Door>,
    settings: BackupSettings,
) -> Answer<()> {
    Ok(vault::save_backup_settings(door.machine(), opened(&desk)?.unlocked(), settings)?)
}

/// Asks where, and writes one file the recovery key opens; `null` if the person changed their mind.
#[tauri::command(async)]
#[specta::specta]
pub fn backup_save_outside<R: Runtime>(
    app: AppHandle<R>,
    window: WebviewWindow<R>,
    desk: State<'_, Desk>,
    jobs: State<'_, Jobs>,
    chosen: State<'_, ChosenFiles>,
    others: Vec<String>,
) -> Answer<Option<OutsideFile>> {
    let open = opened(&desk)?;
    let suggested = format!("{} {}.baton.age", open.about().name, open.practice().today());
    let Some(target) =
        dialogs::ask_to_save(&window, &chosen, "Save a backup for outside", &suggested, &[SEALED])
            .and_then(|file| chosen.path_to_write(&file.token))
    else {
        return Ok(None);
    };
    let saved =
        jobs.run(&app, JOB, |progress| vault::save_outside(open.unlocked(), &target, &others, progress))?;
    Ok(Some(saved))
}

#[tauri::command(async)]
#[specta::specta]
pub fn backup_drill<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    door: State<'_, Door>,
    jobs: State<'_, Jobs>,
) -> Answer<DrillReport> {
    let open = opened(&desk)?;
    Ok(jobs.run(&app, JOB, |progress| vault::drill(door.machine(), open.unlocked(), progress))?)
}

/// The backups of the practice at the desk, open or locked.
#[tauri::command(async)]
#[specta::specta]
pub fn restore_list(desk: State<'_, Desk>, door: State<'_, Door>) -> Answer<Vec<Backup>> {
    backups::listed(&desk, door.machine())
}

/// Takes one of those that are listed.
#[tauri::command(async)]
#[specta::specta]
pub fn restore_choose_listed(
    desk: State<'_, Desk>,
    door: State<'_, Door>,
    restoring: State<'_, RestoreDesk>,
    folder: String,
) -> Answer<SealedBackup> {
    let listed = backups::listed(&desk, door.machine())?;
    let known = listed.into_iter().find(|backup| backup.folder == folder).ok_or_else(|| {
        CommandError::new(
            ErrorCode::Missing,
            "This backup is not there any more. Connect its stick, or choose another one.",
        )
    })?;
    restoring.choose(known.folder.into())
}

/// Asks for a backup's folder; `null` if the person changed their mind.
#[tauri::command(async)]
#[specta::specta]
pub fn restore_choose_folder<R: Runtime>(
    window: WebviewWindow<R>,
    chosen: State<'_, ChosenFiles>,
    restoring: State<'_, RestoreDesk>,
) -> Answer<Option<SealedBackup>> {
    let folder = dialogs::ask_for_folder(&window, &chosen, "Restore the backup in")
        .and_then(|folder| chosen.path_of_folder(&folder.token));
    folder.map(|folder| restoring.choose(folder)).transpose()
}

/// Asks for a file that was saved for outside; `null` if the person changed their mind.
#[tauri::command(async)]
#[specta::specta]
pub fn restore_choose_file<R: Runtime>(
    window: WebviewWindow<R>,
    chosen: State<'_, ChosenFiles>,
    restoring: State<'_, RestoreDesk>,
) -> Answer<Option<SealedBackup>> {
    let file = dialogs::ask_to_open(&window, &chosen, "Restore the backup", &[SEALED])
        .and_then(|file| chosen.path_to_read(&file.token));
    file.map(|file| restoring.choose(file)).transpose()
}

/// Proves the chosen backup and says what would be lost and what comes. Nothing is changed.
#[tauri::command(async)]
#[specta::specta]
pub fn restore_prepare<R: Runtime>(
    app: AppHandle<R>,
    restoring: State<'_, RestoreDesk>,
    form: RestoreForm,
) -> Answer<RestorePreview> {
    restoring.prepare(&app, &form)
}

/// Restores what was prepared and opens it.
#[tauri::command(async)]
#[specta::specta]
pub fn restore_commit<R: Runtime>(
    app: AppHandle<R>,
    restoring: State<'_, RestoreDesk>,
) -> Answer<RestoredView> {
    restoring.commit(&app)
}

/// Lets the restore that is being prepared go.
#[tauri::command(async)]
#[specta::specta]
pub fn restore_close(restoring: State<'_, RestoreDesk>) {
    restoring.clear();
}
