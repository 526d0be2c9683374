//! Changing a partner field by field, ending the relationship and taking it up again.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::add_partner::{known_introducer, known_owner, known_parent};
use super::add_person::NameParts;
use super::check;
use super::edit_person::set_name;
use super::error::{Meanwhile, NetworkError, invalid};
use super::patients::seen;
use super::rows::partner::{self as rows, PartnerRecord};
use super::types::{HowMet, PartnerClass, PartnerType};
use crate::foundation::id::{PartnerId, PersonId, ProfileId};
use crate::practice::Practice;
use crate::store::{Label, Tx, Written};

/// One field of a partner and what it becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "field", content = "value", rename_all = "snake_case")]
pub enum PartnerChange {
    /// Its name.
    Name(String),
    /// Its class; the type becomes the class's plain one unless it is changed too.
    Class(PartnerClass),
    /// Its type; the class follows.
    Type(PartnerType),
    /// National Provider Identifier.
    Npi(Option<String>),
    /// Specialty.
    Specialty(Option<String>),
    /// The organisation it belongs to.
    Parent(Option<PartnerId>),
    /// Who of us looks after it.
    Owner(Option<ProfileId>),
    /// Notes.
    Notes(Option<String>),
    /// How we met.
    HowMet(Option<HowMet>),
    /// When we met.
    HowMetOn(Option<NaiveDate>),
    /// Where we met.
    HowMetPlace(Option<String>),
    /// One sentence about it.
    HowMetNote(Option<String>),
    /// Who introduced us.
    Introducer(Option<PersonId>),
}

/// Changes fields of a partner. `expected_changed_at` is the stamp the fields were read with; without it the change overwrites.
///
/// # Errors
/// [`NetworkError::Invalid`] beside the field, [`NetworkError::ChangedMeanwhile`], [`NetworkError::Missing`]; those of the file.
pub fn edit_partner(
    practice: &Practice,
    id: PartnerId,
    changes: &[PartnerChange],
    expected_changed_at: Option<i64>,
) -> Result<Written<()>, NetworkError> {
    practice.must_see(id)?;
    practice.write(Label::hand("partner_edit", ""), |tx| {
        let before = live(tx, id)?;
        seen(practice, tx, id)?;
        let mut after = before.clone();
        let mut meanwhile = Vec::new();
        let stale = expected_changed_at.is_some_and(|stamp| stamp != before.changed_at);
        for change in changes {
            let theirs = after.clone();
            apply(tx, id, &mut after, change)?;
            if stale && theirs != after {
                let field = change.field();
                meanwhile.push(Meanwhile {
                    field: field.to_owned(),
                    yours: shown(tx, &after, change)?,
                    theirs: shown(tx, &theirs, change)?,
                });
            }
        }
        if !meanwhile.is_empty() {
            return Err(NetworkError::ChangedMeanwhile(meanwhile));
        }
        tx.subject(after.name.clone());
        if after != before {
            rows::update(tx, id, &after)?;
            follow_individual(tx, &before, &after)?;
        }
        Ok(())
    })
}

/// Ends the relationship.
///
/// # Errors
/// [`NetworkError::Invalid`] without a reason or with a date in the future; [`NetworkError::Missing`]; those of the file.
pub fn end_partner(
    practice: &Practice,
    id: PartnerId,
    on: Option<NaiveDate>,
    reason: &str,
) -> Result<Written<()>, NetworkError> {
    practice.write(Label::hand("partner_end", ""), |tx| {
        let mut partner = live(tx, id)?;
        let Some(reason) = check::note("endedReason", Some(reason))? else {
            return invalid("endedReason", "say why it ends");
        };
        partner.ended_on = check::happened("endedOn", on.or(Some(tx.today)), tx.today)?;
        partner.ended_reason = Some(reason);
        tx.subject(partner.name.clone());
        Ok(rows::update(tx, id, &partner)?)
    })
}

/// Takes the relationship up again.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn reopen_partner(practice: &Practice, id: PartnerId) -> Result<Written<()>, NetworkError> {
    practice.write(Label::hand("partner_reopen", ""), |tx| {
        let mut partner = live(tx, id)?;
        tx.subject(partner.name.clone());
        if partner.ended_on.is_none() {
            return Ok(());
        }
        partner.ended_on = None;
        partner.ended_reason = None;
        Ok(rows::update(tx, id, &partner)?)
    })
}

/// A partner that is not in the trash.
fn live(tx: &Tx<'_>, id: PartnerId) -> Result<PartnerRecord, NetworkError> {
    rows::read(tx, id)?.filter(|partner| partner.trashed_at.is_none()).ok_or(NetworkError::Missing)
}

impl PartnerChange {
    /// The field, as the wire names it.
    fn field(&self) -> &'static str {
        match self {
            Self::Name(_) => "name",
            Self::Class(_) => "class",
            Self::Type(_) => "type",
            Self::Npi(_) => "npi",
            Self::Specialty(_) => "specialty",
            Self::Parent(_) => "parent",
            Self::Owner(_) => "owner",
            Self::Notes(_) => "notes",
            Self::HowMet(_) => "how_met",
            Self::HowMetOn(_) => "how_met_on",
            Self::HowMetPlace(_) => "how_met_place",
            Self::HowMetNote(_) => "how_met_note",
            Self::Introducer(_) => "introducer",
        }
    }
}

fn apply(
    tx: &Tx<'_>,
    id: PartnerId,
    partner: &mut PartnerRecord,
    change: &PartnerChange,
) -> Result<(), NetworkError> {
    let field = change.field();
    match change {
        PartnerChange::Name(name) => {
            partner.name = check::name(field, name)?;
            partner.name_key = check::name_key(&partner.name);
        }
        PartnerChange::Class(class) => {
            if partner.class != *class {
                partner.class = *class;
                partner.partner_type = PartnerType::of_class(*class);
            }
        }
        PartnerChange::Type(partner_type) => {
            partner.partner_type = *partner_type;
            partner.class = partner_type.class();
        }
        PartnerChange::Npi(npi) => partner.npi = check::npi(field, npi.as_deref())?,
        PartnerChange::Specialty(specialty) => partner.specialty = check::short(field, specialty.as_deref())?,
        PartnerChange::Parent(parent) => {
            partner.parent = known_parent(tx, *parent)?;
            no_loop(tx, id, partner.parent)?;
        }
        PartnerChange::Owner(owner) => partner.owner = known_owner(tx, *owner)?,
        PartnerChange::Notes(notes) => partner.notes = check::note(field, notes.as_deref())?,
        PartnerChange::HowMet(how) => partner.how_met = *how,
        PartnerChange::HowMetOn(on) => partner.how_met_on = check::happened(field, *on, tx.today)?,
        PartnerChange::HowMetPlace(place) => partner.how_met_place = check::short(field, place.as_deref())?,
        PartnerChange::HowMetNote(note) => partner.how_met_note = check::note(field, note.as_deref())?,
        PartnerChange::Introducer(person) => partner.introducer = known_introducer(tx, *person)?,
    }
    Ok(())
}

/// An organisation never belongs to itself, not even through others.
fn no_loop(tx: &Tx<'_>, id: PartnerId, parent: Option<PartnerId>) -> Result<(), NetworkError> {
    let mut above = parent;
    while let Some(one) = above {
        if one == id {
            return invalid("parent", "this organisation belongs to the partner itself; choose another");
        }
        above = rows::parent(tx, one)?;
    }
    Ok(())
}

/// The value of the field a change speaks of, in words.
fn shown(tx: &Tx<'_>, partner: &PartnerRecord, change: &PartnerChange) -> Result<String, NetworkError> {
    Ok(match change {
        PartnerChange::Name(_) => partner.name.clone(),
        PartnerChange::Class(_) => partner.class.label().to_owned(),
        PartnerChange::Type(_) => partner.partner_type.label().to_owned(),
        PartnerChange::Npi(_) => partner.npi.clone().unwrap_or_default(),
        PartnerChange::Specialty(_) => partner.specialty.clone().unwrap_or_default(),
        PartnerChange::Parent(_) => match partner.parent {
            Some(id) => rows::name(tx, id)?.unwrap_or_default(),
            None => String::new(),
        },
        PartnerChange::Owner(_) => match partner.owner {
            Some(id) => rows::profile_name(tx, id)?.unwrap_or_default(),
            None => String::new(),
        },
        PartnerChange::Notes(_) => partner.notes.clone().unwrap_or_default(),
        PartnerChange::HowMet(_) => partner.how_met.map(HowMet::label).unwrap_or_default().to_owned(),
        PartnerChange::HowMetOn(_) => partner.how_met_on.map(|on| on.to_string()).unwrap_or_default(),
        PartnerChange::HowMetPlace(_) => partner.how_met_place.clone().unwrap_or_default(),
        PartnerChange::HowMetNote(_) => partner.how_met_note.clone().unwrap_or_default(),
        PartnerChange::Introducer(_) => match partner.introducer {
            Some(id) => super::rows::person::name(tx, id)?.unwrap_or_default(),
            None => String::new(),
        },
    })
}

/// A partner that is one person and that person share name, NPI and specialty.
fn follow_individual(tx: &Tx<'_>, before: &PartnerRecord, after: &PartnerRecord) -> Result<(), NetworkError> {
    let Some(id) = after.individual else { return Ok(()) };
    let Some(mut person) = super::rows::person::read(tx, id)? else { return Ok(()) };
    let was = person.clone();
    if person.name == before.name && after.name != before.name {
        set_name(&mut person, NameParts::read(&after.name));
    }
    if person.npi == before.npi {
        person.npi.clone_from(&after.npi);
    }
    if person.specialty == before.specialty {
        person.specialty.clone_from(&after.specialty);
    }
    if person != was {
        super::rows::person::update(tx, id, &person)?;
    }
    Ok(())
}
