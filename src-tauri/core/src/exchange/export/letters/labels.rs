//! Address labels for the envelopes of letters.

use std::path::Path;

use super::super::error::ExportError;
use super::super::staged::Staged;
use super::order::LabelsSaved;
use super::write::{count, put, refused};
use crate::audit::record_letters;
use crate::gratitude::{LetterWanted, letters_out};
use crate::network::Party;
use crate::papers::{LABELS_A_SHEET, labels};
use crate::practice::Practice;

/// Writes a label for each of them to `target`, on sheets of Avery 5160. `first` is the label to begin with on the first sheet,
/// from 1 to 30. Whoever has no address on record gets none and is named.
///
/// # Errors
/// [`ExportError::Invalid`] for another first label, or if nobody has an address; otherwise see [`ExportError`]. What stood at
/// `target` is unchanged then.
pub fn save_labels(
    practice: &Practice,
    of: &[Party],
    first: u32,
    target: &Path,
) -> Result<LabelsSaved, ExportError> {
    if !(1..=LABELS_A_SHEET).contains(&first) {
        return Err(ExportError::Invalid { field: "first", problem: "Give a label from 1 to 30." });
    }
    let wanted: Vec<LetterWanted> = of
        .iter()
        .map(|of| LetterWanted { of: *of, template: "thanks".into(), line: String::new() })
        .collect();
    let (with, without): (Vec<_>, Vec<_>) =
        letters_out(practice, &wanted)?.into_iter().partition(|one| one.letter.posted);
    if with.is_empty() {
        let problem = "Nobody chosen has an address on record. Put it on their page first.";
        return Err(ExportError::Invalid { field: "letters", problem });
    }
    let addresses: Vec<Vec<String>> = with.into_iter().map(|one| one.letter.address).collect();
    let (printed, shortened) = labels("Address labels", &addresses, first - 1).map_err(refused)?;
    let mut staged = Staged::begin(practice, target)?;
    put(&mut staged, &printed.bytes)?;
    let (file_name, labels) = (staged.file_name(), count(addresses.len()));
    let entry = record_letters(practice, "export_labels", &file_name, (labels, "label", "labels"))?;
    staged.finish()?;
    Ok(LabelsSaved {
        file_name,
        labels,
        sheets: printed.pages,
        shortened,
        unwritable: printed.missing,
        without_address: without.into_iter().map(|one| one.name).collect(),
        entry,
    })
}
