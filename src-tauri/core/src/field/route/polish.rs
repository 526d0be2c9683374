//! Makes an order better by small steps until none helps: a stop is put in, moved, exchanged for one left out, or a stretch
//! is walked the other way round.

use std::cmp::Ordering;

use super::problem::{Day, Walk};

/// The best walk that small steps reach from this one.
pub(super) fn polish(day: &Day, walk: Walk) -> Walk {
    let mut best = walk;
    while let Some(better) = step(day, &best) {
        best = better;
    }
    best
}

/// The best of all walks one step away, if it is better.
fn step(day: &Day, from: &Walk) -> Option<Walk> {
    let mut best: Option<Walk> = None;
    let mut look = |order: &[usize]| {
        if let Some(walk) = day.walk(order)
            && walk.rank(best.as_ref().unwrap_or(from)) == Ordering::Less
        {
            best = Some(walk);
        }
    };
    let order = &from.order;
    let left_out: Vec<usize> = (0..day.stops.len()).filter(|stop| !order.contains(stop)).collect();
    for &stop in &left_out {
        for at in 0..=order.len() {
            let mut with = order.clone();
            with.insert(at, stop);
            look(&with);
        }
        for at in 0..order.len() {
            let mut instead = order.clone();
            instead.remove(at);
            for to in 0..=instead.len() {
                let mut with = instead.clone();
                with.insert(to, stop);
                look(&with);
            }
        }
    }
    for from in 0..order.len() {
        for length in 1..=3.min(order.len() - from) {
            let mut rest = order.clone();
            let moved: Vec<usize> = rest.drain(from..from + length).collect();
            for to in 0..=rest.len() {
                let mut with = rest.clone();
                with.splice(to..to, moved.iter().copied());
                look(&with);
                with.splice(to..to + length, moved.iter().rev().copied());
                look(&with);
            }
        }
        for to in from + 2..=order.len() {
            let mut turned = order.clone();
            turned[from..to].reverse();
            look(&turned);
        }
    }
    best
}
