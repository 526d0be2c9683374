//! How the practice is known and remembered: every contact with a partner, and what somebody promised to do.

mod checks;
mod error;
mod rows;
mod tasks;
mod touches;

pub use error::OutreachError;
pub use tasks::*;
pub use touches::*;
