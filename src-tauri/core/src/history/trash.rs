//! The trash of all rooms.

use rusqlite::Connection;

use super::error::HistoryError;
use super::rows::TRASH;
use super::types::{TrashKind, TrashRow};
use crate::foundation::id::{PartnerId, PersonId, RecordId, ReferralId};
use crate::network::{self, Party, PossibleDuplicate, is_patient};
use crate::practice::Practice;
use crate::referrals;
use crate::store::lens::hinted;
use crate::store::{StoreError, Written};
use crate::vault::{Area, Need, Rights, patient_token};

/// Everything in the trash, the newest first (at most 1,000).
///
/// # Errors
/// Those of the file.
pub fn trash(practice: &Practice) -> Result<Vec<TrashRow>, HistoryError> {
    let rights = practice.rights();
    if !rights.reads(Area::Referrals) {
        rights.may(Need::Read(Area::Network))?;
    }
    practice.read(|conn| {
        let mut statement = hinted(conn, TRASH)?;
        let rows = statement.query_map([], |row| {
            let kind: String = row.get(0)?;
            let behind = (row.get(7)?, row.get(8)?);
            let row = TrashRow {
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
            };
            Ok((row, behind))
        })?;
        let mut seen = Vec::new();
        for found in rows {
            let (row, behind) = found?;
            seen.extend(as_seen(conn, &rights, row, behind)?);
        }
        Ok(seen)
    })
}

/// A row as it may be read, if it may: `behind` are the patient of a referral and the partner it names.
fn as_seen(
    conn: &Connection,
    rights: &Rights,
    mut row: TrashRow,
    behind: (Option<RecordId>, Option<RecordId>),
) -> Result<Option<TrashRow>, StoreError> {
    let area = if row.kind == TrashKind::Referral { Area::Referrals } else { Area::Network };
    if !rights.reads(area) {
        return Ok(None);
    }
    if !rights.hidden.patients {
        return Ok(Some(row));
    }
    let (Some(patient), party) = behind else {
        return Ok((!is_patient(conn, row.id)?).then_some(row));
    };
    row.name = patient_token(patient);
    row.reason = None;
    if let Some(party) = party
        && is_patient(conn, party)?
    {
        let day: String = row.detail.chars().take_while(|c| *c != ' ').collect();
        row.detail = format!("{day} {}", patient_token(party));
    }
    Ok(Some(row))
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
