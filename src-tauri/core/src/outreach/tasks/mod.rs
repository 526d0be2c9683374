//! What somebody will do by a day.

mod add;
mod change;
mod kept;
mod list;
mod remind;
mod repeat;
mod settle;
mod types;

pub(crate) use add::add_in;
pub use add::add_task;
pub(super) use add::must_be_at_work;
pub use change::{assign_tasks, edit_task, hand_over_tasks, move_task, tasks_by_holder};
pub use kept::{
    OutreachMeasures, OutreachShare, PromisedTask, follow_up_kept, next_action_share, outreach_measures,
};
pub(super) use list::MOST;
pub use list::{TaskList, TaskQuery, task, tasks, tasks_due};
pub use remind::{Reminders, reminders, reminders_due};
pub use repeat::next_day;
pub use settle::{drop_task, finish_task};
pub use types::{NewTask, Repeat, TaskPartner, TaskRow};
