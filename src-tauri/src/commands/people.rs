//! Profiles, keys and ways in.

use baton_core::foundation::id::{ProfileId, RecordId};
use baton_core::network::{self, BulkDone};
use baton_core::outreach;
use baton_core::vault::{self, Handed, Member, ProfileForm, WaysIn};
use tauri::{AppHandle, Runtime, State};

use crate::commands::vault::RecoverySheetView;
use crate::desk::Desk;
use crate::error::Answer;
use crate::vault::Door;

/// Everybody who works or worked here.
#[tauri::command(async)]
#[specta::specta]
pub fn people_members(desk: State<'_, Desk>) -> Answer<Vec<Member>> {
    desk.with_open(|open| Ok(vault::members(open.unlocked())?))
}

#[tauri::command(async)]
#[specta::specta]
pub fn people_add(
    desk: State<'_, Desk>,
    door: State<'_, Door>,
    passphrase: String,
    form: ProfileForm,
) -> Answer<Handed> {
    door.confirming(&desk, passphrase, |open, own| vault::add_profile(door.machine(), open, own, &form))
}

#[tauri::command(async)]
#[specta::specta]
pub fn people_edit(
    desk: State<'_, Desk>,
    door: State<'_, Door>,
    passphrase: String,
    id: ProfileId,
    form: ProfileForm,
) -> Answer<()> {
    door.confirming(&desk, passphrase, |open, own| vault::edit_profile(open, own, id, &form))
}

#[tauri::command(async)]
#[specta::specta]
pub fn people_retire(
    desk: State<'_, Desk>,
    door: State<'_, Door>,
    passphrase: String,
    id: ProfileId,
) -> Answer<()> {
    door.confirming(&desk, passphrase, |open, own| vault::retire_profile(door.machine(), open, own, id))
}

/// A new phrase for somebody who forgot theirs or comes back.
#[tauri::command(async)]
#[specta::specta]
pub fn people_hand_phrase(
    desk: State<'_, Desk>,
    door: State<'_, Door>,
    passphrase: String,
    id: ProfileId,
) -> Answer<Handed> {
    door.confirming(&desk, passphrase, |open, own| vault::hand_phrase(door.machine(), open, own, id))
}

/// Gives the open tasks and running plans of one of us to another.
#[tauri::command(async)]
#[specta::specta]
pub fn people_hand_over_tasks(desk: State<'_, Desk>, from: ProfileId, to: ProfileId) -> Answer<u32> {
    Ok(outreach::hand_over_tasks(&desk.practice()?, from, to)?.value)
}

/// Gives the partners one of us looks after to another.
#[tauri::command(async)]
#[specta::specta]
pub fn people_hand_over(desk: State<'_, Desk>, from: ProfileId, to: Option<ProfileId>) -> Answer<BulkDone> {
    Ok(network::hand_over(&desk.practice()?, from, to)?.value)
}

/// What opens the practice.
#[tauri::command(async)]
#[specta::specta]
pub fn keys_list(desk: State<'_, Desk>) -> Answer<WaysIn> {
    desk.with_open(|open| Ok(vault::ways_in(open.unlocked())?))
}

#[tauri::command(async)]
#[specta::specta]
pub fn keys_remove(
    desk: State<'_, Desk>,
    door: State<'_, Door>,
    passphrase: String,
    id: RecordId,
) -> Answer<()> {
    door.confirming(&desk, passphrase, |open, own| vault::remove_key(door.machine(), open, own, id))
}

#[tauri::command(async)]
#[specta::specta]
pub fn keys_keyring_on(desk: State<'_, Desk>, door: State<'_, Door>, passphrase: String) -> Answer<()> {
    door.confirming(&desk, passphrase, |open, own| vault::enable_keyring(door.machine(), open, own))
}

#[tauri::command(async)]
#[specta::specta]
pub fn keys_keyring_off(desk: State<'_, Desk>, door: State<'_, Door>) -> Answer<()> {
    desk.with_open(|open| Ok(vault::disable_keyring(door.machine(), open.unlocked())?))
}

/// Lets keyrings unlock this practice, or forbids it.
#[tauri::command(async)]
#[specta::specta]
pub fn keys_keyring_allow(
    desk: State<'_, Desk>,
    door: State<'_, Door>,
    passphrase: String,
    allowed: bool,
) -> Answer<()> {
    door.confirming(&desk, passphrase, |open, own| vault::allow_keyring(open, own, allowed))
}

/// Makes a new recovery key; it counts once it was typed back (`recovery_confirm`).
#[tauri::command(async)]
#[specta::specta]
pub fn keys_renew_recovery(
    desk: State<'_, Desk>,
    door: State<'_, Door>,
    passphrase: String,
) -> Answer<RecoverySheetView> {
    door.prepare_recovery(&desk, passphrase)?;
    RecoverySheetView::shown(&door)
}

/// Makes a new key for the practice; it counts once its recovery key was typed back and [`keys_change`] is asked.
#[tauri::command(async)]
#[specta::specta]
pub fn keys_prepare_change(
    desk: State<'_, Desk>,
    door: State<'_, Door>,
    passphrase: String,
) -> Answer<RecoverySheetView> {
    door.prepare_rotation(&desk, passphrase)?;
    RecoverySheetView::shown(&door)
}

/// Encrypts the practice under the new key; what is to be handed to everybody else.
#[tauri::command(async)]
#[specta::specta]
pub fn keys_change<R: Runtime>(app: AppHandle<R>, door: State<'_, Door>) -> Answer<Vec<Handed>> {
    door.rotate(&app)
}

/// A recovery key that was prepared does not come to count.
#[tauri::command(async)]
#[specta::specta]
pub fn keys_leave(door: State<'_, Door>) {
    door.forget_prepared();
}
