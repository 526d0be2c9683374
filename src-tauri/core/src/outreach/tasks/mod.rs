//! What somebody will do by a day.

mod add;
mod change;
mod held;
mod kept;
mod list;
mod remind;
mod repeat;
mod settle;
mod types;

pub(crate) use add::add_in;
pub use add::add_task;
pub(super) use add::must_be_at_work;
pub use change::{assign_tasks, edit_task, move_task};
pub use held::{Held, hand_over_tasks, held};
pub use kept::{
    OutreachMeasures, OutreachShare, PromisedTask, follow_up_kept, next_action_share, outreach_measures,
};
pub(super) use list::MOST;
pub use list::{TaskList, TaskQuery, task, tasks, tasks_due, tasks_in_files};
pub use remind::{Reminders, reminders, reminders_due};
pub use repeat::next_day;
pub use settle::{drop_task, finish_task};
pub use types::{NewTask, Repeat, TaskPartner, TaskRow};
