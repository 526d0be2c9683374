//! One record's own history.

use super::changes::{Names, in_words, of_part};
use super::error::HistoryError;
use super::rows;
use super::seen::Eyes;
use super::types::{EntryDetail, RecordHistory};
use crate::foundation::id::RecordId;
use crate::practice::Practice;
use crate::store::schema::Schema;

/// Entries of a page when nothing is said, and at most.
const PAGE: usize = 25;
const LARGEST_PAGE: usize = 100;

/// What happened to a record and to what belongs to it, newest first, as far as whoever is at the desk sees its area. `cursor`: `next` of the page before; `limit` at
/// most 100, 0 means 25. That a referral's was opened goes to the log.
///
/// # Errors
/// Those of the file.
pub fn record_history(
    practice: &Practice,
    record: RecordId,
    cursor: Option<u32>,
    limit: u32,
) -> Result<RecordHistory, HistoryError> {
    let limit = match usize::try_from(limit) {
        Ok(0) | Err(_) => PAGE,
        Ok(limit) => limit.min(LARGEST_PAGE),
    };
    practice.must_see(record)?;
    let (of_a_patient, history) = practice.read(|conn| {
        let eyes = Eyes::of(practice, conn)?;
        let mut records = vec![record];
        // What a referral's patient is called belongs to the referral's story.
        records.extend(rows::patient_of(conn, record)?);
        let mut touching = rows::touching(conn, &records, cursor, limit + 1)?;
        let more = touching.len() > limit;
        touching.truncate(limit);
        let next = touching.last().filter(|_| more).map(|(seq, _)| *seq);
        let schema = Schema::read(conn)?;
        let mut entries = Vec::with_capacity(touching.len());
        for (seq, parts) in touching {
            let Some(row) = rows::one_of(conn, seq, &eyes)? else { continue };
            let mut changes = Vec::new();
            for part in parts {
                changes.extend(of_part(conn, &schema, seq, part)?);
            }
            let names = Names::new(conn, &schema, &changes, eyes.hidden());
            let mut told = Vec::new();
            for change in &changes {
                if change.belongs_to(conn, &records)? {
                    told.extend(in_words(&names, &schema, change)?);
                }
            }
            entries.push(EntryDetail { row, records: told, more: 0 });
        }
        Ok::<_, HistoryError>((records.len() > 1, RecordHistory { rows: entries, next }))
    })?;
    if of_a_patient {
        practice.viewed("referral", record);
    }
    Ok(history)
}
