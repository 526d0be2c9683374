//! The liaison's day outside: how far it is, and in which order the stops are best visited.

mod route;
mod ways;

pub use route::{Day, MINUTE, MOST, PROVEN, Plan, RouteError, Stop, Ticks, Walk, WhyNot, plan};
pub use ways::{Point, distance, drive_estimate};
