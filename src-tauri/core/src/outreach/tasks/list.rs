//! What is to be done, by when.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::types::TaskRow;
use crate::foundation::id::{PartnerId, ProfileId, TaskId};
use crate::outreach::error::OutreachError;
use crate::outreach::rows::tasks as rows;
use crate::practice::Practice;
use crate::store::StoreError;
use crate::vault::{Area, Need};

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
        let mut found = rows::list(conn, query, today, MOST + 1, hidden)?;
        let more = found.len() > MOST as usize;
        found.truncate(MOST as usize);
        let (mine, all) = rows::counts(conn, me, today)?;
        Ok(TaskList { today, rows: found, more, mine, all })
    })
}

/// Every open task, then every settled one, as files have them: no notes, and no word of a task about a patient.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn tasks_in_files(practice: &Practice) -> Result<Vec<TaskRow>, OutreachError> {
    practice.may(Need::Read(Area::Outreach))?;
    let (today, hidden) = (practice.today(), practice.hidden());
    let all = practice.read(|conn| {
        let mut all = rows::list(conn, &TaskQuery::default(), today, u32::MAX, hidden)?;
        all.extend(rows::list(
            conn,
            &TaskQuery { settled: true, ..TaskQuery::default() },
            today,
            u32::MAX,
            hidden,
        )?);
        Ok::<_, StoreError>(all)
    })?;
    Ok(all.into_iter().map(TaskRow::discreet).collect())
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
