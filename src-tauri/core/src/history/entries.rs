//! The History page.

use super::changes::{Names, in_words, of_part};
use super::error::HistoryError;
use super::rows;
use super::seen::Eyes;
use super::types::{EntryDetail, HistoryPage, HistoryQuery};
use crate::practice::Practice;
use crate::store::schema::Schema;
use crate::store::{Event, Room};
use crate::vault::{Area, Need};

/// Entries of a page when nothing is said, and at most.
const PAGE: u32 = 100;
const LARGEST_PAGE: u32 = 500;
/// How many records of an entry are told one by one.
const TOLD: usize = 200;

/// One page of history, newest first.
///
/// # Errors
/// Those of the file.
pub fn entries(practice: &Practice, query: &HistoryQuery) -> Result<HistoryPage, HistoryError> {
    let limit = if query.limit == 0 { PAGE } else { query.limit.min(LARGEST_PAGE) };
    practice.may(Need::Read(Area::History))?;
    practice.read(|conn| {
        let (rows, next) = rows::list(conn, query, limit, &Eyes::of(practice, conn)?)?;
        Ok(HistoryPage { rows, next })
    })
}

/// One entry with what it changed, field by field. That one about patients was opened goes to the log.
///
/// # Errors
/// [`HistoryError::Missing`]; those of the file.
pub fn entry(practice: &Practice, seq: u32) -> Result<EntryDetail, HistoryError> {
    practice.may(Need::Read(Area::History))?;
    let detail = practice.read(|conn| {
        let eyes = Eyes::of(practice, conn)?;
        let row = rows::one(conn, seq, &eyes)?.ok_or(HistoryError::Missing)?;
        let schema = Schema::read(conn)?;
        let parts = rows::parts(conn, seq)?;
        let mut changes = Vec::new();
        let mut left = 0;
        for part in 0..parts {
            if changes.len() >= TOLD {
                left += 1;
                continue;
            }
            changes.extend(of_part(conn, &schema, seq, part)?);
        }
        let names = Names::new(conn, &schema, &changes, eyes.hidden());
        let mut records = Vec::new();
        let mut told = 0;
        for change in &changes {
            if records.len() == TOLD {
                break;
            }
            told += 1;
            records.extend(in_words(&names, &schema, change)?);
        }
        let here = u32::try_from(changes.len() - told).unwrap_or(u32::MAX);
        // What stands in parts that were not opened is known by the number of records alone.
        let more = if left == 0 {
            here
        } else {
            row.records.saturating_sub(u32::try_from(told).unwrap_or(0)).max(here)
        };
        Ok::<_, HistoryError>(EntryDetail { row, records, more })
    })?;
    if detail.row.rooms.contains(&Room::Referrals) {
        practice.store().saw(practice.actor(), Event::new("view").detail("history_entry").number(seq));
    }
    Ok(detail)
}
