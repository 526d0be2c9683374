//! The days of the practice with what is to be done on them.

mod ics;
mod shown;

pub use ics::{IcsEvent, ics};
pub use shown::{
    CalendarAway, CalendarDayShown, CalendarEntry, CalendarQuery, CalendarShown, EntryKind, EventsToLeave,
    calendar_entries, events_to_leave,
};
