//! What the numbers say.

use baton_core::foundation::id::PartnerId;
use baton_core::insights::{
    self, NamedPeriod, PartnerExperience, PartnerScorecard, Period, Scorecards, VolumeIndependence,
};
use tauri::State;

use crate::desk::Desk;
use crate::error::Answer;

#[tauri::command(async)]
#[specta::specta]
pub fn insights_periods(desk: State<'_, Desk>) -> Answer<Vec<NamedPeriod>> {
    Ok(insights::periods(&desk.practice()?))
}

#[tauri::command(async)]
#[specta::specta]
pub fn insights_scorecards(desk: State<'_, Desk>, period: Period) -> Answer<Scorecards> {
    Ok(insights::scorecards(&desk.practice()?, &period)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn insights_scorecard(
    desk: State<'_, Desk>,
    partner: PartnerId,
    period: Period,
) -> Answer<PartnerScorecard> {
    Ok(insights::scorecard(&desk.practice()?, partner, &period)?)
}

#[tauri::command(async)]
#[specta::specta]
pub fn insights_experience(desk: State<'_, Desk>, partner: PartnerId) -> Answer<PartnerExperience> {
    Ok(insights::partner_experience(&desk.practice()?, partner)?)
}

/// For whoever approves gifts alone; no screen on which a gift is decided shows it.
#[tauri::command(async)]
#[specta::specta]
pub fn insights_independence(desk: State<'_, Desk>, year: i32) -> Answer<VolumeIndependence> {
    Ok(insights::independence_report(&desk.practice()?, year)?)
}
