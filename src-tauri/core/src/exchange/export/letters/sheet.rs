//! What stands on the sheet of a letter, for the PDF, the Word document and the print alike.

use serde::Serialize;

use crate::gratitude::Letter;
use crate::papers::{Block, Letterhead, Look, Paper, PaperSize};

/// A letter on the practice's paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct LetterSheet {
    /// The practice.
    pub practice: String,
    /// Where it is and how to reach it.
    pub letterhead: Vec<String>,
    /// On which paper.
    pub size: PaperSize,
    /// To whom, a line each.
    pub address: Vec<String>,
    /// The text: date, salutation, body.
    pub paragraphs: Vec<String>,
    /// "Warmly,"; empty where the text ends without a farewell.
    pub farewell: String,
    /// Who signs, a line each; room for a signature is above it.
    pub signed: String,
}

/// A letter on the practice's paper. Its last paragraph is the closing if whoever signs stands in it on a line of its own.
pub(super) fn sheet(letter: &Letter, head: &Letterhead, size: PaperSize) -> LetterSheet {
    let text = letter.text.replace("\r\n", "\n");
    let parts = text.split("\n\n").map(|part| part.trim_matches('\n').to_owned());
    let mut paragraphs: Vec<String> = parts.filter(|part| !part.trim().is_empty()).collect();
    let closing = paragraphs.last().and_then(|last| {
        let lines: Vec<&str> = last.lines().collect();
        let signer = lines.iter().position(|line| line.trim() == letter.signer.trim())?;
        (signer > 0).then(|| (lines[..signer].join("\n"), lines[signer..].join("\n")))
    });
    let (farewell, signed) = match closing {
        Some(closing) => {
            paragraphs.pop();
            closing
        }
        None => (String::new(), String::new()),
    };
    LetterSheet {
        practice: head.name.clone(),
        letterhead: head.lines.clone(),
        size,
        address: letter.address.clone(),
        paragraphs,
        farewell,
        signed,
    }
}

/// The sheet as a paper. Its title names the reader: it stands in the outline of a file of many.
pub(super) fn paper(sheet: &LetterSheet) -> Paper {
    let mut blocks = vec![Block::Address(sheet.address.clone())];
    blocks.extend(sheet.paragraphs.iter().cloned().map(Block::Paragraph));
    if !sheet.signed.is_empty() {
        blocks.push(Block::Closing { farewell: sheet.farewell.clone(), signed: sheet.signed.clone() });
    }
    Paper {
        title: sheet.address.first().cloned().unwrap_or_default(),
        letterhead: Letterhead { name: sheet.practice.clone(), lines: sheet.letterhead.clone() },
        size: sheet.size,
        look: Look::Letter,
        blocks,
        footer: sheet.practice.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(text: &str) -> Letter {
        Letter { text: text.into(), signer: "Maren Okafor".into(), ..Letter::default() }
    }

    #[test]
    fn the_closing_is_told_from_the_body() {
        let text = "May 1\n\nDear Dr. Ito,\n\nThank you.\n\nWarmly,\nMaren Okafor\nHarborview";
        let sheet = sheet(&letter(text), &Letterhead::default(), PaperSize::Letter);
        assert_eq!(sheet.paragraphs, ["May 1", "Dear Dr. Ito,", "Thank you."]);
        assert_eq!((sheet.farewell.as_str(), sheet.signed.as_str()), ("Warmly,", "Maren Okafor\nHarborview"));
    }

    #[test]
    fn a_text_without_one_keeps_its_last_paragraph() {
        let sheet = sheet(&letter("One\r\n\r\nTwo from Maren Okafor"), &Letterhead::default(), PaperSize::A4);
        assert_eq!((sheet.paragraphs.len(), sheet.signed.as_str()), (2, ""));
    }
}
