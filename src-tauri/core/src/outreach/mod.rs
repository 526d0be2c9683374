//! How the practice is known and remembered: every contact with a partner, and what somebody promised to do.

mod calendar;
mod checks;
mod error;
mod plans;
mod playbooks;
mod cadence;
mod checks;
mod error;
mod rings;
mod rows;
mod tasks;
mod touches;

pub use calendar::*;
pub use error::OutreachError;
pub use plans::*;
pub(crate) use plans::begin_in;
pub(crate) use tasks::add_in;
pub use playbooks::*;
pub use cadence::*;
pub use error::OutreachError;
pub use rings::*;
pub use tasks::*;
pub use touches::*;
