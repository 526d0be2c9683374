//! What the computer reminds of, and when.

use chrono::{Days, NaiveDateTime, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::types::TaskRow;
use crate::outreach::error::OutreachError;
use crate::outreach::rows::tasks as rows;
use crate::practice::Practice;
use crate::vault::{Area, Need};

/// A task without a time of day is due at 9 in the morning.
const MORNING: u16 = 9 * 60;
/// Nothing is reminded of more than this long before it is due.
const EARLIEST: Days = Days::new(28);

/// When a task is reminded of, in the practice's time.
fn rings_at(task: &TaskRow) -> Option<NaiveDateTime> {
    let before = TimeDelta::minutes(task.remind_minutes?.into());
    let due =
        task.due_on.and_time(NaiveTime::MIN) + TimeDelta::minutes(task.due_at.unwrap_or(MORNING).into());
    Some(due - before)
}

/// Of these tasks, those whose moment lies after `since` and not after `now`, in the order of their moments.
pub fn reminders_due(tasks: &[TaskRow], since: NaiveDateTime, now: NaiveDateTime) -> Vec<TaskRow> {
    let mut due: Vec<(NaiveDateTime, &TaskRow)> = tasks
        .iter()
        .filter(|task| task.done_on.is_none() && task.dropped.is_none())
        .filter_map(|task| rings_at(task).map(|at| (at, task)))
        .filter(|(at, _)| *at > since && *at <= now)
        .collect();
    due.sort_by_key(|(at, _)| *at);
    due.into_iter().map(|(_, task)| task.clone()).collect()
}

/// What is to be reminded of now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Reminders {
    /// Now, in the practice's time: the next question begins here.
    pub until: NaiveDateTime,
    /// Their moment has come. The titles are safe to be seen by whoever passes by.
    pub tasks: Vec<TaskRow>,
}

/// What whoever is at the desk is to be reminded of since they were last asked; none: since this morning. A task about a
/// referral is shown without its own words, which may name somebody.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn reminders(practice: &Practice, since: Option<NaiveDateTime>) -> Result<Reminders, OutreachError> {
    practice.may(Need::Read(Area::Outreach))?;
    let (hidden, me, today) = (practice.hidden(), practice.actor().id, practice.today());
    let now = practice.store().clock().now().with_timezone(&practice.store().zone()).naive_local();
    let since = since.unwrap_or_else(|| today.and_time(NaiveTime::MIN));
    let open = practice.read(|conn| rows::to_remind(conn, me, today, today + EARLIEST, hidden))?;
    let tasks = reminders_due(&open, since, now).into_iter().map(TaskRow::discreet).collect();
    Ok(Reminders { until: now, tasks })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().expect("a moment")
    }

    fn task(title: &str, on: &str, minute: Option<u16>, before: Option<u16>) -> TaskRow {
        TaskRow { due_at: minute, remind_minutes: before, ..TaskRow::for_tests(title, day(on)) }
    }

    #[test]
    fn each_moment_is_told_once() {
        let tasks = [
            task("B", "2026-11-25", Some(10 * 60), Some(15)),
            task("A", "2026-11-25", None, Some(0)),
            task("Never", "2026-11-25", Some(9 * 60), None),
            task("Day before", "2026-11-26", None, Some(24 * 60)),
            TaskRow {
                done_on: Some(day("2026-11-24")),
                ..task("Done", "2026-11-25", Some(9 * 60 + 10), Some(0))
            },
        ];
        let told = |since: &str, now: &str| {
            reminders_due(&tasks, at(since), at(now)).into_iter().map(|task| task.title).collect::<Vec<_>>()
        };
        assert_eq!(told("2026-11-25T00:00:00", "2026-11-25T12:00:00"), ["A", "Day before", "B"]);
        assert_eq!(told("2026-11-25T09:00:00", "2026-11-25T09:45:00"), ["B"], "what rang at nine rang");
        assert_eq!(told("2026-11-25T08:00:00", "2026-11-25T08:59:59"), [""; 0]);
        assert_eq!(told("2026-11-25T09:45:00", "2026-11-25T23:00:00"), [""; 0]);
    }
}
