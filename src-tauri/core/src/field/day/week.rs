//! Five days of somebody beside each other.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::types::{DayStatus, StopOutcome};
use super::view::{planned, status_of};
use crate::field::error::FieldError;
use crate::field::rows::{days, stops};
use crate::foundation::id::{ProfileId, VisitDayId, VisitStopId};
use crate::practice::Practice;
use crate::vault::{Area, Need};

/// A stop in the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct WeekStop {
    /// The record.
    pub id: VisitStopId,
    /// The partner.
    pub name: String,
    /// When it begins, in minutes since midnight; none where it is left out.
    pub begin: Option<u32>,
    /// The time is fixed.
    pub fixed: bool,
    /// It can't be kept.
    pub late: bool,
    /// What became of it.
    pub outcome: Option<StopOutcome>,
}

/// A day of the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct WeekDay {
    /// Which.
    pub on: NaiveDate,
    /// The plan, if there is one.
    pub day: Option<VisitDayId>,
    /// How far it is.
    pub status: Option<DayStatus>,
    /// Its stops in their order.
    pub stops: Vec<WeekStop>,
    /// All known ways, in tenths of a mile.
    pub tenths: u32,
    /// About how long they take.
    pub driving: u32,
    /// When one is back.
    pub finish: Option<u32>,
    /// So many minutes after the day should end.
    pub over: Option<u32>,
}

/// A week of somebody, Monday to Friday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct FieldWeek {
    /// Its Monday.
    pub monday: NaiveDate,
    /// Its days.
    pub days: Vec<WeekDay>,
}

/// The week a day lies in.
///
/// # Errors
/// Those of the file.
pub fn field_week(practice: &Practice, on: NaiveDate, liaison: ProfileId) -> Result<FieldWeek, FieldError> {
    practice.may(Need::Read(Area::Outreach))?;
    let monday = on - Days::new(on.weekday().num_days_from_monday().into());
    let hidden = practice.hidden();
    practice.read(|conn| {
        let kept = days::between(conn, liaison, monday, monday + Days::new(4))?;
        let mut week = Vec::with_capacity(5);
        for on in monday.iter_days().take(5) {
            let Some(day) = kept.iter().find(|day| day.on == on) else {
                week.push(WeekDay {
                    on,
                    day: None,
                    status: None,
                    stops: Vec::new(),
                    tenths: 0,
                    driving: 0,
                    finish: None,
                    over: None,
                });
                continue;
            };
            let all = stops::of_day(conn, day.id)?;
            let (going, course) = planned(conn, day)?;
            let shown = all.iter().map(|stop| {
                let timed = going.iter().position(|other| other.id == stop.id).map(|at| course.stops[at]);
                WeekStop {
                    id: stop.id,
                    name: stop.name_as_seen(hidden),
                    begin: timed.map(|timed| timed.begin),
                    fixed: stop.form.opens.is_some() && stop.form.opens == stop.form.closes,
                    late: timed.is_some_and(|timed| timed.late.is_some()),
                    outcome: stop.outcome,
                }
            });
            week.push(WeekDay {
                on,
                day: Some(day.id),
                status: Some(status_of(&all)),
                stops: shown.collect(),
                tenths: course.tenths,
                driving: course.driving,
                finish: (!going.is_empty()).then_some(course.finish),
                over: course.over,
            });
        }
        Ok(FieldWeek { monday, days: week })
    })
}
