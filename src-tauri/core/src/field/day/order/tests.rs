use super::super::course::course;
use super::*;
use crate::field::places::{Precision, Spot};

fn spot(east: f64, north: f64) -> Option<Spot> {
    Some(Spot { latitude: north, longitude: east, precision: Precision::Exact })
}

fn frame() -> Frame {
    Frame { starts: 540, ends: 1020, start: spot(0.0, 0.0), end: spot(0.0, 0.0), lunch: None }
}

fn call(east: f64, north: f64) -> Call {
    Call { spot: spot(east, north), way_minutes: None, minutes: 30, opens: None, closes: None, priority: 1 }
}

/// The best of every order, by walking each with the course of the day.
fn by_trying_all(frame: &Frame, calls: &[Call]) -> u32 {
    fn all(rest: &mut Vec<usize>, order: &mut Vec<usize>, look: &mut dyn FnMut(&[usize])) {
        if rest.is_empty() {
            look(order);
        }
        for at in 0..rest.len() {
            let one = rest.remove(at);
            order.push(one);
            all(rest, order, look);
            order.pop();
            rest.insert(at, one);
        }
    }
    let mut least = u32::MAX;
    all(&mut (0..calls.len()).collect(), &mut Vec::new(), &mut |order| {
        let walked = course(frame, &order.iter().map(|at| calls[*at]).collect::<Vec<_>>());
        if walked.over.is_none() && walked.stops.iter().all(|stop| stop.late.is_none()) {
            least = least.min(walked.driving);
        }
    });
    least
}

#[test]
fn a_meal_leaves_the_time_to_drive_home() {
    // About an hour out. A meal of an hour may begin at eleven, and the day ends at ten to one.
    let far = Call { minutes: 15, ..call(0.30, 0.0) };
    let frame = Frame { ends: 770, lunch: Some((660, 60)), ..frame() };
    let home = leg((far.spot, None), (frame.end, None)).expect("a way").minutes;
    assert!(660 + 60 + home > 770, "there is no time for the meal out there: {home}");
    let near = Call { minutes: 15, ..call(0.02, 0.0) };
    let found = order(&frame, &[far, near]).expect("an order");
    assert_eq!(found.left, []);
    let calls = [far, near];
    let walked = course(&frame, &found.order.iter().map(|at| calls[*at]).collect::<Vec<_>>());
    assert_eq!(walked.over, None, "{walked:?}");
}

#[test]
fn no_order_drives_less() {
    let calls = [
        call(0.10, 0.00),
        call(-0.05, 0.08),
        call(0.06, 0.09),
        Call { opens: Some(660), closes: Some(660), ..call(-0.08, -0.02) },
        call(0.02, -0.07),
    ];
    for lunch in [None, Some((690, 30))] {
        let frame = Frame { lunch, ..frame() };
        let found = order(&frame, &calls).expect("an order");
        assert_eq!(found.left, []);
        let walked = course(&frame, &found.order.iter().map(|at| calls[*at]).collect::<Vec<_>>());
        assert!(walked.over.is_none() && walked.stops.iter().all(|stop| stop.late.is_none()), "{walked:?}");
        assert_eq!(walked.driving, by_trying_all(&frame, &calls), "{lunch:?}");
        assert_eq!(walked.stops[found.order.iter().position(|at| *at == 3).expect("there")].begin, 660);
    }
}

#[test]
fn what_does_not_fit_is_told_why() {
    let calls = [
        call(0.1, 0.0),
        Call { closes: Some(550), ..call(0.1, 0.1) },
        Call { spot: None, ..call(0.0, 0.0) },
        Call { minutes: 460, ..call(0.2, 0.0) },
        Call { spot: None, way_minutes: Some(15), ..call(0.0, 0.0) },
    ];
    let found = order(&frame(), &calls).expect("an order");
    assert_eq!(
        found.left,
        [(1, StopLeftOut::ClosedOnArrival), (2, StopLeftOut::NoPlace), (3, StopLeftOut::NoTime)]
    );
    assert_eq!(found.order[2..], [1, 2, 3]);
}

#[test]
fn an_appointment_is_not_given_up_for_two_others() {
    let fixed = Call { opens: Some(600), closes: Some(600), minutes: 400, ..call(0.05, 0.0) };
    let found = order(&frame(), &[call(0.1, 0.0), call(-0.1, 0.0), fixed]).expect("an order");
    assert!(!found.left.iter().any(|(at, _)| *at == 2), "{found:?}");
}

#[test]
fn a_day_may_end_elsewhere() {
    let away = Frame { end: spot(0.3, 0.0), ..frame() };
    let found = order(&away, &[call(0.2, 0.0), call(0.1, 0.0)]).expect("an order");
    assert_eq!(found.order, [1, 0]);
}

#[test]
fn a_long_day_is_ordered_and_one_too_long_refused() {
    let short = |n: usize| Call { minutes: 1, ..call((n % 15) as f64 * 0.004, (n / 15) as f64 * 0.004) };
    let all: Vec<Call> = (0..24).map(short).collect();
    let found = order(&frame(), &all).expect("an order");
    let mut each = found.order.clone();
    each.sort_unstable();
    assert_eq!(each, (0..24).collect::<Vec<_>>());
    let more: Vec<Call> = (0..201).map(short).collect();
    assert!(matches!(order(&frame(), &more), Err(RouteError::TooMany { count: 201 })));
}

#[test]
#[cfg_attr(debug_assertions, ignore = "says something only of a program that is optimised")]
fn thirty_and_two_hundred_stops_are_in_order_within_two_seconds_with_their_meal() {
    let short = |n: usize| Call { minutes: 10, ..call((n % 15) as f64 * 0.02, (n / 15) as f64 * 0.02) };
    for count in [30, 200] {
        let all: Vec<Call> = (0..count).map(short).collect();
        let begun = std::time::Instant::now();
        let found = order(&frame(), &all).expect("an order");
        let took = begun.elapsed().as_secs_f64();
        assert_eq!(found.order.len(), count);
        assert!(took < 2.0, "{count} stops: {took} s");
    }
}
