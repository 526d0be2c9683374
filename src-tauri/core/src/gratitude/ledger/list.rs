//! The ledger as it is read: entries, meters of a year, and one person's.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::judge::rules_shown;
use super::types::{CorrectionKind, Facts, RuleShown, Split, Standing, Whom};
use crate::foundation::id::{PartnerId, PersonId, RecordId, RewardId};
use crate::gratitude::book::limits_in;
use crate::gratitude::error::GratitudeError;
use crate::gratitude::kinds::{Known, Occasion, RecipientKind, RewardKind};
use crate::gratitude::limits::{YearLimits, of_year};
use crate::gratitude::meter::{Entry, Meter, meter};
use crate::gratitude::rows::ledger::{self as rows, Counted, KeptReward, ShareKept};
use crate::gratitude::rows::notes;
use crate::gratitude::verdict::Verdict;
use crate::network::{Party, is_patient};
use crate::practice::Practice;
use crate::store::StoreError;
use crate::vault::{Area, Hidden, Need, patient_token};

/// How many entries a page has.
const PAGE: u32 = 100;
/// How many entries of one person are shown.
const OF_PERSON: u32 = 50;

/// Which part of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LedgerQuery {
    /// The calendar year.
    pub year: i32,
    /// The last entry of the page before.
    pub after: Option<RewardId>,
    /// Only those that wait for approval, of every year.
    pub waiting: bool,
}

/// A share as the ledger shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ShareRow {
    /// Whose.
    pub whom: Whom,
    /// The name, as whoever is at the desk may read it.
    pub name: String,
    /// What they are; of our own, nothing.
    pub recipient: Option<RecipientKind>,
    /// Whether they were there.
    pub present: bool,
    /// The share, in cents.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub cents: i64,
    /// About federal programmes.
    pub federal: Known,
    /// What was found when it was put down.
    pub findings: Vec<RuleShown>,
    /// What the meter said before it.
    #[cfg_attr(feature = "specta", specta(type = Option<i32>))]
    pub before_cents: Option<i64>,
    /// The limit at the time.
    #[cfg_attr(feature = "specta", specta(type = Option<i32>))]
    pub limit_cents: Option<i64>,
}

/// An entry as the ledger shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RewardRow {
    /// Which.
    pub id: RewardId,
    /// The practice's day.
    pub on: NaiveDate,
    /// What it is.
    pub kind: RewardKind,
    /// Why it was given.
    pub occasion: Occasion,
    /// In a few words.
    pub what: String,
    /// Value of each, or the whole cost.
    #[cfg_attr(feature = "specta", specta(type = i32))]
    pub total_cents: i64,
    /// How it fell on those who were there.
    pub split: Split,
    /// Whether somebody asked for it.
    pub solicited: Known,
    /// What it was for.
    pub purpose: Option<String>,
    /// Who was paid.
    pub paid_to: Option<String>,
    /// Where the receipt is kept.
    pub receipt: Option<String>,
    /// Why the shares of something promoted together are fair.
    pub fair_value: Option<String>,
    /// Where the agreement is kept.
    pub agreement: Option<String>,
    /// Who gave it.
    pub giver: String,
    /// Whether whoever is at the desk put it down.
    pub own: bool,
    /// What the check said.
    pub verdict: Verdict,
    /// Where it stands.
    pub standing: Standing,
    /// What happened, of an exception.
    pub exception: Option<String>,
    /// The entry it corrects.
    pub corrects: Option<RewardId>,
    /// Why.
    pub correction: Option<CorrectionKind>,
    /// In words.
    pub correction_reason: Option<String>,
    /// Approved or not, once somebody decided.
    pub approved: Option<bool>,
    /// When.
    pub decided_on: Option<NaiveDate>,
    /// By whom.
    pub decided_by: Option<String>,
    /// In which words.
    pub decision_note: Option<String>,
    /// Whoever decided had put it down: nobody else could.
    pub own_decision: bool,
    /// Who had a share.
    pub shares: Vec<ShareRow>,
}

/// A page of the ledger, the newest first.
///
/// # Errors
/// [`StoreError::NotAllowed`]; those of the file.
pub fn ledger(practice: &Practice, query: &LedgerQuery) -> Result<Vec<RewardRow>, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    practice.read(|conn| {
        let kept = if query.waiting {
            rows::waiting(conn)?
        } else {
            let after = match query.after {
                Some(id) => Some(rows::reward(conn, id)?.ok_or(GratitudeError::Missing)?),
                None => None,
            };
            rows::page(conn, query.year, after.map(|row| (row.new.on, row.id)), PAGE)?
        };
        all_told(practice, conn, kept, practice.hidden())
    })
}

/// What leaves the practice names no patient.
const LEAVING: Hidden = Hidden::EVERYTHING;

/// Every entry of a year, the oldest first, as the register exports it: a token stands for each patient.
///
/// # Errors
/// As [`ledger`].
pub fn ledger_year(practice: &Practice, year: i32) -> Result<Vec<RewardRow>, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    practice.read(|conn| {
        let mut all = all_told(practice, conn, rows::page(conn, year, None, u32::MAX)?, LEAVING)?;
        all.reverse();
        Ok(all)
    })
}

/// What somebody was given, the newest first, whichever of their records it stands with.
///
/// # Errors
/// As [`ledger`].
pub fn of_person(practice: &Practice, of: Party) -> Result<Vec<RewardRow>, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    let id = match of {
        Party::Person(id) => id.0,
        Party::Partner(id) => id.0,
    };
    practice.must_see(id)?;
    practice.read(|conn| {
        if practice.hidden().patients && is_patient(conn, id)? {
            practice.may(Need::Patients)?;
        }
        all_told(practice, conn, rows::of_person(conn, id, OF_PERSON)?, practice.hidden())
    })
}

fn all_told(
    practice: &Practice,
    conn: &Connection,
    kept: Vec<KeptReward>,
    hidden: Hidden,
) -> Result<Vec<RewardRow>, GratitudeError> {
    kept.into_iter().map(|one| told(practice, conn, one, hidden)).collect()
}

fn told(
    practice: &Practice,
    conn: &Connection,
    kept: KeptReward,
    hidden: Hidden,
) -> Result<RewardRow, GratitudeError> {
    let facts = Facts {
        on: kept.new.on,
        verdict: kept.verdict,
        decision: kept.decision.as_ref().map(|(approved, on, ..)| (*approved, *on)),
        counters: kept.corrects.is_some(),
        taken_out: kept.taken_out,
    };
    let (mut shares, mut of_patient) = (Vec::new(), false);
    for share in rows::shares(conn, kept.id)? {
        let id = match &share.whom {
            Whom::Person(PersonId(id)) | Whom::Partner(PartnerId(id)) => Some(*id),
            Whom::Ours(_) | Whom::Guest(_) => None,
        };
        of_patient |= match id {
            Some(id) => hidden.patients && is_patient(conn, id)?,
            None => false,
        };
        shares.push(share_told(conn, share, hidden)?);
    }
    // What was written about a gift to a patient may name them.
    let told_of = |text: Option<String>| if of_patient { None } else { text };
    let (approved, decided_on, decided_by, decision_note) = match kept.decision {
        Some((approved, on, by, note)) => (Some(approved), Some(on), Some(by), Some(note)),
        None => (None, None, None, None),
    };
    Ok(RewardRow {
        id: kept.id,
        on: kept.new.on,
        kind: kept.new.kind,
        occasion: kept.new.occasion,
        what: told_of(Some(kept.new.what)).unwrap_or_default(),
        total_cents: kept.new.total_cents,
        split: kept.new.split,
        solicited: kept.new.solicited,
        purpose: told_of(kept.new.purpose),
        paid_to: told_of(kept.new.paid_to),
        receipt: told_of(kept.new.receipt),
        fair_value: told_of(kept.new.fair_value),
        agreement: told_of(kept.new.agreement),
        giver: kept.giver,
        own: kept.by == practice.actor().id,
        verdict: kept.verdict,
        standing: Standing::of(facts, practice.today()),
        exception: told_of(kept.exception),
        corrects: kept.corrects,
        correction: kept.correction,
        correction_reason: told_of(kept.correction_reason),
        approved,
        decided_on,
        decided_by,
        decision_note: told_of(decision_note),
        own_decision: kept.own_decision,
        shares,
    })
}

fn share_told(conn: &Connection, share: ShareKept, hidden: Hidden) -> Result<ShareRow, GratitudeError> {
    let id = match &share.whom {
        Whom::Person(PersonId(id)) | Whom::Partner(PartnerId(id)) => Some(*id),
        Whom::Ours(_) | Whom::Guest(_) => None,
    };
    let name = match id {
        Some(id) => seen(conn, id, share.name, hidden)?,
        None => share.name,
    };
    Ok(ShareRow {
        name,
        recipient: share.recipient.as_deref().and_then(RecipientKind::from_code),
        whom: share.whom,
        present: share.present,
        cents: share.cents,
        federal: share.federal,
        findings: rules_shown(&share.findings),
        before_cents: share.before_cents,
        limit_cents: share.limit_cents,
    })
}

fn seen(conn: &Connection, id: RecordId, name: String, hidden: Hidden) -> Result<String, StoreError> {
    Ok(if hidden.patients && is_patient(conn, id)? { patient_token(id) } else { name })
}

/// Somebody's year of gifts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct MeterRow {
    /// Whose.
    pub of: RecordId,
    /// The name.
    pub name: String,
    /// Whose limit it is; of others there is none.
    pub recipient: RecipientKind,
    /// The year.
    pub meter: Meter,
}

/// The meters of a year, the fullest first.
///
/// # Errors
/// [`StoreError::NotAllowed`]; those of the file.
pub fn meters(practice: &Practice, year: i32) -> Result<Vec<MeterRow>, GratitudeError> {
    meters_named(practice, year, practice.hidden())
}

/// The same as the register exports them: a token stands for each patient.
///
/// # Errors
/// As [`meters`].
pub fn meters_to_leave(practice: &Practice, year: i32) -> Result<Vec<MeterRow>, GratitudeError> {
    meters_named(practice, year, LEAVING)
}

fn meters_named(practice: &Practice, year: i32, hidden: Hidden) -> Result<Vec<MeterRow>, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    let today = practice.today();
    practice.read(|conn| {
        let limits = limits_in(conn)?;
        let counted = rows::year(conn, year, today)?;
        let mut all = Vec::new();
        for (of, name, entries) in grouped(conn, &counted, hidden)? {
            if practice.must_see(of).is_err() {
                continue;
            }
            all.push(meter_row(of, name, year, &entries, &limits));
        }
        all.sort_by(|one, other| {
            let part = |row: &MeterRow| match row.meter.limit_cents {
                Some(limit) if limit > 0 => row.meter.total_cents().saturating_mul(10_000) / limit,
                _ => -1,
            };
            part(other).cmp(&part(one)).then_with(|| one.name.cmp(&other.name))
        });
        Ok(all)
    })
}

fn meter_row(of: RecordId, name: String, year: i32, entries: &[&Counted], limits: &[YearLimits]) -> MeterRow {
    let kinds: Vec<RecipientKind> =
        entries.iter().filter_map(|one| RecipientKind::from_code(&one.recipient)).collect();
    let recipient = kinds
        .iter()
        .find(|kind| kind.counts_to_a_physician())
        .map(|_| RecipientKind::Physician)
        .or_else(|| kinds.first().copied())
        .unwrap_or(RecipientKind::OtherProfessional);
    let in_force = of_year(limits, year);
    let limit = in_force.and_then(|limits| match recipient {
        RecipientKind::Physician => Some(limits.physician_cents),
        RecipientKind::Patient => Some(limits.patient_year_cents),
        _ => None,
    });
    let verified = in_force.is_some_and(|limits| limits.verified_on.is_some());
    let ledger: Vec<Entry> = entries.iter().map(|one| one.entry).collect();
    let on = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default();
    MeterRow { of, name, recipient, meter: meter(&ledger, on, 0, limit.map(|cents| (cents, verified))) }
}

/// One person, their name, and what counts to them.
pub(super) type OfOne<'a> = (RecordId, String, Vec<&'a Counted>);

/// A year's entries by person: one group for all records of one person, named by the first.
pub(super) fn grouped<'a>(
    conn: &Connection,
    counted: &'a [Counted],
    hidden: Hidden,
) -> Result<Vec<OfOne<'a>>, GratitudeError> {
    let mut groups: BTreeMap<RecordId, (RecordId, Vec<&Counted>)> = BTreeMap::new();
    let mut first: BTreeMap<RecordId, RecordId> = BTreeMap::new();
    for one in counted {
        let group = match first.get(&one.meter) {
            Some(group) => *group,
            None => {
                let group = one_of(conn, one.meter)?;
                first.insert(one.meter, group);
                group
            }
        };
        groups.entry(group).or_insert_with(|| (one.meter, Vec::new())).1.push(one);
    }
    let mut all = Vec::with_capacity(groups.len());
    for (_, (of, entries)) in groups {
        let name = notes::name(conn, of)?.unwrap_or_default();
        all.push((of, seen(conn, of, name, hidden)?, entries));
    }
    Ok(all)
}

/// The years with an entry, and this one.
pub(super) fn all_years(conn: &Connection, today: NaiveDate) -> Result<Vec<i32>, GratitudeError> {
    let mut years = rows::years(conn)?;
    if !years.contains(&today.year()) {
        years.push(today.year());
    }
    years.sort_unstable_by(|one, other| other.cmp(one));
    Ok(years)
}

/// The years the ledger has, the newest first, this one among them.
///
/// # Errors
/// As [`ledger`].
pub fn years(practice: &Practice) -> Result<Vec<i32>, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    let today = practice.today();
    practice.read(|conn| all_years(conn, today))
}

/// Something of value a physician was given, for the yearly check that gifts do not follow referrals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenTo {
    /// One id for all records of that physician.
    pub of: RecordId,
    /// When.
    pub on: NaiveDate,
    /// How much, in cents; below zero where an excess was returned.
    pub cents: i64,
}

/// What physicians were given in a year, of everybody's records. What is planned was not given.
pub(crate) fn given_to_physicians(
    conn: &Connection,
    year: i32,
    today: NaiveDate,
) -> Result<Vec<GivenTo>, StoreError> {
    let mut all = Vec::new();
    for one in rows::year(conn, year, today)? {
        let physician =
            RecipientKind::from_code(&one.recipient).is_some_and(RecipientKind::counts_to_a_physician);
        if physician && !one.entry.planned {
            all.push(GivenTo { of: one_of(conn, one.meter)?, on: one.entry.on, cents: one.entry.cents });
        }
    }
    Ok(all)
}

/// One id for all records of one person.
pub(crate) fn one_of(conn: &Connection, id: RecordId) -> Result<RecordId, StoreError> {
    Ok(rows::same(conn, id)?.first().copied().unwrap_or(id))
}
