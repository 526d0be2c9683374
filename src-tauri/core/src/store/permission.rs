//! Who may change what: asked once when a write begins, applied to every table it touched before it is committed.
//!
//! No room can forget it, and a table nobody thought of is judged by its room.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::action::Actor;
use super::error::StoreError;
use super::lens::Lens;
use super::tables::Room;

/// Says what an actor may change, by the file as it stands before the change.
pub type Permit = fn(&Connection, &Actor, NaiveDate) -> Result<Permission, StoreError>;

/// Judges a touched table: `Err` is the sentence of the refusal.
type Judge = dyn Fn(&'static str, Room) -> Result<(), &'static str>;

/// What an actor may change.
pub struct Permission {
    judge: Box<Judge>,
    /// Whose records, and the sentence for anybody else's.
    whose: Option<(Lens, &'static str)>,
}

impl Permission {
    /// By a rule over the table and its room.
    pub fn by(judge: impl Fn(&'static str, Room) -> Result<(), &'static str> + 'static) -> Self {
        Self { judge: Box::new(judge), whose: None }
    }

    /// Of records that are there already, only those the lens shows; `refusal` is the sentence for the others.
    #[must_use]
    pub fn within(self, lens: Lens, refusal: &'static str) -> Self {
        Self { whose: lens.is_narrow().then_some((lens, refusal)), ..self }
    }

    pub(super) fn whose(&self) -> Option<&(Lens, &'static str)> {
        self.whose.as_ref()
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
        (self.judge)(table, room).map_err(StoreError::NotAllowed)
    }
}

impl std::fmt::Debug for Permission {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Permission")
    }
}
