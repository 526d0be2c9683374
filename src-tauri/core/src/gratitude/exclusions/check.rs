//! Whom of ours the list names.

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::Serialize;

use super::list::{Lines, Listed, organisation_key, person_key, person_key_of};
use crate::gratitude::error::GratitudeError;
use crate::gratitude::kinds::Exclusion;
use crate::gratitude::rows::exclusions as rows;
use crate::network::Party;
use crate::practice::Practice;
use crate::store::StoreError;
use crate::vault::{Area, Need};

/// How many hits are shown.
const SHOWN: usize = 200;

/// The list that is in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ExclusionList {
    /// The file it was read from.
    pub file: String,
    /// The day it is of.
    pub listed_on: NaiveDate,
    /// How many days ago that is.
    pub age_days: u32,
    /// How many it names.
    pub entries: u32,
    /// Who read it.
    pub read_by: String,
    /// When, UTC milliseconds.
    #[cfg_attr(feature = "specta", specta(type = f64))]
    pub read_at: i64,
    /// Whom of ours it names, those by NPI first; at most two hundred.
    pub hits: Vec<ExclusionHit>,
}

/// Somebody of ours whom the list names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ExclusionHit {
    /// Who.
    pub of: Party,
    /// The name.
    pub name: String,
    /// By NPI; otherwise by name and state, and it may be somebody else.
    pub by_npi: bool,
    /// Since when they are excluded.
    pub since: Option<NaiveDate>,
    /// By which section of the law, as the list has it.
    pub kind: String,
}

/// Who is looked up: what ours is known by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::gratitude) struct Probe {
    pub(in crate::gratitude) npi: Option<String>,
    pub(in crate::gratitude) name: String,
    pub(in crate::gratitude) family: String,
    pub(in crate::gratitude) given: String,
    pub(in crate::gratitude) organisation: bool,
    pub(in crate::gratitude) states: Vec<String>,
}

impl Probe {
    fn key(&self) -> Option<String> {
        if self.organisation {
            return Some(organisation_key(&self.name)).filter(|key| key.len() > 2);
        }
        if self.family.is_empty() || self.given.is_empty() {
            return person_key_of(&self.name);
        }
        Some(person_key(&self.family, &self.given))
    }
}

/// The day the list is of, and of each who was looked up what it says and the entry.
pub(in crate::gratitude) type LookedUp = (NaiveDate, Vec<(Exclusion, Option<Listed>)>);

/// What the list in use says of these; nothing without a list.
pub(in crate::gratitude) fn looked_up(
    conn: &Connection,
    probes: &[Probe],
) -> Result<Option<LookedUp>, StoreError> {
    let Some((listed_on, packed)) = rows::newest(conn)? else { return Ok(None) };
    let lines =
        Lines::unpacked(&packed).ok_or_else(|| StoreError::Database("the list does not unpack".into()))?;
    Ok(Some((listed_on, probes.iter().map(|probe| answer(&lines, probe)).collect())))
}

fn answer(lines: &Lines, probe: &Probe) -> (Exclusion, Option<Listed>) {
    if let Some(listed) = probe.npi.as_deref().and_then(|npi| lines.by_npi(npi)) {
        return (Exclusion::Listed, Some(listed));
    }
    let by_name = probe.key().and_then(|key| lines.by_name(&key, &probe.states, probe.npi.as_deref()));
    match by_name {
        Some(listed) => (Exclusion::SameName, Some(listed)),
        None => (Exclusion::Clear, None),
    }
}

/// The list in use and whom of ours it names; nothing without one. Patients are not looked up.
///
/// # Errors
/// [`StoreError::NotAllowed`]; those of the file.
pub fn exclusion_list(practice: &Practice) -> Result<Option<ExclusionList>, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    let today = practice.today();
    practice.read(|conn| {
        let Some(mut list) = rows::about(conn, today)? else { return Ok(None) };
        let Some((_, packed)) = rows::newest(conn)? else { return Ok(None) };
        let lines = Lines::unpacked(&packed);
        let lines = lines.ok_or_else(|| StoreError::Database("the list does not unpack".into()))?;
        let keys = lines.keys();
        rows::each_known(conn, |of, probe| {
            let named = |key: Option<&str>| key.is_some_and(|key| keys.contains(key));
            if !named(probe.npi.as_deref()) && !named(probe.key().as_deref()) {
                return;
            }
            let (found, listed) = answer(&lines, &probe);
            if let (Exclusion::Listed | Exclusion::SameName, Some(listed)) = (found, listed) {
                let by_npi = found == Exclusion::Listed;
                list.hits.push(ExclusionHit {
                    of,
                    name: probe.name,
                    by_npi,
                    since: listed.since,
                    kind: listed.kind,
                });
            }
        })?;
        list.hits.sort_by(|one, other| (!one.by_npi, &one.name).cmp(&(!other.by_npi, &other.name)));
        list.hits.truncate(SHOWN);
        Ok(Some(list))
    })
}
