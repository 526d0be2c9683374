//! Meters that ran over, and putting them right (CK7).

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::Serialize;

use super::correct::counter_entry;
use super::list::{all_years, grouped};
use super::types::CorrectionKind;
use crate::foundation::id::{RecordId, RewardId};
use crate::gratitude::book::limits_in;
use crate::gratitude::cure::{Cure, cure};
use crate::gratitude::error::{GratitudeError, invalid, text};
use crate::gratitude::kinds::RecipientKind;
use crate::gratitude::limits::of_year;
use crate::gratitude::rows::ledger::{self as rows, Counted, Counter};
use crate::practice::Practice;
use crate::store::{Cause, Label, Tx, Written};
use crate::vault::{Area, Need};

/// A physician's year that ran over its limit, and what can be done.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Overrun {
    /// Whose meter.
    pub of: RecordId,
    /// The name.
    pub name: String,
    /// The calendar year.
    pub year: i32,
    /// Given in it, in cents.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub given_cents: i64,
    /// The limit.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub limit_cents: i64,
    /// By how much.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub excess_cents: i64,
    /// When what ran over was received.
    pub received_on: NaiveDate,
    /// The entry that ran over.
    pub reward: RewardId,
    /// When what was put right last was received; at most once in three years.
    pub last_cure_on: Option<NaiveDate>,
    /// What can be done today.
    pub cure: Cure,
}

/// Every physician's year that ran over by what was given, the nearest deadline first.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn overruns(practice: &Practice) -> Result<Vec<Overrun>, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    let today = practice.today();
    let hidden = practice.hidden();
    practice.read(|conn| {
        let mut found = Vec::new();
        for year in all_years(conn, today)? {
            let counted = rows::year(conn, year, today)?;
            for (of, name, entries) in grouped(conn, &counted, hidden)? {
                found.extend(overrun(conn, of, &name, year, &entries, today)?);
            }
        }
        found.sort_by_key(|one| match one.cure {
            Cure::ReturnBy(by) => (0, by),
            _ => (1, one.received_on),
        });
        Ok(found)
    })
}

fn physicians(recipient: &str) -> bool {
    RecipientKind::from_code(recipient).is_some_and(RecipientKind::counts_to_a_physician)
}

/// The overrun of one person's year by what was given; what is planned can still be left out.
pub(super) fn overrun(
    conn: &Connection,
    of: RecordId,
    name: &str,
    year: i32,
    entries: &[&Counted],
    today: NaiveDate,
) -> Result<Option<Overrun>, GratitudeError> {
    let Some(limit_cents) = of_year(&limits_in(conn)?, year).map(|limits| limits.physician_cents) else {
        return Ok(None);
    };
    let given: Vec<&&Counted> =
        entries.iter().filter(|one| !one.entry.planned && physicians(&one.recipient)).collect();
    let given_cents: i64 = given.iter().map(|one| one.entry.cents).sum();
    let excess_cents = given_cents - limit_cents;
    if excess_cents <= 0 {
        return Ok(None);
    }
    let mut so_far = 0i64;
    // What was given on one day was received on one day, in whatever order it was put down.
    let crossing = given.iter().find(|one| {
        so_far = so_far.saturating_add(one.entry.cents);
        so_far > limit_cents
    });
    let Some(crossing) = crossing.or(given.last()) else { return Ok(None) };
    let received_on = crossing.entry.on;
    let last_cure_on = rows::last_return(conn, of)?;
    Ok(Some(Overrun {
        of,
        name: name.to_owned(),
        year,
        given_cents,
        limit_cents,
        excess_cents,
        received_on,
        reward: crossing.reward,
        last_cure_on,
        cure: cure(excess_cents, limit_cents, received_on, last_cure_on, today),
    }))
}

/// Puts down that a physician returned the excess of a year, on that day: a counter-entry of exactly the excess.
///
/// # Errors
/// [`GratitudeError::NoCure`] where it can't be put right, or the day is past the deadline; [`GratitudeError::Invalid`];
/// [`GratitudeError::Missing`] if nothing ran over; those of the file.
pub fn return_excess(
    practice: &Practice,
    of: RecordId,
    year: i32,
    returned_on: NaiveDate,
    note: &str,
) -> Result<Written<RewardId>, GratitudeError> {
    practice.may(Need::Write(Area::Gratitude))?;
    practice.must_see(of)?;
    let Some(note) = text("note", Some(note), 500)? else {
        return invalid("note", "Say how it was returned, and where the proof is kept.");
    };
    if returned_on > practice.today() {
        return invalid("returnedOn", "This day is in the future. Give a day up to today.");
    }
    let hidden = practice.hidden();
    let label = Label { action: "reward_return", subject: String::new(), cause: Cause::Note };
    practice.write(label, |tx| {
        let counted = rows::year(tx, year, tx.today)?;
        let found = grouped(tx, &counted, hidden)?
            .into_iter()
            .map(|(id, name, entries)| Ok((id, overrun(tx, id, &name, year, &entries, returned_on)?)))
            .collect::<Result<Vec<_>, GratitudeError>>()?;
        let same = rows::same(tx, of)?;
        let over = found.into_iter().filter(|(id, _)| same.contains(id)).find_map(|(_, over)| over);
        let over = over.ok_or(GratitudeError::Missing)?;
        if returned_on < over.received_on {
            return invalid("returnedOn", "It can't be returned before it was received.");
        }
        if !matches!(over.cure, Cure::ReturnBy(_)) {
            return Err(GratitudeError::NoCure);
        }
        put_back(tx, &over, returned_on, &note)
    })
}

fn put_back(
    tx: &Tx<'_>,
    over: &Overrun,
    returned_on: NaiveDate,
    note: &str,
) -> Result<RewardId, GratitudeError> {
    let crossing = rows::reward(tx, over.reward)?.ok_or(GratitudeError::Missing)?;
    let same = rows::same(tx, over.of)?;
    let shares = rows::shares(tx, over.reward)?;
    let share = shares
        .iter()
        .find(|share| share.meter.is_some_and(|meter| same.contains(&meter)))
        .ok_or(GratitudeError::Missing)?;
    let counter = Counter { of: over.reward, kind: CorrectionKind::Returned, reason: note };
    let id = counter_entry(tx, &crossing, -over.excess_cents, &counter, &[(share, -over.excess_cents)])?;
    rows::insert_return(
        tx,
        id,
        (over.of, over.received_on, returned_on, over.excess_cents, over.limit_cents),
    )?;
    Ok(id)
}
