use super::*;
use crate::field::places::Precision;

fn spot(east: f64) -> Option<Spot> {
    Some(Spot { latitude: 0.0, longitude: east, precision: Precision::Exact })
}

fn frame() -> Frame {
    Frame { starts: 540, ends: 1020, start: spot(0.0), end: spot(0.0), lunch: None }
}

fn call(east: f64) -> Call {
    Call { spot: spot(east), way_minutes: None, minutes: 30, opens: None, closes: None, priority: 1 }
}

// A tenth of a degree on the equator: 11.1195 km × 1.3 = 14.4554 km = 8.98 mi; ÷ 48 × 60 + 3 = 21.07 min.
const TENTH: Leg = Leg { tenths: Some(90), minutes: 21 };

#[test]
fn a_day_is_told_by_hand() {
    let course = course(&frame(), &[call(0.1), call(0.2)]);
    assert_eq!(course.stops[0], Timed { leg: Some(TENTH), arrive: 561, begin: 561, leave: 591, late: None });
    assert_eq!(course.stops[1].arrive, 612);
    // Two tenths back: 22.2390 km × 1.3 ÷ 48 × 60 + 3 = 39.14 min, 17.96 mi.
    assert_eq!(course.back, Some(Leg { tenths: Some(180), minutes: 39 }));
    assert_eq!((course.finish, course.driving, course.tenths, course.over), (681, 81, 360, None));
}

#[test]
fn who_comes_early_waits_and_who_comes_late_is_told() {
    let calls =
        [Call { opens: Some(600), closes: Some(600), ..call(0.1) }, Call { closes: Some(640), ..call(0.2) }];
    let course = course(&frame(), &calls);
    assert_eq!((course.stops[0].arrive, course.stops[0].begin), (561, 600));
    assert_eq!((course.stops[1].begin, course.stops[1].late), (651, Some(11)));
}

#[test]
fn a_meal_is_taken_where_nothing_comes_late() {
    let meal = Frame { lunch: Some((590, 45)), ..frame() };
    // After the first stop the second would be late by 35 minutes; so it is taken after the second.
    let calls = [call(0.1), Call { closes: Some(622), ..call(0.2) }];
    let course = course(&meal, &calls);
    assert_eq!(course.lunch, Some((2, 642)));
    assert!(course.stops.iter().all(|stop| stop.late.is_none()));
    assert_eq!(course.finish, 642 + 45 + 39);
}

#[test]
fn whoever_is_back_before_the_meal_takes_none() {
    let meal = Frame { lunch: Some((720, 45)), ..frame() };
    assert_eq!(course(&meal, &[call(0.1)]), course(&frame(), &[call(0.1)]));
}

#[test]
fn without_a_place_the_minutes_are_by_hand_or_missing() {
    let unplaced = Call { spot: None, ..call(0.0) };
    let told = Call { way_minutes: Some(25), ..unplaced };
    let course_of = |call: Call| course(&frame(), &[call]);
    assert_eq!(course_of(unplaced).stops[0].leg, None);
    let by_hand = course_of(told);
    assert_eq!(by_hand.stops[0].leg, Some(Leg { tenths: None, minutes: 25 }));
    assert_eq!((by_hand.back, by_hand.tenths), (Some(Leg { tenths: None, minutes: 25 }), 0));
}

#[test]
fn what_is_over_is_told() {
    assert_eq!(course(&Frame { ends: 600, ..frame() }, &[call(0.1)]).over, Some(12));
    assert_eq!(course(&frame(), &[]).finish, 540);
}

#[test]
fn a_stop_is_put_where_it_adds_the_least() {
    let calls = [call(0.1), call(0.2)];
    // Half way to the first: 5.5597 km is 13.84 → 12 min (4.49 mi) twice, in place of 21 min and 9.0 mi.
    let between = detour(&frame(), &calls, spot(0.05).expect("a place")).expect("a way");
    assert_eq!(between, Detour { at: 0, tenths: 0, minutes: 3 });
    // Beyond the last: 21 there and 57 back, in place of 39.
    let beyond = detour(&frame(), &calls, spot(0.3).expect("a place")).expect("a way");
    assert_eq!(beyond, Detour { at: 2, tenths: 179, minutes: 39 });
    let first = detour(&frame(), &[], spot(0.1).expect("a place")).expect("a way");
    assert_eq!((first.minutes, first.tenths), (42, 180));
    assert_eq!(detour(&Frame { start: None, ..frame() }, &[], spot(0.1).expect("a place")), None);
}
