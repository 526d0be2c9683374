//! Two records of one person: their years count together, and the ledger stays as it was written (R3).

use rusqlite::Connection;

use crate::foundation::id::{PartnerId, PersonId};
use crate::gratitude::error::{GratitudeError, invalid};
use crate::gratitude::rows::{ledger as rows, notes, thanks};
use crate::network::Party;
use crate::practice::Practice;
use crate::store::{Label, StoreError, Tx, Written};
use crate::vault::{Area, Need};

/// Makes the ledgers of two records of one person count together from now on. Taking the entry back parts them again,
/// without a loss. Records with the same NPI count together anyway (CK2).
///
/// # Errors
/// [`GratitudeError::Invalid`] for one and the same record; [`GratitudeError::Missing`]; those of the file.
pub fn count_together(
    practice: &Practice,
    away: PersonId,
    into: PersonId,
) -> Result<Written<()>, GratitudeError> {
    practice.may(Need::Write(Area::Network))?;
    practice.must_see(away)?;
    practice.must_see(into)?;
    practice.write(Label::hand("ledgers_together", ""), |tx| {
        let name = notes::person(tx, into)?.ok_or(GratitudeError::Missing)?.name;
        notes::person(tx, away)?.ok_or(GratitudeError::Missing)?;
        if away == into || together(tx, away, into)? {
            return invalid("into", "These are one already.");
        }
        tx.subject(name);
        Ok(rows::put_together(tx, away.0, into.0)?)
    })
}

/// The same within a write that merges two people: whoever merges calls this. Thanks move along, and so does what is known before
/// a gift, of two answers the stricter.
///
/// # Errors
/// Those of the file.
pub(crate) fn merged(tx: &Tx<'_>, away: PersonId, into: PersonId) -> Result<(), StoreError> {
    if let Some(gone) = notes::of(tx, away.0)? {
        let kept = notes::of(tx, into.0)?.unwrap_or_default();
        notes::put(tx, Party::Person(into), &kept.with(&gone))?;
    }
    thanks::move_all(tx, away, into)?;
    // One NPI counts together anyway, as long as nobody corrects it; the line says so for good.
    rows::put_together(tx, away.0, into.0)?;
    if together(tx, away, into)? { Ok(()) } else { rows::put_together(tx, into.0, away.0) }
}

/// The same of the partners two such records are.
///
/// # Errors
/// Those of the file.
pub(crate) fn merged_partners(tx: &Tx<'_>, away: PartnerId, into: PartnerId) -> Result<(), StoreError> {
    if let Some(gone) = notes::of(tx, away.0)? {
        let kept = notes::of(tx, into.0)?.unwrap_or_default();
        notes::put(tx, Party::Partner(into), &kept.with(&gone))?;
    }
    thanks::move_all_of_partner(tx, away, into)?;
    rows::put_together(tx, away.0, into.0)
}

fn together(conn: &Connection, one: PersonId, other: PersonId) -> Result<bool, StoreError> {
    Ok(rows::same(conn, one.0)?.contains(&other.0))
}
