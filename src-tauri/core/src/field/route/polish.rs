//! Makes an order better by small steps until none helps: a stop is put in, moved, exchanged for one left out, or a stretch is walked
//! the other way round. Then two stretches change places and it begins anew (iterated local search), until the work is used up.

use std::cmp::Reverse;

use super::problem::{Day, Ticks, Walk};

/// How many stops are walked past at most, and for each stop more: the same everywhere, so that a slower computer finds the same
/// order.
const WORK: usize = 20_000_000;
const WORK_EACH: usize = 400_000;

/// Up to so many steps every exchange for a stop left out is looked at, beyond it those that keep the place.
const EXCHANGES: usize = 200_000;

/// The longest stretches that change places.
const STRETCH: usize = 8;

/// The best walk that small steps reach from this order, with one of so many parts of the work; stops that are closed when it reaches
/// them are passed over.
pub(super) fn polish(day: &Day, order: &[usize], parts: usize) -> Option<Walk> {
    let work = (WORK + WORK_EACH * day.stops.len()) / parts;
    let mut search = Search { day, left: work, with: Vec::new(), until: Vec::new() };
    let mut best = search.settle(passable(day, order));
    let mut here = best.clone();
    let mut dice = Dice(day.stops.len() as u64);
    while search.left > 0 && here.order.len() > 3 {
        let next = search.settle(passable(day, &shaken(&here.order, &mut dice)));
        // Every shake costs something, even where nothing is left to be walked past.
        search.spend(day.stops.len());
        if next.worth <= here.worth {
            here = next;
        }
        if here.worth < best.worth {
            best = here.clone();
        }
    }
    day.walk(&best.order)
}

/// What an order comes to, the better the smaller: the priority served, the travel, the finish.
type Worth = (Reverse<u64>, Ticks, Ticks);

#[derive(Clone)]
struct Found {
    order: Vec<usize>,
    worth: Worth,
    /// Where the last step that helped was.
    at: usize,
}

struct Search<'day> {
    day: &'day Day,
    left: usize,
    /// The order that is looked at.
    with: Vec<usize>,
    /// What the best order has come to before each of its stops.
    until: Vec<Reached>,
}

/// Where one is, when one is free there, and what it cost to get there.
#[derive(Clone, Copy)]
struct Reached {
    at: Option<usize>,
    free: Ticks,
    travel: Ticks,
    served: u64,
}

impl Search<'_> {
    fn spend(&mut self, stops: usize) {
        self.left = self.left.saturating_sub(stops);
    }

    /// Steps that help, until none does.
    fn settle(&mut self, order: Vec<usize>) -> Found {
        let mut found = Found { order, worth: (Reverse(0), Ticks::MAX, Ticks::MAX), at: 0 };
        self.until = vec![self.start()];
        self.with.clone_from(&found.order);
        self.take(&mut found, 0, 0, false);
        while self.left > 0 && self.step(&mut found) {}
        found
    }

    fn start(&self) -> Reached {
        Reached { at: None, free: self.day.depart, travel: 0, served: 0 }
    }

    fn on(&self, from: Reached, stop: usize) -> Option<Reached> {
        Some(Reached {
            at: Some(stop),
            free: self.day.step(from.at, from.free, stop)?,
            travel: from.travel + self.day.way(from.at, Some(stop)),
            served: from.served + u64::from(self.day.stops[stop].priority),
        })
    }

    /// What the order in `with` comes to, which is the best one up to the stop `from`; none if it is closed somewhere or, where it has
    /// the same stops, longer than the best.
    fn worth(&mut self, found: &Found, from: usize, alike: bool) -> Option<Worth> {
        let longest = if alike { found.worth.1 } else { Ticks::MAX };
        let mut here = *self.until.get(from)?;
        for (walked, &stop) in self.with[from..].iter().enumerate() {
            let Some(next) = self.on(here, stop).filter(|next| next.travel <= longest) else {
                self.spend(walked + 1);
                return None;
            };
            here = next;
        }
        self.spend(self.with.len() - from + 1);
        let back = if self.with.is_empty() { 0 } else { self.day.way(here.at, None) };
        Some((Reverse(here.served), here.travel + back, here.free + back))
    }

    /// Takes the order in `with` if it is better; `from` is the first stop that differs, `alike` says that the stops are the same.
    fn take(&mut self, found: &mut Found, at: usize, from: usize, alike: bool) -> bool {
        let Some(worth) = self.worth(found, from, alike).filter(|worth| *worth < found.worth) else {
            return false;
        };
        std::mem::swap(&mut found.order, &mut self.with);
        (found.worth, found.at) = (worth, at);
        self.until.truncate(from + 1);
        for &stop in &found.order[from..] {
            let Some(next) = self.until.last().and_then(|last| self.on(*last, stop)) else { break };
            self.until.push(next);
        }
        true
    }

    /// The first step that helps, beginning where the last one did.
    fn step(&mut self, found: &mut Found) -> bool {
        if self.puts_in(found) {
            return true;
        }
        let count = found.order.len();
        let begin = found.at.min(count);
        (begin..count).chain(0..begin).any(|from| self.moves(found, from) || self.turns(found, from))
    }

    /// Puts in a stop that is left out, beside the others or instead of one.
    fn puts_in(&mut self, found: &mut Found) -> bool {
        let count = found.order.len();
        let out: Vec<usize> = (0..self.day.stops.len()).filter(|stop| !found.order.contains(stop)).collect();
        let everywhere = out.len() * count * count * count < EXCHANGES;
        for stop in out {
            for at in 0..=count {
                self.with.clone_from(&found.order);
                self.with.insert(at, stop);
                if self.take(found, at, at, false) {
                    return true;
                }
            }
            for gone in 0..count {
                let places = if everywhere { 0..count } else { gone..gone + 1 };
                for at in places {
                    self.with.clone_from(&found.order);
                    self.with.remove(gone);
                    self.with.insert(at, stop);
                    if self.take(found, at, at.min(gone), false) {
                        return true;
                    }
                }
            }
            if self.left == 0 {
                return false;
            }
        }
        false
    }

    /// Moves up to three stops that begin at a place, either way round.
    fn moves(&mut self, found: &mut Found, from: usize) -> bool {
        let count = found.order.len();
        for length in 1..=3.min(count.saturating_sub(from)) {
            for to in (0..=count - length).filter(|to| *to != from) {
                for turned in [false, true] {
                    if turned && length == 1 {
                        continue;
                    }
                    self.with.clone_from(&found.order);
                    if to < from {
                        self.with[to..from + length].rotate_right(length);
                    } else {
                        self.with[from..to + length].rotate_left(length);
                    }
                    if turned {
                        self.with[to..to + length].reverse();
                    }
                    if self.take(found, from, from.min(to), true) {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Walks a stretch that begins at a place the other way round.
    fn turns(&mut self, found: &mut Found, from: usize) -> bool {
        for to in from + 2..=found.order.len() {
            self.with.clone_from(&found.order);
            self.with[from..to].reverse();
            if self.take(found, from, from, true) {
                return true;
            }
        }
        false
    }
}

/// The order without the stops that are closed when it reaches them.
fn passable(day: &Day, order: &[usize]) -> Vec<usize> {
    let (mut at, mut free) = (None, day.depart);
    let mut open = order.to_vec();
    open.retain(|stop| match day.step(at, free, *stop) {
        Some(then) => {
            (at, free) = (Some(*stop), then);
            true
        }
        None => false,
    });
    open
}

/// The order with two stretches beside each other in each other's place.
fn shaken(order: &[usize], dice: &mut Dice) -> Vec<usize> {
    let count = order.len();
    let longest = STRETCH.min(count / 2).max(1);
    let (one, other) = (1 + dice.below(longest), 1 + dice.below(longest));
    let from = dice.below(count + 1 - (one + other).min(count));
    let mut with = order.to_vec();
    with[from..(from + one + other).min(count)].rotate_left(one);
    with
}

/// Numbers that look thrown and are the same every time (Knuth's MMIX generator, The Art of Computer Programming 2, 3.3.4).
struct Dice(u64);

impl Dice {
    /// A number below `most`, which is at least 1.
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % most
    }
}
