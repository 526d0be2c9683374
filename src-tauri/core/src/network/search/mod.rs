//! Quick search over everything, while one types: by words, beginnings, sound, and past a slip of the finger.

use serde::{Deserialize, Serialize};

use super::error::NetworkError;
use super::types::Status;
use crate::foundation::id::{PartnerId, RecordId};
use crate::practice::Practice;

/// Where a search looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum SearchScope {
    /// Partners, people and patients.
    #[default]
    Everything,
    /// Who could have sent a patient: partners and people.
    Referrers,
}

/// What a hit leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum HitKind {
    /// A partner.
    Partner,
    /// A person.
    Person,
    /// A patient, and through it the referrals.
    Patient,
}

/// Something found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Hit {
    /// What it is.
    pub kind: HitKind,
    /// Its id.
    pub id: RecordId,
    /// Its name.
    pub title: String,
    /// What tells it apart: practice, city, telephone, chart number.
    pub detail: String,
    /// What of the title matched: starts and ends in UTF-16 units, for bold.
    pub matches: Vec<(u32, u32)>,
    /// Of a partner: the measure `status`.
    pub status: Option<Status>,
    /// Of a person: the main place of work, or the partner that is this person. Of a partner: itself.
    pub partner: Option<PartnerId>,
    /// Of a partner: whether it is one person.
    pub individual: bool,
    /// Of a patient: how many referrals.
    pub referrals: u32,
}

/// Finds what `text` may mean, best first. Empty text finds nothing.
///
/// # Errors
/// Those of the file.
pub fn search(_practice: &Practice, _text: &str, _scope: SearchScope, _limit: u32) -> Result<Vec<Hit>, NetworkError> {
    todo!()
}
