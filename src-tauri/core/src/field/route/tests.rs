use super::*;

/// A small generator of numbers that are the same every time (Numerical Recipes, 3rd edition, section 7.1.4).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).expect("small") % most
    }
}

/// Stops on a map of an hour's width, each with a window around some moment of an order that works, if `wide` allows it.
fn day(seed: u64, count: usize, wide: i64) -> Day {
    let mut dice = Dice(seed);
    let places: Vec<(i64, i64)> = (0..=count).map(|_| (dice.below(60), dice.below(60))).collect();
    let way = |a: (i64, i64), b: (i64, i64)| {
        let (x, y) = (a.0 - b.0, a.1 - b.1);
        (((x * x + y * y) as f64).sqrt() * MINUTE as f64) as Ticks
    };
    let travel: Vec<Vec<Ticks>> =
        places.iter().map(|from| places.iter().map(|to| way(*from, *to)).collect()).collect();
    let (mut now, mut at) = (8 * 60 * MINUTE, 0);
    let stops = (1..=count)
        .map(|place| {
            now += travel[at][place];
            at = place;
            let open = now - dice.below(wide) * MINUTE;
            let stop = Stop {
                id: format!("stop {place}"),
                open,
                close: now + dice.below(wide) * MINUTE,
                service: dice.below(20) * MINUTE,
                priority: 1 + u32::try_from(dice.below(3)).expect("small"),
            };
            now += stop.service;
            stop
        })
        .collect();
    Day { travel, stops, depart: 8 * 60 * MINUTE }
}

/// Every order of every set of stops, walked.
fn exhaustive(day: &Day) -> Walk {
    fn longer(day: &Day, order: &mut Vec<usize>, best: &mut Walk) {
        let Some(walk) = day.walk(order) else { return };
        if walk.rank(best) == std::cmp::Ordering::Less {
            *best = walk;
        }
        for stop in 0..day.stops.len() {
            if !order.contains(&stop) {
                order.push(stop);
                longer(day, order, best);
                order.pop();
            }
        }
    }
    let mut best = day.walk(&[]).expect("staying at home is always possible");
    longer(day, &mut Vec::new(), &mut best);
    best
}

#[test]
fn up_to_nine_stops_no_order_is_better() {
    for seed in 0..60 {
        let count = 1 + usize::try_from(seed % 7).expect("small");
        let day = day(seed, count, 40 + i64::try_from(seed).expect("small"));
        assert_eq!(plan(&day).expect("planned").walk, exhaustive(&day), "seed {seed}");
    }
    for seed in 60..63 {
        let day = day(seed, 9, 45);
        assert_eq!(plan(&day).expect("planned").walk, exhaustive(&day), "seed {seed}");
    }
}

#[test]
fn where_an_order_serves_everybody_everybody_is_served() {
    for seed in 0..12 {
        for (count, wide) in [(14, 25), (20, 40), (20, 150), (20, 400)] {
            let day = day(seed, count, wide);
            let planned = plan(&day).expect("planned");
            assert_eq!(planned.unserved, [], "seed {seed}, {count} stops, windows up to {wide} minutes");
        }
    }
}

#[test]
fn a_search_comes_within_two_of_a_hundred_of_the_best() {
    for seed in 0..6 {
        let day = day(seed, 18, 120);
        let best = exact::serving_all(&day, 20_000_000).expect("few enough ways");
        let found = polish::polish(&day, &search::search(&day).expect("searched"), 1).expect("an order");
        assert_eq!(found.served, best.served, "seed {seed}");
        assert!(
            found.travel * 100 <= best.travel * 102,
            "seed {seed}: {} against {}",
            found.travel,
            best.travel
        );
    }
}

#[test]
fn who_comes_early_waits_and_the_day_says_when() {
    let minutes = |m: i64| m * MINUTE;
    let stop = |id: &str, open, close| Stop {
        id: id.into(),
        open: minutes(open),
        close: minutes(close),
        service: minutes(10),
        priority: 1,
    };
    let travel = [[0, 10, 20], [10, 0, 5], [20, 5, 0]];
    let day = Day {
        travel: travel.iter().map(|row| row.iter().map(|way| minutes(*way)).collect()).collect(),
        stops: vec![stop("late", 100, 200), stop("early", 0, 30)],
        depart: 0,
    };
    let planned = plan(&day).expect("planned");
    assert_eq!(planned.walk.order, [1, 0]);
    assert_eq!(planned.walk.arrive, [minutes(20), minutes(35)]);
    assert_eq!(planned.walk.travel, minutes(20 + 5 + 10));
    assert_eq!(planned.walk.finish, minutes(100 + 10 + 10));
}

#[test]
fn what_does_not_fit_is_said_with_the_reason() {
    let mut day = day(3, 3, 30);
    day.stops[0].close = day.depart - 1;
    day.stops[0].open = day.depart - 2;
    // The other two at the same moment, an hour apart: the one that counts more is served.
    for (stop, priority) in [(1, 1), (2, 5)] {
        day.stops[stop].open = day.depart + 60 * MINUTE;
        day.stops[stop].close = day.stops[stop].open;
        day.stops[stop].service = 60 * MINUTE;
        day.stops[stop].priority = priority;
    }
    let planned = plan(&day).expect("planned");
    assert_eq!(planned.walk.order, [2]);
    assert_eq!(planned.unserved, [(0, WhyNot::ClosedOnArrival), (1, WhyNot::NoTime)]);
}

#[test]
fn a_day_that_cannot_be_read_is_refused_with_its_fault() {
    let good = day(1, 4, 30);
    let mut crooked = good.clone();
    crooked.travel[2].pop();
    assert_eq!(plan(&crooked), Err(RouteError::Matrix { wanted: 5 }));
    let mut backwards = good.clone();
    backwards.stops[1].close = backwards.stops[1].open - 1;
    assert_eq!(plan(&backwards), Err(RouteError::Window { id: "stop 2".into() }));
    let mut negative = good.clone();
    negative.travel[0][1] = -1;
    assert_eq!(plan(&negative), Err(RouteError::Negative));
    assert_eq!(plan(&day(1, 201, 30)), Err(RouteError::TooMany { count: 201 }));
    let nobody = Day { travel: vec![vec![0]], stops: Vec::new(), depart: 0 };
    assert_eq!(plan(&nobody).expect("planned").walk.order, Vec::<usize>::new());
}

#[test]
fn thirty_stops_are_in_order_within_two_seconds() {
    for (seed, wide) in [(0, 60), (1, 200), (2, 480), (3, 2000)] {
        let day = day(seed, 30, wide);
        let (planned, took) = timed(&day);
        assert_eq!(planned.unserved, [], "seed {seed}");
        // Unoptimised, as tests are compiled, only the search keeps to its time.
        assert!(cfg!(debug_assertions) || took < 2.0, "seed {seed}: {took} s");
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "says something only of a program that is optimised")]
fn two_hundred_stops_are_in_order_within_two_seconds() {
    let mut full = day(7, MOST, 4_000);
    for stop in &mut full.stops {
        (stop.open, stop.close) = (full.depart, full.depart + 8 * 60 * MINUTE);
    }
    // Windows around an order that works, and a day that has no time for most of them.
    for (name, day) in [("windows", day(1, MOST, 480)), ("a day", full)] {
        let (planned, took) = timed(&day);
        assert_eq!(planned.walk.order.len() + planned.unserved.len(), MOST, "{name}");
        assert!(took < 2.0, "{name}: {took} s");
    }
}

/// A plan, and how many seconds it took.
fn timed(day: &Day) -> (Plan, f64) {
    let begun = std::time::Instant::now();
    let planned = plan(day).expect("planned");
    (planned, begun.elapsed().as_secs_f64())
}
