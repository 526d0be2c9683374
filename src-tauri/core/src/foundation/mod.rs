//! Values without I/O: ids, time, text, contact data. Rules of a room do not belong here.

pub mod clock;
mod codes;
pub mod date_text;
pub mod day;
pub mod id;
pub mod money_text;
pub mod names;
pub mod npi;
pub mod phone;
pub(crate) mod point;
pub mod text;
pub mod us_state;
pub mod working_days;
pub mod zip;

pub(crate) use codes::{codes, kept_as};
