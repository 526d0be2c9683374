//! Days outside: planned, ordered, briefed, logged; what they cost; and canvassing. Where a file goes is asked by the system's dialog.

use baton_core::exchange::export::{self, Exported, MileageOrder};
use baton_core::field::{
    self, CanvassForm, CanvassList, CanvassSummary, FieldDay, FieldLiaison, FieldWeek, FieldWords,
    MileageRate, MileageSheet, Nearby, NewAttempt, OrderedDay, Proposal, StopForm, VisitBrief, VisitDayForm,
    VisitLog,
};
use baton_core::foundation::id::{CanvassId, ProfileId, RecordId, TouchId, VisitDayId, VisitStopId};
use chrono::NaiveDate;
use tauri::{Runtime, State, WebviewWindow};

use super::export::no_file;
use crate::desk::Desk;
use crate::desktop::dialogs::{self, ChosenFile, ChosenFiles, FileKind};
use crate::error::Answer;

const PDF: FileKind<'_> = FileKind { name: "PDF", endings: &["pdf"] };

#[tauri::command(async)]
#[specta::specta]
pub fn field_liaisons(desk: State<'_, Desk>) -> Answer<Vec<FieldLiaison>> {
    Ok(field::field_liaisons(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn field_day(desk: State<'_, Desk>, on: NaiveDate, liaison: ProfileId) -> Answer<FieldDay> {
    Ok(field::field_day(&desk.practice()?, on, liaison)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn field_week(desk: State<'_, Desk>, on: NaiveDate, liaison: ProfileId) -> Answer<FieldWeek> {
    Ok(field::field_week(&desk.practice()?, on, liaison)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn field_day_plan(
    desk: State<'_, Desk>,
    on: NaiveDate,
    liaison: ProfileId,
    plan: VisitDayForm,
) -> Answer<VisitDayId> {
    Ok(field::plan_day(&desk.practice()?, on, liaison, &plan)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn field_day_remove(desk: State<'_, Desk>, id: VisitDayId) -> Answer<()> {
    let _: () = field::remove_day(&desk.practice()?, id)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn field_stop_add(desk: State<'_, Desk>, day: VisitDayId, stop: StopForm) -> Answer<VisitStopId> {
    Ok(field::add_stop(&desk.practice()?, day, &stop)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn field_stop_edit(desk: State<'_, Desk>, id: VisitStopId, stop: StopForm) -> Answer<()> {
    let _: () = field::edit_stop(&desk.practice()?, id, &stop)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn field_stop_remove(desk: State<'_, Desk>, id: VisitStopId) -> Answer<()> {
    let _: () = field::remove_stop(&desk.practice()?, id)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn field_stop_move(desk: State<'_, Desk>, id: VisitStopId, day: VisitDayId, place: u32) -> Answer<()> {
    let _: () = field::move_stop(&desk.practice()?, id, day, place)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn field_order(desk: State<'_, Desk>, day: VisitDayId) -> Answer<OrderedDay> {
    Ok(field::order_stops(&desk.practice()?, day)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn field_proposals(desk: State<'_, Desk>, day: VisitDayId) -> Answer<Vec<Proposal>> {
    Ok(field::field_proposals(&desk.practice()?, day)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn field_around(desk: State<'_, Desk>, day: VisitDayId) -> Answer<Vec<Nearby>> {
    Ok(field::field_around(&desk.practice()?, day)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn field_brief(desk: State<'_, Desk>, id: VisitStopId) -> Answer<VisitBrief> {
    Ok(field::visit_brief(&desk.practice()?, id)?)
}

/// The pages of a day, for the paper.
#[tauri::command(async)]
#[specta::specta]
pub fn field_booklet(desk: State<'_, Desk>, day: VisitDayId) -> Answer<Vec<VisitBrief>> {
    Ok(field::booklet(&desk.practice()?, day)?.0.briefs)
}

#[tauri::command(async)]
#[specta::specta]
pub fn field_words_get(desk: State<'_, Desk>) -> Answer<FieldWords> {
    Ok(field::field_words(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn field_words_set(desk: State<'_, Desk>, words: FieldWords) -> Answer<()> {
    let _: () = field::set_field_words(&desk.practice()?, &words)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn field_log(desk: State<'_, Desk>, id: VisitStopId, log: VisitLog) -> Answer<TouchId> {
    Ok(field::log_visit(&desk.practice()?, id, &log)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn field_skip(desk: State<'_, Desk>, id: VisitStopId, reason: String) -> Answer<()> {
    let _: () = field::skip_visit(&desk.practice()?, id, &reason)?.value;
    Ok(())
}

/// Asks where the booklet goes; `null` if the person changed their mind.
#[tauri::command(async)]
#[specta::specta]
pub fn field_booklet_choose<R: Runtime>(
    window: WebviewWindow<R>,
    chosen: State<'_, ChosenFiles>,
    suggested: String,
) -> Option<ChosenFile> {
    dialogs::ask_to_save(&window, &chosen, "Save as", &suggested, &[PDF])
}

#[tauri::command(async)]
#[specta::specta]
pub fn field_booklet_save(
    desk: State<'_, Desk>,
    chosen: State<'_, ChosenFiles>,
    file: String,
    day: VisitDayId,
) -> Answer<Exported> {
    let (practice, target) = (desk.practice()?, chosen.path_to_write(&file).ok_or_else(no_file)?);
    Ok(export::field_booklet(&practice, day, &target)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn mileage_sheet(desk: State<'_, Desk>, year: i32, liaison: Option<ProfileId>) -> Answer<MileageSheet> {
    Ok(field::mileage_sheet(&desk.practice()?, year, liaison)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn mileage_rates(desk: State<'_, Desk>) -> Answer<Vec<MileageRate>> {
    Ok(field::mileage_rates(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn mileage_rate_set(desk: State<'_, Desk>, year: i32, tenth_cents: u32, source: String) -> Answer<()> {
    let _: () = field::set_mileage_rate(&desk.practice()?, year, tenth_cents, &source)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn export_mileage(
    desk: State<'_, Desk>,
    chosen: State<'_, ChosenFiles>,
    file: String,
    order: MileageOrder,
) -> Answer<Exported> {
    let (practice, target) = (desk.practice()?, chosen.path_to_write(&file).ok_or_else(no_file)?);
    Ok(export::mileage_workbook(&practice, &order, &target)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn canvass_lists(desk: State<'_, Desk>) -> Answer<Vec<CanvassSummary>> {
    Ok(field::canvass_lists(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn canvass_list(desk: State<'_, Desk>, id: CanvassId) -> Answer<CanvassList> {
    Ok(field::canvass_list(&desk.practice()?, id)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn canvass_save(desk: State<'_, Desk>, list: CanvassForm) -> Answer<CanvassId> {
    Ok(field::canvass_save(&desk.practice()?, &list)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn canvass_close(desk: State<'_, Desk>, id: CanvassId, closed: bool) -> Answer<()> {
    let _: () = field::canvass_close(&desk.practice()?, id, closed)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn canvass_attempt(desk: State<'_, Desk>, list: CanvassId, attempt: NewAttempt) -> Answer<RecordId> {
    Ok(field::canvass_attempt(&desk.practice()?, list, &attempt)?.value)
}
