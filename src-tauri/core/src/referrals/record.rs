//! A referral's own page.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;

use super::error::ReferralError;
use super::rows;
use super::rows::row::{self, day};
use super::seen::page_as_seen;
use super::types::{ImportedFrom, Milestone, MilestoneKind, ReferralPageRecord, RegisterRow};
use crate::foundation::id::ReferralId;
use crate::practice::Practice;
use crate::vault::{Area, Need};

/// Everything the page of one referral shows; that it was opened goes to the log. Its history is `history::record_history`.
///
/// # Errors
/// [`ReferralError::Missing`]; those of the file.
pub fn referral(practice: &Practice, id: ReferralId) -> Result<ReferralPageRecord, ReferralError> {
    practice.may(Need::Read(Area::Referrals))?;
    let (today, hidden) = (practice.today(), practice.hidden());
    let page = practice.read(|conn| {
        let shown = row::rows(conn, &[id], hidden)?.into_iter().next().ok_or(ReferralError::Missing)?;
        let page = conn
            .prepare_cached(rows::PAGE)?
            .query_row([id], |r| {
                let amount: Option<i64> = r.get(3)?;
                let import: Option<_> = r.get(6)?;
                let file_name: Option<String> = r.get(7)?;
                Ok(ReferralPageRecord {
                    timeline: timeline(&shown, today),
                    row: shown,
                    patient_id: r.get(0)?,
                    patient_born_on: day(r, 1)?,
                    payer: r.get(2)?,
                    amount_cents: amount.and_then(|cents| i32::try_from(cents).ok()),
                    status_text: r.get(4)?,
                    note: r.get(5)?,
                    import: match import.zip(file_name) {
                        Some((id, file_name)) => Some(ImportedFrom { id, file_name, record: r.get(8)? }),
                        None => None,
                    },
                    created_at: r.get(9)?,
                    created_by: r.get(10)?,
                    changed_at: r.get(11)?,
                    changed_by: r.get(12)?,
                    trashed_at: r.get(13)?,
                    restricted: None,
                    others_of_patient: Vec::new(),
                })
            })
            .optional()?;
        let mut page = page.ok_or(ReferralError::Missing)?;
        page.restricted = rows::care::restriction(conn, id)?;
        page.others_of_patient =
            row::rows(conn, &rows::intake::others_of(conn, page.patient_id, id)?, hidden)?;
        Ok::<_, ReferralError>(page_as_seen(page, hidden))
    })?;
    practice.viewed("referral", id.0);
    Ok(page)
}

/// The key dates, in the order of time; those on one day in the order of the process.
fn timeline(row: &RegisterRow, today: NaiveDate) -> Vec<Milestone> {
    let dates = [
        (MilestoneKind::Received, Some(row.received_on)),
        (MilestoneKind::Scheduled, row.scheduled_on),
        (MilestoneKind::Seen, row.seen_on),
        (MilestoneKind::Closed, row.closed_on),
    ];
    let mut timeline: Vec<Milestone> = dates
        .into_iter()
        .filter_map(|(kind, on)| {
            let on = on?;
            let days = i32::try_from((on - row.received_on).num_days()).unwrap_or(i32::MAX);
            Some(Milestone { kind, on, days, ahead: on > today })
        })
        .collect();
    timeline.sort_by_key(|milestone| milestone.on);
    timeline
}
