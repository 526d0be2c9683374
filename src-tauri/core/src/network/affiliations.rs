//! Who works where, since when, and who there really chooses.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::check;
use super::error::{NetworkError, Since, invalid};
use super::rows::person::{self as rows, AffiliationRecord};
use super::types::PersonRole;
use crate::foundation::id::{AffiliationId, PartnerId, PersonId};
use crate::practice::Practice;
use crate::store::{Label, Tx, Written};

/// The part somebody has when a consultant is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct Influence {
    /// Decides.
    pub decides: bool,
    /// Has influence on the decision.
    pub influences: bool,
    /// Carries it out.
    pub executes: bool,
    /// Usually picks the name.
    pub usually_picks: bool,
}

/// A place of work as it is typed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NewAffiliation {
    /// Where.
    pub partner: PartnerId,
    /// As what.
    #[serde(default)]
    pub role: Option<PersonRole>,
    /// The part in choosing.
    #[serde(default)]
    pub influence: Influence,
    /// The person's main place. The first one always is.
    #[serde(default)]
    pub is_primary: bool,
    /// Since.
    #[serde(default)]
    pub from_on: Option<NaiveDate>,
    /// Until.
    #[serde(default)]
    pub to_on: Option<NaiveDate>,
}

impl NewAffiliation {
    /// Works there; no more is known.
    pub fn at(partner: PartnerId) -> Self {
        Self {
            partner,
            role: None,
            influence: Influence::default(),
            is_primary: false,
            from_on: None,
            to_on: None,
        }
    }
}

/// One field of an affiliation and what it becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "field", content = "value", rename_all = "snake_case")]
pub enum AffiliationChange {
    /// As what.
    Role(Option<PersonRole>),
    /// The part in choosing.
    Influence(Influence),
    /// Makes it the person's main place; the one before is no longer.
    Primary(bool),
    /// Since.
    FromOn(Option<NaiveDate>),
    /// Until.
    ToOn(Option<NaiveDate>),
}

impl AffiliationChange {
    fn set(&self, record: &mut AffiliationRecord) {
        match self {
            Self::Role(role) => record.role = *role,
            Self::Influence(influence) => record.influence = *influence,
            Self::Primary(primary) => record.is_primary = *primary,
            Self::FromOn(on) => record.from_on = *on,
            Self::ToOn(on) => record.to_on = *on,
        }
    }

    /// The field, as the wire names it.
    fn name(&self) -> &'static str {
        match self {
            Self::Role(_) => "role",
            Self::Influence(_) => "influence",
            Self::Primary(_) => "primary",
            Self::FromOn(_) => "from_on",
            Self::ToOn(_) => "to_on",
        }
    }

    /// What a record holds in this field, in words.
    fn shown(&self, record: &AffiliationRecord) -> String {
        let day = |on: Option<NaiveDate>| on.map(|on| on.to_string()).unwrap_or_default();
        match self {
            Self::Role(_) => record.role.map(PersonRole::label).unwrap_or_default().to_owned(),
            Self::Influence(_) => {
                let Influence { decides, influences, executes, usually_picks } = record.influence;
                let parts = [
                    (decides, "decides"),
                    (influences, "influences"),
                    (executes, "carries it out"),
                    (usually_picks, "usually picks"),
                ];
                let told: Vec<&str> = parts.iter().filter(|(on, _)| *on).map(|(_, word)| *word).collect();
                told.join(", ")
            }
            Self::Primary(_) => {
                if record.is_primary { "main place" } else { "not the main place" }.to_owned()
            }
            Self::FromOn(_) => day(record.from_on),
            Self::ToOn(_) => day(record.to_on),
        }
    }
}

/// Says that a person works at a partner.
///
/// # Errors
/// [`NetworkError::Invalid`], [`NetworkError::Missing`]; those of the file.
pub fn affiliate(
    practice: &Practice,
    person: PersonId,
    new: &NewAffiliation,
) -> Result<Written<AffiliationId>, NetworkError> {
    practice.write(Label::hand("affiliation_add", ""), |tx| {
        let id = affiliate_in(tx, person, new)?;
        tx.subject(subject(tx, person, new.partner)?);
        Ok(id)
    })
}

pub(super) fn affiliate_in(
    tx: &Tx<'_>,
    person: PersonId,
    new: &NewAffiliation,
) -> Result<AffiliationId, NetworkError> {
    if !rows::exists(tx, person)? {
        return Err(NetworkError::Missing);
    }
    if !super::rows::partner::exists(tx, new.partner)? {
        return invalid("partner", "this partner no longer exists; choose another");
    }
    if new.to_on.is_none() && rows::works_at(tx, person, new.partner)? {
        return invalid("partner", "this person works there already; change that entry instead");
    }
    check::span("toOn", new.from_on, new.to_on)?;
    let id = AffiliationId::new();
    let record = AffiliationRecord {
        person,
        partner: new.partner,
        role: new.role,
        influence: new.influence,
        is_primary: new.is_primary,
        from_on: new.from_on,
        to_on: new.to_on,
    };
    rows::insert_affiliation(tx, id, &record)?;
    one_primary(tx, person, new.is_primary.then_some(id))?;
    Ok(id)
}

/// Changes it. `seen` holds the same fields as the screen showed them; empty: nobody looked.
///
/// # Errors
/// [`NetworkError::ChangedMeanwhile`] if a field is no longer what was seen, [`NetworkError::Invalid`],
/// [`NetworkError::Missing`]; those of the file.
pub fn edit_affiliation(
    practice: &Practice,
    id: AffiliationId,
    changes: &[AffiliationChange],
    seen: &[AffiliationChange],
) -> Result<Written<()>, NetworkError> {
    change(practice, "affiliation_edit", id, changes, seen)
}

/// The person no longer works there. Nothing is lost: it stays with its dates.
///
/// # Errors
/// [`NetworkError::Invalid`], [`NetworkError::Missing`]; those of the file.
pub fn end_affiliation(
    practice: &Practice,
    id: AffiliationId,
    on: Option<NaiveDate>,
) -> Result<Written<()>, NetworkError> {
    let on = on.unwrap_or_else(|| practice.today());
    change(practice, "affiliation_end", id, &[AffiliationChange::ToOn(Some(on))], &[])
}

/// Takes away an affiliation that never was.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn remove_affiliation(practice: &Practice, id: AffiliationId) -> Result<Written<()>, NetworkError> {
    practice.write(Label::hand("affiliation_remove", ""), |tx| {
        let record = rows::affiliation(tx, id)?.ok_or(NetworkError::Missing)?;
        tx.subject(subject(tx, record.person, record.partner)?);
        rows::delete_affiliation(tx, id)?;
        one_primary(tx, record.person, None)
    })
}

fn change(
    practice: &Practice,
    action: &'static str,
    id: AffiliationId,
    changes: &[AffiliationChange],
    seen: &[AffiliationChange],
) -> Result<Written<()>, NetworkError> {
    practice.must_see(id)?;
    practice.write(Label::hand(action, ""), |tx| {
        let before = rows::affiliation(tx, id)?.ok_or(NetworkError::Missing)?;
        let mut record = before.clone();
        for change in changes {
            change.set(&mut record);
        }
        let mut since = Since::default();
        for field in seen {
            let mut then = before.clone();
            field.set(&mut then);
            since.field(field.name(), field.shown(&then), field.shown(&before), field.shown(&record));
        }
        since.settle()?;
        check::span("toOn", record.from_on, record.to_on)?;
        // A place the person has left is not the main one, unless there is no other.
        if record.to_on.is_some_and(|on| on <= tx.today) && before.to_on != record.to_on {
            record.is_primary = false;
        }
        tx.subject(subject(tx, record.person, record.partner)?);
        if record != before {
            rows::update_affiliation(tx, id, &record)?;
            one_primary(tx, record.person, (record.is_primary && !before.is_primary).then_some(id))?;
        }
        Ok(())
    })
}

/// Exactly one place of a person is the main one: `chosen`, else the one that was, else the oldest where they still work.
fn one_primary(tx: &Tx<'_>, person: PersonId, chosen: Option<AffiliationId>) -> Result<(), NetworkError> {
    let all = rows::affiliations_of(tx, person)?;
    let works_there = |to: &Option<NaiveDate>| to.is_none_or(|on| on > tx.today);
    let main = chosen
        .or_else(|| all.iter().find(|(_, primary, _)| *primary).map(|one| one.0))
        .or_else(|| all.iter().find(|(_, _, to)| works_there(to)).map(|one| one.0))
        .or_else(|| all.first().map(|one| one.0));
    for (id, primary, _) in all {
        let should = main == Some(id);
        if primary != should {
            rows::set_primary(tx, id, should)?;
        }
    }
    Ok(())
}

fn subject(tx: &Tx<'_>, person: PersonId, partner: PartnerId) -> Result<String, NetworkError> {
    let person = rows::name(tx, person)?.ok_or(NetworkError::Missing)?;
    let partner = super::rows::partner::name(tx, partner)?.ok_or(NetworkError::Missing)?;
    Ok(format!("{person}, {partner}"))
}
