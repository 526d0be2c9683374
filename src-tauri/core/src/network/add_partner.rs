//! A new partner, alone or with the one person it is.

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::add_person::{NameParts, NewPerson, add_person_in, read_name};
use super::check;
use super::contacts::{NewAddress, NewContactPoint, add_addresses_in, add_contact_points_in};
use super::error::{NetworkError, invalid};
use super::rows::partner::{self as rows, PartnerRecord};
use super::tags::tag_in;
use super::types::{HowMet, PartnerClass, PartnerType, Party};
use crate::foundation::id::{PartnerId, PersonId, ProfileId};
use crate::practice::Practice;
use crate::store::{Label, Tx, Written};

/// How the relationship began.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct Beginning {
    /// How.
    pub how: Option<HowMet>,
    /// When.
    pub on: Option<NaiveDate>,
    /// Where.
    pub place: Option<String>,
    /// One sentence.
    pub note: Option<String>,
    /// Who introduced us.
    pub introducer: Option<PersonId>,
}

/// A partner as it is typed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NewPartner {
    /// Its class.
    pub class: PartnerClass,
    /// Its type; must belong to the class.
    #[serde(rename = "type")]
    pub partner_type: PartnerType,
    /// Its name. May be empty when `individual` says who it is.
    #[serde(default)]
    pub name: String,
    /// The one person this partner is, if it is one.
    #[serde(default)]
    pub individual: Option<NewPerson>,
    /// The organisation it belongs to.
    #[serde(default)]
    pub parent: Option<PartnerId>,
    /// National Provider Identifier.
    #[serde(default)]
    pub npi: Option<String>,
    /// Specialty.
    #[serde(default)]
    pub specialty: Option<String>,
    /// Telephones, e-mail addresses, web sites.
    #[serde(default)]
    pub contact_points: Vec<NewContactPoint>,
    /// Postal addresses.
    #[serde(default)]
    pub addresses: Vec<NewAddress>,
    /// How it began.
    #[serde(default)]
    pub beginning: Beginning,
    /// Who of us looks after it.
    #[serde(default)]
    pub owner: Option<ProfileId>,
    /// Names of tags; new ones are made.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Notes.
    #[serde(default)]
    pub notes: Option<String>,
}

impl NewPartner {
    /// A partner of which no more is known than this.
    pub fn named(class: PartnerClass, partner_type: PartnerType, name: impl Into<String>) -> Self {
        Self {
            class,
            partner_type,
            name: name.into(),
            individual: None,
            parent: None,
            npi: None,
            specialty: None,
            contact_points: Vec::new(),
            addresses: Vec::new(),
            beginning: Beginning::default(),
            owner: None,
            tags: Vec::new(),
            notes: None,
        }
    }
}

/// Adds a partner.
///
/// # Errors
/// [`NetworkError::Invalid`] beside the field; those of the file.
pub fn add_partner(practice: &Practice, new: NewPartner) -> Result<Written<PartnerId>, NetworkError> {
    practice.write(Label::hand("partner_add", new.name.trim()), |tx| {
        let id = add_partner_in(tx, &new)?;
        tx.subject(rows::name(tx, id)?.unwrap_or_default());
        Ok(id)
    })
}

/// Adds a partner within a change that does more, e.g. the intake of a referral.
///
/// # Errors
/// As [`add_partner`].
pub fn add_partner_in(tx: &Tx<'_>, new: &NewPartner) -> Result<PartnerId, NetworkError> {
    if new.partner_type.class() != new.class {
        return invalid("type", format!("“{}” is no type of this class; choose another", new.partner_type.label()));
    }
    let individual = new.individual.as_ref().map(|person| individual(new, person)).transpose()?;
    let name = match &individual {
        Some(person) if new.name.trim().is_empty() => read_name(person)?.shown(),
        _ => check::name("name", &new.name)?,
    };
    let record = PartnerRecord {
        class: new.class,
        partner_type: new.partner_type,
        name_key: check::name_key(&name),
        name,
        individual: individual.as_ref().map(|person| add_person_in(tx, person)).transpose()?,
        parent: known_parent(tx, new.parent)?,
        npi: check::npi("npi", new.npi.as_deref())?,
        specialty: check::short("specialty", new.specialty.as_deref())?,
        how_met: new.beginning.how,
        how_met_on: check::happened("howMetOn", new.beginning.on, tx.today)?,
        how_met_place: check::short("howMetPlace", new.beginning.place.as_deref())?,
        how_met_note: check::note("howMetNote", new.beginning.note.as_deref())?,
        introducer: known_introducer(tx, new.beginning.introducer)?,
        owner: known_owner(tx, new.owner)?,
        ended_on: None,
        ended_reason: None,
        notes: check::note("notes", new.notes.as_deref())?,
        changed_at: tx.now,
        trashed_at: None,
    };
    let id = PartnerId::new();
    rows::insert(tx, id, &record)?;
    add_contact_points_in(tx, Party::Partner(id), &new.contact_points)?;
    add_addresses_in(tx, Party::Partner(id), &new.addresses)?;
    for tag in &new.tags {
        tag_in(tx, &[id], tag)?;
    }
    Ok(id)
}

/// The person a partner is: what is known of the one is known of the other.
fn individual(new: &NewPartner, person: &NewPerson) -> Result<NewPerson, NetworkError> {
    let mut person = person.clone();
    if person.name.trim().is_empty() && person.parts == NameParts::default() {
        person.name = check::name("name", &new.name)?;
    }
    person.npi = person.npi.or_else(|| new.npi.clone());
    person.specialty = person.specialty.or_else(|| new.specialty.clone());
    Ok(person)
}

pub(super) fn known_parent(conn: &Connection, parent: Option<PartnerId>) -> Result<Option<PartnerId>, NetworkError> {
    match parent {
        Some(id) if !rows::exists(conn, id)? => invalid("parent", "this organisation no longer exists; choose another"),
        _ => Ok(parent),
    }
}

pub(super) fn known_introducer(conn: &Connection, person: Option<PersonId>) -> Result<Option<PersonId>, NetworkError> {
    match person {
        Some(id) if !super::rows::person::exists(conn, id)? => {
            invalid("introducer", "this person no longer exists; choose another")
        }
        _ => Ok(person),
    }
}

pub(super) fn known_owner(conn: &Connection, owner: Option<ProfileId>) -> Result<Option<ProfileId>, NetworkError> {
    match owner {
        Some(id) if rows::profile_name(conn, id)?.is_none() => invalid("owner", "this member of staff is unknown; choose another"),
        _ => Ok(owner),
    }
}
