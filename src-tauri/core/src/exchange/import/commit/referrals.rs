//! Patients and referrals.

use rusqlite::ToSql;

use super::super::plan::{
    Fate, ImportPlan, PatientSlot, Phase, PlannedReferral, Source, Tell, told, values_of,
};
use super::super::row::Direction;
use super::super::rows::{self, Stamp};
use crate::exchange::import::error::ImportError;
use crate::exchange::import::row::Channel;
use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PersonId, ReferralId};
use crate::store::Tx;

/// After how many rows memory is given back and somebody may stop the work.
const BREATH: usize = 5_000;

/// How many rows go with one statement.
const TOGETHER: usize = 256;

pub(super) fn write(
    tx: &Tx<'_>,
    plan: &ImportPlan,
    stamp: Stamp<'_>,
    tell: &mut Tell<'_>,
) -> Result<(), ImportError> {
    add_patients(tx, plan, stamp, tell)?;
    // In the order of their days, in which the indexes have them: each row goes behind the last one, not in between.
    let mut in_order: Vec<&PlannedReferral> = plan.referrals.iter().collect();
    in_order.sort_by_key(|planned| plan.read.referrals[planned.at].received_on);
    let mut waiting: Vec<&PlannedReferral> = Vec::with_capacity(TOGETHER);
    for (done, planned) in in_order.into_iter().enumerate() {
        if done % BREATH == 0 && done > 0 {
            tx.breathe()?;
            told(tell, Phase::Writing, done, plan.referrals.len())?;
        }
        match (planned.fate, planned.known) {
            (Fate::New, _) => {
                waiting.push(planned);
                if waiting.len() == TOGETHER {
                    add(tx, plan, &waiting, stamp)?;
                    waiting.clear();
                }
            }
            (Fate::Updated, Some(id)) => {
                let changes: Vec<(usize, Option<String>)> = planned
                    .changes
                    .iter()
                    .filter(|(.., keep)| !keep)
                    .map(|(field, _, after, _)| (*field, after.clone()))
                    .collect();
                rows::change_referral(tx, id, &changes, stamp)?;
            }
            _ => {}
        }
    }
    add(tx, plan, &waiting, stamp)
}

/// Adds the patients the new referrals are about.
fn add_patients(
    tx: &Tx<'_>,
    plan: &ImportPlan,
    stamp: Stamp<'_>,
    tell: &mut Tell<'_>,
) -> Result<(), ImportError> {
    let mut is_there: Vec<bool> = plan.patients.iter().map(|p| !p.is_new).collect();
    let new = plan.referrals.iter().filter(|planned| planned.fate == Fate::New);
    let missing: Vec<&PatientSlot> = new
        .filter(|planned| !std::mem::replace(&mut is_there[planned.patient], true))
        .map(|planned| &plan.patients[planned.patient])
        .collect();
    for some in missing.chunks(BREATH) {
        for together in some.chunks(TOGETHER) {
            insert(tx, &rows::ADD_PATIENTS, together, |patient, bind| {
                for value in [
                    &patient.id as &dyn ToSql,
                    &patient.name,
                    &patient.name_key,
                    &patient.chart,
                    &patient.born_on,
                    &stamp.now,
                ] {
                    bind(value)?;
                }
                Ok(())
            })?;
        }
        tx.breathe()?;
        told(tell, Phase::Writing, 0, plan.referrals.len())?;
    }
    Ok(())
}

/// Adds referrals.
fn add(
    tx: &Tx<'_>,
    plan: &ImportPlan,
    referrals: &[&PlannedReferral],
    stamp: Stamp<'_>,
) -> Result<(), ImportError> {
    insert(tx, &rows::ADD_REFERRALS, referrals, |planned, bind| {
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
        let answer = if not_asked { "not_asked" } else { "named" };
        let [scheduled, seen, closed, outcome, status, _, reason, service, payer, note] = values_of(row);
        let values: [&dyn ToSql; 26] = [
            &ReferralId::new(),
            &direction,
            &Day(row.received_on),
            &answer,
            &from.0,
            &from.1,
            &to.0,
            &to.1,
            &plan.patients[planned.patient].id,
            &reason,
            &service,
            &payer,
            &scheduled,
            &seen,
            &closed,
            &outcome,
            &status,
            &row.amount_cents,
            &note,
            &stamp.run,
            &row.record,
            &planned.key,
            &stamp.now,
            &stamp.actor.id,
            &stamp.now,
            &stamp.actor.id,
        ];
        for value in values {
            bind(value)?;
        }
        Ok(())
    })
}

type Bind<'bind> = dyn FnMut(&dyn ToSql) -> rusqlite::Result<()> + 'bind;

/// Adds rows to a table, as many with one statement as there are at most.
fn insert<T>(
    tx: &Tx<'_>,
    into: &rows::Insert,
    all: &[T],
    values: impl Fn(&T, &mut Bind<'_>) -> rusqlite::Result<()>,
) -> Result<(), ImportError> {
    let mut left = all;
    while !left.is_empty() {
        // 256, 128, 64 … rows: few texts, which stay prepared.
        let (rows, rest) = left.split_at(1 << left.len().ilog2());
        left = rest;
        let mut statement = tx.prepare_cached(&into.sql(rows.len()))?;
        let mut at = 0;
        for row in rows {
            values(row, &mut |value: &dyn ToSql| {
                at += 1;
                statement.raw_bind_parameter(at, value)
            })?;
        }
        debug_assert_eq!(at, rows.len() * into.columns);
        statement.raw_execute()?;
    }
    Ok(())
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
