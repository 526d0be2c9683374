//! A day of visits as numbers: how long every way takes, when each stop can be served, and what an order of stops is worth.

use std::cmp::Ordering;

/// A point of the day or a span of time, in thousandths of a minute: whole numbers, so that two orders are never told apart
/// by rounding.
pub type Ticks = i64;

/// One minute.
pub const MINUTE: Ticks = 1_000;

/// A place to visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// What the caller knows it by.
    pub id: String,
    /// From when on the visit can begin; who comes earlier waits.
    pub open: Ticks,
    /// By when it must have begun.
    pub close: Ticks,
    /// How long it takes.
    pub service: Ticks,
    /// How much it counts to be there, 1 or more.
    pub priority: u32,
}

/// A day to plan. Place 0 of the matrix is where it starts and ends; stop `i` of `stops` is place `i + 1`.
#[derive(Clone, Debug)]
pub struct Day {
    /// `travel[from][to]`, square, one longer than `stops`.
    pub travel: Vec<Vec<Ticks>>,
    /// Whom to visit.
    pub stops: Vec<Stop>,
    /// When the day starts.
    pub depart: Ticks,
}

/// What an order of stops comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// The stops by index, as they are visited.
    pub order: Vec<usize>,
    /// When each is reached, before any waiting.
    pub arrive: Vec<Ticks>,
    /// The sum of the priorities served.
    pub served: u64,
    /// Time on the way, with the way back.
    pub travel: Ticks,
    /// When the day ends where it started.
    pub finish: Ticks,
}

impl Day {
    /// The way between two places, where `None` is the start.
    pub(super) fn way(&self, from: Option<usize>, to: Option<usize>) -> Ticks {
        let place = |stop: Option<usize>| stop.map_or(0, |stop| stop + 1);
        self.travel[place(from)][place(to)]
    }

    /// When somebody who is free at a stop at a time is free again after the next one; `None` if it has closed by then.
    pub(super) fn step(&self, from: Option<usize>, free: Ticks, to: usize) -> Option<Ticks> {
        let stop = &self.stops[to];
        let arrive = free + self.way(from, Some(to));
        (arrive <= stop.close).then(|| arrive.max(stop.open) + stop.service)
    }

    /// The shortest ways between all places, over others where that is shorter: what no order can do better than.
    pub(super) fn shortest(&self) -> Vec<Vec<Ticks>> {
        let mut least = self.travel.clone();
        for over in 0..least.len() {
            for from in 0..least.len() {
                for to in 0..least.len() {
                    least[from][to] = least[from][to].min(least[from][over] + least[over][to]);
                }
            }
        }
        least
    }

    /// Walks an order; `None` if a stop is closed when it is reached.
    pub fn walk(&self, order: &[usize]) -> Option<Walk> {
        let (mut at, mut free, mut travel) = (None, self.depart, 0);
        let (mut arrive, mut served) = (Vec::with_capacity(order.len()), 0);
        for &stop in order {
            let way = self.way(at, Some(stop));
            arrive.push(free + way);
            free = self.step(at, free, stop)?;
            travel += way;
            served += u64::from(self.stops[stop].priority);
            at = Some(stop);
        }
        let back = if order.is_empty() { 0 } else { self.way(at, None) };
        Some(Walk { order: order.to_vec(), arrive, served, travel: travel + back, finish: free + back })
    }
}

impl Walk {
    /// Which of two is better ([`Ordering::Less`]): the most priority served, then the least travel, then the earliest finish,
    /// then the order that reads first.
    pub fn rank(&self, other: &Self) -> Ordering {
        (other.served, self.travel, self.finish, &self.order).cmp(&(
            self.served,
            other.travel,
            other.finish,
            &other.order,
        ))
    }
}
