//! A closed referral goes on. The earlier closing stays visible; measures count it by its latest state.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::HandOffState;
use super::holder::Holder;
use super::model::event;
use super::place::holder_of;
use super::walk::StepFact;
use crate::foundation::id::ReferralId;
use crate::practice::Practice;
use crate::referrals::checks::{happened, limits, line, not_ancient};
use crate::referrals::edit::apply;
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::rows::baton::{self, Held, NewHandOff};
use crate::referrals::rows::process as rows;
use crate::referrals::rows::row;
use crate::referrals::trash::name;
use crate::referrals::types::{Outcome, ReferralChange};
use crate::store::{Label, Written};
use crate::vault::{Area, Need};

/// Why it goes on, and who takes it from here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Reopening {
    /// Why.
    pub reason: String,
    /// Since when; today if not said. Not before it was closed.
    pub on: Option<NaiveDate>,
    /// Who takes it; none: whoever held it last, or the rule.
    pub holder: Option<Holder>,
    /// What is next.
    pub next_step: Option<String>,
    /// By when.
    pub due_on: Option<NaiveDate>,
}

/// Opens a closed referral again.
///
/// # Errors
/// [`ReferralError::Invalid`] without a reason, for a day ahead or before it was closed, or if it is not closed;
/// [`ReferralError::Missing`]; those of the file.
pub fn reopen(practice: &Practice, id: ReferralId, again: &Reopening) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    let Some(reason) = line("reason", Some(&again.reason), 500)? else {
        return invalid("reason", Problem::Path("Say why it goes on."));
    };
    let next_step = line("nextStep", again.next_step.as_deref(), limits::REASON)?;
    practice.write(Label::hand("referral_reopen", ""), |tx| {
        let way = rows::way(tx, id)?.filter(|way| !way.trashed).ok_or(ReferralError::Missing)?;
        name(tx, id)?;
        let Some(closed_on) = way.facts.closed_on else {
            return invalid("referral", Problem::Path("This referral is open."));
        };
        let on = again.on.unwrap_or(tx.today);
        happened("on", on, tx.today)?;
        if on < closed_on {
            return invalid("on", Problem::Path("It was closed after this day. Give the day it goes on."));
        }
        if let Some(due_on) = again.due_on {
            not_ancient("dueOn", due_on)?;
        }
        let (before, _) = holder_of(tx, &way)?.ok_or(ReferralError::Missing)?;
        let holder = again.holder.unwrap_or(before);
        holder.known(tx, "holder")?;
        let held = Held { holder, held_on: on, next_step, due_on: again.due_on };
        if way.baton.is_none() {
            baton::begin(tx, id, &held)?;
        }
        baton::pass(tx, id, &held)?;
        if holder != before {
            baton::give(
                tx,
                &NewHandOff {
                    referral: id,
                    from: before,
                    to: holder,
                    next_step: held.next_step.as_deref(),
                    due_on: held.due_on,
                    note: None,
                    state: HandOffState::Accepted,
                },
            )?;
        }
        let put = |step: &str, on: NaiveDate, note: Option<&str>| {
            rows::add_step(tx, id, &StepFact { step: step.into(), on, minute: None }, note)
        };
        put(event::CLOSED_BEFORE, closed_on, way.facts.outcome.map(Outcome::code))?;
        put(event::REOPENED, on, Some(&reason))?;
        let (mut kept, _) = row::kept(tx, id)?.ok_or(ReferralError::Missing)?;
        apply(tx, &mut kept, &ReferralChange::Closed(None))?;
        Ok(row::update(tx, id, &kept)?)
    })
}
