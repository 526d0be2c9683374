//! Emptying the trash of what need not be kept any longer: shown first, approved by an owner, done once and for good.

use std::collections::{BTreeSet, HashMap};

use chrono::{Days, Months, NaiveDate};
use rusqlite::Connection;

use super::error::RetentionError;
use super::policy::release;
use super::redaction;
use super::rows::{self, InTrash};
use super::types::{Kept, KeptWhy, Policy, PurgeDone, PurgePreview, Purgeable, RecordKind, RecordRef};
use crate::foundation::id::RecordId;
use crate::practice::Practice;
use crate::store::{Label, Written};

/// What would go and what would stay, and why.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn purge_preview(practice: &Practice) -> Result<PurgePreview, RetentionError> {
    release(practice)?;
    let (today, zone) = (practice.today(), practice.store().zone());
    practice.read(|conn| preview(conn, today, zone))
}

fn preview(conn: &Connection, today: NaiveDate, zone: chrono_tz::Tz) -> Result<PurgePreview, RetentionError> {
    let policy = rows::policy(conn)?;
    let whole = rows::practice_hold(conn)?;
    let mut found = PurgePreview::default();
    let mut may_go = Vec::new();
    for one in rows::in_trash(conn, zone)? {
        let held = match &whole {
            Some(reason) => Some(reason.clone()),
            None => rows::hold_on(conn, &one.covered)?,
        };
        match stays(&one, policy, held, today) {
            Some(why) => found.kept.push(Kept { of: one.shown(), why }),
            None => may_go.push(one),
        }
    }
    let needed = needed(conn, &may_go)?;
    for one in may_go {
        match needed.get(&one.record) {
            Some(by) => found.kept.push(Kept { of: one.shown(), why: KeptWhy::Needed(*by) }),
            None => found.ready.push(one.shown()),
        }
    }
    Ok(found)
}

/// Why a record in the trash stays, by the calendar and by hold alone. A hold wins over everything.
pub(super) fn stays(
    one: &InTrash,
    policy: Policy,
    held: Option<String>,
    today: NaiveDate,
) -> Option<KeptWhy> {
    if let Some(reason) = held {
        return Some(KeptWhy::Held(reason));
    }
    let years = match one.record.kind {
        RecordKind::Partner => policy.partner_years,
        RecordKind::Person => policy.person_years,
        RecordKind::Referral | RecordKind::Patient => policy.patient_years,
    };
    // A time too long to tell is kept for ever.
    let until = one.last_effect.checked_add_months(Months::new(12 * years)).unwrap_or(NaiveDate::MAX);
    if until > today {
        return Some(KeptWhy::RetainedUntil(until));
    }
    let rests = one.trashed_on.checked_add_days(Days::new(policy.trash_days.into()));
    let rests = rests.unwrap_or(NaiveDate::MAX);
    (rests > today).then_some(KeptWhy::InTrashUntil(rests))
}

/// Those that something refers to which stays. What stays for that reason keeps what it refers to in turn.
fn needed(conn: &Connection, may_go: &[InTrash]) -> Result<HashMap<RecordRef, u32>, RetentionError> {
    let mut needed: HashMap<RecordRef, u32> = HashMap::new();
    loop {
        let going: BTreeSet<RecordId> =
            may_go.iter().map(|one| one.record).filter(|r| !needed.contains_key(r)).map(|r| r.id).collect();
        let before = needed.len();
        for one in may_go.iter().filter(|one| !needed.contains_key(&one.record)).collect::<Vec<_>>() {
            let by = rows::referring(conn, one.record)?;
            let stay = by.iter().filter(|id| !going.contains(id)).count();
            if stay > 0 {
                needed.insert(one.record, u32::try_from(stay).unwrap_or(u32::MAX));
            }
        }
        if needed.len() == before {
            return Ok(needed);
        }
    }
}

/// Lets what was approved go for good, from the file and from its history. Can't be taken back.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`], [`RetentionError::Changed`] if any of it may not go (any more); those of the file.
pub fn purge(practice: &Practice, approved: &[RecordRef]) -> Result<Written<PurgeDone>, RetentionError> {
    release(practice)?;
    let zone = practice.store().zone();
    let count = u32::try_from(approved.len()).unwrap_or(u32::MAX);
    let label = Label::hand("purge", count.to_string());
    practice.store().redact(practice.actor(), label, |tx| {
        let ready: BTreeSet<RecordRef> =
            preview(tx, tx.today, zone)?.ready.into_iter().map(|one: Purgeable| one.record).collect();
        if approved.is_empty() || !approved.iter().all(|record| ready.contains(record)) {
            return Err(RetentionError::Changed);
        }
        let mut gone = approved.to_vec();
        gone.sort_unstable();
        gone.dedup();
        let mut patients = Vec::new();
        // Referrals before whom they name, partners before the person they are.
        for record in &gone {
            patients.extend(rows::remove(tx, *record)?);
        }
        patients.sort_unstable();
        patients.dedup();
        let mut went = 0;
        for id in patients {
            let patient = RecordRef { kind: RecordKind::Patient, id };
            if rows::hold_on(tx, &[id])?.is_none() && rows::referring(tx, patient)?.is_empty() {
                rows::remove(tx, patient)?;
                gone.push(patient);
                went += 1;
            }
        }
        Ok((PurgeDone { records: count, patients: went }, redaction::of(&gone, &[], "purged")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    fn one(kind: RecordKind, last_effect: &str, trashed_on: &str) -> InTrash {
        InTrash {
            record: RecordRef { kind, id: RecordId::from_bytes([1; 16]) },
            name: "x".into(),
            trashed_at: 0,
            trashed_on: day(trashed_on),
            last_effect: day(last_effect),
            covered: Vec::new(),
        }
    }

    #[test]
    fn six_years_after_the_last_effect_and_ninety_days_in_the_trash_it_may_go() {
        let referral = one(RecordKind::Referral, "2020-02-29", "2026-01-01");
        let on = |today: &str| stays(&referral, Policy::default(), None, day(today));
        assert_eq!(on("2026-02-27"), Some(KeptWhy::RetainedUntil(day("2026-02-28"))));
        assert_eq!(on("2026-02-28"), Some(KeptWhy::InTrashUntil(day("2026-04-01"))));
        assert_eq!(on("2026-03-31"), Some(KeptWhy::InTrashUntil(day("2026-04-01"))));
        assert_eq!(on("2026-04-01"), None);
    }

    #[test]
    fn a_hold_wins_over_every_date() {
        let old = one(RecordKind::Partner, "1999-01-01", "2001-01-01");
        assert_eq!(stays(&old, Policy::default(), None, day("2026-01-01")), None);
        let held = stays(&old, Policy::default(), Some("subpoena".into()), day("2026-01-01"));
        assert_eq!(held, Some(KeptWhy::Held("subpoena".into())));
    }

    #[test]
    fn a_clock_set_back_purges_nothing_and_one_set_forward_for_ever_does_not_fail() {
        let fresh = one(RecordKind::Person, "2026-11-20", "2026-11-20");
        assert!(stays(&fresh, Policy::default(), None, day("2023-11-20")).is_some());
        let longest = Policy { person_years: 50, ..Policy::default() };
        assert_eq!(stays(&fresh, longest, None, day("2099-01-01")), None);
    }
}
