//! Who may change what: asked once when a write begins, applied to every table it touched before it is committed.
//!
//! No room can forget it, and a table nobody thought of is judged by its room.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::action::Actor;
use super::error::StoreError;
use super::tables::Room;

/// Says what an actor may change, by the file as it stands before the change.
pub type Permit = fn(&Connection, &Actor, NaiveDate) -> Result<Permission, StoreError>;

/// Judges a touched table: `Err` is the sentence of the refusal.
type Judge = dyn Fn(&'static str, Room) -> Result<(), &'static str>;

/// What an actor may change.
pub struct Permission(Box<Judge>);

impl Permission {
    /// By a rule over the table and its room.
    pub fn by(judge: impl Fn(&'static str, Room) -> Result<(), &'static str> + 'static) -> Self {
        Self(Box::new(judge))
    }

    /// Every table: a practice that is being created.
    pub fn everything() -> Self {
        Self::by(|_, _| Ok(()))
    }

    /// Whether this table may be changed.
    ///
    /// # Errors
    /// [`StoreError::NotAllowed`] if not.
    pub(super) fn allows(&self, table: &'static str, room: Room) -> Result<(), StoreError> {
        (self.0)(table, room).map_err(StoreError::NotAllowed)
    }
}

impl std::fmt::Debug for Permission {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Permission")
    }
}
