//! How the practice is known and remembered: every contact with a partner, and what somebody promised to do.

mod cadence;
mod calendar;
mod checks;
mod error;
mod plans;
mod playbooks;
mod rings;
mod rows;
mod tasks;
mod touches;

pub use cadence::*;
pub use calendar::*;
pub use error::OutreachError;
pub(crate) use plans::begin_in;
pub use plans::*;
pub use playbooks::*;
pub use rings::*;
pub(crate) use tasks::add_in;
pub use tasks::*;
pub use touches::*;
