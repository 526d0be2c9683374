//! What somebody will do by a day.

mod add;
mod types;

pub(crate) use add::add_in;
pub use add::add_task;
pub use types::{NewTask, Repeat};
