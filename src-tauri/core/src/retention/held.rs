//! Everything that is held about one person, to be shown, printed and decided about.

use chrono::{Months, NaiveDate};
use rusqlite::Connection;

use super::error::RetentionError;
use super::rows;
use super::types::{Block, HeldAbout, HeldFact, HeldSection, LookedFor, RecordKind, SectionKind};
use crate::practice::Practice;
use crate::vault::{Area, Need};

/// What is held about somebody, for whoever sees all of it. That it was looked at goes to the log.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`], [`RetentionError::Missing`]; those of the file.
pub fn held_about(practice: &Practice, who: LookedFor) -> Result<HeldAbout, RetentionError> {
    for need in [Need::Read(Area::Network), Need::Read(Area::Referrals), Need::Patients, Need::Everybodys] {
        practice.may(need)?;
    }
    let today = practice.today();
    let about = practice.read(|conn| {
        let record = who.record();
        let name = rows::name(conn, record)?.ok_or(RetentionError::Missing)?;
        let mut sections = Vec::new();
        for kind in [
            SectionKind::Identity,
            SectionKind::Contact,
            SectionKind::Work,
            SectionKind::Spellings,
            SectionKind::Referrals,
            SectionKind::Mentions,
            SectionKind::History,
        ] {
            let facts: Vec<HeldFact> = rows::facts(conn, record, kind, &name)?;
            if !facts.is_empty() {
                sections.push(HeldSection { kind, facts });
            }
        }
        let blocks = blocks(conn, who, today)?;
        let can_erase = blocks.iter().all(|block| matches!(block, Block::Mentioned(_)));
        let mentions = sections.iter().find(|section| section.kind == SectionKind::Mentions);
        let mentioned = mentions.map(|section| u32::try_from(section.facts.len()).unwrap_or(u32::MAX));
        let blocks = blocks.into_iter().chain(mentioned.map(Block::Mentioned)).collect();
        let erased_at = rows::erased_at(conn, record)?;
        Ok::<_, RetentionError>(HeldAbout {
            name,
            sections,
            blocks,
            can_erase: can_erase && erased_at.is_none(),
            erased_at,
        })
    })?;
    let record = who.record();
    practice.viewed(record.kind.table(), record.id);
    Ok(about)
}

/// What forbids erasing: holds, and for patients the time their records are to be kept.
pub(super) fn blocks(
    conn: &Connection,
    who: LookedFor,
    today: NaiveDate,
) -> Result<Vec<Block>, RetentionError> {
    let record = who.record();
    let mut blocks = Vec::new();
    blocks.extend(rows::practice_hold(conn)?.map(Block::Held));
    blocks.extend(rows::hold_on(conn, &rows::belonging(conn, record)?)?.map(Block::Held));
    if record.kind == RecordKind::Patient
        && let Some(last) = rows::last_care(conn, record.id)?
    {
        let years = rows::policy(conn)?.patient_years;
        let until = last.checked_add_months(Months::new(12 * years)).unwrap_or(NaiveDate::MAX);
        if until > today {
            blocks.push(Block::RetainedUntil(until));
        }
    }
    Ok(blocks)
}
