//! Tasks and plans as a workbook: what is to be done, what was done, and what came of each plan, with what the words mean.

use std::path::Path;

use rust_xlsxwriter::Worksheet;

use super::cells::Pen;
use super::columns::{Cell, Kind};
use super::error::ExportError;
use super::log_file::{heading, statement_sheet};
use super::order::{Exported, SheetRows};
use super::register::{may_export, save, workbook};
use super::staged::{Staged, verify_workbook};
use crate::audit::record_export;
use crate::outreach::{
    self, OutreachMeasures, OutreachPlan, OutreachPlanState, OutreachShare, PlanQuery, TaskRow,
};
use crate::practice::Practice;
use crate::vault::Area;

const TASKS: [(&str, Kind, f64); 14] = [
    ("Task", Kind::Text, 37.0),
    ("What", Kind::Text, 44.0),
    ("Partner", Kind::Text, 30.0),
    ("Holder", Kind::Text, 22.0),
    ("Due on", Kind::Day, 11.0),
    ("Due at", Kind::Text, 8.0),
    ("First promised for", Kind::Day, 12.0),
    ("Comes again", Kind::Text, 12.0),
    ("Plan", Kind::Text, 24.0),
    ("Step", Kind::Number, 7.0),
    ("Stands", Kind::Text, 10.0),
    ("Done on", Kind::Day, 11.0),
    ("Done by", Kind::Text, 22.0),
    ("Promise kept", Kind::Text, 12.0),
];

const PLANS: [(&str, Kind, f64); 14] = [
    ("Plan", Kind::Text, 37.0),
    ("Name", Kind::Text, 26.0),
    ("Started together", Kind::Text, 37.0),
    ("Partner", Kind::Text, 30.0),
    ("Holder", Kind::Text, 22.0),
    ("Began on", Kind::Day, 11.0),
    ("Waits until", Kind::Day, 11.0),
    ("State", Kind::Text, 12.0),
    ("Ended on", Kind::Day, 11.0),
    ("Steps behind it", Kind::Number, 10.0),
    ("Steps", Kind::Number, 8.0),
    ("Answered on", Kind::Day, 11.0),
    ("Met on", Kind::Day, 11.0),
    ("Sent somebody on", Kind::Day, 12.0),
];

const DEFINITIONS: &[(&str, &str)] = &[
    (
        "Left out on purpose",
        "Notes, and every word of a task about a patient: it stands as “A task about a patient” or “A task about a referral”.",
    ),
    ("Due on", "The day a task is to be done by, as it stands now."),
    (
        "First promised for",
        "The day a partner was first told. Moving the task does not change it; promises are measured by it.",
    ),
    (
        "Promise kept",
        "Yes: done on or before the day first promised. No: done later, dropped, or the day is past. Empty: nothing was promised, or the day has not passed.",
    ),
    (
        "Follow-ups kept (follow_up_kept)",
        "Follow-ups first promised for a day of this year that were done on or before it ÷ all that were. What is promised for today or later and not done yet does not count.",
    ),
    (
        "Active partners with a next step (next_action_share)",
        "Active partners with an open task ÷ active partners. Every task has a day.",
    ),
    (
        "Stands",
        "Open, done, dropped. An open step of a plan that has ended is no task any more and is left out.",
    ),
    (
        "State of a plan",
        "Running; finished: every step is behind it; replied: they answered; referred: they sent somebody and it was to stop then; time over: its days were over; stopped by hand. The stop that came first counts.",
    ),
    (
        "Answered, met, sent somebody",
        "The first such day at most 90 days after the plan began: a two-way contact; one face to face or by video; a referral received from them. It came after the plan, which is no proof that it came of it. Empty for those who don't see referrals.",
    ),
];

fn words(code: &str) -> String {
    let text = code.replace('_', " ");
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Writes tasks and plans to `target`.
///
/// # Errors
/// See [`ExportError`]; what stood at `target` is unchanged then.
pub fn plans_workbook(practice: &Practice, target: &Path) -> Result<Exported, ExportError> {
    may_export(practice, &[Area::Outreach], false)?;
    let tasks = outreach::tasks_in_files(practice)?;
    let measures = outreach::outreach_measures(practice)?;
    let plans = outreach::plans_in_files(practice, &PlanQuery::default())?;
    let mut staged = Staged::begin(practice, target)?;
    let mut book = workbook(practice, &staged, "Plans and tasks")?;
    let mut pen = Pen::new();
    book.push_worksheet(task_sheet(practice, &tasks, &mut pen)?);
    book.push_worksheet(plan_sheet(&plans, &mut pen)?);
    let statement = statement(practice, &tasks, &plans, measures);
    book.push_worksheet(statement_sheet(&statement, DEFINITIONS, &mut pen)?);
    save(&mut book, &mut staged)?;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let sheets = vec![
        SheetRows { sheet: "Tasks".into(), rows: count(tasks.len()) },
        SheetRows { sheet: "Plans".into(), rows: count(plans.len()) },
    ];
    let expected: Vec<(usize, u32)> = (1..).zip(&sheets).map(|(at, sheet)| (at, sheet.rows + 1)).collect();
    verify_workbook(staged.file(), 3, &expected)?;
    let file_name = staged.file_name();
    let rows = sheets.iter().map(|sheet| sheet.rows).sum();
    let entry = record_export(practice, "export_plans", &file_name, rows, None)?;
    staged.finish()?;
    Ok(Exported { file_name, sheets, shortened: pen.shortened, left_out: 0, unnamed: 0, entry })
}

fn statement(
    practice: &Practice,
    tasks: &[TaskRow],
    plans: &[OutreachPlan],
    measures: OutreachMeasures,
) -> String {
    let open = tasks.iter().filter(|task| task.done_on.is_none() && task.dropped.is_none()).count();
    let running = plans.iter().filter(|plan| plan.state == OutreachPlanState::Running).count();
    let share = |OutreachShare { of, all }: OutreachShare| format!("{of} of {all}");
    format!(
        "{} tasks, {open} of them open; {} plans, {running} of them running. Follow-ups kept this year: {}. Active partners with a next step: {}. As of {}.",
        tasks.len(),
        plans.len(),
        share(measures.follow_up_kept),
        share(measures.next_action),
        practice.today()
    )
}

fn task_sheet(practice: &Practice, tasks: &[TaskRow], pen: &mut Pen) -> Result<Worksheet, ExportError> {
    let mut sheet = Worksheet::new();
    heading(&mut sheet, "Tasks", &TASKS)?;
    let day = |day: Option<chrono::NaiveDate>| day.map_or(Cell::Empty, Cell::Day);
    for (row, task) in (1u32..).zip(tasks) {
        let id = task.id.to_string();
        let at = task.due_at.map(|at| format!("{:02}:{:02}", at / 60, at % 60)).unwrap_or_default();
        let repeat = task.repeat.map(|repeat| words(repeat.code())).unwrap_or_default();
        let stands = match (task.done_on, &task.dropped) {
            (Some(_), _) => "Done",
            (None, Some(_)) => "Dropped",
            (None, None) => "Open",
        };
        let kept = task.promised_on.and_then(|promised| match task.done_on {
            Some(done) => Some(if done <= promised { "Yes" } else { "No" }),
            None => (promised < practice.today()).then_some("No"),
        });
        let cells = [
            Cell::Text(&id),
            Cell::Text(&task.title),
            Cell::Text(task.partner.as_ref().map(|partner| partner.name.as_str()).unwrap_or_default()),
            Cell::Text(&task.holder_name),
            Cell::Day(task.due_on),
            Cell::Text(&at),
            day(task.promised_on),
            Cell::Text(&repeat),
            Cell::Text(task.plan_name.as_deref().unwrap_or_default()),
            task.step.map_or(Cell::Empty, |(_, step)| Cell::Number(i64::from(step) + 1)),
            Cell::Text(stands),
            day(task.done_on),
            Cell::Text(task.done_by.as_deref().unwrap_or_default()),
            Cell::Text(kept.unwrap_or_default()),
        ];
        for (col, cell) in (0u16..).zip(cells) {
            pen.cell(&mut sheet, row, col, cell)?;
        }
    }
    Ok(sheet)
}

fn plan_sheet(plans: &[OutreachPlan], pen: &mut Pen) -> Result<Worksheet, ExportError> {
    let mut sheet = Worksheet::new();
    heading(&mut sheet, "Plans", &PLANS)?;
    let day = |day: Option<chrono::NaiveDate>| day.map_or(Cell::Empty, Cell::Day);
    for (row, plan) in (1u32..).zip(plans) {
        let (id, run, state) = (plan.id.to_string(), plan.run.to_string(), words(plan.state.code()));
        let cells = [
            Cell::Text(&id),
            Cell::Text(&plan.name),
            Cell::Text(&run),
            Cell::Text(&plan.partner.name),
            Cell::Text(&plan.holder_name),
            Cell::Day(plan.started_on),
            day(plan.stops_on),
            Cell::Text(&state),
            day(plan.ended_on),
            Cell::Number(plan.behind.into()),
            Cell::Number(plan.steps.into()),
            day(plan.result.replied_on),
            day(plan.result.met_on),
            day(plan.result.referred_on),
        ];
        for (col, cell) in (0u16..).zip(cells) {
            pen.cell(&mut sheet, row, col, cell)?;
        }
    }
    Ok(sheet)
}
