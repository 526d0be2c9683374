//! The practice's rules for how often partners hear from it.

use rusqlite::Connection;

use super::types::CadenceRules;
use crate::outreach::error::{OutreachError, invalid};
use crate::outreach::rows::cadence as rows;
use crate::practice::Practice;
use crate::store::{Label, StoreError, Written};
use crate::vault::{Area, Need};

const KEY: &str = "outreach.cadence";
const DAYS: std::ops::RangeInclusive<u16> = 1..=730;

/// The rules in force.
///
/// # Errors
/// Those of the file.
pub fn cadence_rules(practice: &Practice) -> Result<CadenceRules, OutreachError> {
    practice.may(Need::Read(Area::Outreach))?;
    Ok(practice.read(rules)?)
}

pub(in crate::outreach) fn rules(conn: &Connection) -> Result<CadenceRules, StoreError> {
    Ok(rows::setting(conn, KEY)?.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Sets the rules.
///
/// # Errors
/// [`OutreachError::Invalid`] for an interval beyond 1 to 730 days or a core beyond 1 to 500; those of the file.
pub fn set_cadence_rules(practice: &Practice, rules: &CadenceRules) -> Result<Written<()>, OutreachError> {
    practice.may(Need::Write(Area::Vault))?;
    for (field, days) in
        [("prospect", rules.prospect), ("medical", rules.medical), ("business", rules.business)]
            .into_iter()
            .chain(rules.tags.iter().map(|tag| ("tags", tag.days)))
    {
        if !DAYS.contains(&days) {
            return invalid(field, "Give between 1 and 730 days.");
        }
    }
    if !(1..=500).contains(&rules.core_limit) {
        return invalid("coreLimit", "Give between 1 and 500 partners.");
    }
    let text = serde_json::to_string(rules).map_err(|e| StoreError::Database(e.to_string()))?;
    practice.write(Label::hand("cadence_rules_set", ""), |tx| Ok(rows::set_setting(tx, KEY, &text)?))
}
