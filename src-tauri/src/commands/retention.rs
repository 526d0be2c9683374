//! What is kept, held, let go and erased.

use baton_core::foundation::id::RecordId;
use baton_core::retention::{
    self, ErasureDone, ErasureRequest, HeldAbout, Hold, LookedFor, Policy, PurgeDone, PurgePreview, RecordRef,
};
use tauri::State;

use crate::desk::Desk;
use crate::error::Answer;

#[tauri::command(async)]
#[specta::specta]
pub fn retention_policy(desk: State<'_, Desk>) -> Answer<Policy> {
    Ok(retention::policy(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn retention_set(desk: State<'_, Desk>, policy: Policy) -> Answer<()> {
    let _: () = retention::set_policy(&desk.practice()?, policy)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn holds_list(desk: State<'_, Desk>) -> Answer<Vec<Hold>> {
    Ok(retention::holds(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn hold_place(desk: State<'_, Desk>, record: Option<RecordRef>, reason: String) -> Answer<RecordId> {
    Ok(retention::place_hold(&desk.practice()?, record, &reason)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn hold_lift(desk: State<'_, Desk>, id: RecordId, reason: String) -> Answer<()> {
    let _: () = retention::lift_hold(&desk.practice()?, id, &reason)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn purge_preview(desk: State<'_, Desk>) -> Answer<PurgePreview> {
    Ok(retention::purge_preview(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn purge_run(desk: State<'_, Desk>, approved: Vec<RecordRef>) -> Answer<PurgeDone> {
    Ok(retention::purge(&desk.practice()?, &approved)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn held_about(desk: State<'_, Desk>, who: LookedFor) -> Answer<HeldAbout> {
    Ok(retention::held_about(&desk.practice()?, who)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn erasure_decide(desk: State<'_, Desk>, who: LookedFor, request: ErasureRequest) -> Answer<ErasureDone> {
    Ok(retention::erase(&desk.practice()?, who, &request)?.value)
}
