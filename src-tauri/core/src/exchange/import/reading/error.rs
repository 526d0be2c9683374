//! Why a file could not be read, in words that say what to do.

use serde::{Deserialize, Serialize};

/// A file that cannot be read. Never carries a cell's content: errors end up in logs, patients must not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "code", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum ReadError {
    /// There is no such file.
    #[error("There is no such file. Check the name and whether the drive is connected.")]
    NotFound,
    /// A directory, link, pipe or device.
    #[error("This is not a regular file. Choose the exported file itself, not a link or a folder.")]
    NotAFile,
    /// The operating system refused.
    #[error(
        "The file could not be opened. Close it in other programs, check your permission to read it, and try again."
    )]
    NotReadable,
    /// It changed while it was read.
    #[error("The file changed while it was being read. Wait until the export has finished and try again.")]
    Changed,
    /// Nothing in it.
    #[error("The file holds no rows. Export it again, or choose another file.")]
    Empty,
    /// Larger than the limit.
    #[error("The file is larger than {limit_mib} MiB. Export a shorter period, or split the file.")]
    TooLarge {
        /// The limit.
        limit_mib: u32,
    },
    /// OLE container: `.xls` or an encrypted workbook.
    #[error(
        "This is an old or password-protected Excel file. Open it in Excel and save it as .xlsx without a password."
    )]
    OldOrProtectedExcel,
    /// OpenDocument.
    #[error("This is an OpenDocument spreadsheet. Save it as .xlsx or .csv and choose that file.")]
    OpenDocument,
    /// `.xlsb`.
    #[error("This is a binary Excel workbook (.xlsb). Save it as .xlsx and choose that file.")]
    BinaryExcel,
    /// A web page or XML table under the name of a spreadsheet.
    #[error(
        "This is a web page or XML file with the name of a spreadsheet. Open it in Excel and save it as .xlsx."
    )]
    WebPage,
    /// PDF, image, archive, program.
    #[error("This is not a table. Choose a .csv, .tsv, .txt or .xlsx file.")]
    NotATable,
    /// A ZIP archive that is no workbook.
    #[error("This is a ZIP archive, not a workbook. Unpack it and choose the table inside.")]
    Archive,
    /// A workbook that cannot be read.
    #[error("This workbook is damaged. Open it in Excel, save it under a new name, and try again.")]
    DamagedWorkbook,
    /// A workbook built to exhaust the machine.
    #[error(
        "This workbook unpacks to far more than any export holds and was refused. Save the sheet as .csv and choose that file."
    )]
    WorkbookTooLarge,
    /// A workbook with a document type or other parts a spreadsheet never has.
    #[error(
        "This workbook holds parts that no spreadsheet program writes and was refused. Save the sheet as .csv and choose that file."
    )]
    UnsafeWorkbook,
    /// The named sheet does not exist.
    #[error("The workbook has no sheet named “{name}”. Choose one of its sheets.")]
    NoSuchSheet {
        /// The name asked for.
        name: String,
    },
    /// Too many rows.
    #[error("The table has more than {limit} rows. Export a shorter period, or split the file.")]
    TooManyRows {
        /// The limit.
        limit: u32,
    },
    /// Too many columns.
    #[error(
        "Line {line} uses more than {limit} columns. Check the separator, or remove columns that are not needed."
    )]
    TooManyColumns {
        /// The line of the text file or the worksheet row.
        line: u32,
        /// The limit.
        limit: u32,
    },
    /// Too many cells.
    #[error(
        "The table has more than {limit} filled cells. Remove columns that are not needed, or split the file."
    )]
    TooManyCells {
        /// The limit.
        limit: u32,
    },
    /// A cell longer than any spreadsheet allows.
    #[error(
        "Line {line} holds a cell with more than {limit} characters. A closing quotation mark is probably missing there; correct that line."
    )]
    CellTooLong {
        /// The line where the cell begins.
        line: u32,
        /// The limit.
        limit: u32,
    },
    /// A quoted cell that never ends.
    #[error(
        "The quotation mark in line {line} is never closed. Correct that line, or export the file again."
    )]
    UnterminatedQuote {
        /// The line where the quote opens.
        line: u32,
    },
    /// An encoding nobody knows.
    #[error("There is no encoding named “{name}”. Try utf-8, windows-1252, macintosh, utf-16le or utf-16be.")]
    UnknownEncoding {
        /// The name asked for.
        name: String,
    },
    /// The header record lies outside the table.
    #[error("The table has no record {record} that could be its header. Choose another one.")]
    NoSuchHeader {
        /// The record asked for.
        record: u32,
    },
    /// A column nobody knows.
    #[error("The table has no column named “{name}”. Check the name.")]
    NoSuchColumn {
        /// The name asked for.
        name: String,
    },
    /// A field or value nobody knows.
    #[error("“{given}” means nothing here. Use one of: {allowed}.")]
    UnknownWord {
        /// What was given.
        given: String,
        /// What is allowed.
        allowed: String,
    },
    /// Something has to be decided first.
    #[error("{question} Decide with {option}.")]
    Undecided {
        /// The question.
        question: String,
        /// The option of the command line that decides.
        option: String,
    },
    /// The person stopped it.
    #[error("Reading was cancelled. Nothing was changed.")]
    Cancelled,
}
