//! Patients and referrals.

use rusqlite::params;

use super::super::plan::{Fate, ImportPlan, Phase, Source, Tell, told, values_of};
use super::super::row::Direction;
use super::super::rows::{self, Stamp};
use crate::exchange::import::error::ImportError;
use crate::exchange::import::row::Channel;
use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, PersonId, ReferralId};
use crate::store::Tx;

/// After how many rows memory is given back and somebody may stop the work.
const BREATH: usize = 5_000;

pub(super) fn write(tx: &Tx<'_>, plan: &ImportPlan, stamp: Stamp<'_>, tell: &mut Tell<'_>) -> Result<(), ImportError> {
    let mut patients_written = vec![false; plan.patients.len()];
    let mut add = tx.prepare_cached(rows::ADD_REFERRAL)?;
    let mut add_patient = tx.prepare_cached(rows::ADD_PATIENT)?;
    for (done, planned) in plan.referrals.iter().enumerate() {
        if done % BREATH == 0 && done > 0 {
            tx.breathe()?;
            told(tell, Phase::Writing, done, plan.referrals.len())?;
        }
        match planned.fate {
            Fate::New => {}
            Fate::Updated => {
                if let Some(id) = planned.known {
                    let changes: Vec<(usize, Option<String>)> =
                        planned.changes.iter().filter(|(.., keep)| !keep).map(|(field, _, after, _)| (*field, after.clone())).collect();
                    rows::change_referral(tx, id, &changes, stamp)?;
                }
                continue;
            }
            _ => continue,
        }
        let patient = &plan.patients[planned.patient];
        if patient.is_new && !patients_written[planned.patient] {
            patients_written[planned.patient] = true;
            add_patient.execute(params![patient.id, patient.name, patient.name_key, patient.chart, patient.born_on, stamp.now])?;
        }
        let row = &plan.read.referrals[planned.at];
        let (partner, person) = credited(plan, planned.source);
        let (direction, from, to) = match row.direction {
            Direction::Inbound => ("inbound", (partner, person), (None, None)),
            Direction::Outbound => ("outbound", (None, None), (partner, person)),
            Direction::Internal => ("internal", (None, None), (None, None)),
        };
        let not_asked = row.direction != Direction::Inbound || planned.source == Source::None || row.channel == Some(Channel::Unknown);
        let answer = if not_asked { "not_asked" } else { "named" };
        let [scheduled, seen, closed, outcome, status, _, reason, service, payer, note] = values_of(row);
        add.execute(params![
            ReferralId::new(), direction, Day(row.received_on), answer, from.0, from.1, to.0, to.1, patient.id, reason, service, payer, scheduled,
            seen, closed, outcome, status, row.amount_cents, note, stamp.run, row.record, planned.key, stamp.now, stamp.actor.id
        ])?;
    }
    Ok(())
}

fn credited(plan: &ImportPlan, source: Source) -> (Option<PartnerId>, Option<PersonId>) {
    let resolution = &plan.resolution;
    match source {
        Source::Channel(source) => (Some(resolution.crowd.sources[source].id), None),
        Source::Mention(mention) => {
            (resolution.credited(mention), resolution.meant[mention].person.map(|p| resolution.crowd.people[p].id))
        }
        Source::None => (None, None),
    }
}
