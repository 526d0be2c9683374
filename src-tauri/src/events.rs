//! What the page hears without having asked.

use baton_core::store::{Entry, Room};
use serde::{Deserialize, Serialize};

/// A write happened: these rooms read again.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, tauri_specta::Event)]
#[serde(rename_all = "camelCase")]
pub struct PracticeChanged {
    /// Rooms whose data changed.
    pub rooms: Vec<Room>,
    /// The entry, for a toast that offers to undo it.
    pub entry: Option<Entry>,
}

/// The practice was locked.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, specta::Type, tauri_specta::Event)]
pub struct PracticeLocked;

/// A backup was made, or could not be made: its state is read again.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, specta::Type, tauri_specta::Event)]
pub struct BackupsChanged;
