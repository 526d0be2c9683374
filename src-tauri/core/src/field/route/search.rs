//! Orders for days with more stops than every way can be looked at: `vrp-core` (Apache-2.0) searches, with one vehicle that
//! starts and ends at place 0.

use std::sync::Arc;

use vrp_core::models::common::TimeWindow;
use vrp_core::models::problem::{Job, JobIdDimension};
use vrp_core::prelude::{
    DefaultRandom, Environment, GenericResult, GoalContextBuilder, MinimizeUnassignedBuilder, ProblemBuilder,
    SimpleTransportCost, SingleBuilder, Solver, TransportCost, TransportFeatureBuilder, VehicleBuilder,
    VehicleDetailBuilder, VrpConfigBuilder,
};

use super::problem::{Day, Ticks};

/// How many times the search improves what it has, and how often at least for each stop.
const GENERATIONS: usize = 300;
const GENERATIONS_EACH: usize = 10;

/// How long it may take at most, in seconds.
const SECONDS: usize = 1;

/// An order of stops, by index; it need not be the best and may leave some out.
///
/// # Errors
/// What the search says of its input: none for a day whose matrix is square.
pub(super) fn search(day: &Day) -> GenericResult<Vec<usize>> {
    let flat: Vec<f64> = day.travel.iter().flatten().map(|way| *way as f64).collect();
    let transport: Arc<dyn TransportCost> = Arc::new(SimpleTransportCost::new(flat.clone(), flat)?);
    let jobs = day.stops.iter().enumerate().map(|(at, stop)| {
        SingleBuilder::default()
            .id(&at.to_string())
            .location(at + 1)?
            .duration(stop.service as f64)?
            .times(vec![TimeWindow::new(stop.open as f64, stop.close as f64)])?
            .build_as_job()
    });
    let priorities: Vec<u32> = day.stops.iter().map(|stop| stop.priority).collect();
    let vehicle = VehicleBuilder::default()
        .id("day")
        .set_distance_cost(1.)
        .add_detail(
            VehicleDetailBuilder::default()
                .set_start_location(0)
                .set_start_time(day.depart as f64)
                .set_start_time_latest(day.depart as f64)
                .set_end_location(0)
                .set_end_time(END as f64)
                .build()?,
        )
        .build()?;
    let goal = GoalContextBuilder::with_features(&[
        MinimizeUnassignedBuilder::new("most priority")
            .set_job_estimator(move |_, job| {
                index(job).and_then(|at| priorities.get(at)).map_or(1., |priority| f64::from(*priority))
            })
            .build()?,
        TransportFeatureBuilder::new("least travel")
            .set_transport_cost(transport.clone())
            .set_time_constrained(true)
            .build_minimize_distance()?,
    ])?
    .build()?;
    let problem = Arc::new(
        ProblemBuilder::default()
            .add_jobs(jobs.collect::<GenericResult<Vec<_>>>()?.into_iter())
            .add_vehicle(vehicle)
            .with_goal(goal)
            .with_transport_cost(transport)
            .with_logger(Arc::new(|_| ()))
            .build()?,
    );
    let environment = Arc::new(Environment {
        random: Arc::new(DefaultRandom::new_repeatable()),
        logger: Arc::new(|_| ()),
        ..Environment::new_with_time_quota(Some(SECONDS))
    });
    let config = VrpConfigBuilder::new(problem.clone())
        .set_environment(environment)
        .prebuild()?
        .with_max_generations(Some(GENERATIONS.max(GENERATIONS_EACH * day.stops.len())))
        .with_max_time(Some(SECONDS))
        .build()?;
    let solution = Solver::new(problem, config).solve()?;
    // Place 0 is where the day starts and ends.
    Ok(solution.get_locations().flatten().filter_map(|place| place.checked_sub(1)).collect())
}

/// Which stop a job is.
fn index(job: &Job) -> Option<usize> {
    job.dimens().get_job_id()?.parse().ok()
}

/// Later than any day ends.
const END: Ticks = 1_000_000_000_000;
