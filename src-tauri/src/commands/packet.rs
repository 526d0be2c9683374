//! Slips, packets and the letterhead of papers. Where a file goes, and which come along, the system's own dialog asks.

use std::ops::ControlFlow;

use baton_core::exchange::export::packet::{
    self, PacketFile, PacketFormat, PacketOrder, PacketSaved, PacketView, Slip,
};
use baton_core::foundation::id::{PartnerId, ReferralId};
use baton_core::vault::{self, Letterhead};
use serde::Deserialize;
use tauri::{AppHandle, Runtime, State, WebviewWindow};

use super::export::no_file;
use crate::desk::Desk;
use crate::desktop::dialogs::{self, ChosenFile, ChosenFiles, FileKind};
use crate::error::{Answer, CommandError, ErrorCode};
use crate::jobs::Jobs;

const PDF: FileKind<'_> = FileKind { name: "PDF", endings: &["pdf"] };
const WORD: FileKind<'_> = FileKind { name: "Word document", endings: &["docx"] };
const ZIP: FileKind<'_> = FileKind { name: "ZIP with a password", endings: &["zip"] };

/// A file that was chosen, and which document it is.
#[derive(Clone, Debug, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PacketChosen {
    /// The choice.
    pub token: String,
    /// Which document it is.
    pub name: String,
}

#[tauri::command(async)]
#[specta::specta]
pub fn letterhead_get(desk: State<'_, Desk>) -> Answer<Letterhead> {
    Ok(vault::letterhead(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn letterhead_set(desk: State<'_, Desk>, letterhead: Letterhead) -> Answer<()> {
    let _: () = vault::set_letterhead(&desk.practice()?, &letterhead)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn packet_get(desk: State<'_, Desk>, id: ReferralId) -> Answer<PacketView> {
    Ok(packet::packet(&desk.practice()?, id)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn packet_agreed_set(desk: State<'_, Desk>, partner: PartnerId, documents: Vec<String>) -> Answer<()> {
    let _: () = packet::set_agreed_documents(&desk.practice()?, partner, &documents)?.value;
    Ok(())
}

/// Asks which files come along; none if the person changed their mind.
#[tauri::command(async)]
#[specta::specta]
pub fn packet_files_choose<R: Runtime>(
    window: WebviewWindow<R>,
    chosen: State<'_, ChosenFiles>,
) -> Vec<ChosenFile> {
    dialogs::ask_to_open_several(&window, &chosen, "Files for the packet")
}

/// Asks where the papers go; `null` if the person changed their mind.
#[tauri::command(async)]
#[specta::specta]
pub fn packet_choose<R: Runtime>(
    window: WebviewWindow<R>,
    chosen: State<'_, ChosenFiles>,
    suggested: String,
    format: PacketFormat,
) -> Option<ChosenFile> {
    let kind = match format {
        PacketFormat::SlipPdf | PacketFormat::PacketPdf => PDF,
        PacketFormat::SlipWord => WORD,
        PacketFormat::PacketZip => ZIP,
    };
    dialogs::ask_to_save(&window, &chosen, "Save as", &suggested, &[kind])
}

#[tauri::command(async)]
#[specta::specta]
#[expect(clippy::too_many_arguments, reason = "what the page sends, and the states a command takes")]
pub fn packet_save<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    jobs: State<'_, Jobs>,
    chosen: State<'_, ChosenFiles>,
    file: String,
    id: ReferralId,
    order: PacketOrder,
    files: Vec<PacketChosen>,
    password: Option<String>,
) -> Answer<PacketSaved> {
    let (practice, target) = (desk.practice()?, chosen.path_to_write(&file).ok_or_else(no_file)?);
    let (files, password) = (paths(&chosen, files)?, password.map(zeroize::Zeroizing::new));
    let password = password.as_ref().map(|password| password.as_str());
    let save = |progress: &mut dyn FnMut(u32, u32) -> ControlFlow<()>| {
        packet::save(&practice, id, &order, &files, password, &target, progress)
    };
    Ok(jobs.run(&app, "packet", |progress| save(progress))?)
}

/// Puts on record that the slip is printed, and returns what stands on it for the paper.
#[tauri::command(async)]
#[specta::specta]
pub fn packet_print(desk: State<'_, Desk>, id: ReferralId, order: PacketOrder) -> Answer<Slip> {
    Ok(packet::print(&desk.practice()?, id, &order)?.0)
}

fn paths(chosen: &ChosenFiles, files: Vec<PacketChosen>) -> Answer<Vec<PacketFile>> {
    let path = |file: PacketChosen| {
        let path = chosen.path_to_read(&file.token).ok_or_else(|| {
            let told = "Choose the files again; the choice ended when Baton was locked.";
            CommandError::new(ErrorCode::Invalid, told).beside("files")
        })?;
        Ok(PacketFile { path, name: file.name })
    };
    files.into_iter().map(path).collect()
}
