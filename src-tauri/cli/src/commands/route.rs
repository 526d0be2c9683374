//! `route`: in which order the stops of a day are best visited. Needs no practice.

use baton_core::field::{Day, MINUTE, Point, RouteError, Stop, Ticks, WhyNot, drive_estimate, plan};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::answer::{Answer, Failure};
use crate::arguments::Route;
use crate::exit::Exit;

/// The largest file that is read, in bytes: far more than two hundred stops take.
const LARGEST: u64 = 8 << 20;

/// A day as the file tells it; times in minutes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    /// `matrix[from][to]`; place 0 is where the day starts and ends, stop `i` is place `i`.
    matrix: Option<Vec<Vec<f64>>>,
    /// Where the day starts and ends, where there is no matrix.
    start: Option<Place>,
    stops: Vec<ToldStop>,
    #[serde(default)]
    depart: f64,
}

#[derive(Clone, Copy, Deserialize)]
struct Place {
    lat: f64,
    lon: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ToldStop {
    id: Value,
    #[serde(default)]
    open: f64,
    close: Option<f64>,
    #[serde(default)]
    service: f64,
    priority: Option<u32>,
    lat: Option<f64>,
    lon: Option<f64>,
}

/// Plans the day of a file.
pub fn run(what: &Route) -> Result<Answer, Failure> {
    let unreadable = |message: String| {
        Failure::new(Exit::Unreadable, "unreadable", format!("{}: {message}", what.file.display()))
    };
    let about = std::fs::metadata(&what.file).map_err(|error| unreadable(error.to_string()))?;
    if about.len() > LARGEST {
        return Err(unreadable("this is no day: it has more than 8 MB".into()));
    }
    let text = std::fs::read_to_string(&what.file).map_err(|error| unreadable(error.to_string()))?;
    let told: Told = serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?;
    let day = Day {
        travel: travel(&told)?,
        stops: told.stops.iter().map(stop).collect::<Result<_, _>>()?,
        depart: ticks(told.depart)?,
    };
    let planned = plan(&day).map_err(|error| refused(&error))?;
    let id = |at: &usize| told.stops[*at].id.clone();
    let unserved = planned.unserved.iter().map(|(at, why)| {
        let reason = match why {
            WhyNot::ClosedOnArrival => "closed_on_arrival",
            WhyNot::NoTime => "no_time",
        };
        json!({ "id": id(at), "reason": reason })
    });
    let walk = &planned.walk;
    let answer = json!({
        "order": walk.order.iter().map(id).collect::<Vec<_>>(),
        "arrive": walk.arrive.iter().map(|at| minutes(*at)).collect::<Vec<_>>(),
        "travel": minutes(walk.travel),
        "finish": minutes(walk.finish),
        "unserved": unserved.collect::<Vec<_>>(),
    });
    let mut said = String::new();
    for (at, arrive) in walk.order.iter().zip(&walk.arrive) {
        said.push_str(&format!("{:>8}  {}\n", minutes(*arrive), plain(&told.stops[*at].id)));
    }
    said.push_str(&format!(
        "Under way {} minutes, back at {}.\n",
        minutes(walk.travel),
        minutes(walk.finish)
    ));
    for (at, why) in &planned.unserved {
        let reason = match why {
            WhyNot::ClosedOnArrival => "closed before one can be there",
            WhyNot::NoTime => "no time beside the others",
        };
        said.push_str(&format!("Not visited: {}, {reason}\n", plain(&told.stops[*at].id)));
    }
    Answer::new(&answer, said)
}

fn travel(told: &Told) -> Result<Vec<Vec<Ticks>>, Failure> {
    if let Some(matrix) = &told.matrix {
        return matrix.iter().map(|row| row.iter().map(|way| ticks(*way)).collect()).collect();
    }
    let start = told.start.ok_or_else(|| {
        Failure::usage(
            "give a \"matrix\" of travel minutes, or a \"start\" and stops with \"lat\" and \"lon\"",
        )
    })?;
    let place = |lat: Option<f64>, lon: Option<f64>, id: &Value| {
        let point = lat.zip(lon).and_then(|(lat, lon)| Point::new(lat, lon));
        point.ok_or_else(|| {
            Failure::usage(format!("{} has no place: give \"lat\" and \"lon\" in degrees", plain(id)))
        })
    };
    let mut places = vec![place(Some(start.lat), Some(start.lon), &json!("the start"))?];
    for stop in &told.stops {
        places.push(place(stop.lat, stop.lon, &stop.id)?);
    }
    let minutes = |from: &Point, to: &Point| Ticks::from(drive_estimate(*from, *to)) * MINUTE;
    Ok(places.iter().map(|from| places.iter().map(|to| minutes(from, to)).collect()).collect())
}

fn stop(told: &ToldStop) -> Result<Stop, Failure> {
    Ok(Stop {
        id: plain(&told.id),
        open: ticks(told.open)?,
        close: told.close.map_or(Ok(Ticks::MAX / 4), ticks)?,
        service: ticks(told.service)?,
        priority: told.priority.unwrap_or(1),
    })
}

/// A year in minutes: what is longer is a mistake.
const YEAR: f64 = 527_040.0;

fn ticks(minutes: f64) -> Result<Ticks, Failure> {
    if minutes.abs() > YEAR {
        return Err(Failure::usage(format!("{minutes} minutes are longer than a year")));
    }
    Ok((minutes * MINUTE as f64).round() as Ticks)
}

/// Whole minutes as such, others with their decimals.
fn minutes(ticks: Ticks) -> Value {
    if ticks % MINUTE == 0 { json!(ticks / MINUTE) } else { json!(ticks as f64 / MINUTE as f64) }
}

fn plain(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

fn refused(error: &RouteError) -> Failure {
    match error {
        RouteError::Unwalkable => Failure::new(Exit::Failed, "failed", error.to_string()),
        _ => Failure::usage(error.to_string()),
    }
}
