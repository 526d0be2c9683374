//! Contacts with partners.

mod log;
mod types;

pub(crate) use log::log_in;
pub use log::log_touch;
pub use types::{CostKind, NewTouch, NextStep, StartedBy, TouchCategory, TouchForm};
