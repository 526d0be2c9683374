//! What the sample practice promised, and whom it approaches by plan. Without chance: it is the same each time.

use chrono::{Days, NaiveDate};
use rusqlite::params;

use super::rows;
use crate::foundation::day::Day;
use crate::foundation::id::{PartnerId, ProfileId, TaskId};
use crate::outreach::{NewTask, OutreachError, PlanStart, PlanTarget, Repeat, add_in, begin_in};
use crate::store::{StoreError, Tx};

/// Title, days from today, time of day, promised, comes again, about a partner.
type Line = (&'static str, i64, Option<u16>, bool, Option<Repeat>, bool);

const TASKS: [Line; 8] = [
    ("Call back about the new fax number", -2, None, true, None, true),
    ("Send the protocol for shoulders", 0, Some(570), true, None, true),
    ("Ask how the first hand-over went", 0, None, false, None, true),
    ("Write the summary for the monthly meeting", 1, None, false, Some(Repeat::Monthly), false),
    ("Bring the new guide to the front desk", 3, Some(840), true, None, true),
    ("Look through partners that went quiet", 4, None, false, Some(Repeat::Weekly), false),
    ("Prepare the talk on falls", 9, None, true, None, true),
    ("Check hours in the directories", 21, None, false, Some(Repeat::Quarterly), false),
];

/// Writes it all, for whoever looks around.
pub(super) fn fill(tx: &Tx<'_>, today: NaiveDate) -> Result<(), StoreError> {
    let me = tx.actor.id;
    let clinics = of_type(tx, "primary_care")?;
    let mut clinic = clinics.iter().cycle();
    for (title, days, at, promised, repeat, about) in TASKS {
        let due = today.checked_add_signed(chrono::TimeDelta::days(days)).unwrap_or(today);
        let partner = if about { clinic.next().copied() } else { None };
        let task =
            NewTask { due_at: at, promised, repeat, partner, ..NewTask::titled(title, due.max(today), me) };
        let id = add_in(tx, &task).map_err(unexpected)?;
        if due < today {
            backdate(tx, id, due)?;
        }
    }
    begin(tx, "gym", "Gyms this season", &of_type(tx, "gym")?, me, today)?;
    let quiet: Vec<PartnerId> = clinics.iter().rev().take(3).copied().collect();
    begin(tx, "primary_care", "Say hello again", &quiet, me, today + Days::new(1))
}

fn begin(
    tx: &Tx<'_>,
    playbook: &str,
    name: &str,
    partners: &[PartnerId],
    holder: ProfileId,
    starts_on: NaiveDate,
) -> Result<(), StoreError> {
    if partners.is_empty() {
        return Ok(());
    }
    let start = PlanStart {
        playbook: playbook.to_owned(),
        name: name.to_owned(),
        target: PlanTarget::Partners(partners.to_vec()),
        holder,
        starts_on,
    };
    begin_in(tx, &start, partners).map(|_| ()).map_err(unexpected)
}

fn of_type(tx: &Tx<'_>, partner_type: &str) -> Result<Vec<PartnerId>, StoreError> {
    let mut statement = tx.prepare_cached(rows::PARTNERS_OF_TYPE)?;
    let found = statement.query_map([partner_type], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn backdate(tx: &Tx<'_>, id: TaskId, due: NaiveDate) -> Result<(), StoreError> {
    tx.prepare_cached(rows::BACKDATE_TASK)?.execute(params![id, Day(due)])?;
    Ok(())
}

fn unexpected(error: OutreachError) -> StoreError {
    match error {
        OutreachError::Store(error) => error,
        other => StoreError::Database(other.to_string()),
    }
}
