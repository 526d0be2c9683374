//! Referrals that stay out of sight (CK19): in no list, letter or export, and in the practice's totals alone.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::foundation::id::ReferralId;
use crate::practice::Practice;
use crate::referrals::checks::line;
use crate::referrals::error::ReferralError;
use crate::referrals::rows::{care as rows, row};
use crate::referrals::trash::name;
use crate::referrals::types::RegisterRow;
use crate::store::{Label, Written};
use crate::vault::{Area, Need};

/// A restricted referral.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Restricted {
    /// What the register would show of it.
    pub row: RegisterRow,
    /// Since when.
    pub since: NaiveDate,
    /// Why.
    pub note: Option<String>,
}

/// That a referral is restricted, as its own page tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Restriction {
    /// Since when.
    pub since: NaiveDate,
    /// Why; none for whoever does not see patients.
    pub note: Option<String>,
}

/// The restricted referrals, for those who work with them: whoever changes referrals and sees patients. That they were
/// looked at goes to the log, record by record.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn restricted(practice: &Practice) -> Result<Vec<Restricted>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    practice.may(Need::Patients)?;
    let hidden = practice.hidden();
    let found = practice.read(|conn| {
        let mut found = Vec::new();
        for (id, since, note) in rows::restricted(conn)? {
            let row = row::rows(conn, &[id], hidden)?.pop();
            found.extend(row.map(|row| Restricted { row, since, note }));
        }
        Ok::<_, ReferralError>(found)
    })?;
    found.iter().for_each(|one| practice.viewed("referral", one.row.id.0));
    Ok(found)
}

/// Puts a referral out of sight.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn restrict(
    practice: &Practice,
    id: ReferralId,
    note: Option<&str>,
) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    practice.may(Need::Patients)?;
    let note = line("note", note, 500)?;
    practice.write(Label::hand("referral_restrict", ""), |tx| {
        name(tx, id)?;
        // It is held by name, so that somebody has it although no list shows it.
        let way = crate::referrals::rows::process::way(tx, id)?.ok_or(ReferralError::Missing)?;
        if way.baton.is_none() && crate::referrals::process::is_on_its_way(&way) {
            crate::referrals::process::begin(tx, id)?;
        }
        Ok(rows::restrict(tx, id, note.as_deref())?)
    })
}

/// Brings it back into sight.
///
/// # Errors
/// [`ReferralError::Missing`] if it is not restricted; those of the file.
pub fn unrestrict(practice: &Practice, id: ReferralId) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Referrals))?;
    practice.may(Need::Patients)?;
    practice.write(Label::hand("referral_unrestrict", ""), |tx| {
        name(tx, id)?;
        if rows::unrestrict(tx, id)? == 0 { Err(ReferralError::Missing) } else { Ok(()) }
    })
}
