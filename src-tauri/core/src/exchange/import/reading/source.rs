//! The file itself: read once into private memory, recognised by what it holds and not by its name.

use super::encoding::decode;
use super::error::ReadError;
use super::limits::Limits;
use super::workbook_guard::check_workbook;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// What a file holds.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// Text that is valid UTF-8, a byte-order mark included.
    Utf8(Arc<String>),
    /// Text in another encoding.
    Bytes(Arc<Vec<u8>>),
    /// An Excel workbook that passed the guard.
    Workbook(Arc<Vec<u8>>),
}

/// A file, read and hashed. Later changes of the file on disk change nothing.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name without its folder.
    pub file_name: String,
    /// SHA-256 of the file, to recognise it when it comes again.
    pub sha256: [u8; 32],
    /// Its size.
    pub byte_count: u64,
    pub(super) content: Content,
    pub(super) limits: Limits,
}

impl Source {
    /// A file already in memory; the guards are the same as for a file on disk.
    pub fn from_bytes(file_name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Self, ReadError> {
        if bytes.len() as u64 > limits.file_bytes {
            return Err(too_large(limits));
        }
        let sha256 = Sha256::digest(&bytes).into();
        let byte_count = bytes.len() as u64;
        let content = recognise(bytes, limits)?;
        Ok(Self { file_name: file_name.to_owned(), sha256, byte_count, content, limits: *limits })
    }

    /// The whole of a text file, as it was decoded.
    ///
    /// # Errors
    /// [`ReadError::NotATable`] for a workbook; what its encoding says.
    pub fn as_text(&self) -> Result<String, ReadError> {
        match &self.content {
            Content::Workbook(_) => Err(ReadError::NotATable),
            content => {
                let decoded = decode(content, None)?;
                Ok(decoded.text[decoded.start..].to_owned())
            }
        }
    }

    /// Whether this is an Excel workbook.
    pub fn is_workbook(&self) -> bool {
        matches!(self.content, Content::Workbook(_))
    }
}

/// Reads a file that someone chose. Only regular files: a link, pipe or device is refused before it is opened.
pub fn open_source(path: &Path, limits: &Limits) -> Result<Source, ReadError> {
    let before = std::fs::symlink_metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => ReadError::NotFound,
        _ => ReadError::NotReadable,
    })?;
    if !before.file_type().is_file() {
        return Err(ReadError::NotAFile);
    }
    if before.len() > limits.file_bytes {
        return Err(too_large(limits));
    }
    let file = File::open(path).map_err(|_| ReadError::NotReadable)?;
    let opened = file.metadata().map_err(|_| ReadError::NotReadable)?;
    if !opened.is_file() {
        return Err(ReadError::NotAFile);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(opened.len().min(limits.file_bytes)).unwrap_or(0) + 1);
    let read =
        (&file).take(limits.file_bytes + 1).read_to_end(&mut bytes).map_err(|_| ReadError::NotReadable)?;
    if read as u64 > limits.file_bytes {
        return Err(too_large(limits));
    }
    let after = file.metadata().map_err(|_| ReadError::NotReadable)?;
    if after.len() != read as u64 || after.modified().ok() != opened.modified().ok() {
        return Err(ReadError::Changed);
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Source::from_bytes(&name, bytes, limits)
}

fn too_large(limits: &Limits) -> ReadError {
    ReadError::TooLarge { limit_mib: u32::try_from(limits.file_bytes >> 20).unwrap_or(u32::MAX).max(1) }
}

fn recognise(bytes: Vec<u8>, limits: &Limits) -> Result<Content, ReadError> {
    const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.starts_with(OLE) || is_bare_biff(&bytes) {
        return Err(ReadError::OldOrProtectedExcel);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        check_workbook(&bytes, limits)?;
        return Ok(Content::Workbook(Arc::new(bytes)));
    }
    let other: [&[u8]; 9] = [
        b"%PDF",
        b"\x89PNG",
        b"\xFF\xD8\xFF",
        b"GIF8",
        b"\x7FELF",
        b"MZ\x90",
        b"Rar!",
        b"7z\xBC\xAF",
        b"SQLite format 3",
    ];
    if other.iter().any(|magic| bytes.starts_with(magic))
        || bytes.starts_with(b"\x1F\x8B")
        || bytes.starts_with(b"{\\rtf")
    {
        return Err(ReadError::NotATable);
    }
    if looks_like_markup(&bytes) {
        return Err(ReadError::WebPage);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Content::Utf8(Arc::new(text))),
        Err(error) => Ok(Content::Bytes(Arc::new(error.into_bytes()))),
    }
}

/// Excel 2 to 4 wrote its records without a container around them.
fn is_bare_biff(bytes: &[u8]) -> bool {
    matches!(bytes, [0x09, 0x00 | 0x02 | 0x04 | 0x08, 0x04 | 0x06 | 0x08 | 0x10, 0x00, ..])
}

fn looks_like_markup(bytes: &[u8]) -> bool {
    let head: Vec<u8> = bytes.iter().take(600).copied().filter(|byte| *byte != 0).collect();
    let text =
        String::from_utf8_lossy(&head).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    ["<!doctype html", "<html", "<table", "<?xml", "<head", "<body", "<meta", "<style", "mime-version:"]
        .iter()
        .any(|start| text.starts_with(start))
}
