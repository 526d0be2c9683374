//! A stretch of days as the calendar shows it.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::ics::{IcsEvent, LASTS};
use crate::foundation::id::{ProfileId, RecordId};
use crate::outreach::error::{OutreachError, invalid};
use crate::outreach::rows::{
    tasks as rows,
    visits::{self, Outside},
};
use crate::outreach::tasks::{TaskRow, next_day};
use crate::practice::Practice;
use crate::referrals::process::absences;
use crate::vault::{Area, CalendarDay, Hidden, Need, calendar_year};

/// Which days, and whose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CalendarQuery {
    /// The first day.
    pub from: NaiveDate,
    /// The last day, at most a quarter later.
    pub to: NaiveDate,
    /// Of one of us alone.
    pub holder: Option<ProfileId>,
}

/// What kind of entry it is: which dialog opens it, and what moves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A task.
    Task,
    /// A day outside, with its visits.
    Visits,
}

/// Something that stands on a day. Whatever the practice plans becomes one of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CalendarEntry {
    /// What it is.
    pub kind: EntryKind,
    /// Its record.
    pub id: RecordId,
    /// In words.
    pub title: String,
    /// With whom; of a day outside, everybody who is visited, in their order.
    pub partner: Option<String>,
    /// Whose it is.
    pub holder: ProfileId,
    /// Their name.
    pub holder_name: String,
    /// The day.
    pub on: NaiveDate,
    /// When on that day, in minutes since midnight; none: any time.
    pub at: Option<u16>,
    /// It comes again.
    pub repeats: bool,
    /// A partner was promised it.
    pub promised: bool,
    /// Its day is past.
    pub late: bool,
}

/// A day of the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CalendarDayShown {
    /// Whether the practice works, and why not.
    pub day: CalendarDay,
    /// Who of us is away.
    pub away: Vec<CalendarAway>,
    /// What stands on it, by the time of the day; what has none comes last.
    pub entries: Vec<CalendarEntry>,
}

/// Somebody who is away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CalendarAway {
    /// Who.
    pub profile: ProfileId,
    /// Their name.
    pub name: String,
}

/// Days in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CalendarShown {
    /// Today.
    pub today: NaiveDate,
    /// Every day that was asked for.
    pub days: Vec<CalendarDayShown>,
}

/// The longest stretch of days that is shown at once.
const LONGEST: i64 = 92;

fn entry(task: TaskRow, today: NaiveDate) -> CalendarEntry {
    CalendarEntry {
        kind: EntryKind::Task,
        id: task.id.into(),
        title: task.title,
        partner: task.partner.map(|partner| partner.name),
        holder: task.holder,
        holder_name: task.holder_name,
        on: task.due_on,
        at: task.due_at,
        repeats: task.repeat.is_some(),
        promised: task.promised_on.is_some(),
        late: task.due_on < today,
    }
}

/// How many visits there are, in words.
fn visits_title(day: &Outside) -> String {
    match day.stops.len() {
        0 => "A day outside".to_owned(),
        1 => "1 visit".to_owned(),
        many => format!("{many} visits"),
    }
}

fn outside(day: Outside, today: NaiveDate) -> CalendarEntry {
    CalendarEntry {
        kind: EntryKind::Visits,
        id: day.id.into(),
        title: visits_title(&day),
        partner: (!day.stops.is_empty()).then(|| day.stops.join(", ")),
        holder: day.liaison,
        holder_name: day.liaison_name,
        on: day.on,
        at: Some(day.starts),
        repeats: false,
        promised: false,
        late: day.ahead && day.on < today,
    }
}

/// The days from one to another with what stands on them: open tasks, and days outside with their visits. Who is away is told to those who see referrals.
///
/// # Errors
/// [`OutreachError::Invalid`] for a stretch that is turned around or too long; those of the file.
pub fn calendar_entries(practice: &Practice, query: &CalendarQuery) -> Result<CalendarShown, OutreachError> {
    practice.may(Need::Read(Area::Outreach))?;
    let length = (query.to - query.from).num_days();
    if !(0..LONGEST).contains(&length) || !(2000..=2100).contains(&query.from.year()) {
        return invalid("from", "Choose up to three months between 2000 and 2100.");
    }
    let (today, hidden) = (practice.today(), practice.hidden());
    let mut days = Vec::new();
    for year in query.from.year()..=query.to.year() {
        days.extend(calendar_year(practice, year).map_err(unreadable)?.days);
    }
    days.retain(|day| (query.from..=query.to).contains(&day.on));
    let away = if Need::Read(Area::Referrals).is_met(&practice.rights()) {
        absences(practice).map_err(unreadable)?
    } else {
        Vec::new()
    };
    practice.read(|conn| {
        let names = rows::names(conn)?;
        let tasks = rows::between(conn, query.from, query.to, query.holder, today, hidden)?;
        let days_outside = visits::between(conn, query.from, query.to, query.holder, hidden)?;
        let mut entries: Vec<CalendarEntry> = tasks.into_iter().map(|task| entry(task, today)).collect();
        entries.extend(days_outside.into_iter().map(|day| outside(day, today)));
        entries.sort_by_key(|entry| (entry.on, entry.at.unwrap_or(u16::MAX)));
        let shown = days.into_iter().map(|day| CalendarDayShown {
            away: away
                .iter()
                .filter(|absence| (absence.from..=absence.to).contains(&day.on))
                .filter_map(|absence| {
                    let (profile, name) = names.iter().find(|(id, _)| *id == absence.profile)?;
                    Some(CalendarAway { profile: *profile, name: name.clone() })
                })
                .collect(),
            entries: entries.iter().filter(|entry| entry.on == day.on).cloned().collect(),
            day,
        });
        Ok(CalendarShown { today, days: shown.collect() })
    })
}

fn unreadable(error: impl std::fmt::Display) -> OutreachError {
    OutreachError::Store(crate::store::StoreError::Database(error.to_string()))
}

/// Every open task and every day outside from today on, as events of a calendar that leaves the practice: no notes, no word of tasks
/// about patients, and a partner who is a patient by a token.
///
/// # Errors
/// [`crate::store::StoreError::NotAllowed`]; those of the file.
pub fn events_to_leave(
    practice: &Practice,
    holder: Option<ProfileId>,
) -> Result<EventsToLeave, OutreachError> {
    practice.may(Need::Read(Area::Outreach))?;
    let (today, hidden) = (practice.today(), practice.hidden());
    let masked = Hidden { patients: true, ..hidden };
    practice.read(|conn| {
        let tasks = rows::between(conn, day_of(1900), day_of(2200), holder, today, hidden)?;
        let days = visits::between(conn, today, day_of(2200), holder, masked)?;
        Ok(EventsToLeave {
            tasks: tasks.into_iter().map(TaskRow::discreet).flat_map(events_of).collect(),
            days_outside: days.into_iter().map(event_of_day).collect(),
        })
    })
}

/// What a calendar that leaves the practice holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventsToLeave {
    /// Open tasks.
    pub tasks: Vec<IcsEvent>,
    /// Days outside.
    pub days_outside: Vec<IcsEvent>,
}

fn event_of_day(day: Outside) -> IcsEvent {
    let title = visits_title(&day);
    IcsEvent {
        uid: day.id.to_string(),
        on: day.on,
        at: Some(day.starts),
        lasts: day.ends.saturating_sub(day.starts),
        summary: if day.stops.is_empty() { title } else { format!("{title}: {}", day.stops.join(", ")) },
        repeat: None,
        remind_minutes: None,
    }
}

fn day_of(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default()
}

/// A task as events: one that was moved away from its series stands alone, and the series goes on after it.
fn events_of(task: TaskRow) -> Vec<IcsEvent> {
    let summary = match &task.partner {
        Some(partner) => format!("{} ({})", task.title, partner.name),
        None => task.title.clone(),
    };
    let event = |uid: String, on, repeat| IcsEvent {
        uid,
        on,
        at: task.due_at,
        lasts: LASTS,
        summary: summary.clone(),
        repeat,
        remind_minutes: task.remind_minutes,
    };
    let id = task.id.to_string();
    match task.repeat.zip(task.series) {
        Some((repeat, (first, on))) if on == task.due_on => vec![event(id, on, Some((repeat, first)))],
        Some((repeat, (first, on))) => {
            let rest = next_day(repeat, first, on, on.max(task.due_on));
            let rest = rest.map(|next| event(format!("{id}-series"), next, Some((repeat, first))));
            std::iter::once(event(id.clone(), task.due_on, None)).chain(rest).collect()
        }
        None => vec![event(id, task.due_on, None)],
    }
}
