//! A playbook that is followed with a partner: step after step, until they answer or it stops.

mod follow;
mod shown;
mod start;
mod state;

pub(crate) use follow::heard_from;
pub(super) use follow::next_step;
pub use follow::stop_plan;
pub use shown::{
    OutreachPlan, OutreachPlanPage, PlanQuery, PlanRun, PlanStepShown, plan, plan_runs, plans, plans_in_files,
};
pub(crate) use start::begin_in;
pub use start::{PlanStart, PlanTarget, PlansStarted, start_plans};
pub(super) use state::PlanFacts;
pub use state::{OutreachPlanState, PlanResult, plan_result, plan_state};
