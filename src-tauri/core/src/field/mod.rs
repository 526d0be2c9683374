//! The liaison's day outside: where partners are, whom to see and in which order, what to say, what came of it and what it cost.
//!
//! Ways are told without a map and without a network: by coordinates somebody entered, or by the middle of a ZIP (`places`). How a
//! day goes (`day/course`) and in which order it is best visited (`day/order`, with `route`) are pure functions.

mod around;
mod brief;
mod canvass;
mod day;
mod error;
mod mileage;
mod places;
mod route;
mod rows;
mod ways;

pub use around::{Nearby, field_around};
pub(crate) use brief::put_words_in;
pub use brief::*;
pub use canvass::*;
pub(crate) use day::put_day_in;
pub use day::*;
pub use error::FieldError;
pub use mileage::*;
pub use places::{PlaceForm, Precision, Spot, zip_center};
pub use route::{Day, MINUTE, MOST, PROVEN, Plan, RouteError, Stop, Ticks, Walk, WhyNot, plan};
pub use ways::{Point, distance, drive_estimate, drive_tenths};
