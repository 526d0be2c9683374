//! In which shape letters leave, and what was written.

use serde::{Deserialize, Serialize};

use crate::store::Entry;

/// In which shape letters leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum LetterFormat {
    /// To be printed.
    Pdf,
    /// A Word document, to be edited.
    Word,
}

/// Letters in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LettersSaved {
    /// The file's name, without its folder.
    pub file_name: String,
    /// How many letters.
    pub letters: u32,
    /// How many pages; 0 for a Word document.
    pub pages: u32,
    /// Letters of the alphabet the font does not have; they stand as □.
    pub unwritable: u32,
    /// Its entry in history.
    pub entry: Entry,
}

/// Address labels in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LabelsSaved {
    /// The file's name, without its folder.
    pub file_name: String,
    /// How many labels.
    pub labels: u32,
    /// How many sheets.
    pub sheets: u32,
    /// Labels on which lines had to be left out; 0 as a rule.
    pub shortened: u32,
    /// Letters of the alphabet the font does not have; they stand as □.
    pub unwritable: u32,
    /// For whom there is none: no address is on record.
    pub without_address: Vec<String>,
    /// Its entry in history.
    pub entry: Entry,
}

/// A draft for the mail program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct MailSaved {
    /// The file's name, without its folder.
    pub file_name: String,
    /// To which address; none is on record if it is missing, and the mail program asks.
    pub to: Option<String>,
    /// Its entry in history.
    pub entry: Entry,
}
