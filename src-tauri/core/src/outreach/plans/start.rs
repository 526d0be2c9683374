//! A plan begins, with one partner or with many.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::state::{OutreachPlanState, plan_state};
use crate::foundation::id::{PartnerId, PlanId, ProfileId, RecordId, TaskId};
use crate::foundation::working_days::WorkingDays;
use crate::network::{PartnerFilter, PartnerQuery, partner_ids};
use crate::outreach::checks::{ahead, line};
use crate::outreach::error::{OutreachError, invalid};
use crate::outreach::playbooks::{PlaybookContent, find};
use crate::outreach::rows::{plans as rows, tasks, touches};
use crate::outreach::tasks::{NewTask, must_be_at_work};
use crate::practice::Practice;
use crate::store::{Label, Tx, Written};
use crate::vault::{Area, Need, calendar_in};

/// Whom a plan is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case", tag = "kind", content = "of")]
pub enum PlanTarget {
    /// These partners.
    Partners(Vec<PartnerId>),
    /// Every partner a filter lets through.
    Segment(PartnerFilter),
}

/// A plan that is to begin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PlanStart {
    /// The playbook it follows.
    pub playbook: String,
    /// What it is called: the playbook's name, or what it is for.
    pub name: String,
    /// With whom.
    pub target: PlanTarget,
    /// Who does the steps.
    pub holder: ProfileId,
    /// The first day.
    pub starts_on: NaiveDate,
}

/// Plans that began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PlansStarted {
    /// What they have in common.
    pub run: RecordId,
    /// How many.
    pub started: u32,
    /// Partners with whom this playbook is followed already.
    pub already: u32,
}

/// One action begins at most so many.
const MOST: usize = 200;
/// How long a name may be.
const NAME: usize = 80;

/// Begins plans. With whom the same playbook is followed already, nothing begins.
///
/// # Errors
/// [`OutreachError::Invalid`] with the field, [`OutreachError::Missing`]; those of the file. Nothing is written then.
pub fn start_plans(practice: &Practice, start: &PlanStart) -> Result<Written<PlansStarted>, OutreachError> {
    practice.may(Need::Write(Area::Outreach))?;
    let partners = match &start.target {
        PlanTarget::Partners(ids) => ids.clone(),
        PlanTarget::Segment(filter) => {
            let query = PartnerQuery { filter: filter.clone(), ..PartnerQuery::default() };
            partner_ids(practice, &query).map_err(|error| match error {
                crate::network::NetworkError::Store(error) => OutreachError::Store(error),
                _ => OutreachError::Missing,
            })?
        }
    };
    if partners.is_empty() {
        return invalid("target", "Nobody fits. Choose a partner, or another filter.");
    }
    if partners.len() > MOST {
        return invalid("target", "A plan begins with at most 200 partners at once. Narrow the filter.");
    }
    for partner in &partners {
        practice.must_see(*partner)?;
    }
    practice.write(Label::hand("plan_start", start.name.trim()), |tx| begin_in(tx, start, &partners))
}

/// The same within a write somebody holds, with partners that were looked up.
pub(crate) fn begin_in(
    tx: &Tx<'_>,
    start: &PlanStart,
    partners: &[PartnerId],
) -> Result<PlansStarted, OutreachError> {
    let name = line("name", &start.name, NAME)?;
    if name.is_empty() {
        return invalid("name", "Give the plan a name.");
    }
    ahead("startsOn", start.starts_on, tx.today, None)?;
    must_be_at_work(tx, start.holder)?;
    let content = find(tx, &start.playbook)?.content;
    let mut done = PlansStarted { run: RecordId::new(), started: 0, already: 0 };
    for partner in partners {
        touches::partner(tx, *partner)?.ok_or(OutreachError::Missing)?;
        if is_followed(tx, *partner, &start.playbook)? {
            done.already += 1;
            continue;
        }
        start_in(tx, start, &name, &content, *partner, done.run)?;
        done.started += 1;
    }
    if done.started == 0 {
        return invalid("target", "This playbook is followed with them already.");
    }
    Ok(done)
}

fn is_followed(tx: &Tx<'_>, partner: PartnerId, playbook: &str) -> Result<bool, OutreachError> {
    for plan in rows::following(tx, partner, playbook)? {
        let found = rows::one(tx, plan)?.ok_or(OutreachError::Missing)?;
        if plan_state(&found.facts, tx.today).0 == OutreachPlanState::Running {
            return Ok(true);
        }
    }
    Ok(false)
}

/// One plan and its first step.
fn start_in(
    tx: &Tx<'_>,
    start: &PlanStart,
    name: &str,
    content: &PlaybookContent,
    partner: PartnerId,
    run: RecordId,
) -> Result<PlanId, OutreachError> {
    let plan = rows::NewPlan {
        partner,
        run,
        name,
        playbook: &start.playbook,
        content,
        holder: start.holder,
        started_on: start.starts_on,
        stops_on: content.stop_after_days.map(|days| start.starts_on + Days::new(days.into())),
    };
    let id = rows::insert(tx, &plan)?;
    let days = content.steps.first().map_or(0, |step| step.after_days);
    put_step(
        tx,
        content,
        &Next {
            plan: id,
            step: 0,
            partner,
            holder: start.holder,
            not_before: start.starts_on + Days::new(days.into()),
        },
    )?;
    Ok(id)
}

/// The step that comes next.
pub(super) struct Next {
    pub(super) plan: PlanId,
    pub(super) step: u16,
    pub(super) partner: PartnerId,
    pub(super) holder: ProfileId,
    pub(super) not_before: NaiveDate,
}

/// A step becomes a task, on a working day; none if there is no such step.
pub(super) fn put_step(
    tx: &Tx<'_>,
    content: &PlaybookContent,
    next: &Next,
) -> Result<Option<TaskId>, OutreachError> {
    let Some(step) = content.steps.get(usize::from(next.step)) else { return Ok(None) };
    let days = WorkingDays::new(&calendar_in(tx)?);
    let due = if days.works(next.not_before) { next.not_before } else { days.after(next.not_before, 1) };
    let task = NewTask {
        notes: step.say.clone(),
        partner: Some(next.partner),
        ..NewTask::titled(&step.title, due, next.holder)
    };
    Ok(Some(tasks::insert_step(tx, &task, next.plan, next.step)?))
}
