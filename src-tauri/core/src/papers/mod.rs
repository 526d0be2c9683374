//! Papers: letters, slips and lists as PDF and as a Word document.
//!
//! A [`Paper`] says what stands on it: a letterhead, an address, paragraphs, facts, lists, tables. [`pdf`] and [`word`] turn it
//! into bytes, in memory, without a temporary file; they know no room and no file. A PDF carries its font, its structure and
//! an outline, so that a screen reader reads it in order (PDF/UA-1).
//!
//! Letters the font has no sign for are written as □ and counted, so that whoever made the paper can be told.

mod ink;
mod labels;
mod layout;
mod paper;
mod pdf;
mod word;

pub use labels::{LABELS_A_SHEET, labels};
pub use paper::{Block, Letterhead, Look, Paper, PaperSize, Table, TableColumn};
pub use pdf::{pdf, pdf_of_many};
pub use word::{word, word_of_many};

/// What came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages; 0 where only the program that opens it knows.
    pub pages: u32,
    /// Letters that could not be written and stand as □; 0 as a rule.
    pub missing: u32,
}

/// Why a paper could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The writer refused what it was given.
    #[error("the paper could not be put together ({0})")]
    NotMade(String),
}
