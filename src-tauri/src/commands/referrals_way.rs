//! How referrals go their way: paths, who holds the baton, stages, leaks, and when the practice works.

use baton_core::foundation::id::{RecordId, ReferralId};
use baton_core::foundation::working_days::Calendar;
use baton_core::insights::{self, LeakReport, LoopReport, LoopState, Period};
use baton_core::referrals::process::{
    self, Absence, BatonCounts, BatonPage, BatonQuery, Board, BoardQuery, HandOffAnswer, HandOffShown,
    HandOver, LeakAction, LeakReason, Leaks, NewStep, PathShown, Process, ReferralWay, Reopening, StageMove,
};
use baton_core::referrals::{Direction, ReferralType};
use baton_core::vault::{self, CalendarYear};
use chrono::NaiveDate;
use tauri::State;

use crate::desk::Desk;
use crate::error::Answer;

#[tauri::command(async)]
#[specta::specta]
pub fn calendar_get(desk: State<'_, Desk>) -> Answer<Calendar> {
    Ok(vault::calendar(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn calendar_year(desk: State<'_, Desk>, year: i32) -> Answer<CalendarYear> {
    Ok(vault::calendar_year(&desk.practice()?, year)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn calendar_set(desk: State<'_, Desk>, calendar: Calendar) -> Answer<()> {
    let _: () = vault::set_calendar(&desk.practice()?, &calendar)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn calendar_reset(desk: State<'_, Desk>) -> Answer<()> {
    let _: () = vault::reset_calendar(&desk.practice()?)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn paths_list(desk: State<'_, Desk>) -> Answer<Vec<PathShown>> {
    Ok(process::paths(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn path_set(
    desk: State<'_, Desk>,
    direction: Direction,
    kind: Option<ReferralType>,
    process: Process,
) -> Answer<()> {
    let _: () = process::set_path(&desk.practice()?, direction, kind, &process)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn path_reset(desk: State<'_, Desk>, direction: Direction, kind: Option<ReferralType>) -> Answer<()> {
    let _: () = process::reset_path(&desk.practice()?, direction, kind)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn batons_list(desk: State<'_, Desk>, query: BatonQuery) -> Answer<BatonPage> {
    Ok(process::batons(&desk.practice()?, &query)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn baton_counts(desk: State<'_, Desk>) -> Answer<BatonCounts> {
    Ok(process::baton_counts(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn batons_board(desk: State<'_, Desk>, query: BoardQuery) -> Answer<Board> {
    Ok(process::board(&desk.practice()?, &query)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_way(desk: State<'_, Desk>, id: ReferralId) -> Answer<ReferralWay> {
    Ok(process::way(&desk.practice()?, id)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_loop(desk: State<'_, Desk>, id: ReferralId) -> Answer<LoopState> {
    Ok(insights::loop_audit(&desk.practice()?, id)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_stage(desk: State<'_, Desk>, id: ReferralId, to: StageMove) -> Answer<()> {
    let _: () = process::move_to(&desk.practice()?, id, &to)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_step_add(desk: State<'_, Desk>, id: ReferralId, step: NewStep) -> Answer<RecordId> {
    Ok(process::add_step(&desk.practice()?, id, &step)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_step_remove(desk: State<'_, Desk>, step: RecordId) -> Answer<()> {
    let _: () = process::remove_step(&desk.practice()?, step)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_check(
    desk: State<'_, Desk>,
    id: ReferralId,
    stage: String,
    item: String,
    done: bool,
) -> Answer<()> {
    let _: () = process::check_item(&desk.practice()?, id, &stage, &item, done)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_reopen(desk: State<'_, Desk>, id: ReferralId, again: Reopening) -> Answer<()> {
    let _: () = process::reopen(&desk.practice()?, id, &again)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn baton_hand_over(desk: State<'_, Desk>, id: ReferralId, to: HandOver) -> Answer<()> {
    let _: () = process::hand_over(&desk.practice()?, id, &to)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn baton_answer(desk: State<'_, Desk>, id: ReferralId, answer: HandOffAnswer) -> Answer<()> {
    let _: () = process::answer_hand_over(&desk.practice()?, id, answer)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn baton_next(
    desk: State<'_, Desk>,
    id: ReferralId,
    next_step: Option<String>,
    due_on: Option<NaiveDate>,
) -> Answer<()> {
    let _: () = process::set_next_step(&desk.practice()?, id, next_step.as_deref(), due_on)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn baton_offers(desk: State<'_, Desk>) -> Answer<Vec<HandOffShown>> {
    Ok(process::hand_overs(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn absences_list(desk: State<'_, Desk>) -> Answer<Vec<Absence>> {
    Ok(process::absences(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn absence_set(desk: State<'_, Desk>, absence: Absence) -> Answer<()> {
    let _: () = process::set_absence(&desk.practice()?, &absence)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn absence_remove(desk: State<'_, Desk>, id: RecordId) -> Answer<()> {
    let _: () = process::remove_absence(&desk.practice()?, id)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn leaks_list(desk: State<'_, Desk>) -> Answer<Leaks> {
    Ok(process::leaks(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn leak_set(desk: State<'_, Desk>, id: ReferralId, action: LeakAction) -> Answer<()> {
    let _: () = process::settle_leak(&desk.practice()?, id, &action)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn leak_reasons(desk: State<'_, Desk>) -> Answer<Vec<LeakReason>> {
    Ok(process::leak_reasons(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn leak_reasons_set(desk: State<'_, Desk>, reasons: Option<Vec<LeakReason>>) -> Answer<()> {
    let _: () = process::set_leak_reasons(&desk.practice()?, reasons.as_deref())?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn leak_target(desk: State<'_, Desk>) -> Answer<Option<u8>> {
    Ok(process::leak_target(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn leak_target_set(desk: State<'_, Desk>, percent: Option<u8>) -> Answer<()> {
    let _: () = process::set_leak_target(&desk.practice()?, percent)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn insights_leaks(desk: State<'_, Desk>, period: Period) -> Answer<LeakReport> {
    Ok(insights::leak_report(&desk.practice()?, &period)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn insights_loops(desk: State<'_, Desk>, period: Period) -> Answer<LoopReport> {
    Ok(insights::loop_report(&desk.practice()?, &period)?)
}
