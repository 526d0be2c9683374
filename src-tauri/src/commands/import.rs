//! Spreadsheets in: a file is read, understood, planned and, when the person says so, written as one action.

use baton_core::exchange::import::reading::Overrides;
use baton_core::exchange::import::{
    self, Choice, ImportSummary, PlanGroup, PlanPage, PlanView, SavedProfile,
};
use baton_core::foundation::id::ImportProfileId;
use tauri::{AppHandle, Runtime, State, WebviewWindow};

use crate::backups;
use crate::desk::Desk;
use crate::desktop::dialogs::{self, ChosenFile, ChosenFiles, FileKind};
use crate::error::{Answer, CommandError, ErrorCode};
use crate::imports::{ImportDesk, ImportView};
use crate::jobs::Jobs;

const TABLES: FileKind<'_> = FileKind { name: "Tables", endings: &["csv", "tsv", "txt", "xlsx", "xlsm"] };
const WORKBOOK: FileKind<'_> = FileKind { name: "Excel workbook", endings: &["xlsx"] };

/// Asks for a file; `null` if the person changed their mind.
#[tauri::command(async)]
#[specta::specta]
pub fn import_choose<R: Runtime>(
    window: WebviewWindow<R>,
    chosen: State<'_, ChosenFiles>,
) -> Option<ChosenFile> {
    dialogs::ask_to_open(&window, &chosen, "Import a file", &[TABLES])
}

/// Reads a chosen or dropped file and says what was understood.
#[tauri::command(async)]
#[specta::specta]
pub fn import_open(
    desk: State<'_, Desk>,
    imports: State<'_, ImportDesk>,
    chosen: State<'_, ChosenFiles>,
    file: String,
) -> Answer<ImportView> {
    let path = chosen.path_to_read(&file).ok_or_else(|| {
        CommandError::new(
            ErrorCode::Missing,
            "Choose the file again; the choice ended when Baton was locked.",
        )
    })?;
    imports.open(&desk.practice()?, &desk.practice_name()?, &path)
}

/// The import that is being prepared, if any.
#[tauri::command(async)]
#[specta::specta]
pub fn import_current(desk: State<'_, Desk>, imports: State<'_, ImportDesk>) -> Answer<Option<ImportView>> {
    desk.practice().map(|_| imports.view())
}

#[tauri::command(async)]
#[specta::specta]
pub fn import_reread(
    desk: State<'_, Desk>,
    imports: State<'_, ImportDesk>,
    overrides: Overrides,
) -> Answer<ImportView> {
    desk.practice().and_then(|_| imports.reread(overrides))
}

#[tauri::command(async)]
#[specta::specta]
pub fn import_plan<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    imports: State<'_, ImportDesk>,
    jobs: State<'_, Jobs>,
) -> Answer<PlanView> {
    let practice = desk.practice()?;
    jobs.run(&app, "import", |told| imports.plan(&practice, told))
}

#[tauri::command(async)]
#[specta::specta]
pub fn import_rows(
    desk: State<'_, Desk>,
    imports: State<'_, ImportDesk>,
    group: PlanGroup,
    after: Option<u32>,
    limit: u32,
) -> Answer<PlanPage> {
    desk.practice().and_then(|_| imports.page(group, after, limit))
}

#[tauri::command(async)]
#[specta::specta]
pub fn import_decide<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    imports: State<'_, ImportDesk>,
    jobs: State<'_, Jobs>,
    record: u32,
    choice: Choice,
) -> Answer<PlanView> {
    let practice = desk.practice()?;
    jobs.run(&app, "import", |told| imports.decide(&practice, record, choice, told))
}

#[tauri::command(async)]
#[specta::specta]
pub fn import_commit<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    imports: State<'_, ImportDesk>,
    jobs: State<'_, Jobs>,
) -> Answer<ImportSummary> {
    let practice = desk.practice()?;
    backups::before_import(&app);
    jobs.run(&app, "import", |told| imports.commit(&practice, told))
}

/// Saves the rows that stayed out; the file's name, or `null` if the person changed their mind.
#[tauri::command(async)]
#[specta::specta]
pub fn import_rejects_save<R: Runtime>(
    window: WebviewWindow<R>,
    desk: State<'_, Desk>,
    imports: State<'_, ImportDesk>,
    chosen: State<'_, ChosenFiles>,
) -> Answer<Option<String>> {
    desk.practice()?;
    let workbook = imports.rejects()?;
    let Some(file) =
        dialogs::ask_to_save(&window, &chosen, "Save the rejected rows", "Rejected rows.xlsx", &[WORKBOOK])
    else {
        return Ok(None);
    };
    let Some(path) = chosen.path_to_write(&file.token) else { return Ok(None) };
    std::fs::write(path, workbook).map_err(|_| {
        CommandError::new(
            ErrorCode::InUse,
            "The file can't be written. Close it in other programs or choose another name.",
        )
    })?;
    Ok(Some(file.name))
}

/// Ends the import that is being prepared.
#[tauri::command(async)]
#[specta::specta]
pub fn import_close(imports: State<'_, ImportDesk>) {
    imports.clear();
}

#[tauri::command(async)]
#[specta::specta]
pub fn import_profile_save(
    desk: State<'_, Desk>,
    imports: State<'_, ImportDesk>,
    name: String,
) -> Answer<()> {
    imports.save_profile(&desk.practice()?, &name)
}

#[tauri::command(async)]
#[specta::specta]
pub fn import_profiles(desk: State<'_, Desk>) -> Answer<Vec<SavedProfile>> {
    Ok(import::profiles(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn import_profile_delete(desk: State<'_, Desk>, id: ImportProfileId) -> Answer<()> {
    let _: () = import::delete_profile(&desk.practice()?, id)?.value;
    Ok(())
}
