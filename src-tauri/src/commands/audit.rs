//! The audit log, its reviews, disclosures, and what to do about doubt.

use baton_core::audit::{
    self, ChainState, Correction, Due, LogPage, LogQuery, NewDisclosure, PatientDisclosures, Review, SignOff,
};
use baton_core::exchange::export::{self, AccountingOrder, Exported, LogOrder};
use baton_core::foundation::id::{DisclosureId, PatientId, ProfileId};
use baton_core::vault::{Colleague, Doubt};
use chrono::NaiveDate;
use serde::Serialize;
use tauri::{AppHandle, Runtime, State};

use super::export::no_file;
use super::vault::locked_folder;
use crate::desk::Desk;
use crate::desktop::dialogs::ChosenFiles;
use crate::error::Answer;
use crate::jobs::Jobs;
use crate::vault::{Door, Unlocking};

/// The reviews there are, the one that waits, and whether whoever is at the desk may sign.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ReviewsView {
    pub may_sign: bool,
    pub due: Option<Due>,
    pub signed: Vec<Review>,
}

#[tauri::command(async)]
#[specta::specta]
pub fn audit_log(desk: State<'_, Desk>, query: LogQuery) -> Answer<LogPage> {
    Ok(audit::page(&desk.practice()?, &query)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn audit_check(desk: State<'_, Desk>) -> Answer<ChainState> {
    Ok(audit::check(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn audit_people(desk: State<'_, Desk>) -> Answer<Vec<Colleague>> {
    Ok(audit::people(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn audit_reviews(desk: State<'_, Desk>) -> Answer<ReviewsView> {
    let practice = desk.practice()?;
    let (may_sign, due) = (audit::may_review(&practice)?, audit::due(&practice)?);
    let signed = if may_sign { audit::reviews(&practice)? } else { Vec::new() };
    Ok(ReviewsView { may_sign, due, signed })
}

#[tauri::command(async)]
#[specta::specta]
pub fn audit_sign_off(desk: State<'_, Desk>, review: SignOff) -> Answer<()> {
    audit::sign_off(&desk.practice()?, &review)?;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn audit_export<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    jobs: State<'_, Jobs>,
    chosen: State<'_, ChosenFiles>,
    file: String,
    order: LogOrder,
) -> Answer<Exported> {
    let (practice, target) = (desk.practice()?, chosen.path_to_write(&file).ok_or_else(no_file)?);
    Ok(jobs.run(&app, "export", |progress| export::log_file(&practice, &order, &target, progress))?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn disclosures_get(
    desk: State<'_, Desk>,
    patient: PatientId,
    request_on: Option<NaiveDate>,
) -> Answer<PatientDisclosures> {
    Ok(audit::disclosures(&desk.practice()?, patient, request_on)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn disclosure_add(desk: State<'_, Desk>, patient: PatientId, disclosure: NewDisclosure) -> Answer<()> {
    audit::disclose(&desk.practice()?, patient, &disclosure)?;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn disclosure_correct(desk: State<'_, Desk>, entry: DisclosureId, correction: Correction) -> Answer<()> {
    audit::correct(&desk.practice()?, entry, &correction)?;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn disclosures_export(
    desk: State<'_, Desk>,
    chosen: State<'_, ChosenFiles>,
    file: String,
    order: AccountingOrder,
) -> Answer<Exported> {
    let (practice, target) = (desk.practice()?, chosen.path_to_write(&file).ok_or_else(no_file)?);
    Ok(export::accounting(&practice, &order, &target)?)
}

/// What is in doubt while one can only look.
#[tauri::command(async)]
#[specta::specta]
pub fn doubt_get(desk: State<'_, Desk>) -> Answer<Option<Doubt>> {
    desk.with_open(|open| Ok(open.unlocked().doubt()))
}

#[tauri::command(async)]
#[specta::specta]
pub fn doubt_acknowledge(desk: State<'_, Desk>, explanation: String) -> Answer<()> {
    desk.with_open(|open| Ok(open.unlocked().acknowledge(&explanation)?))
}

/// Unlocks a practice whose history is in doubt: one can look and change nothing.
#[tauri::command(async)]
#[specta::specta]
pub fn unlock_to_look<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    door: State<'_, Door>,
    profile: ProfileId,
    passphrase: String,
) -> Answer<Unlocking> {
    door.look_only(&app, &locked_folder(&desk)?, profile, &zeroize::Zeroizing::new(passphrase))
}
