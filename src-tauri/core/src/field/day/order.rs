//! In which order the stops of a day are best visited, with its meal, its fixed times and its end. Pure.

use serde::{Deserialize, Serialize};

use super::course::{Call, End, Frame, LUNCH_LEEWAY, leg};
use crate::field::route::{Day, MINUTE, Plan, RouteError, Stop, Ticks, Walk, WhyNot, plan, plan_from};

/// Why a stop is left at the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum StopLeftOut {
    /// It has no place on the map and no minutes by hand.
    NoPlace,
    /// Even driving there first, it has closed before one arrives.
    ClosedOnArrival,
    /// There is no time for it beside the others.
    NoTime,
}

/// An order of a day's stops, by index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::field) struct Ordered {
    /// All of them: those that are visited, then those that are left out in the order they had.
    pub(in crate::field) order: Vec<usize>,
    pub(in crate::field) left: Vec<(usize, StopLeftOut)>,
}

/// An appointment is not given up for any number of others.
const FIXED: u32 = 10_000;
/// Nor is a meal.
const MEAL: u32 = 1_000_000;
/// Up to so many stops each is tried as the place of the meal.
const TRIED: usize = 8;

/// The best order of `calls`.
///
/// # Errors
/// [`RouteError`] for more stops than a plan can hold.
pub(in crate::field) fn order(frame: &Frame, calls: &[Call]) -> Result<Ordered, RouteError> {
    let mut left: Vec<(usize, StopLeftOut)> = Vec::new();
    let mut going: Vec<usize> = Vec::new();
    for (at, call) in calls.iter().enumerate() {
        let there = (call.spot, call.way_minutes);
        let (to, back) = (leg((frame.start, None), there), leg(there, (frame.end, None)));
        match to.zip(back) {
            None => left.push((at, StopLeftOut::NoPlace)),
            Some((to, back)) => {
                let latest = latest(frame, call, back.minutes);
                match latest {
                    _ if call.closes.is_some_and(|closes| frame.starts + to.minutes > closes) => {
                        left.push((at, StopLeftOut::ClosedOnArrival));
                    }
                    Some(latest) if latest >= call.opens.unwrap_or(0).max(frame.starts + to.minutes) => {
                        going.push(at)
                    }
                    _ => left.push((at, StopLeftOut::NoTime)),
                }
            }
        }
    }
    let day = day(frame, calls, &going);
    let (walk, unserved) = match frame.lunch.filter(|(_, minutes)| *minutes > 0 && !going.is_empty()) {
        None => solved(plan(&day)?),
        Some(meal) => {
            let backs = going.iter().map(|at| {
                let call = &calls[*at];
                leg((call.spot, call.way_minutes), (frame.end, None)).map_or(0, |leg| leg.minutes)
            });
            with_meal(
                &day,
                &Meal { from: meal.0, minutes: meal.1, ends: frame.ends, backs: backs.collect() },
            )?
        }
    };
    let order: Vec<usize> = walk.order.iter().map(|stop| going[*stop]).collect();
    left.extend(unserved.into_iter().map(|(stop, why)| (going[stop], why)));
    left.sort_by_key(|(at, _)| *at);
    Ok(Ordered { order: order.into_iter().chain(left.iter().map(|(at, _)| *at)).collect(), left })
}

/// By when a visit must begin: while it is open, and so that one is back in time.
fn latest(frame: &Frame, call: &Call, back: u32) -> Option<u32> {
    let home = frame.ends.checked_sub(back + call.minutes)?;
    Some(call.closes.unwrap_or(u32::MAX).min(home))
}

/// The day as the solver reads it.
fn day(frame: &Frame, calls: &[Call], going: &[usize]) -> Day {
    let end = |place: usize, from: bool| -> End {
        match place.checked_sub(1).map(|stop| &calls[going[stop]]) {
            Some(call) => (call.spot, call.way_minutes),
            None if from => (frame.start, None),
            None => (frame.end, None),
        }
    };
    let way = |from: usize, to: usize| {
        let minutes =
            if from == to { 0 } else { leg(end(from, true), end(to, false)).map_or(0, |leg| leg.minutes) };
        Ticks::from(minutes) * MINUTE
    };
    let places = 0..=going.len();
    let stops = going.iter().map(|at| {
        let call = &calls[*at];
        let back = leg((call.spot, call.way_minutes), (frame.end, None)).map_or(0, |leg| leg.minutes);
        Stop {
            id: at.to_string(),
            open: Ticks::from(call.opens.unwrap_or(0)) * MINUTE,
            close: Ticks::from(latest(frame, call, back).unwrap_or(0)) * MINUTE,
            service: Ticks::from(call.minutes) * MINUTE,
            priority: if call.is_fixed() { FIXED } else { call.priority.max(1) },
        }
    });
    Day {
        travel: places.clone().map(|from| places.clone().map(|to| way(from, to)).collect()).collect(),
        stops: stops.collect(),
        depart: Ticks::from(frame.starts) * MINUTE,
    }
}

type Solved = (Walk, Vec<(usize, StopLeftOut)>);

fn solved(found: Plan) -> Solved {
    let why = |why| match why {
        WhyNot::ClosedOnArrival => StopLeftOut::ClosedOnArrival,
        WhyNot::NoTime => StopLeftOut::NoTime,
    };
    (found.walk, found.unserved.into_iter().map(|(stop, not)| (stop, why(not))).collect())
}

/// A meal, and by when one is back from where it is taken.
struct Meal {
    from: u32,
    minutes: u32,
    ends: u32,
    /// The way home from each stop.
    backs: Vec<u32>,
}

impl Meal {
    /// By when it has begun where `host` is, so that one is back in time; none where that is before it can begin.
    fn latest(&self, host: usize) -> Option<u32> {
        let home = self.ends.checked_sub(self.minutes + self.backs.get(host).copied().unwrap_or(0))?;
        Some(home.min(self.from + LUNCH_LEEWAY)).filter(|latest| *latest >= self.from)
    }
}

/// The meal is a stop of its own, beside one of the others. Where it can be put into the best order without making anything late,
/// that order stays the best; else each stop is tried as its place, or in a long day those around its time.
fn with_meal(day: &Day, meal: &Meal) -> Result<Solved, RouteError> {
    let (count, noon) = (day.stops.len(), Ticks::from(meal.from) * MINUTE);
    let without = solved(plan(day)?);
    if without.0.finish <= noon || fits_in(day, &without.0.order, meal) {
        return Ok(without);
    }
    let hosts: Vec<usize> = if count <= TRIED {
        (0..count).collect()
    } else {
        let walk = &without.0;
        let around = walk.arrive.iter().position(|arrive| *arrive >= noon).unwrap_or(walk.order.len());
        walk.order.iter().copied().skip(around.saturating_sub(2)).take(3).collect()
    };
    let mut best: Option<Solved> = None;
    for host in hosts {
        let Some(with) = beside(day, host, meal) else { continue };
        let mut order = without.0.order.clone();
        let after = order.iter().position(|stop| *stop == host).map_or(order.len(), |at| at + 1);
        order.insert(after, count);
        let (walk, unserved) = solved(plan_from(&with, &order)?);
        let better = best.as_ref().is_none_or(|(before, _)| {
            (before.served, walk.travel, walk.finish) < (walk.served, before.travel, before.finish)
        });
        if better {
            best = Some((walk, unserved));
        }
    }
    let (mut walk, mut unserved) = best.unwrap_or(without);
    walk.order.retain(|stop| *stop != count);
    unserved.retain(|(stop, _)| *stop != count);
    Ok((walk, unserved))
}

/// Whether a meal can be taken after one of the stops of this order, and everything else is still in time.
fn fits_in(day: &Day, order: &[usize], meal: &Meal) -> bool {
    order.iter().enumerate().any(|(at, host)| {
        let mut with = order.to_vec();
        with.insert(at + 1, day.stops.len());
        beside(day, *host, meal).is_some_and(|day| day.walk(&with).is_some())
    })
}

/// The day with its meal as a last stop, where `host` is; none where one would not be back in time.
fn beside(day: &Day, host: usize, meal: &Meal) -> Option<Day> {
    let latest = meal.latest(host)?;
    let mut with = day.clone();
    for row in &mut with.travel {
        row.push(row[host + 1]);
    }
    with.travel.push(with.travel[host + 1].clone());
    with.stops.push(Stop {
        id: "meal".into(),
        open: Ticks::from(meal.from) * MINUTE,
        close: Ticks::from(latest) * MINUTE,
        service: Ticks::from(meal.minutes) * MINUTE,
        priority: MEAL,
    });
    Some(with)
}

#[cfg(test)]
mod tests;
