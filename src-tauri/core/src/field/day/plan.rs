//! Putting a day down, and taking it away.

use chrono::NaiveDate;

use super::checks;
use super::log::finish;
use super::types::{StopForm, VisitDayForm};
use crate::field::error::{FieldError, invalid};
use crate::field::rows::days::{self as rows, KeptDay};
use crate::field::rows::stops as stops_in;
use crate::foundation::id::{ProfileId, VisitDayId};
use crate::practice::Practice;
use crate::store::{Label, StoreError, Tx, Written};
use crate::vault::{Area, Need};

/// Plans somebody's day, or changes its frame; its stops stay.
///
/// # Errors
/// [`FieldError::Invalid`] with the field, [`FieldError::Missing`] for a profile that is not there; those of the file.
pub fn plan_day(
    practice: &Practice,
    on: NaiveDate,
    liaison: ProfileId,
    form: &VisitDayForm,
) -> Result<Written<VisitDayId>, FieldError> {
    practice.may(Need::Write(Area::Outreach))?;
    let (start, end) = checks::day(form)?;
    practice.write(Label::hand("visit_day_plan", on.format("%b %-d").to_string()), |tx| {
        rows::profile(tx, liaison)?.ok_or(FieldError::Missing)?;
        let before = rows::of(tx, on, liaison)?;
        let day = KeptDay {
            id: before.as_ref().map_or_else(VisitDayId::new, |day| day.id),
            on,
            liaison,
            starts: form.starts,
            ends: form.ends,
            start: start.clone(),
            end: end.clone(),
            lunch_from: form.lunch_from,
            lunch_minutes: if form.lunch_from.is_some() { form.lunch_minutes } else { 0 },
            home_tenths: before.as_ref().and_then(|day| day.home_tenths),
        };
        if before.as_ref() == Some(&day) {
            return Ok(day.id);
        }
        let moved = before.as_ref().is_some_and(|before| before.start != day.start);
        if moved && stops_in::of_day(tx, day.id)?.iter().any(|stop| stop.touch.is_some()) {
            return invalid("startName", "A visit of this day is logged, so it stays where it began.");
        }
        rows::put(tx, &day)?;
        // What was driven home depends on where that is.
        finish(tx, &day)?;
        Ok(day.id)
    })
}

/// Takes a day away with its stops.
///
/// # Errors
/// [`FieldError::Invalid`] where a visit of it is logged; [`FieldError::Missing`]; those of the file.
pub fn remove_day(practice: &Practice, id: VisitDayId) -> Result<Written<()>, FieldError> {
    practice.may(Need::Write(Area::Outreach))?;
    let day = practice.read(|conn| rows::by_id(conn, id))?.ok_or(FieldError::Missing)?;
    practice.write(Label::hand("visit_day_remove", day.on.format("%b %-d").to_string()), |tx| {
        if stops_in::of_day(tx, id)?.iter().any(|stop| stop.touch.is_some()) {
            return invalid(
                "day",
                "A visit of this day is logged, so it stays. Take single stops away instead.",
            );
        }
        Ok(rows::delete(tx, id)?)
    })
}

/// Puts a day of whoever writes down with its stops in this order, within a write somebody holds.
pub(crate) fn put_day_in(
    tx: &Tx<'_>,
    on: NaiveDate,
    form: &VisitDayForm,
    stops: &[StopForm],
) -> Result<(), StoreError> {
    let kept = |error: FieldError| match error {
        FieldError::Store(error) => error,
        other => StoreError::Database(other.to_string()),
    };
    let (start, end) = checks::day(form).map_err(kept)?;
    let day = KeptDay {
        id: VisitDayId::new(),
        on,
        liaison: tx.actor.id,
        starts: form.starts,
        ends: form.ends,
        start,
        end,
        lunch_from: form.lunch_from,
        lunch_minutes: form.lunch_minutes,
        home_tenths: None,
    };
    rows::put(tx, &day)?;
    for (position, stop) in (1..).zip(stops) {
        let stop = checks::stop(tx, stop).map_err(kept)?;
        stops_in::insert(tx, day.id, position, &stop)?;
    }
    Ok(())
}
