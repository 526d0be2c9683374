//! The memory of the practice: what was changed, by whom, from what to what, and how to take it back.
//!
//! The store writes history; this room reads it in plain words and undoes it. The trash is listed here for all kinds
//! of records; putting in and taking out belongs to the room of each kind.

mod changes;
mod drafts;
mod entries;
mod error;
mod fields;
mod record;
mod restore_field;
mod rows;
mod seen;
mod trash;
mod types;
mod undo;

pub use drafts::{draft_clear, draft_get, draft_save};
pub use entries::{entries, entry};
pub use error::HistoryError;
pub use record::record_history;
pub use restore_field::restore_field;
pub(crate) use rows::name_of;
pub(crate) use seen::subject_as_seen;
pub use trash::{restore, trash};
pub use types::*;
pub use undo::{redo_last, undo, undo_last};
