//! A plan goes on, or comes to its end.

use chrono::{Days, NaiveDate};

use super::start::{Next, put_step};
use super::state::{OutreachPlanState, plan_state};
use crate::foundation::id::{PartnerId, PlanId, TaskId};
use crate::outreach::checks::text;
use crate::outreach::error::{OutreachError, invalid};
use crate::outreach::rows::{plans as rows, tasks};
use crate::practice::Practice;
use crate::store::{Label, Tx, Written};
use crate::vault::{Area, Need};

/// What an open step says when its plan ended because they answered.
const ANSWERED: &str = "They answered.";
/// How long a note may be.
const NOTE: usize = 300;

/// After a step was done or left out: the next one becomes a task, as far after today as it lies after that step and not
/// before its own day. After the last one the plan is finished.
///
/// # Errors
/// Those of the file.
pub(in crate::outreach) fn next_step(
    tx: &Tx<'_>,
    plan: PlanId,
    done: u16,
) -> Result<Option<TaskId>, OutreachError> {
    let Some(found) = rows::one(tx, plan)? else { return Ok(None) };
    if plan_state(&found.facts, tx.today).0 != OutreachPlanState::Running {
        return Ok(None);
    }
    let step = done + 1;
    let days = |at: u16| found.content.steps.get(usize::from(at)).map(|step| u64::from(step.after_days));
    let Some(after) = days(step) else {
        rows::end(tx, plan, OutreachPlanState::Finished, tx.today, "")?;
        return Ok(None);
    };
    let gap = after.saturating_sub(days(done).unwrap_or(0));
    let not_before = (found.facts.started_on + Days::new(after)).max(tx.today + Days::new(gap));
    let holder = if tasks::is_at_work(tx, found.holder, tx.today)? { found.holder } else { tx.actor.id };
    put_step(tx, &found.content, &Next { plan, step, partner: found.partner.id, holder, not_before })
}

/// A partner answered on a day: plans that wait for that have come to their end, and their open steps with them.
///
/// # Errors
/// Those of the file.
pub(crate) fn heard_from(tx: &Tx<'_>, partner: PartnerId, on: NaiveDate) -> Result<(), OutreachError> {
    for plan in rows::waiting_for(tx, partner, on)? {
        let Some(found) = rows::one(tx, plan)? else { continue };
        // Another stop came first.
        if plan_state(&found.facts, on).1.is_some_and(|since| since < on) {
            continue;
        }
        rows::end(tx, plan, OutreachPlanState::Replied, on, "")?;
        rows::drop_open(tx, plan, ANSWERED)?;
    }
    Ok(())
}

/// Stops a plan before its end, and says why.
///
/// # Errors
/// [`OutreachError::Invalid`] without a reason or if it has ended; [`OutreachError::Missing`]; those of the file.
pub fn stop_plan(practice: &Practice, id: PlanId, note: &str) -> Result<Written<()>, OutreachError> {
    practice.may(Need::Write(Area::Outreach))?;
    let note = text("note", note, NOTE)?;
    if note.is_empty() {
        return invalid("note", "Say in a few words why it stops.");
    }
    let today = practice.today();
    let found = practice.read(|conn| rows::one(conn, id))?.ok_or(OutreachError::Missing)?;
    if plan_state(&found.facts, today).0 != OutreachPlanState::Running {
        return invalid("note", "This plan has come to its end already.");
    }
    practice.write(Label::hand("plan_stop", found.partner.name.as_str()), |tx| {
        rows::end(tx, id, OutreachPlanState::Stopped, tx.today, &note)?;
        Ok(rows::drop_open(tx, id, &note)?)
    })
}
