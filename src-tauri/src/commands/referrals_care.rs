//! What patients allow, what stays out of sight, and what else is asked about a referral.

use baton_core::foundation::id::{PatientId, RecordId, ReferralId};
use baton_core::insights::{self, CareReport, Period};
use baton_core::referrals::care::{
    self, Answers, Consent, ConsentNow, Experience, FollowUp, NewConsent, NewExperience, Restricted,
};
use tauri::State;

use crate::desk::Desk;
use crate::error::Answer;

#[tauri::command(async)]
#[specta::specta]
pub fn consents_list(desk: State<'_, Desk>, patient: PatientId) -> Answer<(Vec<Consent>, Vec<ConsentNow>)> {
    Ok(care::consents(&desk.practice()?, patient)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn consent_add(desk: State<'_, Desk>, patient: PatientId, consent: NewConsent) -> Answer<RecordId> {
    Ok(care::give_consent(&desk.practice()?, patient, &consent)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn consent_revoke(desk: State<'_, Desk>, id: RecordId) -> Answer<()> {
    let _: () = care::revoke_consent(&desk.practice()?, id)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn restricted_list(desk: State<'_, Desk>) -> Answer<Vec<Restricted>> {
    Ok(care::restricted(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_restrict(desk: State<'_, Desk>, id: ReferralId, note: Option<String>) -> Answer<()> {
    let _: () = care::restrict(&desk.practice()?, id, note.as_deref())?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_unrestrict(desk: State<'_, Desk>, id: ReferralId) -> Answer<()> {
    let _: () = care::unrestrict(&desk.practice()?, id)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_answers(desk: State<'_, Desk>, id: ReferralId) -> Answer<Answers> {
    Ok(care::answers(&desk.practice()?, id)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn referral_answers_set(desk: State<'_, Desk>, id: ReferralId, answers: Answers) -> Answer<()> {
    let _: () = care::set_answers(&desk.practice()?, id, &answers)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn experiences_list(desk: State<'_, Desk>, id: ReferralId) -> Answer<Vec<Experience>> {
    Ok(care::experiences(&desk.practice()?, id)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn experience_add(desk: State<'_, Desk>, id: ReferralId, experience: NewExperience) -> Answer<RecordId> {
    Ok(care::add_experience(&desk.practice()?, id, &experience)?.value)
}

#[tauri::command(async)]
#[specta::specta]
pub fn experience_remove(desk: State<'_, Desk>, id: RecordId) -> Answer<()> {
    let _: () = care::remove_experience(&desk.practice()?, id)?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn experience_follow_ups(desk: State<'_, Desk>) -> Answer<Vec<FollowUp>> {
    Ok(care::follow_ups(&desk.practice()?)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn experience_follow_up(desk: State<'_, Desk>, id: RecordId, note: Option<String>) -> Answer<()> {
    let _: () = care::follow_up(&desk.practice()?, id, note.as_deref())?.value;
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn insights_care(desk: State<'_, Desk>, period: Period) -> Answer<CareReport> {
    Ok(insights::care_report(&desk.practice()?, &period)?)
}
