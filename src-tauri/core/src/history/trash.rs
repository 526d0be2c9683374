//! The trash of all rooms.

use super::error::HistoryError;
use super::rows::TRASH;
use super::types::{TrashKind, TrashRow};
use crate::foundation::id::{PartnerId, PersonId, RecordId, ReferralId};
use crate::network::{self, Party, PossibleDuplicate};
use crate::practice::Practice;
use crate::referrals;
use crate::store::Written;

/// Everything in the trash, the newest first (at most 1,000).
///
/// # Errors
/// Those of the file.
pub fn trash(practice: &Practice) -> Result<Vec<TrashRow>, HistoryError> {
    practice.read(|conn| {
        let mut statement = conn.prepare_cached(TRASH)?;
        let rows = statement.query_map([], |row| {
            let kind: String = row.get(0)?;
            Ok(TrashRow {
                kind: match kind.as_str() {
                    "partner" => TrashKind::Partner,
                    "person" => TrashKind::Person,
                    _ => TrashKind::Referral,
                },
                id: row.get(1)?,
                name: row.get(2)?,
                detail: row.get(3)?,
                trashed_at: row.get(4)?,
                trashed_by: row.get(5)?,
                reason: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    })
}

/// Brings a record back with all its links; records like it that came while it lay in the trash.
///
/// # Errors
/// [`HistoryError::Missing`]; what the record's room says.
pub fn restore(
    practice: &Practice,
    kind: TrashKind,
    id: RecordId,
) -> Result<Written<Vec<PossibleDuplicate>>, HistoryError> {
    let since = trash(practice)?.into_iter().find(|row| row.kind == kind && row.id == id);
    let since = since.map(|row| row.trashed_at);
    let restored = bring_back(practice, kind, id)?;
    let party = match kind {
        TrashKind::Partner => Some(Party::Partner(PartnerId(id))),
        TrashKind::Person => Some(Party::Person(PersonId(id))),
        TrashKind::Referral => None,
    };
    let like = match party.zip(since) {
        Some((party, since)) => network::came_since(practice, party, since)?,
        None => Vec::new(),
    };
    Ok(Written { value: like, entry: restored.entry })
}

fn bring_back(practice: &Practice, kind: TrashKind, id: RecordId) -> Result<Written<()>, HistoryError> {
    match kind {
        TrashKind::Partner => Ok(network::restore(practice, Party::Partner(PartnerId(id)))?),
        TrashKind::Person => Ok(network::restore(practice, Party::Person(PersonId(id)))?),
        TrashKind::Referral => Ok(referrals::restore(practice, ReferralId(id))?),
    }
}
