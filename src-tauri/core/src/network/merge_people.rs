//! Two records of one person become one. What hangs on the one that goes moves to the one that stays, and what the one that stays
//! lacks is taken over; the other goes to the trash. One action, and taking it back parts them again without a loss.

use rusqlite::Connection;
use serde::Serialize;

use super::contacts::name_of;
use super::error::{NetworkError, invalid};
use super::patients::{is_patient, seen};
use super::rows::{merge as rows, trash};
use super::types::Party;
use crate::foundation::id::PersonId;
use crate::practice::Practice;
use crate::store::{Label, Written};
use crate::vault::{Area, Need};

/// What merging two people would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct MergePreview {
    /// The one that goes.
    pub away: String,
    /// The one that stays.
    pub into: String,
    /// Fields in which both hold something else; what the one that stays holds is kept.
    pub differs: Vec<MergeDifference>,
    /// Fields the one that stays lacks, as the wire names them; they are taken over.
    pub taken: Vec<String>,
    /// Places of work that move.
    pub places: u32,
    /// Telephones, addresses and the like that move.
    pub contacts: u32,
    /// Referrals that move.
    pub referrals: u32,
    /// Why it can't be; none: it can.
    pub refusal: Option<String>,
}

/// A field in which two records hold something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct MergeDifference {
    /// Which, as the wire names it.
    pub field: String,
    /// What is kept.
    pub kept: String,
    /// What goes to the trash.
    pub lost: String,
}

/// What a person's record holds in the fields that are compared.
pub(super) struct PersonFields(pub(super) Vec<(&'static str, String)>);

/// Says what merging `away` into `into` would do. Writes nothing.
///
/// # Errors
/// [`NetworkError::Missing`] if one is gone or in the trash; those of the file.
pub fn merge_preview(
    practice: &Practice,
    away: PersonId,
    into: PersonId,
) -> Result<MergePreview, NetworkError> {
    practice.may(Need::Read(Area::Network))?;
    practice.must_see(away)?;
    practice.must_see(into)?;
    let counts = practice.rights().reads(Area::Referrals);
    practice.read(|conn| {
        seen(practice, conn, away)?;
        seen(practice, conn, into)?;
        let (lost, kept) = (fields(conn, away)?, fields(conn, into)?);
        let both = || kept.0.iter().zip(&lost.0);
        let differs =
            both().filter(|((_, kept), (_, lost))| !kept.is_empty() && !lost.is_empty() && kept != lost);
        let taken = both().filter(|((_, kept), (_, lost))| kept.is_empty() && !lost.is_empty());
        Ok(MergePreview {
            away: name_of(conn, Party::Person(away))?,
            into: name_of(conn, Party::Person(into))?,
            differs: differs
                .map(|((field, kept), (_, lost))| MergeDifference {
                    field: (*field).to_owned(),
                    kept: kept.clone(),
                    lost: lost.clone(),
                })
                .collect(),
            taken: taken.map(|((field, _), _)| (*field).to_owned()).collect(),
            places: rows::places(conn, away)?,
            contacts: rows::contacts(conn, away)?,
            referrals: if counts { trash::referrals(conn, Party::Person(away))? } else { 0 },
            refusal: refusal(conn, away, into)?.map(str::to_owned),
        })
    })
}

/// Merges `away` into `into`: places of work, contacts, referrals, batons, thanks and what is known for gifts move; the ledgers
/// count together and stay as they were written (R3).
///
/// # Errors
/// [`NetworkError::Invalid`] beside `other` if the two can't be one; [`NetworkError::Missing`]; those of the file.
pub fn merge_people(
    practice: &Practice,
    away: PersonId,
    into: PersonId,
) -> Result<Written<()>, NetworkError> {
    practice.may(Need::Write(Area::Network))?;
    practice.must_see(away)?;
    practice.must_see(into)?;
    practice.write(Label::hand("people_merge", ""), |tx| {
        seen(practice, tx, away)?;
        seen(practice, tx, into)?;
        fields(tx, away)?;
        fields(tx, into)?;
        if let Some(problem) = refusal(tx, away, into)? {
            return invalid("other", problem);
        }
        let (gone, name) = (name_of(tx, Party::Person(away))?, name_of(tx, Party::Person(into))?);
        tx.subject(format!("{gone}, {name}"));
        rows::take_over(tx, away, into)?;
        rows::move_all(tx, away, into)?;
        crate::gratitude::merged(tx, away, into)?;
        trash::trash(tx, Party::Person(away), Some(&format!("Same person as {name}")))?;
        Ok(())
    })
}

fn fields(conn: &Connection, of: PersonId) -> Result<PersonFields, NetworkError> {
    rows::fields(conn, of)?.ok_or(NetworkError::Missing)
}

/// Why two records can't be one person.
fn refusal(conn: &Connection, away: PersonId, into: PersonId) -> Result<Option<&'static str>, NetworkError> {
    if away == into {
        return Ok(Some("This is the same record. Choose another one."));
    }
    if let (Some(one), Some(other)) = (rows::npi(conn, away)?, rows::npi(conn, into)?)
        && one != other
    {
        return Ok(Some("They have different NPIs: two people, or a slip in one. Put the NPI right first."));
    }
    if is_patient(conn, away)? != is_patient(conn, into)? {
        return Ok(Some("One of them is a patient. Patients stand apart from the people one works with."));
    }
    if rows::is_partner(conn, away)? && rows::is_partner(conn, into)? {
        return Ok(Some("Both stand among the partners. Move one of the two partners to the trash first."));
    }
    Ok(None)
}
