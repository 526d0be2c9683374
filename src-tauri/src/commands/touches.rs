//! Contacts with partners, how often they hear from us, and how close they are.

use baton_core::exchange::export::{self, Exported, TouchLogOrder};
use baton_core::foundation::id::{PartnerId, ProfileId, TouchId};
use baton_core::network::Ring;
use baton_core::outreach::{
    self, CadencePage, CadenceRules, Closeness, DueList, DueQuery, NewTouch, Nurture, OutreachFigures,
    Snooze, TouchCategory, TouchConcern, TouchList, TouchQuery, TouchesToSort,
};
use tauri::State;

use super::export::no_file;
use crate::desk::Desk;
use crate::desktop::dialogs::ChosenFiles;
use crate::error::Answer;

#[tauri::command(async)]
#[specta::specta]
pub fn touch_log(desk: State<'_, Desk>, touch: NewTouch, concern: Option<TouchConcern>) -> Answer<TouchId> {
    Ok(outreach::log_touch_with(&desk.practice()?, &touch, concern.as_ref())?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn touch_edit(desk: State<'_, Desk>, id: TouchId, touch: NewTouch, seen_at: f64) -> Answer<()> {
    let _: () = outreach::edit_touch(&desk.practice()?, id, &touch, seen_at as i64)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn touch_trash(desk: State<'_, Desk>, id: TouchId) -> Answer<()> {
    let _: () = outreach::trash_touch(&desk.practice()?, id)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn touch_restore(desk: State<'_, Desk>, id: TouchId) -> Answer<()> {
    let _: () = outreach::restore_touch(&desk.practice()?, id)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn touches_to_sort(desk: State<'_, Desk>) -> Answer<TouchesToSort> {
    Ok(outreach::touches_to_sort(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn touch_sort(desk: State<'_, Desk>, id: TouchId, category: TouchCategory) -> Answer<()> {
    let _: () = outreach::sort_touch(&desk.practice()?, id, category)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn touches_of(desk: State<'_, Desk>, query: TouchQuery) -> Answer<TouchList> {
    Ok(outreach::touches_of(&desk.practice()?, &query)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn due_list(desk: State<'_, Desk>, query: DueQuery) -> Answer<DueList> {
    Ok(outreach::due_list(&desk.practice()?, &query)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn cadence_of(desk: State<'_, Desk>, partner: PartnerId) -> Answer<CadencePage> {
    Ok(outreach::cadence_of(&desk.practice()?, partner)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn nurture_set(desk: State<'_, Desk>, partner: PartnerId, nurture: Nurture) -> Answer<()> {
    let _: () = outreach::set_nurture(&desk.practice()?, partner, &nurture)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn partner_snooze(desk: State<'_, Desk>, partner: PartnerId, snooze: Option<Snooze>) -> Answer<()> {
    let _: () = outreach::snooze_partner(&desk.practice()?, partner, snooze.as_ref())?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn cadence_rules(desk: State<'_, Desk>) -> Answer<CadenceRules> {
    Ok(outreach::cadence_rules(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn cadence_rules_set(desk: State<'_, Desk>, rules: CadenceRules) -> Answer<()> {
    let _: () = outreach::set_cadence_rules(&desk.practice()?, &rules)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn closeness_of(desk: State<'_, Desk>, partner: PartnerId) -> Answer<Closeness> {
    Ok(outreach::closeness(&desk.practice()?, partner)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn ring_set(desk: State<'_, Desk>, partner: PartnerId, ring: Option<Ring>, reason: String) -> Answer<()> {
    let _: () = outreach::set_ring(&desk.practice()?, partner, ring, &reason)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn deputy_set(desk: State<'_, Desk>, partner: PartnerId, deputy: Option<ProfileId>) -> Answer<()> {
    let _: () = outreach::set_deputy(&desk.practice()?, partner, deputy)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn outreach_figures(desk: State<'_, Desk>) -> Answer<OutreachFigures> {
    Ok(outreach::outreach_figures(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn export_touches(
    desk: State<'_, Desk>,
    chosen: State<'_, ChosenFiles>,
    file: String,
    order: TouchLogOrder,
) -> Answer<Exported> {
    let (practice, target) = (desk.practice()?, chosen.path_to_write(&file).ok_or_else(no_file)?);
    Ok(export::touch_log(&practice, &order, &target)?)
}
