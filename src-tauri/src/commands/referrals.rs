//! The register and the intake.

use baton_core::foundation::id::ReferralId;
use baton_core::referrals::{
    self, Intake, ReferralChange, ReferralPage, ReferralPageRecord, ReferralQuery, RegisterRow,
    SourceSuggestion, Taken, TodayOverview, UsedWords,
};
use tauri::State;

use crate::desk::Desk;
use crate::error::Answer;

#[tauri::command(async)]
#[specta::specta]
pub fn referrals_list(desk: State<'_, Desk>, query: ReferralQuery) -> Answer<ReferralPage> {
    Ok(referrals::referrals(&desk.practice()?, &query)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_get(desk: State<'_, Desk>, id: ReferralId) -> Answer<ReferralPageRecord> {
    Ok(referrals::referral(&desk.practice()?, id)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_intake(desk: State<'_, Desk>, intake: Intake) -> Answer<Taken> {
    Ok(referrals::intake(&desk.practice()?, &intake)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_edit(
    desk: State<'_, Desk>,
    id: ReferralId,
    changes: Vec<ReferralChange>,
    expected_changed_at: Option<f64>,
) -> Answer<()> {
    let _: () =
        referrals::edit(&desk.practice()?, id, &changes, expected_changed_at.map(|at| at as i64))?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_trash(desk: State<'_, Desk>, id: ReferralId, reason: Option<String>) -> Answer<()> {
    let _: () = referrals::trash(&desk.practice()?, id, reason.as_deref())?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_restore(desk: State<'_, Desk>, id: ReferralId) -> Answer<()> {
    let _: () = referrals::restore(&desk.practice()?, id)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_sources(desk: State<'_, Desk>, text: String, limit: u32) -> Answer<Vec<SourceSuggestion>> {
    Ok(referrals::suggest_sources(&desk.practice()?, &text, limit)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn referrals_open_of_patient(
    desk: State<'_, Desk>,
    name: String,
    chart_number: Option<String>,
) -> Answer<Vec<RegisterRow>> {
    Ok(referrals::open_of_patient(&desk.practice()?, &name, chart_number.as_deref())?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_words(desk: State<'_, Desk>) -> Answer<UsedWords> {
    Ok(referrals::used_words(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn today_overview(desk: State<'_, Desk>) -> Answer<TodayOverview> {
    Ok(referrals::today(&desk.practice()?)?)
}
