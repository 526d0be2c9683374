//! What the numbers say.

use baton_core::foundation::id::PartnerId;
use baton_core::insights::{self, NamedPeriod, PartnerScorecard, Period, Scorecards};
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
