//! Tasks, the calendar, playbooks and plans.

use baton_core::exchange::export::{self, CalendarOrder, Exported};
use baton_core::foundation::id::{PlanId, ProfileId, TaskId};
use baton_core::outreach::{
    self, CalendarQuery, CalendarShown, NewTask, OutreachMeasures, OutreachPlan, OutreachPlanPage, PlanQuery,
    PlanRun, PlanStart, PlansStarted, Playbook, PlaybookChange, Reminders, TaskList, TaskQuery, TaskRow,
};
use chrono::{NaiveDate, NaiveDateTime};
use tauri::{Runtime, State, WebviewWindow};

use super::export::no_file;
use crate::desk::Desk;
use crate::desktop::dialogs::{self, ChosenFile, ChosenFiles, FileKind};
use crate::desktop::notices;
use crate::error::Answer;
use crate::vault::Door;

const ICS: FileKind<'_> = FileKind { name: "Calendar", endings: &["ics"] };

#[tauri::command(async)]
#[specta::specta]
pub fn tasks_list(desk: State<'_, Desk>, query: TaskQuery) -> Answer<TaskList> {
    Ok(outreach::tasks(&desk.practice()?, &query)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn tasks_due(desk: State<'_, Desk>) -> Answer<Vec<TaskRow>> {
    Ok(outreach::tasks_due(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn task_get(desk: State<'_, Desk>, id: TaskId) -> Answer<TaskRow> {
    Ok(outreach::task(&desk.practice()?, id)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn task_add(desk: State<'_, Desk>, task: NewTask) -> Answer<TaskId> {
    Ok(outreach::add_task(&desk.practice()?, &task)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn task_edit(desk: State<'_, Desk>, id: TaskId, task: NewTask) -> Answer<()> {
    let _: () = outreach::edit_task(&desk.practice()?, id, &task)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn task_move(desk: State<'_, Desk>, id: TaskId, due_on: NaiveDate, due_at: Option<u16>) -> Answer<()> {
    let _: () = outreach::move_task(&desk.practice()?, id, due_on, due_at)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn tasks_assign(desk: State<'_, Desk>, ids: Vec<TaskId>, to: ProfileId) -> Answer<()> {
    let _: () = outreach::assign_tasks(&desk.practice()?, &ids, to)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn task_done(desk: State<'_, Desk>, id: TaskId) -> Answer<Option<TaskId>> {
    Ok(outreach::finish_task(&desk.practice()?, id)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn task_drop(desk: State<'_, Desk>, id: TaskId, reason: String, stop: bool) -> Answer<Option<TaskId>> {
    Ok(outreach::drop_task(&desk.practice()?, id, &reason, stop)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn task_reminders(
    desk: State<'_, Desk>,
    door: State<'_, Door>,
    since: Option<NaiveDateTime>,
) -> Answer<Reminders> {
    let told = outreach::reminders(&desk.practice()?, since)?;
    notices::tell(door.machine(), since, &told);
    Ok(told)
}

#[tauri::command(async)]
#[specta::specta]
pub fn outreach_measures(desk: State<'_, Desk>) -> Answer<OutreachMeasures> {
    Ok(outreach::outreach_measures(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn outreach_calendar(desk: State<'_, Desk>, query: CalendarQuery) -> Answer<CalendarShown> {
    Ok(outreach::calendar_entries(&desk.practice()?, &query)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn playbooks_list(desk: State<'_, Desk>) -> Answer<Vec<Playbook>> {
    Ok(outreach::playbooks(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn playbook_save(desk: State<'_, Desk>, change: PlaybookChange) -> Answer<String> {
    Ok(outreach::save_playbook(&desk.practice()?, &change)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn playbook_remove(desk: State<'_, Desk>, id: String) -> Answer<()> {
    let _: () = outreach::remove_playbook(&desk.practice()?, &id)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn plans_list(desk: State<'_, Desk>, query: PlanQuery) -> Answer<Vec<OutreachPlan>> {
    Ok(outreach::plans(&desk.practice()?, &query)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn plan_get(desk: State<'_, Desk>, id: PlanId) -> Answer<OutreachPlanPage> {
    Ok(outreach::plan(&desk.practice()?, id)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn plan_runs(desk: State<'_, Desk>) -> Answer<Vec<PlanRun>> {
    Ok(outreach::plan_runs(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn plans_start(desk: State<'_, Desk>, start: PlanStart) -> Answer<PlansStarted> {
    Ok(outreach::start_plans(&desk.practice()?, &start)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn plan_stop(desk: State<'_, Desk>, id: PlanId, note: String) -> Answer<()> {
    let _: () = outreach::stop_plan(&desk.practice()?, id, &note)?.value;
    Ok(())
}

/// Asks where the calendar goes; `null` if the person changed their mind.
#[tauri::command(async)]
#[specta::specta]
pub fn export_calendar_choose<R: Runtime>(
    window: WebviewWindow<R>,
    chosen: State<'_, ChosenFiles>,
    suggested: String,
) -> Option<ChosenFile> {
    dialogs::ask_to_save(&window, &chosen, "Save as", &suggested, &[ICS])
}

#[tauri::command(async)]
#[specta::specta]
pub fn export_calendar(
    desk: State<'_, Desk>,
    chosen: State<'_, ChosenFiles>,
    file: String,
    order: CalendarOrder,
) -> Answer<Exported> {
    let (practice, target) = (desk.practice()?, chosen.path_to_write(&file).ok_or_else(no_file)?);
    Ok(export::calendar_file(&practice, &order, &target)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn export_plans(desk: State<'_, Desk>, chosen: State<'_, ChosenFiles>, file: String) -> Answer<Exported> {
    let (practice, target) = (desk.practice()?, chosen.path_to_write(&file).ok_or_else(no_file)?);
    Ok(export::plans_workbook(&practice, &target)?)
}
