//! Patients and referrals.

use super::super::plan::{
    Fate, ImportPlan, PatientSlot, Phase, PlannedReferral, Source, Tell, kept, outcome_code, told,
};
use super::super::row::Direction;
use super::super::rows::{self, Stamp};
use crate::exchange::import::error::ImportError;
use crate::exchange::import::row::Channel;
use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PatientId, PersonId, ReferralId};
use crate::store::{StoreError, Tx, Values};

/// After how many changed rows memory is given back and somebody may stop the work.
const BREATH: usize = 5_000;

pub(super) fn write(
    tx: &Tx<'_>,
    plan: &ImportPlan,
    stamp: Stamp<'_>,
    tell: &mut Tell<'_>,
) -> Result<(), ImportError> {
    let total = plan.referrals.len();
    let mut new: Vec<&PlannedReferral> = plan.referrals.iter().filter(|r| r.fate == Fate::New).collect();
    // In the order of their days, in which the indexes have them: each row goes behind the last one, not in between.
    new.sort_by_key(|planned| plan.read.referrals[planned.at].received_on);
    let new: Vec<(&PlannedReferral, ReferralId)> =
        new.into_iter().map(|planned| (planned, ReferralId::new())).collect();
    let patients = add_patients(tx, plan, &new, stamp, tell)?;
    tx.append(
        &rows::REFERRALS,
        &new,
        |(planned, id), values| referral(plan, planned, *id, patients[planned.patient], stamp, values),
        |done| told(tell, Phase::Writing, done, total),
    )?;
    add_steps(tx, plan, &new, stamp, tell)?;
    let changed = plan.referrals.iter().filter(|planned| planned.fate == Fate::Updated);
    for (done, planned) in changed.enumerate() {
        if done % BREATH == 0 && done > 0 {
            tx.breathe()?;
            told(tell, Phase::Writing, new.len() + done, total)?;
        }
        let Some(id) = planned.known else { continue };
        let changes: Vec<(usize, Option<String>)> = planned
            .changes
            .iter()
            .filter(|(.., keep)| !keep)
            .map(|(field, _, after, _)| (*field, after.clone()))
            .collect();
        rows::change_referral(tx, id, &changes, stamp)?;
        for (step, on) in &planned.steps {
            rows::add_step(tx, id, step, *on, stamp)?;
        }
    }
    Ok(())
}

/// Puts down what the file tells of the way of the new referrals. Nothing is concluded from what it does not tell.
fn add_steps(
    tx: &Tx<'_>,
    plan: &ImportPlan,
    new: &[(&PlannedReferral, ReferralId)],
    stamp: Stamp<'_>,
    tell: &mut Tell<'_>,
) -> Result<(), ImportError> {
    let mut written = 0;
    for (done, (planned, id)) in new.iter().enumerate() {
        let row = &plan.read.referrals[planned.at];
        for (step, on) in row.done.steps(row.direction) {
            rows::add_step(tx, *id, step, on, stamp)?;
            written += 1;
            if written % BREATH == 0 {
                tx.breathe()?;
                told(tell, Phase::Writing, done, new.len())?;
            }
        }
    }
    Ok(())
}

/// Adds the patients the new referrals are about, in the order these come in. Gives back the id of each patient of the plan.
fn add_patients(
    tx: &Tx<'_>,
    plan: &ImportPlan,
    new: &[(&PlannedReferral, ReferralId)],
    stamp: Stamp<'_>,
    tell: &mut Tell<'_>,
) -> Result<Vec<PatientId>, ImportError> {
    let mut ids: Vec<PatientId> = plan.patients.iter().map(|patient| patient.id).collect();
    let mut is_there: Vec<bool> = plan.patients.iter().map(|patient| !patient.is_new).collect();
    let mut missing: Vec<(&PatientSlot, PatientId)> = Vec::new();
    for at in new.iter().map(|(planned, _)| planned.patient) {
        if !std::mem::replace(&mut is_there[at], true) {
            ids[at] = PatientId::new();
            missing.push((&plan.patients[at], ids[at]));
        }
    }
    tx.append(
        &rows::PATIENTS,
        &missing,
        |(patient, id), values| {
            values.put(*id)?;
            values.put(&patient.name)?;
            values.put(&patient.name_key)?;
            values.put(&patient.chart)?;
            values.put(&patient.born_on)?;
            values.put(stamp.now)
        },
        |_| told(tell, Phase::Writing, 0, plan.referrals.len()),
    )?;
    Ok(ids)
}

/// The values of a new referral, in the order of [`rows::REFERRALS`].
fn referral(
    plan: &ImportPlan,
    planned: &PlannedReferral,
    id: ReferralId,
    patient: PatientId,
    stamp: Stamp<'_>,
    values: &mut Values<'_, '_>,
) -> Result<(), StoreError> {
    let row = &plan.read.referrals[planned.at];
    let (partner, person) = credited(plan, planned.source);
    let (direction, from, to) = match row.direction {
        Direction::Inbound => ("inbound", (partner, person), (None, None)),
        Direction::Outbound => ("outbound", (None, None), (partner, person)),
        Direction::Internal => ("internal", (None, None), (None, None)),
    };
    let not_asked = row.direction != Direction::Inbound
        || planned.source == Source::None
        || row.channel == Some(Channel::Unknown);
    values.put(id)?;
    values.put(direction)?;
    values.put(Day(row.received_on))?;
    values.put(if not_asked { "not_asked" } else { "named" })?;
    for id in [from.0.map(|id| id.0), from.1.map(|id| id.0), to.0.map(|id| id.0), to.1.map(|id| id.0)] {
        values.put(id)?;
    }
    values.put(patient)?;
    for text in [&row.reason, &row.service, &row.payer] {
        values.put(kept(text))?;
    }
    values.put(row.urgency.map(|urgency| urgency.code()))?;
    for day in [row.scheduled_on, row.seen_on, row.closed_on] {
        values.put(day.map(Day))?;
    }
    values.put(row.outcome.map(outcome_code))?;
    values.put(kept(&row.status_text))?;
    values.put(row.amount_cents)?;
    values.put(kept(&row.note))?;
    values.put(stamp.run)?;
    values.put(row.record)?;
    values.put(&planned.key)?;
    values.put(stamp.now)?;
    values.put(stamp.actor.id)?;
    values.put(stamp.now)?;
    values.put(stamp.actor.id)?;
    values.put(row.kind.map(|kind| kind.code()))?;
    values.put(row.travel.map(|travel| travel.code()))
}

fn credited(plan: &ImportPlan, source: Source) -> (Option<PartnerId>, Option<PersonId>) {
    let resolution = &plan.resolution;
    match source {
        Source::Channel(source) => (Some(resolution.crowd.sources[source].id), None),
        Source::Mention(mention) => (
            resolution.credited(mention),
            resolution.meant[mention].person.map(|p| resolution.crowd.people[p].id),
        ),
        Source::None => (None, None),
    }
}
