//! Letters into a file, or onto paper. What leaves is on record before the file has its name.

use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::super::error::ExportError;
use super::super::order::Progress;
use super::super::staged::Staged;
use super::check::ready;
use super::order::{LetterFormat, LettersSaved};
use super::sheet::{LetterSheet, paper, sheet};
use crate::audit::record_letters;
use crate::gratitude::LetterWanted;
use crate::papers::{PaperError, pdf_of_many, word_of_many};
use crate::practice::Practice;
use crate::store::Entry;
use crate::vault::letterhead_in;

/// Writes the letters to `target`, each beginning on a page of its own.
///
/// # Errors
/// What keeps one of them here, see [`ExportError::Unfilled`] and [`ExportError::Invalid`]; otherwise see [`ExportError`]. What
/// stood at `target` is unchanged then.
pub fn save(
    practice: &Practice,
    wanted: &[LetterWanted],
    format: LetterFormat,
    target: &Path,
    progress: Progress<'_>,
) -> Result<LettersSaved, ExportError> {
    let sheets = sheets(practice, wanted)?;
    let mut staged = Staged::begin(practice, target)?;
    let letters = count(sheets.len());
    let each = |done| progress(done, letters);
    let papers = sheets.iter().map(paper);
    let title = if letters == 1 { "Letter" } else { "Letters" };
    let printed = match format {
        LetterFormat::Pdf => pdf_of_many(title, papers, each),
        LetterFormat::Word => word_of_many(papers, each),
    };
    let printed = printed.map_err(refused)?.ok_or(ExportError::Cancelled)?;
    put(&mut staged, &printed.bytes)?;
    let file_name = staged.file_name();
    let entry = record_letters(practice, "export_letters", &file_name, (letters, "letter", "letters"))?;
    staged.finish()?;
    Ok(LettersSaved { file_name, letters, pages: printed.pages, unwritable: printed.missing, entry })
}

/// Puts on record that the letters are printed, and returns what stands on them.
///
/// # Errors
/// As [`save`].
pub fn print(practice: &Practice, wanted: &[LetterWanted]) -> Result<(Vec<LetterSheet>, Entry), ExportError> {
    let sheets = sheets(practice, wanted)?;
    let entry = record_letters(practice, "print_letters", "", (count(sheets.len()), "letter", "letters"))?;
    Ok((sheets, entry))
}

fn sheets(practice: &Practice, wanted: &[LetterWanted]) -> Result<Vec<LetterSheet>, ExportError> {
    let (head, size) = practice.read(letterhead_in)?;
    let ready = ready(practice, wanted)?;
    Ok(ready.iter().map(|one| sheet(&one.letter, &head, size)).collect())
}

pub(super) fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

pub(super) fn refused(error: PaperError) -> ExportError {
    ExportError::Write(error.to_string())
}

/// Writes it, and reads it back.
pub(in crate::exchange::export) fn put(staged: &mut Staged, bytes: &[u8]) -> Result<(), ExportError> {
    let file = staged.file();
    file.write_all(bytes)?;
    file.flush()?;
    file.seek(SeekFrom::Start(0))?;
    let mut read = Vec::with_capacity(bytes.len());
    file.read_to_end(&mut read)?;
    if read == bytes { Ok(()) } else { Err(ExportError::NotVerified) }
}
