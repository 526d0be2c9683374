//! What is to be done, by when.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::types::TaskRow;
use crate::foundation::id::{PartnerId, ProfileId, TaskId};
use crate::outreach::error::OutreachError;
use crate::outreach::rows::tasks as rows;
use crate::practice::Practice;
use crate::vault::{Area, Need};

/// When a task is due, seen from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum TaskWhen {
    /// Before today.
    Overdue,
    /// Today.
    Today,
    /// Up to Sunday of this week.
    ThisWeek,
    /// After that.
    Later,
}

/// When a task is due, seen from `today`; weeks begin on Monday.
pub fn task_when(due_on: NaiveDate, today: NaiveDate) -> TaskWhen {
    let sunday = today + Days::new(u64::from(6 - today.weekday().num_days_from_monday()));
    match due_on {
        day if day < today => TaskWhen::Overdue,
        day if day == today => TaskWhen::Today,
        day if day <= sunday => TaskWhen::ThisWeek,
        _ => TaskWhen::Later,
    }
}

/// Which tasks are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct TaskQuery {
    /// Of one of us alone.
    pub holder: Option<ProfileId>,
    /// About one partner alone.
    pub partner: Option<PartnerId>,
    /// Those that are settled, the newest first, in place of those that are open.
    pub settled: bool,
}

/// The most rows one answer holds.
pub(in crate::outreach) const MOST: u32 = 500;

/// Tasks by the day they are due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TaskList {
    /// The day they are seen from.
    pub today: NaiveDate,
    /// At most 500 of them.
    pub rows: Vec<TaskRow>,
    /// There are more than those.
    pub more: bool,
    /// How many open tasks whoever is at the desk has.
    pub mine: u32,
    /// How many are open in all.
    pub all: u32,
}

/// The tasks that are asked for, those due first first.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn tasks(practice: &Practice, query: &TaskQuery) -> Result<TaskList, OutreachError> {
    practice.may(Need::Read(Area::Outreach))?;
    let (today, hidden, me) = (practice.today(), practice.hidden(), practice.actor().id);
    practice.read(|conn| {
        let mut found = rows::list(conn, query, today, hidden)?;
        let more = found.len() > MOST as usize;
        found.truncate(MOST as usize);
        let (mine, all) = rows::counts(conn, me, today)?;
        Ok(TaskList { today, rows: found, more, mine, all })
    })
}

/// One task, settled or not.
///
/// # Errors
/// [`OutreachError::Missing`]; those of the file.
pub fn task(practice: &Practice, id: TaskId) -> Result<TaskRow, OutreachError> {
    practice.may(Need::Read(Area::Outreach))?;
    let hidden = practice.hidden();
    practice.read(|conn| rows::one(conn, id, hidden))?.ok_or(OutreachError::Missing)
}

/// What whoever is at the desk has to do by today: what is overdue, then what is due.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn tasks_due(practice: &Practice) -> Result<Vec<TaskRow>, OutreachError> {
    practice.may(Need::Read(Area::Outreach))?;
    let (today, hidden, me) = (practice.today(), practice.hidden(), practice.actor().id);
    Ok(practice.read(|conn| rows::due(conn, me, today, hidden))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    #[test]
    fn a_week_ends_on_sunday() {
        let wednesday = day("2026-11-25");
        let when = |text: &str| task_when(day(text), wednesday);
        assert_eq!(when("2026-11-24"), TaskWhen::Overdue);
        assert_eq!(when("2026-11-25"), TaskWhen::Today);
        assert_eq!(when("2026-11-29"), TaskWhen::ThisWeek);
        assert_eq!(when("2026-11-30"), TaskWhen::Later);
        assert_eq!(task_when(day("2026-11-30"), day("2026-11-29")), TaskWhen::Later, "on a Sunday");
    }
}
