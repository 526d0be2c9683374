//! What somebody asks for when handing papers out, and what they get.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::super::error::ExportError;
use crate::audit::Recipient;
use crate::store::Entry;
use crate::vault::strength;

/// How many documents a packet lists.
const DOCUMENTS: usize = 40;
/// How many files it holds.
const FILES: usize = 40;
/// How long the name of a document is, in characters.
pub(super) const NAME: usize = 100;
/// How long the message on a slip is, in characters: it stays on one page.
const MESSAGE: usize = 600;

/// In which shape papers leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum PacketFormat {
    /// The slip as PDF.
    SlipPdf,
    /// The slip as a Word document.
    SlipWord,
    /// The slip and the list of what comes with it, in one PDF.
    PacketPdf,
    /// The same and files, in a ZIP with a password.
    PacketZip,
}

impl PacketFormat {
    /// What history calls it.
    pub(super) fn action(self) -> &'static str {
        match self {
            Self::SlipPdf | Self::SlipWord => "export_slip",
            Self::PacketPdf | Self::PacketZip => "export_packet",
        }
    }

    pub(super) fn is_packet(self) -> bool {
        matches!(self, Self::PacketPdf | Self::PacketZip)
    }
}

/// A document both sides agreed on, or one that is added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PacketDocument {
    /// What, e.g. "Imaging report".
    pub name: String,
    /// Whether it comes along. One that does not is listed as missing.
    pub enclosed: bool,
}

/// A file that comes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PacketFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Which document it is.
    pub name: String,
}

/// Papers to hand out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PacketOrder {
    /// In which shape.
    pub format: PacketFormat,
    /// Who receives it, what for and on what ground.
    pub to: Recipient,
    /// Words to whoever receives it.
    pub message: Option<String>,
    /// What was agreed and what is added, in this order.
    pub documents: Vec<PacketDocument>,
}

impl PacketOrder {
    /// Trimmed and complete.
    ///
    /// # Errors
    /// [`ExportError::Invalid`] beside the first field that is not.
    pub(super) fn checked(&self) -> Result<Self, ExportError> {
        let invalid = |field, problem| Err(ExportError::Invalid { field, problem });
        let to = self.to.checked().map_err(|error| match ExportError::from(error) {
            ExportError::Invalid { field: "purpose", .. } => ExportError::Invalid {
                field: "purpose",
                problem: "Say what the papers are needed for, in at most 500 characters.",
            },
            other => other,
        })?;
        let message = self.message.as_deref().map(str::trim).filter(|message| !message.is_empty());
        if message.is_some_and(|message| message.chars().count() > MESSAGE) {
            return invalid(
                "message",
                "Keep the message to 600 characters, so that the slip stays on one page.",
            );
        }
        if self.documents.len() > DOCUMENTS {
            return invalid("documents", "List at most 40 documents.");
        }
        let mut documents: Vec<PacketDocument> = Vec::new();
        for document in &self.documents {
            let name = one_line(&document.name);
            if name.is_empty() || name.chars().count() > NAME {
                return invalid("documents", "Name each document, in at most 100 characters.");
            }
            if documents.iter().any(|known| known.name.eq_ignore_ascii_case(&name)) {
                return invalid("documents", "Name each document once.");
            }
            documents.push(PacketDocument { name, enclosed: document.enclosed });
        }
        Ok(Self { format: self.format, to, message: message.map(str::to_owned), documents })
    }

    pub(super) fn enclosed(&self) -> Vec<String> {
        self.documents
            .iter()
            .filter(|document| document.enclosed)
            .map(|document| document.name.clone())
            .collect()
    }

    pub(super) fn missing(&self) -> Vec<String> {
        let missing = self.documents.iter().filter(|document| !document.enclosed);
        missing.map(|document| document.name.clone()).collect()
    }
}

/// The files, named; each belongs to a document that is enclosed.
///
/// # Errors
/// [`ExportError::Invalid`] beside the field.
pub(super) fn checked_files(
    order: &PacketOrder,
    files: &[PacketFile],
) -> Result<Vec<PacketFile>, ExportError> {
    let invalid = |problem| Err(ExportError::Invalid { field: "files", problem });
    if order.format != PacketFormat::PacketZip {
        return if files.is_empty() { Ok(Vec::new()) } else { invalid("Files come along in a ZIP only.") };
    }
    if files.len() > FILES {
        return invalid("Add at most 40 files.");
    }
    let mut named = Vec::with_capacity(files.len());
    for file in files {
        let name = one_line(&file.name);
        if name.is_empty() || name.chars().count() > NAME {
            return invalid("Say which document each file is, in at most 100 characters.");
        }
        named.push(PacketFile { path: file.path.clone(), name });
    }
    Ok(named)
}

/// The password of a ZIP: hard to guess, and told nowhere beside the file.
///
/// # Errors
/// [`ExportError::Invalid`] beside the password, or beside the words that tell it.
pub(super) fn checked_password(
    order: &PacketOrder,
    password: Option<&str>,
    file_name: &str,
) -> Result<Option<Zeroizing<String>>, ExportError> {
    if order.format != PacketFormat::PacketZip {
        return Ok(None);
    }
    let password = Zeroizing::new(password.unwrap_or_default().to_owned());
    let invalid = |field, problem| Err(ExportError::Invalid { field, problem });
    if !strength(&password).ok {
        return invalid(
            "password",
            "Choose a password of at least 12 characters that is hard to guess, or take the suggested one.",
        );
    }
    if !password.is_ascii() {
        return invalid(
            "password",
            "Use letters without accents, digits and signs: ZIP programs differ in others.",
        );
    }
    let told = [("message", order.message.as_deref().unwrap_or_default()), ("purpose", &order.to.purpose)];
    if let Some((field, _)) = told.into_iter().find(|(_, words)| words.contains(password.as_str())) {
        return invalid(field, "The password must not stand in the packet. Tell it by telephone.");
    }
    if file_name.contains(password.as_str()) {
        return invalid("password", "The password must not stand in the file's name.");
    }
    Ok(Some(password))
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What was handed out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PacketSaved {
    /// The file's name, without its folder; empty for what was printed.
    pub file_name: String,
    /// How many pages the paper has; 0 for a Word document.
    pub pages: u32,
    /// How many files came along.
    pub files: u32,
    /// Agreed documents that did not.
    pub missing: Vec<String>,
    /// Letters the paper's font does not have; they stand as □.
    pub unwritable: u32,
    /// Its entry in history.
    pub entry: Entry,
}
