//! A day as it is shown: its stops with the times of their course.

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::course::{Call, Course, Frame, course};
use super::types::{DayStatus, FieldDay, FieldPlan, FieldStop, Meal, StopOutcome, VisitDayForm};
use crate::field::error::FieldError;
use crate::field::places::PlaceForm;
use crate::field::rows::days::{self, KeptDay};
use crate::field::rows::stops::{self, KeptStop};
use crate::foundation::id::ProfileId;
use crate::practice::Practice;
use crate::vault::{Area, Hidden, Need};

/// Somebody who may have a day outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct FieldLiaison {
    /// The profile.
    pub id: ProfileId,
    /// Their name.
    pub name: String,
    /// What they are.
    pub role: String,
}

/// Who may have a day outside: everybody who works here, liaisons first.
///
/// # Errors
/// Those of the file.
pub fn field_liaisons(practice: &Practice) -> Result<Vec<FieldLiaison>, FieldError> {
    practice.may(Need::Read(Area::Outreach))?;
    let today = practice.today();
    practice.read(|conn| {
        let all = days::staff(conn, today)?;
        Ok(all.into_iter().map(|(id, name, role)| FieldLiaison { id, name, role }).collect())
    })
}

/// Somebody's day, planned or not.
///
/// # Errors
/// [`FieldError::Missing`] for a profile that is not there; those of the file.
pub fn field_day(practice: &Practice, on: NaiveDate, liaison: ProfileId) -> Result<FieldDay, FieldError> {
    practice.may(Need::Read(Area::Outreach))?;
    let hidden = practice.hidden();
    practice.read(|conn| {
        let liaison_name = days::profile(conn, liaison)?.ok_or(FieldError::Missing)?;
        let plan = days::of(conn, on, liaison)?.map(|day| shown(conn, &day, hidden)).transpose()?;
        let suggested = days::last(conn, liaison)?.map_or_else(first_day, |last| form_of(&last));
        Ok(FieldDay { on, liaison, liaison_name, plan, suggested })
    })
}

/// What the very first day begins with.
fn first_day() -> VisitDayForm {
    VisitDayForm {
        starts: 9 * 60,
        ends: 17 * 60,
        start: PlaceForm { name: "Office".into(), ..PlaceForm::default() },
        end: None,
        lunch_from: Some(12 * 60),
        lunch_minutes: 45,
    }
}

fn form_of(day: &KeptDay) -> VisitDayForm {
    VisitDayForm {
        starts: day.starts,
        ends: day.ends,
        start: day.start.form(),
        end: (day.end != day.start).then(|| day.end.form()),
        lunch_from: day.lunch_from,
        lunch_minutes: day.lunch_minutes,
    }
}

/// What frames the course of a day.
pub(super) fn frame_of(day: &KeptDay) -> Frame {
    Frame {
        starts: day.starts.into(),
        ends: day.ends.into(),
        start: day.start.spot(),
        end: day.end.spot(),
        lunch: day.lunch_from.map(|from| (from.into(), day.lunch_minutes.into())),
    }
}

/// A stop, as far as times are concerned.
pub(super) fn call_of(stop: &KeptStop) -> Call {
    let form = &stop.form;
    Call {
        spot: stop.place.spot(),
        way_minutes: form.way_minutes.map(u32::from),
        minutes: form.minutes.into(),
        opens: form.opens.map(u32::from),
        closes: form.closes.map(u32::from),
        priority: form.priority.into(),
    }
}

/// The stops that are not left out, and their course.
pub(in crate::field) fn planned(
    conn: &Connection,
    day: &KeptDay,
) -> Result<(Vec<KeptStop>, Course), FieldError> {
    let mut going = stops::of_day(conn, day.id)?;
    going.retain(|stop| stop.outcome != Some(StopOutcome::Skipped));
    let calls: Vec<Call> = going.iter().map(call_of).collect();
    let course = course(&frame_of(day), &calls);
    Ok((going, course))
}

fn shown(conn: &Connection, day: &KeptDay, hidden: Hidden) -> Result<FieldPlan, FieldError> {
    let all = stops::of_day(conn, day.id)?;
    let (_, course) = planned(conn, day)?;
    let mut timed = course.stops.iter();
    let mut shown = Vec::with_capacity(all.len());
    for stop in &all {
        let when = if stop.outcome == Some(StopOutcome::Skipped) { None } else { timed.next() };
        shown.push(FieldStop {
            id: stop.id,
            form: stop.form.clone(),
            name: stop.name_as_seen(hidden),
            person_name: stop.person_name.clone(),
            phone: stops::phone(conn, stop.form.partner)?,
            spot: stop.place.spot(),
            unknown_zip: stop.place.unknown_zip(),
            leg: when.and_then(|when| when.leg),
            arrive: when.map_or(0, |when| when.arrive),
            begin: when.map_or(0, |when| when.begin),
            leave: when.map_or(0, |when| when.leave),
            late: when.and_then(|when| when.late),
            outcome: stop.outcome,
            skip_reason: stop.skip_reason.clone(),
            touch: stop.touch,
            way_tenths: stop.way_tenths,
        });
    }
    let frame = frame_of(day);
    Ok(FieldPlan {
        id: day.id,
        form: form_of(day),
        status: status_of(&all),
        start: frame.start,
        end: frame.end,
        stops: shown,
        meal: course.lunch.map(|(after, at)| Meal {
            after: u32::try_from(after).unwrap_or(0),
            at,
            minutes: day.lunch_minutes.into(),
        }),
        back: course.back,
        finish: course.finish,
        over: course.over,
        tenths: course.tenths,
        driving: course.driving,
        home_tenths: day.home_tenths,
    })
}

/// How far a day is.
pub(super) fn status_of(stops: &[KeptStop]) -> DayStatus {
    let done = stops.iter().filter(|stop| stop.outcome.is_some()).count();
    match done {
        0 => DayStatus::Planned,
        done if done == stops.len() => DayStatus::Done,
        _ => DayStatus::UnderWay,
    }
}
