//! A new partner, alone or with the one person it is.

use serde::{Deserialize, Serialize};

use super::error::NetworkError;
use super::add_person::NewPerson;
use super::contacts::{NewAddress, NewContactPoint};
use super::types::{HowMet, PartnerClass, PartnerType};
use crate::foundation::id::{PartnerId, PersonId, ProfileId};
use crate::practice::Practice;
use crate::store::{Tx, Written};
use chrono::NaiveDate;

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
pub fn add_partner(_practice: &Practice, _new: NewPartner) -> Result<Written<PartnerId>, NetworkError> {
    todo!()
}

/// Adds a partner within a change that does more, e.g. the intake of a referral.
///
/// # Errors
/// As [`add_partner`].
pub fn add_partner_in(_tx: &Tx<'_>, _new: &NewPartner) -> Result<PartnerId, NetworkError> {
    todo!()
}
