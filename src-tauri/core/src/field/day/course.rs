//! How a day goes in the order it has: when one is where, what every way takes, and what does not fit. Pure.

use serde::{Deserialize, Serialize};

use crate::field::places::Spot;
use crate::field::ways::{drive_estimate, drive_tenths};

/// A meal may begin so many minutes later than it should.
pub(super) const LUNCH_LEEWAY: u32 = 120;

/// A way between two places, by car.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Leg {
    /// In tenths of a mile; none where the minutes were given by hand.
    pub tenths: Option<u32>,
    /// About how long it takes.
    pub minutes: u32,
}

/// What a day is framed by; times in minutes since midnight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::field) struct Frame {
    pub(in crate::field) starts: u32,
    pub(in crate::field) ends: u32,
    pub(in crate::field) start: Option<Spot>,
    pub(in crate::field) end: Option<Spot>,
    /// From when on, and how long.
    pub(in crate::field) lunch: Option<(u32, u32)>,
}

/// A stop, as far as times are concerned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::field) struct Call {
    pub(in crate::field) spot: Option<Spot>,
    /// By hand: to get there and away.
    pub(in crate::field) way_minutes: Option<u32>,
    pub(in crate::field) minutes: u32,
    pub(in crate::field) opens: Option<u32>,
    pub(in crate::field) closes: Option<u32>,
    pub(in crate::field) priority: u32,
}

impl Call {
    pub(super) fn is_fixed(&self) -> bool {
        self.opens.is_some() && self.opens == self.closes
    }
}

/// When one is at a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::field) struct Timed {
    /// The way there; none where a place is not known.
    pub(in crate::field) leg: Option<Leg>,
    pub(in crate::field) arrive: u32,
    pub(in crate::field) begin: u32,
    pub(in crate::field) leave: u32,
    /// So many minutes after it has closed.
    pub(in crate::field) late: Option<u32>,
}

/// How a day goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::field) struct Course {
    pub(in crate::field) stops: Vec<Timed>,
    /// After so many stops, at this time.
    pub(in crate::field) lunch: Option<(usize, u32)>,
    pub(in crate::field) back: Option<Leg>,
    pub(in crate::field) finish: u32,
    /// So many minutes after the day ends.
    pub(in crate::field) over: Option<u32>,
    /// Known ways together, in tenths of a mile and minutes.
    pub(in crate::field) tenths: u32,
    pub(in crate::field) driving: u32,
}

impl Course {
    /// How many stops can't be kept.
    fn misfits(&self) -> usize {
        self.stops.iter().filter(|stop| stop.late.is_some()).count()
    }
}

/// An end of a way: where it is, or how long one takes from or to it by hand.
pub(super) type End = (Option<Spot>, Option<u32>);

/// The way between two places. Where one of them is on no map, the minutes given for it by hand, the longer of both; none where
/// there are none.
pub(super) fn leg(from: End, to: End) -> Option<Leg> {
    match (from, to) {
        ((Some(from), _), (Some(to), _)) => Some(Leg {
            tenths: Some(drive_tenths(from.point(), to.point())),
            minutes: drive_estimate(from.point(), to.point()),
        }),
        (from, to) => {
            let by_hand = |(spot, minutes): End| minutes.filter(|_| spot.is_none());
            let known = |(spot, minutes): End| spot.is_some() || minutes.is_some();
            let minutes = by_hand(from).max(by_hand(to))?;
            (known(from) && known(to)).then_some(Leg { tenths: None, minutes })
        }
    }
}

/// The course of a day in the order of `calls`. A meal is taken where it makes the fewest stops late, then within its time, then
/// where the day ends soonest; whoever is back before its time takes none.
pub(in crate::field) fn course(frame: &Frame, calls: &[Call]) -> Course {
    let without = walk(frame, calls, None);
    let Some((from, minutes)) = frame.lunch.filter(|(from, minutes)| *minutes > 0 && without.finish > *from)
    else {
        return without;
    };
    let off = |at: u32| at.saturating_sub(from + LUNCH_LEEWAY);
    (0..=calls.len())
        .map(|after| walk(frame, calls, Some((after, from, minutes))))
        .min_by_key(|course| {
            let late = course.lunch.map_or(0, |(_, at)| off(at));
            (course.misfits(), late, course.finish, course.lunch.map(|(after, _)| after))
        })
        .unwrap_or_default()
}

/// The same with the meal after so many stops.
fn walk(frame: &Frame, calls: &[Call], lunch: Option<(usize, u32, u32)>) -> Course {
    let mut course = Course { finish: frame.starts, ..Course::default() };
    let (mut at, mut free) = ((frame.start, None), frame.starts);
    let eat = |after: usize, free: u32, course: &mut Course| match lunch {
        Some((place, from, minutes)) if place == after => {
            let begins = free.max(from);
            course.lunch = Some((after, begins));
            begins + minutes
        }
        _ => free,
    };
    for (number, call) in calls.iter().enumerate() {
        free = eat(number, free, &mut course);
        let there = (call.spot, call.way_minutes);
        let leg = leg(at, there);
        let arrive = free + leg.map_or(0, |leg| leg.minutes);
        let begin = arrive.max(call.opens.unwrap_or(0));
        let late = call.closes.filter(|closes| begin > *closes).map(|closes| begin - closes);
        course.tenths += leg.and_then(|leg| leg.tenths).unwrap_or(0);
        course.driving += leg.map_or(0, |leg| leg.minutes);
        free = begin + call.minutes;
        course.stops.push(Timed { leg, arrive, begin, leave: free, late });
        at = there;
    }
    free = eat(calls.len(), free, &mut course);
    if !calls.is_empty() {
        course.back = leg(at, (frame.end, None));
        free += course.back.map_or(0, |leg| leg.minutes);
        course.tenths += course.back.and_then(|leg| leg.tenths).unwrap_or(0);
        course.driving += course.back.map_or(0, |leg| leg.minutes);
    }
    course.finish = free;
    course.over = free.checked_sub(frame.ends).filter(|over| *over > 0);
    course
}

/// What another stop adds to the way, where it adds the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::field) struct Detour {
    /// Before which stop; as many as there are: after the last.
    pub(in crate::field) at: usize,
    /// In tenths of a mile.
    pub(in crate::field) tenths: u32,
    /// About how many minutes on the road.
    pub(in crate::field) minutes: u32,
}

/// Where a place is best put into a day, and what it adds; none where a place is not known.
pub(in crate::field) fn detour(frame: &Frame, calls: &[Call], spot: Spot) -> Option<Detour> {
    let ends =
        |at: usize| -> End { calls.get(at).map_or((None, None), |call| (call.spot, call.way_minutes)) };
    let here = (Some(spot), None);
    (0..=calls.len())
        .filter_map(|at| {
            let before = if at == 0 { (frame.start, None) } else { ends(at - 1) };
            let after = if at == calls.len() { (frame.end, None) } else { ends(at) };
            let (there, on) = (leg(before, here)?, leg(here, after)?);
            let direct = if calls.is_empty() { Leg::default() } else { leg(before, after)? };
            let sum = |one: Option<u32>, other: Option<u32>| one.unwrap_or(0) + other.unwrap_or(0);
            Some(Detour {
                at,
                tenths: sum(there.tenths, on.tenths).saturating_sub(direct.tenths.unwrap_or(0)),
                minutes: (there.minutes + on.minutes).saturating_sub(direct.minutes),
            })
        })
        .min_by_key(|detour| (detour.minutes, detour.tenths, detour.at))
}

#[cfg(test)]
mod tests;
