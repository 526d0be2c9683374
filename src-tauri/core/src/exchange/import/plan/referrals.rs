//! The fate of every referral row: new, known and changed, known and the same, or probably written twice.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use rusqlite::Connection;

use super::{
    DuplicateOf, Fate, ImportFile, ImportPlan, Patients, Phase, PlannedReferral, STEP, Source, Tell, told,
    values_of,
};
use crate::exchange::import::decisions::{Choice, Decisions};
use crate::exchange::import::error::ImportError;
use crate::exchange::import::matching::{Resolution, Resolver, fingerprint};
use crate::exchange::import::row::{Direction, ReadResult, ReferralRow};
use crate::exchange::import::rows::{self, KnownReferral};
use crate::foundation::id::{PartnerId, PersonId};

/// Two referrals of one patient by one referrer less than this many days apart are probably one.
const CLOSE_DAYS: u64 = 30;

/// Who stands behind a referral, for telling whether two have the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Referrer {
    Person(PersonId),
    Partner(PartnerId),
}

struct Draft {
    planned: PlannedReferral,
    base: String,
}

/// The partner and the person a referral is credited to.
type Credited = (Option<PartnerId>, Option<PersonId>);

#[allow(
    clippy::too_many_arguments,
    reason = "each is what the plan is made from; a struct would only rename them"
)]
pub(super) fn build(
    conn: &Connection,
    file: &ImportFile,
    read: Arc<ReadResult>,
    decisions: &Decisions,
    mut resolver: Resolver,
    made_at: i64,
    tell: &mut Tell<'_>,
) -> Result<ImportPlan, ImportError> {
    let mut patients = Patients::load(conn, &read.referrals)?;
    let known = known_referrals(conn, &read.referrals)?;
    let mut by_key: HashMap<&str, usize> = HashMap::with_capacity(known.len());
    let mut by_patient: HashMap<_, Vec<usize>> = HashMap::new();
    for (at, referral) in known.iter().enumerate() {
        if let Some(key) = &referral.key {
            by_key.insert(key, at);
        }
        by_patient.entry(referral.patient).or_default().push(at);
    }
    let (names, choices_of_rows) = (decisions.names(), decisions.rows());
    let mut choices: HashMap<usize, Choice> = HashMap::new();
    let mut votes: HashMap<usize, Option<Credited>> = HashMap::new();
    let mut claimed: HashSet<usize> = HashSet::new();
    let mut ordinals: HashMap<String, u32> = HashMap::with_capacity(read.referrals.len());
    let mut drafts: Vec<Draft> = Vec::with_capacity(read.referrals.len());
    for (at, row) in read.referrals.iter().enumerate() {
        if at % STEP == 0 {
            told(tell, Phase::Matching, at, read.referrals.len())?;
        }
        let source = source_of(&mut resolver, row);
        if let (Source::Mention(mention), Some(choice)) = (source, names.get(&row.record)) {
            choices.insert(mention, *choice);
        }
        let patient = patients.of(&row.patient);
        if let Some((family, given)) = &patient.name {
            resolver.witness(family, given);
        }
        let base = base_key(row, patient.identity.as_deref());
        let mut key = base.clone();
        match source {
            Source::Mention(mention) => key.push_str(&resolver.mentions.all[mention].fingerprint),
            Source::Channel(_) => {
                let _ = write!(key, "{:?}", row.channel);
            }
            Source::None => {}
        }
        let ordinal = ordinals.entry(key.clone()).or_insert(0);
        *ordinal += 1;
        if *ordinal > 1 {
            let _ = write!(key, "#{ordinal}");
        }
        let exact = by_key.get(key.as_str()).copied();
        if let Some(exact) = exact {
            claimed.insert(exact);
            if let Source::Mention(mention) = source {
                let vote = (known[exact].partner, known[exact].person);
                let entry = votes.entry(mention).or_insert(Some(vote));
                if *entry != Some(vote) {
                    *entry = None;
                }
            }
        }
        drafts.push(Draft {
            planned: PlannedReferral {
                at,
                source,
                patient: patient.at,
                key,
                fate: if exact.is_some() { Fate::Unchanged } else { Fate::New },
                known: exact.map(|e| known[e].id),
                changes: Vec::new(),
                steps: Vec::new(),
                of: None,
                choice: choices_of_rows.get(&row.record).copied(),
                in_trash: exact.is_some_and(|e| known[e].is_trashed),
            },
            base,
        });
    }
    let votes: HashMap<usize, _> =
        votes.into_iter().filter_map(|(mention, vote)| Some((mention, vote?))).collect();
    let mut resolution = resolver.resolve(&votes, &choices);
    let mut placed: HashMap<(usize, Referrer), Vec<(NaiveDate, u32)>> = HashMap::new();
    claim_by_meaning(&mut drafts, &known, &by_patient, &patients, &resolution, &mut claimed);
    let mut kept_ours = 0;
    let total = drafts.len();
    // Rows known before come first: they are valid whatever stands beside them.
    for known_ones in [true, false] {
        for (done, draft) in drafts.iter_mut().enumerate() {
            if done % STEP == 0 {
                told(tell, Phase::Planning, if known_ones { 0 } else { done }, total)?;
            }
            let planned = &mut draft.planned;
            if planned.known.is_some() != known_ones {
                continue;
            }
            let row = &read.referrals[planned.at];
            if planned.choice == Some(Choice::LeaveOut) {
                planned.fate = Fate::LeftOut;
                continue;
            }
            let referrer = referrer_of(&resolution, planned.source);
            if let Some(id) = planned.known {
                if !planned.in_trash {
                    kept_ours += u32::from(compare(conn, id, row, planned)?);
                }
            } else if let (Some(referrer), Direction::Inbound) = (referrer, row.direction) {
                let close = |other: NaiveDate| {
                    other.signed_duration_since(row.received_on).num_days().unsigned_abs() < CLOSE_DAYS
                };
                let in_file = placed
                    .get(&(planned.patient, referrer))
                    .and_then(|list| list.iter().find(|(day, _)| close(*day)));
                let in_practice = || {
                    by_patient
                        .get(&patients.all[planned.patient].id)?
                        .iter()
                        .map(|at| (*at, &known[*at]))
                        .find(|(at, other)| {
                            !claimed.contains(at)
                                && other.is_inbound
                                && !other.is_trashed
                                && close(other.received_on)
                                && same_referrer(other, referrer)
                        })
                };
                planned.of = match in_file {
                    Some((day, record)) => {
                        Some(DuplicateOf { record: Some(*record), referral: None, received_on: *day })
                    }
                    None => in_practice().map(|(_, other)| DuplicateOf {
                        record: None,
                        referral: Some(other.id),
                        received_on: other.received_on,
                    }),
                };
                if planned.of.is_some() && planned.choice != Some(Choice::ImportAnyway) {
                    planned.fate = Fate::PossibleDuplicate;
                }
            }
            if let (Some(referrer), true) =
                (referrer, planned.fate != Fate::PossibleDuplicate && row.direction == Direction::Inbound)
            {
                placed.entry((planned.patient, referrer)).or_default().push((row.received_on, row.record));
            }
        }
    }
    let referrals: Vec<PlannedReferral> = drafts.into_iter().map(|d| d.planned).collect();
    use_everybody(&mut resolution, &referrals);
    Ok(ImportPlan {
        file: file.clone(),
        made_at,
        read,
        resolution,
        referrals,
        contacts: Vec::new(),
        patients: patients.all,
        kept_ours,
    })
}

fn source_of(resolver: &mut Resolver, row: &ReferralRow) -> Source {
    let cell = match row.direction {
        Direction::Inbound => row.referrer.as_ref(),
        Direction::Outbound | Direction::Internal => row.counterpart.as_ref(),
    };
    match (row.direction, row.channel, cell) {
        (Direction::Inbound, Some(channel), _) => Source::Channel(resolver.source(channel)),
        // A colleague of the house is no partner.
        (Direction::Internal, ..) => Source::None,
        (_, _, Some(cell)) => Source::Mention(resolver.mentions.of_shared(cell, row.record)),
        _ => Source::None,
    }
}

fn known_referrals(conn: &Connection, rows: &[ReferralRow]) -> Result<Vec<KnownReferral>, ImportError> {
    let (Some(from), Some(to)) =
        (rows.iter().map(|r| r.received_on).min(), rows.iter().map(|r| r.received_on).max())
    else {
        return Ok(Vec::new());
    };
    let days = Days::new(CLOSE_DAYS);
    Ok(rows::referrals(
        conn,
        from.checked_sub_days(days).unwrap_or(from),
        to.checked_add_days(days).unwrap_or(to),
    )?)
}

/// What makes a row itself again without its referrer: the patient, the day and the direction.
fn base_key(row: &ReferralRow, identity: Option<&str>) -> String {
    let direction = match row.direction {
        Direction::Inbound => 'i',
        Direction::Outbound => 'o',
        Direction::Internal => 'h',
    };
    let patient = identity.map_or_else(
        // Without anything that identifies the patient, the rest of the row has to.
        || fingerprint(&format!("{:?} {:?} {:?} {:?}", row.reason, row.service, row.payer, row.amount_cents)),
        fingerprint,
    );
    format!("{patient} {} {direction} ", row.received_on)
}

/// A row whose words changed is still the referral it was, if patient, day and referrer are the same.
fn claim_by_meaning(
    drafts: &mut [Draft],
    known: &[KnownReferral],
    by_patient: &HashMap<crate::foundation::id::PatientId, Vec<usize>>,
    patients: &Patients,
    resolution: &Resolution,
    claimed: &mut HashSet<usize>,
) {
    for draft in drafts.iter_mut().filter(|d| d.planned.known.is_none()) {
        let Some(candidates) = by_patient.get(&patients.all[draft.planned.patient].id) else { continue };
        let referrer = referrer_of(resolution, draft.planned.source);
        let found = candidates.iter().copied().find(|at| {
            let other = &known[*at];
            !claimed.contains(at)
                && other.key.as_deref().is_some_and(|k| k.starts_with(&draft.base))
                && match (referrer, draft.planned.source) {
                    (Some(referrer), _) => same_referrer(other, referrer),
                    (None, Source::Channel(source)) => {
                        other.partner == Some(resolution.crowd.sources[source].id)
                    }
                    (None, _) => other.partner.is_none(),
                }
        });
        if let Some(at) = found {
            claimed.insert(at);
            draft.planned.known = Some(known[at].id);
            draft.planned.fate = Fate::Unchanged;
            draft.planned.in_trash = known[at].is_trashed;
        }
    }
}

fn referrer_of(resolution: &Resolution, source: Source) -> Option<Referrer> {
    let Source::Mention(mention) = source else { return None };
    let meant = resolution.meant[mention];
    match (meant.person, meant.organisation) {
        (Some(person), _) => Some(Referrer::Person(resolution.crowd.people[person].id)),
        (None, Some(place)) => Some(Referrer::Partner(resolution.crowd.organisations[place].id)),
        (None, None) => None,
    }
}

fn same_referrer(known: &KnownReferral, referrer: Referrer) -> bool {
    match referrer {
        Referrer::Person(person) => known.person == Some(person),
        Referrer::Partner(partner) => known.person.is_none() && known.partner == Some(partner),
    }
}

/// Compares a row with the referral it is. A word we changed by hand since the last import is kept, unless somebody decided otherwise.
/// Returns whether one was kept.
fn compare(
    conn: &Connection,
    id: crate::foundation::id::ReferralId,
    row: &ReferralRow,
    planned: &mut PlannedReferral,
) -> Result<bool, ImportError> {
    let ours = rows::referral_fields(conn, id)?;
    let mut by_hand: Option<HashSet<usize>> = None;
    for (field, theirs) in values_of(row).into_iter().enumerate() {
        let (Some(theirs), before) = (theirs, &ours.values[field]) else { continue };
        if before.as_ref() == Some(&theirs) {
            continue;
        }
        let by_hand = match &mut by_hand {
            Some(known) => known,
            empty => {
                empty.insert(if ours.touched { rows::changed_by_hand(conn, id)? } else { HashSet::new() })
            }
        };
        let keep = by_hand.contains(&field) && planned.choice != Some(Choice::TakeFile);
        planned.changes.push((field, before.clone(), Some(theirs), keep));
    }
    let mut told = row.done.steps(row.direction).peekable();
    if told.peek().is_some() {
        let known = rows::steps(conn, id)?;
        planned.steps = told.filter(|(step, _)| !known.contains(*step)).collect();
    }
    if !planned.steps.is_empty() || planned.changes.iter().any(|(.., keep)| !keep) {
        planned.fate = Fate::Updated;
    }
    Ok(planned.changes.iter().any(|(.., keep)| *keep))
}

fn use_everybody(resolution: &mut Resolution, referrals: &[PlannedReferral]) {
    let mut used: HashSet<usize> = HashSet::new();
    for planned in referrals {
        if matches!(planned.fate, Fate::New | Fate::Updated | Fate::Unchanged) {
            match planned.source {
                Source::Mention(mention) => {
                    if used.insert(mention) {
                        resolution.use_mention(mention);
                    }
                }
                Source::Channel(source) => resolution.crowd.sources[source].is_used = true,
                Source::None => {}
            }
        }
    }
}
