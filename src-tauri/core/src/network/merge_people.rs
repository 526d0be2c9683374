//! Two records of one person become one. What hangs on the one that goes moves to the one that stays, and what the one that stays
//! lacks is taken over; the other goes to the trash. One action, and taking it back parts them again without a loss.

use rusqlite::Connection;
use serde::Serialize;

use super::contacts::name_of;
use super::error::{NetworkError, invalid};
use super::patients::{is_patient, seen};
use super::rows::merge_partners::{self as partners, OwnPartner};
use super::rows::{merge as rows, trash};
use super::types::Party;
use crate::foundation::id::{PartnerId, PersonId};
use crate::practice::Practice;
use crate::store::{Label, StoreError, Tx, Written};
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
    /// Where both stand among the partners: the partner that goes along.
    pub partner: Option<String>,
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
        let own = both_partners(conn, away, into)?;
        let mut referrals = 0;
        if counts {
            referrals = trash::referrals(conn, Party::Person(away))?;
            for (gone, _) in &own {
                referrals = referrals.max(trash::referrals(conn, Party::Partner(gone.id))?);
            }
        }
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
            referrals,
            partner: own.first().map(|(gone, _)| gone.name.clone()),
            refusal: refusal(practice, conn, away, into)?.map(str::to_owned),
        })
    })
}

/// Merges `away` into `into`: places of work, contacts, referrals, batons, thanks and what is known for gifts move; the ledgers
/// count together and stay as they were written (R3). Where both stand among the partners, these become one as well.
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
        if let Some(problem) = refusal(practice, tx, away, into)? {
            return invalid("other", problem);
        }
        let (gone, name) = (name_of(tx, Party::Person(away))?, name_of(tx, Party::Person(into))?);
        tx.subject(format!("{gone}, {name}"));
        let reason = format!("Same person as {name}");
        for (gone, kept) in both_partners(tx, away, into)? {
            merge_partners(tx, gone.id, kept, &reason)?;
        }
        rows::take_over(tx, away, into)?;
        rows::move_all(tx, away, into)?;
        rows::move_different(tx, away.0, into.0)?;
        crate::gratitude::merged(tx, away, into)?;
        trash::trash(tx, Party::Person(away), Some(&reason))?;
        Ok(())
    })
}

/// The partners the one that goes is, each with the one it becomes; none unless both stand among the partners.
fn both_partners(
    conn: &Connection,
    away: PersonId,
    into: PersonId,
) -> Result<Vec<(OwnPartner, PartnerId)>, StoreError> {
    let kept = partners::of_person(conn, into)?.into_iter().next();
    let Some(kept) = kept.filter(|_| away != into) else { return Ok(Vec::new()) };
    Ok(partners::of_person(conn, away)?.into_iter().map(|gone| (gone, kept.id)).collect())
}

fn merge_partners(tx: &Tx<'_>, away: PartnerId, into: PartnerId, reason: &str) -> Result<(), NetworkError> {
    partners::take_over(tx, away, into)?;
    partners::move_all(tx, away, into)?;
    rows::move_different(tx, away.0, into.0)?;
    crate::gratitude::merged_partners(tx, away, into)?;
    trash::trash(tx, Party::Partner(away), Some(reason))?;
    Ok(())
}

fn fields(conn: &Connection, of: PersonId) -> Result<PersonFields, NetworkError> {
    rows::fields(conn, of)?.ok_or(NetworkError::Missing)
}

/// Why two records can't be one person.
fn refusal(
    practice: &Practice,
    conn: &Connection,
    away: PersonId,
    into: PersonId,
) -> Result<Option<&'static str>, NetworkError> {
    if away == into {
        return Ok(Some("This is the same record. Choose another one."));
    }
    if different(rows::npi(conn, away)?.as_ref(), rows::npi(conn, into)?.as_ref()) {
        return Ok(Some(TWO_NPIS));
    }
    if is_patient(conn, away)? != is_patient(conn, into)? {
        return Ok(Some("One of them is a patient. Patients stand apart from the people one works with."));
    }
    if rows::is_held(conn, away.0)? {
        return Ok(Some(HELD));
    }
    let kept = partners::of_person(conn, into)?.into_iter().next();
    for (gone, _) in both_partners(conn, away, into)? {
        let Some(kept) = &kept else { break };
        if !partners::is_seen(conn, gone.id)? || !partners::is_seen(conn, kept.id)? {
            return Ok(Some(
                "Both stand among the partners, and one of these is not yours to see. Ask its owner.",
            ));
        }
        if gone.class != kept.class {
            return Ok(Some(
                "Both stand among the partners, in two classes. Move one of the two partners to the trash first.",
            ));
        }
        if different(gone.patient.as_ref(), kept.patient.as_ref()) {
            return Ok(Some(
                "They are two patients of the practice. Patients are not merged; move one of the two partners to the trash first.",
            ));
        }
        if different(gone.npi.as_ref(), kept.npi.as_ref()) {
            return Ok(Some(TWO_NPIS));
        }
        if rows::is_held(conn, gone.id.0)? {
            return Ok(Some(HELD));
        }
        seen(practice, conn, gone.id)?;
        seen(practice, conn, kept.id)?;
    }
    Ok(None)
}

const TWO_NPIS: &str = "They have different NPIs: two people, or a slip in one. Put the NPI right first.";
const HELD: &str =
    "A legal hold stands on the record that goes. Merge the other way round, or have the hold lifted first.";

fn different<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}
