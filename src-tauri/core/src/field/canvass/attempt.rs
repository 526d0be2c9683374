//! An attempt: what came of it, and the contact it was. One action.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{CanvassOutcome, CanvassWay};
use crate::field::error::{FieldError, invalid};
use crate::field::rows::{canvass as rows, stops};
use crate::foundation::id::{CanvassId, PartnerId, RecordId};
use crate::outreach::{NewTouch, StartedBy, TouchForm, log_in};
use crate::practice::Practice;
use crate::store::{Label, Written};
use crate::vault::{Area, Need};

/// An attempt, as it is put down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NewAttempt {
    /// Whom.
    pub partner: PartnerId,
    /// What came of it.
    pub outcome: CanvassOutcome,
    /// With "try again": on which day.
    pub again_on: Option<NaiveDate>,
}

/// Puts an attempt down. What reached somebody or left something there is a contact too; only a talk counts as answered.
///
/// # Errors
/// [`FieldError::Invalid`] with the field: for somebody who is not on the list or asks not to be contacted, or a day that is not
/// ahead; [`FieldError::Missing`]; those of the file.
pub fn canvass_attempt(
    practice: &Practice,
    list: CanvassId,
    new: &NewAttempt,
) -> Result<Written<RecordId>, FieldError> {
    practice.may(Need::Write(Area::Outreach))?;
    practice.must_see(new.partner)?;
    practice.write(Label::hand("canvass_attempt", ""), |tx| {
        let (name, way, ..) = rows::by_id(tx, list)?.ok_or(FieldError::Missing)?;
        let targets = rows::targets(tx, list)?;
        let Some(target) = targets.iter().find(|target| target.partner == new.partner) else {
            return invalid("partner", "This partner is not on the list. Choose one who is.");
        };
        if target.do_not_contact {
            return invalid("partner", "This partner asks not to be contacted. Go on with the next one.");
        }
        tx.subject(stops::partner(tx, new.partner)?.map(|(name, _, _)| name).ok_or(FieldError::Missing)?);
        let again_on = new.again_on.filter(|_| new.outcome == CanvassOutcome::TryAgain);
        if new.outcome == CanvassOutcome::TryAgain && again_on.is_none_or(|again| again <= tx.today) {
            return invalid("againOn", "Give a day after today.");
        }
        let form = match way {
            CanvassWay::Call => TouchForm::Call,
            CanvassWay::DropOff => TouchForm::DropOff,
        };
        let reached = !matches!(new.outcome, CanvassOutcome::NoAnswer | CanvassOutcome::TryAgain);
        let touch = NewTouch {
            partner: new.partner,
            people: Vec::new(),
            referral: None,
            on: tx.today,
            at: None,
            form,
            started_by: StartedBy::Us,
            two_way: new.outcome == CanvassOutcome::Talk,
            bulk: false,
            category: None,
            purpose: name,
            learned: String::new(),
            minutes: 0,
            cost_cents: 0,
            cost_kind: None,
            kept_private: false,
            next: None,
        };
        let touch = if reached { Some(log_in(tx, &touch)?.0) } else { None };
        Ok(rows::insert_attempt(tx, list, &NewAttempt { again_on, ..new.clone() }, touch)?)
    })
}
