//! The time view, and what the clipboard may keep.

use baton_core::vault::{LockPolicy, Moment, lock_policy, set_lock_policy};
use serde::Serialize;
use tauri::{AppHandle, Runtime, State};

use crate::desk::Desk;
use crate::desktop::clipboard::Clipboard;
use crate::error::Answer;
use crate::jobs::Jobs;

/// The name of the work, for its progress and to stop it.
const JOB: &str = "time";

/// Which day the screens show, and how soon the practice locks.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DeskState {
    /// The earlier day that is looked at, yyyy-mm-dd.
    pub as_of: Option<String>,
    /// How soon it locks and forgets what was copied.
    pub policy: LockPolicy,
}

#[tauri::command(async)]
#[specta::specta]
pub fn desk_state(desk: State<'_, Desk>) -> Answer<DeskState> {
    let policy = lock_policy(desk.open()?.practice())?;
    Ok(DeskState { as_of: desk.then().map(|then| then.day.to_string()), policy })
}

/// Shows the practice as it was. Everything is read from that moment until `time_today`.
#[tauri::command(async)]
#[specta::specta]
pub fn time_look<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    jobs: State<'_, Jobs>,
    moment: Moment,
) -> Answer<()> {
    let open = desk.open()?;
    desk.look_at_today();
    let then = jobs.run(&app, JOB, |tell| open.unlocked().as_of(moment, tell))?;
    desk.look_back(&open, then)
}

/// Back to today.
#[tauri::command(async)]
#[specta::specta]
pub fn time_today(desk: State<'_, Desk>) -> Answer<()> {
    desk.practice()?;
    desk.look_at_today();
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn lock_policy_set(desk: State<'_, Desk>, policy: LockPolicy) -> Answer<()> {
    let _: () = set_lock_policy(&desk.practice()?, policy)?.value;
    Ok(())
}

/// The person copied this from a patient's field.
#[tauri::command(async)]
#[specta::specta]
pub fn clipboard_copied(desk: State<'_, Desk>, clipboard: State<'_, Clipboard>, text: String) -> Answer<()> {
    let text = zeroize::Zeroizing::new(text);
    clipboard.copied(&text, lock_policy(desk.open()?.practice())?.clipboard_seconds);
    Ok(())
}
