//! Concerns about a partner: opened, told, settled. An open one warns whoever sends a patient there.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::foundation::id::{PartnerId, RecordId};
use crate::practice::Practice;
use crate::referrals::checks::{happened, text};
use crate::referrals::error::{Problem, ReferralError, invalid};
use crate::referrals::rows::{help as rows, intake};
use crate::referrals::types::codes;
use crate::store::{Label, Tx, Written};
use crate::vault::{Area, Need};

codes! {
    /// What a concern is about.
    IssueCategory {
        /// Getting a visit.
        Access = "access",
        /// Going on with the care.
        Continuity = "continuity",
        /// Word from them.
        Communication = "communication",
        /// The care itself.
        Clinical = "clinical",
        /// Bills.
        Billing = "billing",
        /// Something else.
        Other = "other",
    }
}

/// A concern about a partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Issue {
    /// The record.
    pub id: RecordId,
    /// What it is about.
    pub category: IssueCategory,
    /// 1 to 3, the worst last.
    pub severity: u8,
    /// In words.
    pub what: String,
    /// Since.
    pub opened_on: NaiveDate,
    /// The partner was told.
    pub told_on: Option<NaiveDate>,
    /// It is settled.
    pub closed_on: Option<NaiveDate>,
    /// How.
    pub resolution: Option<String>,
}

/// A new one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NewIssue {
    /// What it is about.
    pub category: IssueCategory,
    /// 1 to 3, the worst last.
    pub severity: u8,
    /// In words, without a patient's name.
    pub what: String,
    /// Since; today if not said.
    pub opened_on: Option<NaiveDate>,
    /// The partner was told.
    pub told_on: Option<NaiveDate>,
}

/// How long a concern may be in words.
const WORDS: usize = 1_000;

/// Opens a concern.
///
/// # Errors
/// [`ReferralError::Invalid`] for no words, a severity beside 1 to 3, or days out of order;
/// [`ReferralError::Missing`]; those of the file.
pub fn open_issue(
    practice: &Practice,
    partner: PartnerId,
    new: &NewIssue,
) -> Result<Written<RecordId>, ReferralError> {
    practice.may(Need::Write(Area::Network))?;
    practice.write(Label::hand("issue_open", ""), |tx| {
        let id = open_issue_in(tx, partner, new)?;
        tx.subject(intake::party_label(tx, (Some(partner), None))?);
        Ok(id)
    })
}

/// The same within a write somebody holds.
pub(crate) fn open_issue_in(
    tx: &Tx<'_>,
    partner: PartnerId,
    new: &NewIssue,
) -> Result<RecordId, ReferralError> {
    if !(1..=3).contains(&new.severity) {
        return invalid("severity", Problem::Path("Give a severity from 1 to 3."));
    }
    let Some(what) = text("what", Some(&new.what), WORDS)? else {
        return invalid("what", Problem::Path("Say what it is about."));
    };
    if !rows::can_help(tx, partner)? {
        return Err(ReferralError::Missing);
    }
    let opened_on = new.opened_on.unwrap_or(tx.today);
    happened("openedOn", opened_on, tx.today)?;
    if let Some(told_on) = new.told_on {
        happened("toldOn", told_on, tx.today)?;
        if told_on < opened_on {
            return invalid("toldOn", Problem::Path("This is before the day it was opened."));
        }
    }
    Ok(rows::open_issue(tx, partner, new, &what, opened_on)?)
}

/// Settles a concern today.
///
/// # Errors
/// [`ReferralError::Invalid`] where nothing is said of how; [`ReferralError::Missing`] if it is not open; those of the
/// file.
pub fn close_issue(
    practice: &Practice,
    id: RecordId,
    resolution: &str,
) -> Result<Written<()>, ReferralError> {
    practice.may(Need::Write(Area::Network))?;
    let Some(resolution) = text("resolution", Some(resolution), WORDS)? else {
        return invalid("resolution", Problem::Path("Say how it was settled."));
    };
    practice.write(Label::hand("issue_close", ""), |tx| {
        let partner = rows::close_issue(tx, id, &resolution)?.ok_or(ReferralError::Missing)?;
        tx.subject(intake::party_label(tx, (Some(partner), None))?);
        Ok(())
    })
}
