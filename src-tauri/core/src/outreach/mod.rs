//! How the practice is known and remembered: every contact with a partner, and what somebody promised to do.

mod cadence;
mod checks;
mod error;
mod rings;
mod rows;
mod tasks;
mod touches;

pub use cadence::*;
pub use error::OutreachError;
pub use rings::*;
pub use tasks::*;
pub use touches::*;
