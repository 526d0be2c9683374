//! The check before anything is written, and again inside the write.

use chrono::{Datelike, NaiveDate};
use rusqlite::Connection;

use super::excluded::{Looked, excluded};
use super::types::{JudgedShare, MeterShown, NewReward, NewShare, Preflight, RuleShown, Split, Whom};
use crate::foundation::id::{RecordId, RewardId};
use crate::gratitude::book::{limits_in, rules_in};
use crate::gratitude::error::{GratitudeError, invalid};
use crate::gratitude::exclusions::Listed;
use crate::gratitude::kinds::{EmployerPolicy, Known, Occasion, RecipientKind, RewardKind};
use crate::gratitude::limits::{YearLimits, of_year};
use crate::gratitude::meter::{Entry, Meter};
use crate::gratitude::notes::GiftNote;
use crate::gratitude::rows::{exclusions as lists, ledger as rows, notes};
use crate::gratitude::split;
use crate::gratitude::verdict::{Check, Finding, Judged, Planned, PracticeRules, Verdict, verdict};
use crate::network::is_patient;
use crate::practice::Practice;
use crate::vault::{Area, Hidden, Need, patient_token};

/// The most something can be worth, in cents.
const MOST: i64 = 10_000_000;
/// How many people one entry can have.
const GUESTS: usize = 200;

/// What would be said of it now. Writes nothing.
///
/// # Errors
/// [`GratitudeError::Invalid`] with the field; [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn preflight(practice: &Practice, new: &NewReward) -> Result<Preflight, GratitudeError> {
    practice.may(Need::Read(Area::Gratitude))?;
    all_seen(practice, new)?;
    let (today, hidden) = (practice.today(), practice.hidden());
    practice.read(|conn| Ok(judge(conn, new, today, hidden, None)?.shown))
}

/// Everybody named has to be somebody whoever is at the desk sees.
pub(super) fn all_seen(practice: &Practice, new: &NewReward) -> Result<(), GratitudeError> {
    for share in &new.shares {
        let named = [
            match &share.whom {
                Whom::Person(id) => Some(id.0),
                Whom::Partner(id) => Some(id.0),
                Whom::Ours(_) | Whom::Guest(_) => None,
            },
            share.counts_to.map(|id| id.0),
        ];
        for id in named.into_iter().flatten() {
            practice.must_see(id)?;
            if practice.hidden().patients && practice.read(|conn| is_patient(conn, id))? {
                practice.may(Need::Patients)?;
            }
        }
    }
    Ok(())
}

/// What was found, and on whose meter each share counts.
pub(in crate::gratitude) struct Judgement {
    pub(in crate::gratitude) shown: Preflight,
    pub(super) meters: Vec<Option<RecordId>>,
    /// What each meter said before, and the limit.
    pub(super) before: Vec<(Option<i64>, Option<i64>)>,
    /// The findings of each share, as they are kept.
    pub(in crate::gratitude) findings: Vec<Vec<Finding>>,
    /// The strictest rule asks for a written purpose.
    pub(in crate::gratitude) asks_purpose: bool,
}

/// What is known about one share before it is judged.
struct OnFile {
    name: String,
    npi: bool,
    federal: Known,
    policies: Vec<EmployerPolicy>,
    exclusion: Looked,
    /// The entry of the list that names them, for the reason.
    listed: Option<Listed>,
    /// Whose meter it counts on, and one id for all records of that person.
    meter: Option<RecordId>,
    group: Option<RecordId>,
    cents: i64,
}

/// Judges an entry by the ledger without `without` (the entry itself, once it is there).
pub(super) fn judge(
    conn: &Connection,
    new: &NewReward,
    today: NaiveDate,
    hidden: Hidden,
    without: Option<RewardId>,
) -> Result<Judgement, GratitudeError> {
    plausible(new)?;
    weighed(conn, new, false, today, hidden, without)
}

/// Judges what is done together with a partner, as a gift of what they have of it. `equal`: both bear as much.
pub(in crate::gratitude) fn judge_offer(
    conn: &Connection,
    new: &NewReward,
    equal: bool,
    today: NaiveDate,
    hidden: Hidden,
) -> Result<Judgement, GratitudeError> {
    weighed(conn, new, !equal, today, hidden, None)
}

fn weighed(
    conn: &Connection,
    new: &NewReward,
    unequal: bool,
    today: NaiveDate,
    hidden: Hidden,
    without: Option<RewardId>,
) -> Result<Judgement, GratitudeError> {
    let (limits, rules) = (limits_in(conn)?, rules_in(conn)?.judged_by());
    let present = new.shares.iter().filter(|share| share.present).count();
    let each = match new.split {
        Split::Each => None,
        Split::Shared => split::share(new.total_cents, u32::try_from(present).unwrap_or(u32::MAX)),
    };
    let per_head = each.unwrap_or(new.total_cents);
    let known: Vec<OnFile> = new
        .shares
        .iter()
        .map(|share| learn(conn, new, share, per_head, rules, hidden))
        .collect::<Result<_, _>>()?;
    let mut judgement = Judgement {
        shown: Preflight { verdict: Verdict::Allowed, each_cents: each, ..Preflight::default() },
        meters: known.iter().map(|share| share.meter).collect(),
        before: Vec::new(),
        findings: Vec::new(),
        asks_purpose: false,
    };
    for (at, share) in new.shares.iter().enumerate() {
        let facts = &known[at];
        let judged = match share.recipient {
            Some(recipient) if share.present => {
                let (ledger, others) = ledger_of(conn, &known, at, new.on, without, today)?;
                let terms = Terms { recipient, unequal };
                let mut judged = judge_share(new, terms, facts, conn, &ledger, &limits, rules)?;
                if let Some(meter) = &mut judged.meter {
                    meter.planned_cents -= others;
                }
                judged
            }
            _ => Judged { verdict: Verdict::Allowed, findings: Vec::new(), meter: None },
        };
        judgement.take(share, facts, judged);
    }
    judgement.shown.limits = of_year(&limits, new.on.year()).cloned();
    judgement.asks_purpose =
        judgement.findings.iter().flatten().any(|found| found.check == Check::PurposeMissing);
    Ok(judgement)
}

impl Judgement {
    fn take(&mut self, share: &NewShare, facts: &OnFile, judged: Judged) {
        let before = judged.meter.map(|meter| meter.given_cents.saturating_add(meter.planned_cents));
        self.before.push((before, judged.meter.and_then(|meter| meter.limit_cents)));
        self.shown.verdict = self.shown.verdict.max(judged.verdict);
        if let (Some(of), Some(meter)) = (facts.group, judged.meter) {
            self.show(of, &facts.name, meter);
        }
        self.shown.shares.push(JudgedShare {
            whom: share.whom.clone(),
            name: facts.name.clone(),
            recipient: share.recipient,
            cents: facts.cents,
            npi_on_file: facts.npi,
            federal: facts.federal,
            employer: facts.policies.first().copied().unwrap_or_default(),
            excluded_checked_on: facts.exclusion.1,
            verdict: judged.verdict,
            findings: judged.findings.iter().map(|found| reasoned(*found, facts)).collect(),
        });
        self.findings.push(judged.findings);
    }

    /// One meter a person: what others at the table add to it is part of this entry, not of what was planned before.
    fn show(&mut self, of: RecordId, name: &str, meter: Meter) {
        match self.shown.meters.iter_mut().find(|shown| shown.of == of) {
            Some(shown) => shown.meter.this_cents = shown.meter.this_cents.saturating_add(meter.this_cents),
            None => self.shown.meters.push(MeterShown { of, name: name.to_owned(), meter }),
        }
    }
}

/// The rule, and of the list of the excluded the day it is of and since when it names them.
fn reasoned(found: Finding, facts: &OnFile) -> RuleShown {
    let mut rule = shown(found);
    if !matches!(found.check, Check::Excluded | Check::ExcludedName) {
        return rule;
    }
    if let Some(on) = facts.exclusion.1 {
        rule.source.push_str(&format!(" of {}", on.format("%b %-d, %Y")));
    }
    if let Some(listed) = &facts.listed {
        if let Some(since) = listed.since {
            rule.source.push_str(&format!(", excluded {}", since.format("%b %-d, %Y")));
        }
        if !listed.kind.is_empty() {
            rule.source.push_str(&format!(", section {}", listed.kind));
        }
        if !listed.waived_in.is_empty() {
            rule.source.push_str(&format!(", waived in {}", listed.waived_in));
        }
    }
    rule
}

/// What was found when it was kept, with the rules behind it. What a later Baton found and this one does not know is left out.
pub(in crate::gratitude) fn rules_shown(findings: &str) -> Vec<RuleShown> {
    let findings: Vec<Finding> = serde_json::from_str(findings).unwrap_or_default();
    findings.into_iter().map(shown).collect()
}

pub(super) fn shown(found: Finding) -> RuleShown {
    RuleShown { check: found.check, verdict: found.verdict, source: found.check.source().to_owned() }
}

/// The ledger of the meter a share counts on, with what others at the same table add to it, and how much that is.
fn ledger_of(
    conn: &Connection,
    known: &[OnFile],
    at: usize,
    on: NaiveDate,
    without: Option<RewardId>,
    today: NaiveDate,
) -> Result<(Vec<Entry>, i64), GratitudeError> {
    let Some(meter) = known[at].meter else { return Ok((Vec::new(), 0)) };
    let mut ledger = rows::entries(conn, meter, without, today)?;
    let others = known.iter().enumerate().filter(|(other, one)| *other != at && one.group == known[at].group);
    let others: i64 = others.map(|(_, one)| one.cents).sum();
    ledger.push(Entry { on, cents: others, planned: true });
    Ok((ledger, others))
}

/// Towards whom, and whether one of both bears more.
#[derive(Clone, Copy)]
struct Terms {
    recipient: RecipientKind,
    unequal: bool,
}

fn judge_share(
    new: &NewReward,
    terms: Terms,
    facts: &OnFile,
    conn: &Connection,
    ledger: &[Entry],
    limits: &[YearLimits],
    rules: PracticeRules,
) -> Result<Judged, GratitudeError> {
    let programme =
        new.occasion == Occasion::ReferAFriend && rows::programme_runs(conn, new.on, facts.cents)?;
    let planned = Planned {
        recipient: terms.recipient,
        npi_on_file: facts.npi,
        kind: new.kind,
        cents: facts.cents,
        on: new.on,
        occasion: new.occasion,
        cash: new.cash,
        solicited: new.solicited,
        federal: facts.federal,
        purpose: filled(new.purpose.as_deref()),
        agreement: filled(new.agreement.as_deref()) && filled(new.fair_value.as_deref()),
        unequal: terms.unequal && !filled(new.fair_value.as_deref()),
        programme,
        employer: facts.policies.first().copied().unwrap_or_default(),
        excluded: facts.exclusion.0,
    };
    let mut judged = verdict(&planned, ledger, limits, rules);
    // Where somebody has two employers, each of their policies holds.
    for policy in facts.policies.iter().skip(1) {
        let other = verdict(&Planned { employer: *policy, ..planned }, ledger, limits, rules);
        for found in other.findings {
            if !judged.findings.contains(&found) {
                judged.findings.push(found);
            }
        }
        judged.verdict = judged.verdict.max(other.verdict);
    }
    judged.findings.sort_by_key(|found| std::cmp::Reverse(found.verdict));
    Ok(judged)
}

fn filled(text: Option<&str>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}

/// What can be an entry at all.
fn plausible(new: &NewReward) -> Result<(), GratitudeError> {
    if new.kind == RewardKind::Recognition && new.total_cents != 0 {
        return invalid(
            "totalCents",
            "Recognition has no value. Choose what was given, or leave the value empty.",
        );
    }
    if new.kind != RewardKind::Recognition && !(1..=MOST).contains(&new.total_cents) {
        return invalid(
            "totalCents",
            "Give the retail value, more than nothing and at most 100,000 dollars.",
        );
    }
    if new.shares.iter().all(|share| share.recipient.is_none() || !share.present) {
        return invalid("shares", "Say who received it or was there.");
    }
    if new.shares.len() > GUESTS {
        return invalid("shares", "Put down at most 200 people with one entry.");
    }
    for share in &new.shares {
        if matches!(share.whom, Whom::Ours(_)) != share.recipient.is_none() {
            return invalid("shares", "Say of everybody who is not one of us what they are.");
        }
        if matches!(&share.whom, Whom::Guest(name) if name.trim().is_empty()) {
            return invalid("shares", "Give the name of each guest.");
        }
    }
    Ok(())
}

/// What is on file about one share.
fn learn(
    conn: &Connection,
    new: &NewReward,
    share: &NewShare,
    per_head: i64,
    rules: PracticeRules,
    hidden: Hidden,
) -> Result<OnFile, GratitudeError> {
    let gone = || GratitudeError::Invalid {
        field: "shares",
        problem: "This name is no longer on record. Choose again.",
    };
    let (own, name, npi, note, employers) = match &share.whom {
        Whom::Person(id) => {
            let named = notes::person(conn, *id)?.ok_or_else(gone)?;
            let mut employers = Vec::new();
            for place in lists::behind(conn, id.0, new.on)? {
                employers.extend(notes::of(conn, place.0)?);
            }
            (Some(id.0), named.name, named.npi, notes::of(conn, id.0)?, employers)
        }
        Whom::Partner(id) => {
            let named = notes::partner(conn, *id)?.ok_or_else(gone)?;
            (Some(id.0), named.name, named.npi, notes::of(conn, id.0)?, Vec::new())
        }
        Whom::Ours(id) => (None, notes::profile(conn, id.0)?.ok_or_else(gone)?, false, None, Vec::new()),
        Whom::Guest(name) => (None, name.trim().to_owned(), false, None, Vec::new()),
    };
    let name = match own {
        Some(id) if hidden.patients && is_patient(conn, id)? => patient_token(id),
        _ => name,
    };
    let (exclusion, listed) = excluded(conn, &share.whom, new.on)?;
    let physician = share.recipient.is_some_and(RecipientKind::counts_to_a_physician);
    let (counts_to, npi) = match (share.recipient, share.counts_to) {
        // Given through family, staff or a guest, it counts to the physician (CK6).
        (Some(RecipientKind::PhysicianFamily | RecipientKind::PhysicianStaff), to) => match to {
            Some(to) => (Some(to.0), npi_of_all(conn, to.0)?),
            None => (None, false),
        },
        (Some(RecipientKind::Physician), _) => match own {
            Some(id) => (Some(id), npi || npi_of_all(conn, id)?),
            None => (None, false),
        },
        _ => (own, npi),
    };
    let outside = physician && new.occasion == Occasion::MedicalStaffEvent && rules.formal_medical_staff;
    Ok(OnFile {
        name,
        npi,
        federal: federal(share.federal, note.as_ref(), &employers),
        policies: policies(note.as_ref(), &employers),
        exclusion,
        listed,
        meter: counts_to.filter(|_| !outside),
        group: match counts_to.filter(|_| !outside) {
            Some(id) => rows::same(conn, id)?.first().copied(),
            None => None,
        },
        // Of our own nothing counts but the part they had of what was shared.
        cents: if share.present && (share.recipient.is_some() || new.split == Split::Shared) {
            per_head
        } else {
            0
        },
    })
}

/// Whether any record of the same person has an NPI.
fn npi_of_all(conn: &Connection, id: RecordId) -> Result<bool, GratitudeError> {
    for same in rows::same(conn, id)? {
        if notes::person(conn, crate::foundation::id::PersonId(same))?.is_some_and(|person| person.npi) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What was answered with the entry; else what is on file about them; else about where they work.
fn federal(answered: Known, note: Option<&GiftNote>, employers: &[GiftNote]) -> Known {
    if answered != Known::Unknown {
        return answered;
    }
    match note.map(|note| note.federal) {
        Some(on_file @ (Known::Yes | Known::No)) => on_file,
        // Of an employer only a yes says something about all who work there.
        _ if employers.iter().any(|employer| employer.federal == Known::Yes) => Known::Yes,
        _ => Known::Unknown,
    }
}

/// Every policy that binds, the strictest first.
fn policies(note: Option<&GiftNote>, employers: &[GiftNote]) -> Vec<EmployerPolicy> {
    let strictness = |policy: &EmployerPolicy| match policy {
        EmployerPolicy::Nothing => (0, 0),
        EmployerPolicy::UpTo(cents) => (1, *cents),
        EmployerPolicy::Ask => (2, 0),
        EmployerPolicy::NotOnFile => (3, 0),
    };
    let mut all: Vec<EmployerPolicy> = note
        .into_iter()
        .chain(employers)
        .map(|note| note.policy)
        .filter(|policy| *policy != EmployerPolicy::NotOnFile)
        .collect();
    all.sort_by_key(strictness);
    all.dedup();
    all
}
