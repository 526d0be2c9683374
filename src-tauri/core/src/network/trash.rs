//! Moving partners and people to the trash and bringing them back. Links are never cut, so they all come back too.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::bulk::{BulkDone, each, subject};
use super::check;
use super::contacts::name_of;
use super::error::NetworkError;
use super::patients::{all_seen, is_patient};
use super::rows::trash as rows;
use super::types::Party;
use crate::foundation::id::{PartnerId, PersonId};
use crate::practice::Practice;
use crate::store::{Label, Tx, Written};
use crate::vault::{Area, Need};

/// What hangs on records that somebody is about to move to the trash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TrashPreview {
    /// How many records would go.
    pub records: u32,
    /// How many of them have referrals.
    pub with_referrals: u32,
    /// How many referrals these are. More than none: a reason is asked.
    pub referrals: u32,
}

/// A partner or person in the trash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Trashed {
    /// Which.
    pub record: Party,
    /// Its name.
    pub name: String,
    /// When, UTC milliseconds.
    #[cfg_attr(feature = "specta", specta(type = f64))]
    pub at: i64,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: Option<String>,
    /// Referrals that belong to it.
    pub referrals: u32,
}

/// What would go to the trash.
///
/// # Errors
/// Those of the file.
pub fn preview_trash(practice: &Practice, records: &[Party]) -> Result<TrashPreview, NetworkError> {
    practice.may(Need::Read(Area::Network))?;
    practice.read(|conn| preview(conn, records))
}

fn preview(conn: &Connection, records: &[Party]) -> Result<TrashPreview, NetworkError> {
    let mut preview = TrashPreview { records: count(records.len()), ..TrashPreview::default() };
    for record in records {
        let referrals = rows::referrals(conn, *record)?;
        preview.with_referrals += u32::from(referrals > 0);
        preview.referrals += referrals;
    }
    Ok(preview)
}

/// Moves partners to the trash as one action. The person an individual partner is goes along, unless it works elsewhere.
///
/// # Errors
/// [`NetworkError::NeedsReason`] if any has referrals and no reason is given; those of the file.
pub fn trash_partners(
    practice: &Practice,
    partners: &[PartnerId],
    reason: Option<&str>,
) -> Result<Written<BulkDone>, NetworkError> {
    practice.write(Label::hand("partner_trash", ""), |tx| {
        all_seen(practice, tx, partners)?;
        let records: Vec<Party> = partners.iter().copied().map(Party::Partner).collect();
        let reason = reason_for(tx, &records, reason)?;
        tx.subject(subject(tx, partners)?);
        each(tx, partners, |partner| {
            if let Some(person) = rows::only_this_partner(tx, partner)? {
                rows::trash(tx, Party::Person(person), reason.as_deref())?;
            }
            rows::trash(tx, Party::Partner(partner), reason.as_deref())
        })
    })
}

/// Moves a person to the trash.
///
/// # Errors
/// As [`trash_partners`].
pub fn trash_person(
    practice: &Practice,
    person: PersonId,
    reason: Option<&str>,
) -> Result<Written<()>, NetworkError> {
    practice.write(Label::hand("person_trash", ""), |tx| {
        let record = Party::Person(person);
        tx.subject(name_of(tx, record)?);
        let reason = reason_for(tx, &[record], reason)?;
        if rows::trash(tx, record, reason.as_deref())? { Ok(()) } else { Err(NetworkError::Missing) }
    })
}

/// Brings a partner or person back, with all links.
///
/// # Errors
/// [`NetworkError::Missing`]; those of the file.
pub fn restore(practice: &Practice, record: Party) -> Result<Written<()>, NetworkError> {
    let action = match record {
        Party::Partner(_) => "partner_restore",
        Party::Person(_) => "person_restore",
    };
    practice.write(Label::hand(action, ""), |tx| {
        tx.subject(name_of(tx, record)?);
        if let Party::Partner(partner) = record
            && let Some(person) = rows::went_along(tx, partner)?
        {
            rows::restore(tx, Party::Person(person))?;
        }
        if rows::restore(tx, record)? { Ok(()) } else { Err(NetworkError::Missing) }
    })
}

/// What is in the trash, newest first.
///
/// # Errors
/// Those of the file.
pub fn trash(practice: &Practice) -> Result<Vec<Trashed>, NetworkError> {
    practice.may(Need::Read(Area::Network))?;
    let hidden = practice.hidden();
    practice.read(|conn| {
        let mut all = Vec::new();
        for trashed in rows::partners(conn)?.into_iter().chain(rows::people(conn)?) {
            let id = match trashed.record {
                Party::Partner(id) => id.0,
                Party::Person(id) => id.0,
            };
            if !(hidden.patients && is_patient(conn, id)?) {
                all.push(trashed);
            }
        }
        all.sort_by_key(|trashed| std::cmp::Reverse(trashed.at));
        for trashed in &mut all {
            trashed.referrals = rows::referrals(conn, trashed.record)?;
        }
        Ok(all)
    })
}

/// Records with referrals go to the trash for a reason only.
fn reason_for(tx: &Tx<'_>, records: &[Party], reason: Option<&str>) -> Result<Option<String>, NetworkError> {
    let reason = check::note("reason", reason)?;
    if reason.is_none() {
        let referrals = preview(tx, records)?.referrals;
        if referrals > 0 {
            return Err(NetworkError::NeedsReason { referrals });
        }
    }
    Ok(reason)
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
