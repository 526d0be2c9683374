//! In which order the stops of a day are best visited: the most priority served, then the least travel, then the earliest
//! finish, within the hours of each stop.
//!
//! Up to [`PROVEN`] stops the answer is proven to be the best; beyond that it is proven where the hours leave few enough
//! orders, and searched for a second otherwise, which may end differently on a slower computer.

mod exact;
mod polish;
mod problem;
mod search;

pub use problem::{Day, MINUTE, Stop, Ticks, Walk};

/// Up to so many stops every order is accounted for.
pub const PROVEN: usize = 11;

/// How many partial orders are looked at before the search takes over.
const WAYS: usize = 400_000;

/// How a day goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The order and its times.
    pub walk: Walk,
    /// Who is not visited, by index, and why.
    pub unserved: Vec<(usize, WhyNot)>,
}

/// Why a stop is not visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// Even driving there first, it has closed before one arrives.
    ClosedOnArrival,
    /// It can be reached, but not beside the stops that count as much or more.
    NoTime,
}

/// Plans a day.
///
/// # Errors
/// [`RouteError`] if the day can't be read as one.
pub fn plan(day: &Day) -> Result<Plan, RouteError> {
    planned(day, None)
}

/// Plans a day that differs little from one whose order is known: that order is where the search begins.
///
/// # Errors
/// As [`plan`].
pub(super) fn plan_from(day: &Day, order: &[usize]) -> Result<Plan, RouteError> {
    planned(day, Some(order))
}

fn planned(day: &Day, known: Option<&[usize]>) -> Result<Plan, RouteError> {
    check(day)?;
    let least = day.shortest();
    let within_reach: Vec<usize> = (0..day.stops.len())
        .filter(|stop| day.depart + least[0][stop + 1] <= day.stops[*stop].close)
        .collect();
    let reachable = part(day, &within_reach);
    let known: Option<Vec<usize>> = known.map(|order| {
        order.iter().filter_map(|stop| within_reach.iter().position(|within| within == stop)).collect()
    });
    let best = best(&reachable, known).ok_or(RouteError::Unwalkable)?;
    let order: Vec<usize> = best.order.iter().map(|stop| within_reach[*stop]).collect();
    let walk = day.walk(&order).ok_or(RouteError::Unwalkable)?;
    let unserved = (0..day.stops.len())
        .filter(|stop| !order.contains(stop))
        .map(|stop| {
            let why = if within_reach.contains(&stop) { WhyNot::NoTime } else { WhyNot::ClosedOnArrival };
            (stop, why)
        })
        .collect();
    Ok(Plan { walk, unserved })
}

/// The day with some of its stops.
fn part(day: &Day, stops: &[usize]) -> Day {
    let places: Vec<usize> = std::iter::once(0).chain(stops.iter().map(|stop| stop + 1)).collect();
    Day {
        travel: places.iter().map(|from| places.iter().map(|to| day.travel[*from][*to]).collect()).collect(),
        stops: stops.iter().map(|stop| day.stops[*stop].clone()).collect(),
        depart: day.depart,
    }
}

/// The best walk that is found, from a known order if there is one.
fn best(day: &Day, known: Option<Vec<usize>>) -> Option<Walk> {
    if day.stops.len() <= PROVEN
        && let Some(walk) = exact::serving_most(day)
    {
        return Some(walk);
    }
    if let Some(walk) = exact::serving_all(day, WAYS) {
        return Some(walk);
    }
    match known {
        // What differs little from a good order needs little work.
        Some(order) => polish::polish(day, &order, 4),
        None => polish::polish(day, &search::search(day).unwrap_or_default(), 1),
    }
}

/// Why a day can't be planned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RouteError {
    /// The matrix is not square, or has not one place for the start and one for each stop.
    #[error("the travel times must be a square of {wanted} by {wanted}: the start and each stop")]
    Matrix {
        /// How many rows and columns there should be.
        wanted: usize,
    },
    /// A time lies before the day or takes less than nothing.
    #[error("a travel or visit time is below zero")]
    Negative,
    /// A window ends before it begins.
    #[error("“{id}” closes before it opens")]
    Window {
        /// The stop.
        id: String,
    },
    /// More stops than a day can hold.
    #[error("{count} stops are too many for one plan; the most is {MOST}")]
    TooMany {
        /// How many there were.
        count: usize,
    },
    /// The order found does not hold, which would be our mistake.
    #[error("the order that was found can't be walked")]
    Unwalkable,
}

/// The most stops of one plan.
pub const MOST: usize = 200;

fn check(day: &Day) -> Result<(), RouteError> {
    let wanted = day.stops.len() + 1;
    if day.stops.len() > MOST {
        return Err(RouteError::TooMany { count: day.stops.len() });
    }
    if day.travel.len() != wanted || day.travel.iter().any(|row| row.len() != wanted) {
        return Err(RouteError::Matrix { wanted });
    }
    if day.travel.iter().flatten().any(|way| *way < 0) || day.stops.iter().any(|stop| stop.service < 0) {
        return Err(RouteError::Negative);
    }
    match day.stops.iter().find(|stop| stop.close < stop.open) {
        Some(stop) => Err(RouteError::Window { id: stop.id.clone() }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
