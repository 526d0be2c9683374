//! Somebody's day outside: whom they visit, in which order, and what came of it.

mod checks;
mod course;
mod log;
mod order;
mod plan;
mod propose;
mod stops;
mod types;
mod view;
mod week;

pub use course::Leg;
pub use log::{VisitLog, log_visit, skip_visit};
pub use order::StopLeftOut;
pub(crate) use plan::put_day_in;
pub use plan::{plan_day, remove_day};
pub use propose::{Proposal, ProposalReason, Waiting, field_proposals};
pub use stops::{add_stop, edit_stop, move_stop, order_stops, remove_stop};
pub use types::{
    DayStatus, FieldDay, FieldPlan, FieldStop, LeftStop, Meal, OrderedDay, StopForm, StopOutcome,
    VisitDayForm, VisitTopic,
};
pub(super) use view::planned;
pub use view::{FieldLiaison, field_day, field_liaisons};
pub use week::{FieldWeek, WeekDay, WeekStop, field_week};
