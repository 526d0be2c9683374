//! The order of a day against public instances of the travelling-salesman problem with time windows
//! (`tests/fixtures/routes/README.md` says where they are from and what is known of them).

use std::cmp::Ordering;
use std::path::Path;

use baton_core::field::{Day, MINUTE, Stop, Ticks, plan};

/// An instance: a day, and the ticks of one of its own units.
fn instance(name: &str) -> (Day, Ticks) {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/routes"));
    let text = std::fs::read_to_string(folder.join(name).with_added_extension("txt")).unwrap();
    let mut rows = text.lines().map(|line| -> Vec<Ticks> {
        line.split_whitespace().map(|number| number.parse().unwrap()).collect()
    });
    let head = rows.next().unwrap();
    let (places, service) = (usize::try_from(head[0]).unwrap(), head[1]);
    // Those that count in ten-thousandths are fine enough as they are.
    let unit = if service == 0 { MINUTE } else { 1 };
    let later: Vec<Vec<Ticks>> = rows.by_ref().take(places - 1).collect();
    let way = |from: usize, to: usize| match from.cmp(&to) {
        Ordering::Less => later[from][to - from - 1] * unit,
        Ordering::Equal => 0,
        Ordering::Greater => later[to][from - to - 1] * unit,
    };
    let travel: Vec<Vec<Ticks>> =
        (0..places).map(|from| (0..places).map(|to| way(from, to)).collect()).collect();
    let windows: Vec<Vec<Ticks>> = rows.collect();
    assert_eq!(windows.len(), places, "{name}");
    let home = windows[0][1] * unit;
    let stops = (1..places).map(|place| Stop {
        id: place.to_string(),
        open: windows[place][0] * unit,
        // Whoever begins later is not back in time.
        close: (windows[place][1] * unit).min(home - service - travel[place][0]),
        service,
        priority: 1,
    });
    let day = Day { stops: stops.collect(), travel, depart: 0 };
    (day, if service == 0 { MINUTE } else { 10_000 })
}

#[test]
fn public_instances_are_ordered_within_two_of_a_hundred_of_the_best_known() {
    // Hundredths of a unit.
    for (name, best) in [
        ("n20w20.001", 37_800),
        ("n20w100.001", 23_700),
        ("n40w100.001", 42_900),
        ("rc_202.2", 17_414),
        ("rc_204.3", 22_503),
    ] {
        let (day, unit) = instance(name);
        let planned = plan(&day).unwrap();
        assert_eq!(planned.unserved, [], "{name}");
        let walked = day.walk(&planned.walk.order).unwrap();
        assert_eq!(walked, planned.walk, "{name}: the order holds");
        let travel = walked.travel * 100 / unit;
        // Less than the best known would be a misread instance.
        assert!(travel >= best && travel * 100 <= best * 102, "{name}: {travel} against {best}");
    }
}
