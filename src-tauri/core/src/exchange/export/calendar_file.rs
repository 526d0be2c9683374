//! Open tasks and days outside as a calendar other programs read.

use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::ExportError;
use super::order::{Exported, SheetRows};
use super::register::may_export;
use super::staged::Staged;
use crate::audit::record_export;
use crate::foundation::id::ProfileId;
use crate::outreach::{events_to_leave, ics};
use crate::practice::Practice;
use crate::vault::Area;

/// A calendar to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CalendarOrder {
    /// The tasks and days of one of us alone.
    pub holder: Option<ProfileId>,
}

/// Writes the open tasks, and the days outside from today on, to `target` as iCalendar (RFC 5545). No patient's name and no notes are
/// in it.
///
/// # Errors
/// See [`ExportError`]; what stood at `target` is unchanged then.
pub fn calendar_file(
    practice: &Practice,
    order: &CalendarOrder,
    target: &Path,
) -> Result<Exported, ExportError> {
    may_export(practice, &[Area::Outreach], false)?;
    let events = events_to_leave(practice, order.holder)?;
    let (tasks, days) = (events.tasks.len(), events.days_outside.len());
    let events: Vec<_> = events.tasks.into_iter().chain(events.days_outside).collect();
    let text = ics(&events, "Baton", practice.store().clock().now());
    let mut staged = Staged::begin(practice, target)?;
    let file = staged.file();
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    let mut back = String::new();
    file.seek(SeekFrom::Start(0))?;
    file.read_to_string(&mut back)?;
    if back != text {
        return Err(ExportError::NotVerified);
    }
    let file_name = staged.file_name();
    let many = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let rows = many(events.len());
    let entry = record_export(practice, "export_calendar", &file_name, rows, None)?;
    staged.finish()?;
    let sheet = |name: &str, rows| SheetRows { sheet: name.into(), rows: many(rows) };
    let sheets = vec![sheet("Tasks", tasks), sheet("Days outside", days)];
    Ok(Exported { file_name, sheets, shortened: 0, left_out: 0, unnamed: 0, entry })
}
