//! What was understood of a file, in the form the wizard and the command line show it.

use super::field::Field;
use super::own_side::OwnSide;
use super::sieve::Sieve;
use super::table::Table;
use crate::exchange::import::row::{Channel, Direction, Outcome, TableKind};
use crate::foundation::date_text::{DateOrder, SerialEpoch};
use crate::foundation::money_text::DecimalSign;
use crate::referrals::{ReferralType, Travel, Urgency};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a person decided before or instead of the guess. Everything is optional.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase", default)]
pub struct Overrides {
    /// The name of an encoding.
    pub encoding: Option<String>,
    /// The separator, one letter.
    pub delimiter: Option<char>,
    /// The record of the header; 0 for a table without one.
    pub header_record: Option<u32>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// What the table is about.
    pub kind: Option<TableKind>,
    /// The order of day and month in every column that has no order of its own.
    pub date_order: Option<DateOrder>,
    /// The order of day and month by column name.
    pub date_orders: BTreeMap<String, DateOrder>,
    /// The decimal sign.
    pub decimal: Option<DecimalSign>,
    /// Fields by column name, or by number as in `#3`.
    pub map: BTreeMap<String, Field>,
    /// The meaning of words, as in `Kept` → `seen`.
    pub values: BTreeMap<String, Meaning>,
    /// The practice's own names: what is referred to them is inbound.
    pub own_names: Vec<String>,
    /// Records that are data, whatever they look like.
    pub data: BTreeSet<u32>,
    /// Records that are no data, whatever they look like.
    pub not_data: BTreeSet<u32>,
    /// No row names a referrer, and that is all right.
    pub without_referrer: bool,
}

/// What a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "is", content = "value", rename_all = "snake_case")]
pub enum Meaning {
    /// An outcome.
    Outcome(Outcome),
    /// A channel.
    Channel(Channel),
    /// A direction.
    Direction(Direction),
    /// How soon.
    Urgency(Urgency),
    /// What kind of referral.
    Type(ReferralType),
    /// How far the patient comes.
    Travel(Travel),
    /// The name of a real referrer, though it looks like a channel.
    Referrer,
    /// Nothing.
    Nothing,
}

/// What each column holds and how its cells are read.
#[derive(Clone, Debug, PartialEq)]
pub struct Mapping {
    /// What the table is about.
    pub kind: TableKind,
    /// The field of each column.
    pub fields: Vec<Field>,
    /// The order of day and month of each column; none where it is not decided.
    pub date_orders: Vec<Option<DateOrder>>,
    /// The decimal sign of amounts.
    pub decimal: DecimalSign,
    /// The meaning of words that someone decided, by their normal form.
    pub words: BTreeMap<String, Meaning>,
    /// It was said that no row names a referrer.
    pub without_referrer: bool,
}

/// A question only a person can answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Ambiguity {
    /// What is asked.
    pub kind: AmbiguityKind,
    /// The column, when the question is about one.
    pub column: Option<String>,
    /// The question in plain words.
    pub question: String,
    /// The options of the command line, each of which decides.
    pub options: Vec<String>,
}

/// The kinds of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum AmbiguityKind {
    /// Day and month cannot be told apart.
    DateOrder,
    /// No column was recognised for something that is needed.
    MissingColumn,
    /// No column names whoever refers. Such a table can be read all the same, every row without a source.
    MissingReferrer,
}

/// Something worth knowing that stops nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Warning {
    /// The code.
    pub code: WarningCode,
    /// Plain words; never the content of a cell.
    pub text: String,
}

/// The kinds of warnings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum WarningCode {
    /// Bytes without meaning in the encoding.
    Undecodable,
    /// A column that must not be imported.
    DeniedColumn,
    /// Other sheets hold tables too.
    OtherSheets,
    /// Cells right of the last column that is read.
    OutOfReach,
    /// Status words nobody knows.
    UndecidedWords,
    /// The table has no header.
    NoHeader,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ColumnView {
    /// From 0.
    pub index: u32,
    /// The heading.
    pub name: String,
    /// Up to three different cells.
    pub samples: Vec<String>,
    /// The field.
    pub guess: Field,
    /// How sure the guess is, 0 to 1.
    pub confidence: f32,
    /// The order of day and month, for days.
    pub date_order: Option<DateOrder>,
    /// The column must not be imported.
    pub denied: bool,
}

/// One word of the file and what it means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct WordView {
    /// The field of its column.
    pub field: Field,
    /// The word as written.
    pub text: String,
    /// How often it occurs.
    pub count: u32,
    /// What it means; none when nobody knows.
    pub meaning: Option<Meaning>,
}

/// Everything the wizard shows about a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct UnderstoodView {
    /// The name of the file.
    pub file_name: String,
    /// What the table is about.
    pub kind: TableKind,
    /// The encoding, or `XLSX`.
    pub encoding: String,
    /// The separator; none for workbooks.
    pub delimiter: Option<char>,
    /// Backslashes escape quotes.
    pub backslash_escapes: bool,
    /// The sheet that is read.
    pub sheet: Option<String>,
    /// All sheets.
    pub sheets: Vec<String>,
    /// The record of the header; 0 when there is none.
    pub header_record: u32,
    /// The records above it that are not blank.
    pub preamble: Vec<u32>,
    /// Records that are sums.
    pub totals: Vec<u32>,
    /// Records that are footers or headings of groups.
    pub footers: Vec<u32>,
    /// Records that repeat the header.
    pub repeated_headers: Vec<u32>,
    /// How many records are blank.
    pub blank: u32,
    /// The number of the last record.
    pub records: u32,
    /// Data rows.
    pub rows: u32,
    /// The decimal sign.
    pub decimal: DecimalSign,
    /// The columns.
    pub columns: Vec<ColumnView>,
    /// The words of status, source and direction columns.
    pub words: Vec<WordView>,
    /// Questions that must be answered before reading.
    pub ambiguities: Vec<Ambiguity>,
    /// What is worth knowing.
    pub warnings: Vec<Warning>,
    /// Recognises the same layout next time.
    pub fingerprint: String,
}

/// A file, understood and ready to be read.
#[derive(Clone, Debug)]
pub struct Understood {
    /// What is shown.
    pub view: UnderstoodView,
    /// The mapping: guesses with the decisions of the person over them.
    pub mapping: Mapping,
    pub(super) table: Table,
    pub(super) sieve: Sieve,
    pub(super) epoch: SerialEpoch,
    pub(super) own: OwnSide,
    /// Records at the end of the table that are sums or footers.
    pub(super) tail: Vec<(u32, super::sieve::Apart)>,
}
