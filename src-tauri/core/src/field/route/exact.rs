//! The best order, proven: every set of stops with every last one, kept only where no other way of getting there is both
//! shorter and earlier (dynamic programming after Dumas, Desrosiers, Gélinas and Solomon, "An optimal algorithm for the
//! traveling salesman problem with time windows", Operations Research 43(2), 1995).

use std::collections::HashMap;

use super::problem::{Day, Ticks, Walk};

/// A way of having served a set of stops: what it cost and when one is free.
#[derive(Clone, Copy)]
struct Label {
    travel: Ticks,
    free: Ticks,
    /// Its predecessor among the labels made so far.
    before: u32,
    last: u8,
}

/// No predecessor.
const START: u32 = u32::MAX;

/// The most stops a set of bits can tell apart.
const BITS: usize = 128;

/// The best order of all stops; none if no order serves them all or more than `most` ways would have to be kept.
pub(super) fn serving_all(day: &Day, most: usize) -> Option<Walk> {
    let count = day.stops.len();
    if count > BITS {
        return None;
    }
    let least = day.shortest();
    search(day, most, |mask, last, free| {
        // A stop that can't be reached any more ends this way.
        (0..count)
            .all(|stop| mask & (1 << stop) != 0 || free + least[last + 1][stop + 1] <= day.stops[stop].close)
    })
    .filter(|walk| walk.order.len() == count)
}

/// The best order of whichever stops are best served: as few that all ways can be kept.
pub(super) fn serving_most(day: &Day) -> Option<Walk> {
    search(day, usize::MAX, |_, _, _| true)
}

/// The best walk among those that `goes_on` lets live; none if there were more than `most` labels.
fn search(day: &Day, most: usize, goes_on: impl Fn(u128, usize, Ticks) -> bool) -> Option<Walk> {
    let mut labels: Vec<Label> = Vec::new();
    let mut layer: HashMap<(u128, u8), Vec<u32>> = HashMap::new();
    let mut best = day.walk(&[]);
    for stop in 0..day.stops.len() {
        if let Some(free) = day.step(None, day.depart, stop)
            && goes_on(1 << stop, stop, free)
        {
            let label = Label { travel: day.way(None, Some(stop)), free, before: START, last: index(stop) };
            keep(&mut labels, layer.entry((1 << stop, index(stop))).or_default(), label);
        }
    }
    while !layer.is_empty() {
        let mut next: HashMap<(u128, u8), Vec<u32>> = HashMap::new();
        for ((mask, last), ways) in &layer {
            for &way in ways {
                let label = labels[way as usize];
                let from = usize::from(*last);
                best = best_of(best, closing(day, &labels, *mask, label));
                for stop in (0..day.stops.len()).filter(|stop| mask & (1 << stop) == 0) {
                    let Some(free) = day.step(Some(from), label.free, stop) else { continue };
                    let grown = mask | (1 << stop);
                    if goes_on(grown, stop, free) {
                        let travel = label.travel + day.way(Some(from), Some(stop));
                        let reached = Label { travel, free, before: way, last: index(stop) };
                        keep(&mut labels, next.entry((grown, index(stop))).or_default(), reached);
                    }
                }
            }
            if labels.len() > most {
                return None;
            }
        }
        layer = next;
    }
    best
}

fn index(stop: usize) -> u8 {
    u8::try_from(stop).unwrap_or(u8::MAX)
}

/// Keeps a label unless another is as good in both; drops those it is as good as.
fn keep(labels: &mut Vec<Label>, ways: &mut Vec<u32>, label: Label) {
    let beats = |one: &Label, other: &Label| one.travel <= other.travel && one.free <= other.free;
    if ways.iter().any(|way| beats(&labels[*way as usize], &label)) {
        return;
    }
    ways.retain(|way| !beats(&label, &labels[*way as usize]));
    ways.push(u32::try_from(labels.len()).unwrap_or(START));
    labels.push(label);
}

/// What the day comes to if it ends after this label: its numbers, and its order only where it may be the best.
struct Closed<'l> {
    served: u64,
    travel: Ticks,
    finish: Ticks,
    labels: &'l [Label],
    label: Label,
}

fn closing<'l>(day: &Day, labels: &'l [Label], mask: u128, label: Label) -> Closed<'l> {
    let served = (0..day.stops.len()).filter(|stop| mask & (1 << stop) != 0);
    let back = day.way(Some(usize::from(label.last)), None);
    Closed {
        served: served.map(|stop| u64::from(day.stops[stop].priority)).sum(),
        travel: label.travel + back,
        finish: label.free + back,
        labels,
        label,
    }
}

fn best_of(best: Option<Walk>, closed: Closed<'_>) -> Option<Walk> {
    let best = best?;
    let key = |served: u64, travel: Ticks, finish: Ticks| (u64::MAX - served, travel, finish);
    let (ours, its) =
        (key(best.served, best.travel, best.finish), key(closed.served, closed.travel, closed.finish));
    if its > ours {
        return Some(best);
    }
    let mut order = vec![usize::from(closed.label.last)];
    let mut before = closed.label.before;
    while before != START {
        let label = closed.labels[before as usize];
        order.push(usize::from(label.last));
        before = label.before;
    }
    order.reverse();
    if its == ours && order >= best.order {
        return Some(best);
    }
    Some(Walk {
        order,
        arrive: Vec::new(),
        served: closed.served,
        travel: closed.travel,
        finish: closed.finish,
    })
}
