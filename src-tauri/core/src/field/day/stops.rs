//! The stops of a day: added, changed, moved, ordered, taken away.

use super::checks;
use super::course::{course, detour};
use super::log::finish;
use super::order::order;
use super::types::{LeftStop, OrderedDay, StopForm};
use super::view::{call_of, frame_of};
use crate::field::error::{FieldError, invalid};
use crate::field::places::Spot;
use crate::field::rows::days::{self, KeptDay};
use crate::field::rows::stops::{self as rows, KeptStop};
use crate::foundation::id::{VisitDayId, VisitStopId};
use crate::practice::Practice;
use crate::store::{Label, StoreError, Tx, Written};
use crate::vault::{Area, Need};

/// The day, if whoever is at the desk sees it.
fn seen_day(practice: &Practice, id: VisitDayId) -> Result<KeptDay, FieldError> {
    practice.read(|conn| days::by_id(conn, id))?.ok_or(FieldError::Missing)
}

/// The stop, if whoever is at the desk sees it and it is still ahead.
pub(super) fn seen_stop(practice: &Practice, id: VisitStopId) -> Result<KeptStop, FieldError> {
    let stop = practice.read(|conn| rows::by_id(conn, id))?.ok_or(FieldError::Missing)?;
    if stop.outcome.is_some() {
        return invalid("stop", "This stop is done. Take the log back in History to change it.");
    }
    Ok(stop)
}

/// Where one was last, as far as a map knows: at the last stop that was visited and has a place.
fn whereabouts<'a>(
    done: impl IntoIterator<Item = &'a KeptStop, IntoIter: DoubleEndedIterator>,
) -> Option<Spot> {
    done.into_iter().rev().filter(|stop| stop.touch.is_some()).find_map(|stop| stop.place.spot())
}

/// Puts a stop that is being logged behind what is done: one was there after that.
pub(super) fn follow(tx: &Tx<'_>, day: VisitDayId, id: VisitStopId) -> Result<(), StoreError> {
    let mut rest = rows::of_day(tx, day)?;
    rest.retain(|stop| stop.id != id);
    let done = rest.iter().rposition(|stop| stop.outcome.is_some()).map_or(0, |last| last + 1);
    let mut all: Vec<VisitStopId> = rest.iter().map(|stop| stop.id).collect();
    all.insert(done, id);
    arrange(tx, day, &all)
}

/// Puts the stops of a day in this order.
fn arrange<'a>(
    tx: &Tx<'_>,
    day: VisitDayId,
    stops: impl IntoIterator<Item = &'a VisitStopId>,
) -> Result<(), StoreError> {
    for (position, stop) in (1..).zip(stops) {
        rows::place(tx, *stop, day, position)?;
    }
    Ok(())
}

/// Numbers what is left of a day anew, after a stop has gone from it.
fn close_up(tx: &Tx<'_>, day: &KeptDay) -> Result<(), FieldError> {
    let rest: Vec<VisitStopId> = rows::of_day(tx, day.id)?.iter().map(|stop| stop.id).collect();
    arrange(tx, day.id, &rest)?;
    finish(tx, day)
}

/// Adds a stop where it adds the least to the way; one without a place, at the end.
///
/// # Errors
/// [`FieldError::Invalid`] with the field; [`FieldError::Missing`] for the day or the partner; those of the file.
pub fn add_stop(
    practice: &Practice,
    day: VisitDayId,
    form: &StopForm,
) -> Result<Written<VisitStopId>, FieldError> {
    practice.may(Need::Write(Area::Outreach))?;
    practice.must_see(form.partner)?;
    let kept = seen_day(practice, day)?;
    practice.write(Label::hand("visit_stop_add", ""), |tx| {
        tx.subject(checks::name_of(tx, form)?);
        let before = rows::of_day(tx, day)?;
        checks::once(&before, form)?;
        let form = checks::stop(tx, form)?;
        let (_, _, address) = rows::partner(tx, form.partner)?.ok_or(FieldError::Missing)?;
        // Nothing is put before what is done already.
        let done = before.iter().rposition(|stop| stop.outcome.is_some()).map_or(0, |last| last + 1);
        let calls: Vec<_> = before[done..].iter().map(call_of).collect();
        let mut frame = frame_of(&kept);
        frame.start = whereabouts(&before[..done]).or(frame.start);
        let best = address.spot().and_then(|spot| detour(&frame, &calls, spot));
        let at = best.map_or(before.len(), |best| done + best.at);
        let id = rows::insert(tx, day, 0, &form)?;
        let mut all: Vec<VisitStopId> = before.iter().map(|stop| stop.id).collect();
        all.insert(at, id);
        arrange(tx, day, &all)?;
        finish(tx, &kept)?;
        Ok(id)
    })
}

/// Changes a stop; its partner stays.
///
/// # Errors
/// As [`add_stop`]; [`FieldError::Invalid`] for one that is done.
pub fn edit_stop(practice: &Practice, id: VisitStopId, form: &StopForm) -> Result<Written<()>, FieldError> {
    practice.may(Need::Write(Area::Outreach))?;
    let before = seen_stop(practice, id)?;
    practice.write(Label::hand("visit_stop_edit", before.name), |tx| {
        let form = checks::stop(tx, &StopForm { partner: before.form.partner, ..form.clone() })?;
        if form == before.form { Ok(()) } else { Ok(rows::update(tx, id, &form)?) }
    })
}

/// Takes a stop out of its day.
///
/// # Errors
/// [`FieldError::Missing`]; [`FieldError::Invalid`] for one that is done; those of the file.
pub fn remove_stop(practice: &Practice, id: VisitStopId) -> Result<Written<()>, FieldError> {
    practice.may(Need::Write(Area::Outreach))?;
    let stop = seen_stop(practice, id)?;
    let day = seen_day(practice, stop.day)?;
    practice.write(Label::hand("visit_stop_remove", stop.name), |tx| {
        rows::delete(tx, id)?;
        close_up(tx, &day)
    })
}

/// Moves a stop to another place, of its own day or of another: before the stop that has this place there now, counted from 0.
///
/// # Errors
/// [`FieldError::Missing`]; [`FieldError::Invalid`] for one that is done, or where the partner is in that day already; those of
/// the file.
pub fn move_stop(
    practice: &Practice,
    id: VisitStopId,
    day: VisitDayId,
    to: u32,
) -> Result<Written<()>, FieldError> {
    practice.may(Need::Write(Area::Outreach))?;
    let stop = seen_stop(practice, id)?;
    let (to_day, from_day) = (seen_day(practice, day)?, seen_day(practice, stop.day)?);
    practice.write(Label::hand("visit_stop_move", stop.name.clone()), |tx| {
        let mut there = rows::of_day(tx, day)?;
        if stop.day != day {
            checks::once(&there, &stop.form)?;
        }
        there.retain(|other| other.id != id);
        let done = there.iter().rposition(|stop| stop.outcome.is_some()).map_or(0, |last| last + 1);
        let at = usize::try_from(to).unwrap_or(usize::MAX).clamp(done, there.len().max(done));
        let mut all: Vec<VisitStopId> = there.iter().map(|stop| stop.id).collect();
        all.insert(at, id);
        arrange(tx, day, &all)?;
        finish(tx, &to_day)?;
        if stop.day == day { Ok(()) } else { close_up(tx, &from_day) }
    })
}

/// Orders the stops that are still ahead: the most that fit, then the least on the road. What does not fit stands at the end and is
/// told with its reason.
///
/// # Errors
/// [`FieldError::Missing`]; those of the file.
pub fn order_stops(practice: &Practice, day: VisitDayId) -> Result<Written<OrderedDay>, FieldError> {
    practice.may(Need::Write(Area::Outreach))?;
    let kept = seen_day(practice, day)?;
    practice.write(Label::hand("visit_day_order", kept.on.format("%b %-d").to_string()), |tx| {
        let all = rows::of_day(tx, day)?;
        let (done, ahead): (Vec<&KeptStop>, Vec<&KeptStop>) =
            all.iter().partition(|stop| stop.outcome.is_some());
        let mut frame = frame_of(&kept);
        if done.iter().any(|stop| stop.touch.is_some()) {
            // One goes on from where one is, at the time the plan has for it.
            let calls: Vec<_> =
                done.iter().filter(|stop| stop.touch.is_some()).map(|stop| call_of(stop)).collect();
            let so_far = course(&frame, &calls);
            frame.starts = so_far.stops.last().map_or(frame.starts, |last| last.leave).min(frame.ends);
            frame.start = whereabouts(done.iter().copied()).or(frame.start);
            frame.lunch = frame.lunch.filter(|(from, _)| *from >= frame.starts);
        }
        let calls: Vec<_> = ahead.iter().map(|stop| call_of(stop)).collect();
        let found = order(&frame, &calls)?;
        let after: Vec<_> = found.order.iter().map(|at| calls[*at]).collect();
        let driving = |calls: &[_]| i32::try_from(course(&frame, calls).driving).unwrap_or(i32::MAX);
        let saved = driving(&calls) - driving(&after);
        let ids = done.iter().map(|stop| stop.id).chain(found.order.iter().map(|at| ahead[*at].id));
        let ids: Vec<VisitStopId> = ids.collect();
        let changed = ids.iter().ne(all.iter().map(|stop| &stop.id));
        arrange(tx, day, &ids)?;
        let left = found.left.iter().map(|(at, why)| LeftStop { stop: ahead[*at].id, why: *why }).collect();
        Ok(OrderedDay { changed, saved, left })
    })
}
