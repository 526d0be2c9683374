//! Contacts with partners: put down, changed, shown.

mod change;
mod list;
mod log;
mod sort;
mod types;

use rusqlite::Connection;

use super::error::OutreachError;
use crate::foundation::id::RecordId;
use crate::network::is_patient;
use crate::practice::Practice;
use crate::vault::Need;

pub use change::{edit_touch, restore_touch, trash_touch};
pub use list::{TRAILING_YEAR, TouchLogged, touch_log_between, touches_of};
pub(crate) use log::log_in;
pub use log::{log_touch, log_touch_with};
pub use sort::{TouchesToSort, sort_touch, touches_to_sort};
pub use types::*;

/// Goes on only if this partner or person is no patient whom whoever is at the desk does not see.
pub(super) fn may_see(
    practice: &Practice,
    conn: &Connection,
    id: impl Into<RecordId>,
) -> Result<(), OutreachError> {
    if practice.hidden().patients && is_patient(conn, id)? {
        practice.may(Need::Patients)?;
    }
    Ok(())
}
