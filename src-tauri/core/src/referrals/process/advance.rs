//! From stage to stage. A stage whose fields are missing is refused, naming them; days out of order are refused.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::HandOffState;
use super::hand_over::{open_way, track};
use super::model::{Process, RequiredField, event, stage};
use super::paths::Paths;
use super::place::{holder_of, is_open};
use super::walk::StepFact;
use crate::foundation::id::ReferralId;
use crate::practice::Practice;
use crate::referrals::care::open_travel_checks;
use crate::referrals::checks::{happened, limits, text};
use crate::referrals::edit::{apply, fits};
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::rows::baton::{self, Held};
use crate::referrals::rows::process::{self as rows, WayRow};
use crate::referrals::rows::row::{self, Kept};
use crate::referrals::types::{Closing, Direction, Outcome, ReferralChange, Travel};
use crate::store::{Label, Tx, Written};
use crate::vault::{Area, Need};

/// A stage that was reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct StageMove {
    /// Which.
    pub stage: String,
    /// When; today if not said. For `scheduled` the day it was agreed, not the day of the visit.
    pub on: Option<NaiveDate>,
    /// The minute of that day.
    pub minute: Option<u16>,
    /// Anything to remember.
    pub note: Option<String>,
    /// What else is known now: the fields the stage asks for.
    pub changes: Vec<ReferralChange>,
}

/// A new referral is held from the start: by the owner of the partner, else by who put it on record.
pub(in crate::referrals) fn begin(tx: &Tx<'_>, id: ReferralId) -> Result<(), ReferralError> {
    let way = rows::way(tx, id)?.ok_or(ReferralError::Missing)?;
    let (holder, _) = holder_of(tx, &way)?.ok_or(ReferralError::Missing)?;
    Ok(baton::begin(tx, id, &Held { holder, held_on: tx.today, next_step: None, due_on: None })?)
}

/// Puts a referral to a stage of its path.
///
/// # Errors
/// [`ReferralError::NeedsFields`] with what the stage asks for; [`ReferralError::Invalid`] for a day that is out of order
/// or ahead, a stage that is not on its path, or a closed referral; [`ReferralError::Missing`]; those of the file.
pub fn move_to(practice: &Practice, id: ReferralId, to: &StageMove) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    let note = text("note", to.note.as_deref(), limits::NOTE)?;
    if to.minute.is_some_and(|minute| minute > 1439) {
        return invalid("minute", Problem::Path("Give a time of the day."));
    }
    practice.write(Label::hand("referral_stage", ""), |tx| {
        let (way, held) = open_way(tx, id)?;
        let (before, _) = row::kept(tx, id)?.ok_or(ReferralError::Missing)?;
        let on = to.on.unwrap_or(tx.today);
        happened("on", on, tx.today)?;
        track(tx, &way, &held)?;
        let mut after = before.clone();
        for change in &to.changes {
            apply(tx, &mut after, change)?;
        }
        let paths = Paths::read(tx)?;
        let process = paths.of(way.direction, after.kind, way.created_at);
        let Some(place) = process.place(&to.stage).filter(|place| *place > 0) else {
            return invalid("stage", Problem::Path("This stage is not on the path of this referral."));
        };
        reach(tx, &mut after, &to.stage, on)?;
        fits(&before, &after)?;
        days_in_order(process, &way, place, on)?;
        required(tx, id, process, place, &after)?;
        may_go(tx, id, &to.stage, &after)?;
        // The day of a visit stands in the register itself; here its time and what was noted.
        if to.stage != stage::CLOSED {
            rows::clear_step(tx, id, &to.stage)?;
            let fact = StepFact { step: to.stage.clone(), on, minute: to.minute };
            rows::add_step(tx, id, &fact, note.as_deref())?;
        }
        events(tx, id, &before, &after, to.stage == stage::SCHEDULED)?;
        // What was said to be next is done; the path says what follows.
        baton::set_next(tx, id, None, None)?;
        if after != before {
            row::update(tx, id, &after)?;
        }
        Ok(())
    })
}

/// Nobody's packet goes abroad while something is open (S0.38).
fn may_go(tx: &Tx<'_>, id: ReferralId, stage: &str, kept: &Kept) -> Result<(), ReferralError> {
    let abroad = kept.direction == Direction::Outbound && kept.travel == Some(Travel::International);
    if abroad && stage == stage::PACKET_SENT && open_travel_checks(tx, id)? > 0 {
        return invalid(
            "travel",
            Problem::Path(
                "Settle every check for going abroad before the packet goes, or let a clinician say why it may go.",
            ),
        );
    }
    Ok(())
}

/// The stages whose day the register itself holds.
fn reach(tx: &Tx<'_>, kept: &mut Kept, to: &str, on: NaiveDate) -> Result<(), ReferralError> {
    match to {
        stage::SEEN if kept.seen_on != Some(on) => apply(tx, kept, &ReferralChange::SeenOn(Some(on))),
        stage::CLOSED => {
            let outcome = match kept.outcome {
                Some(outcome) if outcome != Outcome::Scheduled => outcome,
                // The missing outcome is told with the other missing fields.
                _ => return Ok(()),
            };
            apply(tx, kept, &ReferralChange::Closed(Some(Closing { on, outcome })))
        }
        _ => Ok(()),
    }
}

/// A step lies between those before and those after it on the path.
fn days_in_order(process: &Process, way: &WayRow, place: usize, on: NaiveDate) -> Result<(), ReferralError> {
    let mut done = vec![(0, way.facts.received_on)];
    for (at, stage) in process.stages.iter().enumerate().skip(1) {
        let day = match stage.code.as_str() {
            stage::SEEN => way.facts.seen_on,
            stage::CLOSED => way.facts.closed_on,
            code => way.facts.last(code),
        };
        done.extend(day.map(|day| (at, day)));
    }
    if let Some((_, day)) = done.iter().find(|(at, day)| *at < place && *day > on) {
        return invalid("on", Problem::Before { day: on, other: *day, what: "was at the stage before" });
    }
    if let Some((_, day)) = done.iter().find(|(at, day)| *at > place && *day < on) {
        return invalid("on", Problem::After { day: on, other: *day, what: "was at a later stage" });
    }
    Ok(())
}

/// Refuses a stage whose fields are missing, naming them.
fn required(
    tx: &Tx<'_>,
    id: ReferralId,
    process: &Process,
    place: usize,
    kept: &Kept,
) -> Result<(), ReferralError> {
    let Some(stage) = process.stages.get(place) else { return Ok(()) };
    let party = if kept.direction == Direction::Outbound { kept.to } else { kept.from };
    let mut fields = Vec::new();
    for field in &stage.required {
        let known = match field {
            RequiredField::Reason => kept.reason.is_some(),
            RequiredField::ServiceLine => kept.service_line.is_some(),
            RequiredField::Payer => kept.payer.is_some(),
            RequiredField::Urgency => kept.urgency.is_some(),
            RequiredField::Type => kept.kind.is_some(),
            RequiredField::Person => party.1.is_some(),
            RequiredField::ScheduledOn => kept.scheduled_on.is_some(),
            RequiredField::SeenOn => kept.seen_on.is_some(),
            RequiredField::Outcome => kept.closed_on.is_some() && kept.outcome.is_some(),
            RequiredField::Checklist => {
                let marks = rows::marks(tx, id)?;
                let ticked =
                    |item: &str| marks.iter().any(|(at, mark, ..)| *at == stage.code && mark == item);
                stage.checklist.iter().all(|item| ticked(&item.code))
            }
        };
        if !known {
            fields.push(*field);
        }
    }
    if fields.is_empty() { Ok(()) } else { Err(ReferralError::NeedsFields { fields }) }
}

/// What a change of a referral's own dates means for its way: stages that are reached by it are asked for their fields, and
/// what happened is put down. Its steps are kept from then on.
pub(in crate::referrals) fn arrive(
    tx: &Tx<'_>,
    id: ReferralId,
    before: &Kept,
    after: &Kept,
) -> Result<(), ReferralError> {
    let progress = |kept: &Kept| (kept.scheduled_on, kept.seen_on, kept.closed_on, kept.outcome);
    if progress(before) == progress(after) {
        return Ok(());
    }
    let Some(mut way) = rows::way(tx, id)? else { return Err(ReferralError::Missing) };
    let was_open = is_open(&way);
    way.facts.closed_on = after.closed_on;
    way.facts.outcome = after.outcome;
    if way.baton.is_none() && (was_open || is_open(&way)) {
        begin(tx, id)?;
        way = rows::way(tx, id)?.ok_or(ReferralError::Missing)?;
    }
    if way.baton.is_none() {
        return Ok(());
    }
    let paths = Paths::read(tx)?;
    let process = paths.of(after.direction, after.kind, way.created_at);
    let reached = [
        (stage::SCHEDULED, before.scheduled_on.is_none() && after.scheduled_on.is_some()),
        (stage::SEEN, before.seen_on.is_none() && after.seen_on.is_some()),
        (stage::CLOSED, before.closed_on.is_none() && after.closed_on.is_some()),
    ];
    for (code, _) in reached.iter().filter(|(_, reached)| *reached) {
        if let Some(place) = process.place(code) {
            required(tx, id, process, place, after)?;
        }
    }
    if reached.iter().any(|(_, reached)| *reached) {
        baton::set_next(tx, id, None, None)?;
    }
    events(tx, id, before, after, false)
}

/// Puts down what happened: agreed, did not come, agreed anew, opened again.
fn events(
    tx: &Tx<'_>,
    id: ReferralId,
    before: &Kept,
    after: &Kept,
    agreed_said: bool,
) -> Result<(), ReferralError> {
    let put = |step: &str, on: NaiveDate, note: Option<&str>| {
        rows::add_step(tx, id, &StepFact { step: step.into(), on, minute: None }, note).map(drop)
    };
    let (missed, misses) = (before.outcome == Some(Outcome::NoShow), after.outcome == Some(Outcome::NoShow));
    if missed && !misses && after.outcome == Some(Outcome::Scheduled) {
        put(event::REBOOKED, tx.today, None)?;
    } else if !agreed_said && before.scheduled_on.is_none() && after.scheduled_on.is_some() {
        rows::clear_step(tx, id, stage::SCHEDULED)?;
        put(stage::SCHEDULED, tx.today, None)?;
    } else if before.scheduled_on.is_some() && after.scheduled_on.is_none() {
        rows::clear_step(tx, id, stage::SCHEDULED)?;
    }
    if misses && !missed {
        put(event::NO_SHOW, after.scheduled_on.filter(|on| *on <= tx.today).unwrap_or(tx.today), None)?;
    }
    if let (Some(closed), None) = (before.closed_on, after.closed_on) {
        put(event::CLOSED_BEFORE, closed, before.outcome.map(Outcome::code))?;
        put(event::REOPENED, tx.today, None)?;
    }
    if after.closed_on.is_some()
        && let Some(pending) = baton::pending(tx, id)?
    {
        baton::answer(tx, pending.id, HandOffState::Withdrawn)?;
    }
    Ok(())
}
