//! What somebody decided in the preview, row by row.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::reading::Overrides;
use crate::network::Party;

/// A decision about one row of the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// The record of the file.
    pub record: u32,
    /// What was decided.
    pub choice: Choice,
}

/// The choices. Those about a name count for every row with the same name and what stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "choice", rename_all = "snake_case")]
pub enum Choice {
    /// The name means this partner or person.
    Same {
        /// Whom.
        with: Party,
    },
    /// The name means whoever another record of the file means.
    SameAs {
        /// That record.
        record: u32,
    },
    /// The name means nobody we know yet.
    Another,
    /// A possible duplicate, or a row left out before, is imported.
    ImportAnyway,
    /// The row stays out.
    LeaveOut,
    /// Where we changed a field by hand, our word stays.
    KeepOurs,
    /// The file's word replaces ours.
    TakeFile,
    /// A record that looks like a sum, a heading or a footer is a row of data. Decides how the file is read.
    Data,
    /// A row is no data. Decides how the file is read.
    NotData,
}

/// All decisions of one import.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(transparent)]
pub struct Decisions(pub Vec<Decision>);

impl Decisions {
    /// None yet.
    pub fn none() -> Self {
        Self::default()
    }

    /// Decides about a row; a later decision of the same sort replaces an earlier one.
    pub fn decide(&mut self, record: u32, choice: Choice) {
        self.0.retain(|d| d.record != record || d.choice.is_about_the_name() != choice.is_about_the_name());
        self.0.push(Decision { record, choice });
    }

    /// The decisions about names.
    pub(super) fn names(&self) -> HashMap<u32, Choice> {
        self.0.iter().filter(|d| d.choice.is_about_the_name()).map(|d| (d.record, d.choice)).collect()
    }

    /// The decisions about rows.
    pub(super) fn rows(&self) -> HashMap<u32, Choice> {
        self.0.iter().filter(|d| !d.choice.is_about_the_name()).map(|d| (d.record, d.choice)).collect()
    }
}

impl Choice {
    /// Lays a decision about whether a record is data over how the file is read; false for every other decision.
    pub fn apply_to(self, overrides: &mut Overrides, record: u32) -> bool {
        let (into, out_of) = match self {
            Self::Data => (&mut overrides.data, &mut overrides.not_data),
            Self::NotData => (&mut overrides.not_data, &mut overrides.data),
            _ => return false,
        };
        out_of.remove(&record);
        into.insert(record);
        true
    }

    fn is_about_the_name(self) -> bool {
        matches!(self, Self::Same { .. } | Self::SameAs { .. } | Self::Another)
    }
}
