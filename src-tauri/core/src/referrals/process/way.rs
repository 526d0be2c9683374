//! The way of one referral: every stage with its planned and its actual day, what happened between, and through whose hands
//! it went.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::hand_over::{HandOffState, has_lapsed};
use super::holder::{Away, HolderShown};
use super::model::{ChecklistItem, Limit, Process, RequiredField, stage};
use super::paths::Paths;
use super::place::{holder_of, is_open, stands};
use super::walk::{Done, StepState, Walk, walk};
use crate::foundation::id::{RecordId, ReferralId};
use crate::foundation::working_days::WorkingDays;
use crate::practice::Practice;
use crate::referrals::error::ReferralError;
use crate::referrals::rows::process::{self as rows, Mark, StepRow};
use crate::referrals::rows::{baton, row};
use crate::referrals::types::{ReferralType, RegisterRow, Travel};
use crate::vault::{Area, Need, calendar_in};

/// A stage of a referral's path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct StageShown {
    /// Which.
    pub code: String,
    /// Its name, where it is not the usual one.
    pub name: Option<String>,
    /// It was reached.
    pub done: bool,
    /// When; none: not yet, or nobody knows.
    pub on: Option<NaiveDate>,
    /// The minute of that day.
    pub minute: Option<u16>,
    /// Who put it down.
    pub by: Option<String>,
    /// What they noted.
    pub note: Option<String>,
    /// It was passed over: a later stage was reached.
    pub passed_over: bool,
    /// The last day that keeps its limit, as far as it is known yet.
    pub planned: Option<NaiveDate>,
    /// The limit.
    pub limit: Option<Limit>,
    /// How long it took, in the unit of the limit; days where there is none.
    pub taken: Option<u32>,
    /// It was or is later than limit and grace allow.
    pub leaked: bool,
    /// What it asks for.
    pub required: Vec<RequiredField>,
    /// What is done here.
    pub checklist: Vec<ItemShown>,
}

/// An item of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ItemShown {
    /// The item.
    pub item: ChecklistItem,
    /// When it was ticked.
    pub done_on: Option<NaiveDate>,
    /// By whom.
    pub done_by: Option<String>,
}

/// Something that happened between the stages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct StepShown {
    /// To take it away.
    pub id: RecordId,
    /// What: a code of [`super::event`].
    pub step: String,
    /// When.
    pub on: NaiveDate,
    /// The minute of that day.
    pub minute: Option<u16>,
    /// Who put it down.
    pub by: String,
    /// What they noted; of an earlier closing, how it had ended.
    pub note: Option<String>,
}

/// Through whose hands it went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HeldBy {
    /// From whom.
    pub from: Option<HolderShown>,
    /// To whom.
    pub to: HolderShown,
    /// When it was given.
    pub given_on: NaiveDate,
    /// What became of it.
    pub state: HandOffState,
    /// When it was answered.
    pub answered_on: Option<NaiveDate>,
    /// Nobody answered within a working day.
    pub lapsed: bool,
    /// What they were told.
    pub note: Option<String>,
}

/// The way of one referral.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ReferralWay {
    /// What the register shows of it.
    pub row: RegisterRow,
    /// What kind.
    pub kind: Option<ReferralType>,
    /// How far the patient comes.
    pub travel: Option<Travel>,
    /// It is on its way.
    pub open: bool,
    /// Since when its steps are kept; before, nothing is known.
    pub tracked_on: Option<NaiveDate>,
    /// The stage it stands at; `rebooked` if another visit has to be agreed.
    pub stage: String,
    /// Who holds it, or held it last.
    pub holder: Option<HolderShown>,
    /// Since when.
    pub held_on: Option<NaiveDate>,
    /// What the holder said is next.
    pub next_step: Option<String>,
    /// What it waits for: a stage, or `rebooked`.
    pub next: Option<String>,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// The stages of its path, as it was when it was put on record.
    pub stages: Vec<StageShown>,
    /// After a no-show: what waits for another visit.
    pub rebooked: Vec<StageShown>,
    /// What happened between, by day.
    pub steps: Vec<StepShown>,
    /// Every hand-over, the oldest first.
    pub hands: Vec<HeldBy>,
    /// So many attempts failed in a row that contact counts as lost.
    pub contact_lost: bool,
}

/// The way of a referral.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn way(practice: &Practice, id: ReferralId) -> Result<ReferralWay, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    let (today, hidden) = (practice.today(), practice.hidden());
    practice.read(|conn| {
        let found = rows::way(conn, id)?.ok_or(ReferralError::Missing)?;
        let row = row::rows(conn, &[id], hidden)?.pop().ok_or(ReferralError::Missing)?;
        let (paths, days) = (Paths::read(conn)?, WorkingDays::new(&calendar_in(conn)?));
        let process = paths.of(found.direction, found.kind, found.created_at);
        let (walk, away) = (walk(process, &found.facts, &days), Away::on(conn, today)?);
        let (mut steps, marks) = (rows::step_rows(conn, id)?, rows::marks(conn, id)?);
        if hidden.patients {
            steps.iter_mut().for_each(|step| step.note = None);
        }
        let said = |text: Option<String>| text.filter(|_| !hidden.patients);
        let open = is_open(&found);
        let stands = stands(process, &found, &days);
        let holder = holder_of(conn, &found)?.filter(|_| open || found.baton.is_some());
        let mut hands = Vec::new();
        for given in baton::hand_offs(conn, id)? {
            hands.push(HeldBy {
                from: given.from.map(|from| away.shown(conn, from, hidden)).transpose()?,
                to: away.shown(conn, given.to, hidden)?,
                given_on: given.given_on,
                state: given.state,
                answered_on: given.answered_on,
                lapsed: given.state == HandOffState::Pending && has_lapsed(given.given_on, today, &days),
                note: said(given.note),
            });
        }
        let look = Look { process, walk: &walk, steps: &steps, marks: &marks, days: &days, today };
        Ok(ReferralWay {
            row,
            kind: found.kind,
            travel: rows::travel(conn, id)?,
            open,
            tracked_on: found.facts.tracked_on,
            stage: stands.stage,
            holder: holder.map(|(holder, _)| away.shown(conn, holder, hidden)).transpose()?,
            held_on: holder.map(|(_, held_on)| held_on),
            next_step: said(found.baton.as_ref().and_then(|baton| baton.next_step.clone())),
            next: open.then_some(stands.next),
            due_on: open.then_some(stands.due_on),
            stages: look.stages(found.facts.received_on),
            rebooked: look.rebooked(),
            contact_lost: walk.contact_lost.last().is_some_and(|lost| lost.reached_on.is_none()),
            steps: steps
                .iter()
                .filter(|step| process.place(&step.fact.step).is_none())
                .map(|step| StepShown {
                    id: step.id,
                    step: step.fact.step.clone(),
                    on: step.fact.on,
                    minute: step.fact.minute,
                    by: step.by.clone(),
                    note: step.note.clone(),
                })
                .collect(),
            hands,
        })
    })
}

struct Look<'a> {
    process: &'a Process,
    walk: &'a Walk,
    steps: &'a [StepRow],
    marks: &'a [Mark],
    days: &'a WorkingDays,
    today: NaiveDate,
}

impl Look<'_> {
    fn stages(&self, received_on: NaiveDate) -> Vec<StageShown> {
        let furthest = self.process.place(&self.walk.stage).unwrap_or(0);
        let stages = self.process.stages.iter().enumerate();
        stages
            .map(|(at, stage)| {
                let state = self.walk.steps.iter().find(|step| step.code == stage.code);
                let mut shown = self.shown(&stage.code, state);
                if at == 0 {
                    (shown.done, shown.on) = (true, Some(received_on));
                }
                shown.passed_over = !shown.done && at < furthest && self.walk.stage != stage::CLOSED;
                shown.limit = state.and_then(|state| state.limit).or(stage.limit);
                shown.name.clone_from(&stage.name);
                shown.required.clone_from(&stage.required);
                shown.checklist = stage.checklist.iter().map(|item| self.item(&stage.code, item)).collect();
                shown
            })
            .collect()
    }

    fn rebooked(&self) -> Vec<StageShown> {
        let rebooked = self.walk.steps.iter().filter(|step| self.process.place(&step.code).is_none());
        rebooked.map(|step| self.shown(&step.code, Some(step))).collect()
    }

    fn shown(&self, code: &str, state: Option<&StepState>) -> StageShown {
        let put = self.steps.iter().rev().find(|step| step.fact.step == code);
        let done = state.map_or(Done::No, |state| state.done);
        StageShown {
            code: code.to_owned(),
            name: None,
            done: done != Done::No,
            on: done.day(),
            minute: put.and_then(|put| put.fact.minute),
            by: put.map(|put| put.by.clone()),
            note: put.and_then(|put| put.note.clone()),
            passed_over: false,
            planned: state.and_then(|state| state.due),
            limit: state.and_then(|state| state.limit),
            taken: state.and_then(|state| state.taken(self.days)).map(|(taken, _)| taken),
            leaked: state.is_some_and(|state| state.leaked(self.today)),
            required: Vec::new(),
            checklist: Vec::new(),
        }
    }

    fn item(&self, stage: &str, item: &ChecklistItem) -> ItemShown {
        let mark = self.marks.iter().find(|(at, mark, ..)| at == stage && *mark == item.code);
        ItemShown {
            item: item.clone(),
            done_on: mark.map(|mark| mark.2),
            done_by: mark.map(|mark| mark.3.clone()),
        }
    }
}
