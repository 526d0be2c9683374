//! Plans as they are shown, with what came of them.

use chrono::{Days, NaiveDate};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::state::{OutreachPlanState, PlanResult, plan_result, plan_state};
use crate::foundation::id::{PartnerId, PlanId, ProfileId, RecordId};
use crate::network::{PartnerClass, name_as_seen};
use crate::outreach::error::OutreachError;
use crate::outreach::playbooks::{PlaybookContent, PlaybookStep};
use crate::outreach::rows::plans::{self as rows, Found};
use crate::outreach::tasks::{TaskPartner, TaskRow};
use crate::practice::Practice;
use crate::store::StoreError;
use crate::vault::{Area, Hidden, Need};

/// Which plans are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct PlanQuery {
    /// With one partner alone.
    pub partner: Option<PartnerId>,
    /// Those that were started together.
    pub run: Option<RecordId>,
    /// Those that run, and no others.
    pub running: bool,
}

/// A plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct OutreachPlan {
    /// The plan.
    pub id: PlanId,
    /// What those that were started together have in common.
    pub run: RecordId,
    /// What it is called.
    pub name: String,
    /// With whom.
    pub partner: TaskPartner,
    /// Who does the steps.
    pub holder: ProfileId,
    /// Their name.
    pub holder_name: String,
    /// The first day.
    pub started_on: NaiveDate,
    /// The last day it waits.
    pub stops_on: Option<NaiveDate>,
    /// Where it stands.
    pub state: OutreachPlanState,
    /// Since when it has ended.
    pub ended_on: Option<NaiveDate>,
    /// Why it was stopped.
    pub ended_note: String,
    /// How many steps it has.
    pub steps: u16,
    /// How many of them are behind it.
    pub behind: u16,
    /// The step that is to be done.
    pub next: Option<TaskRow>,
    /// What came of it within 90 days. Who sent somebody is told to those who see referrals.
    pub result: PlanResult,
}

/// A step of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PlanStepShown {
    /// What it says.
    pub step: PlaybookStep,
    /// The day it was meant for.
    pub planned_on: NaiveDate,
    /// The task it became.
    pub task: Option<TaskRow>,
}

/// A plan with all its steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct OutreachPlanPage {
    /// The plan.
    pub row: OutreachPlan,
    /// What the playbook said on the first day.
    pub content: PlaybookContent,
    /// Its steps.
    pub steps: Vec<PlanStepShown>,
}

/// Plans that were started together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PlanRun {
    /// What they have in common.
    pub run: RecordId,
    /// What they are called.
    pub name: String,
    /// The first day.
    pub started_on: NaiveDate,
    /// With how many partners.
    pub partners: u32,
    /// How many run.
    pub running: u32,
    /// How many answered within 90 days.
    pub replied: u32,
    /// With how many one met within 90 days.
    pub met: u32,
    /// How many sent somebody within 90 days; none for those who don't see referrals.
    pub referred: Option<u32>,
    /// The 90 days are over for all of them: the numbers stay as they are.
    pub settled: bool,
}

/// Most plans one answer holds.
const MOST: usize = 500;

struct Eyes {
    today: NaiveDate,
    hidden: Hidden,
    referrals: bool,
}

impl Eyes {
    fn of(practice: &Practice) -> Result<Self, StoreError> {
        practice.may(Need::Read(Area::Outreach))?;
        let referrals = Need::Read(Area::Referrals).is_met(&practice.rights());
        Ok(Self { today: practice.today(), hidden: practice.hidden(), referrals })
    }

    fn row(&self, conn: &Connection, found: &Found) -> Result<OutreachPlan, StoreError> {
        let (mut state, mut ended_on) = plan_state(&found.facts, self.today);
        let mut result = plan_result(&found.facts);
        if !self.referrals {
            result.referred_on = None;
            if state == OutreachPlanState::Referred {
                (state, ended_on) = (OutreachPlanState::Finished, None);
            }
        }
        let steps = rows::tasks_of(conn, found.id, self.hidden)?;
        let next = steps
            .iter()
            .find(|task| task.done_on.is_none() && task.dropped.is_none())
            .filter(|_| state == OutreachPlanState::Running);
        let behind = steps.iter().filter(|task| task.done_on.is_some() || task.dropped.is_some()).count();
        let partner = &found.partner;
        let unseen = self.hidden.patients && found.class == PartnerClass::Patient;
        Ok(OutreachPlan {
            id: found.id,
            run: found.run,
            name: found.name.clone(),
            partner: TaskPartner {
                name: name_as_seen(self.hidden, found.class, partner.id, partner.name.clone()),
                ..partner.clone()
            },
            holder: found.holder,
            holder_name: found.holder_name.clone(),
            started_on: found.facts.started_on,
            stops_on: found.facts.stops_on,
            state,
            ended_on,
            ended_note: if unseen { String::new() } else { found.ended_note.clone() },
            steps: u16::try_from(found.content.steps.len()).unwrap_or(u16::MAX),
            behind: u16::try_from(behind).unwrap_or(u16::MAX),
            next: next.cloned(),
            result,
        })
    }
}

/// The plans that are asked for, the newest first.
///
/// # Errors
/// [`StoreError::NotAllowed`]; those of the file.
pub fn plans(practice: &Practice, query: &PlanQuery) -> Result<Vec<OutreachPlan>, OutreachError> {
    shown(practice, query, MOST, &Eyes::of(practice)?)
}

/// All of them, as files have them: a patient who is a partner stands there by a token.
///
/// # Errors
/// [`StoreError::NotAllowed`]; those of the file.
pub fn plans_in_files(practice: &Practice, query: &PlanQuery) -> Result<Vec<OutreachPlan>, OutreachError> {
    let eyes = Eyes::of(practice)?;
    shown(practice, query, usize::MAX, &Eyes { hidden: Hidden { patients: true, ..eyes.hidden }, ..eyes })
}

fn shown(
    practice: &Practice,
    query: &PlanQuery,
    most: usize,
    eyes: &Eyes,
) -> Result<Vec<OutreachPlan>, OutreachError> {
    practice.read(|conn| {
        let mut shown = Vec::new();
        for found in rows::all(conn, query.partner, query.run)? {
            let row = eyes.row(conn, &found)?;
            if !query.running || row.state == OutreachPlanState::Running {
                shown.push(row);
            }
            if shown.len() == most {
                break;
            }
        }
        Ok(shown)
    })
}

/// A plan with all its steps.
///
/// # Errors
/// [`OutreachError::Missing`], [`StoreError::NotAllowed`]; those of the file.
pub fn plan(practice: &Practice, id: PlanId) -> Result<OutreachPlanPage, OutreachError> {
    let eyes = Eyes::of(practice)?;
    practice.read(|conn| {
        let found = rows::one(conn, id)?.ok_or(OutreachError::Missing)?;
        let tasks = rows::tasks_of(conn, id, eyes.hidden)?;
        let steps = (0u16..).zip(&found.content.steps).map(|(at, step)| PlanStepShown {
            step: step.clone(),
            planned_on: found.facts.started_on + Days::new(step.after_days.into()),
            task: tasks.iter().find(|task| task.step.is_some_and(|(_, step)| step == at)).cloned(),
        });
        let steps = steps.collect();
        Ok(OutreachPlanPage { row: eyes.row(conn, &found)?, content: found.content, steps })
    })
}

/// Plans by what was started together, the newest first, with what came of them.
///
/// # Errors
/// [`StoreError::NotAllowed`]; those of the file.
pub fn plan_runs(practice: &Practice) -> Result<Vec<PlanRun>, OutreachError> {
    let eyes = Eyes::of(practice)?;
    practice.read(|conn| {
        let mut runs: Vec<PlanRun> = Vec::new();
        for found in rows::all(conn, None, None)? {
            let state = plan_state(&found.facts, eyes.today).0;
            let result = plan_result(&found.facts);
            let at = runs.iter().position(|run| run.run == found.run).unwrap_or_else(|| {
                runs.push(PlanRun {
                    run: found.run,
                    name: found.name.clone(),
                    started_on: found.facts.started_on,
                    partners: 0,
                    running: 0,
                    replied: 0,
                    met: 0,
                    referred: eyes.referrals.then_some(0),
                    settled: found.facts.started_on + Days::new(90) < eyes.today,
                });
                runs.len() - 1
            });
            let run = &mut runs[at];
            run.partners += 1;
            run.running += u32::from(state == OutreachPlanState::Running);
            run.replied += u32::from(result.replied_on.is_some());
            run.met += u32::from(result.met_on.is_some());
            run.referred = run.referred.map(|n| n + u32::from(result.referred_on.is_some()));
        }
        Ok(runs)
    })
}
