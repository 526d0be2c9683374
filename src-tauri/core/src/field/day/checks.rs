//! What a day and its stops keep to.

use rusqlite::Connection;

use super::types::{StopForm, VisitDayForm};
use crate::field::error::{FieldError, invalid};
use crate::field::places::{KeptPlace, PlaceFields, checked as place};
use crate::field::rows::stops as rows;
use crate::store::StoreError;

/// How long a goal may be.
const GOAL: usize = 300;

const START: PlaceFields = PlaceFields {
    name: "startName",
    zip: "startZip",
    latitude: "startLatitude",
    longitude: "startLongitude",
};
const END: PlaceFields =
    PlaceFields { name: "endName", zip: "endZip", latitude: "endLatitude", longitude: "endLongitude" };

/// Where a day begins and ends, if it can be kept.
pub(super) fn day(form: &VisitDayForm) -> Result<(KeptPlace, KeptPlace), FieldError> {
    if form.starts >= 24 * 60 {
        return invalid("starts", "Give a time between 12:00 am and 11:59 pm.");
    }
    if form.ends > 24 * 60 {
        return invalid("ends", "Give a time between 12:01 am and midnight.");
    }
    if form.ends <= form.starts {
        return invalid("ends", "The day ends before it starts. Give a later time.");
    }
    if form.lunch_from.is_some() && !(5..=240).contains(&form.lunch_minutes) {
        return invalid("lunchMinutes", "Give 5 to 240 minutes for the meal.");
    }
    if form.lunch_from.is_some_and(|from| from < form.starts || from >= form.ends) {
        return invalid("lunchFrom", "The meal lies outside the day. Give a time within it, or none.");
    }
    let start = place(&form.start, &START)?;
    let end = form.end.as_ref().map_or_else(|| Ok(start.clone()), |end| place(end, &END))?;
    Ok((start, end))
}

/// A stop as it is kept.
pub(super) fn stop(conn: &Connection, form: &StopForm) -> Result<StopForm, FieldError> {
    let (_, class, _) = rows::partner(conn, form.partner)?.ok_or(FieldError::Missing)?;
    if class == "patient" {
        return invalid(
            "partner",
            "This partner is a patient, and is not visited. Choose an office or a business.",
        );
    }
    if !(5..=480).contains(&form.minutes) {
        return invalid("minutes", "Give 5 to 480 minutes.");
    }
    for (field, minute) in [("opens", form.opens), ("closes", form.closes)] {
        if minute.is_some_and(|minute| minute >= 24 * 60) {
            return invalid(field, "Give a time between 12:00 am and 11:59 pm.");
        }
    }
    if form.opens.zip(form.closes).is_some_and(|(opens, closes)| closes < opens) {
        return invalid("closes", "This ends before it starts. Give a later time.");
    }
    if !(1..=5).contains(&form.priority) {
        return invalid("priority", "Give a priority from 1 to 5.");
    }
    if form.way_minutes.is_some_and(|minutes| minutes > 600) {
        return invalid("wayMinutes", "Give at most 600 minutes.");
    }
    let goal = form.goal.split_whitespace().collect::<Vec<_>>().join(" ");
    if goal.chars().count() > GOAL {
        return invalid("goal", "This is too long. Keep it to 300 letters.");
    }
    if let Some(person) = form.person
        && !rows::works_there(conn, form.partner, person)?
    {
        return invalid("person", "This person does not work there. Choose somebody who does.");
    }
    Ok(StopForm { goal, ..form.clone() })
}

/// Goes on only where this partner is not in the day already.
pub(super) fn once(stops: &[rows::KeptStop], form: &StopForm) -> Result<(), FieldError> {
    if stops.iter().any(|stop| stop.form.partner == form.partner) {
        return invalid("partner", "This partner is a stop of the day already.");
    }
    if stops.len() >= crate::field::route::MOST {
        return invalid(
            "partner",
            "This day has 200 stops, the most a day can hold. Take one away first, or choose another day.",
        );
    }
    Ok(())
}

/// The name of a partner.
pub(super) fn name_of(conn: &Connection, form: &StopForm) -> Result<String, StoreError> {
    Ok(rows::partner(conn, form.partner)?.map(|(name, _, _)| name).unwrap_or_default())
}
