//! Spreadsheets out. Where a file goes is asked by the system's own dialog; the page never names a path.

use baton_core::exchange::export::{
    self, Exported, PatientIdentity, PrintedRegister, RegisterFormat, RegisterOrder, WorkbookOrder,
};
use baton_core::referrals::ReferralQuery;
use tauri::{AppHandle, Runtime, State, WebviewWindow};

use crate::desk::Desk;
use crate::desktop::dialogs::{self, ChosenFile, ChosenFiles, FileKind};
use crate::error::{Answer, CommandError, ErrorCode};
use crate::jobs::Jobs;

const WORKBOOK: FileKind<'_> = FileKind { name: "Excel workbook", endings: &["xlsx"] };
const TABLE: FileKind<'_> = FileKind { name: "CSV table", endings: &["csv"] };

/// Asks where the workbook goes; `null` if the person changed their mind.
#[tauri::command(async)]
#[specta::specta]
pub fn export_choose<R: Runtime>(
    window: WebviewWindow<R>,
    chosen: State<'_, ChosenFiles>,
    suggested: String,
    format: RegisterFormat,
) -> Option<ChosenFile> {
    let kind = match format {
        RegisterFormat::Xlsx => WORKBOOK,
        RegisterFormat::Csv => TABLE,
    };
    dialogs::ask_to_save(&window, &chosen, "Save as", &suggested, &[kind])
}

#[tauri::command(async)]
#[specta::specta]
pub fn export_scorecards<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    jobs: State<'_, Jobs>,
    chosen: State<'_, ChosenFiles>,
    file: String,
    order: WorkbookOrder,
) -> Answer<Exported> {
    let (practice, target) = (desk.practice()?, chosen.path_to_write(&file).ok_or_else(no_file)?);
    Ok(jobs
        .run(&app, "export", |progress| export::scorecards_workbook(&practice, &order, &target, progress))?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn export_register<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    jobs: State<'_, Jobs>,
    chosen: State<'_, ChosenFiles>,
    file: String,
    order: RegisterOrder,
) -> Answer<Exported> {
    let (practice, target) = (desk.practice()?, chosen.path_to_write(&file).ok_or_else(no_file)?);
    Ok(jobs.run(&app, "export", |progress| export::register(&practice, &order, &target, progress))?)
}

/// What goes on paper of a list of the register; the page lays it out.
#[tauri::command(async)]
#[specta::specta]
pub fn register_print(
    desk: State<'_, Desk>,
    query: ReferralQuery,
    patients: PatientIdentity,
) -> Answer<PrintedRegister> {
    Ok(export::printed_register(&desk.practice()?, &query, &patients)?)
}

pub(super) fn no_file() -> CommandError {
    CommandError::new(
        ErrorCode::Missing,
        "Choose again where to save; the choice ended when Baton was locked.",
    )
}
