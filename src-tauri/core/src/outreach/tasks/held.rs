//! What each of us holds, and giving it to somebody else.

use std::collections::HashMap;

use super::must_be_at_work;
use crate::foundation::id::ProfileId;
use crate::outreach::error::OutreachError;
use crate::outreach::plans::{OutreachPlanState, plan_state};
use crate::outreach::rows::{plans, rings, tasks as rows};
use crate::practice::Practice;
use crate::store::{Label, StoreError, Written};
use crate::vault::{Area, Need};

/// What one of us holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Open tasks.
    pub tasks: u32,
    /// Running plans.
    pub plans: u32,
    /// Partners for whose owner they stand in.
    pub deputies: u32,
}

/// What each of us holds. Whoever holds nothing may be missing.
///
/// # Errors
/// Those of the file.
pub fn held(practice: &Practice) -> Result<HashMap<ProfileId, Held>, StoreError> {
    let today = practice.today();
    practice.read(|conn| {
        let mut all: HashMap<ProfileId, Held> = HashMap::new();
        for (holder, tasks) in rows::by_holder(conn, today)? {
            all.entry(holder).or_default().tasks = tasks;
        }
        for plan in plans::all(conn, None, None)? {
            if plan_state(&plan.facts, today).0 == OutreachPlanState::Running {
                all.entry(plan.holder).or_default().plans += 1;
            }
        }
        for (deputy, partners) in rings::by_deputy(conn)? {
            all.entry(deputy).or_default().deputies = partners;
        }
        Ok(all)
    })
}

/// Gives every open task and running plan of one of us to another, who also stands in wherever the first one did: before they
/// leave. Nobody stands in for themselves. Answers with the number of tasks.
///
/// # Errors
/// [`OutreachError::Invalid`] if the other is not at work; those of the file.
pub fn hand_over_tasks(
    practice: &Practice,
    from: ProfileId,
    to: ProfileId,
) -> Result<Written<u32>, OutreachError> {
    practice.may(Need::Write(Area::Outreach))?;
    practice.write(Label::hand("task_assign", ""), |tx| {
        must_be_at_work(tx, to)?;
        let changed = rows::hand_over(tx, from, to)?;
        rings::hand_over(tx, from, to)?;
        tx.subject(format!("{changed} tasks"));
        Ok(changed)
    })
}
