//! History as people read it.

use serde::{Deserialize, Serialize};

use crate::foundation::id::{ProfileId, RecordId};
use crate::store::{Cause, Entry, Room, UndoObstacle};

/// What to show of the history.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct HistoryQuery {
    /// By this profile.
    pub actor: Option<ProfileId>,
    /// Changes to what this room shows.
    pub room: Option<Room>,
    /// For this cause.
    pub cause: Option<Cause>,
    /// Words of what it was about.
    pub text: Option<String>,
    /// Where to go on: `next` of the page before.
    pub cursor: Option<u32>,
    /// How many, at most 500; 0 means 100.
    pub limit: u32,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HistoryRow {
    /// Its number.
    pub seq: u32,
    /// When, UTC milliseconds.
    #[cfg_attr(feature = "specta", specta(type = f64))]
    pub at: i64,
    /// Who.
    pub actor: ProfileId,
    /// Their name at the time.
    pub actor_name: String,
    /// What was done, as a code; for undo and redo, what was taken or brought back stands in `of_action`.
    pub action: String,
    /// What an undo or redo took or brought back.
    pub of_action: Option<String>,
    /// To what.
    pub subject: String,
    /// Why.
    pub cause: Cause,
    /// Whose screens show it.
    pub rooms: Vec<Room>,
    /// How many records it touched.
    pub records: u32,
    /// It is taken back at the moment.
    pub undone: bool,
    /// The entry this one takes or brings back.
    pub undoes: Option<u32>,
    /// It can be taken back now.
    pub can_undo: bool,
}

/// One page of history, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HistoryPage {
    /// The entries.
    pub rows: Vec<HistoryRow>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<u32>,
}

/// One entry with what it changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct EntryDetail {
    /// The entry.
    pub row: HistoryRow,
    /// The records it changed, the first 200.
    pub records: Vec<RecordChange>,
    /// How many more it changed.
    pub more: u32,
}

/// What happened to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It came into being.
    Added,
    /// Fields changed.
    Changed,
    /// It went.
    Removed,
}

/// One record, field by field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RecordChange {
    /// What it is: `partner`, `person`, `affiliation`, `contact_point`, `referral` …
    pub kind: String,
    /// The record, if it has an id of its own.
    pub record: Option<RecordId>,
    /// What it is called now, or was called.
    pub name: String,
    /// What happened to it.
    pub change: ChangeKind,
    /// Its fields.
    pub fields: Vec<FieldChange>,
}

/// One field before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct FieldChange {
    /// Which, as a code: `partner.name`.
    pub field: String,
    /// What stood there.
    pub before: Option<Shown>,
    /// What stands there after.
    pub after: Option<Shown>,
}

/// A value as a person reads it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Shown {
    /// Words.
    Text(String),
    /// A word the screens have a sentence for: `medical`, `no_show`.
    Code(String),
    /// A day, yyyy-mm-dd.
    Date(String),
    /// An instant, UTC milliseconds.
    Instant(#[cfg_attr(feature = "specta", specta(type = f64))] i64),
    /// A number.
    Number(f64),
    /// Money in cents.
    Cents(#[cfg_attr(feature = "specta", specta(type = f64))] i64),
    /// Yes or no.
    YesNo(bool),
    /// Another record, by its name now (or when it was last seen).
    Record(NamedRecord),
    /// Something whoever is at the desk does not see.
    Hidden,
}

/// A record and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct NamedRecord {
    /// The record.
    pub id: RecordId,
    /// Its name.
    pub name: String,
}

/// One record's own history, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RecordHistory {
    /// The entries that touched it, each with what it changed of it and of what belongs to it.
    pub rows: Vec<EntryDetail>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<u32>,
}

/// How taking something back went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum UndoAnswer {
    /// Taken (or brought) back.
    Done {
        /// What was taken or brought back: its action and subject, for the toast.
        of: Entry,
        /// The entry that undoing left; undo it to bring things back.
        entry: Option<Entry>,
        /// What was changed since and left as it is, or overwritten, as asked.
        conflicts: Vec<UndoConflict>,
    },
    /// Nothing was changed: ask, then call again with `keep_newer` or `overwrite`.
    Conflicts {
        /// What would be taken back.
        of: Entry,
        /// What was changed since.
        conflicts: Vec<UndoConflict>,
    },
    /// There is nothing (more) to take or bring back.
    Nothing,
}

/// A record that was changed since.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct UndoConflict {
    /// What stands in the way.
    pub obstacle: UndoObstacle,
    /// What it is: `partner`, `referral` …
    pub kind: String,
    /// The record.
    pub record: Option<RecordId>,
    /// What it is called.
    pub name: String,
    /// Fields that differ.
    pub fields: Vec<ConflictField>,
}

/// A field that was changed since.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ConflictField {
    /// Which: `partner.name`.
    pub field: String,
    /// What stands there now.
    pub now: Option<Shown>,
    /// What taking back would put there.
    pub back_to: Option<Shown>,
}

/// Which value of an entry to put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// What stood there before the entry.
    Before,
    /// What the entry put there.
    After,
}

/// A kind of record that can lie in the trash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum TrashKind {
    /// A partner.
    Partner,
    /// A person.
    Person,
    /// A referral.
    Referral,
}

/// Something in the trash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TrashRow {
    /// What it is.
    pub kind: TrashKind,
    /// The record.
    pub id: RecordId,
    /// Its name; for a referral the patient's.
    pub name: String,
    /// What else tells it apart: the class of a partner, the day and sender of a referral.
    pub detail: String,
    /// Since when, UTC milliseconds.
    #[cfg_attr(feature = "specta", specta(type = f64))]
    pub trashed_at: i64,
    /// By whom.
    pub trashed_by: String,
    /// Why.
    pub reason: Option<String>,
}

/// A draft as it was left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// What the screen put there (JSON).
    pub body: String,
    /// When, UTC milliseconds.
    #[cfg_attr(feature = "specta", specta(type = f64))]
    pub changed_at: i64,
}
