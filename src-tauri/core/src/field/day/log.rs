//! What came of a stop: logged as a contact with its next step, or left out for a reason. One action each.

use serde::{Deserialize, Serialize};

use super::stops::{follow, seen_stop};
use super::types::VisitTopic;
use super::view::planned;
use crate::field::error::{FieldError, invalid};
use crate::field::rows::{days, stops as rows};
use crate::foundation::id::{PersonId, TouchId, VisitStopId};
use crate::outreach::{CostKind, NewTouch, NextStep, StartedBy, TouchForm, log_in};
use crate::practice::Practice;
use crate::store::{Label, Tx, Written};
use crate::vault::{Area, Need};

/// What somebody puts down after a stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct VisitLog {
    /// A visit, a lunch, or something left at the desk.
    pub form: TouchForm,
    /// Who was met.
    pub people: Vec<PersonId>,
    /// What came of it, without a patient's name.
    pub outcome: String,
    /// What is to follow.
    pub next: Option<NextStep>,
    /// What was talked about.
    pub topics: Vec<VisitTopic>,
    /// How long it took.
    pub minutes: u16,
    /// When it began, in minutes since midnight.
    pub at: Option<u16>,
    /// The way there in tenths of a mile; the estimate of the plan if not said.
    pub way_tenths: Option<u32>,
    /// What it cost.
    #[cfg_attr(feature = "specta", specta(type = f64))]
    pub cost_cents: i64,
    /// What for; with every cost.
    pub cost_kind: Option<CostKind>,
}

/// No way of a day is longer, in tenths of a mile.
const FAR: u32 = 10_000;

/// Logs a stop: the contact, its next step as a task, the miles there, and what was talked about. It stands behind what is done
/// already, so that the way there is from where one was. After the last stop the way back is put down as well.
///
/// # Errors
/// [`FieldError::Invalid`] or [`FieldError::Outreach`] with the field; [`FieldError::Missing`]; those of the file. Nothing is
/// written then.
pub fn log_visit(
    practice: &Practice,
    id: VisitStopId,
    log: &VisitLog,
) -> Result<Written<TouchId>, FieldError> {
    practice.may(Need::Write(Area::Outreach))?;
    let stop = seen_stop(practice, id)?;
    if log.outcome.trim().is_empty() {
        return invalid("outcome", "Say in a few words what came of it.");
    }
    if log.next.as_ref().is_none_or(|next| next.title.trim().is_empty()) {
        return invalid("title", "Say what is to follow, in a few words.");
    }
    if log.way_tenths.is_some_and(|tenths| tenths > FAR) {
        return invalid("miles", "Give at most 1,000 miles.");
    }
    practice.write(Label::hand("visit_log", stop.name.clone()), |tx| {
        let day = days::by_id(tx, stop.day)?.ok_or(FieldError::Missing)?;
        follow(tx, day.id, id)?;
        let (going, course) = planned(tx, &day)?;
        let leg = going.iter().position(|other| other.id == id).and_then(|at| course.stops[at].leg);
        let purpose = if stop.form.goal.is_empty() { "Visit".to_owned() } else { stop.form.goal.clone() };
        let touch = NewTouch {
            partner: stop.form.partner,
            people: log.people.clone(),
            referral: None,
            on: day.on,
            at: log.at,
            form: log.form,
            started_by: StartedBy::Us,
            two_way: log.form != TouchForm::DropOff,
            bulk: false,
            category: None,
            purpose: purpose.chars().take(200).collect(),
            learned: log.outcome.clone(),
            minutes: log.minutes,
            cost_cents: log.cost_cents,
            cost_kind: log.cost_kind,
            kept_private: false,
            next: log.next.clone(),
        };
        let (touch, _) = log_in(tx, &touch)?;
        let tenths = log.way_tenths.or_else(|| leg.and_then(|leg| leg.tenths));
        rows::visited(tx, id, touch, tenths, &log.topics)?;
        finish(tx, &day)?;
        Ok(touch)
    })
}

/// How long a reason may be.
const REASON: usize = 200;

/// Leaves a stop out, for a reason.
///
/// # Errors
/// [`FieldError::Invalid`] without a reason; [`FieldError::Missing`]; those of the file.
pub fn skip_visit(practice: &Practice, id: VisitStopId, reason: &str) -> Result<Written<()>, FieldError> {
    practice.may(Need::Write(Area::Outreach))?;
    let stop = seen_stop(practice, id)?;
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() {
        return invalid("reason", "Say in a few words why.");
    }
    if reason.chars().count() > REASON {
        return invalid("reason", "This is too long. Keep it to 200 letters.");
    }
    practice.write(Label::hand("visit_skip", stop.name), |tx| {
        let day = days::by_id(tx, stop.day)?.ok_or(FieldError::Missing)?;
        rows::skipped(tx, id, &reason)?;
        finish(tx, &day)
    })
}

/// Once every stop is done, the way back counts; before, and where nobody was visited, none was driven.
pub(super) fn finish(tx: &Tx<'_>, day: &days::KeptDay) -> Result<(), FieldError> {
    let done = rows::of_day(tx, day.id)?.iter().all(|stop| stop.outcome.is_some());
    let back = if done { planned(tx, day)?.1.back } else { None };
    Ok(days::set_home(tx, day.id, back.and_then(|leg| leg.tenths))?)
}
