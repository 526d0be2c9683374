//! Letters of thanks that leave: files, paper, drafts for the mail program, labels. Where a file goes the system's dialog asks.

use baton_core::exchange::export::letters::{
    self, LabelsSaved, LetterFormat, LetterSheet, LetterShown, LetterState, LettersSaved, MailSaved,
    ReportsOwed, StatusOrder, StatusView,
};
use baton_core::foundation::id::ReferralId;
use baton_core::gratitude::{LetterWanted, NewThanks};
use baton_core::network::Party;
use baton_core::referrals::care::OpenRating;
use tauri::{AppHandle, Runtime, State, WebviewWindow};

use super::export::no_file;
use crate::desk::Desk;
use crate::desktop::dialogs::{self, ChosenFile, ChosenFiles, FileKind};
use crate::error::Answer;
use crate::jobs::Jobs;

const PDF: FileKind<'_> = FileKind { name: "PDF", endings: &["pdf"] };
const WORD: FileKind<'_> = FileKind { name: "Word document", endings: &["docx"] };
const MAIL: FileKind<'_> = FileKind { name: "E-mail message", endings: &["eml"] };

#[tauri::command(async)]
#[specta::specta]
pub fn thanks_letter(
    desk: State<'_, Desk>,
    of: Party,
    template: String,
    line: String,
) -> Answer<LetterShown> {
    Ok(letters::show(&desk.practice()?, of, &template, &line)?)
}

/// Who waits for thanks after a low rating is followed up.
#[tauri::command(async)]
#[specta::specta]
pub fn thanks_held(desk: State<'_, Desk>) -> Answer<Vec<OpenRating>> {
    Ok(letters::held(&desk.practice()?)?)
}

/// Marks many as sent, as one action.
#[tauri::command(async)]
#[specta::specta]
pub fn thanks_send_all(desk: State<'_, Desk>, thanks: Vec<NewThanks>) -> Answer<u32> {
    Ok(letters::send_all(&desk.practice()?, &thanks)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn thanks_letters_check(desk: State<'_, Desk>, letters: Vec<LetterWanted>) -> Answer<Vec<LetterState>> {
    Ok(letters::check(&desk.practice()?, &letters)?)
}

/// Asks where the letters go; `null` if the person changed their mind.
#[tauri::command(async)]
#[specta::specta]
pub fn thanks_letters_choose<R: Runtime>(
    window: WebviewWindow<R>,
    chosen: State<'_, ChosenFiles>,
    suggested: String,
    format: LetterFormat,
) -> Option<ChosenFile> {
    let kind = match format {
        LetterFormat::Pdf => PDF,
        LetterFormat::Word => WORD,
    };
    dialogs::ask_to_save(&window, &chosen, "Save as", &suggested, &[kind])
}

#[tauri::command(async)]
#[specta::specta]
pub fn thanks_letters_save<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    jobs: State<'_, Jobs>,
    chosen: State<'_, ChosenFiles>,
    file: String,
    letters: Vec<LetterWanted>,
    format: LetterFormat,
) -> Answer<LettersSaved> {
    let (practice, target) = (desk.practice()?, chosen.path_to_write(&file).ok_or_else(no_file)?);
    Ok(jobs.run(&app, "letters", |progress| letters::save(&practice, &letters, format, &target, progress))?)
}

/// Puts on record that the letters are printed, and returns what stands on them for the paper.
#[tauri::command(async)]
#[specta::specta]
pub fn thanks_letters_print(desk: State<'_, Desk>, letters: Vec<LetterWanted>) -> Answer<Vec<LetterSheet>> {
    Ok(letters::print(&desk.practice()?, &letters)?.0)
}

#[tauri::command(async)]
#[specta::specta]
pub fn thanks_labels_save(
    desk: State<'_, Desk>,
    chosen: State<'_, ChosenFiles>,
    file: String,
    of: Vec<Party>,
    first: u32,
) -> Answer<LabelsSaved> {
    let (practice, target) = (desk.practice()?, chosen.path_to_write(&file).ok_or_else(no_file)?);
    Ok(letters::save_labels(&practice, &of, first, &target)?)
}

/// Asks where the draft for the mail program goes; `null` if the person changed their mind.
#[tauri::command(async)]
#[specta::specta]
pub fn thanks_mail_choose<R: Runtime>(
    window: WebviewWindow<R>,
    chosen: State<'_, ChosenFiles>,
    suggested: String,
) -> Option<ChosenFile> {
    dialogs::ask_to_save(&window, &chosen, "Save as", &suggested, &[MAIL])
}

#[tauri::command(async)]
#[specta::specta]
pub fn thanks_mail_save(
    desk: State<'_, Desk>,
    chosen: State<'_, ChosenFiles>,
    file: String,
    letter: LetterWanted,
) -> Answer<MailSaved> {
    let (practice, target) = (desk.practice()?, chosen.path_to_write(&file).ok_or_else(no_file)?);
    Ok(letters::save_mail(&practice, &letter, &target)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn reports_owed(desk: State<'_, Desk>) -> Answer<Vec<ReportsOwed>> {
    Ok(letters::reports_owed(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn report_reminders_save(
    desk: State<'_, Desk>,
    chosen: State<'_, ChosenFiles>,
    file: String,
    of: Vec<Party>,
    format: LetterFormat,
) -> Answer<LettersSaved> {
    let (practice, target) = (desk.practice()?, chosen.path_to_write(&file).ok_or_else(no_file)?);
    Ok(letters::save_report_reminders(&practice, &of, format, &target)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn report_call(desk: State<'_, Desk>, of: Party) -> Answer<()> {
    let _: () = letters::call_for_reports(&desk.practice()?, of)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn status_get(desk: State<'_, Desk>, id: ReferralId) -> Answer<StatusView> {
    Ok(letters::status(&desk.practice()?, id)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn status_save(
    desk: State<'_, Desk>,
    chosen: State<'_, ChosenFiles>,
    file: String,
    id: ReferralId,
    order: StatusOrder,
    format: LetterFormat,
) -> Answer<LettersSaved> {
    let (practice, target) = (desk.practice()?, chosen.path_to_write(&file).ok_or_else(no_file)?);
    Ok(letters::save_status(&practice, id, &order, format, &target)?)
}

/// Puts on record that the letter is printed, and returns what stands on it for the paper.
#[tauri::command(async)]
#[specta::specta]
pub fn status_print(desk: State<'_, Desk>, id: ReferralId, order: StatusOrder) -> Answer<LetterSheet> {
    Ok(letters::print_status(&desk.practice()?, id, &order)?.0)
}
