//! What happens between the stages: attempts to reach the patient, times of a visit, ticks on a checklist.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::hand_over::{open_way, track};
use super::model::event;
use super::paths::Paths;
use super::walk::StepFact;
use crate::foundation::id::{RecordId, ReferralId};
use crate::practice::Practice;
use crate::referrals::checks::{happened, limits, text};
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::rows::process as rows;
use crate::referrals::trash::name;
use crate::store::{Label, Written};
use crate::vault::{Area, Need};

/// Something that happened on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NewStep {
    /// What: one of [`event::BY_HAND`].
    pub step: String,
    /// When; today if not said. The time of an agreed visit may lie ahead.
    pub on: Option<NaiveDate>,
    /// The minute of that day.
    pub minute: Option<u16>,
    /// Anything to remember.
    pub note: Option<String>,
}

/// Puts down what happened. Attempts add up; of everything else the last word counts.
///
/// # Errors
/// [`ReferralError::Invalid`] for something that is no event, a day ahead or before it came, or a closed referral, except
/// that thanks and word to the home doctor may follow the closing; [`ReferralError::Missing`]; those of the file.
pub fn add_step(
    practice: &Practice,
    id: ReferralId,
    step: &NewStep,
) -> Result<Written<RecordId>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    let note = text("note", step.note.as_deref(), limits::NOTE)?;
    if !event::BY_HAND.contains(&step.step.as_str()) {
        return invalid("step", Problem::Path("Choose what happened."));
    }
    if step.minute.is_some_and(|minute| minute > 1439) {
        return invalid("minute", Problem::Path("Give a time of the day."));
    }
    practice.write(Label::hand("referral_step", ""), |tx| {
        let on = step.on.unwrap_or(tx.today);
        if step.step != event::APPOINTMENT {
            happened("on", on, tx.today)?;
        }
        let way = rows::way(tx, id)?.filter(|way| !way.trashed).ok_or(ReferralError::Missing)?;
        if on < way.facts.received_on {
            return invalid(
                "on",
                Problem::Before { day: on, other: way.facts.received_on, what: "was received" },
            );
        }
        let after_all = matches!(step.step.as_str(), event::THANKED | event::HOME_DOCTOR);
        if way.baton.is_none() || !after_all {
            let (way, held) = open_way(tx, id)?;
            track(tx, &way, &held)?;
        }
        name(tx, id)?;
        if step.step != event::ATTEMPT {
            rows::clear_step(tx, id, &step.step)?;
        }
        let fact = StepFact { step: step.step.clone(), on, minute: step.minute };
        Ok(rows::add_step(tx, id, &fact, note.as_deref())?)
    })
}

/// Takes a step away that was put down by mistake.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn remove_step(practice: &Practice, step: RecordId) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    practice.write(Label::hand("referral_step_remove", ""), |tx| {
        let (referral, _) = rows::remove_step(tx, step)?.ok_or(ReferralError::Missing)?;
        name(tx, referral)
    })
}

/// Ticks an item of a stage's checklist, or takes the tick away.
///
/// # Errors
/// [`ReferralError::Invalid`] if the path has no such item; [`ReferralError::Missing`]; those of the file.
pub fn check_item(
    practice: &Practice,
    id: ReferralId,
    stage: &str,
    item: &str,
    done: bool,
) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    practice.write(Label::hand("referral_check", ""), |tx| {
        let way = rows::way(tx, id)?.filter(|way| !way.trashed).ok_or(ReferralError::Missing)?;
        name(tx, id)?;
        let paths = Paths::read(tx)?;
        let process = paths.of(way.direction, way.kind, way.created_at);
        let place = process.place(stage).and_then(|place| process.stages.get(place));
        if !place.is_some_and(|stage| stage.checklist.iter().any(|known| known.code == item)) {
            return invalid("item", Problem::Path("The checklist has changed. Load it again."));
        }
        if done { Ok(rows::mark(tx, id, stage, item)?) } else { Ok(rows::unmark(tx, id, stage, item)?) }
    })
}
