//! Lists: put down, shown, closed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    AttemptsPerSuccess, CanvassList, CanvassSummary, CanvassTarget, CanvassWay, attempts_per_success,
};
use crate::field::error::{FieldError, invalid};
use crate::field::rows::{canvass as rows, stops};
use crate::foundation::id::{CanvassId, PartnerId};
use crate::practice::Practice;
use crate::store::{Label, Written};
use crate::vault::{Area, Need};

/// A list, as it is typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CanvassForm {
    /// Which; none: a new one.
    pub id: Option<CanvassId>,
    /// Its name.
    pub name: String,
    /// How its partners are reached.
    pub way: CanvassWay,
    /// What to say.
    pub script: String,
    /// Whom, in their order.
    pub partners: Vec<PartnerId>,
}

/// The most partners on a list.
const MOST: usize = 500;

/// All lists, those that are open first.
///
/// # Errors
/// Those of the file.
pub fn canvass_lists(practice: &Practice) -> Result<Vec<CanvassSummary>, FieldError> {
    practice.may(Need::Read(Area::Outreach))?;
    Ok(practice.read(rows::summaries)?)
}

/// A list with whom it names.
///
/// # Errors
/// [`FieldError::Missing`]; those of the file.
pub fn canvass_list(practice: &Practice, id: CanvassId) -> Result<CanvassList, FieldError> {
    practice.may(Need::Read(Area::Outreach))?;
    let today = practice.today();
    practice.read(|conn| {
        let (name, way, script, closed_on) = rows::by_id(conn, id)?.ok_or(FieldError::Missing)?;
        let mut targets = rows::targets(conn, id)?;
        for target in &mut targets {
            target.phone = stops::phone(conn, target.partner)?;
        }
        // Whoever waits for a day comes after those who can be tried today; the order of the list stays within each.
        targets.sort_by_key(|target| (target.done, waits(target, today)));
        let measure: AttemptsPerSuccess = attempts_per_success(&rows::outcomes(conn, id)?);
        Ok(CanvassList { id, name, way, script, closed_on, targets, measure })
    })
}

/// The day a partner waits for; none: it can be tried today.
fn waits(target: &CanvassTarget, today: NaiveDate) -> Option<NaiveDate> {
    let tried_today = target.last_on.filter(|last| *last >= today);
    target.again_on.filter(|again| *again > today).or(tried_today)
}

/// Puts a list down, or changes it. Partners that are taken off keep their attempts.
///
/// # Errors
/// [`FieldError::Invalid`] with the field; [`FieldError::Missing`]; those of the file.
pub fn canvass_save(practice: &Practice, form: &CanvassForm) -> Result<Written<CanvassId>, FieldError> {
    practice.may(Need::Write(Area::Outreach))?;
    let name = form.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > 80 {
        return invalid("name", "Give the list a name of up to 80 letters.");
    }
    if form.script.chars().count() > 4_000 {
        return invalid("script", "This is too long. Keep it to 4,000 letters.");
    }
    let mut partners: Vec<PartnerId> = Vec::new();
    for partner in &form.partners {
        if !partners.contains(partner) {
            practice.must_see(*partner)?;
            partners.push(*partner);
        }
    }
    if partners.is_empty() {
        return invalid("partners", "Choose the partners of the list.");
    }
    if partners.len() > MOST {
        return invalid("partners", "Give a list at most 500 partners.");
    }
    practice.write(Label::hand("canvass_save", name.as_str()), |tx| {
        for partner in &partners {
            let (_, class, _) = stops::partner(tx, *partner)?.ok_or(FieldError::Missing)?;
            if class == "patient" {
                return invalid("partners", "A patient is not canvassed. Choose offices and businesses.");
            }
        }
        let id = form.id.unwrap_or_else(CanvassId::new);
        if form.id.is_some() && rows::by_id(tx, id)?.is_none() {
            return Err(FieldError::Missing);
        }
        rows::put(
            tx,
            id,
            &CanvassForm { name: name.clone(), script: form.script.trim().to_owned(), ..form.clone() },
        )?;
        rows::put_targets(tx, id, &partners)?;
        Ok(id)
    })
}

/// Closes a list, or opens it again.
///
/// # Errors
/// [`FieldError::Missing`]; those of the file.
pub fn canvass_close(practice: &Practice, id: CanvassId, closed: bool) -> Result<Written<()>, FieldError> {
    practice.may(Need::Write(Area::Outreach))?;
    practice.write(Label::hand(if closed { "canvass_close" } else { "canvass_reopen" }, ""), |tx| {
        let (name, ..) = rows::by_id(tx, id)?.ok_or(FieldError::Missing)?;
        tx.subject(name);
        Ok(rows::close(tx, id, closed.then_some(tx.today))?)
    })
}
