//! What each role may do.

use baton_core::store::Entry;
use baton_core::vault::{self, Rights, RightsOf, Role};
use tauri::State;

use crate::desk::Desk;
use crate::error::Answer;

#[tauri::command(async)]
#[specta::specta]
pub fn rights_list(desk: State<'_, Desk>) -> Answer<Vec<RightsOf>> {
    Ok(vault::rights_of_all(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn rights_set(desk: State<'_, Desk>, role: Role, rights: Rights) -> Answer<Option<Entry>> {
    Ok(vault::set_rights(&desk.practice()?, role, &rights)?.entry)
}

#[tauri::command(async)]
#[specta::specta]
pub fn rights_reset(desk: State<'_, Desk>, role: Role) -> Answer<Option<Entry>> {
    Ok(vault::reset_rights(&desk.practice()?, role)?.entry)
}
