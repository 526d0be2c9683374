//! Who did what: the label every change carries.

use serde::{Deserialize, Serialize};

use crate::foundation::id::ProfileId;

/// The member of staff (or the sample, or a scheduled job) who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The profile.
    pub id: ProfileId,
    /// Its name at the time, so that history can be read after the profile is gone.
    pub name: String,
}

/// Why a change happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// By hand.
    Hand,
    /// By an import.
    Import,
    /// Taking an entry back.
    Undo,
    /// Bringing an undone entry back.
    Redo,
    /// The sample practice.
    Sample,
    /// Nothing in the tables changed; something is put on record (an export, a print).
    Note,
}

impl Cause {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Hand => "hand",
            Self::Import => "import",
            Self::Undo => "undo",
            Self::Redo => "redo",
            Self::Sample => "sample",
            Self::Note => "note",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        [Self::Hand, Self::Import, Self::Undo, Self::Redo, Self::Sample, Self::Note]
            .into_iter()
            .find(|c| c.code() == code)
    }
}

/// The label of a change: a code the screens have a sentence for, and what it was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// e.g. `partner_add`.
    pub action: &'static str,
    /// e.g. the partner's name.
    pub subject: String,
    /// Why.
    pub cause: Cause,
}

impl Label {
    /// A change by hand.
    pub fn hand(action: &'static str, subject: impl Into<String>) -> Self {
        Self { action, subject: subject.into(), cause: Cause::Hand }
    }
}

/// What a write left behind.
#[derive(Clone, Debug, PartialEq)]
pub struct Written<T> {
    /// What the change returned.
    pub value: T,
    /// Its entry in history; `None` if nothing changed.
    pub entry: Option<Entry>,
}

/// A history entry as a toast needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Its number.
    pub seq: u32,
    /// What was done, as a code.
    pub action: String,
    /// To what.
    pub subject: String,
    /// How many records it touched.
    pub records: u32,
}
